"""Conditions on postings, said in SQL: a list feels how long the ORM takes for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TABLE = "publishing_posting"
_LOG = "publishing_document"


@dataclass(frozen=True, slots=True)
class Said:
    """A condition in SQL, and the values of its placeholders in their order."""

    sql: str
    values: Sequence[Any] = ()

    @staticmethod
    def all_of(conditions: Iterable[Said]) -> Said:
        conditions = list(conditions)
        return Said(
            " AND ".join(each.sql for each in conditions) or "true",
            [value for each in conditions for value in each.values],
        )

    @staticmethod
    def any_of(conditions: Iterable[Said]) -> Said:
        conditions = list(conditions)
        return Said(
            f"({' OR '.join(each.sql for each in conditions)})",
            [value for each in conditions for value in each.values],
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is read in one go, beyond some point, in an order that an index has.

    In `beyond` and `order` a `{0}` stands before each column. No two objects have the
    same number in the column `key`.
    """

    beyond: Said
    order: str
    key: str = "object_id"

    def on(self, table: str) -> Said:
        return Said(self.beyond.sql.format(f"{table}."), self.beyond.values)


WHOLE = Stretch(Said("true"), "{0}object_id")


@dataclass(frozen=True, slots=True)
class Branch:
    """The postings of one token whose objects are asked for.

    `where` are conditions on their columns; the objects bear all of `tokens`, too.
    """

    token: str
    where: Said
    tokens: Sequence[str] = ()

    def condition(self, stretch: Stretch = WHOLE) -> Said:
        """On publishing_posting: which of its rows are meant."""
        parts = [Said(f"{TABLE}.token = %s", [self.token]), stretch.on(TABLE)]
        parts += [self._bears(token, stretch) for token in self.tokens]
        return Said.all_of([*parts, self.where])

    def _bears(self, token: str, stretch: Stretch) -> Said:
        # By the number that both are in the order of, so that PostgreSQL can read the
        # two tokens side by side from the same point on.
        same = f"o.{stretch.key} = {TABLE}.{stretch.key}"
        beyond = stretch.on("o")
        return Said(
            f"EXISTS (SELECT 1 FROM {TABLE} o"
            f" WHERE o.token = %s AND {same} AND {beyond.sql})",
            [token, *beyond.values],
        )

    def page(self, stretch: Stretch, most: int) -> Said:
        """A SELECT of the documents of the first `most` postings of that stretch."""
        condition = self.condition(stretch)
        return Said(
            f"(SELECT document_id FROM {TABLE} WHERE {condition.sql}"
            f" ORDER BY {stretch.order.format('')} LIMIT {most:d})",
            condition.values,
        )


def bears_one_of(tokens: Sequence[str]) -> Said:
    """The object of a posting bears one of them."""
    return Said(
        f"EXISTS (SELECT 1 FROM {TABLE} o WHERE o.object_id = {TABLE}.object_id"
        " AND o.token = ANY (%s))",
        [list(tokens)],
    )


def documents_in(
    branches: Sequence[Branch],
    stretches: Sequence[Stretch],
    most: int,
    *,
    columns: str,
) -> Said:
    """A SELECT of `columns` of the first documents of each stretch, in no order yet.

    A document may be in several branches.
    """
    pages = [branch.page(stretch, most) for stretch in stretches for branch in branches]
    return Said(
        f"SELECT {columns} FROM {_LOG} WHERE id IN"
        f" ({' UNION ALL '.join(page.sql for page in pages)})",
        [value for page in pages for value in page.values],
    )
