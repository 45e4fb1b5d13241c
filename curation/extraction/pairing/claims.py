"""Claims of different articles that say the same, or the opposite. Pure.

Compared by their content words, cut to six letters ("coordinate" meets
"coordination") and weighted by rarity; a common speaker or a common event makes it
likelier, other numbers rule it out. A prediction or a supposition never says the same
as a report.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from curation.extraction.pairing.frequencies import Frequencies
from curation.extraction.pairing.scores import likeness
from curation.extraction.pairing.statements import Statement, claims_in
from curation.extraction.pairing.words import all_words, content_words, numbers_in
from curation.extraction.plugins import Embed

SAME_CLAIM = 0.65
CLOSE = 0.8
OPPOSITE = 0.7  # more, because a wrong "contradiction" costs more than a missed one
STEM = 6  # letters
SAME_MEANING = 0.78  # of a sentence model, where one is configured
SHARED = 2  # stems at least, and one of them no name
CANDIDATES = 20
_BY_SPEAKER = 0.15
_BY_EVENT = 0.1
_OPEN = {"predicted", "hypothetical"}
_FIRM = {"asserted", "reported", "denied"}


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """Two claims: `relation` is same_claim or conflict; why in words.

    `rule` tells how it was found: same-claim, same-claim-close (hardly another word),
    same-claim-speaker (the same speaker too), same-claim-meaning (by a sentence model),
    opposite, figures. `likeness`, 0 to 1, ranks; None for figures.
    """

    one: Statement
    other: Statement
    relation: str
    rule: str
    likeness: float | None
    why: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A statement with its stems weighted and its numbers."""

    statement: Statement
    stems: Mapping[str, float]
    shown: Mapping[str, str]  # stem to word
    numbers: frozenset[str]
    vector: bytes


def compare_claims(
    new: Iterable[Statement],
    others: Iterable[Statement],
    frequencies: Frequencies,
    *,
    embed: Embed | None = None,
) -> list[ClaimMatch]:
    """What the claims of an article have in common with those of others.

    Through an index of rare stems, so that `others` may be many. Statements of the
    same article are compared too, except where they share words. With a sentence model,
    claims of one meaning are found that share few words; it reads each claim once.
    """
    reads = _read_all(list(claims_in(others)), frequencies, embed)
    postings: dict[str, list[int]] = defaultdict(list)
    for at, read in enumerate(reads):
        for stem in read.stems:
            postings[stem].append(at)
    found: dict[frozenset[str], ClaimMatch] = {}
    # Those of the article itself are mostly among the others: read once.
    of_key = {read.statement: read for read in reads}
    mine = list(claims_in(new))
    unread = [each for each in mine if each not in of_key]
    of_key |= dict(zip(unread, _read_all(unread, frequencies, embed), strict=True))
    for one in (of_key[each] for each in mine):
        for other in _candidates(one, reads, postings):
            match = _compare(one, other)
            key = frozenset((one.statement.key, other.statement.key))
            if match and not one.statement.meets(other.statement):
                found.setdefault(key, match)
    return sorted(found.values(), key=lambda match: -(match.likeness or 0))


def _candidates(
    one: _Read, reads: list[_Read], postings: Mapping[str, list[int]]
) -> Iterator[_Read]:
    sums: dict[int, float] = defaultdict(float)
    for stem, value in one.stems.items():
        for at in postings.get(stem, ()):
            sums[at] += value * reads[at].stems[stem]
    for at in heapq.nlargest(CANDIDATES, sums, key=sums.__getitem__):
        yield reads[at]


def _read_all(
    statements: list[Statement], frequencies: Frequencies, embed: Embed | None
) -> list[_Read]:
    vectors = [b""] * len(statements)
    if embed and statements:
        vectors = embed([each.text for each in statements])
    return [
        _read(each, frequencies, vector)
        for each, vector in zip(statements, vectors, strict=True)
    ]


def _read(statement: Statement, frequencies: Frequencies, vector: bytes) -> _Read:
    stems: dict[str, float] = {}
    shown: dict[str, str] = {}
    keys = [f"={actor}" for actor in statement.actors]
    for word in [*keys, *content_words(statement.rest or statement.text)]:
        stem = word[:STEM] if word.isalpha() else word
        weight = frequencies.weight(word)
        if weight > stems.get(stem, 0):
            stems[stem], shown[stem] = weight, word
    length = math.sqrt(sum(value * value for value in stems.values())) or 1.0
    return _Read(
        statement,
        {stem: value / length for stem, value in stems.items()},
        shown,
        frozenset(numbers_in(all_words(statement.text))),
        vector,
    )


def _compare(one: _Read, other: _Read) -> ClaimMatch | None:
    first, second = one.statement, other.statement
    shared = [stem for stem in one.stems if stem in other.stems]
    if _apart(one, other):
        return None
    alike = 0.0
    if len(shared) >= SHARED and _words_shared(shared, one):
        alike = sum(one.stems[stem] * other.stems[stem] for stem in shared)
    speaker = _same_speaker(first.speaker, second.speaker)
    event = first.event is not None and first.event == second.event
    why = _why(shared, one, speaker=speaker, event=event)
    if first.positive != second.positive:
        return _opposite(first, second, alike + _BY_EVENT * event, why)
    score = min(1.0, alike + _BY_SPEAKER * speaker + _BY_EVENT * event)
    meaning = likeness(one.vector, other.vector) or 0.0
    if score >= SAME_CLAIM:
        rule = _rule(score, speaker=speaker)
    elif meaning >= SAME_MEANING and first.document != second.document:
        rule, score, why = "same-claim-meaning", meaning, f"alike in meaning, {why}"
    else:
        return None
    return ClaimMatch(first, second, "same_claim", rule, round(score, 3), why)


def _rule(score: float, *, speaker: bool) -> str:
    if score >= CLOSE:
        return "same-claim-close"
    return "same-claim-speaker" if speaker else "same-claim"


def _opposite(
    one: Statement, other: Statement, alike: float, why: str
) -> ClaimMatch | None:
    if alike < OPPOSITE or not {one.modality, other.modality} <= _FIRM:
        return None
    why = f"one says that it is so, the other that it is not; {why}"
    return ClaimMatch(
        one, other, "conflict", "opposite", round(min(1.0, alike), 3), why
    )


def _apart(one: _Read, other: _Read) -> bool:
    """Whether they cannot say the same: other events, times to come, other numbers."""
    first, second = one.statement, other.statement
    if first.event and second.event and first.event != second.event:
        return True
    if (first.modality in _OPEN) != (second.modality in _OPEN):
        return True
    both = bool(one.numbers and other.numbers)
    return both and one.numbers.isdisjoint(other.numbers)


def _words_shared(shared: Collection[str], one: _Read) -> bool:
    """Whether they share more than names and numbers."""
    text = one.statement.text
    return any(
        stem.isalpha() and one.shown[stem] in text  # in lower case
        for stem in shared
    )


def _same_speaker(one: str, other: str) -> bool:
    """The same actor, or names that end alike ("Milley", "Mark Milley")."""
    if not one or not other:
        return False
    if one[0] == "=" or other[0] == "=":
        return one == other
    first, second = content_words(one), content_words(other)
    return bool(first and second) and first[-1] == second[-1]


def _why(shared: Collection[str], one: _Read, *, speaker: bool, event: bool) -> str:
    telling = sorted(shared, key=lambda stem: -one.stems[stem])[:4]
    words = ", ".join(f"“{_in_words(one.shown[stem])}”" for stem in telling)
    parts = [
        "the same speaker" if speaker else "",
        "about the same event" if event else "",
        f"both say {words}" if words else "",
    ]
    return ", ".join(part for part in parts if part)


def _in_words(word: str) -> str:
    """A word as it is, the key of an actor without its hyphens."""
    return word[1:].replace("-", " ") if word[0] == "=" else word
