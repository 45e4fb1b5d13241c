"""Everything that must hold before a set of files may be loaded."""

from __future__ import annotations

from curation.format.entries import CurationSet
from curation.format.figures import figure_problems
from curation.format.known import Known
from curation.format.merged import merged_problems
from curation.format.passages import Passages, alias_problems
from curation.format.problems import CurationError
from curation.format.references import Resolver
from curation.format.structure import structure_problems


def check(found: CurationSet, known: Known) -> Passages:
    """Where all quotes stand. Raises CurationError with every problem of all files."""
    passages = Passages(found, known)
    passages.locate()
    problems = [
        *found.problems,
        *Resolver(found, known).problems(),
        *merged_problems(found, known),
        *structure_problems(found, known),
        *figure_problems(found, known),
        *alias_problems(found, known),
        *passages.problems,
    ]
    if problems:
        raise CurationError(problems)
    return passages
