"""Leases and steps: looked at, never typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from unfold.widgets import UnfoldAdminSelectWidget

from curation.handing import hand_over
from curation.models import Lease, Step
from sources.admin.bulk_page import Bulk, PlanPage
from sources.admin.derived import DerivedAdmin
from sources.bulk import Change

if TYPE_CHECKING:
    from django.db.models import ForeignKey, QuerySet
    from django.http import HttpRequest, HttpResponse


def _to_curator(
    request: HttpRequest, rows: QuerySet[Any], values: dict[str, Any]
) -> Change:
    return Change(
        verb="hand over",
        values={"by": values["by"]},
        write=lambda leases, why: hand_over(
            *(leases,),
            to=values["by"],
            by=request.user,  # type: ignore[arg-type]
            why=why,
        ),
    )


_HAND_OVER = Bulk(
    name="to_curator",
    what="Give {rows} to another curator",
    done="on the other desk now",
    change=_to_curator,
    fields=("by",),
    hint="Who had an article until now is told, with the reason. There is no undo: "
    "give the articles back in the same way.",
    kept=False,
)


@admin.action(description="Give to another curator", permissions=["hand_over"])
def to_curator(
    model_admin: LeaseAdmin, request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse | None:
    return PlanPage(_HAND_OVER, model_admin, request, queryset).answer()


@admin.register(Lease)
class LeaseAdmin(DerivedAdmin):
    """Which article is on whose desk."""

    actions = (to_curator,)
    list_display = ("article", "by", "taken_at", "until")
    list_filter = ("by",)
    list_select_related = ("article", "by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.defer("article__text")

    def has_hand_over_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("sources.review")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "by":
            return forms.ModelChoiceField(
                _curators(), label="Curator", widget=UnfoldAdminSelectWidget
            )
        field: forms.Field | None = super().formfield_for_foreignkey(
            db_field, request, **kwargs
        )
        return field


def _curators() -> QuerySet[Any]:
    """Who may code: superusers, and those whose group or own permissions say so."""
    able = ModelBackend().with_perm("sources.code", include_superusers=True)
    keys = able.values("pk")
    return get_user_model()._default_manager.filter(pk__in=keys).order_by("username")


@admin.register(Step)
class StepAdmin(DerivedAdmin):
    """What people did on the desk. Undone there."""

    list_display = ("what", "article", "by", "at", "undone_at")
    list_filter = ("by",)
    list_select_related = ("article", "by")
    search_fields = ("what",)
