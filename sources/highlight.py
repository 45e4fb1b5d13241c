"""A text cut into segments at the borders of the spans that lie over it.

Pure. Spans may nest, overlap and coincide; HTML elements may not overlap. Cutting the
text at every border gives pieces that are each covered by the same spans throughout,
so each piece can be one element that carries all of them. Offsets are Unicode code
points, as Python counts them and as the database does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class Passage(Protocol):
    """Anything that lies over `text[start:end]`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Passage)


@dataclass(frozen=True, slots=True)
class Segment(Generic[P]):
    """A piece of the text, the spans that cover all of it, and those that begin at it.

    `spans` is ordered from the outermost (earliest start, then latest end) inwards.
    """

    start: int
    end: int
    text: str
    spans: tuple[P, ...]

    @property
    def opening(self) -> tuple[P, ...]:
        """The spans whose first code point is this segment's first."""
        return tuple(span for span in self.spans if span.start == self.start)


def segments(text: str, spans: Iterable[P]) -> list[Segment[P]]:
    """Cut `text` at every border of `spans`; joined, the segments are the text again.

    A span must lie within the text and not be empty; ValueError names a bad one.
    Takes O(n log n + k) for n spans and k (segment, span) pairs.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    for span in ordered:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(
                f"span {span.start}–{span.end} is empty or outside a text of"
                f" {len(text)} code points"
            )
    borders = {0, len(text)}.union(*((s.start, s.end) for s in ordered))
    cuts = sorted(borders)
    found: list[Segment[P]] = []
    waiting = iter(ordered)
    upcoming = next(waiting, None)
    covering: list[P] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        covering = [span for span in covering if span.end > start]
        while upcoming is not None and upcoming.start == start:
            covering.append(upcoming)
            upcoming = next(waiting, None)
        found.append(Segment(start, end, text[start:end], tuple(covering)))
    return found
