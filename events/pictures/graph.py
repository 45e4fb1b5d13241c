"""Actors and their ties drawn as a graph, readable with two hundred of them.

Each kind of actor has its own shape, a disputed tie is dashed, one that has ended is
dotted: nothing is told by colour alone. Names are written where they do not lie upon
another, the centre's and the best connected's first; the others show on hover, and all
stand in the table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.pictures.labels import Area, Label, Sheet
from events.pictures.layout import laid_out
from events.pictures.table import cut, figure, joined, linked, opens, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.network import Network, Tie
    from events.pictures.layout import Point

# Up to so many nodes: width and height in units.
_SIZES = ((1, 640, 160), (12, 760, 420), (50, 900, 600), (10_000, 1040, 820))
_MARGIN = 34
_FONT = 13
_NARROW = 26  # of 1000 units; a phone shows the picture at a third of its size
_LONGEST = 30
_FEW = 14  # ties, so many or fewer have their words beside them
_CLEAR = 60  # ties that names keep clear of; with more there is no room for that
_RADIUS, _CENTRE = 7, 11
_SHAPES = {
    "person": "person",
    "state": "state",
    "government_body": "state",
    "military": "state",
    "international_organisation": "state",
    "armed_group": "group",
    "faction": "group",
    "political_movement": "group",
}
_OTHER = "other"
_CALLED = {
    "person": "person",
    "state": "state, government, military, international organisation",
    "group": "armed group, faction, movement",
    _OTHER: "company, outlet, think tank, population",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor: the code of its kind, and where it leads."""

    id: int
    name: str
    kind: str
    href: str = ""

    @property
    def shape(self) -> str:
        return _SHAPES.get(self.kind, _OTHER)


def draw_graph(
    network: Network, nodes: Sequence[Node], *, title: str, key: str
) -> SafeString:
    """The network with its table. `nodes` are those of the network, in any order.

    `key` must be unique on the page: ids are built on it.
    """
    known = {node.id: node for node in nodes if node.id in network.steps}
    width, height = _size(len(known))
    steps = {i: step for i, step in network.steps.items() if i in known}
    ties = [tie for tie in network.ties if {tie.source, tie.target} <= known.keys()]
    points = laid_out(
        steps,
        [(tie.source, tie.target) for tie in ties],
        size=(width, height),
        margin=_MARGIN,
        apart=2.6 * _RADIUS,
    )
    degree = network.degree()
    ordered = sorted(known.values(), key=lambda n: (steps[n.id], -degree[n.id], n.name))
    picture = joined(
        [
            _defs(key),
            format_html(
                '<g class="nd-stage">{}{}{}{}</g>',
                _edges(ties, known, points, network.centre, key),
                joined(_node(n, points, network.centre, degree[n.id]) for n in ordered),
                _names(ordered, ties, points, size=(width, height), slim=False),
                _names(ordered, ties, points, size=(width, height), slim=True),
            ),
        ]
    )
    return figure(
        picture,
        joined([_legend(ordered, ties), _table(ties, known, title)]),
        key=key,
        title=title,
        kind="net",
        size=format_html('viewBox="0 0 {} {}"', width, height),
        zoom=True,
    )


def _size(count: int) -> tuple[int, int]:
    return next((w, h) for most, w, h in _SIZES if count <= most)


def _defs(key: str) -> SafeString:
    return format_html(
        '<defs><marker id="{}-tip" class="net-tip" viewBox="0 0 8 8" refX="7" refY="4"'
        ' markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        '<path d="M0 0L8 4L0 8z"/></marker></defs>',
        key,
    )


def _edges(
    ties: Sequence[Tie],
    known: dict[int, Node],
    points: dict[int, Point],
    centre: int,
    key: str,
) -> SafeString:
    """One line for each pair of actors, with the words of all ties between them."""
    pairs: dict[tuple[int, int], list[Tie]] = {}
    for tie in ties:
        ends = (min(tie.source, tie.target), max(tie.source, tie.target))
        pairs.setdefault(ends, []).append(tie)
    drawn = []
    for between in pairs.values():
        first = between[0]
        told = "; ".join(_told(tie, known) for tie in between)
        line = format_html(
            '<g class="net-tie{}" data-item="{}"><title>{}</title>'
            '<path class="net-reach" d="{}"/><path d="{}"{}/></g>',
            _state(between),
            f"a{first.source} a{first.target}",
            told,
            *(_line(first, points, centre),) * 2,
            _tips(between, key),
        )
        drawn.append(opens(line, first.href))
    return joined(drawn)


def _told(tie: Tie, known: dict[int, Node]) -> str:
    words = f"{known[tie.source].name} {tie.label} {known[tie.target].name}"
    notes = [tie.when, "disputed" if tie.disputed else "", "ended" if tie.ended else ""]
    said = ", ".join(note for note in notes if note)
    return f"{words} ({said})" if said else words


def _state(between: Sequence[Tie]) -> str:
    if any(tie.disputed for tie in between):
        return " net-disputed"
    return " net-ended" if all(tie.ended for tie in between) else ""


def _tips(between: Sequence[Tie], key: str) -> SafeString:
    """An arrow to what the tie is to; two where they go both ways."""
    first = between[0]
    back = any(tie.source != first.source for tie in between)
    start = format_html(' marker-start="url(#{}-tip)"', key) if back else ""
    return format_html(' marker-end="url(#{}-tip)"{}', key, start)


def _line(tie: Tie, points: dict[int, Point], centre: int) -> str:
    """From border to border of the two nodes."""
    (x, y), (x2, y2) = points[tie.source], points[tie.target]
    far = math.hypot(x2 - x, y2 - y) or 1
    leave = (_radius(tie.source, centre) + 2) / far
    reach = 1 - (_radius(tie.target, centre) + 3) / far
    ends = [
        (round(x + share * (x2 - x), 1), round(y + share * (y2 - y), 1))
        for share in (leave, max(reach, leave))
    ]
    return f"M{ends[0][0]} {ends[0][1]}L{ends[1][0]} {ends[1][1]}"


def _radius(node: int, centre: int) -> int:
    return _CENTRE if node == centre else _RADIUS


def _node(node: Node, points: dict[int, Point], centre: int, degree: int) -> SafeString:
    x, y = points[node.id]
    ties = f"{degree} tie{'' if degree == 1 else 's'} here"
    shape = format_html(
        '<g class="net-node net-{}{}" data-item="a{}"><title>{}</title>'
        '<path d="{}"/></g>',
        node.shape,
        " net-centre" if node.id == centre else "",
        node.id,
        f"{node.name}, {node.kind.replace('_', ' ')}, {ties}",
        shape_path(node.shape, x, y, _radius(node.id, centre)),
    )
    return opens(shape, node.href)


def shape_path(shape: str, x: float, y: float, radius: float) -> str:
    """A circle, square, diamond or hexagon around a point, as a path."""
    if shape == "person":
        r = round(radius, 1)
        return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
    corners, turn, wider = {
        "state": (4, 45, 1.25),
        "group": (4, 0, 1.3),
    }.get(shape, (6, 0, 1.1))
    points = [
        (
            x + radius * wider * math.cos(math.radians(turn + 360 * i / corners)),
            y + radius * wider * math.sin(math.radians(turn + 360 * i / corners)),
        )
        for i in range(corners)
    ]
    return f"M{'L'.join(f'{px:.1f} {py:.1f}' for px, py in points)}z"


def _names(
    ordered: Sequence[Node],
    ties: Sequence[Tie],
    points: dict[int, Point],
    *,
    size: tuple[int, int],
    slim: bool,
) -> SafeString:
    """The names there is room for; of few ties also how they stand to each other."""
    font = _NARROW * size[0] // 1000 if slim else _FONT
    lines = [(points[tie.source], points[tie.target]) for tie in ties[:_CLEAR]]
    sheet = Sheet(*size, font, lines=lines)
    sheet.keep_free(
        Area(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)
        for x, y in points.values()
    )
    longest = _LONGEST if not slim else _LONGEST * 2 // 3
    labels = [
        sheet.beside(cut(n.name, longest), *points[n.id], gap=_CENTRE + (i == 0) * 4)
        for i, n in enumerate(ordered)
    ]
    few = ties if len(ties) <= _FEW and not slim else ()
    words = [_tie_label(tie, points, sheet) for tie in few]
    return format_html(
        '<g class="{}" font-size="{}" aria-hidden="true"><g class="net-words">{}</g>'
        "{}</g>",
        "net-slim" if slim else "net-wide",
        font,
        _texts(words),
        _texts(labels),
    )


def _tie_label(tie: Tie, points: dict[int, Point], sheet: Sheet) -> Label | None:
    (x, y), (x2, y2) = points[tie.source], points[tie.target]
    return sheet.upon(tie.label, (x + x2) / 2, (y + y2) / 2)


def _texts(labels: Sequence[Label | None]) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (round(each.x, 1), round(each.y, 1), each.anchor, each.text)
            for each in labels
            if each is not None
        ),
    )


def _legend(nodes: Sequence[Node], ties: Sequence[Tie]) -> SafeString:
    """The signs that are used."""
    shapes = [s for s in _CALLED if any(node.shape == s for node in nodes)]
    signs = [
        (format_html('<path d="{}"/>', shape_path(s, 12, 8, 6)), f"net-{s}", _CALLED[s])
        for s in shapes
    ]
    line = SafeString('<path d="M0 8H24"/>')
    if any(tie.disputed for tie in ties):
        signs.append((line, "net-tie net-disputed", "disputed"))
    if any(tie.ended and not tie.disputed for tie in ties):
        signs.append((line, "net-tie net-ended", "ended"))
    return format_html(
        '<figcaption><ul class="net-legend">{}</ul></figcaption>',
        format_html_join(
            "",
            '<li><svg width="24" height="16" aria-hidden="true"><g class="{1}">{0}</g>'
            "</svg>{2}</li>",
            signs,
        ),
    )


def _table(ties: Sequence[Tie], known: dict[int, Node], title: str) -> SafeString:
    rows = (
        (
            linked(known[tie.source].name, known[tie.source].href),
            linked(tie.label, tie.href),
            linked(known[tie.target].name, known[tie.target].href),
            tie.when,
            "disputed" if tie.disputed else "ended" if tie.ended else "",
        )
        for tie in ties
    )
    return table(("Who", "How", "To whom", "When", "State"), rows, caption=title)
