"""A page of 100 nested events from each peer, in turns with the limit and with ours."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator

from bench.peers import environment, tables
from bench.serving import Client, Server, free_port, rates, serving, started

HEAD = [
    "| server | 1 connection | of the limit | 8 connections | of the limit | KB |",
    "|---|---|---|---|---|---|",
]


def measured(events: int, database_url: str) -> Iterator[str]:
    """The lines of the table of peers; one that says why, where there are none."""
    python = environment.python()
    if python is None:
        yield "The peers could not be installed: pip found no packages."
        return
    tables.in_postgresql(events)
    tables.in_sqlite(environment.datasette_file())
    port = free_port()
    with contextlib.ExitStack() as stack:
        bare = stack.enter_context(serving("bench.bare:application", database_url))
        ours = stack.enter_context(serving("newsdb.wsgi:application", database_url))
        site = stack.enter_context(
            serving("bench.peers.site:application", database_url, python=python)
        )
        files = stack.enter_context(
            started("datasette", port, environment.datasette(port), {})
        )
        yield from HEAD
        yield from _lines(
            {
                "the bare app: stored documents": (bare, "/page"),
                "**newsdb**": (ours, "/api/v1/events/"),
                "DRF view, stored documents": (site, "/stored/events/"),
                "Datasette, SQLite, canned SQL": (files, environment.DATASETTE_PAGE),
                "DRF ModelSerializer, page numbers": (site, "/drf/events/"),
                "django-ninja, page numbers": (site, "/ninja/events/"),
            }
        )
    yield ""
    yield environment.NOT_THERE


def _lines(asked: dict[str, tuple[Server, str]]) -> Iterator[str]:
    sizes = [len(_page(server, path)) for server, path in asked.values()]
    alone = rates(*asked.values())
    together = rates(*asked.values(), connections=8)
    for name, size, one, eight in zip(asked, sizes, alone, together, strict=True):
        yield (
            f"| {name} | {one:.1f}/s | {one / alone[0]:.2f} | {eight:.1f}/s |"
            f" {eight / together[0]:.2f} | {size / 1000:.0f} |"
        )


def _page(server: Server, path: str) -> bytes:
    """What it sends, after a look whether it is a page of 100 events."""
    body = Client(server).get(path)
    page = json.loads(body)
    events = page if isinstance(page, list) else page.get("results", page.get("items"))
    if events is None:
        events = page["rows"]
    assert len(events) == 100, (path, len(events))
    return body
