"""Figures with their parts counted: what each claim says, given what is inside it.

Pure; the arithmetic of events.estimates, rules 2 and 3.
"""

import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from events.bounds import Quantifier

ClaimId = int | str
Key = tuple[str, str | None]


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


class Groups:
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
class Reading:
    """One claim with its parts counted."""

    figure: Figure
    low: int | None = None  # what the claim says; of a sum, what its parts say
    high: int | None = None
    floor: int | None = None  # low, or what the parts add up to where that is more
    portion: bool = False  # counts only some of its group
    total: "Reading | None" = None
    parts: list["Reading"] = field(default_factory=list)

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


def read_figures(figures: Iterable[Figure], groups: Groups) -> list[Reading]:
    """The asserted claims, each with its parts counted."""
    readings: dict[ClaimId, Reading] = {}
    for figure in figures:
        if figure.claim in readings:
            raise ValueError(f"Claim {figure.claim} is given twice.")
        readings[figure.claim] = Reading(figure)
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


def _parts_first(readings: Mapping[ClaimId, Reading]) -> list[Reading]:
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
    if circle := sorted((claim for claim in waiting if waiting[claim]), key=id_order):
        names = ", ".join(map(str, circle))
        raise ValueError(f"Claims that are parts of each other in a circle: {names}.")
    return ordered


def _count_parts(reading: Reading, groups: Groups) -> None:
    """Set what a claim says, given that its parts have been counted."""
    figure = reading.figure
    added = _added_lows(reading.parts, groups)
    if figure.quantifier == Quantifier.SUM and reading.parts:
        reading.low, reading.high = added, _added_highs(reading.parts, groups)
    else:
        reading.low, reading.high = figure.low, figure.high
    lows = [low for low in (reading.low, added) if low is not None]
    reading.floor = max(lows, default=None)


def _added_lows(parts: list[Reading], groups: Groups) -> int | None:
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


def _added_highs(parts: list[Reading], groups: Groups) -> int | None:
    """The high bounds of the outermost parts added up, if each of them has one."""
    present = {part.figure.group for part in parts}
    outermost = [
        part.high
        for part in parts
        if present.isdisjoint(groups.above(part.figure.group))
    ]
    known = [high for high in outermost if high is not None]
    return sum(known) if len(known) == len(outermost) else None


def _mark_portions(total: Reading) -> None:
    """Mark the parts that count only some of their group."""
    parts = [part for part in total.parts if part.figure.asserted]
    times = Counter(reading.figure.group for reading in (total, *parts))
    for part in parts:
        part.portion = total.portion or times[part.figure.group] > 1


def id_order(claim: ClaimId) -> tuple[int, str]:
    """Numbers by value, then words."""
    return (claim, "") if isinstance(claim, int) else (sys.maxsize, claim)
