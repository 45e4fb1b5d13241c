"""Proposals and what became of them, in the admin; they are decided on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.generic import RedirectView

from curation.models import Judgement, Proposal
from sources.admin.derived import DerivedAdmin
from sources.admin.searching import WordSearch
from sources.admin.values import IndexedValuesFilter, NewestValuesFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.register(Proposal)
class ProposalAdmin(DerivedAdmin):
    """What machines suggest. It is decided on the desk."""

    list_display = ("quote", "kind", "rule", "score", "verdict", "where")
    list_filter = (
        "kind",
        ("extractor", NewestValuesFilter),
        ("rule", IndexedValuesFilter),
    )
    list_select_related = ("article",)
    ordering = ("-article_id", "start", "end", "id")  # by an index; the articles' order
    search_fields = ("quote", "rule")
    search_help_text = "The words, or a rule"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.current().with_judgement().defer("article__text")  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="decided", ordering="verdict")
    def verdict(self, row: Any) -> str:
        return row.verdict or "open"

    @admin.display(description="article")
    def where(self, row: Proposal) -> str:
        href = reverse("admin:curation_desk", args=[row.article_id])
        return format_html('<a href="{}#p{}">{}</a>', href, row.pk, row.article)

    def get_urls(self) -> list[Any]:
        # Where the desk stood before; addresses that were sent around still lead there.
        desk = RedirectView.as_view(pattern_name="admin:curation_desk", permanent=True)
        return [path("article/<int:article>/", desk), *super().get_urls()]


@admin.register(Judgement)
class JudgementAdmin(WordSearch, DerivedAdmin):
    """What people decided. Undone on the desk."""

    list_display = ("proposal", "verdict", "by", "at", "why")
    list_filter = ("verdict", "by", "proposal__kind")
    list_select_related = ("proposal", "by")
    search_fields = ("proposal__quote", "why", "proposal__rule")
