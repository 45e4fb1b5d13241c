"""Rows into tables: only what is new or different is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import PROTECT, QuerySet

from curation.existing import Existing, written_by_files
from curation.rows import Row
from curation.summary import CHANGED, LEFT, NEW, SAME, WITHDRAWN, Summary
from curation.tables import Key, Model, Table
from sources.models import Status

BATCH = 1000  # rows per statement
_GONE = {Status.REJECTED, Status.RETRACTED}


def reserve(model: Model, names: Iterable[Key]) -> dict[Key, int]:
    """Primary keys for new rows, so that they can refer to each other unwritten."""
    names = list(names)
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            [model._meta.db_table, len(names)],
        )
        return dict(zip(names, (pk for (pk,) in cursor.fetchall()), strict=True))


def write(table: Table, rows: list[Row], existing: Existing, summary: Summary) -> None:
    """Add the rows that are new, update those that differ."""
    have = existing.rows.get(table.model, {})
    new: list[Any] = []
    different: list[Any] = []
    columns: set[str] = set()
    for row in rows:
        instance = have.get(row.key)
        if instance is None:
            new.append(_instance(table, row))
            summary.note(table.name, NEW, row.label)
        elif changes := _apply(instance, row):
            different.append(instance)
            columns |= set(changes)
            summary.note(table.name, CHANGED, row.label, ", ".join(changes.values()))
        else:
            summary.note(table.name, SAME)
    objects = table.model._default_manager
    objects.bulk_create(new, batch_size=BATCH)
    if different:
        objects.bulk_update(different, sorted(columns), batch_size=BATCH)


def _instance(table: Table, row: Row) -> Any:
    values = dict(zip(table.key, row.key, strict=True)) | row.values
    return table.model(pk=row.pk, **values)


def _apply(instance: Any, row: Row) -> dict[str, str]:
    """Set the columns that differ. Column → what changes, in words."""
    changes = {}
    for column, wanted in row.values.items():
        before = getattr(instance, column)
        if before != wanted:
            changes[column] = f"{column} {_shown(before)} → {_shown(wanted)}"
            setattr(instance, column, wanted)
    # bulk_update wants the names of fields, not of columns.
    names = {f.attname: f.name for f in instance._meta.concrete_fields}
    return {names[column]: told for column, told in changes.items()}


def _shown(value: Any) -> str:
    text = "null" if value is None or value == "" else str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def withdraw(
    table: Table, rows: list[Row], existing: Existing, summary: Summary
) -> None:
    """Take away the rows that files once wrote and no longer have.

    Published ones are retracted. Others are deleted, or rejected where something
    else still refers to them; rows without a status are always deleted. What
    somebody else added beside the files is left.
    """
    wanted = {row.key for row in rows}
    owned = existing.owned.get(table.model, set())
    left = {
        row.pk: row
        for key, row in existing.rows.get(table.model, {}).items()
        if row.pk in owned and key not in wanted and not _is_gone(table, row)
    }
    of_files = written_by_files(table.model, left)
    for pk, row in left.items():
        what = WITHDRAWN if pk in of_files else LEFT
        summary.note(table.name, what, _label(table, row, existing))
    _take_away(table, {pk: row for pk, row in left.items() if pk in of_files})


def _take_away(table: Table, left: dict[int, Any]) -> None:
    if not left:
        return
    if table.curated:
        public = [pk for pk, row in left.items() if row.status == Status.PUBLISHED]
        others = left.keys() - set(public)
        needed = _needed(table.model, others)
        _move(table.model, public, Status.RETRACTED)
        _move(table.model, needed, Status.REJECTED)
        _rows(table.model, others - needed).delete()
    else:
        _rows(table.model, left.keys()).delete()


def _label(table: Table, row: Any, existing: Existing) -> str:
    """What names the row, without asking the database again."""
    words = []
    for name in table.key:
        value = getattr(row, name)
        column = row._meta.get_field(name.removesuffix("_id"))
        other = existing.by_pk(column.related_model).get(value)
        words.append(getattr(other, "slug", None) or str(value))
    quote = getattr(row, "quote", "")
    return " ".join(words) + (f" “{_shown(quote)}”" if quote else "")


def _is_gone(table: Table, row: Any) -> bool:
    return table.curated and row.status in _GONE


def _rows(model: Model, pks: Iterable[int]) -> QuerySet[Any]:
    return model._default_manager.filter(pk__in=list(pks))


def _move(model: Model, pks: Iterable[int], status: Status) -> None:
    pks = list(pks)
    if pks:
        _rows(model, pks).update(status=status)


def _needed(model: Model, pks: Iterable[int]) -> set[int]:
    """Those that other rows refer to and may not lose: one query per such relation."""
    pks = list(pks)
    needed: set[int] = set()
    for relation in model._meta.related_objects:
        if pks and relation.on_delete is PROTECT:
            name = relation.field.attname
            referring = relation.related_model._base_manager.filter(
                **{f"{name}__in": pks}
            )
            needed |= set(referring.values_list(name, flat=True))
    return needed
