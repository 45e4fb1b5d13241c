"""Whether a batch may be undone, by whom, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError

from curation.bulk.states import fetch, pairs_sql
from curation.models import Batch
from sources.models import Curated, Status, history_of, history_table
from sources.services import BY_ANOTHER, TRANSITIONS, own_coding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.contrib.auth.models import AbstractUser
    from django.db import models

PUBLIC = (Status.PUBLISHED, Status.RETRACTED)
_NAMED = 10  # rows that a refusal names


def check_unchanged(batch: Batch, tables: Collection[type[models.Model]]) -> None:
    """Raise ValidationError that names the rows which were changed since."""
    problems = [words for model in tables for words in _changed_since(batch, model)]
    if problems:
        raise ValidationError(
            [
                *problems,
                "Nothing is undone: set those rows back first, or the others by hand.",
            ]
        )


def _changed_since(batch: Batch, model: type[models.Model]) -> list[str]:
    """The rows of one table that were changed since, in words."""
    later = fetch(
        f"""
        SELECT after.pgh_obj_id, max(later.pgh_id)
        FROM {history_table(model)} AS after
        JOIN {history_table(model)} AS later
          ON later.pgh_obj_id = after.pgh_obj_id AND later.pgh_id > after.pgh_id
         AND later.pgh_context_id IS DISTINCT FROM after.pgh_context_id
        WHERE after.pgh_context_id = %(context)s
        GROUP BY after.pgh_obj_id ORDER BY after.pgh_obj_id
        """,
        context=batch.context,
    )
    if not later:
        return []
    named = dict(later[:_NAMED])
    history = history_of(model)
    states = history.objects.select_related("pgh_context").in_bulk(named.values())
    rows = model._default_manager.in_bulk(list(named))
    problems = [told(rows.get(pk), states[state]) for pk, state in named.items()]
    if more := len(later) - len(named):
        problems.append(f"… and {more:,} more rows were changed since.")
    return problems


def told(row: models.Model | None, state: Any) -> str:
    """What became of one row since, and by whom."""
    known = state.pgh_context.metadata if state.pgh_context else {}
    who = known.get("by") or "a direct write to the database"
    why = f" ({known['why']})" if known.get("why") else ""
    if row is None:
        return f"A row that it changed was removed since by {who}{why}."
    status = getattr(row, "status", "")
    public = f"; it is {status} now" if status in PUBLIC else ""
    return f"“{row}” was changed since by {who}{why}{public}."


def check_allowed(
    model: type[models.Model],
    columns: Collection[str],
    moves: Iterable[tuple[Any, ...]],
    *,
    by: AbstractUser,
) -> None:
    """Raise PermissionDenied unless `by` may make what is to be undone."""
    needed = {f"sources.{_verb(start, to)}" for start, to, _ in moves}
    if set(columns) - {"status"}:
        needed.add(f"{model._meta.app_label}.change_{model._meta.model_name}")
    for permission in sorted(needed):
        if not by.has_perm(permission):
            verb = permission.partition(".")[2].replace("_", " ")
            raise PermissionDenied(
                f"{by} may not undo this: it takes the permission to {verb} such rows."
            )


def check_public(
    batch: Batch,
    model: type[models.Model],
    columns: Collection[str],
    *,
    by: AbstractUser,
) -> None:
    """Raise PermissionDenied where `by` may not change what is public now."""
    if not set(columns) - {"status"} or by.has_perm("sources.publish"):
        return
    if fetch(
        f"SELECT 1 {pairs_sql(model)} AND after.status = '{Status.PUBLISHED}' LIMIT 1",
        context=batch.context,
    ):
        raise PermissionDenied(
            f"{by} may not undo this: some of the rows are published, and only those "
            "who may publish change what is public."
        )


def check_by_another(
    batch: Batch,
    model: type[models.Model],
    moves: Iterable[tuple[Any, ...]],
    *,
    by: AbstractUser,
) -> None:
    """Raise ValidationError where `by` would mark their own coding as reviewed."""
    ways = {(Status(start), Status(to)) for start, to, _ in moves}
    if not any((to, start) in BY_ANOTHER for start, to in ways):
        return
    back = " OR ".join(
        f"before.status = '{to}' AND after.status = '{start}'"
        for start, to in sorted(BY_ANOTHER)
    )
    rows = fetch(
        f"SELECT after.pgh_obj_id {pairs_sql(model)} AND ({back})",
        context=batch.context,
    )
    if issubclass(model, Curated) and own_coding(by, model, [pk for (pk,) in rows]):
        raise ValidationError(
            "Undone, some rows would be reviewed again that are your own coding: ask "
            "another reviewer to undo it."
        )


def _verb(start: str, to: str) -> str:
    """What moves a row so, or back again; an undo goes ways that nothing else goes."""
    there, back = (Status(start), Status(to)), (Status(to), Status(start))
    return TRANSITIONS.get(there) or TRANSITIONS.get(back) or "publish"
