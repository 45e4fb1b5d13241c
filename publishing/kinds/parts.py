"""What several kinds of document are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, TextField, Value
from django.db.models.functions import Cast, Greatest, Least, Substr

from publishing.json import JsonObject, code, filled, rows

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Words before and after a quote, as a W3C TextQuoteSelector wants them.
CONTEXT = 32

SHORT = {"id": "id", "slug": "slug", "name": "name"}


def documents(queryset: QuerySet[Any], key: str, /, **fields: Any) -> QuerySet[Any]:
    return queryset.values_list(
        "pk",
        F(key),
        Cast(JsonObject(**fields), TextField()),
    )


def identifiers(model: Any, owner: str) -> Any:
    """The other databases' names of the row itself."""
    return rows(
        model.objects.filter(**{owner: OuterRef("pk")}).order_by("scheme", "value"),
        JsonObject(scheme=code("scheme"), value="value"),
    )


def article_in_short() -> JsonObject:
    return JsonObject(
        id="article_id", sha256="article__sha256", title=filled("article__title")
    )


def passage() -> dict[str, Any]:
    """Where words stand: offsets in code points, and the words around them."""
    return {
        "start": "start",
        "end": "end",
        "quote": "quote",
        "prefix": Substr(
            "article__text",
            Greatest(F("start") - CONTEXT + 1, Value(1)),
            Least(F("start"), Value(CONTEXT)),
        ),
        "suffix": Substr("article__text", F("end") + 1, CONTEXT),
    }


def claim_refs(supports: QuerySet[Any]) -> Any:
    return rows(
        supports.order_by("claim__slug"),
        JsonObject(id="claim_id", slug="claim__slug"),
    )
