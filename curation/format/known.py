"""What the database knows that the files may refer to. Plain values only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


def _nothing(section: str) -> Iterable[str]:
    return ()


@dataclass(slots=True)
class Known:
    """Facts from outside the files.

    A claim that the files withdraw is not among `keys`.
    """

    # "list/code" of every code, and whether it may still be chosen.
    terms: dict[str, bool] = field(default_factory=dict)
    # Codes of the measures that count persons.
    persons: set[str] = field(default_factory=set)
    # Section → key → status, of all rows that the files define or refer to.
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    # (section, key) → codes that the row bears already: it may keep them.
    borne: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    # (section, key) of what was merged → key of what it was merged into.
    merged: dict[tuple[str, str], str] = field(default_factory=dict)
    # sha256 → text of every article that the files name.
    texts: dict[str, str] = field(default_factory=dict)
    # Key of an actor → its name first, then its aliases.
    names: dict[str, list[str]] = field(default_factory=dict)
    # "scheme:value" → the key of the row that it names, by section.
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    # All keys of a section, for suggestions; asked for only when one is unknown.
    suggest: Callable[[str], Iterable[str]] = _nothing
