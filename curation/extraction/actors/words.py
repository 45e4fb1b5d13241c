"""A text as words: where each stands, folded so that spellings can be compared.

"U.S." and "US", "al-Qaeda" and "Al Qaeda", "Nangarhār" and "nangarhar" are the same
words. Hyphens, dashes, apostrophes and spaces all only separate words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from curation.extraction.context import folded

# Initials with full stops are one word ("U.S.", "U.S", "P.K.K."); otherwise it is
# letters and digits.
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|[^\W\d_]\.[^\W\d_](?!\w)|\w+"
)
# What may stand between two words of one name; a full stop only after an initial or
# a short form ("J. Smith", "St. Mary").
_GAP = re.compile(r" {0,2}[-–—'’]? {0,2}|\. ?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word from `start` to `end` of a text; `plain` is how it is compared."""

    start: int
    end: int
    text: str
    plain: str


def words(text: str, offset: int = 0) -> list[Word]:
    """The words of `text`, whose first character stands at `offset`."""
    found = []
    for match in _WORD.finditer(text):
        letters = match[0].replace(".", "")
        start, end = match.span()
        found.append(Word(offset + start, offset + end, letters, folded(letters)))
    return found


def plain(text: str) -> str:
    """The words of a name, folded, with single spaces."""
    return " ".join(word.plain for word in words(text))


def joined(gap: str) -> bool:
    """Whether what stands between two words lets them be words of one name."""
    return len(gap) <= 4 and _GAP.fullmatch(gap) is not None
