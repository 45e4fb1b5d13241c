"""Lists of documents under the API's own filters and cursors."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import orjson
from django.http import QueryDict

from publishing.api.filters import FILTERS, PAGING
from publishing.api.pagination import BY_DATE
from publishing.api.problems import refuse
from publishing.api.selection import Selection
from publishing.models import Kind

if TYPE_CHECKING:
    from django.http import HttpRequest

    from publishing.pages.documents import Body


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: its documents, and the queries of the pages around it.

    `highlights`, if asked for: object id → passages with the words, as safe HTML.
    """

    bodies: list[Body]
    next: str
    previous: str
    highlights: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force, and the query without it."""

    name: str
    value: str
    without: str


def listing(
    request: HttpRequest,
    kind: Kind,
    *,
    ordering: str,
    limit: int,
    highlighted: bool = False,
) -> Listing:
    """The page that the request's filters and cursor ask for.

    Raises BadParameters, whose `errors` name each parameter at fault.
    """
    asked = _filled(request.GET, kind)
    asked["ordering"], asked["limit"] = ordering, str(limit)
    as_asked = copy(request)
    as_asked.GET = asked  # type: ignore[assignment]  # a mutable one
    selection = Selection(kind, as_asked, BY_DATE)
    refuse(selection.problems())
    page = selection.page(highlighted=highlighted)
    return Listing(
        bodies=[orjson.loads(body) for body in page.bodies],
        next=_query(asked, page.next),
        previous=_query(asked, page.previous),
        highlights=page.beside.get("highlights", {}),
    )


def active_filters(request: HttpRequest, kind: Kind) -> list[ActiveFilter]:
    """The filters that the request sets, in its order."""
    asked = _filled(request.GET, kind)
    return [
        ActiveFilter(name, str(asked[name]), _without(asked, name))
        for name in asked
        if name not in PAGING
    ]


def _filled(parameters: QueryDict, kind: Kind) -> QueryDict:
    """The parameters that a form really set: an empty field asks for nothing.

    Unlike the API, a page passes over parameters that it does not know: whoever
    shared its address may have hung something onto it.
    """
    known = {*FILTERS[kind], "cursor"}
    filled = QueryDict(mutable=True)
    for name, values in parameters.lists():
        if name in known and values[-1].strip():
            filled[name] = values[-1].strip()
    return filled


def _without(asked: QueryDict, *names: str) -> str:
    kept = asked.copy()
    for name in (*names, *PAGING):
        kept.pop(name, None)
    return kept.urlencode()


def _query(asked: QueryDict, address: str | None) -> str:
    """The query that leads to `address`, without what this page sets by itself."""
    if address is None:
        return ""
    kept = QueryDict(_without(asked), mutable=True)
    kept["cursor"] = parse_qs(urlsplit(address).query)["cursor"][0]
    return kept.urlencode()
