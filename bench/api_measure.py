"""What reads of the API cost, line by line, beside what they are compared with."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from typing import NamedTuple

from bench.documents import BUSY_ACTOR
from bench.serving import Client, Server, rate, rates

EVENTS = "/api/v1/events/"
FILTERED = (
    f"{EVENTS}?country=SYR&actor={BUSY_ACTOR}&date_overlaps=2010-06-01/2022-01-01"
)
DEEP_PAGE = 3_000


class Line(NamedTuple):
    """A row of the table; `target` is the issue's, where it has one."""

    events: int
    work: str
    ours: str
    other: str = ""
    ratio: float | None = None
    target: str = ""

    def cells(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        parts = [f"{self.events:,}", self.work, self.ours, self.other, ratio]
        return f"| {' | '.join([*parts, self.target])} |"


HEAD = [
    "| events | work | ours | against | ratio | wanted |",
    "|---|---|---|---|---|---|",
]


def filtered(size: int, ours: Server) -> Iterator[Line]:
    """A filtered page against an unfiltered one, of which most are full."""
    hits = json.loads(Client(ours).get(f"{FILTERED}&limit=1&count=exact"))["count"]
    for ordering in ("id", "-date"):
        path = f"{FILTERED}&ordering={ordering}"
        plain, narrowed = rates((ours, EVENTS), (ours, path))
        yield Line(
            size,
            f"country + dates + actor by {ordering}, {hits['value']:,} hits",
            f"{1000 / narrowed:.2f} ms",
            f"unfiltered {1000 / plain:.2f} ms",
            plain / narrowed,
            "≤ 2",
        )


def everything(size: int, ours: Server, bare: Server) -> Iterator[Line]:
    """All that is not measured at each size."""
    one, middle = f"{EVENTS}{size // 2}/", f"/{size // 2}"
    for work, path, limit_path, target in (
        ("page of 100 nested events", EVENTS, "/page", "≥ 0.6"),
        ("one object", one, middle, "≥ 0.5"),
    ):
        for connections in (1, 8):
            limit, found = rates(
                (bare, limit_path), (ours, path), connections=connections
            )
            many = "connection" if connections == 1 else "connections"
            yield Line(
                size,
                f"{work}, {connections} {many}",
                f"{found:.0f}/s",
                f"bare app {limit:.0f}/s",
                found / limit,
                target,
            )
    yield _deep(size, ours)
    for work, query in (
        ("rare word", "q=%22number+777%22"),
        ("common word, ranked", "q=attack"),
        ("near, 50 km", "near=10,20&within_km=50"),
        ("exact count of a country", "country=SYR&count=exact"),
    ):
        yield Line(size, work, f"{rate(ours, f'{EVENTS}?{query}'):.0f}/s")
    yield from _streams(size, ours)


def _deep(size: int, ours: Server) -> Line:
    deep = min(DEEP_PAGE * 100, size - 200)
    deep_page = f"{EVENTS}?cursor={_cursor(deep)}"
    first, later = rates((ours, EVENTS), (ours, deep_page))
    return Line(
        size,
        f"page {deep // 100:,}",
        f"{1000 / later:.2f} ms",
        f"page 1 {1000 / first:.2f} ms",
        first / later,
        "≤ 1.1",
    )


def _streams(size: int, ours: Server) -> Iterator[Line]:
    """All events as CSV, against COPY TO of the same columns; and as NDJSON.

    And the memory of the worker: before, and the most while they were sent.
    """
    started = time.perf_counter()
    copied = _copy()
    limit = copied / 1e6 / (time.perf_counter() - started)
    before = ours.memory_mb()
    memory = [before]
    for name in ("csv", "ndjson"):
        started = time.perf_counter()
        sent = Client(ours).stream(
            f"{EVENTS}?format={name}", lambda: memory.append(ours.memory_mb())
        )
        speed = sent / 1e6 / (time.perf_counter() - started)
        work = f"all as {name.upper()}, {sent / 1e6:.0f} MB"
        if name == "csv":
            against = f"COPY TO {limit:.1f} MB/s"
            yield Line(size, work, f"{speed:.1f} MB/s", against, speed / limit, "≥ 0.5")
        else:
            yield Line(size, work, f"{speed:.1f} MB/s")
    yield Line(
        size,
        "memory of the worker while both are sent",
        f"{max(memory):.0f} MB",
        f"before {before:.0f} MB",
        max(memory) / before,
        "flat",
    )


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


def _cursor(after: int) -> str:
    """Stands after the event of that id."""
    parts = [str(after), after, False, "id"]
    text = json.dumps(parts, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode()
