"""From coded to public in a real browser: with what belongs to it, and undone."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.looking import sound
from tests.curation.belonging_helper import coded_by
from tests.factories.curation import UserFactory
from tests.rules import update

pytestmark = pytest.mark.django_db(transaction=True)


def agree(page, button):
    page.get_by_label("Reason, kept in the history").fill("read beside the text")
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def test_coded_reviewed_published_and_seen(shown, live_server):
    case = coded_by(UserFactory(username="anna"))
    shown.goto(f"{live_server.url}/admin/")
    shown.get_by_role("link", name="2 claims wait to be reviewed").click()
    shown.get_by_role("link", name="Review with what belongs to it").click()
    heading = f"Review article “{case.article}” with what belongs to it?"
    expect(shown.get_by_role("heading", name=heading)).to_be_visible()
    sound(shown)
    assert case.states() == {"coded"}
    agree(shown, "Review 14 rows")
    expect(shown.get_by_text("are now reviewed.")).to_be_visible()
    assert case.states() == {"reviewed"}
    event = reverse("admin:events_event_change", args=[case.event.pk])
    shown.goto(live_server.url + event)
    shown.get_by_role("link", name="Publish with what belongs to it").click()
    expect(
        shown.get_by_text("It is public, and nothing of it is missing.")
    ).to_be_visible()
    sound(shown)
    agree(shown, "Publish 14 rows")
    expect(shown.get_by_text("“Attack” is public.")).to_be_visible()
    shown.get_by_role("link", name="See it on the site").first.click()
    expect(shown.get_by_role("heading", name="Attack", level=1)).to_be_visible()
    expect(shown.get_by_role("link", name="Kabul airport").first).to_be_visible()
    role = shown.get_by_role("row").filter(has_text="ISIS-K")
    expect(role.get_by_role("cell").first).to_contain_text("Perpetrator")
    expect(shown.get_by_text("No place published")).to_have_count(0)


def test_what_is_left_out_and_what_keeps_it_back_is_said(shown, live_server):
    reviewer = get_user_model().objects.get(username="reviewer")
    case = coded_by(reviewer)
    UserFactory(username="olga", is_superuser=True)
    for row in (case.event, case.said):
        update(row, status="published")
    update(case.figure, status="draft")
    event = reverse("admin:events_event_change", args=[case.event.pk])
    shown.goto(live_server.url + event)
    title = case.article.title
    expect(
        shown.get_by_text(f"Not public yet: the article “{title}” is coded.")
    ).to_be_visible()
    shown.get_by_role("link", name="Publish with what belongs to it").click()
    expect(shown.get_by_text("Nothing of it would change.")).to_be_visible()
    expect(shown.get_by_text("Who may: olga.")).to_be_visible()
    expect(shown.get_by_text("who coded it marks it as coded first")).to_be_visible()
    sound(shown)
