"""The forms in which the API gives what it has; each is a small module of its own.

`format=` chooses one by name, else the Accept header does; who asks for nothing that
there is gets JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse

from publishing.api.formats import claim_review, feed, geo
from publishing.api.formats.columns import columns_of
from publishing.api.formats.streams import bodies, gathered, table
from publishing.api.shaping import field_names
from publishing.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from publishing.api.selection import Selection
    from publishing.models import Version


@dataclass(frozen=True, slots=True)
class Format:
    """A form, the kinds of object that have it, and what it is for."""

    name: str
    media_type: str
    meaning: str
    kinds: frozenset[Kind] = frozenset(Kind)
    single: bool = True  # one object has it too, not only a list
    is_json: bool = True  # the whole answer is one JSON object


JSON = Format("json", "application/json", "A page of documents, as they are stored.")
NDJSON = Format(
    "ndjson",
    "application/x-ndjson",
    "Everything asked for, one document a line, streamed.",
    single=False,
    is_json=False,
)
CSV = Format(
    "csv",
    "text/csv",
    "Everything asked for, one object a row, streamed; lists as JSON arrays.",
    single=False,
    is_json=False,
)
GEOJSON = Format(
    "geojson",
    geo.MEDIA_TYPE,
    "Everything asked for, as points, or as areas where no point is known.",
    kinds=geo.KINDS,
)
ATOM = Format(
    "atom",
    feed.MEDIA_TYPE,
    "A feed of what changed last, for readers.",
    single=False,
    is_json=False,
)
JSONLD = Format(
    "jsonld",
    claim_review.MEDIA_TYPE,
    "schema.org ClaimReview; a list is streamed whole.",
    kinds=frozenset({Kind.CLAIM}),
)
ANYTHING = "*/*"
FORMATS = (JSON, NDJSON, CSV, GEOJSON, ATOM, JSONLD)


@cache
def formats_of(kind: Kind, *, single: bool = False) -> dict[str, Format]:
    """The forms that a list, or a `single` object, of this kind has, by name."""
    return {
        form.name: form
        for form in FORMATS
        if kind in form.kinds and (form.single or not single)
    }


def asked_format(request: HttpRequest, kind: Kind, *, single: bool = False) -> Format:
    """The form that a request asks for; one that is not there counts as JSON."""
    there = formats_of(kind, single=single)
    if named := request.GET.get("format"):
        return there.get(named, JSON)
    if request.META.get("HTTP_ACCEPT", ANYTHING) == ANYTHING:
        return JSON
    by_type = {form.media_type: form for form in there.values()}
    preferred = request.get_preferred_type(list(by_type))
    return by_type[preferred] if preferred else JSON


def fields_of(request: HttpRequest, kind: Kind) -> list[str]:
    """What `fields` and `omit` can name in the form that a request asks for.

    A table also has columns of its own.
    """
    names = field_names(kind)
    if asked_format(request, kind) == CSV:
        return list(dict.fromkeys([*names, *columns_of(kind)]))
    return list(names)


def format_problems(
    request: HttpRequest, kind: Kind, *, single: bool = False
) -> list[dict[str, object]]:
    """What is wrong with `format` and what goes with it, for BadParameters."""
    problems: list[dict[str, object]] = []
    there = formats_of(kind, single=single)
    named = request.GET.get("format")
    if named is not None and named not in there:
        message = f"There is no format “{named}” here."
        problems.append(
            {"parameter": "format", "message": message, "allowed": list(there)}
        )
    form = asked_format(request, kind, single=single)
    if form != JSON and not single and "cursor" in request.GET:
        message = f"Only JSON comes in pages; {form.name} is given whole."
        problems.append({"parameter": "cursor", "message": message})
    return problems


def answer(form: Format, selection: Selection) -> HttpResponseBase:
    """A list in another form than JSON. `limit` cuts it; without one it is whole."""
    request = selection.request
    if request.method == "HEAD":
        return HttpResponse(content_type=_content_type(form))
    if form == ATOM:
        limit = int(request.GET.get("limit", feed.ENTRIES))
        content = feed.feed(selection, limit=limit)
        return HttpResponse(content, content_type=_content_type(form))
    response = StreamingHttpResponse(
        _stream(form, selection), content_type=_content_type(form)
    )
    name = f"{selection.kind}s.{form.name}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _stream(form: Format, selection: Selection) -> Iterable[bytes]:
    if form == CSV:
        return table(selection)
    if form == GEOJSON:
        return geo.collection(selection)
    if form == JSONLD:
        return _reviews(selection)
    return gathered(f"{body}\n".encode() for body in bodies(selection))


def _reviews(selection: Selection) -> Iterable[bytes]:
    """A graph of reviews: JSON-LD for a list."""
    yield b'{"@context":"https://schema.org","@graph":['
    page_of = _claim_pages(selection.request)
    comma = b""
    for body in bodies(selection):
        yield comma + orjson.dumps(claim_review.review(body, page_of))
        comma = b","
    yield b"]}"


def answer_one(form: Format, request: HttpRequest, document: Version) -> HttpResponse:
    """One object as GeoJSON or JSON-LD."""
    if form == GEOJSON:
        thing = geo.feature(Kind(document.kind), document.body)
    else:
        thing = claim_review.review(document.body, _claim_pages(request))
    return HttpResponse(orjson.dumps(thing), content_type=_content_type(form))


def tag_of(form: Format, document: Version) -> str:
    """What tells this form of this version from every other."""
    return document.sha256 if form == JSON else f"{document.sha256}-{form.name}"


def _claim_pages(request: HttpRequest) -> claim_review.PageOf:
    def page_of(slug: str) -> str:
        return request.build_absolute_uri(
            reverse("claim", args=[slug]) if slug else "/"
        )

    return page_of


def _content_type(form: Format) -> str:
    return f"{form.media_type}; charset=utf-8" if form == CSV else form.media_type
