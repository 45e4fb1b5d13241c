"""The tables that the curation format fills, and what names a row in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from actors.models import Actor, ActorIdentifier, Alias, Mention, Relation
from curation.models import Omission
from events.models import (
    Attribution,
    Claim,
    Event,
    EventIdentifier,
    Evidence,
    Participation,
    Place,
    PlaceIdentifier,
    PlaceName,
    Support,
)
from sources.models import Article, Curated, Origin, Outlet

Key = tuple[Any, ...]
Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Table:
    """A model, and the columns that name one row of it for ever."""

    model: Model
    key: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def curated(self) -> bool:
        """Whether its rows have a status; the others live and die with their owner."""
        return issubclass(self.model, Curated)

    def key_of(self, instance: models.Model) -> Key:
        return tuple(getattr(instance, column) for column in self.key)


# In the order of writing; rows are taken away in the opposite order.
TABLES = (
    Table(Outlet, ("slug",)),
    Table(Origin, ("slug",)),
    Table(Actor, ("slug",)),
    Table(Alias, ("actor_id", "name")),
    Table(ActorIdentifier, ("scheme_id", "value")),
    Table(Place, ("slug",)),
    Table(PlaceName, ("place_id", "name")),
    Table(PlaceIdentifier, ("scheme_id", "value")),
    Table(Relation, ("slug",)),
    Table(Event, ("slug",)),
    Table(EventIdentifier, ("scheme_id", "value")),
    Table(Participation, ("event_id", "actor_id", "role_id")),
    Table(Article, ("sha256",)),
    Table(Mention, ("article_id", "start", "end", "actor_id")),
    Table(Claim, ("slug",)),
    Table(Attribution, ("claim_id", "position")),
    Table(Evidence, ("claim_id", "article_id", "start", "end")),
    Table(Support, ("claim_id", "event_id", "part", "participation_id")),
    Table(Omission, ("article_id", "start", "end")),
)

# Sections of the format whose objects are rows named by a slug.
SLUGGED: dict[str, Model] = {
    "outlets": Outlet,
    "origins": Origin,
    "actors": Actor,
    "places": Place,
    "relations": Relation,
    "events": Event,
    "claims": Claim,
}
