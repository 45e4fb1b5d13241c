"""Statements of nearly every request: PostgreSQL plans them once for a connection.

Planning a page or an object takes longer than reading it. Only statements whose plan
does not hang on their values belong here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Runs of a statement on a connection until it is prepared there.
RUNS = 3


def rows_of(
    sql: str, values: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """All rows of a statement, as a cursor of Django would give them.

    The values go to PostgreSQL beside the statement. Behind a pooler that lends a
    connection for one transaction (DISABLE_SERVER_SIDE_CURSORS) nothing is prepared.
    """
    connection = connections[DEFAULT_DB_ALIAS]  # found for the thread once
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    kept = connection.connection
    pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS", False)
    kept.prepare_threshold = None if pooled else RUNS
    # Django's own cursors put values into the text, which then cannot be prepared.
    bare = psycopg.Cursor(kept)
    seen = connection.queries_logged
    wrap = connection.make_debug_cursor if seen else connection.make_cursor
    with wrap(bare) as cursor:  # type: ignore[arg-type]  # a cursor of psycopg is one
        cursor.execute(sql, values)
        found = list(cursor.fetchall())
    if seen:  # psycopg keeps no text of what it prepared
        connection.queries_log[-1]["sql"] = sql
    return found
