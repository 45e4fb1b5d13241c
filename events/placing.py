"""Taking a place over from the gazetteer: its point, radius and number there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from events.models import Place, PlaceIdentifier, PlaceName
from events.pictures.map import in_degrees, in_metres
from events.pictures.projection import distance
from events.place_names import lookup_form
from sources.models import Term
from sources.services import recorded, save_curated

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from events.models import GazetteerEntry
    from sources.models import CuratedQuerySet

# Whose numbers the ids of entries hold: those that a code list has a scheme for.
_SCHEMES = {"geonames": "geonames", "iso3166-2": "iso3166-2"}
_SPELLING = "alias-kind/transliteration"
_LONGEST_KEY = 90


class Change(NamedTuple):
    """One line of what taking over would change, in words."""

    what: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking over `entry` means: for `place`, or for a new one where it is None.

    `parent` is put in where the place has none; `spelling` is the gazetteer's name
    where the place has another one. `taken` is the place that already is this entry.
    """

    entry: GazetteerEntry
    place: Place | None
    country: Term | None
    parent: Place | None
    identifier: tuple[str, str] | None
    spelling: str
    taken: Place | None

    def changes(self) -> list[Change]:
        """Only what would really change."""
        place, entry = self.place, self.entry
        now = _point(place) if place else "—"
        lines = [
            Change("Name", place.name if place else "—", self._name()),
            Change("Point and radius", now, _point_of(entry)),
            Change("Country", _told(place and place.country), _told(self.country)),
            Change("Inside", _told(place and place.parent), _told(self.parent)),
        ]
        if self.identifier:
            scheme, value = self.identifier
            lines.append(Change("Identifier", "—", f"{scheme}: {value}"))
        if self.spelling:
            lines.append(Change("Other spelling", "—", self.spelling))
        return [line for line in lines if line.now != line.then]

    def _name(self) -> str:
        return self.place.name if self.place else self.entry.name

    @property
    def moves(self) -> bool:
        """Whether the point or its radius would be another one than now."""
        place, entry = self.place, self.entry
        now = place and (place.latitude, place.longitude, place.radius_m)
        return now != (entry.latitude, entry.longitude, entry.radius_m)

    @property
    def moved_by(self) -> str:
        """How far the point would move: "4.2 km"; empty where it does not."""
        place = self.place
        if place is None or place.latitude is None or place.longitude is None:
            return ""
        here = (self.entry.longitude, self.entry.latitude)
        metres = round(distance((place.longitude, place.latitude), here))
        return in_metres(metres) if metres else ""


def plan_takeover(entry: GazetteerEntry, place: Place | None = None) -> Plan:
    """What would change; the same for the page that shows it and the write."""
    identifier = _identifier(entry)
    country = (place and place.country) or (
        Term.objects.filter(pk=f"country/{entry.country}").first()
    )
    own = set()
    if place is not None:
        own = {lookup_form(name) for name in _names(place)}
        known = place.identifiers.values_list("scheme", "value")
        if (
            identifier
            and (f"external-id-scheme/{identifier[0]}", identifier[1]) in known
        ):
            identifier = None
    other = bool(own) and lookup_form(entry.name) not in own
    return Plan(
        entry=entry,
        place=place,
        country=country,
        parent=(place and place.parent) or _container(entry, place),
        identifier=identifier,
        spelling=entry.name if other else "",
        taken=_taken(entry, identifier, place),
    )


def take_over(
    *,
    entry: GazetteerEntry,
    by: AbstractUser | str,
    why: str,
    place: Place | None = None,
) -> Place:
    """Give `place` the entry's point, radius and number, or make a new place of it.

    A place keeps its name, kind and what it lies in. Raises ValidationError that names
    the place which the entry already is, and what sources.services.save_curated does.
    """
    with recorded(by=by, why=why):
        if place is not None:
            place = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
        plan = plan_takeover(entry, place)
        if plan.taken is not None:
            raise ValidationError(
                f"“{entry.name}” is already the place “{plan.taken}” "
                f"({plan.taken.slug}). Use that one."
            )
        row = place or Place(
            name=entry.name, slug=_key(entry), kind_id=f"place-kind/{entry.kind}"
        )
        row.latitude, row.longitude = entry.latitude, entry.longitude
        row.radius_m = entry.radius_m
        row.country, row.parent = plan.country, plan.parent
        save_curated(row, by=by, why=why)
        _add_parts(row, plan, by=by, why=why)
    return row


def _add_parts(row: Place, plan: Plan, *, by: AbstractUser | str, why: str) -> None:
    if plan.identifier:
        scheme, value = plan.identifier
        number = PlaceIdentifier(
            place=row, scheme_id=f"external-id-scheme/{scheme}", value=value
        )
        save_curated(number, by=by, why=why)
    if plan.spelling:
        name = PlaceName(place=row, name=plan.spelling, kind_id=_SPELLING)
        save_curated(name, by=by, why=why)


def _identifier(entry: GazetteerEntry) -> tuple[str, str] | None:
    source, _, value = entry.id.partition(":")
    if source not in _SCHEMES:
        return None
    return _SCHEMES[source], value


def _taken(
    entry: GazetteerEntry, identifier: tuple[str, str] | None, place: Place | None
) -> Place | None:
    """Another place with the entry's number, or for a new one of its name and kind."""
    others = _others(place)
    if identifier:
        scheme, value = f"external-id-scheme/{identifier[0]}", identifier[1]
        same = others.filter(identifiers__scheme=scheme, identifiers__value=value)
        if found := same.first():
            return found  # type: ignore[no-any-return]
    if place is not None:
        return None
    here = (entry.longitude, entry.latitude)
    return same_place(
        others.standing(), entry.name, entry.kind, here=here, radius_m=entry.radius_m
    )


def same_place(
    places: CuratedQuerySet,
    name: str,
    kind: str,
    *,
    here: tuple[float, float],
    radius_m: float,
) -> Place | None:
    """The one of `places` that has this name and kind and lies within the radius.

    `here`: longitude and latitude in degrees.
    """
    alike = places.filter(kind=f"place-kind/{kind}", latitude__isnull=False)
    for row in alike.filter(name__iexact=name):
        if distance((row.longitude, row.latitude), here) <= radius_m:
            return row  # type: ignore[no-any-return]
    return None


def _container(entry: GazetteerEntry, place: Place | None) -> Place | None:
    """The place of the entry's province, or else of its country, if there is one."""
    others = _others(place)
    source, _, value = entry.admin1_entry.partition(":")
    if source in _SCHEMES:
        scheme = f"external-id-scheme/{_SCHEMES[source]}"
        province = others.filter(identifiers__scheme=scheme, identifiers__value=value)
        if found := province.first():
            return found  # type: ignore[no-any-return]
    if entry.kind == "country" or not entry.country:
        return None
    countries = others.filter(kind="place-kind/country")
    return countries.filter(country=f"country/{entry.country}").first()


def _others(place: Place | None) -> CuratedQuerySet:
    rows: CuratedQuerySet = Place.objects.all()
    return rows if place is None else rows.exclude(pk=place.pk)


def _names(place: Place) -> list[str]:
    return [place.name, *place.names.values_list("name", flat=True)]


def _key(entry: GazetteerEntry) -> str:
    """A key that no place has: "kabul-city", else "kabul-city-afg", "kabul-city-2" …"""
    words = slugify(lookup_form(entry.name)) or slugify(entry.id.replace(":", "-"))
    first = f"{words}-{entry.kind}"[:_LONGEST_KEY].rstrip("-")
    taken = set(
        Place.objects.filter(slug__startswith=first).values_list("slug", flat=True)
    )
    wished = [first, f"{first}-{entry.country.lower()}"] if entry.country else [first]
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in [*wished, *numbered] if key not in taken)


def _point(place: Place) -> str:
    if place.latitude is None or place.longitude is None:
        return "—"
    where = in_degrees(place.latitude, place.longitude)
    return f"{where}, within {in_metres(place.radius_m)}"


def _point_of(entry: GazetteerEntry) -> str:
    where = in_degrees(entry.latitude, entry.longitude)
    return f"{where}, within {in_metres(entry.radius_m)}"


def _told(thing: Place | Term | None) -> str:
    return str(thing) if thing else "—"
