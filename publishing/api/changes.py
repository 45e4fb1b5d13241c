"""What changed, in order: the log, as a client reads it to keep a copy in step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.urls import reverse
from django.utils.cache import patch_cache_control
from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework import serializers as s
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from publishing.api.answers import sent
from publishing.api.filters.base import TEXT
from publishing.api.pagination import DEFAULT_LIMIT, MAX_LIMIT, limit_problems
from publishing.api.problems import MEDIA_TYPE, malformed, refuse
from publishing.api.schemas import SCHEMAS, Problem
from publishing.api.since import BEGINNING, NotAPositionError, position_of
from publishing.api.views import OneForm
from publishing.changes import Change, changes_after
from publishing.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict
    from rest_framework.request import Request

PARAMETERS = ("include", "kind", "limit", "since")
WHAT = ("created", "changed", "merged", "retracted", "returned")


class MergedInto(s.Serializer[object]):
    """The object that another was merged into."""

    id = s.IntegerField(help_text="Its permanent id.")
    slug = s.CharField(help_text="Its key.")
    url = s.URLField(help_text="Where it is read.")
    name = s.CharField(
        allow_null=True, help_text="Its name or title; null if it was retracted since."
    )


class ChangeEntry(s.Serializer[object]):
    """One version of one object, and what it was for who had the version before."""

    cursor = s.CharField(help_text="Stands after this change, for `since`.")
    kind = s.ChoiceField(Kind.choices, help_text="Kind of object.")
    id = s.IntegerField(help_text="Permanent id of the object.")
    slug = s.CharField(help_text="Its key.")
    version = s.IntegerField(help_text="Of the object, from 1.")
    change = s.ChoiceField(
        [(each, each) for each in WHAT],
        help_text=(
            "created: it became public; changed: it reads differently; merged: it is "
            "another one by now, which `into` names; retracted: it is public no more; "
            "returned: it is public again."
        ),
    )
    fields = s.ListField(  # type: ignore[assignment]
        child=s.CharField(),
        help_text="Of `changed`: the top-level fields that are not what they were.",
    )
    valid_from = s.DateTimeField(help_text="Record time: since when it is so.")
    sha256 = s.CharField(
        allow_null=True,
        help_text="Of the document in UTF-8; null if merged or retracted.",
    )
    url = s.URLField(help_text="Where the object is read.")
    into = MergedInto(
        allow_null=True,
        help_text="Of `merged`: the object that stays; its address answers for both.",
    )
    document = PolymorphicProxySerializer(
        component_name="Document",
        serializers=list(SCHEMAS.values()),
        resource_type_field_name=None,
        allow_null=True,
        required=False,
        help_text=(
            "As it became; null if merged or retracted. Only with `include=document`."
        ),
    )


class ChangesPage(s.Serializer[object]):
    """Changes in the order in which they became public."""

    next = s.URLField(help_text="What comes after these, now or later: never null.")
    cursor = s.CharField(help_text="Stands after these, for `since`.")
    more = s.BooleanField(help_text="Whether something comes after them by now.")
    results = ChangeEntry(many=True)


class ChangesView(APIView):
    """What changed."""

    content_negotiation_class = OneForm

    @extend_schema(
        operation_id="changes_list",
        tags=["changes"],
        parameters=[
            OpenApiParameter(
                "since",
                TEXT | {"default": BEGINNING},
                description=(
                    "A cursor, as it was given; or `now`, or a moment of record time "
                    "(YYYY-MM-DD or ISO 8601), to begin there. Without it: from the "
                    "beginning."
                ),
            ),
            OpenApiParameter(
                "kind",
                {
                    "type": "array",
                    "items": {"type": "string", "enum": Kind.values},
                    "minItems": 1,
                },
                style="form",
                explode=False,
                description="Only of these kinds of object, separated by commas.",
            ),
            OpenApiParameter(
                "limit",
                {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": MAX_LIMIT,
                    "default": DEFAULT_LIMIT,
                },
                description="Changes per page, at most.",
            ),
            OpenApiParameter(
                "include",
                str,
                enum=["document"],
                description="The whole document with each change.",
            ),
            sent("Cache-Control", 200),
        ],
        responses={200: ChangesPage, (400, MEDIA_TYPE): Problem},
    )
    def get(self, request: Request) -> Response:
        """Every change since a cursor, in order and without gaps."""
        given = request.query_params
        problems = list(_problems(given))
        position = 0
        try:
            position = position_of(given.get("since", BEGINNING))
        except NotAPositionError as error:
            problems.append({"parameter": "since", "message": str(error)})
        refuse(problems)
        response = Response(_page(request, position))
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response


def _problems(given: QueryDict) -> Iterable[dict[str, Any]]:
    """What is wrong with the parameters but the value of `since`."""
    yield from malformed(given)
    for name in sorted(set(given) - set(PARAMETERS)):
        yield {
            "parameter": name,
            "message": f"There is no parameter “{name}” here.",
            "allowed": list(PARAMETERS),
        }
    if unknown := set(_kinds(given)) - set(Kind.values):
        yield {
            "parameter": "kind",
            "message": f"Not one of the kinds: {', '.join(sorted(unknown))}.",
            "allowed": list(Kind.values),
        }
    yield from limit_problems(given)
    if given.get("include", "document") != "document":
        yield {
            "parameter": "include",
            "message": f"There is no “{given['include']}” to include.",
            "allowed": ["document"],
        }


def _kinds(given: Mapping[str, str]) -> list[str]:
    named = given.get("kind")
    return [part.strip() for part in named.split(",")] if named else []


def _page(request: Request, position: int) -> dict[str, Any]:
    given = request.query_params
    bodies = "include" in given
    page = changes_after(
        position,
        limit=int(given.get("limit", DEFAULT_LIMIT)),
        kinds=[Kind(kind) for kind in _kinds(given)],
        bodies=bodies,
    )
    lists = {
        kind: request.build_absolute_uri(reverse(f"{kind}s-list")) for kind in Kind
    }
    results = [_entry(each, lists[each.kind]) for each in page.found]
    if bodies:
        for entry, each in zip(results, page.found, strict=True):
            # The stored text itself: what has the hash beside it.
            entry["document"] = each.body and orjson.Fragment(each.body)
    here = remove_query_param(request.build_absolute_uri(), "since")
    return {
        "next": replace_query_param(here, "since", page.position),
        "cursor": str(page.position),
        "more": page.more,
        "results": results,
    }


def _entry(change: Change, objects: str) -> dict[str, Any]:
    """As it is sent; `objects` is the address of those of its kind."""
    into = orjson.loads(change.into) if change.into else None
    if into:
        into["url"] = f"{objects}{into['id']}/"
    return {
        "cursor": str(change.position),
        "kind": change.kind,
        "id": change.object_id,
        "slug": change.slug,
        "version": change.version,
        "change": change.change,
        "fields": change.fields,
        "valid_from": change.at,
        "sha256": change.sha256,
        "url": f"{objects}{change.object_id}/",
        "into": into,
    }
