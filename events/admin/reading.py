"""Claims as a person reads them: who says it, in which words, and what figures make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch
from django.db.models.functions import Greatest, Least, Substr
from django.urls import reverse
from django.utils.safestring import SafeString

from events.estimates import Verdict
from events.estimating import BINDING, estimates_of
from events.models import Claim, ClaimKind, Evidence, Polarity
from events.pictures import Bar, Tone, in_words, interval_svg
from sources.admin.terms import spoken
from sources.models import ACCEPTED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.estimates import Estimate

_AROUND = 90  # code points shown on either side of a quote

_VERDICTS = {
    Verdict.AGREE: "independent sources give the same bounds",
    Verdict.COMPATIBLE: "the sources differ, and these numbers satisfy them all",
    Verdict.CONFLICTING: "no number satisfies every source",
    Verdict.SINGLE_SOURCE: "one source only",
}


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
        outlets = dict.fromkeys(
            str(e.article.outlet or e.article) for e in self.evidence
        )
        return ", ".join(outlets)


def read_claims(claims: QuerySet[Claim]) -> list[ReadClaim]:
    """Claims with quotes in context, in their order or else in that of their keys.

    Three queries, however many claims.
    """
    start = F("start")
    quotes = (
        Evidence.objects.select_related("article__outlet")
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


@dataclass(frozen=True, slots=True)
class DrawnEstimate:
    """One estimate of an event, in words and as a picture."""

    title: str
    verdict: str
    picture: SafeString


def draw_estimates(event_id: int, read: list[ReadClaim]) -> list[DrawnEstimate]:
    """What the accepted claims about one event allow together, drawn."""
    accepted = Claim.objects.filter(event=event_id).accepted()
    found = estimates_of(accepted).get(event_id, [])
    return [_drawn(one, read, key=f"iv{index}") for index, one in enumerate(found)]


def _drawn(found: Estimate, read: list[ReadClaim], *, key: str) -> DrawnEstimate:
    group = f" ({found.group.replace('_', ' ')})" if found.group else ""
    title = f"{found.measure.replace('_', ' ')}{group}".capitalize()
    conflicting = found.verdict == Verdict.CONFLICTING
    together = Bar(
        label="All accepted claims together",
        low=found.low,
        high=found.high,
        tone=Tone.CONFLICT if conflicting else Tone.ESTIMATE,
        detail=_VERDICTS[found.verdict],
    )
    shown = [r for r in read if r.claim.pk in found.claims or _beside(r.claim, found)]
    voices = f"{found.origins} independent voice{'' if found.origins == 1 else 's'}"
    return DrawnEstimate(
        title=f"{title}: {in_words(found.low, found.high)}",
        verdict=f"{_VERDICTS[found.verdict]}; {voices}",
        picture=interval_svg(
            [together, *(_claim_bar(r, found) for r in shown)], key=key, title=title
        ),
    )


def _binds(claim: Claim) -> bool:
    return claim.modality in BINDING and claim.polarity == Polarity.POSITIVE


def _beside(claim: Claim, found: Estimate) -> bool:
    """An accepted claim about the same count that bounds nothing."""
    group = f"group/{found.group}" if found.group else None
    same = (claim.measure_id, claim.group_id) == (f"measure/{found.measure}", group)
    return same and claim.status in ACCEPTED and not _binds(claim)


def _claim_bar(read: ReadClaim, found: Estimate) -> Bar:
    claim = read.claim
    return Bar(
        label=f"{read.said_by}: {claim.figure_text or claim.statement}",
        low=claim.low,
        high=claim.high,
        tone=Tone.CLAIM if _binds(claim) else Tone.LOOSE,
        href=reverse("admin:events_claim_change", args=[claim.pk]),
        detail=f"{claim.slug}, {claim.modality}, {read.figure}",
        binds_low=claim.pk in found.low_claims,
        binds_high=claim.pk in found.high_claims,
    )
