"""Search by words: ranked, with the passages that hold them."""

from __future__ import annotations

import html
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

import orjson
from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import Case, F, FloatField, Value, When
from django.db.models.functions import Cast

from publishing.api.filters.words import alike, may_be_name, query_of
from publishing.api.pagination import Cut, Row
from publishing.facets import FOLDED, WORDS
from publishing.models import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from publishing.api.filters import Conditions
    from publishing.api.pagination import Cursor

# So many matches are ranked: those published last. Ranking reads every one.
MOST_RANKED = 500
# Beyond so many expected matches the newest are read from the end of the log; below,
# all matches are collected first.
COMMON = 20_000
# Stand for <mark> and </mark> and between fragments until the text is escaped; of the
# private use area, and taken out of the text before.
_START, _STOP, _BETWEEN = "\ue000", "\ue001", "\ue002"


def ranked(conditions: Conditions, *, limit: int, cursor: Cursor | None) -> Cut:
    """The best of the matches published last, beyond the cursor.

    A match in the words counts up to 1 (ts_rank_cd), a name spelt alike from 0.5 to 1.
    """
    keys = _ranks(conditions)
    start, stop = 0, limit
    if cursor:
        assert isinstance(cursor.key, float)  # noqa: S101 (the ordering says so)
        at = (-cursor.key, cursor.object_id)
        if cursor.back:
            stop = bisect_left(keys, at, key=_at)
            start = max(0, stop - limit)
        else:
            start = bisect_right(keys, at, key=_at)
            stop = start + limit
    page = keys[start:stop]
    chosen = Document.objects.filter(pk__in=[pk for _, _, pk in page])
    bodies = dict(chosen.values_list("pk", "body"))
    rows = [Row(rank, object_id, pk, bodies[pk]) for rank, object_id, pk in page]
    return Cut(rows, before=start > 0, after=stop < len(keys))


def _at(key: tuple[float, int, int]) -> tuple[float, int]:
    return -key[0], key[1]


def _ranks(conditions: Conditions) -> list[tuple[float, int, int]]:
    """Rank, object id and document id of the matches, the best first."""
    words = conditions.words or ""
    newest = _newest(conditions.documents())
    rank: Any = SearchRank(F("search"), query_of(words), normalization=32)
    if conditions.kind in FOLDED and may_be_name(words):
        likeness = alike(conditions, words, conditions.kind)
        cases = [When(pk=pk, then=Value(like)) for pk, (_, like) in likeness.items()]
        if cases:
            rank += Case(*cases, default=Value(0.0), output_field=FloatField())
    found = Document.objects.filter(pk__in=newest.values("pk"))
    keys = found.values_list(Cast(rank, FloatField()), "object_id", "pk")
    return sorted(keys, key=_at)


def _newest(documents: QuerySet[Document]) -> QuerySet[Document]:
    plan = orjson.loads(documents.order_by().values("pk").explain(format="json"))
    if plan[0]["Plan"]["Plan Rows"] > COMMON:
        return documents.order_by("-pk")[:MOST_RANKED]
    # Not the key itself: else PostgreSQL may walk the whole log for a rare word.
    return documents.order_by((F("pk") + 0).desc())[:MOST_RANKED]


def highlights(conditions: Conditions, rows: Sequence[Row]) -> dict[str, list[str]]:
    """Object id → passages with the words between <mark> and </mark>, as safe HTML.

    Empty where only a name that is spelt alike matched.
    """
    options = (
        f"StartSel={_START}, StopSel={_STOP}, FragmentDelimiter={_BETWEEN}, "
        "MaxFragments=3, MaxWords=25, MinWords=8"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT d.object_id, ts_headline('newsdb', translate(words.text, %s, ''),
                websearch_to_tsquery('newsdb', %s), %s)
            FROM publishing_document d CROSS JOIN LATERAL (
                SELECT coalesce(string_agg(value #>> '{}', ' '), '') AS text
                FROM unnest(%s::text[]) AS path
                CROSS JOIN LATERAL jsonb_path_query(d.body::jsonb, path::jsonpath)
                    AS value
            ) AS words
            WHERE d.id = ANY(%s)
            """,
            [
                _START + _STOP + _BETWEEN,
                conditions.words,
                options,
                list(WORDS[conditions.kind]),
                [row.document_id for row in rows],
            ],
        )
        found = dict(cursor.fetchall())
    return {str(row.object_id): _marked(found[row.object_id]) for row in rows}


def _marked(text: str) -> list[str]:
    return [
        html.escape(fragment).replace(_START, "<mark>").replace(_STOP, "</mark>")
        for fragment in text.split(_BETWEEN)
        if _START in fragment
    ]
