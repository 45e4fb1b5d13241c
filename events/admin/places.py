from __future__ import annotations

from django.contrib import admin
from django.db.models import Q

from events.models import Place, PlaceIdentifier, PlaceName
from sources.admin.base import CuratedAdmin, PartInline, RowAdmin, folded
from sources.admin.terms import TermFilter


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
        ("latitude", "longitude", "radius_m"),
    )
    inlines = (PlaceNameInline, PlaceIdentifierInline)

    def found_by(self, word: str) -> Q:
        names = PlaceName.objects.filter(folded__contains=folded(word))
        return super().found_by(word) | Q(pk__in=names.values("place"))


@admin.register(PlaceName)
class PlaceNameAdmin(RowAdmin):
    list_display = ("name", "place", "kind")
    list_filter = (("kind", TermFilter),)
    list_select_related = ("place", "kind")
    search_fields = ("name", "place__name")
    autocomplete_fields = ("place",)
    fields = ("place", ("name", "kind"))
