"""What was merged stays withdrawn, and nothing new refers to it.

Triggers on the tables of lower rooms, which need not know that records are merged.
"""

from django.db import migrations

KINDS = {"actor": "actors_actor", "event": "events_event", "place": "events_place"}
# Table, column, and the kind of record that it names.
REFERENCES = [
    ("actors_alias", "actor_id", "actor"),
    ("actors_actoridentifier", "actor_id", "actor"),
    ("actors_mention", "actor_id", "actor"),
    ("actors_relation", "subject_id", "actor"),
    ("actors_relation", "object_id", "actor"),
    ("events_participation", "actor_id", "actor"),
    ("events_claim", "speaker_id", "actor"),
    ("events_attribution", "actor_id", "actor"),
    ("events_participation", "event_id", "event"),
    ("events_support", "event_id", "event"),
    ("events_claim", "event_id", "event"),
    ("events_eventidentifier", "event_id", "event"),
    ("events_place", "parent_id", "place"),
    ("events_placename", "place_id", "place"),
    ("events_placeidentifier", "place_id", "place"),
    ("events_event", "place_id", "place"),
]

FUNCTIONS = """
    CREATE FUNCTION newsdb_merged_stays_withdrawn() RETURNS trigger
    LANGUAGE plpgsql AS $$
    DECLARE
        merged boolean;
    BEGIN
        EXECUTE format('SELECT EXISTS (SELECT FROM public.curation_merge m '
                       'WHERE m.%I = $1 AND m.undone_at IS NULL)', TG_ARGV[0] || '_id')
            INTO merged USING NEW.id;
        IF merged THEN
            RAISE EXCEPTION '% % was merged into another: it stays withdrawn',
                TG_ARGV[0], NEW.id USING ERRCODE = 'check_violation',
                CONSTRAINT = TG_TABLE_NAME || '_merged_stays_withdrawn';
        END IF;
        RETURN NEW;
    END $$;

    -- Set-wise: the rows of a statement that name another record than before.
    CREATE FUNCTION newsdb_merged_is_left() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        kind text := TG_ARGV[1];
        merged bigint;
        named text := CASE TG_OP
            WHEN 'INSERT' THEN format(
                'SELECT %1$I FROM new_rows WHERE %1$I IS NOT NULL', TG_ARGV[0])
            ELSE format(
                'SELECT n.%1$I FROM new_rows n LEFT JOIN old_rows o USING (id) '
                'WHERE n.%1$I IS NOT NULL AND n.%1$I IS DISTINCT FROM o.%1$I',
                TG_ARGV[0]) END;
    BEGIN
        -- Held, so that no other session merges them meanwhile: it waits for this one,
        -- and this one for it.
        EXECUTE format('SELECT FROM public.%I t WHERE t.id IN (%s) FOR KEY SHARE OF t',
                       TG_ARGV[2], named);
        EXECUTE format('SELECT m.%1$I FROM public.curation_merge m '
                       'WHERE m.undone_at IS NULL AND m.%1$I IN (%2$s) LIMIT 1',
                       kind || '_id', named) INTO merged;
        IF merged IS NOT NULL THEN
            RAISE EXCEPTION '% % was merged into another: name that one',
                kind, merged USING ERRCODE = 'check_violation',
                CONSTRAINT = TG_TABLE_NAME || '_' || TG_ARGV[0] || '_not_merged';
        END IF;
        RETURN NULL;
    END $$;
"""
# Where a merged record leads, over as many merges as there are; to itself if to none.
LAST = """
    CREATE FUNCTION newsdb_last_{kind}(bigint) RETURNS bigint
    LANGUAGE sql STABLE STRICT PARALLEL SAFE RETURN (
        WITH RECURSIVE way(id, step) AS (
            SELECT $1, 0
            UNION ALL
            SELECT m.{kind}_into_id, step + 1
            FROM public.curation_merge m JOIN way ON m.{kind}_id = way.id
            WHERE m.undone_at IS NULL AND step < 1000
        )
        SELECT id FROM way ORDER BY step DESC LIMIT 1);
"""
WITHDRAWN = """
    CREATE TRIGGER merged_stays_withdrawn BEFORE UPDATE OF status ON {table}
    FOR EACH ROW WHEN (NEW.status NOT IN ('rejected', 'retracted')
                       AND NEW.status IS DISTINCT FROM OLD.status)
    EXECUTE FUNCTION newsdb_merged_stays_withdrawn('{kind}');
"""
LEFT = """
    CREATE TRIGGER merged_is_left_{column}_{operation} AFTER {operation} ON {table}
    REFERENCING {tables} FOR EACH STATEMENT
    EXECUTE FUNCTION newsdb_merged_is_left('{column}', '{kind}', '{named}');
"""
TRANSITION = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}

create = (
    FUNCTIONS
    + "".join(LAST.format(kind=kind) for kind in KINDS)
    + "".join(WITHDRAWN.format(table=table, kind=kind) for kind, table in KINDS.items())
    + "".join(
        LEFT.format(
            table=table,
            column=column,
            kind=kind,
            named=KINDS[kind],
            operation=operation,
            tables=tables,
        )
        for table, column, kind in REFERENCES
        for operation, tables in TRANSITION.items()
    )
)
drop = "".join(
    f"DROP TRIGGER merged_is_left_{column}_{operation} ON {table};"
    for table, column, _ in REFERENCES
    for operation in TRANSITION
) + "".join(
    [
        *(
            f"DROP TRIGGER merged_stays_withdrawn ON {table};"
            for table in KINDS.values()
        ),
        *(f"DROP FUNCTION newsdb_last_{kind}(bigint);" for kind in KINDS),
        "DROP FUNCTION newsdb_merged_is_left();",
        "DROP FUNCTION newsdb_merged_stays_withdrawn();",
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0007_merging"),
        ("actors", "0002_lists_by_index"),
        ("events", "0003_lists_by_index"),
    ]

    operations = [migrations.RunSQL(sql=create, reverse_sql=drop)]
