"""Known names in a text: one automaton over all of them, one pass over the text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick
import pycountry

from curation.extraction.actors.words import Word, joined, plain, words
from curation.extraction.context import Context, KnownActor, Name
from curation.extraction.lexicon.bodies import HEADS
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.lexicon.wordlist import word_set

# Words such as "the group" name an actor only where they stand: linking reads those.
_NEVER_ALONE = frozenset({"generic"})
# Acronyms that spell an English word: in a line of capitals they are that word.
_ENGLISH = word_set(
    """
    is us it in who aid arm he me so no to am pm an as at be by do go if my of
    on or up we all and any are can had has her his how its may new not now old
    one our out she the too two was way you
    """
)
_SMALL = word_set(
    """
    of the and for in al el ul ad as an ash at bin ibn ben de la on
    """
)
_KEPT_TABLES = 4
_FIGHTING = frozenset({"armed_group", "faction"})
_HEADS_ALIKE = frozenset(["group", "network", "faction"])
# Other words for a body of a state, to find the listed actor that it is.
_SAID_FOR = {
    "military": (
        "military",
        "armed forces",
        "forces",
        "defence forces",
        "defense forces",
    ),
    "army": ("army", "ground forces", "land forces"),
    "intelligence": ("intelligence", "intelligence agency", "intelligence service"),
}
_ADJECTIVES_OF: dict[str, list[str]] = {}
for _adjective, _country in ADJECTIVES.items():
    _ADJECTIVES_OF.setdefault(_country, []).append(plain(_adjective))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may mean: an actor, by an alias of this kind, so written."""

    key: str
    alias_kind: str
    spelling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last` (indices, inclusive) that are a name of `meanings`."""

    first: int
    last: int
    meanings: tuple[Meaning, ...]


class AliasTable:
    """The names of a context's actors; built once, read by every document."""

    def __init__(self, actors: tuple[KnownActor, ...]) -> None:
        self.meanings: dict[str, dict[str, Meaning]] = {}
        # Full names of persons and how they sound, made when first asked for.
        self.people: dict[str, str] | None = None
        self.sounds: dict[str, str] = {}
        for actor in actors:
            for name in [*actor.names, *_country_names(actor)]:
                if name.kind not in _NEVER_ALONE:
                    self._add(actor, name)
        self.stems: dict[str, str] = {}
        for actor in actors:
            if actor.kind in _FIGHTING:
                self._other_heads(actor)
        self.holding: dict[str, list[str]] = {}  # the names that hold a word
        for line in self.meanings:
            for word in line.split():
                self.holding.setdefault(word, []).append(line)
        self._automaton = ahocorasick.Automaton()
        for line in self.meanings:
            self._automaton.add_word(f" {line} ", line)
        if self.meanings:
            self._automaton.make_automaton()

    def _add(self, actor: KnownActor, name: Name) -> None:
        spelling = tuple(word.text for word in words(name.text))
        if spelling[:1] in {("The",), ("the",)}:
            spelling = spelling[1:]
        line = " ".join(word.plain for word in words(" ".join(spelling)))
        if len(line) > 1:
            known = self.meanings.setdefault(line, {})
            known.setdefault(actor.key, Meaning(actor.key, name.kind, spelling))

    def _other_heads(self, actor: KnownActor) -> None:
        """ "Birch group" for "Birch Network"; the stem is kept for linking."""
        for name in actor.names:
            stem, _, head = plain(name.text).rpartition(" ")
            if name.kind in _NEVER_ALONE or not stem or " " in stem:
                continue
            if head not in _HEADS_ALIKE or stem in _ENGLISH:
                continue
            self.stems.setdefault(stem, actor.key)
            spelling = words(name.text)[0].text
            for other in _HEADS_ALIKE:
                variant = Meaning(actor.key, "variant", (spelling, other))
                known = self.meanings.setdefault(f"{stem} {other}", {})
                known.setdefault(actor.key, variant)

    def bodies(self, country: str, what: str) -> tuple[str, ...]:
        """The known actor that is this country's military, government … if any."""
        for adjective in _ADJECTIVES_OF.get(country, ()):
            for noun in _SAID_FOR.get(what, (what,)):
                if known := self.meanings.get(f"{adjective} {noun}"):
                    return tuple(known)
        return ()

    def find(self, text: str, found: list[Word], *, lower: bool = False) -> list[Hit]:
        """The longest names among the words `found` of `text`; none share a word.

        `lower`: the text is written without capitals, so that names need none.
        Offsets of `found` count from the start of `text`.
        """
        hits = sorted(
            self._all(text, found, lower=lower),
            key=lambda h: (h.first - h.last, h.first),
        )
        kept: list[Hit] = []
        taken: set[int] = set()
        for hit in hits:
            places = range(hit.first, hit.last + 1)
            if taken.isdisjoint(places):
                taken.update(places)
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.first)

    def _all(self, text: str, found: list[Word], *, lower: bool) -> Iterator[Hit]:
        if not self.meanings or not found:
            return
        line = " " + " ".join(word.plain for word in found) + " "
        index_at = _index_at(found)
        for end, name in self._automaton.iter(line):
            last = index_at[end - 1]
            first = index_at[end - len(name)]
            if not _unbroken(text, found[first : last + 1]):
                continue
            meanings = tuple(
                meaning
                for meaning in self.meanings[name].values()
                if _written(meaning.spelling, found, first, lower=lower)
            )
            if meanings:
                yield Hit(first, last, meanings)


def _index_at(found: list[Word]) -> dict[int, int]:
    """Which word begins or ends at which character of the joined line."""
    index_at, at = {}, 1
    for index, word in enumerate(found):
        index_at[at] = index
        index_at[at + len(word.plain) - 1] = index
        at += len(word.plain) + 1
    return index_at


def _unbroken(text: str, run: list[Word]) -> bool:
    return all(
        joined(text[one.end : two.start])
        for one, two in zip(run, run[1:], strict=False)
    )


def _written(
    spelling: tuple[str, ...], found: list[Word], first: int, *, lower: bool
) -> bool:
    """Whether the text has capitals where the name has them."""
    run = found[first : first + len(spelling)]
    if lower:
        return len(spelling) > 1 or _tells_itself(spelling[0], run[0].plain)
    if len(spelling) == 1 and run[0].plain in _ENGLISH and _shouting(found, first):
        return False
    return all(
        (place and wanted.lower() in HEADS) or _as_capital(wanted, word.text)
        for place, (wanted, word) in enumerate(zip(spelling, run, strict=False))
    )


def _tells_itself(spelling: str, written: str) -> bool:
    """Whether a name of one word can be told from other words without a capital."""
    shortest = 4 if spelling.isupper() else 5
    return len(written) >= shortest and written not in _ENGLISH


def _as_capital(wanted: str, written: str) -> bool:
    if wanted.isupper() and len(wanted) > 1:
        return written.isupper() or (len(wanted) > 4 and written[0].isupper())
    if wanted[1:] != wanted[1:].lower():
        return written in {wanted, wanted.upper()}  # "LeT" is not "Let"
    if wanted[0].isupper() and wanted.lower() not in _SMALL:
        return written[0].isupper()
    return True


def _shouting(found: list[Word], index: int) -> bool:
    """Whether the words on both sides are written in capitals too."""
    beside = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
    return bool(beside) and all(
        len(word.text) > 1 and word.text.isupper() for word in beside
    )


def _country_names(actor: KnownActor) -> Iterator[Name]:
    """The names that ISO 3166-1 has for a state, beside those somebody wrote down."""
    if actor.kind != "state" or actor.country is None:
        return
    country = pycountry.countries.get(alpha_3=actor.country)
    for attribute in ("name", "common_name", "official_name"):
        text = getattr(country, attribute, None)
        if text and "," not in text:
            yield Name(text, "official")


_tables: OrderedDict[str, AliasTable] = OrderedDict()


def table_of(context: Context) -> AliasTable:
    """The context's table; the last few are kept, by the digest of their names."""
    if context.digest not in _tables:
        _tables[context.digest] = AliasTable(context.actors)
        while len(_tables) > _KEPT_TABLES:
            _tables.popitem(last=False)
    return _tables[context.digest]
