"""Whole results at constant memory: rows leave while PostgreSQL still reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from publishing.api.formats.columns import chosen_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publishing.api.selection import Selection

# Rows that PostgreSQL hands over at once, and bytes that leave at once.
ROWS = 200
BYTES = 64 * 1024


def bodies(selection: Selection) -> Iterator[str]:
    """Every document asked for as JSON text, in order."""
    sql, parameters = _statement(selection, "body")
    shape = selection.shape
    with connection.cursor() as cursor:
        rows = cursor.stream(sql, parameters, size=ROWS)
        for (body,) in rows:
            yield shape(body) if shape else body


def table(selection: Selection) -> Iterator[bytes]:
    """Every document asked for as a row of CSV, which PostgreSQL writes.

    `fields` and `omit` choose columns.
    """
    asked = selection.request.GET
    columns = chosen_columns(
        selection.kind,
        fields=[name for name in asked.get("fields", "").split(",") if name],
        omit=[name for name in asked.get("omit", "").split(",") if name],
    )
    named = ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())
    chosen, parameters = _statement(selection, "body")
    # OFFSET 0: a body is parsed once, not once for each column.
    sql = (
        f"COPY (SELECT {named} FROM ({chosen}) AS chosen(body) CROSS JOIN LATERAL"
        " (SELECT body::jsonb OFFSET 0) AS parsed(b))"
        " TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')"
    )
    with connection.cursor() as cursor:
        statement = cursor.mogrify(sql, parameters)
        with cursor.copy(statement) as copy:
            yield from gathered(bytes(block) for block in copy)


def gathered(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer, larger blocks."""
    waiting = bytearray()
    for block in blocks:
        waiting += block
        if len(waiting) >= BYTES:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def _statement(selection: Selection, *columns: str) -> tuple[str, tuple[Any, ...]]:
    """The documents asked for, cut where the request sets a limit."""
    documents = selection.documents.values_list(*columns)
    if limit := selection.request.GET.get("limit"):
        documents = documents[: int(limit)]
    sql, parameters = documents.query.sql_with_params()
    return sql, tuple(parameters)
