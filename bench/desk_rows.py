"""A database as large as a newsroom's after years: made set-wise, by the rules.

Every row goes through the tables' own triggers and constraints, so that what is
measured has the shape, the history and the indexes of the real thing. Texts are
sentences of known widths: the offsets of every quote are computed, and the database
checks each of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db import connection

from bench.desk_sql import ABOUT_ARTICLES, ABOUT_EVENTS, BASE, FUNCTIONS, LONG_ARTICLE
from sources.services import recorded

CHUNK = 20_000  # events of one transaction
CODER, READER = "bench-coder", "bench-reader"


@dataclass(frozen=True)
class Size:
    """How much of everything; an even number of articles."""

    events: int
    articles: int

    @property
    def sentences(self) -> int:
        """Of an article: one for each of its claims, and six that nobody coded."""
        return -(-2 * self.events // self.articles) + 6

    @property
    def long_article(self) -> int:
        """The id of the one long article."""
        return self.articles + 1


def is_there(size: Size) -> bool:
    """Whether the database holds what `fill` makes of this size."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM sources_article")
        last_article = cursor.fetchone()[0]
        cursor.execute("SELECT max(id) FROM events_event")
        last_event = cursor.fetchone()[0]
    return (last_article, last_event) == (size.long_article, size.events + 200)


def fill(size: Size, *, say: Callable[[str], None]) -> None:
    """Articles, events and all that hangs on them; `say` hears how far it is."""
    started = time.perf_counter()
    coder, _ = User.objects.get_or_create(username=CODER)
    reader, _ = User.objects.get_or_create(username=READER, is_staff=True)
    reader.groups.set(Group.objects.filter(name__in=["Reviewer"]))
    _run(FUNCTIONS, {})
    steps = [("people and places", BASE, 1, 1)]
    steps.append(("articles", ABOUT_ARTICLES, size.articles, CHUNK // 4))
    steps.append(("events", ABOUT_EVENTS, size.events, CHUNK))
    steps.append(("the long article", LONG_ARTICLE, 1, 1))
    for name, statements, rows, chunk in steps:
        for first in range(1, rows + 1, chunk):
            last = min(first + chunk - 1, rows)
            values = _values(size, first, last)
            with recorded(by=coder, why="Made for the bench"):
                _run(statements, values)
            took = time.perf_counter() - started
            say(f"{took:6.0f} s  {name} {last:,} of {rows:,}")
    # As after the worker has rendered them, and the database has looked at its tables.
    _run("TRUNCATE publishing_stale;\n\nSELECT pg_temp.keys_go_on()", {})
    _run("VACUUM ANALYZE", {})


def _values(size: Size, first: int, last: int) -> dict[str, object]:
    return {
        "first": first,
        "last": last,
        "events": size.events,
        "articles": size.articles,
        "sentences": size.sentences,
        "long": size.long_article,
        "coder": User.objects.get(username=CODER).pk,
    }


def _run(statements: str, values: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        for statement in statements.split(";\n\n"):
            if statement.strip():
                cursor.execute(statement, values)
