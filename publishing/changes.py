"""What changed, in the order in which it became public: the log, read from a position.

A position is the id of a version: all up to it was seen. Who renders has a lock from
before the first id is taken until the transaction is committed (publishing.rendering),
so ids become visible in their order: nothing ever appears before a position that was
given out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Max

from publishing.models import Document, Kind

if TYPE_CHECKING:
    from collections.abc import Collection

# So many versions are looked at for one page of one kind, which bounds its cost.
LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """A version, and what it was for those who had the one before."""

    position: int
    kind: Kind
    object_id: int
    slug: str
    version: int
    change: str  # created, changed, merged, retracted, returned
    fields: list[str]  # top-level, of the document; none unless it was changed
    at: dt.datetime
    sha256: str | None
    body: str | None
    into: str | None  # of `merged`: the object that stays, as JSON


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of them; what comes next comes after `position`."""

    found: list[Change]
    position: int
    more: bool  # at this moment


def changes_after(
    position: int, *, limit: int, kinds: Collection[Kind] = (), bodies: bool = False
) -> Changes:
    """The changes after a position, in order: one statement, so one moment.

    With `kinds` a page may be short, or empty, although there are `more`.
    """
    window = max(LOOKED_AT, limit + 1) if kinds else limit + 1
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGES,
            {
                "position": position,
                "kinds": sorted(kinds or Kind),
                "limit": limit,
                "window": window,
                "bodies": bodies,
            },
        )
        rows = cursor.fetchall()
    last, seen, _ = rows[0][:3]
    found = [Change(*row[2:]) for row in rows if row[2] is not None]
    reached = last or position
    if len(found) == limit:
        reached = found[-1].position
    return Changes(found, reached, more=seen == window or reached < (last or 0))


_CHANGES = """
    WITH seen AS MATERIALIZED (
        SELECT id, kind FROM publishing_document
        WHERE id > %(position)s ORDER BY id LIMIT %(window)s
    ), page AS MATERIALIZED (
        SELECT id FROM seen WHERE kind = ANY(%(kinds)s) ORDER BY id LIMIT %(limit)s
    )
    SELECT reached.last, reached.seen,
           now.id, now.kind, now.object_id, now.slug, now.version,
           CASE WHEN now.gone AND now.body <> '' THEN 'merged'
                WHEN now.gone THEN 'retracted' WHEN before.id IS NULL THEN 'created'
                WHEN before.gone THEN 'returned' ELSE 'changed' END,
           coalesce(differing.fields, '{}'),
           now.valid_from,
           CASE WHEN NOT now.gone THEN now.sha256 END,
           CASE WHEN %(bodies)s AND NOT now.gone THEN now.body END,
           CASE WHEN now.gone AND now.body <> ''
                THEN (now.body::json -> 'merged_into')::text END
    FROM (SELECT max(id) AS last, count(*) AS seen FROM seen) AS reached
    LEFT JOIN (page JOIN publishing_document AS now USING (id)) ON true
    LEFT JOIN publishing_document AS before
           ON before.kind = now.kind AND before.object_id = now.object_id
          AND before.version = now.version - 1
    CROSS JOIN LATERAL (
        SELECT CASE WHEN both_are THEN now.body::json END AS new,
               CASE WHEN both_are THEN before.body::json END AS old
        FROM (SELECT NOT now.gone AND NOT before.gone AS both_are) AS there
    ) AS body
    CROSS JOIN LATERAL (
        SELECT array_agg(key ORDER BY key) AS fields
        FROM json_each(body.new) AS new FULL JOIN json_each(body.old) AS old USING (key)
        WHERE new.value::text IS DISTINCT FROM old.value::text
    ) AS differing
    ORDER BY now.id
"""


def newest() -> int:
    """The position of the last change; 0 before the first."""
    return Document.objects.aggregate(last=Max("id"))["last"] or 0


def position_at(moment: dt.datetime) -> int:
    """The position after which is what became public at `moment` or later.

    By halving: times never go back in the log, so its order serves as their index.
    """
    with connection.cursor() as cursor:
        cursor.execute(_POSITION, {"moment": moment})
        return int(cursor.fetchone()[0])


# Up to `low` all is older than the moment, beyond `high` nothing is.
_POSITION = """
    WITH RECURSIVE halving(low, high) AS (
        SELECT 0::bigint, coalesce(max(id), 0) FROM publishing_document
        UNION ALL
        SELECT CASE WHEN older THEN id ELSE low END,
               CASE WHEN older THEN high ELSE (low + high) / 2 END
        FROM halving
        CROSS JOIN LATERAL (
            SELECT id, valid_from < %(moment)s AS older FROM publishing_document
            WHERE id > (low + high) / 2 ORDER BY id LIMIT 1
        ) AS middle
        WHERE low < high
    )
    SELECT low FROM halving WHERE low >= high
"""
