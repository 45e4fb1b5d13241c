"""JSON as PostgreSQL builds it: for one object and for a million alike."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf


class JsonObject(Func):
    """`json_build_object`: unlike Django's JSONObject it keeps the order of fields."""

    function = "json_build_object"
    output_field = TextField()

    def __init__(self, **fields: Any) -> None:
        expressions: list[Any] = []
        for name, value in fields.items():
            # psycopg sends strings untyped; json_build_object wants to know.
            expressions.append(Cast(Value(name), TextField()))
            expressions.append(F(value) if isinstance(value, str) else value)
        super().__init__(*expressions)


def rows(queryset: Any, document: Combinable) -> ArraySubquery:
    """A JSON array: `document` for every row of `queryset`, in its order."""
    return ArraySubquery(queryset.values_list(document))


def code(column: str) -> Func:
    """The code behind a key of a code list: `role/victim` → `victim`."""
    return Func(F(f"{column}_id"), function="publishing_code")


def filled(column: str) -> NullIf:
    """A text, or null where it is empty: unknown is null."""
    return NullIf(F(column), Value(""))


def published_or_null(relation: str, **fields: Any) -> Case:
    """A short form of the object `relation` points at, null while it is not public."""
    return Case(
        When(
            Q(**{f"{relation}__status": "published"}),
            then=JsonObject(
                **{
                    name: f"{relation}__{value}" if isinstance(value, str) else value
                    for name, value in fields.items()
                }
            ),
        )
    )


def if_public(visible: QuerySet[Any], relation: str, **fields: Any) -> Subquery:
    """A short form of the object `relation` points at, null unless it is `visible`."""
    return Subquery(
        visible.filter(pk=OuterRef(relation)).values(document=JsonObject(**fields))[:1]
    )


def date(prefix: str, **more: Any) -> JsonObject:
    """A date as an interval; see docs/curation-format.md."""
    return JsonObject(
        earliest=f"{prefix}_earliest",
        latest=f"{prefix}_latest",
        precision=f"{prefix}_precision",
        basis=filled(f"{prefix}_basis"),
        text=filled(f"{prefix}_text"),
        note=filled(f"{prefix}_note"),
        **more,
    )


def nothing() -> Func:
    """An empty JSON array."""
    return Func(Value("[]"), template="CAST(%(expressions)s AS json)")


def yes_or_no(condition: Any) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))
