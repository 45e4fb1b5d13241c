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
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from events.bounds import Quantifier

ClaimId = int | str
Key = tuple[str, str | None]


class Verdict(StrEnum):
    """How the claims behind one estimate stand to each other."""

    AGREE = "agree"  # two voices or more, all with the same bounds
    COMPATIBLE = "compatible"  # different bounds, and numbers that satisfy them all
    CONFLICTING = "conflicting"  # no number satisfies them all, even within one source
    SINGLE_SOURCE = "single_source"  # fewer than two independent voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one claim says of one measure and group, as far as arithmetic needs it.

    `origin` is the origin of the article, or the article itself when it has none;
    `speaker` a named speaker other than the outlet. `asserted` is False for a
    hypothetical, predicted, denied or negated figure.
    """

    claim: ClaimId
    measure: str
    group: str | None
    low: int | None
    high: int | None
    quantifier: str
    origin: Hashable
    speaker: Hashable | None = None
    part_of: ClaimId | None = None
    asserted: bool = True

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(
                f"Claim {self.claim}: low {self.low} is above high {self.high}."
            )


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
    groups = _Groups(parents)
    readings = _read(figures, groups)
    stating: dict[Key, list[_Reading]] = defaultdict(list)
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


class _Groups:
    """The group hierarchy, walked upwards."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self._parents = parents
        self._above: dict[str | None, tuple[str, ...]] = {}

    def above(self, group: str | None) -> tuple[str, ...]:
        """Every group that contains this one, the nearest first."""
        if group not in self._above:
            chain: list[str] = []
            wider = self._parents.get(group) if group else None
            while wider is not None:
                if wider == group or wider in chain:
                    raise ValueError(f"The group {wider} lies inside itself.")
                chain.append(wider)
                wider = self._parents.get(wider)
            self._above[group] = tuple(chain)
        return self._above[group]


@dataclass(slots=True, eq=False)
class _Reading:
    """One claim with its parts counted."""

    figure: Figure
    low: int | None = None  # what the claim says; of a sum, what its parts say
    high: int | None = None
    floor: int | None = None  # low, or what the parts add up to where that is more
    portion: bool = False  # counts only some of its group
    total: "_Reading | None" = None
    parts: list["_Reading"] = field(default_factory=list)

    @property
    def claim(self) -> ClaimId:
        return self.figure.claim

    @property
    def key(self) -> Key:
        return self.figure.measure, self.figure.group

    @property
    def overfull(self) -> bool:
        """Whether its own parts add up to more than it allows."""
        if self.floor is None or self.high is None:
            return False
        return self.floor > self.high


def _read(figures: Iterable[Figure], groups: _Groups) -> list[_Reading]:
    """The asserted claims, each with its parts counted."""
    readings: dict[ClaimId, _Reading] = {}
    for figure in figures:
        if figure.claim in readings:
            raise ValueError(f"Claim {figure.claim} is given twice.")
        readings[figure.claim] = _Reading(figure)
    for reading in readings.values():
        part_of = reading.figure.part_of
        total = None if part_of is None else readings.get(part_of)
        if total and total.figure.measure == reading.figure.measure:
            reading.total = total
            total.parts.append(reading)
    ordered = _parts_first(readings)
    asserted = [reading for reading in ordered if reading.figure.asserted]
    for reading in asserted:
        _count_parts(reading, groups)
        if reading.total and not reading.total.figure.asserted:
            reading.total = None
    for reading in reversed(asserted):
        _mark_portions(reading)
    return asserted


def _parts_first(readings: Mapping[ClaimId, _Reading]) -> list[_Reading]:
    """All readings, each after its parts; without recursion, chains may be long."""
    waiting = {claim: len(reading.parts) for claim, reading in readings.items()}
    ready = [reading for reading in readings.values() if not reading.parts]
    ordered = []
    while ready:
        reading = ready.pop()
        ordered.append(reading)
        if total := reading.total:
            waiting[total.claim] -= 1
            if not waiting[total.claim]:
                ready.append(total)
    if circle := sorted((claim for claim in waiting if waiting[claim]), key=_id_order):
        names = ", ".join(map(str, circle))
        raise ValueError(f"Claims that are parts of each other in a circle: {names}.")
    return ordered


def _count_parts(reading: _Reading, groups: _Groups) -> None:
    """Set what a claim says, given that its parts have been counted."""
    figure = reading.figure
    added = _added_lows(reading.parts, groups)
    if figure.quantifier == Quantifier.SUM and reading.parts:
        reading.low, reading.high = added, _added_highs(reading.parts, groups)
    else:
        reading.low, reading.high = figure.low, figure.high
    lows = [low for low in (reading.low, added) if low is not None]
    reading.floor = max(lows, default=None)


def _added_lows(parts: list[_Reading], groups: _Groups) -> int | None:
    """The parts' low bounds added up; of nested groups, whichever level says more."""
    own: Counter[str | None] = Counter()
    for part in parts:
        if part.floor is not None:
            own[part.figure.group] += part.floor
    if not own:
        return None
    added = 0
    inside: Counter[str | None] = Counter()
    for group in sorted(own, key=lambda group: len(groups.above(group)), reverse=True):
        floor = max(own[group], inside[group])
        outer = next((wider for wider in groups.above(group) if wider in own), None)
        if outer is None:
            added += floor
        else:
            inside[outer] += floor
    return added


def _added_highs(parts: list[_Reading], groups: _Groups) -> int | None:
    """The high bounds of the outermost parts added up, if each of them has one."""
    present = {part.figure.group for part in parts}
    outermost = [
        part.high
        for part in parts
        if present.isdisjoint(groups.above(part.figure.group))
    ]
    known = [high for high in outermost if high is not None]
    return sum(known) if len(known) == len(outermost) else None


def _mark_portions(total: _Reading) -> None:
    """Mark the parts that count only some of their group."""
    parts = [part for part in total.parts if part.figure.asserted]
    times = Counter(reading.figure.group for reading in (total, *parts))
    for part in parts:
        part.portion = total.portion or times[part.figure.group] > 1


def _floors(
    readings: list[_Reading], keys: Collection[Key], groups: _Groups
) -> dict[Key, list[_Reading]]:
    """By key, the claims that bound it from below: its own and its subgroups'."""
    floors: dict[Key, list[_Reading]] = {key: [] for key in keys}
    for reading in readings:
        measure, group = reading.key
        for wider in (group, *groups.above(group)):
            if reading.floor is not None and (measure, wider) in floors:
                floors[measure, wider].append(reading)
    return floors


def _ceilings(
    key: Key, stating: Mapping[Key, list[_Reading]], groups: _Groups
) -> list[_Reading]:
    """The claims that bound a key from above: its own and those of wider groups."""
    measure, group = key
    return [
        reading
        for wider in (group, *groups.above(group))
        for reading in stating.get((measure, wider), ())
        if reading.high is not None and not reading.portion
    ]


_Bound = tuple[int, _Reading]


def _estimate(
    key: Key,
    stating: list[_Reading],
    floors: list[_Reading],
    ceilings: list[_Reading],
    groups: _Groups,
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


def _speaks_through_total(reading: _Reading, key: Key, groups: _Groups) -> bool:
    """Whether the claim's total demands at least as much of this very key."""
    if reading.total is None:
        return False
    group = reading.total.figure.group
    return key[1] == group or key[1] in groups.above(group)


def _conflicts(
    lows: list[_Bound], highs: list[_Bound], overfull: list[_Reading]
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
    return sorted(pairs, key=lambda pair: (_id_order(pair[0]), _id_order(pair[1])))


def _clashing(
    lows: list[_Bound], highs: list[_Bound], overfull: list[_Reading]
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


def _named(readings: list[_Reading]) -> list[_Bound]:
    """The numbers that claims state themselves; vague words state none."""
    return [
        (number, reading)
        for reading in readings
        if reading.figure.quantifier != Quantifier.VAGUE
        for number in (reading.low, reading.high)
        if number is not None
    ]


def _with_parts(readings: list[_Reading]) -> Iterator[_Reading]:
    """The claims and all that is counted inside them, at any depth."""
    seen: set[ClaimId] = set()
    pending = list(readings)
    while pending:
        reading = pending.pop()
        if reading.claim not in seen and reading.figure.asserted:
            seen.add(reading.claim)
            pending += reading.parts
            yield reading


def _verdict(stating: list[_Reading], voices: int) -> Verdict:
    """How claims that do not conflict stand to each other."""
    if voices < 2:
        return Verdict.SINGLE_SOURCE
    said = {(reading.low, reading.high) for reading in stating}
    # Two claims without bounds ("about 20", "about 500") have not said the same.
    same = len(said) == 1 and said != {(None, None)}
    return Verdict.AGREE if same else Verdict.COMPATIBLE


def _voices(readings: list[_Reading]) -> int:
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


def _ids(readings: Iterable[_Reading]) -> list[ClaimId]:
    """The claims' ids, each once, in a fixed order."""
    return sorted({reading.claim for reading in readings}, key=_id_order)


def _id_order(claim: ClaimId) -> tuple[int, str]:
    """Numbers by value, then words."""
    return (claim, "") if isinstance(claim, int) else (sys.maxsize, claim)
