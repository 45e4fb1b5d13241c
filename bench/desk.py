"""`python -m bench.run desk`: what the pages of the desk cost on a large database.

The database is made once and kept for the next run of the same size. Ratios are to the
page's own SQL, replayed in the same run.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from bench import browser
from bench.desk_measure import Cost, measure
from bench.desk_pages import pages
from bench.desk_rows import READER, Size, fill, is_there
from sources.models import Article

NAME = "bench_desk"
STORED = "django.contrib.staticfiles.storage.StaticFilesStorage"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.run desk")
    parser.add_argument("--events", type=int, default=5_000)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--only", default="", help="names of pages that match this")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--sql", action="store_true", help="with the slowest statement")
    chosen = parser.parse_args(arguments)
    size = Size(chosen.events, chosen.articles)
    prepare(size)
    static = {**settings.STORAGES, "staticfiles": {"BACKEND": STORED}}
    with override_settings(STORAGES=static):
        print(f"{size.events:,} events, {size.articles:,} articles")
        print(
            f"{'':44}{'page ms':>9}{'own ms':>9}{'SQL ms':>9}{'ratio':>7}"
            f"{'queries':>9}{'slowest':>9}"
        )
        for cost in costs(size, chosen.only, chosen.turns):
            print(row(cost), flush=True)
            if chosen.sql:
                print("   ", cost.slowest, flush=True)
        if re.search(chosen.only, "browser"):
            measure_browser(size)


def measure_browser(size: Size) -> None:
    """Two thousand spans over 200,000 characters, in Chromium."""
    print(f"\n{'long article: main thread':44}{'work ms':>9}{'clock ms':>11}")
    reader = User.objects.get(username=READER)
    for work in browser.measure(size.long_article, reader):
        print(f"{work.name:44}{work.work:9.0f}{work.clock:11.0f}", flush=True)


def row(cost: Cost) -> str:
    return (
        f"{cost.name:44}{cost.page:9.1f}{cost.own:9.1f}{cost.sql:9.1f}{cost.ratio:7.1f}"
        f"{cost.queries:9}{cost.slowest_ms:9.1f}"
    )


def costs(size: Size, only: str, turns: int) -> Iterator[Cost]:
    # As scripts of the desk ask; a page is a page for them too.
    client = Client(headers={"host": "127.0.0.1", "accept": "text/html, */json"})
    reader = User.objects.get(username=READER)
    client.force_login(reader)
    options = connection.get_connection_params()
    names = {key: options[key] for key in options.keys() & {"host", "port", "user"}}
    address = {**names, "dbname": NAME, "password": options.get("password")}
    with psycopg.connect(**address, autocommit=True) as bare:
        for name, url in pages(size, reader):
            if re.search(only, name):
                yield measure(name, url, client, bare, turns=turns)


def prepare(size: Size) -> None:
    """The database of the bench, filled; one that is there already is taken."""
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=True
    )
    if is_there(size):
        return
    if Article.objects.exists():  # of another size
        connection.close()
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False
        )
    call_command("load_reference", verbosity=0)
    fill(size, say=lambda line: print(line, flush=True))
