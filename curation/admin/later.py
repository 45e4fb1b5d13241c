"""What of a long text the desk draws later: when somebody comes near.

The page has every word of the text, so that a browser finds it, reads it aloud and
prints it. Of a long one, beyond the first AT_ONCE characters, it has the words alone,
several paragraphs in one element; their markup is packed beside them, for the scripts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString

from curation.admin.reading import exact

if TYPE_CHECKING:
    from curation.admin.reading import Paragraph

WHOLE = 20_000  # characters; of a longer text the first AT_ONCE are drawn
AT_ONCE = 4_000
BLOCK = 4_000  # at least
TEXT = re.compile("(?<![^>])[^<]+")  # of markup: what stands outside of its tags


class Block(NamedTuple):
    """Paragraphs of which only the words are drawn."""

    start: int
    words: SafeString


class Layout(NamedTuple):
    """A text as the page of the desk has it."""

    paragraphs: list[Paragraph]
    later: list[Block]
    packed: SafeString  # see _packed


def layout_of(paragraphs: list[Paragraph], *, whole: bool) -> Layout:
    """`whole`: draw all of it at once, however long it is."""
    whole = whole or sum(len(each.words) for each in paragraphs) <= WHOLE
    at_once = [each for each in paragraphs if whole or each.start < AT_ONCE]
    blocks = list(_blocks(paragraphs[len(at_once) :]))
    later = [Block(block[0].start, _words(block)) for block in blocks]
    return Layout(at_once, later, _packed(blocks) if blocks else SafeString(""))


def _blocks(paragraphs: Iterable[Paragraph]) -> Iterable[list[Paragraph]]:
    block: list[Paragraph] = []
    for paragraph in paragraphs:
        block.append(paragraph)
        if paragraph.start + len(paragraph.words) - block[0].start >= BLOCK:
            yield block
            block = []
    if block:
        yield block


def _words(block: list[Paragraph]) -> SafeString:
    return SafeString(exact("".join(each.words for each in block)))


def _packed(blocks: list[list[Paragraph]]) -> SafeString:
    """A line of JSON on the paragraphs of all blocks; then their markup, end to end.

    For words it has their number, since they are in the page: a third less to receive.
    Lengths are in units of UTF-16. No text can end the script around it.
    """
    heads, markup = [], []
    for block in blocks:
        bare = [_bare(paragraph.html) for paragraph in block]
        heads.append(
            [
                (each.start, each.sentences, each.version, _units(tags))
                for each, tags in zip(block, bare, strict=True)
            ]
        )
        markup += bare
    return SafeString(json.dumps(heads) + "\n" + "".join(markup))


def _bare(html: str) -> str:
    # In a title, too, a browser would take a carriage return for the end of a line.
    return TEXT.sub(_counted, html).replace("\r", "&#13;")


def _counted(text: re.Match[str]) -> str:
    return str(_units(unescape(text[0])))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
