"""Counts of right, proposed and wanted; what is made of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Measure = Literal["P", "R", "F1", "accuracy"]
RESAMPLES = 1000
_PERCENT = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, of how many proposed, of how many wanted.

    For an accuracy, `wanted` is the number of questions and `right` of right answers.
    `found` is how many wanted ones were found where that is not `right` (coverage).
    """

    right: int = 0
    proposed: int = 0
    wanted: int = 0
    found: int | None = None

    def __add__(self, other: Counts) -> Counts:
        found = None
        if self.found is not None or other.found is not None:
            found = self._found + other._found
        return Counts(
            self.right + other.right,
            self.proposed + other.proposed,
            self.wanted + other.wanted,
            found,
        )

    @property
    def _found(self) -> int:
        return self.right if self.found is None else self.found

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        return self._found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def value(self, measure: Measure) -> float:
        if measure == "P":
            return self.precision
        return self.f1 if measure == "F1" else self.recall


@dataclass(frozen=True)
class Result:
    """One line of the table: a task on a set.

    `documents` are the counts of each document (what the bootstrap draws from),
    `rules` the right and wrong findings of each rule, `target` the value aimed at.
    `note` says what was counted how, in words.
    """

    task: str
    dataset: str
    measure: Measure
    documents: Sequence[Counts]
    target: float | None = None
    rules: Mapping[str, Counts] = field(default_factory=dict)
    note: str = ""

    @property
    def total(self) -> Counts:
        return sum(self.documents, Counts())

    @property
    def value(self) -> float:
        return self.total.value(self.measure)

    def interval(self) -> tuple[float, float]:
        """The 95 % interval from drawing documents again, with a fixed seed."""
        draw = random.Random(1)  # noqa: S311  # statistics, no secret
        values = sorted(
            sum(draw.choices(self.documents, k=len(self.documents)), Counts()).value(
                self.measure
            )
            for _ in range(RESAMPLES)
        )
        low, high = (values[int(RESAMPLES * percent / 100)] for percent in _PERCENT)
        return low, high


def by_rule(judged: Iterable[tuple[str, bool]]) -> dict[str, Counts]:
    """Counts per rule from (rule, was it right) pairs."""
    table: dict[str, Counts] = {}
    for rule, right in judged:
        table[rule] = table.get(rule, Counts()) + Counts(int(right), 1)
    return table
