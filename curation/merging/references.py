"""Every column that names an actor, an event or a place, and what a merge does with it.

Complete: tests/contracts/test_merging.py walks the models and fails for a column that
is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.models import Actor, ActorIdentifier, Alias, Mention, Relation
from events.models import (
    Attribution,
    Claim,
    Event,
    EventIdentifier,
    Participation,
    Place,
    PlaceIdentifier,
    PlaceName,
    Support,
)

if TYPE_CHECKING:
    from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that moves: it names the merged record, then the one that stays.

    `once` are the columns that must not be the same twice: where the one that stays
    has such a row already, the row stays with the merged record. `not_with` is a column
    of the same row that must not name the same record.
    """

    model: type[Model]
    field: str
    once: tuple[str, ...] = ()
    not_with: str = ""

    @property
    def column(self) -> str:
        return f"{self.field}_id"

    @property
    def label(self) -> str:
        return self.model._meta.label


@dataclass(frozen=True, slots=True)
class Follower:
    """A column that names a row of `of`: where that one stays with the merged record,
    because the other has such a row, this names the other's. `once` as in Reference.
    """

    model: type[Model]
    field: str
    of: type[Model]
    once: tuple[str, ...] = ()


# In the order in which they move, and move back: what rules hold together, one after
# the other.
MOVED: dict[type[Model], tuple[Reference, ...]] = {
    Actor: (
        Reference(Alias, "actor", once=("name",)),
        Reference(ActorIdentifier, "actor"),
        Reference(Mention, "actor", once=("article_id", "start", "end")),
        Reference(Relation, "subject", not_with="object"),
        Reference(Relation, "object", not_with="subject"),
        Reference(Participation, "actor", once=("event_id", "role_id")),
        Reference(Claim, "speaker"),
        Reference(Attribution, "actor"),
    ),
    Event: (
        Reference(Participation, "event", once=("actor_id", "role_id")),
        Reference(Support, "event", once=("claim_id", "part", "participation_id")),
        Reference(Claim, "event"),
        Reference(EventIdentifier, "event"),
    ),
    Place: (
        Reference(Place, "parent"),
        Reference(PlaceName, "place", once=("name",)),
        Reference(PlaceIdentifier, "place"),
        Reference(Event, "place"),
    ),
}
# What names a row that may stay behind. It is moved together with its own Reference.
FOLLOWERS: tuple[Follower, ...] = (
    Follower(Mention, "alias", of=Alias),
    Follower(
        Support,
        "participation",
        of=Participation,
        once=("claim_id", "event_id", "part"),
    ),
)
# What points at a record and stays: the merges themselves, which say what was one.
STAYS = {
    "curation.Merge.actor": "which record was merged",
    "curation.Merge.actor_into": "which record stays",
    "curation.Merge.event": "which record was merged",
    "curation.Merge.event_into": "which record stays",
    "curation.Merge.place": "which record was merged",
    "curation.Merge.place_into": "which record stays",
}
# The kinds of record, by the column of a Merge.
KINDS: dict[str, type[Model]] = {"actor": Actor, "event": Event, "place": Place}


def merge_triggers() -> dict[str, set[str]]:
    """The triggers that keep a merged record out of use (curation's migration 0008)."""
    found: dict[str, set[str]] = {}
    for model, references in MOVED.items():
        found.setdefault(model._meta.db_table, set()).add("merged_stays_withdrawn")
        for each in references:
            found.setdefault(each.model._meta.db_table, set()).update(
                f"merged_is_left_{each.column}_{operation}"
                for operation in ("insert", "update")
            )
    return found
