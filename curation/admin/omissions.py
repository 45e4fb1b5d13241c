from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from curation.models import Omission
from sources.admin.base import RowAdmin
from sources.admin.forms import CuratedForm, QuoteForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class OmissionForm(QuoteForm, CuratedForm):
    """A passage and why nothing is coded there."""


@admin.register(Omission)
class OmissionAdmin(RowAdmin):
    form = OmissionForm
    list_display = ("quote", "reason", "article", "start")
    list_select_related = ("article",)
    search_fields = ("quote", "reason")
    autocomplete_fields = ("article",)
    fields = ("article", "quote", ("start", "end"), "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.defer("article__text")
