"""Pages of actors and places in a real browser: seen, used, and read aloud."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from actors.models import Mention
from events.models import Place
from tests.factories.actors import (
    ActorFactory,
    AliasFactory,
    MentionFactory,
    RelationFactory,
)
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    GazetteerEntryFactory,
    GazetteerNameFactory,
    ParticipationFactory,
    PlaceFactory,
)
from tests.factories.sources import ArticleFactory, term

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = ("person", "state", "armed_group", "company")


def address(row):
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_change", args=[row.pk])


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


@pytest.fixture
def busy(reviewer):
    """An actor with two hundred others around it, disputes, names and doubts."""
    actor = ActorFactory(name="Islamic State")
    near = [
        ActorFactory(
            name=f"Organisation {n} of the North",
            kind=term(f"actor-kind/{KINDS[n % 4]}"),
        )
        for n in range(60)
    ]
    relations = [RelationFactory(subject=actor, object=other) for other in near]
    for n in range(160):
        RelationFactory(subject=near[n % 60], object=ActorFactory(name=f"Person {n}"))
    ClaimFactory(relation=relations[0])
    ClaimFactory(relation=relations[0], polarity="negative")
    ClaimFactory(relation=relations[1], statement="It is so.")
    AliasFactory(actor=actor, name="ISIS")
    AliasFactory(actor=near[0], name="ISIS")
    article = ArticleFactory(
        text="Quiet. Perhaps ISIS did it. The end.",
        published_earliest="2021-08-26",
        published_latest="2021-08-26",
        published_precision="day",
        published_basis="stated",
    )
    MentionFactory(article=article, quote="ISIS", actor=actor)
    ParticipationFactory(
        actor=actor,
        event=EventFactory(
            date_earliest="2021-08-26",
            date_latest="2021-08-26",
            date_precision="day",
            date_basis="stated",
        ),
    )
    return actor


@pytest.fixture
def kunduz(reviewer):
    """A place without coordinates, and an entry of the gazetteer for it."""
    province = PlaceFactory(
        name="Kunduz",
        slug="kunduz-province",
        kind=term("place-kind/province"),
        country=term("country/AFG"),
        latitude=36.8,
        longitude=68.8,
        radius_m=80_000,
    )
    for name in ("Kunduz", "Kunduz Airport"):
        entry = GazetteerEntryFactory(
            name=name, latitude=36.729, longitude=68.857, radius_m=12_000
        )
        GazetteerNameFactory(entry=entry, folded=name.lower())
    return PlaceFactory(name="Kunduz", slug="kunduz-city", parent=province)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_an_actor_with_two_hundred_around_it(
    reviewing, live_server, busy, width, scheme
):
    reviewing.set_viewport_size({"width": width, "height": 900})
    reviewing.emulate_media(color_scheme=scheme)
    reviewing.goto(f"{live_server.url}{address(busy)}?steps=2")
    picture = reviewing.locator(".net-picture")
    expect(picture.locator(".net-node")).to_have_count(200)
    shown = "net-slim" if width < 640 else "net-wide"
    names = picture.locator(f".{shown} > text")
    assert names.count() >= (6 if width < 640 else 60)
    sizes = names.evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 9  # can be read
    assert reviewing.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(reviewing) == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_place(reviewing, live_server, kunduz, width, scheme):
    reviewing.set_viewport_size({"width": width, "height": 900})
    reviewing.emulate_media(color_scheme=scheme)
    lookup = f"{reverse('admin:events_place_lookup')}?q=kunduz&place={kunduz.pk}"
    for page in (address(kunduz), address(kunduz.parent), lookup):
        reviewing.goto(live_server.url + page)
        assert reviewing.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(reviewing) == []


def test_the_names_of_a_picture_do_not_lie_upon_another(reviewing, live_server, busy):
    reviewing.goto(f"{live_server.url}{address(busy)}?steps=2")
    upon = reviewing.locator(".net-wide > text").evaluate_all(
        """all => {
            const boxes = all.map((each) => each.getBoundingClientRect());
            const inner = (a, b) => Math.min(a, b);
            return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
                inner(a.right, b.right) - Math.max(a.left, b.left) > 3 &&
                inner(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)).length;
        }"""
    )
    assert upon <= 2  # the width of letters is only known to the browser


def test_a_node_leads_to_its_actor(reviewing, live_server, busy):
    reviewing.goto(live_server.url + address(busy))
    reviewing.get_by_role("link", name="2 steps").click()
    reviewing.wait_for_url("**?steps=2#network-title")
    node = reviewing.locator(".net-node").nth(1)
    name = node.locator("title").text_content().partition(",")[0]
    node.click()
    expect(reviewing.locator("#id_name")).to_have_value(name)


def test_the_table_beside_the_network_holds_every_relation(
    reviewing, live_server, busy
):
    reviewing.goto(live_server.url + address(busy))
    panel = reviewing.get_by_role("region", name="Network", exact=True)
    panel.get_by_text("As a table").click()
    expect(panel.locator("tbody tr")).to_have_count(60)
    expect(panel.locator("tbody tr", has_text="disputed")).to_have_count(1)


def test_the_claims_of_a_relation_open_where_they_are_counted(
    reviewing, live_server, busy
):
    reviewing.goto(live_server.url + address(busy))
    panel = reviewing.get_by_role("region", name="Relations over time")
    claim = panel.get_by_role("link", name="It is so.")
    expect(claim).to_be_hidden()
    panel.get_by_role("link", name="1 say so", exact=True).click()
    expect(claim).to_be_visible()


def test_which_one_is_meant_is_decided_by_a_button(reviewing, live_server, busy):
    reviewing.goto(live_server.url + address(busy))
    panel = reviewing.get_by_role("region", name="Which one is meant?")
    expect(panel).to_contain_text("Perhaps ISIS did it.")
    panel.get_by_label("Why, if it needs saying").fill("the north is meant")
    panel.get_by_role("button", name="It is Organisation 0 of the North").click()
    expect(
        reviewing.get_by_text("“ISIS” is Organisation 0 of the North there.")
    ).to_be_visible()
    expect(panel).to_have_count(0)
    assert Mention.objects.get().note == "the north is meant"


def test_a_place_is_looked_up_checked_on_the_map_and_taken_over(
    reviewing, live_server, kunduz
):
    reviewing.goto(live_server.url + address(kunduz))
    expect(reviewing.get_by_text("No coordinates yet")).to_be_visible()
    reviewing.get_by_role("button", name="Look up").click()
    expect(reviewing.locator(".map-dot")).to_have_count(1)
    reviewing.get_by_role("link", name="Kunduz Airport").click()
    expect(
        reviewing.get_by_role("heading", name="Kunduz Airport: check it on the map")
    ).to_be_visible()
    reviewing.get_by_role("link", name="Kunduz", exact=True).last.click()
    reviewing.get_by_label("Reason, kept in the history").fill("from the gazetteer")
    reviewing.get_by_role("button", name="Take over").click()
    reviewing.wait_for_url(f"**{address(kunduz)}")
    expect(reviewing.locator(".map-picture")).to_be_visible()
    assert Place.objects.get(pk=kunduz.pk).radius_m == 12_000


def test_the_map_is_enlarged_by_its_button(reviewing, live_server, kunduz):
    reviewing.goto(live_server.url + address(kunduz.parent))
    area = reviewing.locator(".map-area").first
    before = area.bounding_box()["width"]
    reviewing.locator(".pic", has=reviewing.locator(".map-picture")).get_by_role(
        "button"
    ).nth(1).click()
    reviewing.wait_for_timeout(400)
    assert area.bounding_box()["width"] > before * 1.3
