"""An article's text as HTML, with its claims and mentions marked in it. Pure.

Passages cross each other, HTML elements may not. A passage that is cut by the border
of another becomes several elements; the first carries the anchor, and all carry the
class `cut-N` by which the stylesheet lights up the whole passage when its anchor is
the target of the address. By the class `note-N` it finds, in the same paragraph, the
note of the passage that is the target.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sources.highlight import Segment, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# So many cut passages can be lit up as a whole; site.css has a rule for each.
CUTS = 48


@dataclass(frozen=True, slots=True)
class Over:
    """What lies over the text: a claim's passage or, with `href`, a mention.

    `note` numbers the note about it among those of its paragraph, from 1.
    """

    start: int
    end: int
    anchor: str
    label: str
    href: str = ""
    note: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: offsets, the kind of text, its HTML and the anchors it begins."""

    start: int
    end: int
    kind: str
    html: SafeString
    anchors: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as a span, so that the text is cut at its borders too."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the article's structure: title, caption, noise …"""

    start: int
    end: int
    kind: str


_Span = Over | Line | _Part


@dataclass(slots=True)
class _Writer:
    """Writes pieces and remembers which anchors have been set."""

    cut: Mapping[Over, int]
    anchored: set[str] = field(default_factory=set)

    def wrap(self, over: Over, inner: SafeString, *, in_link: bool) -> SafeString:
        anchor = ""
        if over.anchor not in self.anchored:
            self.anchored.add(over.anchor)
            anchor = format_html(' id="{}"', over.anchor)
        if over.href and not in_link:
            return format_html(
                '<a class="mention" href="{}" title="{}"{}>{}</a>',
                *(over.href, over.label, anchor, inner),
            )
        if over.href:
            return format_html(
                '<span class="mention" title="{}"{}>{}</span>',
                over.label,
                anchor,
                inner,
            )
        note = f" note-{over.note}" if anchor and over.note else ""
        number = self.cut.get(over)
        cut = f" cut-{number}" if number else ""
        return format_html(
            '<mark class="passage{}{}"{}>{}</mark>', note, cut, anchor, inner
        )


Piece = tuple[str, tuple[Over, ...]]


def blocks(
    text: str, overs: Sequence[Over], spans: Iterable[Mapping[str, Any]]
) -> list[Block]:
    """The paragraphs of `text`, marked, in its order; blank lines are left out."""
    parts = [_Part(s["start"], s["end"], s["kind"]) for s in spans]
    everything: list[_Span] = [*parts, *overs, *_lines(text)]
    pieces = segments(text, everything)
    writer = _Writer({over: n for n, over in enumerate(_cut(pieces), 1) if n <= CUTS})
    return [
        _block(line, list(of_line), writer)
        for line, of_line in groupby(pieces, key=_line_of)
        if line
    ]


def _block(line: Line, pieces: list[Segment[_Span]], writer: _Writer) -> Block:
    marked = [
        (p.text, tuple(over for over in p.spans if isinstance(over, Over)))
        for p in pieces
    ]
    opening = [o for p in pieces for o in p.opening if isinstance(o, Over)]
    return Block(
        start=line.start,
        end=line.end,
        kind=_kind(line, pieces[0]),
        html=_nested(marked, 0, writer),
        anchors=[over.anchor for over in opening],
    )


def _line_of(piece: Segment[_Span]) -> Line | None:
    return next((span for span in piece.spans if isinstance(span, Line)), None)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Line(start, start + len(line))
        start += len(line) + 1


def paragraph_at(text: str, offset: int) -> Line:
    """The paragraph in which that character stands, which is no blank line."""
    return next(line for line in _lines(text) if offset < line.end)


def _kind(line: Line, first: Segment[_Span]) -> str:
    """What the innermost part says that the whole paragraph is."""
    parts = [span for span in first.spans if isinstance(span, _Part)]
    covering = [part.kind for part in parts if part.end >= line.end]
    return covering[-1] if covering else "body"


def _cut(pieces: Sequence[Segment[_Span]]) -> list[Over]:
    """The passages that cannot be one element, in the order of the text."""
    found: dict[Over, None] = {}
    for here, there in pairwise(pieces):
        after = set(there.spans)
        closed = _line_of(here) not in after
        for over in here.spans:  # from the outside inwards
            if not isinstance(over, Over):
                continue
            if over not in after:
                closed = True
            elif closed and not over.href:
                found[over] = None
    return list(found)


def _nested(
    pieces: list[Piece], depth: int, writer: _Writer, *, in_link: bool = False
) -> SafeString:
    """Pieces in a row, those with the same span at this depth in one element."""
    parts: list[SafeString] = []
    at = 0
    while at < len(pieces):
        text, overs = pieces[at]
        if len(overs) <= depth:
            parts.append(format_html("{}", text))
            at += 1
            continue
        over = overs[depth]
        run = at
        while run < len(pieces) and pieces[run][1][depth : depth + 1] == (over,):
            run += 1
        inner = _nested(
            pieces[at:run], depth + 1, writer, in_link=in_link or bool(over.href)
        )
        parts.append(writer.wrap(over, inner, in_link=in_link))
        at = run
    return format_html_join("", "{}", ((part,) for part in parts))
