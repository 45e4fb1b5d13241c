"""Cursor pages: any depth at the cost of the first, on a unique ordering."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Coalesce
from rest_framework.utils.urls import remove_query_param, replace_query_param

from publishing.api.problems import refuse
from publishing.api.renderers import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from rest_framework.request import Request

DEFAULT_LIMIT = 100
MAX_LIMIT = 1_000
BY_ID = ("id", "-id")
BY_DATE = (*BY_ID, "date", "-date")


def page_of(
    documents: QuerySet[Any], request: Request, orderings: tuple[str, ...]
) -> Page:
    """The page of `documents` that the request's cursor, limit and ordering name.

    Undated objects come last in both directions. Raises BadParameters.
    """
    parameters = request.query_params
    refuse(paging_problems(parameters, orderings))
    limit = int(parameters.get("limit", DEFAULT_LIMIT))
    ordering = parameters.get("ordering", orderings[0])
    cursor = _read(parameters["cursor"], ordering) if "cursor" in parameters else None
    backwards = cursor is not None and cursor["back"]
    descending = ordering.startswith("-")
    documents = _keyed(documents, ordering)
    if cursor:
        documents = documents.filter(_beyond(cursor, descending ^ backwards))
    flip = "-" if descending ^ backwards else ""
    found = list(
        documents.order_by(f"{flip}key", f"{flip}object_id").values_list(
            "key", "object_id", "body"
        )[: limit + 1]
    )
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    before = cursor is not None and (not backwards or more)
    after = more or backwards
    return Page(
        bodies=[body for _, _, body in found],
        next=_link(request, found[-1], back=False, ordering=ordering)
        if found and after
        else None,
        previous=_link(request, found[0], back=True, ordering=ordering)
        if found and before
        else None,
    )


def in_order(documents: QuerySet[Any], ordering: str) -> QuerySet[Any]:
    """`documents` in that order, undated ones last."""
    flip = "-" if ordering.startswith("-") else ""
    return _keyed(documents, ordering).order_by(f"{flip}key", f"{flip}object_id")


def _keyed(documents: QuerySet[Any], ordering: str) -> QuerySet[Any]:
    if ordering.endswith("id"):
        return documents.annotate(key=F("object_id"))
    last = dt.date.min if ordering.startswith("-") else dt.date.max
    return documents.annotate(
        key=Coalesce("date_earliest", Value(last, output_field=DateField()))
    )


def _beyond(cursor: dict[str, Any], downwards: bool) -> Q:
    side = "lt" if downwards else "gt"
    return Q(**{f"key__{side}": cursor["key"]}) | Q(
        key=cursor["key"], **{f"object_id__{side}": cursor["id"]}
    )


def paging_problems(
    parameters: Mapping[str, str], orderings: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Everything that is wrong with limit, ordering and cursor, for BadParameters."""
    problems: list[dict[str, Any]] = []
    limit = parameters.get("limit", str(DEFAULT_LIMIT))
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:9]) <= MAX_LIMIT):
        message = f"“{limit}” is not a whole number from 1 to {MAX_LIMIT}."
        problems.append({"parameter": "limit", "message": message})
    ordering = parameters.get("ordering", orderings[0])
    if ordering not in orderings:
        problems.append(
            {
                "parameter": "ordering",
                "message": f"There is no ordering “{ordering}” here.",
                "allowed": list(orderings),
            }
        )
    if "cursor" in parameters and not _read(parameters["cursor"], ordering):
        message = "Use the addresses in next and previous as they are."
        problems.append({"parameter": "cursor", "message": message})
    return problems


def _read(given: str, ordering: str) -> dict[str, Any] | None:
    """The cursor in `given`; None if it is damaged or made for another ordering."""
    try:
        key, object_id, back, made_for = json.loads(base64.urlsafe_b64decode(given))
        typed = int(key) if ordering.endswith("id") else dt.date.fromisoformat(key)
        cursor = {"key": typed, "id": int(object_id), "back": bool(back)}
    except (ValueError, TypeError):
        return None
    return cursor if made_for == ordering else None


def _link(request: Request, row: Any, *, back: bool, ordering: str) -> str:
    key, object_id, _ = row
    cursor = json.dumps([str(key), object_id, back, ordering], separators=(",", ":"))
    url = remove_query_param(request.build_absolute_uri(), "cursor")
    return replace_query_param(
        url, "cursor", base64.urlsafe_b64encode(cursor.encode()).decode()
    )
