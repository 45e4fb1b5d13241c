"""What a batch found and what it left, read from the history of the rows.

All that one transaction wrote carries the same context, in however many tables. What a
batch left of a row is the last state with that context; what stood before, the last one
without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from curation.models import Batch
from sources.models import history_of, history_table

if TYPE_CHECKING:
    from uuid import UUID

    from django.db import models


def models_of(batch: Batch) -> list[type[models.Model]]:
    """The tables whose rows the batch changed, in one order for all. One query.

    Raises ValidationError when its history stands in no table, or when it did more in
    several than change rows.
    """
    tracked = [model for model in apps.get_models() if hasattr(model, "history")]
    asked = [
        f"SELECT {number}, bool_and(pgh_label = 'update') FROM {history_table(model)}"
        " WHERE pgh_context_id = %(context)s HAVING count(*) > 0"
        for number, model in enumerate(tracked)
    ]
    rows = fetch(" UNION ALL ".join(asked), context=batch.context)
    found = {tracked[number]: only_changed for number, only_changed in rows}
    if not found or (len(found) > 1 and not all(found.values())):
        names = ", ".join(str(each._meta.verbose_name_plural) for each in found)
        did = f"adds or removes some of its {names}" if found else "is in no history"
        raise ValidationError(
            f"What “{batch}” changed {did}: set its rows back by hand, from their own "
            "histories."
        )
    return sorted(found, key=lambda model: model._meta.db_table)


def changed_rows(
    batch: Batch, model: type[models.Model], *, start: int, most: int
) -> list[tuple[Any, Any]]:
    """States of rows before and after the batch, as their history has them.

    In the order of their ids, `most` of them from the `start`-th on. Two queries.
    """
    pairs = fetch(
        f"SELECT before.pgh_id, after.pgh_id {pairs_sql(model)}"
        " ORDER BY after.pgh_obj_id LIMIT %(most)s OFFSET %(start)s",
        context=batch.context,
        most=most,
        start=start,
    )
    history = history_of(model)
    states = history.objects.in_bulk([pk for pair in pairs for pk in pair])
    return [(states[before], states[after]) for before, after in pairs]


def changed_number(batch: Batch, model: type[models.Model]) -> int:
    """How many rows of one table it changed."""
    ((number,),) = fetch(f"SELECT count(*) {pairs_sql(model)}", context=batch.context)
    return int(number)


def changed_columns(batch: Batch, model: type[models.Model]) -> list[str]:
    """In which columns the batch left any row other than it was."""
    columns = _kept_columns(model)
    differs = ", ".join(
        f"bool_or(before.{c} IS DISTINCT FROM after.{c})" for c in columns
    )
    (found,) = fetch(f"SELECT {differs} {pairs_sql(model)}", context=batch.context)
    changed = [column for column, is_so in zip(columns, found, strict=True) if is_so]
    if not changed:
        raise ValidationError(
            f"The history does not say what stood before “{batch}”: set its rows back "
            "by hand."
        )
    return [column.strip('"') for column in changed]


def moves_of(batch: Batch, model: type[models.Model]) -> list[tuple[Any, ...]]:
    """From which state to which the batch took how many rows."""
    return fetch(
        f"SELECT before.status, after.status, count(*) {pairs_sql(model)}"
        " AND before.status <> after.status GROUP BY 1, 2 ORDER BY 1, 2",
        context=batch.context,
    )


def pairs_sql(model: type[models.Model]) -> str:
    """SQL: the states `before` and `after` the batch of %(context)s, row by row."""
    return f"""
        FROM {history_table(model)} AS after
        CROSS JOIN LATERAL (
            SELECT * FROM {history_table(model)} AS earlier
            WHERE earlier.pgh_obj_id = after.pgh_obj_id
              AND earlier.pgh_id < after.pgh_id
              AND earlier.pgh_context_id IS DISTINCT FROM after.pgh_context_id
            ORDER BY earlier.pgh_id DESC LIMIT 1
        ) AS before
        WHERE after.pgh_context_id = %(context)s AND after.pgh_label = 'update'
          AND NOT EXISTS (
            SELECT FROM {history_table(model)} AS newer
            WHERE newer.pgh_obj_id = after.pgh_obj_id
              AND newer.pgh_id > after.pgh_id
              AND newer.pgh_context_id = after.pgh_context_id
          )
    """


def _kept_columns(model: type[models.Model]) -> list[str]:
    """The columns that the history of `model` keeps, quoted for SQL."""
    history = history_of(model)
    kept = {each.column for each in history._meta.fields}
    return [
        f'"{each.column}"'
        for each in model._meta.concrete_fields
        if each.column in kept and not each.primary_key and not each.generated
    ]


def here() -> UUID:
    """The context of the history that this transaction writes under."""
    ((context,),) = fetch("SELECT current_setting('pghistory.context_id')::uuid")
    return context  # type: ignore[no-any-return]


def fetch(query: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
