"""The queue and the first page as people see them, and as screen readers do."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from curation.leases import take
from curation.models import Lease
from tests.factories.curation import JudgementFactory, UserFactory
from tests.factories.events import EventFactory, FigureFactory
from tests.factories.sources import ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture
def at_work(curator, reviewer):
    """Articles that wait, one on each of two desks, a dispute, a decision."""
    outlet = OutletFactory(name="The Example")
    waiting = ArticleFactory(title="Attack in Kabul", outlet=outlet)
    take(ArticleFactory(title="On the desk of another"), by=curator)
    take(ArticleFactory(title="On my desk"), by=reviewer)
    event = EventFactory(title="Attack on the airport")
    for low, high in ((164, 170), (90, 100)):
        FigureFactory(
            event=event, low=low, high=high, quantifier="between", status="coded"
        )
    for verdict in ("accepted", "edited", "rejected"):
        JudgementFactory(
            by=UserFactory(), verdict=verdict, proposal__extractor="actors"
        )
    return waiting


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


@pytest.mark.parametrize("name", ["index", "curation_queue"])
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_everybody_can_read_it(reviewing, live_server, at_work, name, width, scheme):
    reviewing.set_viewport_size({"width": width, "height": 900})
    reviewing.emulate_media(color_scheme=scheme)
    reviewing.goto(live_server.url + reverse(f"admin:{name}"))
    for each in reviewing.locator("#content details").all():
        each.locator("summary").click()
    assert violations(reviewing) == []
    assert reviewing.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_each_article_is_a_card(reviewing, live_server, at_work):
    reviewing.set_viewport_size({"width": 390, "height": 900})
    reviewing.goto(live_server.url + reverse("admin:curation_queue"))
    row = reviewing.get_by_role("row", name="Attack in Kabul")
    boxes = [cell.bounding_box() for cell in row.locator("th, td").all()]
    assert len(boxes) == 3
    assert min(box["width"] for box in boxes) > 250
    tops = [box["y"] for box in boxes]
    assert tops == sorted(set(tops))


def test_an_empty_page_can_be_read_too(reviewing, live_server):
    for name in ("index", "curation_queue"):
        reviewing.goto(live_server.url + reverse(f"admin:{name}"))
        expect(reviewing.locator("#content")).to_contain_text("import_articles")
        assert violations(reviewing) == []


def test_from_the_first_page_to_the_desk_by_keyboard(
    reviewing, live_server, at_work, reviewer
):
    reviewing.goto(live_server.url + reverse("admin:index"))
    button = reviewing.get_by_role("button", name="Take the next one")
    button.focus()
    button.press("Enter")
    reviewing.wait_for_url(f"**/{at_work.pk}/")
    assert Lease.objects.get(article=at_work).by == reviewer


def test_the_queue_is_filtered_and_an_article_given_back(
    reviewing, live_server, at_work
):
    reviewing.goto(live_server.url + reverse("admin:curation_queue"))
    rows = reviewing.locator(".nd-queue tbody tr")
    expect(rows.first).to_be_visible()
    reviewing.get_by_label("Outlet").select_option("The Example")
    reviewing.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Attack in Kabul")
    reviewing.get_by_role("link", name="Show all").click()
    reviewing.get_by_label("only mine").check()
    reviewing.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(1)
    reviewing.get_by_role("button", name="Give back On my desk").click()
    expect(reviewing.get_by_text("is free for others again")).to_be_visible()
    expect(reviewing.get_by_text("Nothing is on your desk.")).to_be_visible()


def test_a_reviewer_takes_over_with_a_reason(reviewing, live_server, at_work, reviewer):
    reviewing.goto(live_server.url + reverse("admin:curation_queue"))
    row = reviewing.get_by_role("row", name="On the desk of another")
    expect(row).to_contain_text("curator since")
    row.locator("summary").click()
    row.get_by_label("Why; curator is told").fill("she is ill")
    row.get_by_role("button", name="Take over").click()
    reviewing.wait_for_url("**/desk/**")
    assert Lease.objects.filter(by=reviewer).count() == 2
