"""How rare a word is: counted in the corpus at hand, with a background for small ones.

The background is lexicon/pair_background.txt: in how many of 3,000 White House texts of
2023 (US government works, public domain) a word stands; names are held down to a
twentieth, because who is named all the time there need not be elsewhere. It weighs as
much as BACKING documents, so five articles are judged by it and ten thousand by
themselves.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.extraction.pairing.days import Days
    from curation.extraction.pairing.digests import Digest

BACKGROUND = Path(__file__).parent.parent / "lexicon" / "pair_background.txt"
BACKING = 50
COMMON_DAY = 0.02  # a day that more documents name is history, not news …
RARE_WORD = 0.003  # of all documents: a word of one story, not of a kind of text
FEW = 10  # documents; fewer are few in any corpus
_RARE = 0.5  # documents that a word outside the background is taken to stand in


@cache
def background() -> Mapping[str, float]:
    """The share of background texts that hold each word; "" for any other word."""
    first, *lines = BACKGROUND.read_text(encoding="utf-8").splitlines()
    total = int(first)
    table = {"": _RARE / total}
    for line in lines:
        word, count = line.split()
        table[sys.intern(word)] = int(count) / total
    return table


class Frequencies:
    """In how many digests each word and known actor stands and each day is named."""

    def __init__(self) -> None:
        self.documents = 0
        self._words: Counter[str] = Counter()
        self._days: Counter[Days] = Counter()
        self._weights: dict[str, float] = {}

    def add(self, digest: Digest) -> None:
        """Count one more."""
        self._weights.clear()
        self.documents += 1
        self._words.update(_counted(digest))
        self._days.update(digest.days)

    def remove(self, digest: Digest) -> None:
        """Take one back."""
        self._weights.clear()
        self.documents -= 1
        self._words.subtract(_counted(digest))
        self._days.subtract(digest.days)

    def share(self, word: str) -> float:
        """The share of documents with this word, 0 to 1."""
        table = background()
        backing = BACKING * table.get(word, table[""])
        return (self._words.get(word, 0) + backing) / (self.documents + BACKING)

    def weight(self, word: str) -> float:
        """Inverse document frequency: 0 for a word of every text, 9 for a rarity."""
        found = self._weights.get(word)
        if found is None:
            found = self._weights[word] = max(0.0, -math.log(self.share(word)))
        return found

    def is_rare(self, word: str) -> bool:
        """Whether so few documents have it that to share it means something."""
        most = max(FEW, RARE_WORD * self.documents)
        return self.share(word) * (self.documents + BACKING) <= most

    def known_by_all(self, days: Days) -> bool:
        """Whether so many documents name these days that they single out no event."""
        most = max(FEW, COMMON_DAY * self.documents)
        return self._days.get(days, 0) > most


def _counted(digest: Digest) -> Iterator[str]:
    """Its words and its known actors ("=key")."""
    yield from digest.words
    yield from (name for name in digest.names if name[0] == "=")
