"""How urgently an article waits for work: points, each with its reason in words.

Pure: what is known of an article in, reasons out. The parts add up to at most 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# What most of the points are for: work to do. Each part ends somewhere, so that one
# long article does not push all others back for ever.
MOST_OPEN, POINTS_PER_OPEN = 15, 2
MOST_TEXT = 30
MOST_DISPUTED, POINTS_PER_DISPUTE = 2, 10
MOST_DAYS, DAYS_PER_POINT = 30, 3
LETTERS = {"A": 10, "B": 8, "C": 6, "D": 4, "E": 2}
NOT_JUDGED = 3  # nothing is known against it, nor for it

_KINDS = {
    "figure": ("figure", "figures"),
    "event": ("event", "events"),
    "claim": ("statement", "statements"),
}


class Reason(NamedTuple):
    """One part of a priority, in words."""

    text: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an article's priority rests on.

    `open_claims`: proposals that wait, by kind. `untouched`: nobody has dealt with any
    of the text; of what somebody has begun, `open_sentences` of `sentences` are left.
    `disputes`: titles of the disputed events that it touches. `letter` is A to E, None
    where the outlet cannot be judged; `outlet` its name, "" if unknown.
    """

    open_claims: Mapping[str, int] = field(default_factory=dict)
    untouched: bool = False
    sentences: int = 0
    open_sentences: int = 0
    disputes: Sequence[str] = ()
    days: int = 0
    outlet: str = ""
    letter: str | None = None


def reasons(facts: Facts) -> list[Reason]:
    """The parts, the ones that count most first; those without points are left out."""
    parts = (
        _of_open_claims(facts),
        _of_text(facts),
        _of_disputes(facts),
        _of_age(facts),
        _of_outlet(facts),
    )
    return sorted(
        (part for part in parts if part.points), key=lambda part: -part.points
    )


def _of_open_claims(facts: Facts) -> Reason:
    total = sum(facts.open_claims.values())
    listed = ", ".join(
        f"{number} {names[number != 1]}"
        for kind, names in _KINDS.items()
        if (number := facts.open_claims.get(kind, 0))
    )
    verb = "waits" if total == 1 else "wait"
    return Reason(
        f"{listed} {verb} to be decided, beside names, places and dates",
        POINTS_PER_OPEN * min(total, MOST_OPEN),
    )


def _of_text(facts: Facts) -> Reason:
    if facts.untouched:
        return Reason("nothing of the text is coded yet", MOST_TEXT)
    if not facts.open_sentences:
        return Reason("", 0)
    points = max(1, MOST_TEXT * facts.open_sentences // facts.sentences)
    left = facts.open_sentences
    verb = "is" if left == 1 else "are"
    of = f"{left} of {facts.sentences} sentences"
    return Reason(f"{of} {verb} not coded yet", points)


def _of_disputes(facts: Facts) -> Reason:
    counted = min(len(facts.disputes), MOST_DISPUTED)
    named = "; ".join(facts.disputes[:MOST_DISPUTED])
    further = len(facts.disputes) - counted
    more = f" and {further} more" if further else ""
    return Reason(f"sources disagree on: {named}{more}", POINTS_PER_DISPUTE * counted)


def _of_age(facts: Facts) -> Reason:
    days = "1 day" if facts.days == 1 else f"{facts.days} days"
    points = min(facts.days, MOST_DAYS) // DAYS_PER_POINT
    return Reason(f"has waited {days}", points)


def _of_outlet(facts: Facts) -> Reason:
    if facts.letter in LETTERS:
        text = f"{facts.outlet}: reliability {facts.letter}"
        return Reason(text, LETTERS[facts.letter])
    name = facts.outlet or "outlet unknown"
    return Reason(f"{name}: reliability not judged", NOT_JUDGED)
