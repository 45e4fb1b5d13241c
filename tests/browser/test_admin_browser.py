"""A curator's way through the admin, in a real browser."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Claim, Evidence
from tests.factories.actors import ActorFactory, MentionFactory
from tests.factories.events import ClaimFactory, EventFactory, FigureFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(reviewer):
    text = "Kabul. The attack killed 13 people, the police said. It was on Monday."
    return ArticleFactory(title="Kabul attack", text=text)


def change(row):
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_change", args=[row.pk])


def test_an_article_is_read_with_what_rests_on_it(reviewing, live_server, article):
    claim = ClaimFactory(evidence__article=article, statement="13 people died.")
    actor = ActorFactory(name="Attackers")
    MentionFactory(article=article, quote="attack", actor=actor)
    reviewing.goto(live_server.url + change(article))
    text = reviewing.locator(".nd-text")
    expect(text.locator("a.nd-evidence")).to_have_text("killed 13 people")
    expect(text.locator(".nd-mention")).to_have_attribute("data-kind", "armed group")
    text.locator("a.nd-evidence").click()
    reviewing.wait_for_url(f"**{change(claim)}")
    reviewing.get_by_role("link", name="Kabul attack, at").click()
    start = claim.evidence.get().start
    reviewing.wait_for_url(f"**{change(article)}#c{start}")
    expect(reviewing.locator(f"#c{start}")).to_be_in_viewport()


def test_a_bound_is_changed_with_a_reason_that_history_keeps(
    reviewing, live_server, article
):
    claim = FigureFactory(evidence__article=article, high=None, quantifier="at_least")
    reviewing.goto(live_server.url + change(claim))
    reviewing.locator("#id_low").fill("164")
    reviewing.get_by_label("Reason for this change").fill("parts added up")
    reviewing.get_by_role("button", name="Save and continue editing").click()
    expect(reviewing.get_by_text("was changed successfully")).to_be_visible()
    reviewing.get_by_role("link", name="History").click()
    row = reviewing.get_by_role("row", name="low")
    expect(row.first).to_contain_text("13")
    expect(row.first).to_contain_text("164")
    expect(reviewing.get_by_text("parts added up")).to_be_visible()


def test_a_claim_is_coded_by_typing_the_words(reviewing, live_server, article):
    reviewing.goto(live_server.url + reverse("admin:events_claim_add"))
    reviewing.locator("#id_slug").fill("001-01")
    reviewing.locator("#id_kind").select_option("occurrence")
    reviewing.locator("#id_statement").fill("There was an attack.")
    reviewing.get_by_role("link", name="Add another Evidence").click()
    reviewing.locator("#evidence-data .select2-selection:visible").click()
    reviewing.locator(".select2-search__field").fill("kabul")
    reviewing.get_by_role("option", name="Kabul attack").click()
    reviewing.locator("#id_evidence-0-quote").fill("The attack")
    reviewing.get_by_role("button", name="Save", exact=True).click()
    reviewing.wait_for_url("**/admin/events/claim/")
    assert Evidence.objects.get().start == 7


def test_a_claim_is_published_by_an_action(reviewing, live_server, article):
    claim = ClaimFactory(evidence__article=article, status="reviewed")
    reviewing.goto(live_server.url + reverse("admin:events_claim_changelist"))
    reviewing.locator("input[name=_selected_action]").check()
    reviewing.get_by_label("Select action to run").select_option("publish")
    reviewing.get_by_role("button", name="Run").click()
    expect(reviewing.get_by_text("1 claim is now published.")).to_be_visible()
    claim.refresh_from_db()
    assert claim.status == "published"


def test_a_published_claim_is_retracted_from_its_page_with_a_reason(
    reviewing, live_server, article
):
    claim = ClaimFactory(evidence__article=article, status="published")
    reviewing.goto(live_server.url + change(claim))
    reviewing.get_by_role("button", name="Retract").click()
    reviewing.get_by_label("Reason, kept in the history").fill("misread")
    reviewing.get_by_role("button", name="Retract").click()
    expect(reviewing.get_by_text("1 claim is now retracted.")).to_be_visible()
    reviewing.wait_for_url(f"**{change(claim)}")
    assert Claim.objects.get().status == "retracted"


def test_an_event_draws_its_figures_and_leads_to_sentences_and_claims(
    reviewing, live_server, article
):
    event = EventFactory()
    claim = FigureFactory(event=event, status="coded", evidence__article=article)
    reviewing.goto(live_server.url + change(event))
    picture = reviewing.get_by_role("group", name="Killed (all)")
    expect(picture).to_be_visible()
    picture.locator("a").click()
    reviewing.wait_for_url(f"**{change(article)}#c18")
    reviewing.go_back()
    figure = reviewing.locator("figure.iv")
    figure.get_by_text("As a table").click()
    figure.get_by_role("link", name=claim.slug).click()
    reviewing.wait_for_url(f"**{change(claim)}")


def test_the_first_tab_stop_skips_the_menu(reviewing):
    reviewing.keyboard.press("Tab")
    expect(reviewing.get_by_role("link", name="Skip to the content")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_screen(
    reviewing, live_server, article, width, scheme
):
    event = EventFactory()
    FigureFactory(event=event, status="coded", evidence__article=article)
    reviewing.set_viewport_size({"width": width, "height": 900})
    reviewing.emulate_media(color_scheme=scheme)
    for row in (article, event):
        reviewing.goto(live_server.url + change(row))
        wide = reviewing.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
