"""Which mentions of one article name the same: surnames, acronyms, other spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.words import plain, words
from curation.extraction.context import Context
from curation.extraction.lexicon.titles import HONORIFICS

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_SHORTEST_SHORT = 4
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z.&-]+[A-Z]?[a-z]?|[A-Z]{2,}")


@dataclass
class Namings:
    """The mentions of one article, and what each word of a name may stand for."""

    normal: str
    context: Context
    mentions: list[Mention] = field(default_factory=list)

    def words_of(self, mention: Mention) -> list[str]:
        found = plain(self.normal[mention.start : mention.end]).split()
        return [word for word in found if word not in HONORIFICS]


def link(namings: Namings) -> None:
    """Give every mention its `who`, in place."""
    for mention in namings.mentions:
        if mention.keys:
            mention.who = f"actor:{mention.keys[0]}"
    _acronyms(namings)
    _organisations(namings)
    _persons(namings)
    for mention in namings.mentions:
        if not mention.who:
            mention.who = "name:" + " ".join(namings.words_of(mention))


def _same(
    mention: Mention, other: Mention, *, rule: str, how: str, reason: str
) -> None:
    mention.who, mention.keys = other.who, other.keys
    mention.kind = other.kind or mention.kind
    mention.country = other.country or mention.country
    mention.rule, mention.how, mention.reason = f"actor.{rule}", how, reason


# --- groups and organisations -----------------------------------------------------------------


def _acronyms(namings: Namings) -> None:
    """ "General Directorate of Intelligence (GDI)": the bracket names the same."""
    mentions = namings.mentions
    for one, two in pairwise(mentions):
        between = namings.normal[one.end : two.start]
        if between.strip() != "(" or "\n" in between:
            continue
        short = namings.normal[two.start : two.end]
        if not abbreviates(short, namings.normal[one.start : one.end]):
            continue
        for mention in mentions:
            written = namings.normal[mention.start : mention.end]
            if written == short and not mention.keys:
                _take(mention, one, namings, short)
        if two.keys and not one.keys:
            reason = f"the bracket behind it names {two.keys[0]}"
            _same(one, two, rule="spelt-out", how="acronym", reason=reason)


def _take(mention: Mention, full: Mention, namings: Namings, short: str) -> None:
    if not full.who:
        full.who = "name:" + " ".join(namings.words_of(full))
    reason = f"“{short}” stands in a bracket behind the full name"
    _same(mention, full, rule="acronym-in-bracket", how="acronym", reason=reason)


def abbreviates(short: str, full: str) -> bool:
    """Whether the letters of `short` begin words of `full`, in order."""
    letters = [letter for letter in short.lower() if letter.isalpha()]
    initials = [word.plain[0] for word in words(full)]
    if not letters or len(letters) > len(initials) + 2:
        return False
    rest = iter(initials)
    return sum(letter in rest for letter in letters) >= min(len(letters), 2)


def _organisations(namings: Namings) -> None:
    """Unknown organisations: the same words, or initials of a longer name here."""
    full: dict[str, Mention] = {}
    for mention in namings.mentions:
        if mention.kind == "person" or mention.who.startswith("state:"):
            continue
        spelt = [
            w for w in namings.words_of(mention) if w not in {"of", "the", "and", "for"}
        ]
        if len(spelt) > 2:
            full.setdefault("".join(word[0] for word in spelt), mention)
    for mention in namings.mentions:
        written = namings.normal[mention.start : mention.end]
        letters = written.replace(".", "").lower()
        if mention.who or mention.kind == "person" or not _ACRONYM.fullmatch(written):
            continue
        if (other := full.get(letters)) and other is not mention:
            if not other.who:
                other.who = "name:" + " ".join(namings.words_of(other))
            reason = "the initials of a name in this article"
            _same(mention, other, rule="acronym", how="acronym", reason=reason)


# --- persons -----------------------------------------------------------------------


def _persons(namings: Namings) -> None:
    """Surnames and other spellings of the persons who have a full name here."""
    _drop_things(namings)
    people = [m for m in namings.mentions if m.kind == "person"]
    full = [m for m in people if len(namings.words_of(m)) > 1]
    for mention in full:
        if not mention.who:
            _full_name(mention, full, namings)
    for mention in namings.mentions:
        alone = not mention.keys and len(namings.words_of(mention)) == 1
        if alone and not mention.who and mention.kind in {"person", None}:
            _surname(mention, full, namings)


def _drop_things(namings: Namings) -> None:
    """ "Smith Tower" after "Mr Smith": it is called after him and is no person."""
    known = {
        namings.words_of(m)[-1]
        for m in namings.mentions
        if m.kind == "person" and m.keys and namings.words_of(m)
    }
    namings.mentions = [
        m
        for m in namings.mentions
        if m.rule != "actor.person" or m.keys or namings.words_of(m)[0] not in known
    ]


def _full_name(mention: Mention, full: Sequence[Mention], namings: Namings) -> None:
    own = namings.words_of(mention)
    mention.who = "name:" + " ".join(own)
    for other in full:
        if other is mention or not other.who or other.who == mention.who:
            continue
        if _variant(own, namings.words_of(other)):
            reason = "the same name with or without an initial or a middle name"
            _same(mention, other, rule="name-variant", how="name", reason=reason)
            return


def _variant(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two names are the same but for middle names, initials and suffixes."""
    one, two = without_initials(one), without_initials(two)
    if len(one) < 2 or len(two) < 2:
        return False
    short, long = sorted((one, two), key=len)
    return one[-1] == two[-1] and short[0] == long[0] and set(short) <= set(long)


def without_initials(name: Sequence[str]) -> list[str]:
    """A name's words without initials and "Jr", "III"."""
    return [word for word in name if len(word) > 1 and word not in _SUFFIXES]


def _surname(mention: Mention, full: Sequence[Mention], namings: Namings) -> None:
    word = namings.words_of(mention)[0]
    bearers = [m for m in full if word in _ends(namings.words_of(m))]
    bearers = bearers or _short_first_name(word, full, namings)
    if not bearers:
        return
    before = [m for m in bearers if m.start <= mention.start]
    nearest = before[-1] if before else bearers[0]
    # Of several bearers of a surname, the one that everybody knows goes by it alone.
    known = {m.keys[0]: m for m in bearers if m.keys}
    if len(known) == 1:
        nearest = next(iter(known.values()))
    several = len({m.who for m in bearers}) > 1
    rule = "surname-of-several" if several else "surname"
    if (
        word == namings.words_of(nearest)[0]
        and word != without_initials(namings.words_of(nearest))[-1]
    ):
        rule = "first-name"
    reason = f"part of the name “{namings.normal[nearest.start : nearest.end]}”"
    _same(mention, nearest, rule=rule, how="surname", reason=reason)


def _ends(name: Sequence[str]) -> set[str]:
    core = without_initials(name)
    return {core[0], core[-1]} if core else set()


def _short_first_name(
    word: str, full: Sequence[Mention], namings: Namings
) -> list[Mention]:
    """ "Siraj" for "Sirajuddin Haqqani", if only one first name begins so."""
    if len(word) < _SHORTEST_SHORT:
        return []
    bearers = [m for m in full if namings.words_of(m)[0].startswith(word)]
    return bearers if len({m.who for m in bearers}) == 1 else []


def surnames(namings: Namings) -> set[str]:
    """The last words of full names of persons here, as they are written."""
    found = set()
    for mention in namings.mentions:
        if mention.kind == "person":
            parts = words(namings.normal[mention.start : mention.end])
            parts = [w for w in parts if w.plain not in _SUFFIXES]
            if len(parts) > 1 and len(parts[-1].text) > 2:
                found.add(parts[-1].text)
    return found
