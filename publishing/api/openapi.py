"""What the views cannot say of themselves, for OpenAPI."""

from __future__ import annotations

from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers as s

from publishing.api.answers import IF_NONE_MATCH, sent
from publishing.api.counting import COUNTS, NONE
from publishing.api.examples import examples
from publishing.api.expanding import EXPANDABLE, MOST_EXPANDED, MOST_EXPANDED_PAGE
from publishing.api.filters import FILTERS, Filter
from publishing.api.filters.base import TEXT, FacetFilter
from publishing.api.formats import JSON, formats_of
from publishing.api.pagination import DEFAULT_LIMIT, MAX_LIMIT, RANK
from publishing.api.problems import MEDIA_TYPE
from publishing.api.schemas import SCHEMAS, Problem
from publishing.api.search import MOST_RANKED
from publishing.dependents import MERGED
from publishing.models import Kind
from sources.models import Term

View = TypeVar("View", bound=type)


class PageCount(s.Serializer[object]):
    """How many objects are asked for, on all pages together."""

    value = s.IntegerField(help_text="So many.")
    kind = s.ChoiceField(
        [(how, how) for how in COUNTS if how != NONE],
        help_text="exact, or estimated from the statistics of PostgreSQL.",
    )


def documented(view: View) -> View:
    """Describe list and retrieve of a view set of documents."""
    kind: Kind = view.kind  # type: ignore[attr-defined]
    document = SCHEMAS[kind]
    orderings: tuple[str, ...] = view.orderings  # type: ignore[attr-defined]
    describe = extend_schema_view(
        list=extend_schema(
            description=f"Published objects, page by page.\n\n{examples(kind)}",
            parameters=[
                *_filters(kind),
                *_paging(orderings),
                *_shaping(kind),
                _format(kind),
                sent("Cache-Control", 200),
                sent("Content-Disposition", 200, always=False),
            ],
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
                *_shaping(kind),
                _format(kind, single=True),
                IF_NONE_MATCH,
                sent("ETag", 200, 304),
                sent("Cache-Control", 200, 304),
            ],
            responses={
                (200, JSON.media_type): document,
                **_other_forms(kind, single=True),
                **_merged(kind),
                304: OpenApiResponse(
                    description="The document has not changed (If-None-Match)."
                ),
                **_problems(400, 404, 410),
            },
        ),
    )
    return describe(view)


def _page(kind: Kind, document: type[s.Serializer[object]]) -> type[Any]:
    page: type[Any] = type(
        f"{document.__name__.removesuffix('Full')}Page",
        (s.Serializer,),
        {
            "__doc__": f"One page of {kind.label.lower()}s.",
            "next": s.URLField(allow_null=True, help_text="The next page."),
            "previous": s.URLField(allow_null=True, help_text="The page before."),
            "count": PageCount(
                required=False, help_text="How many there are; only with `count`."
            ),
            "highlights": s.DictField(
                child=s.ListField(child=s.CharField()),
                required=False,
                help_text=(
                    "With `q`: id of a result → passages with the words in <mark>, as "
                    "safe HTML; empty where only a name spelt alike was found."
                ),
            ),
            "unexpanded": s.IntegerField(
                required=False,
                help_text="With `expand`: references beyond the bound, left short.",
            ),
            "results": document(many=True),
        },
    )
    return extend_schema_serializer(many=False)(page)


def _problems(*statuses: int) -> dict[Any, Any]:
    return {(status, MEDIA_TYPE): Problem for status in statuses}


def _merged(kind: Kind) -> dict[Any, Any]:
    if kind not in MERGED:
        return {}
    return {301: OpenApiResponse(description="It was merged into another.")}


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
            # Not as schemas: of a list, those would be made arrays of.
            OpenApiTypes.OBJECT if form.is_json else OpenApiTypes.STR,
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
            "cursor", TEXT, description="Taken from `next` or `previous`, as it is."
        ),
        OpenApiParameter(
            "ordering",
            str,
            enum=(*orderings, RANK),
            description=(
                f"`-` is descending. Without it by `{orderings[0]}`, with `q` by "
                f"`{RANK}`. `modified`: record time. `date`: event time, undated last. "
                f"`{RANK}`: only with `q`, the best first, of the {MOST_RANKED} "
                "matches published last."
            ),
        ),
        OpenApiParameter(
            "count",
            str,
            enum=COUNTS,
            default=NONE,
            description=(
                "How many there are, in `count` of the answer. `exact` counts them; "
                "`estimated` costs the same at any size and may be far off."
            ),
        ),
    ]


def _shaping(kind: Kind) -> list[OpenApiParameter]:
    strings = {"type": "array", "items": TEXT, "minItems": 1}
    path = {"type": "string", "enum": [*EXPANDABLE[kind]]}
    paths = {"type": "array", "items": path, "minItems": 1}
    parameters = [
        OpenApiParameter(
            "as_of",
            {"type": "string", "format": "date-time"},
            description=(
                "Record time: exactly what was public at that moment. Example: "
                "`2026-01-31T12:00:00Z`."
            ),
        ),
        _listed(
            "fields",
            strings,
            "Only these fields; a dotted name reaches into objects and lists. "
            "Example: `id,title,date.earliest`.",
        ),
        _listed("omit", strings, "All fields but these. Example: `claims`."),
    ]
    if EXPANDABLE[kind]:
        about = (
            "The documents themselves in place of references to them. Pages have at "
            f"most {MOST_EXPANDED_PAGE} objects then, and take in at most "
            f"{MOST_EXPANDED:,} documents for each name."
        )
        parameters.append(_listed("expand", paths, about))
    return parameters


def _filters(kind: Kind) -> list[OpenApiParameter]:
    return [_parameter(name, field) for name, field in FILTERS[kind].items()]


def with_code_lists(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """The code lists that filters are held to, as components of the document."""
    names = {
        field.terms
        for kind in FILTERS.values()
        for field in kind.values()
        if isinstance(field, FacetFilter) and field.terms
    }
    entries = Term.objects.filter(list__in=names).order_by("list", "position", "code")
    lists: dict[str, list[str]] = {name: [] for name in sorted(names)}
    for name, code in entries.values_list("list", "code"):
        lists[name].append(code)
    for name, codes in lists.items():
        result["components"]["schemas"][_component(name)] = {
            "type": "string",
            **({"enum": codes} if codes else {}),
            "description": f"A code of the list `{name}`.",
        }
    return result


def _component(code_list: str) -> str:
    return f"{code_list.title().replace('-', '')}Code"


def _parameter(name: str, field: Filter) -> OpenApiParameter:
    schema = dict(field.schema)
    if isinstance(field, FacetFilter) and field.terms:
        schema["items"] = {"$ref": f"#/components/schemas/{_component(field.terms)}"}
    elif isinstance(field, FacetFilter) and field.values:
        schema["items"] = {"type": "string", "enum": field.values}
    return _listed(name, schema, f"{field.described()} Example: `{field.example}`.")


def _listed(name: str, schema: dict[str, Any], description: str) -> OpenApiParameter:
    """A parameter whose values, if there are several, are separated by commas."""
    many = schema["type"] == "array"
    return OpenApiParameter(
        name,
        schema,
        description=description,
        style="form" if many else None,
        explode=False if many else None,
    )
