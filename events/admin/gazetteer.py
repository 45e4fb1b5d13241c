"""The gazetteer, to look at; it comes from fixtures/gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from unfold.admin import TabularInline

from events.models import GazetteerEntry, GazetteerName
from events.place_names import lookup_form
from sources.admin.derived import DerivedAdmin

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class GazetteerNameInline(TabularInline):  # type: ignore[misc] # unfold has no types
    """The names by which an entry is found."""

    model = GazetteerName
    fields = ("folded",)
    extra = 0
    hide_title = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(GazetteerEntry)
class GazetteerEntryAdmin(DerivedAdmin):
    list_display = ("name", "kind", "country", "admin1", "population", "source")
    list_filter = ("kind", "source")
    search_fields = ("name",)
    search_help_text = "Name in any of its spellings, or a part of it"
    fields = (
        ("name", "id"),
        ("kind", "country"),
        ("admin1", "admin1_entry"),
        ("latitude", "longitude", "radius_m"),
        ("population", "source"),
    )
    inlines = (GazetteerNameInline,)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Entries one of whose names holds the words; all where none are typed."""
        form = lookup_form(search_term)
        if not form:
            return queryset, False
        names = GazetteerName.objects.filter(folded__contains=form)
        return queryset.filter(pk__in=names.values("entry")), False
