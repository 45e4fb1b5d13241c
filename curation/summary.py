"""What a load did, or would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

NEW, CHANGED, SAME, WITHDRAWN = "new", "changed", "same", "withdrawn"
LEFT = "left"  # not in the files, nor ever written by them
_SIGNS = {NEW: "+", CHANGED: "~", WITHDRAWN: "-"}


@dataclass(slots=True)
class Summary:
    """Counts per table, and one line for every row that is not the same as before.

    `left` are the rows that stand beside the files: nothing happens to them.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def note(self, table: str, what: str, label: str = "", detail: str = "") -> None:
        self.counts.setdefault(table, Counter())[what] += 1
        if what == LEFT:
            self.left.append(f"  {table} {label}: not in the files, left")
        elif what != SAME:
            told = f": {detail}" if detail else ""
            self.changes.append(f"{_SIGNS[what]} {table} {label}{told}")

    def total(self, what: str) -> int:
        return sum(counts[what] for counts in self.counts.values())

    @property
    def changed(self) -> bool:
        """Whether anything is not as it was."""
        return bool(self.changes)

    def lines(self) -> list[str]:
        """A table for people: one line per kind of row."""
        kinds = (NEW, CHANGED, SAME, WITHDRAWN, LEFT)
        width = max((len(name) for name in self.counts), default=0)
        head = " " * width + "".join(f"{kind:>11}" for kind in kinds)
        body = [
            f"{name:<{width}}" + "".join(f"{counts[kind]:>11}" for kind in kinds)
            for name, counts in self.counts.items()
        ]
        return [head, *body] if body else []
