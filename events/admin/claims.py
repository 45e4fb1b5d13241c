from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models.functions import Coalesce
from django.forms import ValidationError
from unfold.forms import PaginationInlineFormSet

from events.admin.bulk import TO_EVENT, TO_SPEAKER
from events.admin.reading import figure_in_brief
from events.bounds import bounds_from_words, wrong_ends
from events.models import Attribution, Claim, ClaimKind, Evidence, Support
from events.models.claim import NATURAL
from sources.admin.actions import STATUS_ACTIONS
from sources.admin.base import CuratedAdmin, PartInline, QuoteInline
from sources.admin.forms import CuratedForm
from sources.admin.terms import TermFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from sources.models import Term


class ClaimForm(CuratedForm):
    """Bounds may be left to the words: "more than 100" is at least 101."""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == ClaimKind.FIGURE:
            self._read_words(data)
            if quantifier := data.get("quantifier"):
                # At a field, so that the model does not say the same once more.
                wrong = wrong_ends(data.get("low"), data.get("high"), quantifier)
                for end, problem in wrong:
                    self.add_error(end, problem)
            if _counts_persons(data.get("measure")) and not data.get("group"):
                what = "Say who is counted; “all” if nobody in particular."
                self.add_error("group", what)
        return data

    def _read_words(self, data: dict[str, Any]) -> None:
        untouched = not any(
            data.get(name) not in (None, "") for name in ("low", "high", "quantifier")
        )
        bounds = bounds_from_words(data.get("figure_text") or "") if untouched else None
        if bounds is not None:
            data.update(low=bounds.low, high=bounds.high, quantifier=bounds.quantifier)


def _counts_persons(measure: Term | None) -> bool:
    return measure is not None and measure.mappings.get("unit") == "persons"


class EvidenceFormSet(PaginationInlineFormSet):  # type: ignore[misc] # unfold: no types
    """All quotes of a claim: one of them has the words of its figure."""

    def clean(self) -> None:
        super().clean()
        words = self.instance.figure_text
        if not words or any(self.errors):
            return
        quotes = [
            form.cleaned_data["quote"]
            for form in self.forms
            if form.cleaned_data.get("quote") and not form.cleaned_data.get("DELETE")
        ]
        if not any(words in quote for quote in [*quotes, *self._on_other_pages()]):
            quoted = ", ".join(f"“{quote}”" for quote in quotes) or "no quote"
            raise ValidationError(
                f"The words of the figure “{words}” do not stand in its evidence: "
                f"{quoted}. Copy them from a quote of the claim."
            )

    def _on_other_pages(self) -> list[str]:
        shown = [form.instance.pk for form in self.forms if form.instance.pk]
        others = Evidence.objects.filter(claim=self.instance.pk).exclude(pk__in=shown)
        return list(others.values_list("quote", flat=True))


class EvidenceInline(QuoteInline):
    model = Evidence
    formset = EvidenceFormSet
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
    actions = (*STATUS_ACTIONS, TO_EVENT, TO_SPEAKER)
    list_display = (
        "key",
        "statement",
        "kind",
        "figure",
        "event",
        "modality",
        "speaker",
        "state",
    )
    list_display_links = ("key", "statement")
    ordering = (NATURAL,)
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
    prepopulated_fields = {"slug": ("statement",)}
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

    @admin.display(description="key", ordering=NATURAL)
    def key(self, row: Claim) -> str:
        return row.slug

    @admin.display(description="figure", ordering=Coalesce("low", "high"))
    def figure(self, row: Claim) -> str:
        return figure_in_brief(row)

    def panels(self, request: HttpRequest, row: Claim) -> dict[str, Any]:
        supports = row.supports.select_related(
            "event", "participation__actor", "participation__role"
        )
        return {
            "evidence": row.evidence.select_related("article").defer("article__text"),
            "supports": supports,
            "parts": row.parts.all(),
        }
