"""Places and gazetteer entries as spots of a map (events.pictures.map)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.outlines import outline_code
from events.pictures.map import Spot

if TYPE_CHECKING:
    from events.models import GazetteerEntry, Place

# How exactly a place of a kind is known, where no event says it: place-kind to
# place-precision. What is no town or part of one is an area.
_PRECISION = {
    "country": "country",
    "province": "province",
    "district": "district",
    "city": "city",
    "village": "locality",
    "neighbourhood": "locality",
    "facility": "vicinity",
}
_OTHER = "region"


def place_spot(
    place: Place, *, precision: str = "", href: str = "", detail: str = ""
) -> Spot:
    """A place as a map draws it, with its own outline where one is packaged.

    `precision` is a code of place-precision, as of an event there; by default what the
    place's kind says. Reads `names` and `identifiers`: prefetch them for many.
    """
    kind = _code(place.kind_id)
    known = precision or _PRECISION.get(kind, _OTHER)
    outline = ""
    if known == kind and place.longitude is not None and place.latitude is not None:
        outline = outline_code(
            kind=kind,
            country=_code(place.country_id),
            codes=[each.value for each in place.identifiers.all()],
            names=[place.name, *(each.name for each in place.names.all())],
            point=(place.longitude, place.latitude),
        )
    return Spot(
        name=place.name,
        lat=place.latitude,
        lon=place.longitude,
        radius_m=place.radius_m,
        precision=known,
        href=href,
        detail=detail,
        outline=outline,
    )


def entry_spot(entry: GazetteerEntry, *, href: str = "", detail: str = "") -> Spot:
    """A gazetteer entry as a map draws it."""
    return Spot(
        name=entry.name,
        lat=entry.latitude,
        lon=entry.longitude,
        radius_m=entry.radius_m,
        precision=_PRECISION.get(entry.kind, _OTHER),
        href=href,
        detail=detail,
        outline=outline_code(
            kind=entry.kind,
            country=entry.country,
            codes=[entry.id.partition(":")[2]],
            names=[entry.name],
            point=(entry.longitude, entry.latitude),
        ),
    )


def _code(key: str | None) -> str:
    return (key or "").partition("/")[2]
