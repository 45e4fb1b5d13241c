"""Rules within and between the objects of the files: dates, chains, circles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from curation.format.entries import CurationSet, Entry
from curation.format.known import Known
from curation.format.problems import Problem
from curation.format.reading import Where
from sources.dates import date_problems

_DATES = {
    "relations": ("start", "end"),
    "events": ("date",),
    "articles": ("published",),
}
_WITH_IDS = ("actors", "places", "events")


def structure_problems(found: CurationSet, known: Known) -> Iterator[Problem]:
    """All that this module checks, over all files."""
    checks: dict[str, Callable[[Entry], Iterable[Problem]]] = {
        "actors": _actor,
        "places": _place,
        "relations": _relation,
        "events": _event,
        "claims": _claim,
    }
    for section, entries in found.entries.items():
        for entry in entries:
            for name in _DATES.get(section, ()):
                yield from _date(entry, name)
            if section in checks:
                yield from checks[section](entry)
    yield from _circles(found)
    yield from _persons(found)
    yield from _shared_outlets(found)
    for section in _WITH_IDS:
        yield from _shared_ids(found.of(section), known.ids.get(section, {}))


def day(value: str | None) -> dt.date | None:
    """A day of a file. Raises ValueError for one that no calendar has."""
    return dt.date.fromisoformat(value) if value else None


def _date(entry: Entry, name: str) -> Iterator[Problem]:
    date = entry.get(name)
    if not date:
        return
    try:
        ends = day(date.get("earliest")), day(date.get("latest"))
    except ValueError as error:
        yield entry.problem(f"is no date: {error}", name)
        return
    basis, note = date.get("basis") or "", date.get("note") or ""
    for what in date_problems(*ends, date["precision"], basis, note):
        yield entry.problem(what, name)


def _actor(entry: Entry) -> Iterator[Problem]:
    yield from _twice(entry, "aliases", lambda alias: alias["name"])
    if entry.get("outlet") and entry.get("kind") != "outlet":
        yield entry.problem("only an actor of kind outlet has an outlet", "outlet")


def _place(entry: Entry) -> Iterator[Problem]:
    yield from _twice(entry, "names", lambda name: name["name"])
    point = [entry.get(name) for name in ("latitude", "longitude", "radius_m")]
    if any(value is None for value in point) and point != [None] * 3:
        what = "latitude, longitude and radius_m come together or not at all"
        yield entry.problem(what)


def _relation(entry: Entry) -> Iterator[Problem]:
    if entry.get("subject") == entry.get("object"):
        yield entry.problem("an actor has no relation with itself", "object")
    start, end = entry.get("start", "earliest"), entry.get("end", "latest")
    if start and end and end < start:
        yield entry.problem(f"ends on {end}, before it starts on {start}", "end")


def _event(entry: Entry) -> Iterator[Problem]:
    yield from _twice(entry, "participants", lambda p: (p["actor"], p["role"]))
    if entry.get("mode") and not entry.get("type"):
        yield entry.problem("a mode needs its type", "mode", suggestion="write null")
    place = entry.get("place")
    if place and (place["place"] is None) != (place["precision"] is None):
        what = "a place needs its precision, and only a place has one"
        yield entry.problem(what, "place")
    holders: list[tuple[Any, Where]] = [
        (entry.data, ()),
        (entry.get("date"), ("date",)),
        (place, ("place",)),
    ]
    for number, participant in enumerate(entry.items("participants")):
        holders.append((participant, ("participants", number)))
    for holder, where in holders:
        supports, disputes = (
            set((holder or {}).get(name) or ()) for name in ("claims", "disputed_by")
        )
        for key in sorted(supports & disputes):
            what = f"{key} cannot both support and dispute the same"
            yield entry.problem(what, *where, "disputed_by")


def _claim(entry: Entry) -> Iterator[Problem]:
    if entry.data["voice"] == "attributed" and not (
        entry.get("speaker") or entry.get("speaker_text")
    ):
        yield entry.problem("an attributed claim needs a speaker or speaker_text")
    for position, step in enumerate(entry.items("via")):
        if not (step.get("actor") or step.get("text")):
            yield entry.problem("names nobody", "via", position)


def _twice(
    entry: Entry, name: str, key_of: Callable[[dict[str, Any]], Any]
) -> Iterator[Problem]:
    seen = set()
    for position, item in enumerate(entry.items(name)):
        if (key := key_of(item)) in seen:
            shown = key if isinstance(key, str) else ", ".join(key)
            yield entry.problem(f"“{shown}” stands twice in {name}", name, position)
        seen.add(key)


def _circles(found: CurationSet) -> Iterator[Problem]:
    """Places inside themselves, actors that are part of themselves."""
    parents = {
        place.key: {place.get("parent")}
        for place in found.of("places")
        if place.get("parent")
    }
    for place in found.of("places"):
        if _reaches(parents, place.key, place.key):
            yield place.problem(f"{place.key} would contain itself", "parent")
    wholes: dict[str, set[str]] = {}
    chains = _part_of(found)
    for relation in chains:
        wholes.setdefault(relation.data["subject"], set()).add(relation.data["object"])
    for relation in chains:
        subject, whole = relation.data["subject"], relation.data["object"]
        if subject != whole and _reaches(wholes, whole, subject):
            what = f"{subject} would be part of itself, through {whole}"
            yield relation.problem(what, "object")


def _part_of(found: CurationSet) -> list[Entry]:
    """The part-of relations that hold, as the database counts them."""
    return [
        relation
        for relation in found.of("relations")
        if relation.get("kind") == "part_of"
        and relation.status not in {"rejected", "retracted"}
    ]


def _reaches(above: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = set(above.get(start, ()))
    while waiting:
        seen |= waiting
        waiting = {up for key in waiting for up in above.get(key, ())} - seen
    return goal in seen


def _persons(found: CurationSet) -> Iterator[Problem]:
    persons = {a.key for a in found.of("actors") if a.get("kind") == "person"}
    for relation in _part_of(found):
        if {relation.data["subject"], relation.data["object"]} <= persons:
            yield relation.problem("a person is not part of a person", "kind")


def _shared_outlets(found: CurationSet) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for actor in found.of("actors"):
        outlet = actor.get("outlet")
        if outlet and taken.setdefault(outlet, actor.key) != actor.key:
            what = f"the outlet {outlet} is the actor {taken[outlet]} already"
            yield actor.problem(what, "outlet")


def ids_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """The ids of an entry as (scheme, value)."""
    for scheme, values in (entry.get("ids") or {}).items():
        for value in values if isinstance(values, list) else [values]:
            yield scheme, str(value)


def _shared_ids(entries: list[Entry], known: dict[str, str]) -> Iterator[Problem]:
    """Ids that would name two objects; `known` are those of the database."""
    here = {entry.key for entry in entries}
    taken = {name: key for name, key in known.items() if key not in here}
    for entry in entries:
        for scheme, value in ids_of(entry):
            name = f"{scheme}:{value}"
            if (other := taken.setdefault(name, entry.key)) != entry.key:
                what = f"{name} is the id of {other} already"
                yield entry.problem(what, "ids", scheme)
