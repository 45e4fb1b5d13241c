"""What the views cannot say of themselves, for OpenAPI."""

from __future__ import annotations

from typing import Any, TypeVar

import django_filters as filters
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers as s

from publishing.api.filters import FILTERS, FacetFilter
from publishing.api.formats import JSON, formats_of
from publishing.api.pagination import DEFAULT_LIMIT, MAX_LIMIT
from publishing.api.problems import MEDIA_TYPE
from publishing.api.schemas import SCHEMAS, Problem
from publishing.models import Kind

View = TypeVar("View", bound=type)


WHOLE_NUMBERS = {"type": "array", "items": {"type": "integer", "format": "int64"}}
TYPES: dict[type[filters.Filter], dict[str, Any]] = {
    filters.DateFilter: {"type": "string", "format": "date"},
    filters.IsoDateTimeFilter: {"type": "string", "format": "date-time"},
    filters.BaseInFilter: WHOLE_NUMBERS,
}


def documented(view: View) -> View:
    """Describe list and retrieve of a view set of documents."""
    kind: Kind = view.kind  # type: ignore[attr-defined]
    document = SCHEMAS[kind]
    orderings: tuple[str, ...] = view.orderings  # type: ignore[attr-defined]
    describe = extend_schema_view(
        list=extend_schema(
            parameters=[*_filters(kind), *_paging(orderings), _format(kind)],
            responses={
                (200, JSON.media_type): _page(kind, document),
                **_other_forms(kind),
                **_problems(400),
            },
        ),
        retrieve=extend_schema(
            parameters=[
                OpenApiParameter(
                    "id", str, OpenApiParameter.PATH, description="Its id or key."
                ),
                _format(kind, single=True),
            ],
            responses={
                (200, JSON.media_type): document,
                **_other_forms(kind, single=True),
                304: OpenApiResponse(
                    description="The document has not changed (If-None-Match)."
                ),
                **_problems(400, 404, 410),
            },
        ),
    )
    return describe(view)


def _page(kind: Kind, document: type[s.Serializer[object]]) -> type[Any]:
    return type(
        f"{document.__name__.removesuffix('Full')}Page",
        (s.Serializer,),
        {
            "__doc__": f"One page of {kind.label.lower()}s.",
            "next": s.URLField(allow_null=True, help_text="The next page."),
            "previous": s.URLField(allow_null=True, help_text="The page before."),
            "results": document(many=True),
        },
    )


def _problems(*statuses: int) -> dict[Any, Any]:
    return {(status, MEDIA_TYPE): Problem for status in statuses}


def _format(kind: Kind, *, single: bool = False) -> OpenApiParameter:
    forms = formats_of(kind, single=single).values()
    meanings = " ".join(f"`{form.name}`: {form.meaning}" for form in forms)
    return OpenApiParameter(
        "format",
        str,
        enum=[form.name for form in forms],
        description=f"In place of the Accept header. {meanings}",
    )


def _other_forms(kind: Kind, *, single: bool = False) -> dict[Any, Any]:
    return {
        (200, form.media_type): OpenApiResponse(
            {"type": "object"} if form.is_json else {"type": "string"},
            description="The objects asked for.",
        )
        for form in formats_of(kind, single=single).values()
        if form != JSON
    }


def _paging(orderings: tuple[str, ...]) -> list[OpenApiParameter]:
    return [
        OpenApiParameter(
            "limit",
            {
                "type": "integer",
                "minimum": 1,
                "maximum": MAX_LIMIT,
                "default": DEFAULT_LIMIT,
            },
            description="Objects per page.",
        ),
        OpenApiParameter(
            "cursor", str, description="Taken from `next` or `previous`, as it is."
        ),
        OpenApiParameter(
            "ordering",
            str,
            enum=orderings,
            default=orderings[0],
            description="By id or by date; `-` is descending. Undated come last.",
        ),
    ]


def _filters(kind: Kind) -> list[OpenApiParameter]:
    return [
        _parameter(name, field) for name, field in FILTERS[kind].base_filters.items()
    ]


def _parameter(name: str, field: filters.Filter) -> OpenApiParameter:
    description = field.extra.get("help_text", "")
    if isinstance(field, FacetFilter):
        items: dict[str, Any] = {"type": "string"}
        description += " One or several, separated by commas."
        if field.terms:
            description += f" Codes of the list `{field.terms}`."
        if field.values:
            items["enum"] = field.values
        schema: dict[str, Any] = {"type": "array", "items": items}
    else:
        schema = next(
            (known for cls, known in TYPES.items() if isinstance(field, cls)),
            {"type": "string"},
        )
    many = schema["type"] == "array"
    return OpenApiParameter(
        name,
        schema,
        description=description,
        style="form" if many else None,
        explode=False if many else None,
    )
