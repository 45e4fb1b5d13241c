"""`make bench`: what the doors cost, as ratios to what PostgreSQL itself needs.

Everything runs in one process against a database of its own, so the machine's noise
hits both sides. EVENTS=n chooses the size (20,000); `python -m bench.run proposals` or
`documents` measures only these. `python -m bench.run desk` measures the admin, see
bench.desk; `python -m bench.run api` the reads of the API, see bench.api.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable

import django

RUNS = 15
IN_2015 = "date_latest >= '2015-01-01' AND date_earliest <= '2015-12-31'"


def median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.STATIC_ROOT = None
    if sys.argv[1:2] == ["desk"]:
        from bench import desk

        return desk.main(sys.argv[2:])
    if sys.argv[1:2] == ["api"]:
        from bench import api

        return api.main()
    only = set(sys.argv[1:])
    events = int(os.environ.get("EVENTS", "20000"))
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    print(f"{events:,} events in {name}")
    try:
        call_command("load_reference", verbosity=0)
        if not only or "documents" in only:
            measure_writing(events)
            measure_reading()
        if not only or "proposals" in only:
            measure_proposals()
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], 0)


def measure_proposals() -> None:
    from django.core.management import call_command
    from django.db import connections

    from bench.propose import measure

    # In a child, so that its memory is not counted as the readers'.
    connections.close_all()
    child = multiprocessing.get_context("fork").Process(
        target=call_command, args=("load_gazetteer",), kwargs={"verbosity": 0}
    )
    child.start()
    child.join()
    print()
    for line in measure():
        print(line)


def measure_writing(events: int) -> None:
    from bench.generate import generate
    from publishing.models import Document
    from publishing.rendering import refresh

    took = seconds(lambda: generate(events))
    print(f"insert with all rules and history   {events / took:10,.0f} events/s")
    took = seconds(refresh)
    count = Document.objects.count()
    print(f"render documents                    {count / took:10,.0f} documents/s")


def measure_reading() -> None:
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})

    def raw(where: str) -> Callable[[], object]:
        def work() -> None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT body FROM publishing_document WHERE kind = 'event' AND"
                    f" valid_to IS NULL AND NOT gone AND {where}"
                    " ORDER BY object_id LIMIT 100"
                )
                ",".join(body for (body,) in cursor.fetchall()).encode()

        return work

    def api(query: str) -> Callable[[], object]:
        def work() -> None:
            answer = client.get(f"/api/v1/events/?{query}")
            assert answer.status_code == 200, answer.content

        return work

    pages = {
        "page of 100 events": ("true", ""),
        "country and actor": (
            "facets @> ARRAY['country:SYR', 'actor:15']",
            "country=SYR&actor=15",
        ),
        "country and a year": (
            f"facets @> ARRAY['country:SYR'] AND {IN_2015}",
            "country=SYR&date_from=2015-01-01&date_to=2015-12-31",
        ),
    }
    print(f"\n{'':24}{'SQL ms':>10}{'API ms':>10}{'ratio':>8}")
    for name, (where, query) in pages.items():
        limit, ours = median_ms(raw(where)), median_ms(api(query))
        print(f"{name:24}{limit:10.1f}{ours:10.1f}{ours / limit:8.1f}")
    first = median_ms(api(""))
    deep = median_ms(api(f"cursor={_cursor_after(0.9)}"))
    print(f"page at 90 %{deep:32.1f}{deep / first:8.2f} × page 1")


def _cursor_after(share: float) -> str:
    import base64
    import json

    from publishing.models import Document, Kind

    events = Document.objects.current().of(Kind.EVENT)
    at = int(events.count() * share)
    return base64.urlsafe_b64encode(
        json.dumps([str(at), at, False, "id"], separators=(",", ":")).encode()
    ).decode()


if __name__ == "__main__":
    main()
