"""The desk in a real browser: articles are coded by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from actors.models import Mention
from curation.models import Judgement, Lease, Omission, Step
from events.estimates import estimate
from events.estimating import figures_of, group_parents
from events.models import Claim, Event, Evidence
from sources.models import Article
from tests.factories.actors import ActorFactory, AliasFactory
from tests.factories.curation import (
    LeaseFactory,
    ProposalFactory,
    RunFactory,
    SightingFactory,
)
from tests.factories.events import ClaimFactory, EventFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[2]
ODD = (
    "Kabul.\n\nThe “attack” 🙂 killed 13 people, police said. Ça e\u0301te\u0301 dit "
    "lundi.\r\n\r\nقال المتحدث إن الهجوم وقع. 👩‍👩‍👧 They fled.\n"
)


@pytest.fixture
def article(reviewer):
    return ArticleFactory(title="Kabul attack", text=ODD)


@pytest.fixture
def desk(reviewing, live_server):
    """Open the desk of an article; the page, ready for keys."""

    def opened(article):
        url = reverse("admin:curation_desk", args=[article.pk])
        reviewing.goto(live_server.url + url)
        reviewing.locator("#nd-desk[data-ready]").wait_for()
        return reviewing

    return opened


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def choose(page, words):
    """Choose words by keyboard: to their sentence, then word by word."""
    article = Article.objects.get(
        pk=page.locator("#nd-desk").get_attribute("data-article")
    )
    start = article.text.index(words)
    press(page, "ArrowDown")
    for _ in range(60):
        first, past = chosen(page)
        if first <= start < past:
            break
        press(page, "ArrowUp" if start < first else "ArrowDown")
    press(page, "Home")
    for _ in range(80):
        if chosen(page)[0] >= start:
            break
        press(page, "Control+ArrowRight")
    for _ in range(80):
        if chosen(page)[1] >= start + len(words):
            break
        press(page, "ArrowRight")
    assert article.text[slice(*chosen(page))] == words


def chosen(page):
    said = page.locator("#nd-chosen").inner_text()
    first, _, last = said.rpartition("(")[2].rstrip(")").partition("–")
    return int(first), int(last)


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def tab_to(page, name):
    for _ in range(40):
        if focused(page) == name:
            return
        press(page, "Tab")
    raise AssertionError(f"{name} cannot be reached with Tab")


def save(page):
    press(page, "Control+Enter")
    expect(page.locator("#nd-form")).to_be_hidden()


def test_seed_004_is_coded_by_keyboard_until_the_estimate_stands(
    desk, seed_folder, tmp_path
):
    for each in ("001", "003"):
        (path,) = seed_folder.glob(f"{each}*.txt")
        call_command("import_articles", str(path), verbosity=0)
    (path,) = seed_folder.glob("004*.txt")
    call_command("import_articles", str(path), verbosity=0)
    code_others()
    article = Article.objects.get(source_name__startswith="004")
    page = desk(article)

    choose(page, "the deaths of up to 170 people")
    press(page, "c")
    expect(page.locator("[name=figure_text]")).to_have_value("up to 170 people")
    expect(page.locator("[name=measure]")).to_have_value("killed")
    expect(page.locator("[name=high]")).to_have_value("170")
    tab_to(page, "event_name")
    page.keyboard.type("kabul airport")
    expect(page.locator("[role=option]").first).to_be_visible()
    press(page, "Enter")
    save(page)
    # The same sentence again: what is coded already is not suggested twice.
    choose(page, "the deaths of up to 170 people, including 13 US soldiers")
    press(page, "c")
    expect(page.locator("[name=figure_text]")).to_have_value("13 US soldiers")
    expect(page.locator("[name=group]")).to_have_value("us_service_members")
    expect(page.locator("[name=part_of_name]")).not_to_have_value("")
    expect(page.locator("[name=event_name]")).not_to_have_value("")
    save(page)

    expect(page.locator("#nd-pane")).to_contain_text("Killed (all) 164–170")
    event = Event.objects.get()
    (figures,) = figures_of(Claim.objects.accepted()).values()
    found = {(e.measure, e.group): e for e in estimate(figures, group_parents())}
    assert (found["killed", "all"].low, found["killed", "all"].high) == (164, 170)
    assert Claim.objects.filter(event=event, evidence__article=article).count() == 2


def code_others():
    """What the articles 001 and 003 say of the attack."""
    event = EventFactory(title="Attack at Kabul airport", status="coded")

    def figure(number, words, group, quantifier, **columns):
        return ClaimFactory(
            event=event,
            status="coded",
            kind="figure",
            measure_id="measure/killed",
            group_id=f"group/{group}",
            quantifier=quantifier,
            figure_text=words,
            evidence__article=Article.objects.get(source_name__startswith=number),
            evidence__quote=words,
            **columns,
        )

    both = figure("001", "more than 150 Afghans and 13 American", "all", "sum")
    figure(
        "001", "more than 150 Afghans", "afghans", "more_than", low=151, part_of=both
    )
    soldiers = {"low": 13, "high": 13, "part_of": both}
    figure("001", "13 American", "us_service_members", "exact", **soldiers)
    figure("003", "more than 100 people", "all", "more_than", low=101)


def test_offsets_count_code_points(desk, article):
    page = desk(article)
    for words in ("13 people", "lundi", "المتحدث", "They fled"):
        press(page, "Escape")
        start, end = select_by_mouse(page, words)
        assert article.text[start:end] == words
    choose(page, "13 people")
    choose(page, "They fled")


def select_by_mouse(page, words):
    """Select words as a mouse does: by a range over whatever elements they stand in."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(
                document.getElementById("nd-text"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(node, at, node, at + words.length);
                return;
            }
        }""",
        words,
    )
    expect(page.locator("#nd-chosen")).to_contain_text(words)
    return chosen(page)


def test_the_text_on_the_page_is_the_text_of_the_article(desk, article):
    Mention.objects.create(
        article=article, start=8, end=20, quote=ODD[8:20], actor=ActorFactory()
    )
    page = desk(article)
    assert page.locator("#nd-text").evaluate("e => e.textContent") == ODD


def test_a_mention_of_somebody_new_and_an_omission(desk, article):
    page = desk(article)
    choose(page, "police")
    press(page, "m")
    expect(page.locator("[name=actor_name]")).to_have_value("police")
    page.keyboard.type("Afghan police")
    expect(
        page.get_by_role("option", name="New actor: “Afghan police”")
    ).to_be_visible()
    press(page, "Enter")
    tab_to(page, "actor_kind")
    page.keyboard.type("Government")
    save(page)
    mention = Mention.objects.select_related("actor__kind").get()
    assert (mention.quote, mention.actor.name) == ("police", "Afghan police")
    assert (mention.status, mention.actor.status) == ("coded", "coded")
    expect(page.locator(".nd-mention", has_text="police")).to_be_visible()

    choose(page, "They fled.")
    press(page, "o")
    page.keyboard.type("Says nothing new.")
    save(page)
    assert Omission.objects.get().quote == "They fled."


def test_undo_reaches_back_over_the_sitting(desk, article, expected):
    expected.append("422")  # of the last one: nothing is left
    page = desk(article)
    for words in ("They fled.", "13 people"):
        choose(page, words)
        press(page, "o")
        page.keyboard.type("Known.")
        save(page)
    press(page, "u")
    expect(page.locator("#nd-said")).to_contain_text("Undone: Left without")
    assert [each.quote for each in Omission.objects.all()] == ["They fled."]
    press(page, "u")
    expect(page.locator("#nd-pane")).not_to_contain_text("What you did here")
    assert not Omission.objects.exists()
    press(page, "u")
    expect(page.locator("#nd-alert")).to_contain_text("nothing of yours left to undo")


@pytest.fixture
def proposals(article):
    run = RunFactory(article=article)
    found = [
        ProposalFactory(article=article, quote=words, rule=f"actor.{words}")
        for words in ("police", "They", "attack")
    ]
    for proposal in found:
        SightingFactory(run=run, proposal=proposal)
    return found


def test_proposals_are_decided_by_one_key(desk, article, proposals):
    page = desk(article)
    press(page, "n")
    expect(page.locator("#nd-said")).to_contain_text("1 of 3")
    first = page.locator("[data-item].nd-active blockquote").inner_text()
    press(page, "a")
    expect(page.locator("#nd-said")).to_contain_text("Accepted")
    expect(page.locator("#proposals-title")).to_contain_text("2 to decide")
    press(page, "r")
    expect(page.locator("#nd-state")).to_contain_text("wrong words")
    press(page, "3")
    expect(page.locator("#proposals-title")).to_contain_text("1 to decide")
    rejected = Judgement.objects.get(verdict="rejected")
    assert rejected.why == "the text does not say so"
    assert Judgement.objects.filter(verdict="accepted").count() == 1
    press(page, "u", "u")
    expect(page.locator("#proposals-title")).to_contain_text("3 to decide")
    assert first
    assert not Mention.objects.exists()


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    desk, article, expected
):
    expected.append("422")
    page = desk(article)
    choose(page, "13 people")
    press(page, "c")
    expect(page.locator("[name=high]")).to_have_value("13")
    page.locator("[name=quantifier]").select_option("more_than")
    press(page, "Control+Enter")
    expect(page.locator("[data-field=high] [data-error]")).not_to_be_empty()
    expect(page.locator("[data-field=low] [data-error]")).to_be_empty()
    expect(page.locator("[name=high]")).to_be_focused()
    page.reload()
    page.locator("#nd-desk[data-ready]").wait_for()
    choose(page, "13 people")
    press(page, "c")
    expect(page.locator("[name=quantifier]")).to_have_value("more_than")
    expect(page.locator("[data-wrong]")).to_contain_text("is back")
    assert not Claim.objects.exists()


def test_a_lost_connection_loses_nothing(desk, article, expected):
    expected.append("ERR_INTERNET_DISCONNECTED")
    page = desk(article)
    page.context.set_offline(True)
    choose(page, "They fled.")
    press(page, "o")
    page.keyboard.type("Known.")
    press(page, "Control+Enter")
    expect(page.locator("#nd-state")).to_contain_text("No connection")
    assert not Omission.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#nd-form")).to_be_hidden()
    assert Omission.objects.get().reason == "Known."


def test_an_answer_that_is_lost_does_nothing_twice(desk, article, expected):
    expected.append("ERR_FAILED")
    page = desk(article)
    lost = []

    def lose(route):
        sent = route.request.post_data_buffer or b""
        if lost or b"omission" not in sent:
            return route.continue_()
        route.fetch()
        lost.append(route)
        return route.abort()

    page.route("**/admin/curation/desk/**", lose)
    choose(page, "They fled.")
    press(page, "o")
    page.keyboard.type("Known.")
    press(page, "Control+Enter")
    expect(page.locator("#nd-form")).to_be_hidden()
    assert lost
    assert Omission.objects.count() == 1
    assert Step.objects.count() == 1


def test_somebody_else_has_the_article(desk, article):
    LeaseFactory(article=article, by__username="massouda")
    page = desk(article)
    expect(page.locator("#nd-lease")).to_contain_text("massouda has this article")
    press(page, "ArrowDown", "c")
    expect(page.locator("#nd-alert")).to_contain_text("not on your desk")
    page.get_by_label("Why you take it over").fill("She is ill")
    page.get_by_role("button", name="Take over").click()
    expect(page.locator("#nd-lease")).to_contain_text("On your desk")
    assert Lease.objects.get().by.username == "reviewer"


def test_a_speaker_is_found_by_the_verb_beside_the_name(desk, article):
    police = AliasFactory(name="police", actor__status="coded", status="coded").actor
    start = ODD.index("police")
    Mention.objects.create(
        article=article,
        start=start,
        end=start + 6,
        quote="police",
        actor=police,
        status="coded",
    )
    page = desk(article)
    choose(page, "killed 13 people, police said")
    press(page, "c")
    expect(page.locator("[name=voice]")).to_have_value("attributed")
    expect(page.locator("[name=speaker]")).to_have_value(police.slug)
    save(page)
    assert Evidence.objects.get().claim.speaker == police


def test_single_keys_can_be_switched_off(desk, article):
    page = desk(article)
    press(page, "?")
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    press(page, "ArrowDown", "c")
    expect(page.locator("#nd-form")).to_be_hidden()
    page.get_by_role("button", name="Claim").click()
    expect(page.locator("#nd-form")).to_be_visible()


def test_words_of_another_text_are_refused(client, article, reviewer):
    client.force_login(reviewer)
    url = reverse("admin:curation_desk", args=[article.pk])
    data = {"omission": "1", "start": 0, "end": 5, "quote": "Herat", "reason": "x"}
    answer = client.post(url, data, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert "stands “Kabul”, not “Herat”" in answer.json()["wrong"][0]
    assert not Omission.objects.exists()
