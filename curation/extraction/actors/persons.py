"""Surnames, first names and other spellings of the persons named in full here."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from curation.extraction.actors.mentions import Mention, same
from curation.extraction.actors.namings import Namings
from curation.extraction.actors.words import words

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_SHORTEST_SHORT = 4  # letters of "Alex" for "Alexander"


def link(namings: Namings) -> None:
    """Give persons their `who`, in place."""
    _drop_things(namings)
    people = [m for m in namings.mentions if m.kind == "person"]
    full = [m for m in people if len(namings.words_of(m)) > 1]
    _full_names(full, namings)
    bearers: dict[str, list[Mention]] = defaultdict(list)
    for mention in full:
        for word in _ends(namings.words_of(mention)):
            bearers[word].append(mention)
    for mention in namings.mentions:
        own = namings.words_of(mention)
        if mention.keys or mention.who or len(own) != 1:
            continue
        if mention.kind in {"person", None}:
            named = bearers.get(own[0]) or _short_first_name(own[0], bearers, namings)
            if named:
                _surname(mention, named, namings)


def without_initials(name: Sequence[str]) -> list[str]:
    """A name's words without initials and "Jr", "III"."""
    return [word for word in name if len(word) > 1 and word not in _SUFFIXES]


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
        if m.rule != "actor.person"
        or m.keys
        or not known.intersection(namings.words_of(m)[:1])
    ]


def _full_names(full: Sequence[Mention], namings: Namings) -> None:
    """Names with and without an initial or a middle name are one person's."""
    by_last: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in full:
        core = without_initials(namings.words_of(mention))
        last = core[-1] if core else ""
        if not mention.who:
            mention.who = "name:" + " ".join(namings.words_of(mention))
            for other in by_last[last].values():
                if other.who != mention.who and _variant(
                    core, without_initials(namings.words_of(other))
                ):
                    reason = "the same name with or without a middle name"
                    same(mention, other, rule="name-variant", how="name", reason=reason)
                    break
        by_last[last].setdefault(mention.who, mention)


def _variant(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two names are the same but for middle names."""
    if len(one) < 2 or len(two) < 2:
        return False
    short, long = sorted((one, two), key=len)
    return short[0] == long[0] and set(short) <= set(long)


def _ends(name: Sequence[str]) -> set[str]:
    core = without_initials(name)
    return {core[0], core[-1]} if core else set()


def _short_first_name(
    word: str, bearers: dict[str, list[Mention]], namings: Namings
) -> list[Mention]:
    """ "Alex" for "Alexander Smith", if only one first name begins so."""
    if len(word) < _SHORTEST_SHORT:
        return []
    named = [
        m
        for longer, mentions in bearers.items()
        if longer.startswith(word)
        for m in mentions
        if namings.words_of(m)[0] == longer
    ]
    named.sort(key=lambda m: m.start)
    return named if len({m.who for m in named}) == 1 else []


def _surname(mention: Mention, bearers: Sequence[Mention], namings: Namings) -> None:
    at = bisect_right([m.start for m in bearers], mention.start)
    nearest = bearers[max(0, at - 1)]
    # Of several bearers of a surname, the one that everybody knows goes by it alone.
    known = {m.keys[0]: m for m in bearers if m.keys}
    if len(known) == 1:
        nearest = next(iter(known.values()))
    rule = "surname-of-several" if len({m.who for m in bearers}) > 1 else "surname"
    word, name = namings.words_of(mention)[0], namings.words_of(nearest)
    if word != without_initials(name)[-1]:
        rule = "first-name"
    reason = f"part of the name “{namings.normal[nearest.start : nearest.end]}”"
    same(mention, nearest, rule=rule, how="surname", reason=reason)
