from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from unfold.admin import ModelAdmin

from sources.models import Term

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Term)
class TermAdmin(ModelAdmin):  # type: ignore[misc] # unfold has no types
    """Code lists come from fixtures/reference; here entries are switched on and off."""

    list_display = ("name", "code", "list", "parent", "active")
    list_filter = ("active", "list")
    list_select_related = ("parent",)
    search_fields = ("name", "code", "meaning")
    show_full_result_count = False
    readonly_fields = (
        "list",
        "code",
        "name",
        "meaning",
        "source",
        "parent",
        "mappings",
        "position",
    )
    fields = (*readonly_fields, "active")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
