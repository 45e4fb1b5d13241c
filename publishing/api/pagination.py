"""Cursor pages: any depth at the cost of the first, on a unique ordering."""

from __future__ import annotations

import base64
import datetime as dt
import json
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q
from rest_framework.utils.urls import remove_query_param, replace_query_param

from publishing.models import Document, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet
    from rest_framework.request import Request

DEFAULT_LIMIT = 100
MAX_LIMIT = 1_000
RANK = "rank"
BY_KEY = ("id", "-id")
BY_ID = (*BY_KEY, "modified", "-modified")
BY_DATE = (*BY_ID, "date", "-date")
# Ordering → the column of the log, or of the postings, that leads it.
COLUMNS = {"id": "object_id", "date": "date_earliest", "modified": "pk"}

Key = int | float | dt.date | None


class Cursor(NamedTuple):
    """Where a page begins: beyond an object with that key, forwards or back."""

    key: Key
    object_id: int
    back: bool


class Row(NamedTuple):
    key: Key
    object_id: int
    document_id: int
    body: str


class Cut(NamedTuple):
    """The rows of a page, and whether there are more on either side of it."""

    rows: Sequence[Row]
    before: bool
    after: bool


def cut(
    documents: Callable[[], QuerySet[Document]],
    postings: list[QuerySet[Any]] | None,
    *,
    ordering: str,
    limit: int,
    cursor: Cursor | None,
    until: dt.date | None = None,
) -> Cut:
    """The page of `documents` beyond the cursor; undated objects come last.

    `postings`, if given, are of the same objects, and the page is found in them: then
    the log is not asked. One query.
    `until` is a day by which everything asked for begins that has a first day.
    """
    backwards = cursor is not None and cursor.back
    flip = ordering.startswith("-") ^ backwards
    stretches = _stretches(ordering, cursor, backwards=backwards, until=until)
    leading = COLUMNS[ordering.removeprefix("-")]
    # Both ways the undated stand at the end of the list.
    nulls: dict[str, Any] = {}
    if leading == COLUMNS["date"]:
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
    order = [
        F(leading).desc(**nulls) if flip else F(leading).asc(**nulls),
        F("object_id").desc() if flip else F("object_id").asc(),
    ]
    if postings is None:
        asked = reduce(or_, (beyond for beyond, _ in stretches))
        found = documents().filter(asked).order_by(*order)[: limit + 1]
        rows = found.annotate(leading=F(leading)).values_list(
            "leading", "object_id", "pk", "body"
        )
        return _cut_of([Row(*row) for row in rows], limit, cursor)
    pages = [
        branch.filter(beyond).order_by(*columns).values("document_id")[: limit + 1]
        for beyond, columns in stretches
        for branch in postings
    ]
    page = pages[0].union(*pages[1:], all=True) if len(pages) > 1 else pages[0]
    direction = "DESC" if flip else "ASC"
    found_in = _documents_of(
        page,
        leading,
        f"{leading} {direction} NULLS {'FIRST' if backwards else 'LAST'}, object_id"
        f" {direction}",
        limit + 1,
    )
    return _cut_of(found_in, limit, cursor)


def _documents_of(
    page: QuerySet[Any], leading: str, order: str, most: int
) -> list[Row]:
    """The documents whose ids `page` gives; said in SQL, as `plain_cut` is."""
    try:
        sql, parameters = page.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {leading}, object_id, id, body FROM publishing_document"
            f" WHERE id IN ({sql}) ORDER BY {order} LIMIT %s",
            [*parameters, most],
        )
        return [Row(*row) for row in cursor.fetchall()]


def _cut_of(found: list[Row], limit: int, cursor: Cursor | None) -> Cut:
    """The page among one row more than it holds, and what is on either side."""
    backwards = cursor is not None and cursor.back
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    before = more if backwards else cursor is not None
    return Cut(found, before=before, after=more or backwards)


def _stretches(
    ordering: str,
    cursor: Cursor | None,
    *,
    backwards: bool,
    until: dt.date | None,
) -> list[tuple[Q, list[str]]]:
    """Conditions and orders of what is read one after the other, by an index each."""
    flip = "-" if ordering.startswith("-") ^ backwards else ""
    side = "lt" if flip else "gt"
    name = ordering.removeprefix("-")
    column = COLUMNS[name]
    beyond_id = Q(**{f"object_id__{side}": cursor.object_id}) if cursor else Q()
    if name != "date":
        beyond = Q(**{f"{column}__{side}": cursor.key}) if cursor else Q()
        return [(beyond, [f"{flip}{column}"])]
    from_undated = cursor is not None and cursor.key is None
    beyond_date = Q(**{f"{column}__isnull": False})
    if cursor and not from_undated:
        same = Q(**{column: cursor.key}) & beyond_id
        # The first condition says to the index where to begin.
        beyond_date = Q(**{f"{column}__{side}e": cursor.key}) & (
            Q(**{f"{column}__{side}": cursor.key}) | same
        )
    if until:
        beyond_date &= Q(**{f"{column}__lte": until})
    dated = beyond_date, [f"{flip}{column}", f"{flip}object_id"]
    undated = Q(**{f"{column}__isnull": True}), [f"{flip}object_id"]
    if from_undated:
        undated = undated[0] & beyond_id, undated[1]
    if backwards:
        return [undated, dated] if from_undated else [dated]
    return [undated] if from_undated else [dated, undated]


def plain_cut(kind: Kind, *, limit: int, cursor: Cursor | None, back: bool) -> Cut:
    """The page of everything of a kind that is public now, by id; `back`: downwards.

    What `cut` does, said in SQL: the ORM would take longer than PostgreSQL.
    """
    downwards = back ^ (cursor is not None and cursor.back)
    side, flip = ("<", "DESC") if downwards else (">", "ASC")
    with connection.cursor() as cursor_:
        cursor_.execute(
            f"""
            SELECT object_id, object_id, id, body FROM publishing_document
            WHERE kind = %s AND valid_to IS NULL AND NOT gone
              {f"AND object_id {side} %s" if cursor else ""}
            ORDER BY object_id {flip} LIMIT %s
            """,
            [kind.value, *([cursor.key] if cursor else []), limit + 1],
        )
        found = [Row(*row) for row in cursor_.fetchall()]
    return _cut_of(found, limit, cursor)


def in_order(documents: QuerySet[Document], ordering: str) -> QuerySet[Document]:
    """`documents` in that order, undated ones last; by rank is by id."""
    if ordering == RANK:
        return documents.order_by("object_id")
    descending = ordering.startswith("-")
    leading = F(COLUMNS[ordering.removeprefix("-")])
    last = True if ordering.endswith("date") else None
    if descending:
        return documents.order_by(leading.desc(nulls_last=last), "-object_id")
    return documents.order_by(leading.asc(nulls_last=last), "object_id")


def limit_of(parameters: Mapping[str, str]) -> int:
    return int(parameters.get("limit", DEFAULT_LIMIT))


def paging_problems(
    parameters: Mapping[str, str], ordering: str, orderings: Sequence[str]
) -> list[dict[str, Any]]:
    """Everything that is wrong with limit, ordering and cursor, for BadParameters."""
    problems: list[dict[str, Any]] = []
    limit = parameters.get("limit", str(DEFAULT_LIMIT))
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:9]) <= MAX_LIMIT):
        message = f"“{limit}” is not a whole number from 1 to {MAX_LIMIT}."
        problems.append({"parameter": "limit", "message": message})
    if ordering not in orderings:
        problems.append(
            {
                "parameter": "ordering",
                "message": f"There is no ordering “{ordering}” here.",
                "allowed": list(orderings),
            }
        )
    if "cursor" in parameters and not read_cursor(parameters["cursor"], ordering):
        message = "Use the addresses in next and previous as they are."
        problems.append({"parameter": "cursor", "message": message})
    return problems


def read_cursor(given: str, ordering: str) -> Cursor | None:
    """The cursor in `given`; None if it is damaged or made for another ordering."""
    try:
        key, object_id, back, made_for = json.loads(base64.urlsafe_b64decode(given))
        if made_for != ordering or abs(int(object_id)) >= 2**63:
            return None
        return Cursor(_typed(key, ordering), int(object_id), bool(back))
    except (ValueError, TypeError):
        return None


def _typed(key: Any, ordering: str) -> Key:
    if ordering.endswith("date"):
        return dt.date.fromisoformat(key) if key else None
    if ordering == RANK:
        return float(key)
    number = int(key)
    if abs(number) >= 2**63:
        raise ValueError
    return number


def link(request: Request, row: Row, *, back: bool, ordering: str) -> str:
    """The address of the page after that row, or before it."""
    key = "" if row.key is None else str(row.key)
    cursor = json.dumps([key, row.object_id, back, ordering], separators=(",", ":"))
    url = remove_query_param(request.build_absolute_uri(), "cursor")
    return replace_query_param(
        url, "cursor", base64.urlsafe_b64encode(cursor.encode()).decode()
    )
