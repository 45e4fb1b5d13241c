"""A long article on the desk: a key touches what it is about, not the whole text.

How long that takes is measured by `python -m bench.run desk`; here is what makes it so.
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actors.models import Mention
from tests.factories.actors import ActorFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "Officials in Kabul said that at least 42 people were killed there. "
LONG, SPANS = 200_000, 2_000
TEXT = ((SENTENCE * 5).strip() + "\n") * (LONG // (5 * len(SENTENCE)) + 1)

# Nodes that were added, removed or changed since the last time it was asked.
WATCH = """() => {
    window.touched = 0;
    new MutationObserver((changes) => {
        for (const change of changes) {
            window.touched += change.type === "childList"
                ? change.addedNodes.length + change.removedNodes.length : 1;
        }
    }).observe(document.getElementById("nd-text"), {
        attributes: true, characterData: true, childList: true, subtree: true,
    });
}"""
TOUCHED = "() => { const n = window.touched; window.touched = 0; return n; }"
SKIPPED = """() => [...document.querySelectorAll(".nd-par")]
    .filter((each) => !each.firstElementChild.checkVisibility(
        { contentVisibilityAuto: true })).length"""


@pytest.fixture
def desk(reviewing, live_server, reviewer):
    article = ArticleFactory(title="A long report", text=TEXT[:LONG])
    actor = ActorFactory(name="Officials")
    line = len((SENTENCE * 5).strip()) + 1
    starts = [
        each
        for first in range(0, LONG - line, line)
        for each in range(first, first + 5 * len(SENTENCE), len(SENTENCE))
    ]
    words = [(at, at + 9) for at in starts] + [(at + 13, at + 18) for at in starts]
    Mention.objects.bulk_create(
        Mention(
            article=article,
            start=start,
            end=end,
            quote=article.text[start:end],
            actor=actor,
            status="coded",
        )
        for start, end in words[:SPANS]
    )
    reviewing.goto(live_server.url + reverse("admin:curation_desk", args=[article.pk]))
    reviewing.locator("#nd-desk[data-ready]").wait_for()
    reviewing.evaluate(WATCH)
    return reviewing


def test_a_key_touches_few_nodes_of_two_thousand_spans(desk):
    desk.evaluate("dispatchEvent(new Event('beforeprint'))")  # all is drawn
    expect(desk.locator(".nd-new")).to_have_count(0)
    desk.evaluate(TOUCHED)
    assert desk.locator(".nd-mention").count() >= SPANS
    paragraphs = desk.locator(".nd-par").count()
    assert desk.evaluate(SKIPPED) > paragraphs * 0.8  # neither laid out nor painted
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Home"):
        desk.keyboard.press(key)
        assert desk.evaluate(TOUCHED) <= 4, key
    desk.keyboard.press("c")
    expect(desk.locator("#nd-form")).to_be_visible()
    desk.wait_for_timeout(500)
    assert desk.evaluate(TOUCHED) <= 4
    desk.keyboard.press("Escape")


def test_what_is_saved_is_drawn_in_its_own_paragraph_only(desk):
    kept = desk.locator(".nd-par").last.element_handle()
    desk.keyboard.press("ArrowDown")
    desk.evaluate(TOUCHED)
    desk.keyboard.press("o")
    expect(desk.locator("[name=reason]")).to_be_focused()
    desk.keyboard.type("Says nothing new.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#nd-form")).to_be_hidden(timeout=15_000)
    expect(desk.locator("#nd-text .nd-omitted").first).to_be_visible()
    assert desk.evaluate(TOUCHED) < 40
    assert desk.evaluate("(old) => old.isConnected", kept)
