"""That every row is what its history says last, whoever wrote it and with what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection

from sources.coders import is_tracked
from sources.models import history_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def untold_changes() -> Iterator[str]:
    """Rows that were changed or deleted with the triggers off. One query a table."""
    for model in apps.get_models():
        if is_tracked(model):
            yield from _untold(model)


def _untold(model: type[Any]) -> Iterator[str]:
    table, history = model._meta.db_table, history_of(model)
    kept = [str(field.column) for field in history._meta.concrete_fields]
    kept = [name for name in kept if not name.startswith("pgh_")]
    now, then = (", ".join(f'{of}."{name}"' for name in kept) for of in "th")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT h.pgh_obj_id, t.id IS NULL FROM (
                SELECT DISTINCT ON (pgh_obj_id) * FROM {history._meta.db_table}
                ORDER BY pgh_obj_id, pgh_id DESC) AS h
            LEFT JOIN {table} t ON t.id = h.pgh_obj_id
            WHERE CASE WHEN t.id IS NULL THEN h.pgh_label <> 'delete'
                       ELSE ({now}) IS DISTINCT FROM ({then}) END
            ORDER BY 1
            """
        )
        for row, is_gone in cursor.fetchall():
            what = "is gone" if is_gone else "is another"
            yield f"{table} {row} {what}, and its history does not say so"
