"""Words beside the parts of a picture, none upon another. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from events.pictures.layout import Point

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

    def crossed_by(self, one: Point, other: Point) -> bool:
        """Whether the straight line between two points runs through it."""
        first, last = 0.0, 1.0  # the part of the line that may be inside
        for axis, low, high in ((0, self.left, self.right), (1, self.top, self.bottom)):
            way = other[axis] - one[axis]
            if way:
                ends = sorted(((low - one[axis]) / way, (high - one[axis]) / way))
                first, last = max(first, ends[0]), min(last, ends[1])
            elif not low < one[axis] < high:
                return False
        return first < last


class Label(NamedTuple):
    """Where words stand: their anchor ("start", "middle", "end") and base line."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(slots=True)
class Sheet:
    """What of a picture is taken. Words are put where nothing is, or not at all.

    They cross one of the `lines`, pairs of points, only where there is no other place.
    """

    width: float
    height: float
    font: float
    taken: list[Area] = field(default_factory=list)
    lines: Sequence[tuple[Point, Point]] = ()

    def keep_free(self, areas: Iterable[Area]) -> None:
        self.taken += areas

    def beside(self, text: str, x: float, y: float, *, gap: float) -> Label | None:
        """Right of a point, left, below, above or aslant, whichever first is free."""
        low, near = self.font * 0.35, gap * 0.75
        return self._first(
            Label(text, x + gap, y + low, "start"),
            Label(text, x - gap, y + low, "end"),
            Label(text, x, y + gap + self.font, "middle"),
            Label(text, x, y - gap - self.font * 0.3, "middle"),
            Label(text, x + near, y + near + self.font * 0.85, "start"),
            Label(text, x + near, y - near - self.font * 0.25, "start"),
            Label(text, x - near, y + near + self.font * 0.85, "end"),
            Label(text, x - near, y - near - self.font * 0.25, "end"),
        )

    def upon(self, text: str, x: float, y: float) -> Label | None:
        """In the middle of an area."""
        return self._first(Label(text, x, y + self.font * 0.35, "middle"))

    def _first(self, *labels: Label) -> Label | None:
        free = [label for label in labels if self._is_free(self.area(label))]
        if not free:
            return None
        chosen = next((each for each in free if not self._is_crossed(each)), free[0])
        self.taken.append(self.area(chosen))
        return chosen

    def _is_free(self, area: Area) -> bool:
        return self._inside(area) and not any(area.meets(each) for each in self.taken)

    def _is_crossed(self, label: Label) -> bool:
        area = self.area(label)
        return any(area.crossed_by(*line) for line in self.lines)

    def area(self, label: Label) -> Area:
        wide = len(label.text) * self.font * _LETTER
        left = label.x - wide * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        top = label.y - self.font * 0.85
        return Area(left, top, left + wide, top + self.font * 1.1)

    def _inside(self, area: Area) -> bool:
        across = area.left >= 2 and area.right <= self.width - 2
        return across and area.top >= 2 and area.bottom <= self.height - 2
