"""Decisions in a real browser: one desk and two people, a retraction and its ripple."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from curation.models import Lease
from events.models import Claim
from publishing.rendering import refresh
from sources.models import Outlet
from tests.factories.sources import ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Kabul. The attack killed 13 people, the police said. It was on Monday."
DARK = "localStorage.setItem('adminTheme', '\"dark\"')"
IS_DARK = "document.documentElement.classList.contains('dark')"
WAYS = pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "dark")], ids=["wide", "phone"]
)


def dressed(page, width, scheme):
    """The page at a width and in a scheme, on whatever it opens from now on."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    if scheme == "dark":
        page.add_init_script(DARK)
    return page


def sound(page, name, scheme):
    """Drawn if pictures are asked for; legible, and nothing wider than the window."""
    if folder := os.environ.get("NEWSDB_PICTURES"):
        width = page.viewport_size["width"]
        path = Path(folder) / f"{name}-{scheme}-{width}.png"
        page.screenshot(path=path, full_page=True)
    assert page.evaluate(IS_DARK) is (scheme == "dark")
    found = Axe().run(page, context="#content").response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    root = "document.documentElement"
    over = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    assert over <= 0


# --- One desk, two people ---


def opened(page, url):
    page.goto(url)
    page.locator("#nd-desk[data-ready]").wait_for()
    return page.locator("#nd-lease")


@WAYS
def test_two_meet_over_one_article(
    reviewing, coding, live_server, reviewer, width, scheme
):
    article = ArticleFactory(title="Kabul attack", text=TEXT)
    desk = live_server.url + reverse("admin:curation_desk", args=[article.pk])
    hers, his = dressed(coding, width, scheme), dressed(reviewing, width, scheme)

    lease = opened(hers, desk)
    lease.get_by_role("button").first.click()
    expect(lease).to_contain_text("On your desk")

    lease = opened(his, desk)
    expect(lease).to_contain_text("curator has this article since")
    expect(lease).to_contain_text("You may look; deciding and coding wait.")
    sound(his, "desk-of-another", scheme)
    his.keyboard.press("ArrowDown")
    his.keyboard.press("o")
    expect(his.locator("#nd-alert")).to_contain_text("not on your desk")
    expect(his.locator("#nd-form")).to_be_hidden()

    hers.keyboard.press("ArrowDown")
    hers.keyboard.press("o")
    hers.keyboard.type("only the place")
    words = hers.locator("#nd-form [name=reason]")
    expect(words).to_have_value("only the place")

    lease.get_by_role("button", name="Take over").click()
    assert Lease.objects.get().by.username == "curator"  # not without a reason
    his.get_by_label("Why you take it over").fill("She is ill")
    lease.get_by_role("button", name="Take over").click()
    expect(lease).to_contain_text("On your desk")
    assert Lease.objects.get().by == reviewer

    hers.keyboard.press("Control+Enter")
    expect(hers.locator("#nd-form")).to_contain_text("reviewer has had")
    expect(words).to_have_value("only the place")
    sound(hers, "desk-taken-over", scheme)
    lease = opened(hers, desk)
    expect(lease).to_contain_text("reviewer has this article since")
    expect(lease).to_contain_text("She is ill")
    expect(lease.get_by_role("button", name="Take over")).to_have_count(0)
    hers.goto(live_server.url + reverse("admin:curation_queue"))
    expect(hers.get_by_text("She is ill")).to_be_visible()
    sound(hers, "queue-taken-over", scheme)


# --- A retraction and its ripple ---


@pytest.fixture
def attack(reviewer, seed_folder):
    """The claim of up to 170 killed, public with all that rests on it."""
    call_command("import_articles", str(seed_folder), verbosity=0)
    call_command("load_curation", str(seed_folder.parent / "curation"), verbosity=0)
    refresh()
    return Claim.objects.get(event__slug="kabul-airport-attack", high=170)


@WAYS
def test_a_retraction_shows_its_ripple_and_then_the_public_page_changes(
    reviewing, live_server, attack, expected, width, scheme
):
    expected.append("status of 410")  # the claim's page, once it is retracted
    page = dressed(reviewing, width, scheme)
    public = live_server.url + reverse("event", args=[attack.event_id])
    page.goto(public)
    expect(page.get_by_role("main")).to_contain_text("164 to 170")

    page.goto(live_server.url + reverse("admin:events_claim_change", args=[attack.pk]))
    page.get_by_role("button", name="Retract").click()
    expect(page.get_by_role("heading", name="Retract 1 claim?")).to_be_visible()
    ripple = page.get_by_role("region", name="What would change with it")
    expect(ripple).to_contain_text("killed (all) 164–170")
    expect(ripple).to_contain_text("→ at least 164")
    vanishing = ripple.get_by_role("heading", name="that would vanish (1)")
    expect(vanishing).to_be_visible()
    changing = ripple.get_by_role("heading", name="documents that would change (3)")
    expect(changing).to_be_visible()
    expect(ripple).to_contain_text("earlier versions stay as they were cited")
    sound(page, "retraction", scheme)

    agree = page.get_by_role("button", name="Retract 1 claim")
    agree.click()  # the browser asks for a reason
    page.get_by_label("Reason, kept in the history").fill("   ")
    agree.click()
    expect(page.get_by_role("alert")).to_contain_text("Say in words why")
    sound(page, "retraction-without-reason", scheme)
    attack.refresh_from_db()
    assert attack.status == "published"

    page.get_by_label("Reason, kept in the history").fill("The ministry took it back")
    page.get_by_role("button", name="Retract 1 claim").click()
    expect(page.get_by_text("1 claim is now retracted.")).to_be_visible()
    page.goto(public)
    expect(page.get_by_role("main")).to_contain_text("at least 164")
    expect(page.get_by_role("main")).not_to_contain_text("164 to 170")
    gone = page.goto(live_server.url + reverse("claim", args=[attack.pk]))
    assert gone.status == 410


# --- What was reviewed ---


@WAYS
def test_a_change_of_what_was_reviewed_takes_it_back(
    coding, live_server, width, scheme
):
    row = OutletFactory(name="The Daily", status="reviewed")
    page = dressed(coding, width, scheme)
    page.goto(live_server.url + reverse("admin:sources_outlet_change", args=[row.pk]))
    note = "A change takes it back to coded: then another person reviews it again."
    expect(page.get_by_text(note)).to_be_visible()
    sound(page, "reviewed", scheme)
    page.locator("#id_name").fill("The Daily News")
    page.locator("#id_why").fill("its full name")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("so it is coded again")).to_be_visible()
    expect(page.get_by_text(note)).to_have_count(0)
    sound(page, "taken-back", scheme)
    assert Outlet.objects.get().status == "coded"
