"""Figures that cannot both hold. Pure; the arithmetic is that of events.estimates.

Three levels, and only the first is ever called a conflict:
disjoint    no number lies within both bounds ("exactly 12", "at least 20");
compatible  other words or other bounds, and a number that satisfies both ("more than
            150", "up to 170");
agree       the same bounds.
Totals are held against totals: a part ("13 of them soldiers") speaks through its total,
and a wider group bounds a narrower one from above only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from curation.extraction.pairing.claims import ClaimMatch
from curation.extraction.pairing.statements import Statement, figures_in
from events.estimates import Figure, estimate

_MISSING = ""  # the key of no figure
_UNSURE = {"hypothetical", "predicted", "denied"}


class Level(StrEnum):
    DISJOINT = "disjoint"
    COMPATIBLE = "compatible"
    AGREE = "agree"


def level(one: Statement, other: Statement) -> Level:
    """How the bounds of two figures of one measure and group stand to each other."""
    if _below(one.high, other.low) or _below(other.high, one.low):
        return Level.DISJOINT
    if (one.low, one.high) == (other.low, other.high):
        return Level.AGREE
    return Level.COMPATIBLE


def _below(high: int | None, low: int | None) -> bool:
    return high is not None and low is not None and high < low


def conflicts(
    statements: Iterable[Statement], parents: Mapping[str, str | None]
) -> list[ClaimMatch]:
    """The pairs of figures about one event that no number satisfies.

    `parents` maps a group to the group above it (code list group). Figures without an
    event are passed over: nobody knows that they count the same.
    """
    by_event: dict[str, list[Statement]] = defaultdict(list)
    for each in figures_in(statements):
        if each.event is not None:
            by_event[each.event].append(each)
    return [
        match for event in by_event.values() for match in _conflicts(event, parents)
    ]


def _conflicts(
    figures: list[Statement], parents: Mapping[str, str | None]
) -> list[ClaimMatch]:
    known = _usable(figures)
    found: dict[frozenset[int | str], ClaimMatch] = {}
    for result in estimate((_figure(*each) for each in known.values()), parents):
        for demands, allows in result.conflicts:
            one, other = known[str(demands)][0], known[str(allows)][0]
            why = f"{_told(one)}, but {_told(other)}: no number fits both"
            found.setdefault(
                frozenset((demands, allows)),
                ClaimMatch(one, other, "conflict", "figures", None, why),
            )
    return list(found.values())


def _usable(figures: list[Statement]) -> dict[str, tuple[Statement, str | None]]:
    """The figures by key, each with the key of its total.

    Left out are bounds that are no bounds, parts whose total is not among the figures
    (what they are held against is unknown) and parts of each other in a circle.
    """
    sound = [
        each
        for each in figures
        if level(each, each) is not Level.DISJOINT  # low above high
    ]
    starts = {(each.document, each.start): each.key for each in sound}
    totals: dict[str, str | None] = {
        each.key: None
        if each.part_of is None
        else starts.get((each.document, each.part_of), _MISSING)
        for each in sound
    }
    return {
        each.key: (each, totals[each.key]) for each in sound if _ends(each.key, totals)
    }


def _ends(key: str, totals: Mapping[str, str | None]) -> bool:
    """Whether the chain of totals above a figure ends in one that is no part."""
    seen = set()
    above: str | None = key
    while above is not None:
        if above in seen or above == _MISSING:
            return False
        seen.add(above)
        above = totals[above]
    return True


def _figure(each: Statement, total: str | None) -> Figure:
    assert each.measure is not None
    return Figure(
        claim=each.key,
        measure=each.measure,
        group=each.group,
        low=each.low,
        high=each.high,
        quantifier=each.quantifier,
        origin=each.origin or each.document,
        speaker=each.speaker or None,
        part_of=total,
        asserted=each.polarity == "positive" and each.modality not in _UNSURE,
    )


def _told(each: Statement) -> str:
    return f"“{each.text}” ({bounds_in_words(each.low, each.high)})"


def bounds_in_words(low: int | None, high: int | None) -> str:
    """ "exactly 13", "at least 151", "at most 170", "100 to 200", "no bounds"."""
    if low is not None and high is not None:
        return f"exactly {low}" if low == high else f"{low} to {high}"
    if low is not None:
        return f"at least {low}"
    return f"at most {high}" if high is not None else "no bounds"
