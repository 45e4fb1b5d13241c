"""Problems of curation files: what is wrong, where, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

if TYPE_CHECKING:
    from collections.abc import Iterable

# Below this likeness (0 to 100) a suggestion only misleads.
LIKE = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one line of one file. `line` counts from 1; 0 is unknown."""

    file: str
    line: int
    what: str
    suggestion: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (
            f" ({self.suggestion})" if self.suggestion else ""
        )


class CurationError(Exception):
    """The files cannot be loaded. Carries every problem, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """“did you mean …?” with the nearest known word; empty when none is near."""
    words = sorted(known)
    # Spelling first; then words that have the other in them ("haqqani").
    for scorer in (fuzz.ratio, fuzz.WRatio):
        near = process.extractOne(
            word,
            words,
            scorer=scorer,
            processor=utils.default_process,
            score_cutoff=LIKE,
        )
        if near:
            return f"did you mean “{near[0]}”?"
    return ""
