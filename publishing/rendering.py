"""From rows to documents: one function renders whatever was noted as stale."""

from __future__ import annotations

import datetime as dt
import time
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from publishing.beside import write_beside
from publishing.dependents import WATCHED, with_dependents
from publishing.estimates import derive_estimates
from publishing.facets import DATES, FACETS, FOLDED, WORDS
from publishing.kinds import DOCUMENTS
from publishing.kinds.merged import merged
from publishing.models import Document, Kind, Stale, by_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Notes that are looked up together, oldest first.
BATCH = 5_000
# Documents of one transaction: bounds its memory, and how long others wait for their
# turn. In the pause (in seconds) between two they get it: see publishing.following.
CHUNK = 1_000
PAUSE = 0.03
# From so many on it was a bulk load, after which tables want new statistics.
BULK = 500
LOG = Document._meta.db_table
# Who renders has this lock until its transaction ends, and has taken every other lock
# before. So the log is committed in the order of its ids: see publishing.changes.
LOCK = "'publishing_document'::regclass::bigint"


def refresh() -> int:
    """Render every stale object; returns how many documents changed.

    Safe to call at any time and by several processes: they take turns. What a crash
    leaves undone stays noted and is done by the next call.
    """
    changed = 0
    if Stale.objects.count() > BULK:
        _analyze()
    while Stale.objects.exists():
        if changed:
            _pause()
        changed += _refresh_oldest()
    return changed


def _analyze() -> None:
    """After a bulk load PostgreSQL still plans for the empty tables of before."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(WATCHED)}")


def render_all() -> int:
    """Render every object of every kind, stale or not."""
    with transaction.atomic():
        for kind, documents in DOCUMENTS.items():
            ids = documents().model._base_manager.values_list("pk", flat=True)
            Stale.objects.bulk_create(
                (Stale(kind=kind, object_id=pk) for pk in ids.iterator()),
                batch_size=BATCH,
            )
    return refresh()


def _refresh_oldest() -> int:
    """What was noted is forgotten last, so that a crash leaves it noted; and only what
    was looked up, since whatever is noted meanwhile has to be looked up again."""
    notes, touched = _look_up()
    changed = 0
    for chunk in _chunks(touched):
        if changed:
            _pause()
        with transaction.atomic():
            _wait_for_lock()
            changed += render(chunk)
    Stale.objects.forget(notes)
    return changed


@transaction.atomic
def _look_up() -> tuple[list[int], dict[str, set[int]]]:
    """Notes, and all that is to be rendered for them.

    With the LOCK: who has rendered what it added, and knew nothing of what is noted
    here, is committed by then, and whoever renders later knows it.
    """
    _wait_for_lock()
    notes = list(Stale.objects.order_by("pk")[:BATCH])
    touched = with_dependents(by_kind(notes))
    # They will be fresh: what is noted of them need not be looked up another time.
    if more := Stale.objects.after(notes, of=touched):
        notes += more
        touched = with_dependents(by_kind(notes))
    return [note.pk for note in notes], touched


def _chunks(touched: dict[str, set[int]]) -> Iterator[dict[str, set[int]]]:
    """All that is touched, in parts of no more than CHUNK documents."""
    pairs = ((kind, pk) for kind in Kind for pk in sorted(touched.get(kind, ())))
    while some := list(islice(pairs, CHUNK)):
        chunk: dict[str, set[int]] = {}
        for kind, pk in some:
            chunk.setdefault(kind, set()).add(pk)
        yield chunk


def _pause() -> None:
    if connection.get_autocommit():
        time.sleep(PAUSE)


def _wait_for_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")


def render(touched: dict[str, set[int]]) -> int:
    """Render these objects; how many changed. For who has the LOCK."""
    with connection.cursor() as cursor:
        # Taken now: the transaction may have begun before another renderer ended. The
        # clock may have been set back since; the log never goes back.
        cursor.execute(
            f"SELECT greatest(clock_timestamp(),"
            f" (SELECT valid_from FROM {LOG} ORDER BY id DESC LIMIT 1))"
        )
        moment = cursor.fetchone()[0]
        derive_estimates(touched.get(Kind.EVENT, set()))
        return sum(
            _render(cursor, kind, touched[kind], moment)
            for kind in Kind
            if touched.get(kind)
        )


def fresh_documents(kind: Kind, ids: Collection[int] | None = None) -> tuple[str, Any]:
    """SQL and parameters of a SELECT of object_id, slug, body as they should be now."""
    queryset = DOCUMENTS[kind]()
    if ids is not None:
        queryset = queryset.filter(pk__in=ids)
    sql, parameters = queryset.order_by().query.sql_with_params()
    return f"SELECT * FROM ({sql}) AS fresh(object_id, slug, body)", parameters


def merged_documents(kind: Kind, ids: Collection[int] | None = None) -> tuple[str, Any]:
    """As fresh_documents, of merged objects: where they went."""
    queryset = merged(kind, ids)
    if queryset is None:
        return "SELECT NULL::bigint, NULL::text, NULL::text WHERE false", ()
    return queryset.order_by().query.sql_with_params()


def _render(cursor: Any, kind: Kind, ids: set[int], moment: dt.datetime) -> int:
    """Append a version of each of `ids` whose document is not what it was."""
    fresh, parameters = fresh_documents(kind, sorted(ids))
    left, more = merged_documents(kind, sorted(ids))
    cursor.execute("DROP TABLE IF EXISTS publishing_rendered")
    cursor.execute(
        f"""
        CREATE TEMPORARY TABLE publishing_rendered ON COMMIT DROP AS
        SELECT wanted.object_id, fresh.slug AS fresh_slug, fresh.body AS fresh_body,
               encode(sha256(convert_to(coalesce(fresh.body, ''), 'UTF8')), 'hex')
                   AS fresh_sha256,
               coalesce(fresh.gone, true) AS gone,
               current.id AS current_id, current.slug, current.version
        FROM unnest(%s::bigint[]) AS wanted(object_id)
        LEFT JOIN (SELECT object_id, slug, body, false FROM ({fresh}) AS public
                   UNION ALL SELECT *, true FROM ({left}) AS merged)
               AS fresh(object_id, slug, body, gone)
               ON fresh.object_id = wanted.object_id
        LEFT JOIN publishing_document AS current
               ON current.kind = %s AND current.object_id = wanted.object_id
              AND current.valid_to IS NULL
        WHERE fresh.body IS DISTINCT FROM nullif(current.body, '')
          -- What never was public leads nowhere.
          AND (current.id IS NOT NULL OR NOT fresh.gone)
        """,
        [sorted(ids), *parameters, *more, kind],
    )
    if not cursor.rowcount:
        return 0
    cursor.execute(
        """
        UPDATE publishing_document SET valid_to = %s
        WHERE id IN (SELECT current_id FROM publishing_rendered)
        """,
        [moment],
    )
    cursor.execute(_APPEND, {"kind": kind, "moment": moment, **_paths(kind)})
    appended = int(cursor.rowcount)
    write_beside(cursor, kind, "SELECT object_id FROM publishing_rendered")
    return appended


def _paths(kind: Kind) -> dict[str, Any]:
    """The paths of publishing.facets as parallel arrays, and where the dates are."""
    facets = [
        (name, path, folded)
        for table, folded in ((FACETS, False), (FOLDED, True))
        for name, paths in table.get(kind, {}).items()
        for path in paths
    ]
    date = DATES.get(kind, "-")
    return {
        "names": [name for name, _, _ in facets],
        "paths": [path for _, path, _ in facets],
        "folded": [folded for _, _, folded in facets],
        "words": list(WORDS[kind]),
        "earliest": [date, "earliest"],
        "latest": [date, "latest"],
    }


_APPEND = """
    INSERT INTO publishing_document
        (kind, object_id, slug, version, valid_from, gone, sha256, body, facets,
         date_earliest, date_latest, search)
    SELECT %(kind)s, object_id, coalesce(fresh_slug, slug), coalesce(version, 0) + 1,
           %(moment)s, gone, fresh_sha256, coalesce(fresh_body, ''),
           coalesce(facet.tokens, '{}'),
           (body #>> %(earliest)s)::date, (body #>> %(latest)s)::date,
           to_tsvector('newsdb', coalesce(word.text, ''))
    FROM publishing_rendered
    CROSS JOIN LATERAL (SELECT CASE WHEN NOT gone THEN fresh_body::jsonb END)
        AS parsed(body)
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT name || ':' || CASE WHEN folded
                    THEN newsdb_fold(value #>> '{}') ELSE value #>> '{}' END) AS tokens
        FROM unnest(%(names)s::text[], %(paths)s::text[], %(folded)s::boolean[])
                 AS facet(name, path, folded)
        CROSS JOIN LATERAL jsonb_path_query(body, path::jsonpath) AS value
        WHERE value <> 'null'
    ) AS facet ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(value #>> '{}', ' ') AS text
        FROM unnest(%(words)s::text[]) AS path
        CROSS JOIN LATERAL jsonb_path_query(body, path::jsonpath) AS value
    ) AS word ON true
    ORDER BY object_id
"""
