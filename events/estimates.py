"""Claims in, estimates out: what all figures about one event allow together.

Nothing here chooses between sources. Every figure is a pair of bounds that somebody
stated; an estimate is what satisfies all of them, or the list of those that no number
can satisfy.

1. Keys. Figures are compared within one (measure, group) only. Figures that count
   different groups meet through the group hierarchy: a subgroup's low bound holds for
   every group above it (all >= afghans), and a group's high bound holds for every group
   below it.
2. Parts. A figure that is `part_of` another is counted inside it, so the total is at
   least what its parts add up to. Parts of one total are taken to be disjoint, except
   that a part whose group lies inside another part's group is not added twice.
   A total worded `sum` has no number of its own: its bounds *are* the sums of its
   parts' bounds (the high one only if every part has one), whatever was typed in. So
   give all parts of a sum or none; with none, the bounds that were typed in count.
3. Portions. A part that shares its key with its total or with another part of it ("12
   in Kabul" of "17 killed") counts only some of the group, as does every part of such
   a part. Its low bound holds for the group, its high bound does not.
4. A part speaks through its total: where the total bears on an estimate, the parts'
   low bounds do so by way of the total, which is the claim that then gets named.
5. Only asserted figures count: hypothetical, predicted, denied and negated ones bound
   nothing and corroborate nothing. (A sum with such a part has no high bound.)
6. Independence. Two claims that share their origin or their named speaker are one
   voice, and so are two that are linked through a third. `origins` counts the voices
   among the claims that state the key itself. An echo adds no voice; it can still
   conflict.
7. Bounds. low is the greatest low bound, high the least high bound; best is the one
   number left when they meet. (An exact figure binds both ends, so an interval that is
   wider holds no exact figure that could be called the best.)
8. Conflict. `conflicts` lists every pair (claim that demands at least x, claim that
   allows at most y < x); where the parts of a total exceed the total itself, the pairs
   are (part, total). Then low and high are the least and the greatest number that the
   claims stating the key name or that a conflicting bound sets, and best is None.
   A vague word ("scores") names no number.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from events.bounds import Quantifier
from events.figures import (
    ClaimId,
    Figure,
    Groups,
    Key,
    Reading,
    id_order,
    read_figures,
)

__all__ = ["ClaimId", "Estimate", "Figure", "Verdict", "estimate"]


class Verdict(StrEnum):
    """How the claims behind one estimate stand to each other."""

    AGREE = "agree"  # two voices or more, all with the same bounds
    COMPATIBLE = "compatible"  # different bounds, and numbers that satisfy them all
    CONFLICTING = "conflicting"  # no number satisfies them all, even within one source
    SINGLE_SOURCE = "single_source"  # fewer than two independent voices


@dataclass(slots=True, kw_only=True)
class Estimate:
    """What all claims about one measure and group allow together."""

    measure: str
    group: str | None
    low: int | None
    best: int | None
    high: int | None
    verdict: Verdict
    claims: list[ClaimId]  # that state it, bound it, or are parts of one that states it
    low_claims: list[ClaimId]  # that demand `low`; in a conflict, that name it
    high_claims: list[ClaimId]
    conflicts: list[tuple[ClaimId, ClaimId]]  # (demands at least, allows at most)
    origins: int  # independent voices among the claims that state it


def estimate(
    figures: Iterable[Figure], parents: Mapping[str, str | None]
) -> list[Estimate]:
    """Estimate every (measure, group) that the figures of ONE event state.

    `parents` maps a group to the group above it, None at the top; a group that it does
    not know stands alone. Sorted by measure, then from the widest group down.
    ValueError for a claim given twice and for circles in `part_of` or in `parents`.
    """
    groups = Groups(parents)
    readings = read_figures(figures, groups)
    stating: dict[Key, list[Reading]] = defaultdict(list)
    for reading in readings:
        stating[reading.key].append(reading)
    floors = _floors(readings, stating.keys(), groups)

    def widest_first(key: Key) -> tuple[str, int, str]:
        return key[0], len(groups.above(key[1])), key[1] or ""

    return [
        _estimate(
            key, stating[key], floors[key], _ceilings(key, stating, groups), groups
        )
        for key in sorted(stating, key=widest_first)
    ]


def _floors(
    readings: list[Reading], keys: Collection[Key], groups: Groups
) -> dict[Key, list[Reading]]:
    """By key, the claims that bound it from below: its own and its subgroups'."""
    floors: dict[Key, list[Reading]] = {key: [] for key in keys}
    for reading in readings:
        measure, group = reading.key
        for wider in (group, *groups.above(group)):
            if reading.floor is not None and (measure, wider) in floors:
                floors[measure, wider].append(reading)
    return floors


def _ceilings(
    key: Key, stating: Mapping[Key, list[Reading]], groups: Groups
) -> list[Reading]:
    """The claims that bound a key from above: its own and those of wider groups."""
    measure, group = key
    return [
        reading
        for wider in (group, *groups.above(group))
        for reading in stating.get((measure, wider), ())
        if reading.high is not None and not reading.portion
    ]


_Bound = tuple[int, Reading]


def _estimate(
    key: Key,
    stating: list[Reading],
    floors: list[Reading],
    ceilings: list[Reading],
    groups: Groups,
) -> Estimate:
    """One estimate from the claims that state its key and those that bound it."""
    whole = [reading for reading in stating if not reading.portion] or stating
    lows = [
        (reading.floor, reading)
        for reading in floors
        if reading.floor is not None and not _speaks_through_total(reading, key, groups)
    ]
    highs = [
        (reading.high, reading) for reading in ceilings if reading.high is not None
    ]
    low = max((number for number, _ in lows), default=None)
    high = min((number for number, _ in highs), default=None)
    voices = _voices(whole)
    overfull = [reading for reading in stating if reading.overfull]
    conflicts = _conflicts(lows, highs, overfull)
    if conflicts:
        lows = highs = _named(whole) + _clashing(lows, highs, overfull)
        low = min(number for number, _ in lows)
        high = max(number for number, _ in highs)
    return Estimate(
        measure=key[0],
        group=key[1],
        low=low,
        best=low if low == high else None,
        high=high,
        verdict=Verdict.CONFLICTING if conflicts else _verdict(whole, voices),
        claims=_ids([*_with_parts(stating), *floors, *ceilings]),
        low_claims=_ids(reading for number, reading in lows if number == low),
        high_claims=_ids(reading for number, reading in highs if number == high),
        conflicts=conflicts,
        origins=voices,
    )


def _speaks_through_total(reading: Reading, key: Key, groups: Groups) -> bool:
    """Whether the claim's total demands at least as much of this very key."""
    if reading.total is None:
        return False
    group = reading.total.figure.group
    return key[1] == group or key[1] in groups.above(group)


def _conflicts(
    lows: list[_Bound], highs: list[_Bound], overfull: list[Reading]
) -> list[tuple[ClaimId, ClaimId]]:
    """Every pair of a claim that demands more than another one allows."""
    pairs = {
        (part.claim, total.claim)
        for total in overfull
        for part in total.parts
        if part.floor
    }
    ascending = sorted(highs, key=lambda bound: bound[0])
    for low, demanding in lows:
        for high, allowing in ascending:
            if low <= high:
                break
            if demanding is not allowing:
                pairs.add((demanding.claim, allowing.claim))
    return sorted(pairs, key=lambda pair: (id_order(pair[0]), id_order(pair[1])))


def _clashing(
    lows: list[_Bound], highs: list[_Bound], overfull: list[Reading]
) -> list[_Bound]:
    """The bounds that cannot all hold."""
    greatest_low = max((number for number, _ in lows), default=-math.inf)
    least_high = min((number for number, _ in highs), default=math.inf)
    return [
        *(bound for bound in lows if bound[0] > least_high),
        *(bound for bound in highs if bound[0] < greatest_low),
        *(
            (number, total)
            for total in overfull
            for number in (total.floor, total.high)
            if number is not None
        ),
    ]


def _named(readings: list[Reading]) -> list[_Bound]:
    """The numbers that claims state themselves; vague words state none."""
    return [
        (number, reading)
        for reading in readings
        if reading.figure.quantifier != Quantifier.VAGUE
        for number in (reading.low, reading.high)
        if number is not None
    ]


def _with_parts(readings: list[Reading]) -> Iterator[Reading]:
    """The claims and all that is counted inside them, at any depth."""
    seen: set[ClaimId] = set()
    pending = list(readings)
    while pending:
        reading = pending.pop()
        if reading.claim not in seen and reading.figure.asserted:
            seen.add(reading.claim)
            pending += reading.parts
            yield reading


def _verdict(stating: list[Reading], voices: int) -> Verdict:
    """How claims that do not conflict stand to each other."""
    if voices < 2:
        return Verdict.SINGLE_SOURCE
    said = {(reading.low, reading.high) for reading in stating}
    # Two claims without bounds ("about 20", "about 500") have not said the same.
    same = len(said) == 1 and said != {(None, None)}
    return Verdict.AGREE if same else Verdict.COMPATIBLE


def _voices(readings: list[Reading]) -> int:
    """Connected components of claims that share an origin or a named speaker."""
    leader: dict[Hashable, Hashable] = {}

    def find(name: Hashable) -> Hashable:
        while (above := leader.setdefault(name, name)) != name:
            leader[name] = leader[above]  # halve the path
            name = above
        return name

    for reading in readings:
        voice = find(("origin", reading.figure.origin))
        if reading.figure.speaker is not None:
            leader[find(("speaker", reading.figure.speaker))] = voice
    return len({find(("origin", reading.figure.origin)) for reading in readings})


def _ids(readings: Iterable[Reading]) -> list[ClaimId]:
    """The claims' ids, each once, in a fixed order."""
    return sorted({reading.claim for reading in readings}, key=id_order)
