from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import pytest

from events.network import Network, Tie, network_around
from events.pictures.graph import Node, draw_graph
from events.pictures.layout import laid_out


def tie(source, target, **more):
    return Tie(source=source, target=target, label="ally of", **more)


CHAIN = [tie(1, 2), tie(2, 3), tie(3, 4)]


@pytest.mark.parametrize(
    ("steps", "reached"), [(1, {1: 0, 2: 1}), (2, {1: 0, 2: 1, 3: 2})]
)
def test_the_network_goes_so_many_steps(steps, reached):
    assert network_around(1, CHAIN, steps=steps).steps == reached


def test_a_tie_counts_whichever_way_it_points():
    assert network_around(4, CHAIN, steps=1).steps == {4: 0, 3: 1}


def test_ties_between_neighbours_belong_to_it():
    ties = [tie(1, 2), tie(1, 3), tie(2, 3), tie(3, 9)]
    found = network_around(1, ties, steps=1)
    assert found.ties == ties[:3]


def test_with_too_many_the_nearest_and_best_connected_stay_and_the_rest_is_counted():
    ties = [tie(1, n) for n in range(2, 10)] + [tie(9, n) for n in range(20, 25)]
    found = network_around(1, ties, steps=2, most=5)
    assert len(found.steps) == 5
    assert 9 in found.steps
    assert max(found.steps.values()) == 1
    assert found.left_out == 4 + 5


def test_somebody_without_ties_is_a_network_of_one():
    assert network_around(7, [], steps=2) == Network(7, {7: 0}, [], 0)


def star(count):
    ties = [tie(0, n, disputed=n == 3, ended=n == 4) for n in range(1, count)]
    network = network_around(0, ties, steps=1)
    kinds = ("person", "state", "armed_group", "company")
    nodes = [
        Node(id=n, name=f"Actor number {n}", kind=kinds[n % 4], href=f"/actors/{n}/")
        for n in range(count)
    ]
    return network, nodes


def points_of(count):
    network, _ = star(count)
    edges = [(each.source, each.target) for each in network.ties]
    return laid_out(network.steps, edges, size=(1000, 800), margin=30, apart=18)


def test_the_same_graph_is_laid_out_the_same():
    assert points_of(50) == points_of(50)


@pytest.mark.parametrize("count", [1, 2, 30, 200])
def test_all_nodes_stand_in_the_picture_and_none_upon_another(count):
    points = list(points_of(count).values())
    assert len(points) == count
    assert all(29 <= x <= 971 and 29 <= y <= 771 for x, y in points)
    nearest = min(
        (math.dist(a, b) for i, a in enumerate(points) for b in points[i + 1 :]),
        default=99,
    )
    assert nearest > 12


def test_the_one_it_is_about_stands_in_the_middle():
    assert points_of(30)[0] == (500, 400)


def drawn(network, nodes, title="Network"):
    svg = draw_graph(network, nodes, title=title, key="k")
    return ET.fromstring(svg)


def test_every_node_and_tie_is_drawn_and_every_tie_stands_in_the_table():
    figure = drawn(*star(40))
    groups = [g.get("class") or "" for g in figure.iter("g")]
    assert sum(c.startswith("net-node") for c in groups) == 40
    assert len(figure.findall(".//tbody/tr")) == 39


def test_two_hundred_actors_keep_names_that_do_not_lie_upon_another():
    figure = drawn(*star(200))
    [wide] = [g for g in figure.iter("g") if g.get("class") == "net-wide"]
    boxes = []
    for text in wide.iter("text"):
        x, y, size = float(text.get("x")), float(text.get("y")), 13
        long = len(text.text) * size * 0.5
        left = x - long * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
        boxes.append((left, y - size * 0.8, left + long, y))
    assert len(boxes) > 60
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1]


def test_the_centre_is_always_named():
    figure = drawn(*star(200))
    for name in ("net-wide", "net-slim"):
        [names] = [g for g in figure.iter("g") if g.get("class") == name]
        assert "Actor number 0" in [text.text for text in names.iter("text")]


def test_a_disputed_and_an_ended_tie_are_told_by_their_line_and_in_words():
    figure = drawn(*star(6))
    classes = [g.get("class") for g in figure.iter("g")]
    assert "net-tie net-disputed" in classes
    assert "net-tie net-ended" in classes
    assert [row[4].text for row in figure.findall(".//tbody/tr")] == [
        None,
        None,
        "disputed",
        "ended",
        None,
    ]


def test_each_kind_has_its_own_shape():
    figure = drawn(*star(5))
    shapes = [
        (g.get("class").split()[1], g.find("path").get("d").count("L"))
        for g in figure.iter("g")
        if (g.get("class") or "").startswith("net-node")
    ]
    assert set(shapes) == {
        ("net-person", 0),
        ("net-state", 3),
        ("net-group", 3),
        ("net-other", 5),
    }


def test_two_ties_of_one_pair_are_one_line_with_both_words():
    ties = [tie(1, 2), Tie(source=2, target=1, label="backs")]
    network = network_around(1, ties, steps=1)
    nodes = [Node(id=n, name=f"A{n}", kind="state") for n in (1, 2)]
    figure = drawn(network, nodes)
    lines = [g for g in figure.iter("g") if (g.get("class") or "") == "net-tie"]
    assert [line.find("title").text for line in lines] == ["A1 ally of A2; A2 backs A1"]


def test_nothing_of_a_name_is_markup_and_no_style_is_written():
    network = network_around(1, [tie(1, 2, href='/"><b>')], steps=1)
    nodes = [Node(id=n, name="<script>&", kind="<i>", href='/"><b>') for n in (1, 2)]
    html = draw_graph(network, nodes, title="<u>", key="k")
    ET.fromstring(html)
    for tag in ("<script", "<b>", "<i>", "<u>", "style="):
        assert tag not in html
