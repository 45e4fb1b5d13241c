from __future__ import annotations

from django.contrib import admin

from sources.admin.base import CuratedAdmin
from sources.admin.terms import TermFilter
from sources.models import Origin, Outlet


@admin.register(Outlet)
class OutletAdmin(CuratedAdmin):
    list_display = ("name", "country", "reliability", "slug", "state")
    list_filter = (
        "status",
        ("reliability", TermFilter),
        ("country", TermFilter),
    )
    list_select_related = ("country", "reliability")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Origin)
class OriginAdmin(CuratedAdmin):
    list_display = ("name", "kind", "slug", "state")
    list_filter = ("status", ("kind", TermFilter))
    list_select_related = ("kind",)
    search_fields = ("name", "slug")
    search_help_text = (
        "The one report or wire copy behind several articles: they repeat it, and so "
        "do not prove each other."
    )
    prepopulated_fields = {"slug": ("name",)}
