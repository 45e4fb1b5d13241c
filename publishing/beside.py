"""What stands beside the documents, written set-wise together with them.

Each table has one definition, a SELECT over the log: it fills the table when documents
are rendered, and `verify` compares the table with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from publishing.facets import FOLDED
from publishing.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

# Facets with a few objects each: what asks for one is found through the log's own
# index, and no place is spent on postings.
UNPOSTED = frozenset(
    {"claim", "article", "event", "relation", "identifier", "alias", "name", "slug"}
)
DEGREE_M = 111_195  # of latitude; of longitude at the equator
CURRENT = "d.valid_to IS NULL AND NOT d.gone"


@dataclass(frozen=True, slots=True)
class Beside:
    """A table, its columns, and the SELECT that fills it from `publishing_document d`.

    In the SELECT `{which}` stands for the condition that picks the documents.
    """

    table: str
    columns: str
    select: str
    of: str = "NOT d.gone"


def _posted() -> str:
    left_out = ", ".join(f"'{facet}'" for facet in sorted(UNPOSTED))
    return f"""
        SELECT d.id, d.kind || ':' || t.token, d.object_id, d.date_earliest,
               d.date_latest
        FROM publishing_document d CROSS JOIN LATERAL unnest(array_append(d.facets, ''))
             AS t(token)
        WHERE {{which}} AND split_part(t.token, ':', 1) <> ALL (ARRAY[{left_out}])
    """


_MAGNITUDES = """
    SELECT d.id, e.value->>'measure', (e.value->>'low')::bigint,
           (e.value->>'high')::bigint
    FROM publishing_document d
    CROSS JOIN LATERAL jsonb_path_query(d.body::jsonb, '$.estimates[*]') e(value)
    WHERE {which} AND d.kind = 'event'
      AND coalesce(e.value->>'group', 'all') = 'all'
    UNION ALL
    SELECT d.id, 'origins', most.origins, most.origins
    FROM publishing_document d
    CROSS JOIN LATERAL (
        SELECT max(origins.value::bigint) AS origins
        FROM jsonb_path_query(d.body::jsonb, '$.estimates[*].origins') origins(value)
    ) AS most
    WHERE {which} AND d.kind = 'event' AND most.origins IS NOT NULL
    UNION ALL
    SELECT d.id, 'hearsay', chain.length, chain.length
    FROM publishing_document d
    CROSS JOIN LATERAL (
        SELECT jsonb_array_length(d.body::jsonb -> 'attributed_to') AS length
    ) AS chain
    WHERE {which} AND d.kind = 'claim'
"""

_AREAS = f"""
    SELECT d.id, p.latitude, p.longitude, p.radius_m,
           p.latitude - p.high, p.longitude - p.wide,
           p.latitude + p.high, p.longitude + p.wide
    FROM publishing_document d
    CROSS JOIN LATERAL (
        SELECT (at->>'latitude')::float8 AS latitude,
               (at->>'longitude')::float8 AS longitude,
               (at->>'radius_m')::bigint AS radius_m
        FROM (SELECT CASE d.kind WHEN 'event' THEN d.body::jsonb->'place'
                     ELSE d.body::jsonb END AS at) AS found
    ) AS o
    CROSS JOIN LATERAL (
        SELECT o.*, o.radius_m / {DEGREE_M}.0 AS high,
               publishing_degrees_wide(o.latitude, o.radius_m / 1000.0) AS wide
    ) AS p
    WHERE {{which}} AND d.kind IN ('event', 'place') AND p.radius_m IS NOT NULL
"""


def _names() -> str:
    parts = []
    for kind, facets in FOLDED.items():
        for paths in facets.values():
            listed = ", ".join(f"'{path}'::jsonpath" for path in paths)
            parts.append(f"""
                SELECT DISTINCT d.id, d.kind,
                    publishing_name_form(n.value #>> '{{{{}}}}')
                FROM publishing_document d CROSS JOIN unnest(ARRAY[{listed}]) p(path)
                CROSS JOIN LATERAL jsonb_path_query(d.body::jsonb, p.path) n(value)
                WHERE {{which}} AND d.kind = '{kind.value}'
            """)
    return " UNION ALL ".join(parts)


POSTINGS = Beside(
    "publishing_posting",
    "document_id, token, object_id, date_earliest, date_latest",
    _posted(),
    CURRENT,
)
EVERY_VERSION = (
    Beside("publishing_magnitude", "document_id, name, low, high", _MAGNITUDES),
    Beside(
        "publishing_area",
        "document_id, latitude, longitude, radius_m, south, west, north, east",
        _AREAS,
    ),
    Beside("publishing_nameform", "document_id, kind, folded", _names()),
)
TABLES = (POSTINGS, *EVERY_VERSION)


def write_beside(cursor: Any, kind: Kind, changed: str) -> None:
    """Bring what stands beside documents in step with them.

    `changed` is a SELECT of the ids of the objects whose documents are new.
    """
    chosen = f"d.kind = %(kind)s AND d.object_id IN ({changed})"
    values = {"kind": kind.value}
    cursor.execute(
        f"""
        DELETE FROM publishing_posting WHERE document_id IN (
            SELECT d.id FROM publishing_document d
            WHERE {chosen} AND d.valid_to IS NOT NULL
        )
        """,
        values,
    )
    for each in TABLES:
        which = f"{chosen} AND {CURRENT}"
        cursor.execute(
            f"INSERT INTO {each.table} ({each.columns})"
            f" {each.select.format(which=which)} ON CONFLICT DO NOTHING",
            values,
        )


def fill_all() -> None:
    """Fill the tables from the whole log, as after a repair."""
    with connection.cursor() as cursor:
        for each in TABLES:
            cursor.execute(f"DELETE FROM {each.table}")
            cursor.execute(
                f"INSERT INTO {each.table} ({each.columns})"
                f" {each.select.format(which=each.of)}"
            )


def differences() -> Iterator[str]:
    """Rows that are missing beside a document, or that its body does not give."""
    for each in TABLES:
        wanted = each.select.format(which=each.of)
        stored = f"SELECT {each.columns} FROM {each.table}"
        for what, has, lacks in (
            ("is missing", wanted, stored),
            ("is not what the document says", stored, wanted),
        ):
            with connection.cursor() as cursor:
                cursor.execute(f"({has}) EXCEPT ({lacks}) LIMIT 100")
                for row in cursor.fetchall():
                    named = ", ".join(str(value) for value in row[1:])
                    yield f"{each.table}, document {row[0]}: {named} {what}"
