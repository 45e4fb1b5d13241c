"""An article as it is read: its text with all that rests on it, as HTML.

The text of the elements is the article's text to the character, so that a browser's
selection can be turned into offsets by counting. It is put together from plain strings,
each value escaped where it enters: a long article has ten thousand pieces, and
format_html takes half a second for as many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import chain, groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString

from actors.models import Mention
from curation.models import Omission
from events.models import Evidence
from sources.admin.terms import spoken
from sources.highlight import Segment, segments
from sources.paragraphs import paragraphs
from sources.sentences import sentences

if TYPE_CHECKING:
    from curation.desk import Desk
    from sources.models import Article


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that lies over the text."""

    start: int
    end: int
    layer: str  # part, evidence, mention, omission, proposal; sentence
    kind: str  # of a part: noise, caption …; of a mention: the actor's kind
    title: str
    href: str = ""
    key: str = ""  # e5, m7, p12: how scripts find it


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the white space after it; `version` changes with its markup."""

    index: int
    start: int
    words: str
    sentences: int
    html: SafeString

    @property
    def version(self) -> str:
        return hashlib.blake2b(self.html.encode(), digest_size=6).hexdigest()


def marks_of(article: Article) -> list[Mark]:
    """All marks of an article; four queries."""
    parts = [
        Mark(s.start, s.end, "part", s.kind, f"Part of the text: {s.kind}")
        for s in article.spans.all()
        if s.kind != "body"
    ]
    return [*parts, *_evidence(article), *_mentions(article), *_omissions(article)]


def proposed_marks(desk: Desk) -> list[Mark]:
    """What waits for a decision and is not folded away."""
    return [
        Mark(
            row.start,
            row.end,
            "proposal",
            row.kind,
            f"Proposed {row.kind}: {item.words}",
            key=f"p{item.first.pk}",
        )
        for group in desk.groups
        if not group.folded
        for item in group.items
        for row in item.proposals
    ]


def _evidence(article: Article) -> list[Mark]:
    rows = Evidence.objects.filter(article=article).values_list(
        "start", "end", "claim_id", "claim__status", "claim__statement"
    )
    address = _addresses("events_claim")
    return [
        Mark(
            start,
            end,
            "evidence",
            status,
            f"Claim: {statement} ({status})",
            address.format(claim),
            f"e{claim}",
        )
        for start, end, claim, status, statement in rows
    ]


def _mentions(article: Article) -> list[Mark]:
    rows = Mention.objects.filter(article=article).values_list(
        "pk", "start", "end", "actor_id", "actor__name", "actor__kind_id"
    )
    address = _addresses("actors_actor")
    return [
        Mark(
            start,
            end,
            "mention",
            spoken(kind),
            f"{name}, {spoken(kind)}",
            address.format(actor),
            f"m{pk}",
        )
        for pk, start, end, actor, name, kind in rows
    ]


def _addresses(model: str) -> str:
    """The address of a row's page, with {} for its key: two thousand are drawn."""
    return reverse(f"admin:{model}_change", args=[0]).replace("/0/", "/{}/")


def _omissions(article: Article) -> list[Mark]:
    return [
        Mark(row.start, row.end, "omission", "", f"Left without a claim: {row.reason}")
        for row in Omission.objects.filter(article=article)
    ]


def reading_of(article: Article) -> SafeString:
    """The text as HTML. Every passage that a mark begins at has the id `c<offset>`."""
    cut = segments(article.text, marks_of(article))
    return SafeString("".join(_drawn(segment, linked=True) for segment in cut))


def paragraphs_of(article: Article, marks: Iterable[Mark]) -> list[Paragraph]:
    """The text by paragraphs, each sentence an element of its own, for the desk.

    Together they hold every character of the text.
    """
    text = article.text
    found = paragraphs(text)
    starts = [start for start, _ in found]
    borders = [0, *starts[1:], len(text)] if found else [0, len(text)]
    inside = [
        [Mark(a, b, "sentence", "", "") for a, b in sentences(text, *p)] for p in found
    ]
    cut = segments(text, [*marks, *chain(*inside), *_whole(borders)])
    by_paragraph = groupby(cut, key=lambda segment: _first(segment, "paragraph"))
    return [
        Paragraph(
            index,
            mark.start,
            text[mark.start : mark.end],
            len(inside[index]) if inside else 0,
            _paragraph([*pieces]),
        )
        for index, (mark, pieces) in enumerate(by_paragraph)
        if mark is not None
    ]


def _whole(borders: list[int]) -> list[Mark]:
    """Paragraphs with the white space around them, without a gap between."""
    return [
        Mark(start, end, "paragraph", "", "")
        for start, end in zip(borders, borders[1:], strict=False)
        if start < end
    ]


def _first(segment: Segment[Mark], layer: str) -> Mark | None:
    return next((mark for mark in segment.spans if mark.layer == layer), None)


def _paragraph(pieces: list[Segment[Mark]]) -> SafeString:
    drawn = (
        _sentence(sentence, group)
        for sentence, group in groupby(pieces, key=lambda s: _first(s, "sentence"))
    )
    return SafeString("".join(drawn))


def _sentence(sentence: Mark | None, pieces: Iterable[Segment[Mark]]) -> str:
    drawn = "".join(_drawn(piece, linked=False) for piece in pieces)
    if sentence is None:
        return drawn
    at = f'data-start="{sentence.start}" data-end="{sentence.end}"'
    return f'<span class="nd-sentence" {at}>{drawn}</span>'


def _drawn(segment: Segment[Mark], *, linked: bool) -> str:
    """A piece of the text; `linked`: what rests on it is a link to its own page."""
    spans = [m for m in segment.spans if m.layer not in {"sentence", "paragraph"}]
    if not spans:
        words = exact(segment.text)
        return f'<span id="c{segment.start}">{words}</span>' if linked else words
    evidence = [mark for mark in spans if mark.layer == "evidence"]
    words = _mentioned(spans, segment, linked=linked and not evidence)
    words = _proposed(spans, words)
    if evidence:
        # White space alone would be a link without a name.
        words = _proved(evidence, words, linked=linked and not segment.text.isspace())
    begins = any(mark.start == segment.start for mark in spans)
    classes = [f"nd-{mark.kind}" for mark in spans if mark.layer == "part"]
    classes += ["nd-omitted"] if any(m.layer == "omission" for m in spans) else []
    anchor = f' id="c{segment.start}"' if begins or linked else ""
    keys = escape(" ".join(mark.key or "-" for mark in spans))
    title = escape("\n".join(mark.title for mark in spans))
    kinds = escape(" ".join(classes))
    opening = f'<span{anchor} class="nd-seg {kinds}" data-on="{keys}" title="{title}">'
    return f"{opening}{words}</span>"


def _proved(evidence: list[Mark], words: str, *, linked: bool) -> str:
    deep = " nd-deep" if len(evidence) > 1 else ""
    if not linked:
        return f'<span class="nd-evidence{deep}">{words}</span>'
    href = escape(evidence[-1].href)  # the innermost
    return f'<a class="nd-evidence{deep}" href="{href}">{words}</a>'


def _proposed(spans: list[Mark], words: str) -> str:
    """Underlined once for each kind of what is proposed, the outermost outside."""
    kinds = dict.fromkeys(mark.kind for mark in spans if mark.layer == "proposal")
    for kind in reversed(kinds):
        words = f'<span class="nd-proposed nd-p-{escape(kind)}">{words}</span>'
    return words


def _mentioned(spans: list[Mark], segment: Segment[Mark], *, linked: bool) -> str:
    """The words, underlined where they name an actor; its kind stands at their end."""
    mentions = [mark for mark in spans if mark.layer == "mention"]
    words = exact(segment.text)
    if not mentions:
        return words
    inner = mentions[-1]
    kind = escape(inner.kind) if inner.end == segment.end else ""
    if linked:
        href = escape(inner.href)
        return f'<a class="nd-mention" href="{href}" data-kind="{kind}">{words}</a>'
    return f'<span class="nd-mention" data-kind="{kind}">{words}</span>'


def exact(text: str) -> str:
    """The text, of which a browser drops no character: it would a carriage return."""
    return escape(text).replace("\r", "&#13;")
