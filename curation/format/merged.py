"""Keys of records that were merged into others: a file names the one that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.format.references import SINGULAR, references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.format.entries import CurationSet
    from curation.format.known import Known
    from curation.format.problems import Problem


def merged_problems(found: CurationSet, known: Known) -> Iterator[Problem]:
    """Entries of merged records, and whatever names one."""
    for entries in found.entries.values():
        for entry in entries:
            if into := known.merged.get((entry.section, entry.key)):
                yield entry.problem(
                    _what(entry.section, entry.key, into),
                    suggestion="leave it out, or undo the merge first",
                )
            for section, key, where in references(entry):
                if into := known.merged.get((section, key)):
                    yield entry.problem(
                        _what(section, key, into), *where, suggestion=f"write {into}"
                    )


def _what(section: str, key: str, into: str) -> str:
    return f"the {SINGULAR[section]} “{key}” was merged into “{into}”"
