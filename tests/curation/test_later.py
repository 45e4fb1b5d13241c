"""How a long text is laid out for the desk: what is drawn at once, what is packed."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from curation.admin.later import AT_ONCE, WHOLE, layout_of
from curation.admin.reading import Mark, paragraphs_of
from sources.models import Article

LINE = "Police & others came 🙂. They left.\r\n"


def layout(length, *, whole=False):
    text = (LINE * (length // len(LINE) + 1))[:length]
    marks = [Mark(start, start + 6, "mention", "", "") for start in (0, length - 20)]
    found = paragraphs_of(Article(text=text), marks)
    return text, found, layout_of(found, whole=whole)


@pytest.mark.parametrize(("length", "whole"), [(WHOLE, False), (3 * WHOLE, True)])
def test_a_text_is_drawn_whole(length, whole):
    _, found, laid = layout(length, whole=whole)
    assert laid.paragraphs == found
    assert laid.later == []
    assert laid.packed == ""


def test_of_a_longer_one_the_words_of_every_paragraph_are_there_once():
    text, found, laid = layout(WHOLE + 1)
    drawn = laid.paragraphs[-1]
    assert AT_ONCE <= drawn.start + len(drawn.words) < AT_ONCE + len(LINE)
    begins = laid.later[0].start
    words = "".join(block.words for block in laid.later)
    assert unescape(words) == text[begins:]
    assert "".join(each.words for each in laid.paragraphs) == text[:begins]


def test_the_markup_of_what_comes_later_is_packed_by_block():
    text, found, laid = layout(3 * WHOLE)
    assert not re.search("<[/!]", laid.packed)
    heads, *markup = map(json.loads, laid.packed.split("\n"))
    assert [block[0][0] for block in heads] == [each.start for each in laid.later]
    rest = found[len(laid.paragraphs) :]
    told = [tuple(each) for block in heads for each in block]
    assert told == [(p.start, p.sentences, p.version) for p in rest]
    assert [each for block in markup for each in block] == [p.html for p in rest]
    assert all(p.html.count('class="nd-sentence"') == p.sentences for p in found)
    assert any("nd-mention" in html for html in markup[-1])
