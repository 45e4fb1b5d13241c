from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from actors.admin.bulk import TO_ACTOR
from actors.models import Mention
from sources.admin.actions import STATUS_ACTIONS
from sources.admin.base import CuratedAdmin
from sources.admin.forms import CuratedForm, QuoteForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class MentionQuoteForm(QuoteForm):
    """A mention neither begins nor ends inside a word."""

    whole_words = True


class MentionForm(MentionQuoteForm, CuratedForm):
    """The same on a page of its own, where it also asks why."""


@admin.register(Mention)
class MentionAdmin(CuratedAdmin):
    form = MentionForm
    actions = (*STATUS_ACTIONS, TO_ACTOR)
    list_display = ("quote", "actor", "article", "start", "state")
    list_filter = ("status",)
    list_select_related = ("actor", "article")
    ordering = ("-article_id", "start", "id")  # by an index; the articles' own order
    search_fields = ("quote", "actor__folded")
    autocomplete_fields = ("article", "actor", "alias")
    fields = ("article", "quote", ("start", "end"), "actor", "alias", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.defer("article__text")
