"""Which extractor read which article, when, and what it found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from curation.models import Run
from sources.admin.by_date import DatedRows
from sources.admin.derived import DerivedAdmin
from sources.admin.searching import WordSearch
from sources.admin.values import NewestValuesFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.register(Run)
class RunAdmin(WordSearch, DerivedAdmin):
    """One reading of one article by one extractor; kept for ever."""

    list_display = (
        *("started_at", "where", "extractor", "version"),
        *("found", "dropped", "took"),
    )
    list_display_links = ("started_at",)
    list_filter = (("extractor", NewestValuesFilter), ("version", NewestValuesFilter))
    list_select_related = ("article",)
    search_fields = ("article__title",)
    search_help_text = "An article's title or number"
    date_hierarchy = "started_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = DatedRows(self.model).order_by(*self.get_ordering(request))
        return rows.defer("article__text", "configuration")

    def found_by(self, word: str) -> Q:
        numbered = Q(article=int(word)) if re.fullmatch(r"[0-9]{1,18}", word) else Q()
        return super().found_by(word) | numbered

    @admin.display(description="seconds", ordering="seconds")
    def took(self, row: Run) -> str:
        return f"{row.seconds:.3f}"

    @admin.display(description="article", ordering="article")
    def where(self, row: Run) -> str:
        """To what was proposed about the article."""
        href = reverse("admin:curation_desk", args=[row.article_id])
        return format_html('<a href="{}">{}</a>', href, row.article)
