"""What of a long text the desk draws later: when somebody comes near.

The page has every word of the text, so that a browser finds it, reads it aloud and
prints it. Of a long one, beyond the first AT_ONCE characters, it has the words alone,
several paragraphs in one element; their markup is packed beside them, for the scripts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString

from curation.admin.reading import exact

if TYPE_CHECKING:
    from curation.admin.reading import Paragraph

WHOLE = 20_000  # characters; of a longer text the first AT_ONCE are drawn
AT_ONCE = 6_000
BLOCK = 8_000  # at least


class Block(NamedTuple):
    """Paragraphs of which only the words are drawn."""

    start: int
    words: SafeString


class Layout(NamedTuple):
    """A text as the page of the desk has it."""

    paragraphs: list[Paragraph]
    later: list[Block]
    packed: SafeString  # lines of JSON


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
    """What the paragraphs of all blocks are; then of each block their markup.

    Line by line, so that a script reads only the markup that it draws. What could end
    the script around it, or begin a comment there, is written otherwise.
    """
    heads = [[(p.start, p.sentences, p.version) for p in block] for block in blocks]
    markup = [[paragraph.html for paragraph in block] for block in blocks]
    lines = (json.dumps(each, ensure_ascii=False) for each in [heads, *markup])
    packed = "\n".join(lines).replace("</", "<\\/").replace("<!", "<\\u0021")
    return SafeString(packed)
