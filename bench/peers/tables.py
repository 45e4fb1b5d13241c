"""The events of bench.documents in tables as a plain project would have them.

In PostgreSQL for the peers that read it, and from there in SQLite for Datasette.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.db import connection

from bench.documents import CHOSEN, QUOTE

# Table → its columns and the rows of it.
TABLES = {
    "actor": (
        "id bigint PRIMARY KEY, slug text, name text, kind text",
        (
            "SELECT n, 'actor-' || n, 'Actor ' || n, 'armed_group'"
            " FROM generate_series(1, 2000) n"
        ),
    ),
    "place": (
        (
            "id bigint PRIMARY KEY, slug text, name text, country text,"
            " latitude float8, longitude float8, radius_m bigint"
        ),
        (
            "SELECT n, 'place-' || n, 'Place ' || n, 'AFG', n * 0.1, n * 0.2, 5000"
            " FROM generate_series(1, 500) n"
        ),
    ),
    "article": (
        "id bigint PRIMARY KEY, sha256 text, title text, outlet text",
        (
            "SELECT n, encode(sha256(n::text::bytea), 'hex'), 'Report ' || n, 'Outlet'"
            " FROM generate_series(%(first)s, %(last)s) n"
        ),
    ),
    "event": (
        (
            "id bigint PRIMARY KEY, slug text, title text, summary text, type text,"
            " mode text, modality text, date_earliest date, date_latest date,"
            " date_precision text, date_basis text, place_id bigint,"
            " place_precision text,"
            " article_id bigint"
        ),
        (
            "SELECT n, 'event-' || n, 'Attack number ' || n, null, 'ASSAULT', null,"
            " 'occurred', day, day, 'day', 'stated', place, 'city', n"
            f" {CHOSEN}"
        ),
    ),
    "participation": (
        "id bigint PRIMARY KEY, event_id bigint, actor_id bigint, role text",
        (
            "SELECT 2 * n + side, n, CASE side WHEN 0 THEN one ELSE other END,"
            " (ARRAY['perpetrator', 'victim'])[1 + side]"
            f" {CHOSEN} CROSS JOIN generate_series(0, 1) side"
        ),
    ),
    "claim": (
        (
            "id bigint PRIMARY KEY, event_id bigint, slug text, measure text,"
            ' "group" text, low bigint, high bigint, quantifier text, start int,'
            ' "end" int, quote text'
        ),
        (
            "SELECT 3 * n + c, n, 'claim-' || n || '-' || c, 'killed', 'all', 11, null,"
            " 'more_than', 0, 200, %(quote)s"
            f" {CHOSEN} CROSS JOIN LATERAL generate_series(1, 1 + n %% 3) c"
        ),
    ),
}
INDEXES = (
    "CREATE INDEX peer_participation_event ON {participation} (event_id)",
    "CREATE INDEX peer_claim_event ON {claim} (event_id)",
)


def in_postgresql(events: int) -> None:
    with connection.cursor() as cursor:
        for name, (columns, rows) in TABLES.items():
            cursor.execute(f"DROP TABLE IF EXISTS peer_{name}")
            cursor.execute(f"CREATE TABLE peer_{name} ({columns})")
            cursor.execute(
                f"INSERT INTO peer_{name} {rows}",
                {"first": 1, "last": events, "quote": QUOTE},
            )
        for index in INDEXES:
            cursor.execute(index.format_map({n: f"peer_{n}" for n in TABLES}))
        cursor.execute("VACUUM ANALYZE")


def in_sqlite(path: Path) -> None:
    """Copy the tables of PostgreSQL into a file."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as file, connection.cursor() as cursor:
        file.execute("PRAGMA journal_mode = off")
        for name, (columns, _) in TABLES.items():
            file.execute(f"CREATE TABLE {name} ({columns})")
            cursor.execute(f"SELECT * FROM peer_{name} ORDER BY id")
            width = len(cursor.description)
            places = ", ".join("?" * width)
            while rows := cursor.fetchmany(20_000):
                plain = (tuple(_plain(value) for value in row) for row in rows)
                file.executemany(f"INSERT INTO {name} VALUES ({places})", plain)
        for index in INDEXES:
            file.execute(index.format_map({n: n for n in TABLES}))
    file.close()


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str | None) else str(value)
