"""An article as it is read: its text with all that rests on it, as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from actors.models import Mention
from curation.models import Omission
from events.models import Evidence
from sources.admin.terms import spoken
from sources.highlight import Segment, segments

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from sources.models import Article


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that lies over the text."""

    start: int
    end: int
    layer: str  # part, evidence, mention, omission
    kind: str  # of a part: noise, caption …; of a mention: the actor's kind
    title: str
    href: str = ""


def marks_of(article: Article) -> list[Mark]:
    """All marks of an article; four queries."""
    parts = [
        Mark(s.start, s.end, "part", s.kind, s.kind)
        for s in article.spans.all()
        if s.kind != "body"
    ]
    return [*parts, *_evidence(article), *_mentions(article), *_omissions(article)]


def _evidence(article: Article) -> list[Mark]:
    rows = Evidence.objects.filter(article=article).select_related("claim")
    return [
        Mark(
            row.start,
            row.end,
            "evidence",
            row.claim.status,
            f"{row.claim} ({row.claim.status})",
            reverse("admin:events_claim_change", args=[row.claim_id]),
        )
        for row in rows
    ]


def _mentions(article: Article) -> list[Mark]:
    rows = Mention.objects.filter(article=article).select_related("actor")
    return [
        Mark(
            row.start,
            row.end,
            "mention",
            spoken(row.actor.kind_id),
            f"{row.actor}, {spoken(row.actor.kind_id)}",
            reverse("admin:actors_actor_change", args=[row.actor_id]),
        )
        for row in rows
    ]


def _omissions(article: Article) -> list[Mark]:
    return [
        Mark(row.start, row.end, "omission", "", f"Left without a claim: {row.reason}")
        for row in Omission.objects.filter(article=article)
    ]


def reading_of(article: Article) -> SafeString:
    """The text as HTML. Every passage that a mark begins at has the id `c<offset>`."""
    cut = segments(article.text, marks_of(article))
    return format_html_join("", "{}", ((_drawn(segment),) for segment in cut))


def _drawn(segment: Segment[Mark]) -> SafeString:
    if not segment.spans:
        return format_html('<span id="c{}">{}</span>', segment.start, segment.text)
    evidence = _of(segment, "evidence")
    words = _mentioned(segment, link=not evidence)
    parts = " ".join(f"nd-{mark.kind}" for mark in _of(segment, "part"))
    omitted = " nd-omitted" if _of(segment, "omission") else ""
    if evidence:
        words = format_html(
            '<a class="nd-evidence{}" href="{}">{}</a>',
            " nd-deep" if len(evidence) > 1 else "",
            evidence[-1].href,  # the innermost
            words,
        )
    return format_html(
        '<span id="c{}" class="nd-seg {}{}" title="{}">{}</span>',
        segment.start,
        parts,
        omitted,
        "\n".join(mark.title for mark in segment.spans),
        words,
    )


def _mentioned(segment: Segment[Mark], *, link: bool) -> SafeString:
    """The words, underlined where they name an actor; its kind stands at their end."""
    mentions = _of(segment, "mention")
    if not mentions:
        return format_html("{}", segment.text)
    inner = mentions[-1]
    kind = inner.kind if inner.end == segment.end else ""
    if link:
        return format_html(
            '<a class="nd-mention" href="{}" data-kind="{}">{}</a>',
            *(inner.href, kind, segment.text),
        )
    return format_html(
        '<span class="nd-mention" data-kind="{}">{}</span>', kind, segment.text
    )


def _of(segment: Segment[Mark], layer: str) -> list[Mark]:
    return [mark for mark in segment.spans if mark.layer == layer]
