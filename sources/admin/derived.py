"""Tables that programs write, to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unfold.admin import ModelAdmin

from sources.admin.paging import BoundedPaginator

if TYPE_CHECKING:
    from django.http import HttpRequest


class DerivedAdmin(ModelAdmin):  # type: ignore[misc] # unfold has no types
    """Rows that programs write: shown, never added, changed or deleted here."""

    show_full_result_count = False
    paginator = BoundedPaginator
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
