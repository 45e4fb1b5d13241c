"""What of a long text the desk draws later: when somebody comes near.

The page has every word of the text, so that a browser finds it, reads it aloud and
prints it. Of a long one, beyond the first AT_ONCE characters, it has the words alone,
several paragraphs in one element; their markup is packed beside them, for the scripts.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString

from curation.admin.reading import exact

if TYPE_CHECKING:
    from curation.admin.reading import Paragraph

WHOLE = 20_000  # characters; of a longer text the first AT_ONCE are drawn
AT_ONCE = 6_000
BLOCK = 8_000  # at least
LEVEL = 3  # of packing: half the time of the usual one, nearly as small


class Block(NamedTuple):
    """Paragraphs of which only the words are drawn."""

    start: int
    words: SafeString


class Layout(NamedTuple):
    """A text as the page of the desk has it."""

    paragraphs: list[Paragraph]
    later: list[Block]
    packed: str  # lines of JSON, deflated, base64


def layout_of(paragraphs: list[Paragraph], *, whole: bool) -> Layout:
    """`whole`: draw all of it at once, however long it is."""
    whole = whole or sum(len(each.words) for each in paragraphs) <= WHOLE
    at_once = [each for each in paragraphs if whole or each.start < AT_ONCE]
    blocks = list(_blocks(paragraphs[len(at_once) :]))
    later = [Block(block[0].start, _words(block)) for block in blocks]
    return Layout(at_once, later, _packed(blocks) if blocks else "")


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


def _packed(blocks: list[list[Paragraph]]) -> str:
    """What the paragraphs of all blocks are; then of each block their markup.

    Line by line, so that a script reads only the markup that it draws.
    """
    heads = [[(p.start, p.sentences, p.version) for p in block] for block in blocks]
    markup = [[paragraph.html for paragraph in block] for block in blocks]
    lines = "\n".join(map(json.dumps, [heads, *markup]))
    return b64encode(zlib.compress(lines.encode(), level=LEVEL)).decode()
