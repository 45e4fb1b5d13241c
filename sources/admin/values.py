"""Filters that offer what a column holds, without reading the table for it.

The stock one asks for the distinct values of all rows, which of a hundred thousand
articles takes as long as the rest of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import AllValuesFieldListFilter
from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Field, QuerySet

NEWEST = 10_000  # rows


class IndexedValuesFilter(AllValuesFieldListFilter):
    """Offers all values of a column that has an index, and only what is not null."""

    lookup_choices: Any

    def __init__(self, field: Field[Any, Any], *place: Any, **path: Any) -> None:
        super().__init__(field, *place, **path)
        self.lookup_choices = _values_of(field)


class NewestValuesFilter(AllValuesFieldListFilter):
    """Offers the values that the NEWEST rows have, and says so."""

    lookup_choices: Any

    def __init__(self, field: Field[Any, Any], *place: Any, **path: Any) -> None:
        super().__init__(field, *place, **path)
        self.title = f"{self.title}, of the newest {NEWEST:,}"
        newest = _newest(field.model._default_manager.order_by())
        self.lookup_choices = sorted(set(newest.values_list(field.name, flat=True)))


def _values_of(field: Field[Any, Any]) -> list[Any]:
    """Each value of the column: the least, then the least above it, by its index."""
    table = connection.ops.quote_name(field.model._meta.db_table)
    column = connection.ops.quote_name(str(field.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE found AS (
                SELECT min({column}) AS value FROM {table}
                UNION ALL
                SELECT (SELECT min({column}) FROM {table} WHERE {column} > found.value)
                FROM found WHERE found.value IS NOT NULL
            )
            SELECT value FROM found WHERE value IS NOT NULL
            """
        )
        return [value for (value,) in cursor.fetchall()]


def _newest(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with the greatest keys, by that index."""
    keys = rows.order_by("-pk").values_list("pk", flat=True)
    least = list(keys[NEWEST - 1 : NEWEST])
    return (rows.filter(pk__gte=least[0]) if least else rows).distinct()
