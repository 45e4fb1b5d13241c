"""How likely two articles are about the same event, and why. Pure.

Six measures, each of which says little alone: how far the words of the articles, of
their beginnings, of the names, of the numbers and of the rare words in them agree
(cosines weighted by rarity), and how many days lie between what they are about. Their
logarithms are added, because a measure that is near zero speaks against the pair
whatever the others say.

The weights were fitted (logistic regression) on the looked_at incidents of the GVA set
(see curation.evaluation.pair_gva), with the days and without. With the days, White
House texts of 2023 that were published six days or more apart were added as examples of
what is never one event, at a tenth of the weight: declarations and proclamations that
repeat each other but for a name. Rare words tell these apart, common ones do not.
Without the days, the constant is held 0.6 under the fitted one, because series of
reports (press releases on raids) join too easily where no day keeps them apart. A
sentence model, where one is configured, is a seventh measure; fitted, it had next to
nothing to add.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import mul
from typing import NamedTuple

from curation.extraction.pairing.days import Days, gap
from curation.extraction.pairing.digests import Digest
from curation.extraction.pairing.frequencies import Frequencies
from curation.extraction.pairing.words import overlap

SAME_EVENT = 0.5  # from here on: probably the same event; below: related
RELATED = 0.1
REPOST = 0.8  # of all sequences of eight words

_NONE = 0.02  # added before the logarithm: no overlap at all is weak evidence
_ONE = 127  # what 1.0 is as a signed byte
_ENOUGH = 0.35  # form letters agree more, and are about different things
_FARTHEST = 60  # days; two months apart is as far as two years
_SOME_NAMES = 3  # parts of names
_AT_MOST = 0.4

# By whether the days between are known and whether a sentence model has read both:
# words, lead, names, numbers, rare words, days, meaning, and the constant.
_WEIGHTS = {
    (True, False): (0.72, 0.91, 1.14, 0.71, 0.96, -1.44, 0.0, 10.63),
    (False, False): (3.33, 1.36, 1.04, 1.06, 0.0, 0.0, 0.0, 10.5),
    (True, True): (0.72, 0.91, 1.14, 0.71, 0.96, -1.44, 0.0, 10.63),  # no more to say
    (False, True): (3.2, 1.3, 1.04, 1.06, 0.0, 0.0, 1.06, 9.8),
}

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """A digest with its words weighted by rarity."""

    digest: Digest
    words: Vector
    lead: Vector
    names: Vector
    numbers: Vector
    rare: Vector  # words of few documents, with their weights
    named: tuple[Days, ...]  # days in its past that tell it from others

    @classmethod
    def of(cls, digest: Digest, frequencies: Frequencies) -> Profile:
        weight = frequencies.weight
        return cls(
            digest,
            _unit(
                {
                    word: (1 + math.log(count)) * weight(word)
                    for word, count in zip(digest.words, digest.counts, strict=True)
                }
            ),
            _unit({word: weight(word) for word in digest.lead}),
            _unit({name: weight(name) for name in digest.names}),
            _unit({number: weight(number) for number in digest.figures}),
            _unit({w: weight(w) for w in digest.words if frequencies.is_rare(w)}),
            _named(digest, frequencies),
        )


class Measures(NamedTuple):
    """How far two articles agree: five cosines, days between, the vectors' cosine."""

    words: float
    lead: float
    names: float
    numbers: float
    rare: float
    days: int | None
    meaning: float | None


@dataclass(frozen=True, slots=True)
class Match:
    """Two articles: how they belong together, how surely (0 to 1), why in words.

    `relation` is repost, same_event, related or "" for no relation worth a word.
    """

    one: str
    other: str
    relation: str
    score: float
    why: str
    measures: Measures | None = field(default=None, compare=False)


def compare(one: Profile, other: Profile) -> Match:
    """Hold two articles against each other; the order does not matter."""
    measures = measured(one, other)
    copied = overlap(one.digest.sketch, other.digest.sketch)
    score = probability(measures)
    if _strangers(one, other):
        score = min(score, _AT_MOST)
    if copied >= REPOST:
        relation, score = "repost", max(score, copied)
    elif score >= SAME_EVENT:
        relation = "same_event"
    else:
        relation = "related" if score >= RELATED else ""
    why = _why(one, other, measures, copied) if relation else ""
    return Match(
        one.digest.id, other.digest.id, relation, round(score, 3), why, measures
    )


def _strangers(one: Profile, other: Profile) -> bool:
    """Whether both name people or places and none is the same: never one event."""
    fewest = min(len(one.names), len(other.names))
    return fewest >= _SOME_NAMES and one.names.keys().isdisjoint(other.names)


def measured(one: Profile, other: Profile) -> Measures:
    return Measures(
        _cosine(one.words, other.words),
        _cosine(one.lead, other.lead),
        _cosine(one.names, other.names),
        _cosine(one.numbers, other.numbers),
        _cosine(one.rare, other.rare),
        days_between(one, other),
        likeness(one.digest.vector, other.digest.vector),
    )


def likeness(one: bytes, other: bytes) -> float | None:
    """The cosine of two vectors of signed bytes (127 is 1.0); None without both."""
    if not one or len(one) != len(other):
        return None
    products = map(mul, memoryview(one).cast("b"), memoryview(other).cast("b"))
    total: int = sum(products)
    return total / _ONE**2


def days_between(one: Profile, other: Profile) -> int | None:
    """Between the nearest days the two may be about; None without a publication day.

    Those are the days of publication, the days that the other names, and exact days
    that both name. A month that both look back on does not count, nor does a day that
    half the corpus names: they would make all articles on one war one event.
    """
    if not one.digest.published or not other.digest.published:
        return None
    return min(
        gap([one.digest.published], [other.digest.published, *other.named]),
        gap([other.digest.published], [one.digest.published, *one.named]),
        gap(_exact(one), [*_exact(other), other.digest.published]),
    )


def _named(digest: Digest, frequencies: Frequencies) -> tuple[Days, ...]:
    """The days it names that were not after its publication."""
    if not digest.published:
        return ()
    last = digest.published[1]
    return tuple(
        days
        for days in digest.days
        if days[0] <= last and not frequencies.known_by_all(days)
    )


def _exact(profile: Profile) -> list[Days]:
    published = profile.digest.published
    assert published
    return [published, *(days for days in profile.named if days[0] == days[1])]


def evidence(measures: Measures) -> list[float]:
    """The measures as they are weighed, with a 1 for the constant at the end."""
    apart = math.log1p(min(measures.days or 0, _FARTHEST))
    cosines = (math.log(min(cosine, _ENOUGH) + _NONE) for cosine in measures[:5])
    return [*cosines, apart, measures.meaning or 0.0, 1.0]


def probability(measures: Measures) -> float:
    """That both are about the same event, 0 to 1."""
    weights = _WEIGHTS[measures.days is not None, measures.meaning is not None]
    total = sum(map(mul, weights, evidence(measures)))
    return 1 / (1 + math.exp(-total))


def _unit(vector: dict[str, float]) -> Vector:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {word: value / length for word, value in vector.items()} if length else {}


def _cosine(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)


# --- in words --------------------------------------------------------------------


def _why(one: Profile, other: Profile, measures: Measures, copied: float) -> str:
    reasons = [
        _copied(copied),
        _listed("both name", _names(one, other), quoted=False),
        _listed("both give", _numbers(one, other)),
        _when(one.digest, other.digest, measures.days),
        _listed("both write", _words(one, other)),
    ]
    return ", ".join(reason for reason in reasons if reason) or "alike in many words"


def _copied(copied: float) -> str:
    if copied < REPOST:
        return ""
    return "word for word the same" if copied == 1 else "almost word for word the same"


def _listed(what: str, words: list[str], *, quoted: bool = True) -> str:
    if not words:
        return ""
    shown = [f"“{word}”" if quoted else word for word in words]
    listed = " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)
    return f"{what} {listed}"


def _weightiest(one: Vector, other: Vector) -> list[str]:
    """What both have, what tells most first."""
    shared = [word for word in one if word in other]
    return sorted(shared, key=lambda word: (-one[word] * other[word], word))


def _names(one: Profile, other: Profile) -> list[str]:
    """Up to three names, in the form that both texts know (the shorter)."""
    names: dict[str, None] = {}
    for part in _weightiest(one.names, other.names):
        shown = min(one.digest.names[part], other.digest.names[part], key=len)
        if not any(shown in name or name in shown for name in names):
            names[shown] = None
        if len(names) == 3:
            break
    return list(names)


def _numbers(one: Profile, other: Profile) -> list[str]:
    """Up to two numbers, with what they count where that is known."""
    found = []
    for number in _weightiest(one.numbers, other.numbers):
        shown = one.digest.figures[number]
        if shown == number:
            shown = other.digest.figures[number]
        if shown != number or len(number) > 1:
            found.append(shown)
    return found[:2]


def _words(one: Profile, other: Profile) -> list[str]:
    """Up to three rare words that are no names and no numbers."""
    return [
        word
        for word in _weightiest(one.words, other.words)
        if word not in one.names and word not in other.names and not word[0].isdigit()
    ][:3]


def _when(one: Digest, other: Digest, days: int | None) -> str:
    if one.published and one.published == other.published:
        return "published on the same day"
    if days == 0:
        return "about the same days"
    if days is not None and days <= 7:
        return f"{days} day{'s' if days > 1 else ''} apart"
    return ""


def best(matches: Iterable[Match]) -> list[Match]:
    """Those worth a word, the surest first."""
    return sorted(
        (match for match in matches if match.relation),
        key=lambda match: (-match.score, match.other),
    )
