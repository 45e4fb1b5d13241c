"""Two people meet over one claim, in two browsers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Claim
from tests.browser.looking import WEAR
from tests.factories.events import EvidenceFactory, FigureFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Kabul. The attack killed 13 people, the police said. It was on Monday."


@pytest.fixture
def claim(reviewer):
    article = ArticleFactory(title="Kabul attack", text=TEXT)
    claim = FigureFactory(
        evidence__article=article,
        statement="13 people died.",
        low=13,
        high=None,
        quantifier="at_least",
    )
    EvidenceFactory(claim=claim, article=article, quote="It was on Monday")
    return claim


def change(row):
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_change", args=[row.pk])


def save(page, why):
    page.get_by_label("Reason for this change").fill(why)
    page.get_by_role("button", name="Save", exact=True).click()


def shot(page, name):
    """A picture of the page, if somebody asks for pictures."""
    if folder := os.environ.get("NEWSDB_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def accessible(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def looks(page, name):
    """Light and dark, wide and narrow: no violation, nothing wider than the screen."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(WEAR, scheme == "dark")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            shot(page, f"{name}-{scheme}-{width}")
            accessible(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
    page.emulate_media(color_scheme="light")
    page.evaluate(WEAR, False)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_two_curators_collide_and_nothing_typed_is_lost(
    reviewing, coding, live_server, claim
):
    address = live_server.url + change(claim)
    reviewing.goto(address)
    coding.goto(address)
    coding.locator("#id_low").fill("164")
    coding.locator("#id_note").fill("Added up by the curator.")
    save(coding, "parts added up")
    reviewing.locator("#id_low").fill("170")
    reviewing.locator("#id_statement").fill("At least 170 people died.")
    save(reviewing, "the other report")

    expect(reviewing.get_by_role("heading", name="Curator saved this")).to_be_visible()
    row = reviewing.get_by_role("row", name="Low")
    for words in ("13", "164", "170", "changed by both"):
        expect(row).to_contain_text(words)
    expect(reviewing.get_by_text("parts added up")).to_be_visible()
    note = reviewing.get_by_role("row", name="Note")
    expect(note.get_by_label("Take theirs")).to_be_checked()
    looks(reviewing, "collision")

    reviewing.get_by_role("button", name="Save what stands").click()
    expect(reviewing.get_by_role("alert")).to_contain_text("Choose whose stands")
    looks(reviewing, "collision-undecided")
    claim.refresh_from_db()
    assert claim.low == 164

    row = reviewing.get_by_role("row", name="Low")
    row.get_by_label("Save mine over it").focus()
    reviewing.keyboard.press("Space")
    reviewing.get_by_role("button", name="Save what stands").click()
    reviewing.wait_for_url("**/admin/events/claim/")
    stored = Claim.objects.get()
    assert (stored.low, stored.note) == (170, "Added up by the curator.")
    assert stored.statement == "At least 170 people died."


def test_the_page_leads_back_to_the_form_with_both(
    reviewing, coding, live_server, claim
):
    address = live_server.url + change(claim)
    coding.goto(address)
    reviewing.goto(address)
    reviewing.locator("#id_note").fill("By the reviewer.")
    save(reviewing, "a note")
    reviewing.wait_for_url("**/admin/events/claim/")
    coding.locator("#id_statement").fill("Thirteen people died.")
    save(coding, "in words")
    expect(coding.get_by_role("heading", name="Reviewer saved this")).to_be_visible()
    coding.get_by_role("button", name="Back to the form with it").click()
    expect(coding.get_by_text("Not saved yet: this is your text")).to_be_visible()
    expect(coding.locator("#id_statement")).to_have_value("Thirteen people died.")
    expect(coding.locator("#id_note")).to_have_value("By the reviewer.")
    coding.get_by_role("button", name="Save", exact=True).click()
    coding.wait_for_url("**/admin/events/claim/")
    stored = Claim.objects.get()
    assert (stored.statement, stored.note) == (
        "Thirteen people died.",
        "By the reviewer.",
    )


def test_a_claim_deleted_meanwhile_shows_what_was_typed(reviewing, live_server, claim):
    reviewing.goto(live_server.url + change(claim))
    reviewing.locator("#id_statement").fill("What I typed.")
    claim.delete()
    save(reviewing, "in vain")
    expect(reviewing.get_by_role("cell", name="What I typed.")).to_be_visible()
    looks(reviewing, "deleted")
    reviewing.get_by_role("button", name="Enter it anew").click()
    reviewing.wait_for_url("**/admin/events/claim/")
    assert Claim.objects.get().statement == "What I typed."


def test_a_claim_published_meanwhile_is_not_changed_by_a_curator(
    coding, live_server, claim
):
    coding.goto(live_server.url + change(claim))
    coding.locator("#id_statement").fill("What I typed.")
    Claim.objects.filter(pk=claim.pk).update(status="published")
    save(coding, "too late")
    expect(coding.get_by_role("cell", name="What I typed.")).to_be_visible()
    coding.get_by_role("link", name="Show it as it is now").click()
    expect(coding.get_by_text("only those who may publish change it")).to_be_visible()
    expect(coding.locator("#id_statement")).to_have_count(0)
    shot(coding, "locked")
