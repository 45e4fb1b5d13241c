"""Claims as a person reads them: who says it, in which words, and what figures make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch
from django.db.models.functions import Greatest, Least, Substr
from django.urls import reverse

from events.models import Claim, ClaimKind, Evidence
from events.pictures.intervals import in_words
from sources.admin.terms import spoken

if TYPE_CHECKING:
    from django.db.models import QuerySet

_AROUND = 90  # code points shown on either side of a quote


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim with its evidence, and its figure in words (empty: no figure)."""

    claim: Claim
    evidence: list[Any]
    figure: str

    @property
    def said_by(self) -> str:
        claim = self.claim
        if claim.speaker is not None:
            return str(claim.speaker)
        if claim.speaker_text:
            return f"“{claim.speaker_text}”"
        return self.printed_in

    @property
    def printed_in(self) -> str:
        """The outlets, or the articles of which none is known."""
        outlets = dict.fromkeys(
            str(e.article.outlet or e.article) for e in self.evidence
        )
        return ", ".join(outlets)

    @property
    def href(self) -> str:
        """Its first sentence, highlighted in the article."""
        return sentence_href(self.evidence[0]) if self.evidence else ""


def sentence_href(evidence: Evidence) -> str:
    """Where the words stand, highlighted in the article."""
    article = reverse("admin:sources_article_change", args=[evidence.article_id])
    return f"{article}#c{evidence.start}"


def read_claims(claims: QuerySet[Claim]) -> list[ReadClaim]:
    """Claims with quotes in context, in their order or else in that of their keys.

    Three queries, however many claims.
    """
    start = F("start")
    quotes = (
        Evidence.objects.select_related("article__outlet", "article__origin")
        .defer("article__text")
        .annotate(
            before=Substr(
                "article__text", Greatest(start - _AROUND, 0) + 1, Least(start, _AROUND)
            ),
            after=Substr("article__text", F("end") + 1, _AROUND),
        )
        .order_by("article", "start", "id")
    )
    found = claims.select_related("speaker", "measure", "group").prefetch_related(
        Prefetch("evidence", quotes), "attributions__actor"
    )
    return [
        ReadClaim(claim, list(claim.evidence.all()), _figure(claim))
        for claim in (found if found.query.order_by else found.order_by("slug"))
    ]


def _figure(claim: Claim) -> str:
    if claim.kind != ClaimKind.FIGURE:
        return ""
    counted = spoken(claim.measure_id)
    group = f" ({spoken(claim.group_id)})" if claim.group_id else ""
    return f"{counted}{group}: {in_words(claim.low, claim.high)}"


def figure_in_brief(claim: Claim) -> str:
    """A figure as short as a column: "≥ 101 killed (all)"; empty for other kinds."""
    if claim.kind != ClaimKind.FIGURE:
        return ""
    low, high = claim.low, claim.high
    number = in_words(low, high)
    if low != high and (low is None or high is None):
        number = f"≥ {low:,}" if low is not None else f"≤ {high:,}"
    elif low is None:
        number = "?"
    group = f" ({spoken(claim.group_id)})" if claim.group_id else ""
    return f"{number} {spoken(claim.measure_id)}{group}"


def by_kind(read: list[ReadClaim]) -> list[tuple[str, list[ReadClaim]]]:
    """The claims under the names of their kinds, in the order of the code list."""
    groups = [
        (kind.label, [r for r in read if r.claim.kind == kind]) for kind in ClaimKind
    ]
    return [(label, found) for label, found in groups if found]
