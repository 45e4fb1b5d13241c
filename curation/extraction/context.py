"""What is known before an article is read: actors and their names, places, events."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an actor, with its alias-kind code."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor somebody has recorded; `names` holds its usual name as well."""

    key: str
    name: str
    kind: str
    country: str | None
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A gazetteer entry, or a place that curators have recorded (then with `key`).

    Degrees WGS 84; None for a place without coordinates. `kind` is a place-kind code,
    `country` ISO 3166-1 alpha-3, `admin1` the name of the province or state.
    """

    entry: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    radius_m: int | None
    population: int = 0
    key: str | None = None


@dataclass(frozen=True, slots=True)
class KnownFigure:
    measure: str
    group: str | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event somebody has recorded."""

    key: str
    title: str
    type: str | None
    mode: str | None
    earliest: dt.date | None
    latest: dt.date | None
    place: str | None
    place_name: str
    latitude: float | None
    longitude: float | None
    actors: frozenset[str] = frozenset()
    figures: tuple[KnownFigure, ...] = ()


class Gazetteer(Protocol):
    """Places by name. One call per document: it is an index look-up."""

    def find(self, names: Collection[str]) -> Mapping[str, list[KnownPlace]]:
        """The places of each of `names`, compared without case and accents."""

    def near(self, name: str, countries: Collection[str]) -> list[KnownPlace]:
        """Places in these countries whose name is spelt much like `name`."""


class NoGazetteer:
    """Knows no place."""

    def find(self, names: Collection[str]) -> Mapping[str, list[KnownPlace]]:
        return {}

    def near(self, name: str, countries: Collection[str]) -> list[KnownPlace]:
        return []


@dataclass(frozen=True)
class Context:
    """What an extraction may know besides the document itself."""

    actors: tuple[KnownActor, ...] = ()
    gazetteer: Gazetteer = field(default_factory=NoGazetteer)
    events: tuple[KnownEvent, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, KnownActor]:
        return {actor.key: actor for actor in self.actors}

    @cached_property
    def digest(self) -> str:
        """Changes when a name of an actor does; what runs are compared by."""
        names = sorted(
            (actor.key, actor.kind, name.text, name.kind)
            for actor in self.actors
            for name in actor.names
        )
        return hashlib.sha256(repr(names).encode()).hexdigest()[:16]


def folded(text: str) -> str:
    """Lower case without accents and with single spaces: what names are compared by."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.casefold().split())


def folded_all(texts: Iterable[str]) -> set[str]:
    return {folded(text) for text in texts}
