"""An article's text with what is proposed about it, as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

from sources.highlight import Segment, segments

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from curation.desk import Desk
    from sources.models import Article


@dataclass(frozen=True, slots=True)
class Mark:
    """One proposal over the text."""

    start: int
    end: int
    pk: int
    kind: str
    title: str


def text_of(article: Article, desk: Desk) -> SafeString:
    """The text; each proposal that is not folded away is a link to its line."""
    marks = [
        Mark(row.start, row.end, row.pk, row.kind, f"{row.kind}: {item.words}")
        for group in desk.groups
        if not group.folded
        for item in group.items
        for row in item.proposals
    ]
    cut = segments(article.text, marks)
    return format_html_join("", "{}", ((_drawn(segment),) for segment in cut))


def _drawn(segment: Segment[Mark]) -> SafeString:
    if not segment.spans:
        return format_html('<span id="c{}">{}</span>', segment.start, segment.text)
    inner = segment.spans[-1]
    return format_html(
        '<a id="c{}" class="nd-proposed nd-p-{}" href="#p{}" title="{}">{}</a>',
        *(segment.start, inner.kind, inner.pk),
        "\n".join(mark.title for mark in segment.spans),
        segment.text,
    )
