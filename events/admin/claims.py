from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.forms import ValidationError

from events.bounds import bounds_from_words, check_bounds
from events.models import Attribution, Claim, ClaimKind, Evidence, Support
from sources.admin.base import CuratedAdmin, PartInline, QuoteInline
from sources.admin.forms import CuratedForm
from sources.admin.terms import TermFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class ClaimForm(CuratedForm):
    """Bounds may be left to the words: "more than 100" is at least 101."""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == ClaimKind.FIGURE:
            self._read_words(data)
            problems = check_bounds(
                data.get("low"), data.get("high"), data.get("quantifier") or ""
            )
            if problems and data.get("quantifier"):
                raise ValidationError(problems)
        return data

    def _read_words(self, data: dict[str, Any]) -> None:
        untouched = not any(
            data.get(name) not in (None, "") for name in ("low", "high", "quantifier")
        )
        bounds = bounds_from_words(data.get("figure_text") or "") if untouched else None
        if bounds is not None:
            data.update(low=bounds.low, high=bounds.high, quantifier=bounds.quantifier)


class EvidenceInline(QuoteInline):
    model = Evidence
    fields = ("article", "quote", "start", "end")
    autocomplete_fields = ("article",)
    select_related = ("article",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("article__text")


class AttributionInline(PartInline):
    model = Attribution
    fields = ("position", "actor", "text")
    autocomplete_fields = ("actor",)
    select_related = ("actor",)
    verbose_name_plural = "passed on by"


@admin.register(Claim)
class ClaimAdmin(CuratedAdmin):
    form = ClaimForm
    list_display = (
        "slug",
        "statement",
        "kind",
        "modality",
        "speaker",
        "event",
        "state",
    )
    list_filter = (
        "status",
        "kind",
        "modality",
        "polarity",
        "voice",
        ("measure", TermFilter),
    )
    list_select_related = ("speaker", "event")
    search_fields = ("slug", "statement", "event__title")
    autocomplete_fields = ("speaker", "event", "relation", "part_of")
    fieldsets = (
        (None, {"fields": (("slug", "kind"), "statement", "event", "relation")}),
        (
            "Who says it, and how",
            {
                "fields": (
                    ("modality", "polarity"),
                    ("voice", "speaker_text"),
                    "speaker",
                )
            },
        ),
        (
            "Figure",
            {
                "fields": (
                    ("figure_text", "quantifier"),
                    ("low", "high"),
                    ("measure", "group"),
                    "part_of",
                ),
                "description": "Only for the kind figure. Bounds that are left empty "
                "are read from the words, where the words are plain.",
            },
        ),
        (None, {"fields": ("note",)}),
    )
    inlines = (EvidenceInline, AttributionInline)
    history_parts = (Support,)
    change_form_outer_after_template = "events/admin/claim_panels.html"

    def panels(self, request: HttpRequest, row: Claim) -> dict[str, Any]:
        supports = row.supports.select_related(
            "event", "participation__actor", "participation__role"
        )
        return {
            "evidence": row.evidence.select_related("article").defer("article__text"),
            "supports": supports,
            "parts": row.parts.all(),
        }
