"""Which documents show what: the objects to render when one changes."""

from __future__ import annotations

from django.db import connection

# (what changed, what shows it, SQL from the ids of the one to the ids of the other).
# Order matters: a step sees what earlier steps added, so a retracted article reaches
# its claims, they their event, the event its other claims. Rendering too much is
# harmless (an equal document is not appended); too little is found by `verify`.
STEPS: tuple[tuple[str, str, str], ...] = (
    ("term", "event", "SELECT id FROM events_event"),
    ("outlet", "article", "SELECT id FROM sources_article WHERE outlet_id = ANY(%s)"),
    ("outlet", "actor", "SELECT id FROM actors_actor WHERE outlet_id = ANY(%s)"),
    ("origin", "article", "SELECT id FROM sources_article WHERE origin_id = ANY(%s)"),
    ("article", "article", "SELECT id FROM sources_article WHERE revises_id = ANY(%s)"),
    ("article", "actor", "SELECT actor_id FROM actors_mention WHERE article_id = ANY(%s)"),
    ("article", "claim", "SELECT claim_id FROM events_evidence WHERE article_id = ANY(%s)"),
    ("place", "place", "SELECT id FROM events_place WHERE parent_id = ANY(%s)"),
    ("place", "event", "SELECT id FROM events_event WHERE place_id = ANY(%s)"),
    ("actor", "article", "SELECT article_id FROM actors_mention WHERE actor_id = ANY(%s)"),
    (
        "actor",
        "relation",
        "SELECT id FROM actors_relation WHERE subject_id = ANY(%(ids)s)"
        " OR object_id = ANY(%(ids)s)",
    ),
    ("actor", "event", "SELECT event_id FROM events_participation WHERE actor_id = ANY(%s)"),
    (
        "actor",
        "claim",
        "SELECT id FROM events_claim WHERE speaker_id = ANY(%(ids)s)"
        " UNION SELECT claim_id FROM events_attribution WHERE actor_id = ANY(%(ids)s)",
    ),
    ("claim", "claim", "SELECT id FROM events_claim WHERE part_of_id = ANY(%s)"),
    ("claim", "article", "SELECT article_id FROM events_evidence WHERE claim_id = ANY(%s)"),
    (
        "claim",
        "event",
        "SELECT event_id FROM events_claim WHERE id = ANY(%(ids)s)"
        " UNION SELECT event_id FROM events_support WHERE claim_id = ANY(%(ids)s)",
    ),
    ("claim", "relation", "SELECT relation_id FROM events_claim WHERE id = ANY(%s)"),
    (
        "relation",
        "actor",
        "SELECT subject_id FROM actors_relation WHERE id = ANY(%(ids)s)"
        " UNION SELECT object_id FROM actors_relation WHERE id = ANY(%(ids)s)",
    ),
    ("relation", "claim", "SELECT id FROM events_claim WHERE relation_id = ANY(%s)"),
    ("event", "claim", "SELECT id FROM events_claim WHERE event_id = ANY(%s)"),
)

# Tables whose triggers note what a change touches, and as which kinds of object.
WATCHED: dict[str, tuple[str, ...]] = {
    "sources_term": ("term",),
    "sources_outlet": ("outlet",),
    "sources_origin": ("origin",),
    "sources_article": ("article",),
    "sources_span": ("article",),
    "actors_actor": ("actor",),
    "actors_alias": ("actor",),
    "actors_actoridentifier": ("actor",),
    "actors_relation": ("relation",),
    "actors_mention": ("article", "actor"),
    "events_place": ("place",),
    "events_placename": ("place",),
    "events_placeidentifier": ("place",),
    "events_event": ("event",),
    "events_eventidentifier": ("event",),
    "events_participation": ("event",),
    "events_claim": ("claim", "event", "relation"),
    "events_attribution": ("claim",),
    "events_evidence": ("claim", "article"),
    "events_support": ("claim", "event"),
}


def stale_triggers() -> dict[str, set[str]]:
    """The names of the triggers of publishing's migration 0003, by table.

    Of a code list only its hierarchy shows in documents, so that new entries touch
    nothing.
    """
    return {
        table: {
            f"publishing_stale_{kind}_{operation}"
            for kind in kinds
            for operation in ("insert", "update", "delete")
            if table != "sources_term" or operation == "update"
        }
        for table, kinds in WATCHED.items()
    }


def with_dependents(stale: dict[str, set[int]]) -> dict[str, set[int]]:
    """`stale` and every object whose document shows one of them, by kind."""
    touched = {kind: set(ids) for kind, ids in stale.items()}
    with connection.cursor() as cursor:
        for source, target, sql in STEPS:
            if ids := sorted(touched.get(source, ())):
                named = "%(ids)s" in sql
                has_parameter = named or "%s" in sql
                cursor.execute(
                    sql, ({"ids": ids} if named else [ids]) if has_parameter else None
                )
                found = {row[0] for row in cursor.fetchall() if row[0] is not None}
                touched.setdefault(target, set()).update(found)
    return touched
