"""A reader who leaves in the midst of a long answer holds nothing up."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.rules import sql

# More than the buffers on the way take: the server has to wait for its reader.
FILL = """
    INSERT INTO publishing_document
        (kind, object_id, slug, version, valid_from, gone, sha256, body, facets)
    SELECT 'outlet', n, 'outlet-' || n, 1, now(), false,
           encode(sha256(convert_to(body, 'UTF8')), 'hex'), body, '{}'
    FROM generate_series(1, 600) AS n
    CROSS JOIN LATERAL (
        SELECT json_build_object('id', n, 'name', repeat('long ', 20000))::text
    ) AS made(body)
"""
BUSY = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'
"""
PATIENCE = 20


def until(count):
    """Wait until so many other sessions are at work."""
    end = time.monotonic() + PATIENCE
    while sql(BUSY)[0][0] != count:
        assert time.monotonic() < end, sql(
            "SELECT state, wait_event, query FROM pg_stat_activity"
            " WHERE datname = current_database()"
        )
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_a_reader_who_leaves_frees_the_connection(live_server, form):
    sql(FILL)
    at = urlsplit(live_server.url)
    asked = f"GET /api/v1/outlets/?format={form} HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n"
    with socket.create_connection((at.hostname, at.port)) as reader:
        reader.sendall(asked.encode())
        assert reader.recv(1000).startswith(b"HTTP/1.1 200")
        until(1)
        time.sleep(0.5)
        until(1)  # it waits still
    until(0)
    # And the next one is answered.
    assert sql("SELECT count(*) FROM publishing_document")[0][0] == 600
