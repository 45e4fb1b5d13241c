"""Outlets, origins, actors, places and relations as the format writes them.

Each function asks once per table and answers key → object, sorted by key; with `only`,
the primary key of one row, just that one.
"""

from __future__ import annotations

from django.db.models import Q

from actors.models import Actor, ActorIdentifier, Alias, Relation
from curation.dump.values import (
    Values,
    by,
    code,
    date,
    filled,
    ids,
    picked,
    slugs,
    status,
    unmerged,
)
from curation.merging.following import merged
from events.models import Place, PlaceIdentifier, PlaceName
from sources.models import Origin, Outlet


def outlet_entries(only: int | None = None) -> Values:
    return {
        row.slug: filled(
            status=str(row.status),
            name=row.name,
            country=code(row.country_id),
            reliability=code(row.reliability_id),
            url=row.url,
            note=row.note,
        )
        for row in picked(Outlet.objects.order_by("slug"), "pk", only)
    }


def origin_entries(only: int | None = None) -> Values:
    return {
        row.slug: filled(
            status=str(row.status), name=row.name, kind=code(row.kind_id), note=row.note
        )
        for row in picked(Origin.objects.order_by("slug"), "pk", only)
    }


def actor_entries(only: int | None = None) -> Values:
    rows = list(picked(unmerged(Actor, only), "pk", only))
    aliases = by("actor_id", picked(Alias.objects.order_by("pk"), "actor", only))
    identifiers = ActorIdentifier.objects.order_by("scheme", "value")
    identifiers_of = by("actor_id", picked(identifiers, "actor", only))
    outlets = slugs(Outlet, (row.outlet_id for row in rows))
    return {
        row.slug: filled(
            status=str(row.status),
            name=row.name,
            kind=code(row.kind_id),
            country=code(row.country_id),
            outlet=outlets.get(row.outlet_id),
            description=row.description,
            aliases=[_alias(alias, row.status) for alias in aliases[row.pk]],
            ids=ids(identifiers_of[row.pk]),
        )
        for row in rows
    }


def _alias(row: Alias, above: str) -> Values:
    return filled(
        status=status(row, above), name=row.name, kind=code(row.kind_id), note=row.note
    )


def place_entries(only: int | None = None) -> Values:
    rows = list(picked(unmerged(Place, only), "pk", only))
    names = by("place_id", picked(PlaceName.objects.order_by("pk"), "place", only))
    identifiers = PlaceIdentifier.objects.order_by("scheme", "value")
    identifiers_of = by("place_id", picked(identifiers, "place", only))
    keys = slugs(Place, (row.parent_id for row in rows))
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
            ids=ids(identifiers_of[row.pk]),
        )
        for row in rows
    }


def relation_entries(only: int | None = None) -> Values:
    left = Q(subject__in=merged("actor")) | Q(object__in=merged("actor"))
    relations = Relation.objects.order_by("slug")
    if only is None:  # what stays between a merged actor and the other is none
        relations = relations.exclude(left)
    rows = list(picked(relations, "pk", only))
    named = (pk for row in rows for pk in (row.subject_id, row.object_id))
    actors = slugs(Actor, named)
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
        for row in rows
    }
