"""Outlets, origins, actors, places and relations as the format writes them.

Each function asks once per table and answers key → object, sorted by key.
"""

from __future__ import annotations

from actors.models import Actor, ActorIdentifier, Alias, Relation
from curation.dump.values import Values, by, code, date, filled, ids, slugs, status
from events.models import Place, PlaceIdentifier, PlaceName
from sources.models import Origin, Outlet


def outlet_entries() -> Values:
    return {
        row.slug: filled(
            status=str(row.status),
            name=row.name,
            country=code(row.country_id),
            reliability=code(row.reliability_id),
            url=row.url,
            note=row.note,
        )
        for row in Outlet.objects.order_by("slug")
    }


def origin_entries() -> Values:
    return {
        row.slug: filled(
            status=str(row.status), name=row.name, kind=code(row.kind_id), note=row.note
        )
        for row in Origin.objects.order_by("slug")
    }


def actor_entries() -> Values:
    aliases = by("actor_id", Alias.objects.order_by("pk"))
    identifiers = by("actor_id", ActorIdentifier.objects.order_by("scheme", "value"))
    outlets = slugs(Outlet)
    return {
        row.slug: filled(
            status=str(row.status),
            name=row.name,
            kind=code(row.kind_id),
            country=code(row.country_id),
            outlet=outlets.get(row.outlet_id),
            description=row.description,
            aliases=[_alias(alias, row.status) for alias in aliases[row.pk]],
            ids=ids(identifiers[row.pk]),
        )
        for row in Actor.objects.order_by("slug")
    }


def _alias(row: Alias, above: str) -> Values:
    return filled(
        status=status(row, above), name=row.name, kind=code(row.kind_id), note=row.note
    )


def place_entries() -> Values:
    names = by("place_id", PlaceName.objects.order_by("pk"))
    identifiers = by("place_id", PlaceIdentifier.objects.order_by("scheme", "value"))
    keys = slugs(Place)
    return {
        row.slug: filled(
            status=str(row.status),
            name=row.name,
            kind=code(row.kind_id),
            parent=keys.get(row.parent_id),
            country=code(row.country_id),
            latitude=row.latitude,
            longitude=row.longitude,
            radius_m=row.radius_m,
            names=[{"name": n.name, "kind": code(n.kind_id)} for n in names[row.pk]],
            ids=ids(identifiers[row.pk]),
        )
        for row in Place.objects.order_by("slug")
    }


def relation_entries() -> Values:
    actors = slugs(Actor)
    return {
        row.slug: filled(
            status=str(row.status),
            subject=actors[row.subject_id],
            kind=code(row.kind_id),
            object=actors[row.object_id],
            title=row.title,
            start=date(row, "start"),
            end=date(row, "end"),
            note=row.note,
        )
        for row in Relation.objects.order_by("slug")
    }
