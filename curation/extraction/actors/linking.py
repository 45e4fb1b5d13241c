"""Which mentions of one article name the same: surnames, acronyms, other spellings."""

from __future__ import annotations

import re
from itertools import pairwise

from curation.extraction.actors import persons
from curation.extraction.actors.mentions import Mention, same
from curation.extraction.actors.namings import Namings
from curation.extraction.actors.words import words

_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z.&-]+[A-Z]?[a-z]?|[A-Z]{2,}")


def link(namings: Namings) -> None:
    """Give every mention its `who`, in place."""
    for mention in namings.mentions:
        if mention.keys:
            mention.who = f"actor:{mention.keys[0]}"
    _acronyms(namings)
    _organisations(namings)
    persons.link(namings)
    for mention in namings.mentions:
        if not mention.who:
            mention.who = "name:" + " ".join(namings.words_of(mention))


# --- groups and organisations ------------------------------------------------------


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
            same(one, two, rule="spelt-out", how="acronym", reason=reason)


def _take(mention: Mention, full: Mention, namings: Namings, short: str) -> None:
    if not full.who:
        full.who = "name:" + " ".join(namings.words_of(full))
    reason = f"“{short}” stands in a bracket behind the full name"
    same(mention, full, rule="acronym-in-bracket", how="acronym", reason=reason)


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
            same(mention, other, rule="acronym", how="acronym", reason=reason)
