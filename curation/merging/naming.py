"""The name of a merged record becomes a name of the one that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from actors.models import Actor, Alias
from curation.models import MergeMove
from events.models import Place, PlaceName
from sources.models import Curated, Status

if TYPE_CHECKING:
    from django.db.models import Model

KIND = "alias-kind/common"


def new_name(loser: Any, into: Any) -> str:
    """The name that the one that stays would get; empty where it has it already."""
    names = _names(loser)
    if names is None or loser.name == into.name:
        return ""
    model, owner = names
    there = model._default_manager.filter(name=loser.name)
    there = there.filter(Q(**{owner: loser}) | Q(**{owner: into}))
    others = [row for row in there if not _was_made(row)]
    return "" if others else str(loser.name)


def give_name(loser: Any, into: Any) -> MergeMove | None:
    """Give the one that stays the other's name, as its state allows; what was made."""
    name, names = new_name(loser, into), _names(loser)
    if not name or names is None:
        return None
    model, owner = names
    status = _status(loser)
    state = {"status": status} if issubclass(model, Curated) else {}
    if again := model._default_manager.filter(name=name, **{owner: into}).first():
        # That of an earlier merge, which was undone.
        model._default_manager.filter(pk=again.pk).update(status=status)
        return MergeMove(
            model=model._meta.label, before={}, after=state, rows=[again.pk]
        )
    public = loser.status == Status.PUBLISHED
    note = {"note": f"Name of the merged record {loser.slug}."} if public else {}
    made = model._default_manager.create(
        name=name,
        kind_id=KIND,
        **{owner: into},
        **state,
        **(note if issubclass(model, Curated) else {}),
    )
    return MergeMove(model=model._meta.label, before={}, after=state, rows=[made.pk])


def _names(row: Model) -> tuple[type[Model], str] | None:
    """The table of further names of such a record, and its column for the record."""
    tables: dict[type[Model], tuple[type[Model], str]] = {
        Actor: (Alias, "actor"),
        Place: (PlaceName, "place"),
    }
    return tables.get(type(row))


def _status(loser: Any) -> Status:
    """The state of the new name: nobody has reviewed it as such."""
    status = Status(loser.status)
    return Status.CODED if status == Status.REVIEWED else status


def _was_made(row: Any) -> bool:
    """Whether it is the name that an undone merge had given, withdrawn with it."""
    if getattr(row, "status", "") not in {Status.REJECTED, Status.RETRACTED}:
        return False
    made = MergeMove.objects.filter(
        model=row._meta.label, before={}, rows__contains=[row.pk]
    )
    return made.exclude(merge__undone_at=None).exists()
