"""Merging: one record into another of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from curation.merging.naming import give_name
from curation.merging.permissions import may_merge, verb_of
from curation.merging.plans import plan
from curation.merging.working import worked_out
from curation.models import Merge, MergeMove
from sources.models import Status
from sources.refusals import refusing
from sources.services import recorded, take_back

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def merge(*, loser: Any, into: Any, by: AbstractUser, why: str) -> Merge:
    """Merge the record `loser` into `into`: two actors, two events or two places.

    Both are kept. What names `loser` names `into` from now on, but for what it has
    already; the name of `loser` becomes one of its names. `loser` is withdrawn, and its
    public address leads to `into`. Atomic; undone by `unmerge`.

    Raises ValidationError that says what forbids it, PermissionDenied when `by` may not
    (see MAY_MERGE).
    """
    if not why.strip():
        raise ValidationError("Say why they are one and the same.")
    with recorded(by=by, why=why), refusing():
        loser, into = held(loser), held(into)
        if problems := plan(loser, into).problems:
            raise ValidationError(problems)
        if not may_merge(by, loser, into):
            verb = verb_of(loser.status, into.status)
            raise PermissionDenied(
                f"{by} may not merge “{loser}” into “{into}”: it takes the permission "
                f"to {verb} such records."
            )
        return carry_out(loser, into, by=by, why=why)


def carry_out(loser: Any, into: Any, *, by: AbstractUser, why: str) -> Merge:
    """What `merge` does when all is asked: for it, and for who tries it out."""
    done = _record(loser, into, by=by, why=why)
    _move_all(done, loser, into)
    take_back(into)  # what was checked of it is no longer all that it says
    connection.check_constraints()  # also those deferred to the commit
    return done


def held(row: Any) -> Any:
    """The record as it stands now, held: nothing new refers to it meanwhile."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(f"“{row}” was deleted meanwhile: there is nothing left.")
    return found


def _record(loser: Any, into: Any, *, by: AbstractUser, why: str) -> Merge:
    kind = str(loser._meta.model_name)
    return Merge.objects.create(
        **{kind: loser, f"{kind}_into": into},
        by=by,  # type: ignore[misc]  # whichever user model is set
        why=why,
    )


def _move_all(done: Merge, loser: Any, into: Any) -> None:
    """Everything that moves, with what was there before."""
    name = give_name(loser, into)
    work = worked_out(loser, into, name=name.rows[0] if name else None)
    withdrawn = _withdrawal(loser)
    for move in [*work.moves, withdrawn]:
        if change(move, move.before, move.after) != len(move.rows):
            raise ValidationError(
                "Somebody is changing what would move at this very moment: look at the "
                "plan again."
            )
    moves = [name, *work.moves, withdrawn] if name else [*work.moves, withdrawn]
    for move in moves:
        move.merge = done
    MergeMove.objects.bulk_create(moves)


def _withdrawal(loser: Any) -> MergeMove:
    public = loser.status == Status.PUBLISHED
    return MergeMove(
        model=loser._meta.label,
        before={"status": loser.status},
        after={"status": Status.RETRACTED if public else Status.REJECTED},
        rows=[loser.pk],
    )


def change(move: MergeMove, now: dict[str, Any], then: dict[str, Any]) -> int:
    """Set the columns of the rows of `move`, where they are as in `now`; how many."""
    table = apps.get_model(move.model)._meta.db_table
    columns = ", ".join(f'"{column}" = %s' for column in then)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {columns} WHERE id = ANY(%s) AND {is_so(now)}",
            [*then.values(), move.rows, *now.values()],
        )
        return int(cursor.rowcount)


def is_so(values: dict[str, Any]) -> str:
    """SQL: the columns have these values, which are its parameters in their order."""
    return " AND ".join(f'"{column}" IS NOT DISTINCT FROM %s' for column in values)
