"""Who coded a row: read from its history, and from that of its parts.

A row's coding is theirs who set it coded, who changed what it says since, and who was
the last person to change it before. What a row says are its columns but the state,
and its parts: tracked rows without a state of their own that go with it (a claim's
evidence). A program that writes without a user is nobody.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import CASCADE, ForeignKey

from sources.models import Curated, Status, history_of, history_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.db.models import Model


class Coder(NamedTuple):
    """A person, by the name that the history keeps."""

    user: int
    name: str


def coders_of(
    model: type[Curated], keys: Collection[int]
) -> dict[int, tuple[Coder, ...]]:
    """By key, the persons whose coding the row is; rows of nobody's are left out.

    One query, however many rows.
    """
    if not keys or not is_tracked(model):
        return {}
    wanted = "SELECT unnest(%s::bigint[]), 'infinity'::timestamptz, NULL::bigint"
    found: dict[int, tuple[Coder, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(coders_sql(model, wanted), [list(keys)])
        for row, user, name in cursor.fetchall():
            found[row] = (*found.get(row, ()), Coder(user, name))
    return found


def reviewed_by_coder(model: type[Curated]) -> Iterator[str]:
    """Rows that stand on a review by one who coded them, a sentence each.

    That is what sources.services.BY_ANOTHER refuses, whoever wrote past it.
    """
    if not is_tracked(model):
        return
    with connection.cursor() as cursor:
        cursor.execute(_reviews_sql(model))
        reviews = {row[0]: row[1:] for row in cursor.fetchall()}
        if not reviews:
            return
        wanted = "SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[])"
        times, states, _ = map(list, zip(*reviews.values(), strict=True))
        cursor.execute(coders_sql(model, wanted), [list(reviews), times, states])
        for row, person, name in cursor.fetchall():
            if reviews[row][2] == person:
                yield f"{model._meta.db_table} {row} was reviewed by {name}, its coder"


def _reviews_sql(model: type[Curated]) -> str:
    """SQL of the reviews that rows now stand on: row, time, state, person."""
    history = history_table(model)
    by_a_person = f"""
        SELECT h.pgh_obj_id FROM {history} h
        JOIN pghistory_context c ON c.id = h.pgh_context_id
        WHERE h.status = '{Status.REVIEWED}' AND c.metadata->>'user' IS NOT NULL
    """
    return f"""
        SELECT DISTINCT ON (s.row) s.row, s.at, s.state,
               (c.metadata->>'user')::bigint
        FROM (SELECT h.pgh_obj_id AS row, h.pgh_created_at AS at, h.pgh_id AS state,
                     h.pgh_context_id AS context, h.status,
                     lag(h.status) OVER (PARTITION BY h.pgh_obj_id ORDER BY h.pgh_id)
                         AS before
              FROM {history} h WHERE h.pgh_obj_id IN ({by_a_person})) AS s
        JOIN {model._meta.db_table} t ON t.id = s.row
         AND t.status IN ('{Status.REVIEWED}', '{Status.PUBLISHED}')
        LEFT JOIN pghistory_context c ON c.id = s.context
        WHERE s.status = '{Status.REVIEWED}' AND s.before = '{Status.CODED}'
        ORDER BY s.row, s.state DESC
    """


def is_tracked(model: type[Model]) -> bool:
    """Whether the states of its rows are kept."""
    return hasattr(model, "history")


@cache
def parts_of(
    model: type[Model],
) -> tuple[tuple[type[Model], ForeignKey[Any, Any]], ...]:
    """The tables whose rows say something of a row of `model`, and by which column.

    They go with it and have no state of their own.
    """
    return tuple(
        (part, field)
        for part in apps.get_models()
        if not issubclass(part, Curated) and not hasattr(part, "pgh_tracked_model")
        for field in _owners(part)
        if field.related_model is model
    )


def _owners(part: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    """The columns that name the curated rows with which a part goes."""
    for field in part._meta.concrete_fields:
        if (
            isinstance(field, ForeignKey)
            and field.remote_field.on_delete is CASCADE
            and issubclass(field.related_model, Curated)
        ):
            yield field


def owners_of(part: type[Model]) -> tuple[ForeignKey[Any, Any], ...]:
    """The columns that name what a row of `part` says something of."""
    return () if issubclass(part, Curated) else tuple(_owners(part))


def coders_sql(model: type[Curated], wanted: str) -> str:
    """SQL of a SELECT of row, user, name: whose coding the rows were at a time.

    `wanted` is a SELECT of the row's id, that time, and the last state in the row's
    history that counts (null: all).
    """
    history = history_table(model)
    kept = ", ".join(f"'{name}'" for name in _not_content(model))
    return f"""
        WITH wanted(row, at, state) AS ({wanted}),
        states AS (
            SELECT w.row, h.pgh_id, h.pgh_created_at AS at, h.pgh_context_id AS context,
                   h.status, lag(h.status) OVER one AS before,
                   to_jsonb(h) - ARRAY[{kept}] IS DISTINCT FROM
                   lag(to_jsonb(h) - ARRAY[{kept}]) OVER one AS says_anew
            FROM wanted w JOIN {history} h ON h.pgh_obj_id = w.row
             AND (w.state IS NULL OR h.pgh_id <= w.state)
            WINDOW one AS (PARTITION BY w.row ORDER BY h.pgh_id)
        ),
        coded AS (
            SELECT DISTINCT ON (row) row, at, context FROM states
            WHERE status = '{Status.CODED}'
              AND coalesce(before, '{Status.DRAFT}') = '{Status.DRAFT}'
            ORDER BY row, pgh_id DESC
        ),
        changes AS (
            SELECT row, at, context FROM states WHERE says_anew
            {"".join(_changes_of_parts(model))}
        ),
        by_persons AS (
            SELECT row, at, (c.metadata->>'user')::bigint AS person,
                   c.metadata->>'by' AS name
            FROM changes JOIN pghistory_context c ON c.id = context
            WHERE c.metadata->>'user' IS NOT NULL
        ),
        last AS (SELECT row, max(at) AS at FROM by_persons GROUP BY row)
        SELECT row, person, min(name) FROM (
            SELECT b.row, b.person, b.name FROM by_persons b JOIN last USING (row)
            LEFT JOIN coded ON coded.row = b.row
            WHERE b.at = last.at OR b.at >= coded.at
            UNION ALL
            SELECT coded.row, (c.metadata->>'user')::bigint, c.metadata->>'by'
            FROM coded JOIN pghistory_context c ON c.id = coded.context
            WHERE c.metadata->>'user' IS NOT NULL
        ) AS coder(row, person, name)
        GROUP BY row, person ORDER BY row, 3
    """


def _changes_of_parts(model: type[Curated]) -> Iterator[str]:
    for part, field in parts_of(model):
        if is_tracked(part):
            yield f"""
            UNION ALL
            SELECT w.row, h.pgh_created_at, h.pgh_context_id
            FROM wanted w JOIN {history_table(part)} h ON h.{field.column} = w.row
             AND h.pgh_created_at <= w.at"""


def _not_content(model: type[Curated]) -> list[str]:
    """Columns of the history that say nothing of the row."""
    history = history_of(model)
    columns = (field.column for field in history._meta.concrete_fields)
    return ["status", *(name for name in columns if name.startswith("pgh_"))]
