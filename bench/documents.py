"""Documents of events as they are published, as many as asked for, straight in the log.

Each has two participants, a place, one to three claims with a quote of 200 characters,
and what publishing keeps beside documents.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from django.db import connection

from publishing.beside import TABLES

STEP = 25_000  # events in one statement
ACTORS = 2_000
# Takes part in one event of ten; the others in few.
BUSY_ACTOR = 1
QUOTE = ("The attack on the market killed more than ten people, officials said. " * 3)[
    :200
]

# Who, where and when of the event n: the same for the peers (bench.peers.tables).
CHOSEN = """
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
    CROSS JOIN LATERAL (
        SELECT CASE WHEN n * 7919 %% 10 = 0 THEN 1 ELSE 2 + n * 104729 %% 999 END
                   AS one,
               1001 + n * 15485863 %% 1000 AS other,
               (ARRAY['AFG', 'SYR', 'MEX', 'MMR'])[1 + n * 32452843 / 7 %% 4]
                   AS country,
               1 + n * 49979687 %% 500 AS place,
               date '2010-01-01' + (n * 86028121 %% 5000)::int AS day
    ) AS chosen
"""

EVENTS = """
    INSERT INTO publishing_document (kind, object_id, slug, version, valid_from, gone,
        sha256, body, facets, date_earliest, date_latest, search)
    SELECT 'event', n, 'event-' || n, 1, clock_timestamp(), false,
           encode(sha256(convert_to(made.body, 'UTF8')), 'hex'), made.body,
           ARRAY['actor:' || one, 'actor:actor-' || one, 'actor:' || other,
                 'actor:actor-' || other, 'role:perpetrator', 'role:victim',
                 'event_type:ASSAULT', 'modality:occurred', 'country:' || country,
                 'place:' || place, 'place:place-' || place, 'place_precision:city',
                 'date_precision:day', 'measure:killed', 'group:all',
                 'verdict:single_source', 'article:' || n, 'outlet:1', 'outlet:outlet',
                 'claim:' || n],
           day, day,
           to_tsvector('newsdb', 'Attack number ' || n || ' in Place ' || place
               || ' by Actor ' || one || ' ' || %(quote)s)
    {chosen}
    CROSS JOIN LATERAL (
        SELECT json_build_object(
            'id', n, 'slug', 'event-' || n, 'title', 'Attack number ' || n,
            'summary', null, 'type', 'ASSAULT', 'mode', null, 'contexts', '[]'::json,
            'acled_sub_event', null, 'modality', 'occurred',
            'date', json_build_object('earliest', day, 'latest', day, 'precision',
                'day', 'basis', 'stated', 'text', null, 'note', null, 'claims',
                refs.claims),
            'place', json_build_object('id', place, 'slug', 'place-' || place, 'name',
                'Place ' || place, 'kind', 'city', 'country', country, 'latitude',
                place * 0.1, 'longitude', place * 0.2, 'radius_m', 5000, 'precision',
                'city', 'text', null, 'claims', refs.claims),
            'participants', json_build_array(
                json_build_object('actor', json_build_object('id', one, 'slug',
                    'actor-' || one, 'name', 'Actor ' || one, 'kind', 'armed_group',
                    'country', null), 'role', 'perpetrator', 'claims', refs.claims,
                    'disputed_by', '[]'::json),
                json_build_object('actor', json_build_object('id', other, 'slug',
                    'actor-' || other, 'name', 'Actor ' || other, 'kind',
                    'armed_group', 'country', null), 'role', 'victim', 'claims',
                    refs.claims, 'disputed_by', '[]'::json)),
            'estimates', json_build_array(json_build_object('measure', 'killed',
                'group', 'all', 'low', 11, 'best', null, 'high', null, 'verdict',
                'single_source', 'origins', 1, 'claims', refs.figures, 'conflicts',
                '[]'::json)),
            'articles', json_build_array(json_build_object('id', n, 'sha256',
                encode(sha256(n::text::bytea), 'hex'), 'title', 'Report ' || n,
                'outlet', json_build_object('id', 1, 'slug', 'outlet', 'name',
                'Outlet'))),
            'claims', refs.claims, 'identifiers', '[]'::json)::text AS body
        FROM (
            SELECT json_agg(json_build_object('id', 3 * n + c, 'slug',
                       'claim-' || n || '-' || c)) AS claims,
                   json_agg(json_build_object('id', 3 * n + c, 'slug',
                       'claim-' || n || '-' || c, 'low', 11, 'high', null,
                       'quantifier', 'more_than', 'binds_low', true, 'binds_high',
                       false, 'evidence', json_build_object('article',
                       json_build_object('id', n, 'sha256', '', 'title', null),
                       'start', 0, 'end', 200, 'quote', %(quote)s, 'prefix', '',
                       'suffix', ''))) AS figures
            FROM generate_series(1, 1 + n %% 3) c
        ) AS refs
    ) AS made
"""


def grow(already: int, events: int) -> None:
    """Add documents of events until there are `events`, and say how far it is.

    Indexes that no rule needs are made anew at the end, which takes half the time.
    """
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'")
        indexes = _without_indexes(cursor)
        for first in range(already + 1, events + 1, STEP):
            last = min(first + STEP - 1, events)
            _add(cursor, first, last)
            _say(f"{last:,} of {events:,} events", started)
        for index in indexes:
            cursor.execute(index)
        _say(f"{len(indexes)} indexes", started)
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET synchronous_commit; RESET maintenance_work_mem")
        _say("vacuumed and analysed", started)


def _add(cursor: Any, first: int, last: int) -> None:
    values = {"first": first, "last": last, "quote": QUOTE}
    cursor.execute(EVENTS.replace("{chosen}", CHOSEN), values)
    which = (
        "NOT d.gone AND d.kind = 'event' AND d.object_id BETWEEN %(first)s AND %(last)s"
    )
    for each in TABLES:
        cursor.execute(
            f"INSERT INTO {each.table} ({each.columns})"
            f" {each.select.replace('%', '%%').format(which=which)}",
            values,
        )


def _without_indexes(cursor: Any) -> list[str]:
    """Drop the indexes that belong to no constraint; the statements to make them."""
    cursor.execute(
        """
        SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
        FROM pg_index i
        WHERE i.indrelid = ANY (%s::regclass[])
          AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
          AND NOT i.indisunique
        """,
        [["publishing_document", *(each.table for each in TABLES)]],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [statement for _, statement in found]


def _say(what: str, started: float) -> None:
    print(
        f"  {what}, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True
    )
