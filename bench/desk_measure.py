"""What a page costs beside its SQL alone: the same statements by bare psycopg."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from django.test import Client

READS = ("SELECT", "WITH", "SET LOCAL STATEMENT_TIMEOUT")


@dataclass(frozen=True)
class Cost:
    """Of one page, in milliseconds; `slowest` is its slowest statement.

    `own` is what the page took of the processor: its Python, not the database, and not
    the waiting for a processor that others have.
    """

    name: str
    page: float
    own: float
    sql: float
    queries: int
    slowest_ms: float
    slowest: str

    @property
    def ratio(self) -> float:
        return self.page / self.sql


@contextmanager
def noting() -> Iterator[list[str]]:
    """The statements that Django sends meanwhile, complete with their values."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many:
            found.append(context["cursor"].cursor.mogrify(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def measure(
    name: str,
    url: str,
    client: Client,
    bare: psycopg.Connection[Any],
    *,
    turns: int,
) -> Cost:
    """The median of `turns` requests and of as many replays of their SQL, in turns.

    The replay sends what the page asked, statement by statement, and fetches all rows;
    writes (who was here last) are left out of it.
    """
    ask(client, url)
    with noting() as statements:
        ask(client, url)
    reads = [each for each in statements if each.lstrip("( ").upper().startswith(READS)]
    replay(bare, reads)
    whole, own, alone, each_read = [], [], [], []
    for _ in range(turns):
        started, worked = time.perf_counter(), time.process_time()
        ask(client, url)
        whole.append(1000 * (time.perf_counter() - started))
        own.append(1000 * (time.process_time() - worked))
        times = replay(bare, reads)
        alone.append(sum(times))
        each_read.append(times)
    by_read = [statistics.median(times) for times in zip(*each_read, strict=True)]
    slowest = max(range(len(reads)), key=by_read.__getitem__)
    return Cost(
        name,
        statistics.median(whole),
        statistics.median(own),
        statistics.median(alone),
        len(statements),
        by_read[slowest],
        _brief(reads[slowest]),
    )


def ask(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    assert answer.content


def replay(bare: psycopg.Connection[Any], reads: list[str]) -> list[float]:
    """Milliseconds of each statement; one that its time limit ends counts as well."""
    times = []
    with bare.cursor() as cursor:
        for statement in reads:
            started = time.perf_counter()
            try:
                cursor.execute(statement.replace("SET LOCAL", "SET"))  # type: ignore[arg-type]
                if cursor.description:
                    cursor.fetchall()
            except psycopg.errors.QueryCanceled:
                pass
            times.append(1000 * (time.perf_counter() - started))
        _wait_for_ever(cursor)
    return times


def _wait_for_ever(cursor: psycopg.Cursor[Any]) -> None:
    """Take back a page's time limit; on a busy machine even that may come too late."""
    while True:
        try:
            cursor.execute("SET statement_timeout = 0")
            return
        except psycopg.errors.QueryCanceled:
            continue


def _brief(statement: str) -> str:
    """The statement without its list of columns."""
    return re.sub(r"SELECT .*? FROM ", "SELECT … FROM ", statement, count=1, flags=re.S)
