"""Places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef

from events.models import PlaceIdentifier, PlaceName
from publishing import public
from publishing.json import JsonObject, code, published_or_null, rows
from publishing.kinds.parts import SHORT, documents, identifiers

if TYPE_CHECKING:
    from django.db.models import QuerySet


def place() -> QuerySet[Any]:
    return documents(
        public.places(),
        "slug",
        id="id",
        slug="slug",
        name="name",
        kind=code("kind"),
        parent=published_or_null("parent", **SHORT),
        country=code("country"),
        latitude="latitude",
        longitude="longitude",
        radius_m="radius_m",
        names=rows(
            PlaceName.objects.filter(place=OuterRef("pk")).order_by("name"),
            JsonObject(name="name", kind=code("kind")),
        ),
        identifiers=identifiers(PlaceIdentifier, "place"),
    )
