"""The mentions of one article, and where they stand among one another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.words import plain
from curation.extraction.context import Context
from curation.extraction.lexicon.titles import HONORIFICS


@dataclass
class Namings:
    """The mentions of an article in the order of its text, while they are linked."""

    normal: str
    context: Context
    mentions: list[Mention] = field(default_factory=list)
    _words: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def words_of(self, mention: Mention) -> list[str]:
        """The words of a name, folded, without "Mr" and "Dr"."""
        place = (mention.start, mention.end)
        if place not in self._words:
            found = plain(self.normal[mention.start : mention.end]).split()
            self._words[place] = [word for word in found if word not in HONORIFICS]
        return self._words[place]

    def add(self, more: Iterable[Mention]) -> None:
        """Add mentions that share no character with those there are."""
        taken = self.taken()
        for mention in list(more):
            places = range(mention.start, mention.end)
            if taken.isdisjoint(places):
                taken.update(places)
                self.mentions.append(mention)
        self.mentions.sort(key=lambda m: m.start)

    def taken(self) -> set[int]:
        """The offsets of all characters inside mentions."""
        return {at for m in self.mentions for at in range(m.start, m.end)}


class Earlier:
    """The mentions that fit something, to look back at from any place."""

    def __init__(self, namings: Namings, fits: Callable[[Mention], bool]) -> None:
        self.mentions = [m for m in namings.mentions if fits(m)]
        self._starts = [m.start for m in self.mentions]

    def before(self, at: int) -> list[Mention]:
        """Those that begin before `at`."""
        return self.mentions[: bisect_left(self._starts, at)]

    def nearest(
        self, at: int, reach: int, fits: Callable[[Mention], bool] = lambda _: True
    ) -> Mention | None:
        """The last one before `at` that fits, if it ends within `reach` characters."""
        for index in range(bisect_left(self._starts, at) - 1, -1, -1):
            mention = self.mentions[index]
            if at - mention.end > reach:
                return None
            if fits(mention):
                return mention
        return None
