"""Synthetic events, as many as asked for, through the same tables as real ones."""

from __future__ import annotations

import hashlib

from django.db import connection, transaction

# One article carries the quotes of all claims: evidence needs a text that has them.
TEXT = "The attack killed more than 10 people. " * 400
QUOTE = "killed more than 10 people"
START = TEXT.index(QUOTE)

STATEMENTS = """
    INSERT INTO sources_article (id, status, text, sha256, title, language, url,
        source_name, received_at, revision, published_precision, published_basis,
        published_text, published_note)
    VALUES (1, 'published', %(text)s, %(sha256)s, 'Bench', 'en', '', '', now(), 1,
        'unknown', '', '', '');
    INSERT INTO actors_actor (id, status, slug, name, kind_id, description)
    SELECT n, 'published', 'actor-' || n, 'Actor ' || n, 'actor-kind/armed_group', ''
    FROM generate_series(1, 2000) n;
    INSERT INTO events_place (id, status, slug, name, kind_id, country_id)
    SELECT n, 'published', 'place-' || n, 'Place ' || n, 'place-kind/city',
           'country/' || (ARRAY['AFG', 'SYR', 'MEX', 'MMR'])[1 + n %% 4]
    FROM generate_series(1, 500) n;
    INSERT INTO events_event (id, status, slug, title, summary, type_id, contexts,
        modality, date_earliest, date_latest, date_precision, date_basis,
        date_text, date_note, place_id, place_precision_id, place_text)
    SELECT n, 'published', 'event-' || n, 'Event ' || n, '', 'plover-type/ASSAULT',
        '{}',
        'occurred', day, day, 'day', 'stated', '', '', 1 + n %% 500,
        'place-precision/city', ''
    FROM generate_series(1, %(events)s) n,
         LATERAL (SELECT date '2010-01-01' + n %% 5000 AS day) AS d;
    INSERT INTO events_participation (id, status, event_id, actor_id, role_id)
    SELECT 2 * n + side, 'published', n, 1 + (n * 7 + side * 13) %% 2000,
           (ARRAY['role/perpetrator', 'role/victim'])[1 + side]
    FROM generate_series(1, %(events)s) n, generate_series(0, 1) side;
    INSERT INTO events_claim (id, status, slug, kind, statement, voice, speaker_text,
        modality, polarity, event_id, measure_id, group_id, low, quantifier,
        figure_text, note)
    SELECT n, 'published', 'claim-' || n, 'figure', 'More than 10 died.', 'narrator',
        '', 'asserted', 'positive', n, 'measure/killed', 'group/all', 11, 'more_than',
        '', ''
    FROM generate_series(1, %(events)s) n;
    INSERT INTO events_evidence (claim_id, article_id, start, "end", quote)
    SELECT n, 1, %(start)s, %(end)s, %(quote)s
    FROM generate_series(1, %(events)s) n;
    INSERT INTO events_support (claim_id, event_id, part, participation_id, stance)
    SELECT n, n, part, CASE WHEN part = 'participation' THEN 2 * n + side END,
        'supports'
    FROM generate_series(1, %(events)s) n,
         (VALUES ('date', 0), ('place', 0), ('participation', 0), ('participation', 1))
             AS p(part, side);
"""


def generate(events: int) -> None:
    """`events` published events with two participants and one claim each."""
    values = {
        "text": TEXT,
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "events": events,
        "start": START,
        "end": START + len(QUOTE),
        "quote": QUOTE,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
