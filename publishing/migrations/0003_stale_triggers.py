"""Triggers that note, in the writer's own transaction, what a change touches.

They belong to publishing, not to the tables they stand on: no lower room needs to
know that publishing exists.
"""

from django.db import migrations

# Table, kind of the object it is a part of, column with that object's id.
TABLES = [
    ("sources_term", "term", "position"),
    ("sources_outlet", "outlet", "id"),
    ("sources_origin", "origin", "id"),
    ("sources_article", "article", "id"),
    ("sources_span", "article", "article_id"),
    ("actors_actor", "actor", "id"),
    ("actors_alias", "actor", "actor_id"),
    ("actors_actoridentifier", "actor", "actor_id"),
    ("actors_relation", "relation", "id"),
    ("actors_relation", "actor", "subject_id"),
    ("actors_relation", "actor", "object_id"),
    ("actors_mention", "article", "article_id"),
    ("actors_mention", "actor", "actor_id"),
    ("events_place", "place", "id"),
    ("events_placename", "place", "place_id"),
    ("events_placeidentifier", "place", "place_id"),
    ("events_event", "event", "id"),
    ("events_eventidentifier", "event", "event_id"),
    ("events_participation", "event", "event_id"),
    ("events_claim", "claim", "id"),
    ("events_claim", "event", "event_id"),
    ("events_claim", "relation", "relation_id"),
    ("events_attribution", "claim", "claim_id"),
    ("events_evidence", "claim", "claim_id"),
    ("events_evidence", "article", "article_id"),
    ("events_support", "claim", "claim_id"),
    ("events_support", "event", "event_id"),
]

FUNCTION = """
    CREATE FUNCTION publishing_note_stale() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        touched text := CASE TG_OP
            WHEN 'INSERT' THEN format('SELECT %1$I AS id FROM new_rows', TG_ARGV[1])
            WHEN 'DELETE' THEN format('SELECT %1$I AS id FROM old_rows', TG_ARGV[1])
            ELSE format('SELECT %1$I AS id FROM old_rows UNION '
                        'SELECT %1$I FROM new_rows', TG_ARGV[1]) END;
    BEGIN
        EXECUTE format('INSERT INTO public.publishing_stale (kind, object_id) '
                       'SELECT DISTINCT %L, id FROM (%s) AS touched '
                       'WHERE id IS NOT NULL', TG_ARGV[0], touched);
        RETURN NULL;
    END $$;

    -- The code behind a key of a code list; a code may hold slashes of its own.
    CREATE FUNCTION publishing_code(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN substr($1, strpos($1, '/') + 1);

    -- The published claims about an event, named by it or supporting a part of it. As
    -- a function, because the planner finds no index for such an OR.
    CREATE FUNCTION publishing_claims_about(event bigint) RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE RETURN ARRAY(
        SELECT c.id FROM events_claim c
        WHERE c.event_id = event AND c.status = 'published'
        UNION
        SELECT c.id FROM events_support s JOIN events_claim c ON c.id = s.claim_id
        WHERE s.event_id = event AND c.status = 'published');

    -- The articles that these claims are quoted from.
    CREATE FUNCTION publishing_articles_about(event bigint) RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE RETURN ARRAY(
        SELECT DISTINCT e.article_id FROM events_evidence e
        WHERE e.claim_id IN (SELECT unnest(publishing_claims_about(event))));

    -- The codes of an array of keys of a code list, in their order.
    CREATE FUNCTION publishing_codes(text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN ARRAY(
        SELECT publishing_code(key) FROM unnest($1) WITH ORDINALITY AS k(key, n)
        ORDER BY n);
"""

TRIGGER = """
    CREATE TRIGGER publishing_stale_{column}_{operation}
    AFTER {operation} ON {table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION publishing_note_stale('{kind}', '{column}');
"""
TRANSITION = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}

create = FUNCTION + "".join(
    TRIGGER.format(
        table=table, kind=kind, column=column, operation=operation, tables=tables
    )
    for table, kind, column in TABLES
    for operation, tables in TRANSITION.items()
    # Of a code list only its hierarchy shows in documents; new entries change none.
    if table != "sources_term" or operation == "update"
)
drop = "".join(
    f"DROP TRIGGER publishing_stale_{column}_{operation} ON {table};"
    for table, _, column in TABLES
    for operation in TRANSITION
    if table != "sources_term" or operation == "update"
) + """
    DROP FUNCTION publishing_note_stale();
    DROP FUNCTION publishing_codes(text[]);
    DROP FUNCTION publishing_code(text);
    DROP FUNCTION publishing_articles_about(bigint);
    DROP FUNCTION publishing_claims_about(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_groups"),
        ("curation", "0002_quotes_hold_articles"),
        ("events", "0001_events"),
        ("actors", "0001_actors"),
        ("sources", "0002_articles"),
    ]

    operations = [migrations.RunSQL(sql=create, reverse_sql=drop)]
