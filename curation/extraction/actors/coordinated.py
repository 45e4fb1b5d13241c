"""Groups that share one noun: "the Birch and Willow groups"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from curation.extraction.actors.aliases import AliasTable
from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.words import plain
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.parsing import Paragraph

_PAIR = re.compile(
    r"\b(?P<one>[A-Z][\w-]{2,}) and (?P<two>[A-Z][\w-]{2,})"
    r"(?= (?:groups|networks|factions|movements|militias)\b)"
)
_WHY = "“groups” stands behind both names"


def coordinated(paragraph: Paragraph, table: AliasTable) -> Iterator[Mention]:
    """Both names, each as a group; the list may know one by its first word."""
    for found in _PAIR.finditer(paragraph.text):
        if not {found["one"], found["two"]} & ADJECTIVES.keys():
            for part in ("one", "two"):
                if plain(found[part]) not in table.meanings:
                    yield _mention(paragraph.start, found, part, table)


def _mention(at: int, found: re.Match[str], part: str, table: AliasTable) -> Mention:
    key = table.stems.get(plain(found[part]))
    return Mention(
        at + found.start(part),
        at + found.end(part),
        "actor.coordinated-groups",
        "surname",
        _WHY,
        keys=(key,) if key else (),
        kind="armed_group" if key else "faction",
        rank=5,
    )


def as_pairs(mentions: list[Mention], normal: str) -> None:
    """The same two names, joined by "and" elsewhere, are the same two groups."""
    known = [m for m in mentions if m.rule == "actor.coordinated-groups"]
    pairs = {
        normal[one.start : two.end]: (one, two)
        for one, two in pairwise(known)
        if normal[one.end : two.start] == " and "
    }
    for words, pair in pairs.items():
        for found in re.finditer(re.escape(words), normal):
            moved = found.start() - pair[0].start
            for one in pair if moved else ():
                start, end = one.start + moved, one.end + moved
                mentions[:] = [m for m in mentions if not m.meets(start, end)]
                mentions.append(replace(one, start=start, end=end))
    mentions.sort(key=lambda m: m.start)
