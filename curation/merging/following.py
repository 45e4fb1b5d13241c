"""From a record to the one that it is by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection

from curation.merging.references import KINDS
from curation.models import Merge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

    M = TypeVar("M", bound=Model)


def stays(row: M) -> M:
    """The record that `row` was merged into, at the end of all merges; or itself."""
    model = type(row)
    if model not in KINDS.values():
        return row
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT newsdb_last_{model._meta.model_name}(%s)", [row.pk])
        (last,) = cursor.fetchone()
    return row if last == row.pk else model._default_manager.get(pk=last)


def merged(kind: str) -> QuerySet[Any]:
    """The ids of all actors, events or places that were merged into others."""
    standing = Merge.objects.standing().filter(**{f"{kind}__isnull": False})
    return standing.order_by().values(kind)


def stays_of_keys(kind: str, keys: Iterable[str]) -> list[tuple[str, str]]:
    """Of these keys of actors, events or places those of merged records, each with the
    key of the one that stays. One query.
    """
    table = KINDS[kind]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT merged.slug, stays.slug
            FROM curation_merge m
            JOIN {table} merged ON merged.id = m.{kind}_id
            JOIN {table} stays ON stays.id = newsdb_last_{kind}(m.{kind}_id)
            WHERE m.undone_at IS NULL AND merged.slug = ANY(%s)
            """,
            [list(keys)],
        )
        return list(cursor.fetchall())
