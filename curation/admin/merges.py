"""What was merged: the list, and a page for each to see what moved and undo it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError

from curation.admin.undoing import UndoableAdmin
from curation.merging import check_undo, unmerge
from curation.models import Merge
from sources.admin.bulk_page import refused
from sources.admin.ripple import admin_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest

_ENDS = [
    f"{kind}{end}" for kind in ("actor", "event", "place") for end in ("", "_into")
]


class StandingFilter(admin.SimpleListFilter):
    """Those that stand, or those that were undone."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Standing"), ("no", "Undone")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(undone_at__isnull=self.value() == "yes")


@admin.register(Merge)
class MergeAdmin(UndoableAdmin):
    """Records that were merged into others, each with a page to undo it."""

    list_display = ("what", "kind", "by", "at", "why", "undone")
    list_filter = (StandingFilter, "by")
    list_select_related = ("by", "undone_by", *_ENDS)
    search_fields = ("why", "actor__name", "event__title", "place__name")
    search_help_text = "The merged record, or the reason"
    # For the page that merges: which record stays is found by its names.
    autocomplete_fields = ("actor_into", "event_into", "place_into")
    template = "curation/admin/merge.html"

    @admin.display(description="merged")
    def what(self, row: Merge) -> str:
        return str(row)

    @admin.display(description="kind")
    def kind(self, row: Merge) -> str:
        return row.kind

    @admin.display(description="undone")
    def undone(self, row: Merge) -> str:
        return f"by {row.undone_by}" if row.undone_by else "—"

    def undo(self, row: Merge, *, by: AbstractUser, why: str) -> tuple[Merge, str]:
        done = unmerge(merge=row, by=by, why=why)
        return done, f"“{done.loser}” stands for itself again."

    def shown(self, request: HttpRequest, row: Merge) -> dict[str, Any]:
        return {
            "ends": [
                (row.loser, _state(row), admin_page(row.loser)),
                (row.into, row.into.status, admin_page(row.into)),
            ],
            "moved": _moved(row),
            "barred": _barred(row, by=request.user),  # type: ignore[arg-type]
        }


def _state(done: Merge) -> str:
    """What the merged record is now: its status says only that it was withdrawn."""
    return str(done.loser.status if done.undone_at else f"merged into “{done.into}”")


def _moved(done: Merge) -> list[tuple[str, int]]:
    """How many rows of what it changed, in words; the two records apart."""
    own = done.loser._meta.label
    found: Counter[str] = Counter()
    for move in done.moves.all():
        if move.model != own or "status" not in move.after:
            found[move.model] += len(move.rows)
    return [(_called(label, number), number) for label, number in found.items()]


def _called(label: str, number: int) -> str:
    meta = apps.get_model(label)._meta
    return str(meta.verbose_name if number == 1 else meta.verbose_name_plural)


def _barred(done: Merge, *, by: AbstractUser) -> list[str]:
    """What stands in the way of undoing it; nothing if nothing does."""
    try:
        check_undo(done, by=by)
    except (ValidationError, PermissionDenied) as error:
        return refused(error)
    return []
