"""The read half of the API against the limit: what PostgreSQL has, sent as it is.

`python -m bench.run api` grows a database of its own through SIZES
(10000,100000,350000), measures at each, and writes the section of docs/performance.md.
With AS_IS=1 it measures the database that DATABASE_URL names, as it is.
"""

from __future__ import annotations

import base64
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from bench.documents import BUSY_ACTOR, grow
from bench.serving import Client, Server, rate, rates, serving

SIZES = "10000,100000,350000"
EVENTS = "/api/v1/events/"
FILTERED = (
    f"{EVENTS}?country=SYR&actor={BUSY_ACTOR}&date_overlaps=2010-06-01/2022-01-01"
)
DEEP_PAGE = 3_000
REPORT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- bench/api.py -->", "<!-- end -->"


def main() -> None:
    from django.conf import settings
    from django.db import connection

    as_is = os.environ.get("AS_IS") == "1"
    if not as_is:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    lines = []
    try:
        for line in measure_api(_address(), as_is=as_is):
            print(line, flush=True)
            lines.append(line)
    finally:
        if not as_is:
            name = settings.DATABASES["default"]["NAME"]
            connection.creation.destroy_test_db(name, 0)
    write(lines)


def write(lines: list[str]) -> None:
    """Put the table where the section about it is in docs/performance.md."""
    text = REPORT.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text("\n".join([before + BEGIN, *lines, END]) + after)


def _address() -> str:
    """The database in use, as a URL for other programs."""
    from django.db import connection

    of = connection.get_connection_params()
    host = quote(str(of.get("host", "127.0.0.1")), safe="")
    user, password = quote(of["user"]), quote(of.get("password", ""))
    return f"postgres://{user}:{password}@{host}:{of.get('port', 5432)}/{of['dbname']}"


def measure_api(database_url: str, *, as_is: bool) -> Iterator[str]:
    """The lines of the table, for all sizes."""
    from publishing.models import Document, Kind

    there = Document.objects.current().of(Kind.EVENT).count()
    asked = os.environ.get("SIZES", SIZES).split(",")
    yield "| events | work | ours, requests/s | limit, requests/s | ratio |"
    yield "|---|---|---|---|---|"
    for size in [there] if as_is else list(map(int, asked)):
        if not as_is:
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
