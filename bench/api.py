"""The read half of the API against the limit: what PostgreSQL has, sent as it is.

`python -m bench.run api` grows one database through SIZES (10000,100000,350000) and
measures at each. With API_DATABASE_URL it measures that database as it is.
"""

from __future__ import annotations

import base64
import json
import os
import time
from collections.abc import Iterator

from bench.documents import BUSY_ACTOR, grow
from bench.serving import Client, Server, rate, rates, serving

SIZES = "10000,100000,350000"
EVENTS = "/api/v1/events/"
FILTERED = (
    f"{EVENTS}?country=SYR&actor={BUSY_ACTOR}&date_overlaps=2010-06-01/2022-01-01"
)
DEEP_PAGE = 3_000


def measure_api(database_url: str) -> Iterator[str]:
    """The lines of the table, for all sizes."""
    from publishing.models import Document, Kind

    given = bool(os.environ.get("API_DATABASE_URL"))
    there = Document.objects.current().of(Kind.EVENT).count()
    sizes = (
        [there] if given else list(map(int, os.environ.get("SIZES", SIZES).split(",")))
    )
    yield "| events | work | ours, requests/s | limit, requests/s | ratio |"
    yield "|---|---|---|---|---|"
    for size in sizes:
        if not given:
            grow(there, size)
            there = size
        with (
            serving("newsdb.wsgi:application", database_url) as ours,
            serving("bench.bare:application", database_url) as bare,
        ):
            yield from _measured(size, ours, bare)


def _measured(size: int, ours: Server, bare: Server) -> Iterator[str]:
    deep = min(DEEP_PAGE * 100, size - 100)
    deep_page = f"{EVENTS}?cursor={_cursor(deep)}"
    one, middle = f"{EVENTS}{size // 2}/", f"/{size // 2}"
    for connections in (1, 8):
        limit, page = rates((bare, "/page"), (ours, EVENTS), connections=connections)
        yield _line(
            size, f"page of 100 nested events, {connections} conn.", page, limit
        )
    limit, single = rates((bare, middle), (ours, one))
    yield _line(size, "one object", single, limit)
    first, later = rates((ours, EVENTS), (ours, deep_page))
    what = f"page {deep // 100:,} (limit: page 1)"
    yield _line(size, what, later, first)
    hits = json.loads(Client(ours).get(f"{FILTERED}&limit=1&count=exact"))["count"]
    for ordering in ("id", "-date"):
        path = f"{FILTERED}&ordering={ordering}"
        plain, filtered = rates((ours, EVENTS), (ours, path))
        what = f"country + dates + actor by {ordering}, {hits['value']:,} hits"
        yield _line(size, f"{what} (limit: unfiltered)", filtered, plain)
    for what, query in (
        ("rare word", "q=%22number+777%22"),
        ("common word, ranked", "q=attack"),
        ("near, 50 km", "near=10,20&within_km=50"),
        ("exact count of a country", "country=SYR&count=exact"),
    ):
        yield f"| {size:,} | {what} | {rate(ours, f'{EVENTS}?{query}'):.1f} | | |"
    yield from _export(size, ours)


def _export(size: int, ours: Server) -> Iterator[str]:
    """All events as CSV, against COPY TO of the same columns."""
    started = time.perf_counter()
    copied = _copy()
    limit = time.perf_counter() - started
    client = Client(ours)
    before = ours.memory_mb()
    started = time.perf_counter()
    sent = client.stream(f"{EVENTS}?format=csv") / 1e6
    took = time.perf_counter() - started
    after = ours.memory_mb()
    yield (
        f"| {size:,} | full CSV, {sent:.0f} MB, against COPY TO; MB/s |"
        f" {sent / took:.1f} | {copied / 1e6 / limit:.1f} | {limit / took:.2f} |"
    )
    what = "MB of the worker after it (limit: before)"
    yield f"| {size:,} | {what} | {after:.0f} | {before:.0f} | |"


def _copy() -> int:
    from django.db import connection

    from publishing.api.formats.columns import chosen_columns
    from publishing.models import Kind

    named = ", ".join(
        f'{sql} AS "{name}"' for name, sql in chosen_columns(Kind.EVENT).items()
    )
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY (SELECT {named} FROM (SELECT body FROM publishing_document WHERE"
            " kind = 'event' AND valid_to IS NULL AND NOT gone ORDER BY object_id) d"
            " CROSS JOIN LATERAL (SELECT body::jsonb OFFSET 0) AS parsed(b))"
            " TO STDOUT (FORMAT csv, HEADER)"
        ) as copy,
    ):
        return sum(len(block) for block in copy)


def _line(size: int, what: str, ours: float, limit: float) -> str:
    return f"| {size:,} | {what} | {ours:.1f} | {limit:.1f} | {ours / limit:.2f} |"


def _cursor(after: int) -> str:
    """Stands after the event of that id."""
    parts = [str(after), after, False, "id"]
    text = json.dumps(parts, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode()
