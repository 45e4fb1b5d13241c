"""A place with its map, what happened there, and its entry in the gazetteer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import path

from events.admin.lookup import lookup_view
from events.models import Event, Place, PlaceIdentifier, PlaceName
from events.pictures.map import draw_map
from events.spots import place_spot
from sources.admin.base import CuratedAdmin, PartInline, RowAdmin, folded
from sources.admin.terms import TermFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

_EVENTS = 50  # listed on the page of a place
_INSIDE = 60  # places listed, and drawn
_DEPTH = 12  # of places in places; a street in a quarter in a town … is seven


class PlaceNameInline(PartInline):
    model = PlaceName
    fields = ("name", "kind")


class PlaceIdentifierInline(PartInline):
    model = PlaceIdentifier


@admin.register(Place)
class PlaceAdmin(CuratedAdmin):
    list_display = ("name", "kind", "parent", "country", "radius_m", "state")
    list_filter = ("status", ("kind", TermFilter), ("country", TermFilter))
    list_select_related = ("kind", "parent", "country")
    search_fields = ("name", "slug")
    search_help_text = "Name in any of its spellings, or key"
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("parent",)
    fields = (
        ("name", "slug"),
        ("kind", "country"),
        "parent",
        ("latitude", "longitude"),
        "radius_m",
    )
    inlines = (PlaceNameInline, PlaceIdentifierInline)
    change_form_outer_before_template = "events/admin/place_panels.html"

    class Media:
        css = {"all": ("events/pictures.css", "events/map.css", "events/pages.css")}

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(lookup_view, self))
        return [
            path("gazetteer/", view, name="events_place_lookup"),
            *super().get_urls(),
        ]

    def found_by(self, word: str) -> Q:
        names = PlaceName.objects.filter(folded__contains=folded(word))
        return super().found_by(word) | Q(pk__in=names.values("place"))

    def panels(self, request: HttpRequest, row: Place) -> dict[str, Any]:
        above, inside = _above(row), _inside(row)
        events = Event.objects.filter(place=row).select_related("type")
        spots = [place_spot(row, href="")] if row.radius_m is not None else []
        return {
            "above": above,
            "inside": inside[:_INSIDE],
            "inside_more": len(inside) > _INSIDE,
            "events_here": list(events.order_by("-date_earliest", "-pk")[:_EVENTS]),
            "events_count": events.count(),
            "map": draw_map(spots, title=f"{row} on the map", key="place"),
        }


def _above(place: Place) -> list[Place]:
    """The places that contain it, the nearest first; one query."""
    rows = Place.objects.raw(
        """
        WITH RECURSIVE above(id, parent_id, depth) AS (
            SELECT id, parent_id, 0 FROM events_place WHERE id = %s
            UNION ALL
            SELECT p.id, p.parent_id, depth + 1 FROM events_place p
            JOIN above ON p.id = above.parent_id WHERE depth < %s
        )
        SELECT p.* FROM events_place p JOIN above ON above.id = p.id
        WHERE depth > 0 ORDER BY depth
        """,
        [place.pk, _DEPTH],
    )
    return list(rows)


def _inside(place: Place) -> list[Place]:
    rows: QuerySet[Place] = Place.objects.filter(parent=place).select_related("kind")
    counted = rows.annotate(event_count=Count("events", distinct=True))
    return list(counted.order_by("name", "id")[: _INSIDE + 1])


@admin.register(PlaceName)
class PlaceNameAdmin(RowAdmin):
    list_display = ("name", "place", "kind")
    list_filter = (("kind", TermFilter),)
    list_select_related = ("place", "kind")
    search_fields = ("name", "place__name")
