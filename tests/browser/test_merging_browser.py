"""Merging in a real browser: found, planned, merged, followed, undone."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from actors.models import Actor
from curation.models import Merge
from publishing.rendering import refresh
from tests.browser.test_decisions_browser import WAYS, dressed, sound

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(reviewer, seed_folder):
    """Two public actors of the seeds, of which one is to become the other."""
    call_command("import_articles", str(seed_folder), verbosity=0)
    call_command("load_curation", str(seed_folder.parent / "curation"), verbosity=0)
    refresh()
    return [Actor.objects.get(slug=slug) for slug in ("isis-k", "islamic-state")]


@WAYS
def test_two_actors_become_one_and_two_again(
    reviewing, live_server, pair, width, scheme
):
    loser, into = pair
    page = dressed(reviewing, width, scheme)
    site = live_server.url
    public = site + reverse("actor", args=[loser.slug])
    page.goto(site + reverse("admin:actors_actor_change", args=[loser.pk]))
    page.get_by_role("link", name="Merge into…").click()

    expect(page.locator("h1.nd-page-title")).to_contain_text("into another actor")
    sound(page, "merging-which", scheme)
    page.get_by_role("combobox").first.click()
    page.get_by_role("searchbox").last.fill("Islamic State")
    page.get_by_role("option", name="Islamic State", exact=True).click()
    page.get_by_role("button", name="Show the plan").click()

    expect(page.locator("h1.nd-page-title")).to_have_text(
        f"Merge “{loser}” into “{into}”?"
    )
    expect(page.get_by_text("27 mentions")).to_be_visible()
    ripple = page.get_by_role("region", name="What would change with it")
    expect(ripple).to_contain_text("would lead to the other one (1)")
    sound(page, "merging-plan", scheme)
    button = page.get_by_role("button", name="Merge “Islamic State Khorasan")
    page.get_by_label("Reason, kept in the history").fill("   ")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Say in words why")
    sound(page, "merging-without-reason", scheme)
    page.get_by_label("Reason, kept in the history").fill("the texts mean one")
    page.get_by_role("button", name="Merge “Islamic State Khorasan").click()
    expect(page.get_by_text(f"“{loser}” is merged into “{into}”")).to_be_visible()
    refresh()

    page.goto(public)
    expect(page).to_have_url(site + reverse("actor", args=[into.slug]))
    expect(page.get_by_role("main")).to_contain_text("Islamic State Khorasan Province")

    page.goto(site + reverse("admin:actors_actor_change", args=[loser.pk]))
    page.get_by_role("link", name="See the merge, or undo it").click()
    expect(page.get_by_role("button", name="Undo the merge")).to_be_visible()
    sound(page, "merge", scheme)
    page.get_by_label("Reason, kept in the history").fill("a branch is not the whole")
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_text(f"“{loser}” stands for itself again")).to_be_visible()
    sound(page, "merge-undone", scheme)
    refresh()
    page.goto(public)
    expect(page).to_have_url(public)
    assert not Merge.objects.standing().exists()


def test_two_chosen_in_a_list_lead_to_their_plan(reviewing, live_server, pair):
    page = reviewing
    rows = reverse("admin:actors_actor_changelist")
    page.goto(f"{live_server.url}{rows}?q=islamic+state")
    for actor in pair:
        page.locator(f"input[name=_selected_action][value='{actor.pk}']").check()
    page.locator("select[name=action]").select_option("merge_two")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("h1.nd-page-title")).to_contain_text("Merge “")
    expect(page.get_by_role("heading", name="What moves")).to_be_visible()
