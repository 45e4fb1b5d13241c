"""A long article on the desk: marks of its later parts are drawn when they are near."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actors.models import Mention
from curation.admin.later import WHOLE
from sources.paragraphs import paragraphs
from sources.sentences import sentences
from tests.factories.actors import ActorFactory, MentionFactory
from tests.factories.curation import ProposalFactory, RunFactory, SightingFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)

ODD = "Ça e\u0301te\u0301 dit lundi 🙂. قال المتحدث إن الهجوم وقع. 👩‍👩‍👧 They fled."
PARAGRAPHS = 400
TEXT = "\r\n".join(
    f"Report {number:03} came. Police of {number:03} killed 13 people. {ODD}"
    for number in range(PARAGRAPHS)
)
FAR = TEXT.index("Police of 390")
MIDDLE = TEXT.index("Police of 200")
WORDS = "document.getElementById('nd-text').textContent"
# Select as one does by dragging, from the first words to those in a later part.
DRAG = """(words) => {
    const text = document.getElementById("nd-text");
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const first = walker.nextNode();
    let last = first;
    while (!last.data.includes(words)) last = walker.nextNode();
    if (!last.parentElement.matches(".nd-later")) throw new Error("it is drawn");
    const end = last.data.indexOf(words) + words.length;
    getSelection().setBaseAndExtent(first, 0, last, end);
}"""

# How far down words are; with `go`, after they were scrolled to the middle.
PLACE = """([words, go]) => {
    const text = document.getElementById("nd-text");
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (!node.data.includes(words)) node = walker.nextNode();
    const range = document.createRange();
    const top = () => {
        range.setStart(node, node.data.indexOf(words));
        range.setEnd(node, node.data.indexOf(words) + words.length);
        return range.getBoundingClientRect().top;
    };
    if (go) {
        node.parentElement.scrollIntoView();
        text.closest(".nd-reading").scrollBy(0, top() - 400);
    }
    return top();
}"""


@pytest.fixture
def article(reviewer):
    article = ArticleFactory(title="A long report", text=TEXT)
    actor = ActorFactory(name="Kabul police")
    for start in (TEXT.index("Police of 000"), MIDDLE, FAR):
        mention = {"start": start, "end": start + 6, "quote": "Police"}
        MentionFactory(article=article, actor=actor, status="coded", **mention)
    return article


@pytest.fixture
def desk(reviewing, live_server, article):
    def opened(tail=""):
        url = reverse("admin:curation_desk", args=[article.pk])
        reviewing.goto(live_server.url + url + tail)
        reviewing.locator("#nd-desk[data-ready]").wait_for()
        return reviewing

    return opened


def sentence(start):
    return f".nd-sentence[data-start='{start}'] .nd-mention"


def all_sentences():
    return [
        each for part in paragraphs(TEXT) for each in sentences(TEXT, part[0], part[1])
    ]


def propose(article, *places):
    run = RunFactory(article=article)
    for start in places:
        proposal = ProposalFactory(
            article=article,
            quote="people",
            start=start,
            end=start + 6,
            rule=f"actor.{start}",
        )
        SightingFactory(run=run, proposal=proposal)


def test_the_page_has_every_word_and_few_marks_until_they_are_near(desk):
    page = desk()
    assert page.evaluate(WORDS) == TEXT
    expect(page.locator("#nd-text .nd-mention")).to_have_count(1)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # as the browser does
    expect(page.locator("#nd-text .nd-mention")).to_have_count(3)
    expect(page.locator(".nd-later")).to_have_count(0)
    assert page.evaluate(WORDS) == TEXT


def test_scrolling_draws_what_comes_near_and_nothing_else(shown, desk):
    page = desk()
    mark = page.locator(sentence(MIDDLE))
    expect(mark).to_have_count(0)
    parts = page.locator(".nd-later").count()
    page.evaluate(
        """() => {
            const all = document.querySelectorAll(".nd-later");
            [...all].find(part => part.textContent.includes("Police of 200"))
                .scrollIntoView();
        }"""
    )
    expect(mark).to_have_count(1)
    assert 0 < page.locator(".nd-later").count() < parts
    expect(page.locator(sentence(FAR))).to_have_count(0)


def test_what_a_search_has_found_stays_until_one_is_back_on_the_page(desk):
    """While one types in the browser's own search, the page has no focus."""
    page = desk()
    page.evaluate("document.hasFocus = () => false")
    page.evaluate(PLACE, [" of 390 killed", True])
    page.wait_for_timeout(500)
    expect(page.locator(sentence(FAR))).to_have_count(0)
    before = page.evaluate(PLACE, [" of 390 killed", False])
    page.evaluate("delete document.hasFocus; dispatchEvent(new Event('focus'))")
    expect(page.locator(sentence(FAR))).to_have_count(1)
    page.wait_for_timeout(500)
    after = page.evaluate(PLACE, [" of 390 killed", False])
    assert 0 < before < 900
    assert abs(after - before) < 30  # a line: nothing has jumped


def test_a_far_proposal_is_reached_accepted_and_undone_by_keys(desk, article):
    there = TEXT.index("people", FAR)
    propose(article, TEXT.index("people"), there)
    page = desk()
    page.keyboard.press("n")
    page.keyboard.press("n")
    proposed = page.locator(f"#c{there}.nd-active")
    expect(proposed).to_be_in_viewport()
    expect(page.locator("#nd-chosen")).to_contain_text(f"({FAR}–")
    expect(page.locator("#nd-here")).to_contain_text("Kabul police")
    page.keyboard.press("a")
    expect(page.locator("#nd-said")).to_contain_text("Accepted")
    expect(page.locator(f"#c{there} .nd-mention")).to_have_count(1)
    assert Mention.objects.filter(start=there).count() == 1
    page.keyboard.press("u")
    expect(page.locator("#nd-said")).to_contain_text("Undone")
    expect(page.locator(f"#c{there} .nd-mention")).to_have_count(0)
    expect(page.locator(f"#c{there} .nd-proposed")).to_be_in_viewport()


def test_keys_go_on_from_sentence_to_sentence_into_what_was_not_drawn(desk):
    page = desk()
    last = "[...document.querySelectorAll('.nd-sentence')].at(-1)"
    past = int(page.evaluate(f"{last}.dataset.end"))
    page.evaluate(f"{last}.click()")  # and so the next part comes near, or not yet
    heard = page.locator("#nd-heard").inner_text()
    number, _, total = heard.split(":")[0].removeprefix("Sentence ").partition(" of ")
    page.keyboard.press("ArrowDown")
    begins = len(TEXT[past:]) - len(TEXT[past:].lstrip()) + past
    expect(page.locator("#nd-chosen")).to_contain_text(f"({begins}–")
    expect(page.locator(f".nd-current[data-start='{begins}']")).to_be_in_viewport()
    said = f"Sentence {int(number) + 1} of {total}:"
    expect(page.locator("#nd-heard")).to_contain_text(said)
    assert int(total) == len(all_sentences())


def test_a_choice_that_ends_in_what_is_not_drawn_has_the_right_offsets(desk):
    page = desk()
    words = "Police of 200"
    page.evaluate(DRAG, words)
    end = TEXT.index(words) + len(words)
    expect(page.locator("#nd-chosen")).to_contain_text(f"(0–{end})")
    expect(page.locator(sentence(MIDDLE))).to_have_count(1)  # it is drawn now …
    selected = page.evaluate("getSelection().toString()")
    assert selected.endswith(words)  # … and chosen still
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#nd-chosen")).to_contain_text(f"(7–{end})")


def test_a_link_leads_to_words_that_are_not_drawn_yet(desk):
    page = desk(f"#c{FAR}")
    expect(page.locator(sentence(FAR))).to_be_in_viewport()
    expect(page.locator("#nd-chosen")).to_contain_text(f"({FAR}–")


def test_what_changed_elsewhere_is_drawn_though_it_was_not_before(desk, article):
    page = desk()
    start = TEXT.index("people", MIDDLE)
    mention = {"start": start, "end": start + 6, "quote": "people"}
    MentionFactory(article=article, status="coded", **mention)  # in another tab
    page.keyboard.press("ArrowDown")
    page.keyboard.press("o")
    page.locator("[name=reason]").fill("Says nothing new.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#nd-text .nd-omitted").first).to_be_visible()
    expect(page.locator(".nd-later").first).to_be_attached()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(f"#c{start} .nd-mention")).to_have_count(1)


def test_without_scripts_all_is_drawn_on_request(desk, client, reviewer, article):
    client.force_login(reviewer)
    url = reverse("admin:curation_desk", args=[article.pk])
    assert b'<a href="?whole">' in client.get(url).content
    whole = client.get(f"{url}?whole").content.decode()
    assert "nd-later" not in whole
    assert whole.count('class="nd-mention"') == 3 + 1  # and in the legend


def test_a_text_of_ordinary_length_is_drawn_at_once(reviewing, live_server, reviewer):
    article = ArticleFactory(text=TEXT[: WHOLE - 1])
    url = reverse("admin:curation_desk", args=[article.pk])
    reviewing.goto(live_server.url + url)
    reviewing.locator("#nd-desk[data-ready]").wait_for()
    assert reviewing.evaluate(WORDS) == article.text
    expect(reviewing.locator(".nd-later, #nd-packed, noscript")).to_have_count(0)
