"""The limit: stored documents sent straight from psycopg, and nothing else.

The site is served by WSGI, so this is a WSGI app under the same server; each thread
keeps a connection, as Django does.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import psycopg

_kept = threading.local()

PAGE = """
    SELECT body FROM publishing_document
    WHERE kind = 'event' AND valid_to IS NULL AND NOT gone AND object_id > %s
    ORDER BY object_id LIMIT 100
"""
ONE = """
    SELECT body FROM publishing_document
    WHERE kind = 'event' AND valid_to IS NULL AND NOT gone AND object_id = %s
"""


def _connection() -> psycopg.Connection[Any]:
    if not hasattr(_kept, "connection"):
        _kept.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _kept.connection


def application(
    environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    path = environ["PATH_INFO"].strip("/")
    if path == "page":
        after = int(parse_qs(environ["QUERY_STRING"]).get("after", ["0"])[0])
        rows = _connection().execute(PAGE, [after]).fetchall()
        body = b'{"results":[' + ",".join(row[0] for row in rows).encode() + b"]}"
    else:
        row = _connection().execute(ONE, [int(path)]).fetchone()
        assert row, path
        body = row[0].encode()
    start_response(
        "200 OK",
        [("Content-Type", "application/json"), ("Content-Length", str(len(body)))],
    )
    return [body]
