"""The statements of bench.desk_rows, each over the rows %(first)s to %(last)s.

Claim c stands in article 1 + (c - 1) % articles, as its sentence (c - 1) / articles;
event n has the claims 2n - 1 ("at least") and 2n ("at most"). With an even number of
articles, all sentences of one article are equally wide.
"""

from __future__ import annotations

# Names have twelve letters, so that offsets can be computed.
LEAD = "Report 0000000 of the day. "
SECOND = len(LEAD) + 12 + len(" met ")
BODY = SECOND + 12 + len(" on Monday.\n")
BEFORE = 13 + 12 + 21  # "Officials in … said on Monday that "
WORDS = " 42 people were killed"
AFTER = " in the attack of the morning. "
WIDE = BEFORE + len("at least" + WORDS + AFTER)  # one less with "at most"

FUNCTIONS = f"""
    CREATE OR REPLACE FUNCTION pg_temp.named(n bigint) RETURNS text IMMUTABLE
    LANGUAGE sql RETURN (
        SELECT initcap(s[1 + n %% 20] || s[1 + n / 20 %% 20]
                       || s[1 + n / 400 %% 20] || s[1 + n / 8000 %% 20])
        FROM (VALUES ('{{bar,zan,tel,mor,kin,sad,ruf,gol,ped,vex,nal,hir,jub,cor,fim,'
                      'lus,wad,yot,qas,dre}}'::text[])) AS letters(s));

    CREATE OR REPLACE FUNCTION pg_temp.bound(side bigint) RETURNS text IMMUTABLE
    LANGUAGE sql RETURN CASE side WHEN 0 THEN 'at least' ELSE 'at most' END;

    CREATE OR REPLACE FUNCTION pg_temp.figure(n bigint, side bigint) RETURNS bigint
    IMMUTABLE LANGUAGE sql RETURN
        20 + n %% 50 + CASE WHEN side = 0 THEN 0 WHEN n %% 50 = 7 THEN -5 ELSE 20 END;

    CREATE OR REPLACE FUNCTION pg_temp.quote(n bigint, side bigint) RETURNS text
    IMMUTABLE LANGUAGE sql RETURN pg_temp.bound(side) || ' '
        || pg_temp.figure(n, side) || ' people were killed';

    CREATE OR REPLACE FUNCTION pg_temp.sentence(n bigint, side bigint) RETURNS text
    IMMUTABLE LANGUAGE sql RETURN 'Officials in ' || pg_temp.named(1 + n %% 10000)
        || ' said on Monday that ' || pg_temp.quote(n, side) || '{AFTER}';

    CREATE OR REPLACE FUNCTION pg_temp.at(k bigint, side bigint) RETURNS bigint
    IMMUTABLE LANGUAGE sql RETURN {BODY} + k * ({WIDE} - side);

    CREATE OR REPLACE FUNCTION pg_temp.state(n bigint) RETURNS text IMMUTABLE
    LANGUAGE sql RETURN (ARRAY['published', 'coded', 'published', 'reviewed', 'draft',
        'published', 'published', 'coded', 'reviewed', 'published'])[1 + n %% 10];

    CREATE OR REPLACE FUNCTION pg_temp.keys_go_on() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE kept record;
    BEGIN
        FOR kept IN SELECT table_name AS name FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'
        LOOP
            EXECUTE format('SELECT setval(pg_get_serial_sequence(%%L, ''id''), '
                '(SELECT 1 + coalesce(max(id), 0) FROM %%I))', kept.name, kept.name);
        END LOOP;
    END $$
"""

BASE = """
    INSERT INTO sources_outlet (id, status, slug, name, country_id, reliability_id, url,
        note)
    SELECT n, 'published', 'outlet-' || n, 'Daily ' || pg_temp.named(100000 + n),
        'country/' || (ARRAY['AFG', 'SYR', 'MEX', 'MMR'])[1 + n %% 4],
        'admiralty-reliability/' || (ARRAY['A', 'B', 'C', 'D'])[1 + n %% 4], '', ''
    FROM generate_series(1, 500) n;

    INSERT INTO sources_origin (id, status, slug, name, kind_id, note)
    SELECT n, 'published', 'origin-' || n, 'Wire ' || pg_temp.named(110000 + n),
        (SELECT min(id) FROM sources_term WHERE list = 'origin-kind'), ''
    FROM generate_series(1, 2000) n;

    INSERT INTO actors_actor (id, status, slug, name, kind_id, country_id, description)
    SELECT n, 'published', 'actor-' || n, pg_temp.named(20000 + n),
        'actor-kind/' || (ARRAY['armed_group', 'person'])[1 + n %% 2],
        'country/' || (ARRAY['AFG', 'SYR', 'MEX', 'MMR'])[1 + n %% 4], ''
    FROM generate_series(1, 20000) n;

    INSERT INTO actors_alias (id, status, actor_id, name, kind_id, note)
    SELECT 2 * n + other, 'published', n,
        CASE other WHEN 0 THEN pg_temp.named(20000 + n)
            ELSE 'Front of ' || pg_temp.named(50000 + CASE WHEN n %% 40 < 2
                                              THEN n / 40 ELSE n END) END,
        (SELECT min(id) FROM sources_term WHERE list = 'alias-kind'), ''
    FROM generate_series(1, 20000) n, generate_series(0, 1) other;

    INSERT INTO actors_relation (id, status, slug, subject_id, kind_id, object_id,
        title, start_precision, start_basis, start_text, start_note, end_precision,
        end_basis, end_text, end_note, note)
    SELECT n, 'published', 'relation-' || n, 1 + n %% 1000, 'relation-kind/ally_of',
        2000 + n, '', 'unknown', '', '', '', 'unknown', '', '', '', ''
    FROM generate_series(1, 5000) n;

    INSERT INTO events_place (id, status, slug, name, kind_id, country_id, parent_id,
        latitude, longitude, radius_m)
    SELECT n, 'published', 'place-' || n, pg_temp.named(n), 'place-kind/city',
        'country/' || (ARRAY['AFG', 'SYR', 'MEX', 'MMR'])[1 + n %% 4],
        CASE WHEN n > 100 THEN 1 + n %% 100 END,
        CASE WHEN n %% 50 > 0 THEN 10 + n %% 30 END,
        CASE WHEN n %% 50 > 0 THEN 20 + n %% 60 END,
        CASE WHEN n %% 50 > 0 THEN 5000 END
    FROM generate_series(1, 10000) n;

    INSERT INTO events_placename (id, name, kind_id, place_id)
    SELECT n, pg_temp.named(n),
        (SELECT min(id) FROM sources_term WHERE list = 'alias-kind'), n
    FROM generate_series(1, 10000) n
"""

_ARTICLE = """
    INSERT INTO sources_article (id, status, text, sha256, title, language, url,
        source_name, received_at, revision, published_earliest, published_latest,
        published_precision, published_basis, published_text, published_note, outlet_id,
        origin_id)
    SELECT a, CASE WHEN a %% 10 < 4 THEN 'draft' ELSE pg_temp.state(a) END, text,
        encode(sha256(convert_to(text, 'UTF8')), 'hex'),
        'Report ' || a || ' from ' || pg_temp.named(1 + a %% 10000), 'en',
        'https://example.org/' || a, a || '.txt', now() - a %% 1000 * interval '1 hour',
        1, day, day, 'day', 'metadata', '', '', 1 + a %% 500,
        CASE WHEN a %% 5 = 0 THEN 1 + a %% 2000 END
"""

ABOUT_ARTICLES = f"""
    {_ARTICLE}
    FROM generate_series(%(first)s::bigint, %(last)s) a,
        LATERAL (SELECT date '2010-01-02' + ((a + 1) / 2 %% 5000)::int AS day) AS d,
        LATERAL (
            SELECT 'Report ' || lpad(a::text, 7, '0') || ' of the day. '
                || pg_temp.named(20001 + a * 7 %% 20000) || ' met '
                || pg_temp.named(20001 + (a * 13 + 5) %% 20000) || E' on Monday.\\n'
                || string_agg(pg_temp.sentence(
                    (k * %(articles)s + a - 1) / 2 + 1, (a + 1) %% 2), '' ORDER BY k)
                AS text
            FROM generate_series(0::bigint, %(sentences)s - 1) k) AS t;

    INSERT INTO actors_mention (status, article_id, start, "end", quote, actor_id,
        alias_id, note)
    SELECT CASE WHEN a %% 10 < 4 THEN 'coded' ELSE pg_temp.state(a) END, a, at, at + 12,
        pg_temp.named(20000 + actor), actor, 2 * actor, ''
    FROM generate_series(%(first)s::bigint, %(last)s) a, LATERAL (
        VALUES ({len(LEAD)}, 1 + a * 7 %% 20000),
               ({SECOND}, 1 + (a * 13 + 5) %% 20000)) AS m(at, actor);

    INSERT INTO curation_run (id, article_id, extractor, version, configuration,
        text_sha256, digest, started_at, seconds, found, dropped)
    SELECT 3 * a + n, a, (ARRAY['figures', 'claims', 'events'])[n + 1], '1', '{{}}',
        sha256, 'digest-' || n, received_at, 0.1, 2, 0
    FROM sources_article r, LATERAL (SELECT r.id AS a) AS i, generate_series(0, 2) n
    WHERE a BETWEEN %(first)s AND %(last)s AND a %% 100 > 0;

    INSERT INTO curation_proposal (id, article_id, kind, start, "end", quote, spans,
        fields, score, rule, reason, extractor, key, words)
    SELECT 6 * a + n, a, (ARRAY['figure', 'figure', 'figure', 'claim', 'claim',
            'event'])[n + 1], at, at + char_length(quote), quote, '[]',
        CASE WHEN n < 3 THEN jsonb_build_object('low', 20, 'high', NULL, 'group', 'all',
                'counted', 'people', 'measure', 'killed', 'part_of', NULL, 'implicit',
                false, 'quantifier', 'at_least')
            WHEN n < 5 THEN jsonb_build_object('cue', 'said', 'via', '[]'::jsonb,
                'quoted', 'indirect',
                'speaker', jsonb_build_object('how', 'description', 'actor', NULL,
                    'words', 'Officials', 'cluster', NULL),
                'modality', 'asserted', 'polarity', 'positive',
                'statement', 'occurrence', 'attributed', true)
            ELSE jsonb_build_object('why', '', 'date', jsonb_build_object('note', '',
                    'basis', 'relative', 'latest', NULL, 'earliest', NULL, 'precision',
                    'unknown'), 'mode', 'explosives', 'type', 'ASSAULT', 'acled', NULL,
                'place', NULL, 'title', 'Attack of the morning', 'linked',
                'event-' || 1 + a %% %(events)s, 'figures', '[]'::jsonb, 'contexts',
                '[]'::jsonb, 'modality', 'occurred', 'participants', '[]'::jsonb) END,
        0.8, (ARRAY['figure.passive', 'figure.active', 'figure.other', 'claim.said',
            'claim.that', 'event.lead'])[n + 1], 'Made for the bench',
        (ARRAY['figures', 'claims', 'events'])[1 + n / 3 + n / 5], 'key-' || n,
        'words-' || n || '-' || a
    FROM generate_series(%(first)s::bigint, %(last)s) a, generate_series(0, 5) n,
        LATERAL (SELECT %(sentences)s - 1 - n AS k, (a + 1) %% 2 AS side) AS o,
        LATERAL (SELECT (k * %(articles)s + a - 1) / 2 + 1 AS event) AS e,
        LATERAL (SELECT CASE WHEN n < 3 THEN pg_temp.quote(event, side)
            ELSE btrim(pg_temp.sentence(event, side)) END AS quote) AS q,
        LATERAL (SELECT pg_temp.at(k, side)
            + CASE WHEN n < 3 THEN {BEFORE} ELSE 0 END AS at) AS p
    WHERE a %% 100 > 0;

    INSERT INTO curation_sighting (run_id, proposal_id)
    SELECT 3 * article_id + (id %% 6) / 3 + (id %% 6) / 5, id
    FROM curation_proposal
    WHERE article_id BETWEEN %(first)s AND %(last)s;

    INSERT INTO curation_judgement (proposal_id, verdict, by_id, at, why, changes, made)
    SELECT id, (ARRAY['accepted', 'rejected'])[1 + article_id %% 2], %(coder)s,
        now() - article_id %% 40 * interval '1 day', '', '{{}}', '[]'
    FROM curation_proposal
    WHERE article_id BETWEEN %(first)s AND %(last)s AND id %% 6 = 2
"""

_CLAIM_COLUMNS = """
    INSERT INTO events_claim (id, status, slug, kind, statement, voice, speaker_id,
        speaker_text, modality, polarity, event_id, measure_id, group_id, low, high,
        quantifier, figure_text, note)
"""

ABOUT_EVENTS = f"""
    INSERT INTO events_event (id, status, slug, title, summary, type_id, contexts,
        modality, date_earliest, date_latest, date_precision, date_basis, date_text,
        date_note, place_id, place_precision_id, place_text)
    SELECT n, pg_temp.state(n), 'event-' || n,
        (ARRAY['Attack', 'Bombing', 'Raid', 'Protest', 'Ambush', 'Shelling', 'Arrest',
            'Clash'])[1 + n %% 8] || ' in ' || pg_temp.named(1 + n %% 10000)
            || ' ' || n, '',
        (ARRAY['plover-type/ASSAULT', 'plover-type/PROTEST'])[1 + n %% 2], '{{}}',
        'occurred', day, day, 'day', 'stated', '', '', 1 + n %% 10000,
        'place-precision/city', ''
    FROM generate_series(%(first)s::bigint, %(last)s
            + CASE WHEN %(last)s = %(events)s THEN 200 ELSE 0 END) n,
        LATERAL (SELECT date '2010-01-01' + (n %% 5000)::int
            + CASE WHEN n %% 1000 = 3 THEN 30 ELSE 0 END AS day) AS d;

    INSERT INTO events_participation (id, status, event_id, actor_id, role_id)
    SELECT 2 * n + side, pg_temp.state(n), n, 1 + (n * 7 + side * 13) %% 20000,
        (ARRAY['role/perpetrator', 'role/victim'])[1 + side]
    FROM generate_series(%(first)s::bigint, %(last)s) n, generate_series(0, 1) side;

    {_CLAIM_COLUMNS}
    SELECT 2 * n - 1 + side, pg_temp.state(n), 'claim-' || 2 * n - 1 + side,
        CASE WHEN counts THEN 'figure' ELSE 'occurrence' END,
        'In ' || pg_temp.named(1 + n %% 10000) || ' ' || pg_temp.quote(n, side) || '.',
        CASE WHEN n %% 2 = 0 THEN 'attributed' ELSE 'narrator' END,
        CASE WHEN n %% 20 IN (4, 8, 12) THEN 1 + n * 3 %% 20000 END,
        CASE WHEN n %% 2 = 0 THEN 'Officials' ELSE '' END,
        'asserted', 'positive', n,
        CASE WHEN counts THEN 'measure/killed' END,
        CASE WHEN counts THEN 'group/all' END,
        CASE WHEN counts AND side = 0 THEN pg_temp.figure(n, side) END,
        CASE WHEN counts AND side = 1 THEN pg_temp.figure(n, side) END,
        CASE WHEN counts THEN (ARRAY['at_least', 'up_to'])[1 + side] ELSE '' END,
        CASE WHEN counts THEN pg_temp.bound(side) || ' ' || pg_temp.figure(n, side)
            || ' people' ELSE '' END, ''
    FROM generate_series(%(first)s::bigint, %(last)s) n, generate_series(0, 1) side,
        LATERAL (SELECT side = 0 OR n %% 10 > 2 AS counts) AS c;

    INSERT INTO events_evidence (claim_id, article_id, start, "end", quote)
    SELECT claim, 1 + (claim - 1) %% %(articles)s, at, at + char_length(quote), quote
    FROM generate_series(%(first)s::bigint, %(last)s) n, generate_series(0, 1) side,
        LATERAL (
            SELECT 2 * n - 1 + side AS claim, pg_temp.quote(n, side) AS quote) AS c,
        LATERAL (SELECT pg_temp.at((claim - 1) / %(articles)s, side) + {BEFORE} AS at)
            AS p;

    INSERT INTO events_support (claim_id, event_id, part, participation_id, stance)
    SELECT 2 * n - 1, n, part, CASE part WHEN 'participation' THEN 2 * n END, 'supports'
    FROM generate_series(%(first)s::bigint, %(last)s) n,
        (VALUES ('date'), ('participation')) AS p(part);

    UPDATE events_event SET summary = 'Told by two articles.'
    WHERE id BETWEEN %(first)s AND %(last)s AND id %% 4 = 0
"""

# 200,000 characters; 700 quotes, 700 mentions and 600 proposals over them.
LONG_ARTICLE = f"""
    {_ARTICLE}
    FROM (SELECT %(long)s::bigint AS a, date '2024-01-02' AS day) AS d,
        LATERAL (
            SELECT left('{LEAD}' || pg_temp.named(20001) || ' met '
                || pg_temp.named(20002) || E' on Monday.\\n'
                || string_agg(overlay(pg_temp.sentence(k, 0) PLACING
                    CASE WHEN k %% 5 = 4 THEN E'\\n' ELSE ' ' END FROM {WIDE}),
                    '' ORDER BY k), 200000) AS text
            FROM generate_series(0::bigint, 200000 / {WIDE}) k) AS t;

    INSERT INTO actors_mention (status, article_id, start, "end", quote, actor_id, note)
    SELECT 'coded', %(long)s, pg_temp.at(k, 0), pg_temp.at(k, 0) + 9, 'Officials',
        1 + k %% 50, ''
    FROM generate_series(0::bigint, 699) k;

    {_CLAIM_COLUMNS}
    SELECT 2 * %(events)s + 1 + k, 'coded', 'long-claim-' || k, 'figure',
        pg_temp.quote(k, 0) || '.', 'attributed', NULL, 'Officials', 'asserted',
        'positive', 1 + k %% 70, 'measure/killed', 'group/all', pg_temp.figure(k, 0),
        NULL, 'at_least', pg_temp.bound(0) || ' ' || pg_temp.figure(k, 0) || ' people',
        ''
    FROM generate_series(0::bigint, 699) k;

    INSERT INTO events_evidence (claim_id, article_id, start, "end", quote)
    SELECT 2 * %(events)s + 1 + k, %(long)s, pg_temp.at(k, 0) + {BEFORE},
        pg_temp.at(k, 0) + {BEFORE} + char_length(pg_temp.quote(k, 0)),
        pg_temp.quote(k, 0)
    FROM generate_series(0::bigint, 699) k;

    INSERT INTO curation_run (id, article_id, extractor, version, configuration,
        text_sha256, digest, started_at, seconds, found, dropped)
    SELECT 3 * id, id, 'figures', '1', '{{}}', sha256, 'digest-0', received_at, 0.1,
        600, 0
    FROM sources_article WHERE id = %(long)s;

    INSERT INTO curation_proposal (id, article_id, kind, start, "end", quote, spans,
        fields, score, rule, reason, extractor, key, words)
    SELECT 6 * %(long)s + k, %(long)s, 'figure', at, at + char_length(quote), quote,
        '[]', jsonb_build_object('low', pg_temp.figure(k, 0), 'high', NULL, 'group',
            'all', 'counted', 'people', 'measure', 'killed', 'part_of', NULL,
            'implicit', false, 'quantifier', 'at_least'), 0.8, 'figure.passive',
        'Made for the bench', 'figures', 'key-' || k, 'long-words-' || k
    FROM generate_series(700::bigint, 1299) k,
        LATERAL (SELECT pg_temp.at(k, 0) + {BEFORE} AS at, pg_temp.quote(k, 0) AS quote)
            AS q;

    INSERT INTO curation_sighting (run_id, proposal_id)
    SELECT 3 * %(long)s, id FROM curation_proposal WHERE article_id = %(long)s
"""
