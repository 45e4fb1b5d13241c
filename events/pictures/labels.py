"""Words beside the parts of a picture, none upon another. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTER = 0.56  # width of a letter, as part of the size of the font: on average


class Area(NamedTuple):
    """A rectangle in picture units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Label(NamedTuple):
    """Where words stand: their anchor ("start", "middle", "end") and base line."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(slots=True)
class Sheet:
    """What of a picture is taken. Words are put where nothing is, or not at all."""

    width: float
    height: float
    font: float
    taken: list[Area] = field(default_factory=list)

    def keep_free(self, areas: Iterable[Area]) -> None:
        self.taken += areas

    def beside(self, text: str, x: float, y: float, *, gap: float) -> Label | None:
        """Right of a point, left, below or above, whichever first is free."""
        low = self.font * 0.35
        return self._first(
            Label(text, x + gap, y + low, "start"),
            Label(text, x - gap, y + low, "end"),
            Label(text, x, y + gap + self.font, "middle"),
            Label(text, x, y - gap - self.font * 0.3, "middle"),
        )

    def upon(self, text: str, x: float, y: float) -> Label | None:
        """In the middle of an area."""
        return self._first(Label(text, x, y + self.font * 0.35, "middle"))

    def _first(self, *labels: Label) -> Label | None:
        for label in labels:
            area = self.area(label)
            if self._inside(area) and not any(area.meets(each) for each in self.taken):
                self.taken.append(area)
                return label
        return None

    def area(self, label: Label) -> Area:
        wide = len(label.text) * self.font * _LETTER
        left = label.x - wide * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        top = label.y - self.font * 0.85
        return Area(left, top, left + wide, top + self.font * 1.1)

    def _inside(self, area: Area) -> bool:
        across = area.left >= 2 and area.right <= self.width - 2
        return across and area.top >= 2 and area.bottom <= self.height - 2
