"""A change of many rows in a real browser: the plan, the deed, the undo."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Claim, Event
from tests.browser.looking import sound
from tests.factories.events import ClaimFactory, EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db(transaction=True)


def run_action(page, name, number):
    for i in range(number):
        page.locator("input[name=_selected_action]").nth(i).check()
    page.get_by_label("Select action to run").select_option(name)
    press(page, "Run")


def press(page, button):
    """Press it, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def states():
    return list(Claim.objects.order_by("pk").values_list("status", flat=True))


def test_claims_are_retracted_and_given_back(shown, live_server):
    for _ in range(3):
        ClaimFactory(status="published")
    shown.goto(live_server.url + reverse("admin:events_claim_changelist"))
    run_action(shown, "retract", 3)
    expect(shown.get_by_role("heading", name="Retract 3 claims?")).to_be_visible()
    expect(shown.get_by_text("3 claims will be changed")).to_be_visible()
    reason = shown.get_by_label("Reason, kept in the history")
    expect(reason).to_be_focused()
    sound(shown)
    assert states() == ["published"] * 3
    reason.fill("misread")
    shown.keyboard.press("Enter")
    expect(shown.get_by_text("3 claims are now retracted.")).to_be_visible()
    assert states() == ["retracted"] * 3
    shown.get_by_role("link", name="See what changed, or undo it").click()
    expect(shown.get_by_role("heading", name="Undo")).to_be_visible()
    sound(shown)
    shown.get_by_label("Reason, kept in the history").fill("it was right")
    shown.get_by_role("button", name="Undo it for all 3 rows").click()
    expect(shown.get_by_text("Undone: 3 rows are set back.")).to_be_visible()
    sound(shown)
    assert states() == ["published"] * 3


def test_events_are_dated_anew_after_a_mistake_is_told(shown, live_server):
    EventFactory.create_batch(2)
    shown.goto(live_server.url + reverse("admin:events_event_changelist"))
    run_action(shown, "to_date", 2)
    sound(shown)
    shown.get_by_label("Date earliest").fill("2021-08-26")
    shown.get_by_label("Date precision").select_option("day")
    press(shown, "Show the plan")
    expect(shown.get_by_text("A date needs its basis.")).to_be_visible()
    sound(shown)
    shown.get_by_label("Date latest").fill("2021-08-26")
    shown.get_by_label("Date basis").select_option("stated")
    press(shown, "Show the plan")
    expect(shown.get_by_text("2 events will be changed")).to_be_visible()
    sound(shown)
    shown.get_by_label("Reason, kept in the history").fill("the report says so")
    shown.keyboard.press("Enter")
    expect(shown.get_by_text("2 events are given the other date.")).to_be_visible()
    assert {str(e.date_latest) for e in Event.objects.all()} == {"2021-08-26"}


def test_claims_go_to_an_event_that_is_searched_for(shown, live_server):
    there = EventFactory(title="Airport attack")
    claims = [ClaimFactory(), ClaimFactory()]
    shown.goto(live_server.url + reverse("admin:events_claim_changelist"))
    run_action(shown, "to_event", 2)
    shown.locator(".select2-selection").click()
    shown.locator(".select2-search__field").fill("airport")
    shown.get_by_role("option", name="Airport attack").click()
    press(shown, "Show the plan")
    sound(shown)
    shown.get_by_label("Reason, kept in the history").fill("about the airport")
    shown.get_by_role("button", name="Move 2 claims to another event").click()
    expect(shown.get_by_text("2 claims are moved to the other event")).to_be_visible()
    assert {Claim.objects.get(pk=c.pk).event for c in claims} == {there}


def test_a_queue_of_problems_is_worked_off(shown, live_server):
    EventFactory.create_batch(2, title="Nobody tells it")
    PlaceFactory()
    shown.goto(live_server.url + reverse("admin:curation_problems"))
    sound(shown)
    shown.get_by_role("link", name="Events without a claim").click()
    shown.get_by_label("Tick all rows of this page").check()
    expect(shown.get_by_text("2 of 2 ticked")).to_be_visible()
    sound(shown)
    shown.get_by_role("button", name="Reject").click()
    expect(shown.get_by_role("heading", name="Reject 2 events?")).to_be_visible()
    shown.get_by_label("Reason, kept in the history").fill("entered twice")
    shown.get_by_role("button", name="Reject 2 events").click()
    expect(shown.get_by_text("no row has this problem")).to_be_visible()
    sound(shown)
