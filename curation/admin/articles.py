"""The article's page is the curator's desk, so it stands in the room of curation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actors.admin.mentions import MentionQuoteForm
from actors.models import Mention
from curation.admin.bulk import TO_ORIGIN, TO_OUTLET
from curation.admin.reading import reading_of
from curation.admin.waiting import ClaimsWaiting
from curation.done import left_in
from curation.models import Omission
from events.admin.reading import ReadClaim, read_claims
from events.models import Claim, Evidence
from sources.admin.actions import asking
from sources.admin.base import CuratedAdmin, PartInline, QuoteInline, date_fieldset
from sources.admin.values import IndexedValuesFilter
from sources.models import Article, Span, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class MentionInline(QuoteInline):
    model = Mention
    form = MentionQuoteForm
    fields = ("quote", "start", "end", "actor", "alias", "status")
    readonly_fields = ("status",)
    autocomplete_fields = ("actor", "alias")
    select_related = ("actor", "alias")
    show_change_link = True
    classes = ("collapse",)  # not tabs: they would hide the reason for the change


class OmissionInline(QuoteInline):
    model = Omission
    fields = ("quote", "start", "end", "reason")
    verbose_name_plural = "left without a claim"
    classes = ("collapse",)  # not tabs: they would hide the reason for the change


class SpanInline(PartInline):
    model = Span
    fields = ("kind", "start", "end", "rule")
    verbose_name_plural = "parts of the text"
    classes = ("collapse",)  # not tabs: they would hide the reason for the change


@admin.register(Article)
class ArticleAdmin(CuratedAdmin):
    """Articles come in by import_articles; here they are read, described and coded."""

    actions = (
        *asking(
            "mark_coded",
            notes=left_in,
            then=("Take the next one", "admin:curation_queue"),
        ),
        *(TO_OUTLET, TO_ORIGIN),
    )

    list_display = ("name", "outlet", "published", "claims", "received_at", "state")
    list_filter = (
        "status",
        ClaimsWaiting,
        "published_precision",
        ("language", IndexedValuesFilter),
    )
    list_select_related = ("outlet",)
    search_fields = ("title", "sha256", "source_name", "url", "outlet__name")
    search_help_text = "Title, outlet, file name, address or sha256"
    autocomplete_fields = ("outlet", "origin", "revises")
    readonly_fields = ("status", "sha256", "source_name", "received_at", "revision")
    fieldsets = (
        (None, {"fields": ("title", "outlet", "origin", ("url", "language"))}),
        date_fieldset("published", "Published"),
        (
            "As received",
            {
                "fields": (
                    ("source_name", "received_at"),
                    "sha256",
                    "revision",
                    "revises",
                )
            },
        ),
    )
    inlines = (MentionInline, OmissionInline, SpanInline)
    change_form_outer_before_template = "curation/admin/article_reading.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # ./manage.py import_articles marks the parts of the text as well

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        counted = (
            Evidence.objects.filter(article=OuterRef("pk"))
            .order_by()
            .values("article")
            .annotate(n=Count("claim", distinct=True))
        )
        return rows.defer("text").annotate(  # type: ignore[no-any-return]
            claim_count=Coalesce(Subquery(counted.values("n")), 0)
        )

    @admin.display(description="article", ordering="title")
    def name(self, row: Article) -> str:
        return str(row)

    @admin.display(description="published", ordering="published_earliest")
    def published(self, row: Article) -> str:
        if row.published_earliest == row.published_latest:
            return str(row.published_earliest or "unknown")
        return f"{row.published_earliest or '…'} – {row.published_latest or '…'}"

    @admin.display(description="claims", ordering="claim_count")
    def claims(self, row: Any) -> int:
        return int(row.claim_count)

    def panels(self, request: HttpRequest, row: Article) -> dict[str, Any]:
        resting = Claim.objects.filter(
            pk__in=Evidence.objects.filter(article=row).values("claim")
        ).annotate(place=Min("evidence__start", filter=Q(evidence__article=row)))
        return {
            "reading": reading_of(row),
            "claims": _by_state(read_claims(resting.order_by("place", "slug"))),
        }


# What waits comes first, in the order of the work.
_STATES = {
    Status.DRAFT: "Drafts, to be coded",
    Status.CODED: "Coded, to be reviewed",
    Status.REVIEWED: "Reviewed, to be published",
    Status.PUBLISHED: "Published",
    Status.REJECTED: "Rejected",
    Status.RETRACTED: "Retracted",
}


def _by_state(read: list[ReadClaim]) -> list[tuple[Status, str, list[ReadClaim]]]:
    """The claims under what they wait for; each state where there are any."""
    groups = [
        (state, title, [each for each in read if each.claim.status == state])
        for state, title in _STATES.items()
    ]
    return [group for group in groups if group[-1]]
