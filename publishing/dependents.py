"""Which documents show what: the objects to render when one changes."""

from __future__ import annotations

from django.db import connection

# What changed, what shows it, and where that is to be read: table, column of what
# shows it, column of what changed (empty: everything shows it).
# Order matters: a step sees what earlier steps added, so a retracted article reaches
# its claims, they their event, the event its other claims. Rendering too much is
# harmless (an equal document is not appended); too little is found by `verify`.
STEPS: tuple[tuple[str, str, str, str, str], ...] = (
    ("term", "event", "events_event", "id", ""),
    ("outlet", "article", "sources_article", "id", "outlet_id"),
    ("outlet", "actor", "actors_actor", "id", "outlet_id"),
    ("origin", "article", "sources_article", "id", "origin_id"),
    ("article", "article", "sources_article", "id", "revises_id"),
    ("article", "actor", "actors_mention", "actor_id", "article_id"),
    ("article", "claim", "events_evidence", "claim_id", "article_id"),
    ("place", "place", "events_place", "id", "parent_id"),
    ("place", "event", "events_event", "id", "place_id"),
    ("actor", "article", "actors_mention", "article_id", "actor_id"),
    ("actor", "relation", "actors_relation", "id", "subject_id"),
    ("actor", "relation", "actors_relation", "id", "object_id"),
    ("actor", "event", "events_participation", "event_id", "actor_id"),
    ("actor", "claim", "events_claim", "id", "speaker_id"),
    ("actor", "claim", "events_attribution", "claim_id", "actor_id"),
    ("claim", "claim", "events_claim", "id", "part_of_id"),
    ("claim", "article", "events_evidence", "article_id", "claim_id"),
    ("claim", "event", "events_claim", "event_id", "id"),
    ("claim", "event", "events_support", "event_id", "claim_id"),
    ("claim", "relation", "events_claim", "relation_id", "id"),
    ("relation", "actor", "actors_relation", "subject_id", "id"),
    ("relation", "actor", "actors_relation", "object_id", "id"),
    ("relation", "claim", "events_claim", "id", "relation_id"),
    ("event", "claim", "events_claim", "id", "event_id"),
)

# Columns whose triggers note what a change touches (publishing's migration 0003).
WATCHED: dict[str, tuple[str, ...]] = {
    "sources_term": ("position",),
    "sources_outlet": ("id",),
    "sources_origin": ("id",),
    "sources_article": ("id",),
    "sources_span": ("article_id",),
    "actors_actor": ("id",),
    "actors_alias": ("actor_id",),
    "actors_actoridentifier": ("actor_id",),
    "actors_relation": ("id", "subject_id", "object_id"),
    "actors_mention": ("article_id", "actor_id"),
    "events_place": ("id",),
    "events_placename": ("place_id",),
    "events_placeidentifier": ("place_id",),
    "events_event": ("id",),
    "events_eventidentifier": ("event_id",),
    "events_participation": ("event_id",),
    "events_claim": ("id", "event_id", "relation_id"),
    "events_attribution": ("claim_id",),
    "events_evidence": ("claim_id", "article_id"),
    "events_support": ("claim_id", "event_id"),
    "curation_merge": ("actor_id", "event_id", "place_id"),
}
# What can be merged: its document names what it was merged into.
MERGED = ("actor", "event", "place")


def stale_triggers() -> dict[str, set[str]]:
    """The names of those triggers, by table.

    Of a code list only its hierarchy shows in documents, so that new entries touch
    nothing.
    """
    return {
        table: {
            f"publishing_stale_{column}_{operation}"
            for column in columns
            for operation in ("insert", "update", "delete")
            if table != "sources_term" or operation == "update"
        }
        for table, columns in WATCHED.items()
    }


class TooManyError(Exception):
    """More objects show what changed than the caller has time for."""


_MERGED_INTO = """
    WITH RECURSIVE led(id) AS (
        SELECT {kind}_id FROM curation_merge
        WHERE {kind}_into_id = ANY(%(ids)s) AND undone_at IS NULL
        UNION
        SELECT m.{kind}_id FROM curation_merge m JOIN led ON m.{kind}_into_id = led.id
        WHERE m.undone_at IS NULL
    )
    SELECT id FROM led LIMIT %(most)s
"""


def with_dependents(
    stale: dict[str, set[int]], *, most: int | None = None
) -> dict[str, set[int]]:
    """`stale` and every object whose document shows one of them, by kind.

    Raises TooManyError as soon as there are more than `most`.
    """
    touched = {kind: set(ids) for kind, ids in stale.items()}
    with connection.cursor() as cursor:
        for source, target, table, column, changed in STEPS:
            if ids := list(touched.get(source, ())):
                where = f"{changed} = ANY(%(ids)s)" if changed else "true"
                cursor.execute(
                    f"SELECT DISTINCT {column} FROM {table}"
                    f" WHERE {where} AND {column} IS NOT NULL LIMIT %(most)s",
                    {"ids": ids, "most": None if most is None else most + 1},
                )
                touched.setdefault(target, set()).update(
                    pk for (pk,) in cursor.fetchall()
                )
            _bound(touched, most)
        for kind in MERGED:
            if ids := list(touched.get(kind, ())):
                limit = None if most is None else most + 1
                cursor.execute(
                    _MERGED_INTO.format(kind=kind), {"ids": ids, "most": limit}
                )
                touched[kind].update(pk for (pk,) in cursor.fetchall())
        _bound(touched, most)
    return touched


def _bound(touched: dict[str, set[int]], most: int | None) -> None:
    if most is not None and sum(map(len, touched.values())) > most:
        raise TooManyError
