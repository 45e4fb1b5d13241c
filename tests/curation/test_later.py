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
    marks = [
        Mark(start, start + 6, "mention", "", "a\r\nb") for start in (0, length - 20)
    ]
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
    assert not re.search("\r|<!|</script", laid.packed)
    heads, _, markup = laid.packed.partition("\n")
    blocks = json.loads(heads)
    assert [block[0][0] for block in blocks] == [each.start for each in laid.later]
    rest = found[len(laid.paragraphs) :]
    told = [each for block in blocks for each in block]
    assert [tuple(each[:3]) for each in told] == [
        (p.start, p.sentences, p.version) for p in rest
    ]
    drawn = [unescape(each) for each in cut(markup, told, text[rest[0].start :])]
    assert drawn == [unescape(paragraph.html) for paragraph in rest]
    assert all(p.html.count('class="nd-sentence"') == p.sentences for p in found)
    assert "nd-mention" in markup
    assert "Police" not in markup


def cut(markup, told, words):
    """The markup of each paragraph, with its words again, as the script puts them."""
    rest, words = (each.encode("utf-16-le") for each in (markup, words))

    def again(count):
        nonlocal words
        found, words = words[: 2 * int(count[0])], words[2 * int(count[0]) :]
        return found.decode("utf-16-le")

    for *_, length in told:
        bare, rest = rest[: 2 * length].decode("utf-16-le"), rest[2 * length :]
        yield re.sub(r"(?<![^>])\d+", again, bare)
    assert (rest, words) == (b"", b"")
