"""What publishing derives, to look at; nothing here is ever typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from publishing import on_site, ripple
from publishing.models import Document, Estimate, Stale
from publishing.token_admin import TokenAdmin
from sources.admin.derived import DerivedAdmin

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


__all__ = [
    "DocumentAdmin",
    "EstimateAdmin",
    "StaleAdmin",
    "TokenAdmin",
    "on_site",
    "ripple",
]


@admin.register(Document)
class DocumentAdmin(DerivedAdmin):
    list_display = ("slug", "kind", "version", "valid_from", "valid_to", "gone")
    list_filter = ("kind", "gone")
    search_fields = ("slug",)
    ordering = ("-id",)
    exclude = ("search",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.defer("body", "search")


@admin.register(Estimate)
class EstimateAdmin(DerivedAdmin):
    list_display = ("event_id", "measure", "group", "low", "high", "verdict", "origins")
    list_filter = ("verdict", "measure")
    search_fields = ("=event_id", "measure")


@admin.register(Stale)
class StaleAdmin(DerivedAdmin):
    list_display = ("kind", "object_id")
    list_filter = ("kind",)
    search_fields = ("=object_id",)
