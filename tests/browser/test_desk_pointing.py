"""The desk with the mouse: reasons, words, and what is chosen after a step back."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from curation.models import Judgement
from events.models import Claim, Evidence
from tests.browser.test_desk import select_by_mouse
from tests.factories.curation import ProposalFactory, RunFactory, SightingFactory
from tests.factories.events import ClaimFactory, EventFactory, EvidenceFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Police came to the airport. The Taliban said nothing. Austin spoke later."


@pytest.fixture
def article(reviewer):
    row = ArticleFactory(title="Kabul", text=TEXT)
    SpanFactory(article=row, kind="body", start=0, end=len(TEXT))
    run = RunFactory(article=row)
    for words in ("Police", "Taliban", "Austin"):
        SightingFactory(run=run, proposal=ProposalFactory(article=row, quote=words))
    return row


@pytest.fixture
def page(reviewing, live_server, article):
    url = reverse("admin:curation_desk", args=[article.pk])
    reviewing.goto(live_server.url + url)
    reviewing.locator("#nd-desk[data-ready]").wait_for()
    return reviewing


def decide(page, words, verb):
    """Press a button of the proposal of these words."""
    quoted = page.locator("[data-item]").filter(
        has=page.locator("blockquote a", has_text=words)
    )
    quoted.get_by_role("button", name=verb).click()


def test_a_rejection_asks_why_and_takes_the_answer(page):
    decide(page, "Taliban", "Reject")
    assert not Judgement.objects.exists()
    expect(page.locator("#nd-ask")).to_contain_text("Why reject “Taliban”?")
    page.get_by_role("button", name="wrong meaning").click()
    expect(page.locator("#nd-said")).to_contain_text(
        "Rejected: actor “Taliban” (wrong meaning). It will not be proposed again."
    )
    judgement = Judgement.objects.get()
    assert (judgement.proposal.quote, judgement.why) == ("Taliban", "wrong meaning")
    decide(page, "Austin", "Reject")
    page.get_by_role("button", name="keep it").click()
    expect(page.locator("#nd-ask")).to_be_hidden()
    assert Judgement.objects.count() == 1


def test_a_step_back_chooses_what_waits_again(page):
    decide(page, "Taliban", "Reject")
    page.get_by_role("button", name="no reason").click()
    expect(page.locator("[data-item].nd-active")).to_contain_text("Austin")
    page.get_by_role("button", name="Undo", exact=False).first.click()
    expect(page.locator("[data-item].nd-active")).to_contain_text("Taliban")
    expect(page.locator("#nd-said")).to_have_text("Undone: Rejected: actor “Taliban”.")


def test_keys_decide_where_the_focus_is(page):
    decide(page, "Police", "Accept")
    expect(page.locator("#proposals-title")).to_contain_text("2 to decide")
    page.keyboard.press("n")
    focused = page.evaluate("document.activeElement.closest('[data-item]')?.id")
    assert focused == page.locator("[data-item].nd-active").get_attribute("id")


def test_the_words_of_a_proposal_are_outlined_not_painted_over(page):
    page.keyboard.press("n")
    expect(page.locator(".nd-seg.nd-active")).to_have_text("Police")
    assert page.evaluate("CSS.highlights.size") == 0


def test_a_drag_takes_whole_words(page):
    page.evaluate("""() => {
        const walker = document.createTreeWalker(
            document.getElementById("nd-text"), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf("said nothing");
            if (at >= 0) getSelection().setBaseAndExtent(node, at + 2, node, at + 8);
        }
    }""")
    expect(page.locator("#nd-chosen")).to_contain_text("“said nothing”")


def test_further_evidence_is_added(page, article):
    with transaction.atomic():  # a claim without evidence is refused at its end
        claim = EvidenceFactory(
            article=article,
            quote="Police came",
            claim__statement="Police arrived.",
            claim__status="coded",
            claim__event=EventFactory(status="coded"),
        ).claim
    select_by_mouse(page, "spoke later")
    page.keyboard.press("v")
    form = page.locator("#nd-form")
    form.locator("[name=proved_name]").focus()
    page.keyboard.type("police")
    expect(form.get_by_role("option", name="Police arrived.")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(form).to_be_hidden()
    added = Evidence.objects.filter(claim=claim).latest("pk")
    assert added.quote == "spoke later"


def test_the_claims_offered_are_the_nearest_to_the_words(page, article):
    for words in ("Police came", "spoke later"):
        ClaimFactory(
            statement=words,
            evidence__article=article,
            evidence__quote=words,
            status="coded",
        )
    select_by_mouse(page, "Austin")
    page.keyboard.press("v")
    form = page.locator("#nd-form")
    form.locator("[name=proved_name]").focus()
    page.keyboard.press("ArrowDown")
    expect(form.get_by_role("option").first).to_contain_text("spoke later")
    expect(form.get_by_role("option").nth(1)).to_contain_text("Police came")


def test_after_a_proposal_is_changed_the_next_one_is_chosen(page):
    for key in ("n", "n", "e"):
        page.keyboard.press(key)
    form = page.locator("#nd-form")
    form.locator("[name=name]").fill("The Taliban")
    page.keyboard.press("Control+Enter")
    expect(form).to_be_hidden()
    chosen = page.locator("[data-item].nd-active blockquote a")
    expect(chosen).to_have_text("Austin")
    page.keyboard.press("a")
    expect(page.locator("#nd-said")).to_contain_text("Accepted: actor “Austin”")


def test_a_new_name_is_asked_for_with_its_list_open(page, expected):
    expected.append("422")
    select_by_mouse(page, "nothing")
    page.keyboard.press("m")
    form = page.locator("#nd-form")
    option = form.get_by_role("listbox").get_by_role("option").last
    expect(option).to_contain_text("New actor: “nothing”")
    page.keyboard.press("Control+Enter")
    wrong = form.locator("[data-field=actor_name] [data-error]")
    expect(wrong).to_contain_text("No actor was chosen")
    page.keyboard.press("ArrowDown")
    expect(option).to_be_visible()
    page.keyboard.press("Enter")
    expect(wrong).to_be_empty()


def test_the_same_words_coded_again_are_taken_back_by_a_button(page):
    for _ in range(2):
        page.locator(".nd-sentence").first.click()
        page.get_by_role("button", name="Claim").click()
        page.locator("#nd-form [name=kind]").select_option("occurrence")
        page.locator("#nd-form [name=statement]").fill("They came.")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#nd-said")).to_contain_text("Coded a claim")
    said = page.locator("#nd-said")
    expect(said).to_contain_text("rests on these words already.")
    first, second = Claim.objects.order_by("pk")
    href = reverse("admin:events_claim_change", args=[first.pk])
    expect(said.get_by_role("link")).to_have_attribute("href", href)
    said.get_by_role("button", name="Take it back").click()
    expect(said).to_contain_text("Undone: Coded a claim")
    assert not Claim.objects.filter(pk=second.pk).exists()
    assert Claim.objects.filter(pk=first.pk).exists()


@pytest.mark.parametrize("touch", [True, False])
def test_fingers_are_told_how_to_choose_fewer_words(
    browser, client, live_server, article, reviewer, touch
):
    context = browser.new_context(has_touch=touch, is_mobile=touch)
    client.force_login(reviewer)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(60_000)  # machines are shared
    page.goto(live_server.url + reverse("admin:curation_desk", args=[article.pk]))
    hint = page.get_by_text("Fewer words: hold one, then drag")
    expect(hint).to_be_visible(visible=touch)
    context.close()
