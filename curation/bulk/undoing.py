"""Changes of many rows at once, kept as a Batch each, and undone as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection

from curation.bulk.checking import (
    PUBLIC,
    check_allowed,
    check_by_another,
    check_public,
    check_unchanged,
)
from curation.bulk.states import (
    changed_columns,
    fetch,
    here,
    models_of,
    moves_of,
    pairs_sql,
)
from curation.models import Batch
from sources.models import Status, history_table
from sources.services import recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db import models


@dataclass(frozen=True, slots=True)
class Part:
    """What undoing a batch would set back in one table."""

    model: type[models.Model]
    columns: list[str]  # in which the batch changed any row
    retracts: int  # rows that the batch made public: they are retracted instead


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing a batch would set back."""

    parts: list[Part]

    @property
    def retracts(self) -> int:
        """How many rows are retracted instead, since the batch made them public."""
        return sum(part.retracts for part in self.parts)


def keep_batch(*, by: AbstractUser, what: str, why: str, rows: int) -> Batch:
    """Keep what this transaction has changed as one Batch.

    Inside sources.services.recorded(), after the change. `what` is in words, "Publish
    12 claims"; `rows` is how many it changed.
    """
    return Batch.objects.create(
        by=by,  # type: ignore[misc]  # whichever user model is set
        what=what,
        why=why,
        rows=rows,
        context=here(),
    )


def undo(batch: Batch, *, by: AbstractUser, why: str) -> Batch:
    """Set all rows of `batch` back to the states before it; a Batch of its own.

    What it made public is retracted, since nothing public is taken back in silence.
    Raises ValidationError, and changes nothing, when it was undone already or a row was
    changed since; PermissionDenied unless `by` may make such a change. The number of
    queries depends on how many tables it changed only.
    """
    if not why.strip():
        raise ValidationError("Say in words why you undo it.")
    with recorded(by=by, why=why):
        held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        for model in models_of(held):
            _hold_rows(held, model)
        undoing = check_undo(held, by=by)
        changed = sum(_set_back(held, part) for part in undoing.parts)
        connection.check_constraints()  # also those deferred to the commit
        return Batch.objects.create(
            by=by,  # type: ignore[misc]  # whichever user model is set
            what=f"Undo: {held.what}",
            why=why,
            rows=changed,
            context=here(),
            undoes=held,
        )


def check_undo(batch: Batch, *, by: AbstractUser) -> Undoing:
    """What undoing `batch` would set back. Raises what undo() raises, for `by`."""
    if undone := Batch.objects.filter(undoes=batch).select_related("by").first():
        raise ValidationError(
            f"“{batch}” was undone already, by {undone.by} on {undone.at:%Y-%m-%d}."
        )
    tables = models_of(batch)
    check_unchanged(batch, tables)
    return Undoing([_check_part(batch, model, by=by) for model in tables])


def _check_part(batch: Batch, model: type[models.Model], *, by: AbstractUser) -> Part:
    """What undoing would set back in one table. Raises as check_undo."""
    columns = changed_columns(batch, model)
    if len(columns) > 1 and "status" in columns:
        # An edit, which took back reviews. Setting it back is another edit: nobody has
        # checked that, so the rows wait for their review.
        columns.remove("status")
    moves = moves_of(batch, model) if "status" in columns else []
    check_allowed(model, columns, moves, by=by)
    check_public(batch, model, columns, by=by)
    check_by_another(batch, model, moves, by=by)
    retracts = sum(number for *move, number in moves if _made_public(*move))
    return Part(model, columns, retracts)


def _hold_rows(batch: Batch, model: type[models.Model]) -> None:
    """Until the transaction ends nobody else changes them."""
    fetch(
        f"SELECT id FROM {model._meta.db_table} WHERE id IN (SELECT pgh_obj_id FROM"
        f" {history_table(model)} WHERE pgh_context_id = %(context)s)"
        " ORDER BY id FOR UPDATE",
        context=batch.context,
    )


def _made_public(start: str, to: str) -> bool:
    return to in PUBLIC and start not in PUBLIC


def _set_back(batch: Batch, part: Part) -> int:
    """Write the states before; answers how many rows were changed."""
    public = ", ".join(f"'{each}'" for each in PUBLIC)
    restored = {name: f'before."{name}"' for name in part.columns}
    if "status" in restored:
        restored["status"] = (
            f"CASE WHEN after.status IN ({public}) AND before.status NOT IN ({public})"
            f" THEN '{Status.RETRACTED}' ELSE before.status END"
        )
    columns = ", ".join(f'"{name}" = {value}' for name, value in restored.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {part.model._meta.db_table} AS stored SET {columns}"
            f" {pairs_sql(part.model)} AND stored.id = after.pgh_obj_id",
            {"context": batch.context},
        )
        return int(cursor.rowcount)
