"""Made-up figures about one event: which of them cannot both hold, and which can.

The names in `figures` say what is counted and how it was worded; a case is a conflict
only when no number satisfies all its figures. Groups are those of the code list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curation.extraction.pairing.statements import Statement
from events.bounds import bounds_from_words

# Which group lies inside which; from fixtures/reference/group.yaml, as far as used.
GROUPS: Mapping[str, str | None] = {
    "all": None,
    "civilians": "all",
    "militants": "all",
    "commanders": "militants",
    "security_forces": "all",
    "americans": "all",
    "us_service_members": "americans",
}

Said = tuple[str, str]  # group and words; "< …" before the group: part of the first


@dataclass(frozen=True)
class Case:
    """Figures of `measure`, one article each unless they are parts of the first."""

    figures: Sequence[Said]
    conflict: bool
    measure: str = "killed"


DISJOINT = [
    Case([("all", "12"), ("all", "13")], True),
    Case([("all", "12"), ("all", "twenty")], True),
    Case([("all", "exactly 12"), ("all", "more than 12")], True),
    Case([("all", "12"), ("all", "at least 13")], True),
    Case([("all", "up to 40"), ("all", "more than 100")], True),
    Case([("all", "fewer than 10"), ("all", "10")], True),
    Case([("all", "fewer than 10"), ("all", "at least 10")], True),
    Case([("all", "nearly 200"), ("all", "more than 200")], True),
    Case([("all", "between 10 and 20"), ("all", "21")], True),
    Case([("all", "between 10 and 20"), ("all", "between 30 and 40")], True),
    Case([("all", "between 10 and 20"), ("all", "dozens")], True),
    Case([("all", "scores"), ("all", "up to 30")], True),
    Case([("all", "12"), ("all", "several dozen")], True),
    Case([("all", "hundreds"), ("all", "150")], True),
    Case([("civilians", "20"), ("all", "12")], True),
    Case([("civilians", "at least 20"), ("all", "up to 12")], True),
    Case([("us_service_members", "13"), ("all", "10")], True),
    Case([("commanders", "5"), ("militants", "4")], True),
    Case([("all", "100"), ("< civilians", "60"), ("all", "50")], True),
    Case([("civilians", "12"), ("civilians", "14")], True),
    Case([("all", "1,200"), ("all", "more than 2,000")], True),
    Case([("all", "7"), ("all", "9"), ("all", "more than 5")], True),
    Case([("all", "3"), ("all", "5")], True, "injured"),
    Case([("all", "more than 124,000"), ("all", "up to 120,000")], True, "evacuated"),
]
COMPATIBLE = [
    Case([("all", "13"), ("all", "13")], False),
    Case([("all", "more than 150"), ("all", "up to 170")], False),
    Case([("all", "more than 100"), ("all", "more than 150")], False),
    Case([("all", "more than 100"), ("all", "182")], False),
    Case([("all", "up to 170"), ("all", "182")], True),
    Case([("all", "at least 12"), ("all", "12")], False),
    Case([("all", "up to 12"), ("all", "12")], False),
    Case([("all", "about 100"), ("all", "120")], False),
    Case([("all", "about 100"), ("all", "more than 150")], False),
    Case([("all", "scores"), ("all", "more than 100")], False),
    Case([("all", "dozens"), ("all", "24")], False),
    Case([("all", "several"), ("all", "12")], False),
    Case([("all", "hundreds"), ("all", "350")], False),
    Case([("all", "between 10 and 20"), ("all", "15")], False),
    Case([("all", "between 10 and 20"), ("all", "between 18 and 30")], False),
    Case([("all", "nearly 200"), ("all", "more than 150")], False),
    Case([("civilians", "20"), ("all", "32")], False),
    Case([("civilians", "20"), ("militants", "12")], False),
    Case([("civilians", "20"), ("militants", "30")], False),
    Case([("us_service_members", "13"), ("all", "more than 150")], False),
    Case([("us_service_members", "13"), ("americans", "14")], False),
    Case([("commanders", "2"), ("militants", "4")], False),
    Case([("all", "100"), ("< us_service_members", "13"), ("all", "100")], False),
    Case([("all", "17"), ("< all", "12"), ("all", "17")], False),
    Case([("all", "more than 100"), ("< all", "13"), ("all", "up to 170")], False),
    Case([("all", "60"), ("< civilians", "45"), ("civilians", "at least 40")], False),
]
CASES = DISJOINT + COMPATIBLE


def figures_of(case: Case) -> list[Statement]:
    """The case as statements: each figure in an article of its own, parts in the first.

    Words without a number give no statement.
    """
    found: list[Statement] = []
    for at, (group, words) in enumerate(case.figures):
        part = group.startswith("< ")
        bounds = bounds_from_words(words)
        if bounds is None:
            continue
        found.append(
            Statement(
                document="a0" if part else f"a{at}",
                start=100 * at,
                end=100 * at + len(words),
                text=words,
                event="e",
                measure=case.measure,
                group=group.removeprefix("< "),
                low=bounds.low,
                high=bounds.high,
                quantifier=bounds.quantifier,
                part_of=0 if part else None,
            )
        )
    return found
