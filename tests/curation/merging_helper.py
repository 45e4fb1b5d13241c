"""Merging, undoing it, and what is public and stored, for tests."""

from __future__ import annotations

from actors.models import Actor, Alias
from curation.merging import merge, unmerge
from curation.merging.references import MOVED
from events.models import Event, Place
from publishing.models import Document
from publishing.rendering import refresh
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory, PlaceFactory

WHY = "one and the same"
MAKE = {Actor: ActorFactory, Event: EventFactory, Place: PlaceFactory}


def join(loser, into, by):
    return merge(loser=loser, into=into, by=by, why=WHY)


def part(done, by):
    return unmerge(merge=done, by=by, why="they are two")


def public():
    """All that is public, by kind and id."""
    refresh()
    rows = Document.objects.current().values_list("kind", "object_id", "body")
    return {(kind, pk): body for kind, pk, body in rows}


def stored():
    """Every row that a merge may touch, but the names that merges made."""
    models = {row.model for rows in MOVED.values() for row in rows} | {*MOVED}
    found = {}
    for model in models:
        rows = model.objects.order_by("pk")
        if model is Alias:
            rows = rows.exclude(note__startswith="Name of the merged record")
        found[model] = list(rows.values())
    return found
