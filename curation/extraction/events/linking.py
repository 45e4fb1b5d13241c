"""Whether a proposed event is one that is already known, and why it seems so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from curation.extraction.context import Context, KnownEvent, KnownFigure, folded
from curation.extraction.findings import Event, PlaceMention

Stated = tuple[str | None, int | None, int | None]  # measure, low, high

_SLACK_KM = 50.0
_EARTH_KM = 6371.0
_ENOUGH = 3
_ENOUGH_ACROSS = 5  # where only the families of the types are one
_TELLING = 5  # letters of a word that can tell titles apart
_TENFOLD = 10
# Types whose events different coders may call by either name.
_FAMILIES = (
    frozenset({"ASSAULT", "COERCE"}),
    frozenset({"COOPERATE", "AID", "CONSULT"}),
    frozenset({"RETREAT", "CONCEDE"}),
    frozenset({"ACCUSE", "THREATEN", "REJECT"}),
)


def linked(event: Event, context: Context, figures: Sequence[Stated]) -> Event:
    """The event with the known one it most likely is, if any fits well enough."""
    best: tuple[int, str, list[str]] | None = None
    for known in context.events:
        reasons = _reasons(event, known, figures)
        if reasons is None:
            continue
        weight = sum(weight for weight, _ in reasons)
        enough = _ENOUGH if event.type == known.type else _ENOUGH_ACROSS
        if weight >= enough and (best is None or weight > best[0]):
            best = (weight, known.key, [words for _, words in reasons])
    if best is None:
        return event
    return replace(event, linked=best[1], why="; ".join(best[2]))


def _reasons(
    event: Event, known: KnownEvent, figures: Sequence[Stated]
) -> list[tuple[int, str]] | None:
    """What speaks for it, with weights; None where something speaks against it."""
    if not same_family(event.type, known.type):
        return None
    found: list[tuple[int, str]] = []
    for said in (_what(event, known), _when(event, known), _where(event, known)):
        if said is None:
            continue
        if not said[0]:
            return None
        found.append(said)
    shared = sorted({p.actor for p in event.participants if p.actor} & known.actors)
    if shared:
        found.append((len(shared[:2]), f"both name {', '.join(shared)}"))
    numbers = _numbers(figures, known.figures)
    if numbers is None:
        return None
    return found + numbers


def _what(event: Event, known: KnownEvent) -> tuple[int, str] | None:
    """Weight and words for the mode, or for the title where there is no type."""
    if event.type is None:
        words = _title_words(event.title) & _title_words(known.title)
        return (1, f"both speak of {', '.join(sorted(words))}") if words else (0, "")
    if not event.mode or not known.mode:
        return None
    if event.mode != known.mode:
        return (0, "") if event.type == known.type else None
    return 1, f"both are {event.mode.replace('-', ' ')}"


def _title_words(title: str) -> set[str]:
    return {word for word in folded(title).split() if len(word) >= _TELLING}


def same_family(one: str | None, other: str | None) -> bool:
    """Whether two PLOVER types may stand for one event."""
    if one == other:
        return True
    return any(one in family and other in family for family in _FAMILIES)


def _when(event: Event, known: KnownEvent) -> tuple[int, str] | None:
    """Weight and words; weight 0 where the dates exclude each other."""
    date = event.date
    if date is None or not (date.earliest or date.latest):
        return None
    if date.earliest and known.latest and date.earliest > known.latest:
        return 0, ""
    if date.latest and known.earliest and date.latest < known.earliest:
        return 0, ""
    if not (date.earliest and date.latest and known.earliest and known.latest):
        return None
    longest = max(
        (date.latest - date.earliest).days, (known.latest - known.earliest).days
    )
    return (2 if longest <= 7 else 1), f"the dates overlap ({known.earliest})"


def _where(event: Event, known: KnownEvent) -> tuple[int, str] | None:
    """Weight and words; weight 0 where the places are too far apart."""
    place = event.place
    if place is None:
        return None
    if place.place and place.place == known.place:
        return 2, f"both at {known.place_name}"
    if place.name and folded(place.name) == folded(known.place_name):
        return 2, f"both at {known.place_name}"
    distance = _distance(place, known)
    if distance is None:
        return None
    if distance > (place.radius_m or 0) / 1000 + _SLACK_KM:
        return 0, ""
    small = place.kind not in {"country", "region", "province"}
    return (2 if small else 1), f"{distance:.0f} km from {known.place_name}"


def _distance(place: PlaceMention, known: KnownEvent) -> float | None:
    """Great-circle distance in km."""
    if place.latitude is None or place.longitude is None:
        return None
    if known.latitude is None or known.longitude is None:
        return None
    a, b = math.radians(place.latitude), math.radians(known.latitude)
    across = math.radians(known.longitude - place.longitude)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(across)
    return _EARTH_KM * math.acos(max(-1.0, min(1.0, cosine)))


def _numbers(
    figures: Sequence[Stated], known: Sequence[KnownFigure]
) -> list[tuple[int, str]] | None:
    """A reason where figures agree; None where totals exclude each other.

    Only figures of everybody are totals: a part says nothing against a whole.
    """
    totals = [figure for figure in known if figure.group in {None, "all"}]
    for measure, low, high in figures:
        for total in totals:
            if total.measure != measure:
                continue
            if (low, high) == (total.low, total.high):
                return [(1, f"the same number {measure}")]
            if (
                low is not None
                and total.high is not None
                and low > 10 * total.high + 10
            ):
                return None
    return []
