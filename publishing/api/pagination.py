"""Cursor pages: any depth at the cost of the first, on a unique ordering."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.db import connection
from django.db.models import F, OrderBy
from django.utils.encoding import escape_uri_path

from publishing.api.filters.base import InSql
from publishing.api.filters.postings import Said, Stretch, documents_in
from publishing.models import Document, Kind, place_by_date
from publishing.prepared import rows_of
from sources.numbers import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from publishing.api.filters.postings import Branch

DEFAULT_LIMIT = 100
MAX_LIMIT = 1_000
RANK = "rank"
BY_KEY = ("id", "-id")
BY_ID = (*BY_KEY, "modified", "-modified")
BY_DATE = (*BY_ID, "date", "-date")
# Ordering → the column of the log, or of the postings, that leads it.
COLUMNS = {"id": "object_id", "date": "date_earliest", "modified": "id"}

LAST = 2**63 - 1  # of ids

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
    branches: Sequence[Branch] | None,
    *,
    ordering: str,
    limit: int,
    cursor: Cursor | None,
    until: dt.date | None = None,
) -> Cut:
    """The page of `documents` beyond the cursor; undated objects come last.

    `branches`, if given, are postings of the same objects, and the page is found in
    them: then the log is not asked. One query.
    `until` is a day by which everything asked for begins that has a first day.
    """
    backwards = cursor is not None and cursor.back
    down = ordering.startswith("-") ^ backwards
    flip = "DESC" if down else "ASC"
    leading = COLUMNS[ordering.removeprefix("-")]
    if branches is None:
        found = documents().filter(*_beyond(leading, cursor, down=down))
        found = found.order_by(*_columns(leading, down=down, backwards=backwards))
        rows = found.annotate(leading=F(leading)).values_list(
            "leading", "object_id", "pk", "body"
        )
        return _cut_of([Row(*row) for row in rows[: limit + 1]], limit, cursor)
    if leading == COLUMNS["date"]:
        stretches = by_date(cursor, down=down, until=until)
    else:
        stretches = [_by_key(cursor, down=down)]
    chosen = documents_in(
        branches, stretches, limit + 1, columns=f"{leading}, object_id, id, body"
    )
    nulls = "FIRST" if backwards else "LAST"  # at the end of the list both ways
    order = f"{leading} {flip} NULLS {nulls}, object_id {flip}"
    with connection.cursor() as asking:
        sql = f"{chosen.sql} ORDER BY {order} LIMIT {limit + 1:d}"
        asking.execute(sql, chosen.values)
        return _cut_of([Row(*row) for row in asking.fetchall()], limit, cursor)


def _columns(leading: str, *, down: bool, backwards: bool) -> list[OrderBy]:
    """The order of the log; both ways the undated stand at the end of the list."""
    nulls: dict[str, Any] = {}
    if leading == COLUMNS["date"]:
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
    return [
        OrderBy(F(leading), descending=down, **nulls),
        OrderBy(F("object_id"), descending=down),
    ]


def _cut_of(found: list[Row], limit: int, cursor: Cursor | None) -> Cut:
    """The page among one row more than it holds, and what is on either side."""
    backwards = cursor is not None and cursor.back
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    before = more if backwards else cursor is not None
    return Cut(found, before=before, after=more or backwards)


def _beyond(leading: str, cursor: Cursor | None, *, down: bool) -> list[InSql]:
    """What lies beyond the cursor in the log; of dates, with the undated at the end."""
    if cursor is None:
        return []
    side = "<" if down else ">"
    if leading != COLUMNS["date"]:
        return [InSql(f"{leading} {side} %s", cursor.key)]
    if cursor.key is None:
        dated = " OR date_earliest IS NOT NULL" if cursor.back else ""
        undated = f"date_earliest IS NULL AND object_id {side} %s"
        return [InSql(f"({undated}{dated})", cursor.object_id)]
    undated = "" if cursor.back else " OR date_earliest IS NULL"
    place = f"(date_earliest, object_id) {side} (%s, %s)"
    return [InSql(f"({place}{undated})", cursor.key, cursor.object_id)]


def _by_key(cursor: Cursor | None, *, down: bool) -> Stretch:
    side, flip = ("<", "DESC") if down else (">", "ASC")
    beyond = [Said(f"{{0}}object_id {side} %s", [cursor.key])] if cursor else []
    return Stretch(Said.all_of(beyond), f"{{0}}object_id {flip}")


def by_date(
    cursor: Cursor | None, *, down: bool, until: dt.date | None
) -> list[Stretch]:
    """What is read by an index each: postings with a first day, and those without."""
    side, flip = ("<", "DESC") if down else (">", "ASC")
    first_days = [Said("{0}by_date IS NOT NULL")]
    none = [Said("{0}by_date IS NULL")]
    if cursor and isinstance(cursor.key, dt.date):
        place = place_by_date(cursor.key, cursor.object_id)
        first_days.append(Said(f"{{0}}by_date {side} %s", [place]))
    elif cursor:
        none.append(Said(f"{{0}}object_id {side} %s", [cursor.object_id]))
    if until:
        last = place_by_date(until, LAST)
        first_days.append(Said("{0}by_date <= %s", [last]))
    dated = Stretch(Said.all_of(first_days), f"{{0}}by_date {flip}", "by_date")
    undated = Stretch(Said.all_of(none), f"{{0}}object_id {flip}")
    if cursor and cursor.key is None:
        return [undated, dated] if cursor.back else [undated]
    return [dated] if cursor and cursor.back else [dated, undated]


def plain_cut(kind: Kind, *, limit: int, cursor: Cursor | None, back: bool) -> Cut:
    """The page of everything of a kind that is public now, by id; `back`: downwards.

    What `cut` does, said in SQL: the ORM would take longer than PostgreSQL.
    """
    downwards = back ^ (cursor is not None and cursor.back)
    side, flip = ("<", "DESC") if downwards else (">", "ASC")
    # Nothing but the place to begin at is a value: so that one plan is right for all.
    found = rows_of(
        f"""
        SELECT object_id, object_id, id, body FROM publishing_document
        WHERE kind = '{kind.value}' AND valid_to IS NULL AND NOT gone
          {f"AND object_id {side} %s::bigint" if cursor else ""}
        ORDER BY object_id {flip} LIMIT {limit + 1:d}
        """,
        [cursor.key] if cursor else [],
    )
    return _cut_of([Row(*row) for row in found], limit, cursor)


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


def limit_problems(
    parameters: Mapping[str, str], most: int = MAX_LIMIT
) -> list[dict[str, Any]]:
    """What is wrong with `limit`, for BadParameters."""
    limit = parameters.get("limit", "1")
    few = is_number(limit, digits=len(str(most)))
    if few and 1 <= int(limit) <= most:
        return []
    message = f"“{limit}” is not a whole number from 1 to {most}."
    return [{"parameter": "limit", "message": message}]


def paging_problems(
    parameters: Mapping[str, str], ordering: str, orderings: Sequence[str]
) -> list[dict[str, Any]]:
    """Everything that is wrong with limit, ordering and cursor, for BadParameters."""
    problems: list[dict[str, Any]] = []
    problems += limit_problems(parameters)
    if ordering not in orderings:
        message = f"There is no ordering “{ordering}” here."
        if ordering == RANK:
            message = "By rank is for words that are searched: add q."
        problems.append(
            {
                "parameter": "ordering",
                "message": message,
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


def link(request: HttpRequest, row: Row, *, back: bool, ordering: str) -> str:
    """The address of the page after that row, or before it."""
    key = "" if row.key is None else str(row.key)
    cursor = json.dumps([key, row.object_id, back, ordering], separators=(",", ":"))
    parameters = request.GET.dict()
    parameters["cursor"] = base64.urlsafe_b64encode(cursor.encode()).decode()
    # request.build_absolute_uri would take all apart again.
    here = f"{request.scheme}://{request.get_host()}{escape_uri_path(request.path)}"
    return f"{here}?{urlencode(sorted(parameters.items()))}"
