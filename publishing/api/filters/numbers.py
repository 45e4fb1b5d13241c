"""Sizes: what estimates say for certain, independent origins, and hearsay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from publishing.api.filters.base import WHOLE, Filter, whole
from publishing.api.filters.postings import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publishing.api.filters.conditions import Conditions

# The codes of the list `measure`; a contract test holds them to it.
MEASURES = (
    "killed",
    "injured",
    "captured",
    "arrested",
    "released",
    "abducted",
    "evacuated",
    "awaiting_evacuation",
    "displaced",
    "recruited",
    "unemployed",
    "deployed",
    "devices",
    "equipment",
    "meetings",
    "attacks",
    "duration_weeks",
    "duration_years",
)


class MagnitudeFilter(Filter):
    """Documents that state a number `name` whose bound compares so to the one asked.

    `compared` is `low >=` or `high <=`.
    """

    schema: ClassVar[dict[str, Any]] = WHOLE

    def __init__(self, name: str, compared: str, help_text: str, example: str) -> None:
        super().__init__(help_text, example)
        self.name = name
        self.compared = compared

    def read(self, text: str, given: Mapping[str, str]) -> int:
        return whole(text)

    def narrow(self, conditions: Conditions, value: int) -> None:
        def states(document: str) -> Said:
            return Said(
                "EXISTS (SELECT 1 FROM publishing_magnitude m"
                f" WHERE m.document_id = {document} AND m.name = %s"
                f" AND m.{self.compared} %s)",
                [self.name, value],
            )

        conditions.beside(states)


def bounds_of_measures() -> dict[str, Filter]:
    """For each measure what its estimate of everybody together says for certain."""
    filters: dict[str, Filter] = {}
    for measure in MEASURES:
        named = measure.replace("_", " ")
        filters[f"{measure}_low__gte"] = MagnitudeFilter(
            measure,
            "low >=",
            f"All accepted claims together say: at least so many ({named}; of all "
            "groups together). Where the low bound is open nothing matches.",
            "10",
        )
        filters[f"{measure}_high__lte"] = MagnitudeFilter(
            measure,
            "high <=",
            f"All accepted claims together say: at most so many ({named}; of all "
            "groups together). Where the high bound is open nothing matches.",
            "200",
        )
    return filters
