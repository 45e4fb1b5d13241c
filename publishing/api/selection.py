"""The objects of one kind that a request asks for: filtered, in order, in pages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from publishing.api.counting import COUNTS, NONE, counted
from publishing.api.expanding import asked_expansions, expanded, expanding_problems
from publishing.api.filters import FILTERS, PAGING, Conditions, RefusedError
from publishing.api.formats import fields_of
from publishing.api.pagination import (
    BY_KEY,
    RANK,
    cut,
    in_order,
    limit_of,
    link,
    paging_problems,
    plain_cut,
    read_cursor,
)
from publishing.api.past import as_of, as_of_problems
from publishing.api.problems import malformed
from publishing.api.renderers import Page
from publishing.api.search import highlights, ranked
from publishing.api.shaping import shape_of, shaping_problems
from publishing.models import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from publishing.api.pagination import Cut
    from publishing.models import Document


class Selection:
    """What a request for a list asks for, whole or as the page it names.

    `documents` are rows of the log, filtered and in the order asked for. `shape` makes
    of a stored JSON text the one to send, None where it is sent as it is stored. Ask
    `problems` before anything else: the rest presumes that there are none.
    """

    def __init__(
        self, kind: Kind, request: HttpRequest, orderings: tuple[str, ...]
    ) -> None:
        self.kind = kind
        self.request = request
        self._given: Mapping[str, str] = request.GET
        # By rank, if words are asked for; else by the first.
        self.orderings = (RANK, *orderings) if self._given.get("q") else orderings
        self.ordering = str(self._given.get("ordering", self.orderings[0]))
        self._values: dict[str, Any] = {}

    def problems(self) -> list[dict[str, Any]]:
        """Everything that is wrong with the parameters, for BadParameters."""
        self._values = {}
        return [
            *_unknown(self._given, FILTERS[self.kind]),
            *malformed(self.request.GET),
            *self._filter_problems(),
            *paging_problems(self._given, self.ordering, self.orderings),
            *shaping_problems(self._given, fields_of(self.request, self.kind)),
            *expanding_problems(self._given, self.kind),
            *_counting_problems(self._given),
            *as_of_problems(self._given),
        ]

    def _filter_problems(self) -> list[dict[str, Any]]:
        problems: list[dict[str, Any]] = []
        filters = FILTERS[self.kind]
        for name, text in self._given.items():
            if name not in filters or not text:
                continue
            try:
                if "\x00" in text:
                    raise RefusedError("There is a NUL character in it.")
                self._values[name] = filters[name].read(text, self._given)
            except RefusedError as error:
                problems.append(_problem(name, error))
        return problems

    @cached_property
    def conditions(self) -> Conditions:
        conditions = Conditions(self.kind, as_of(self._given))
        for name, value in self._values.items():
            FILTERS[self.kind][name].narrow(conditions, value)
        return conditions

    @cached_property
    def documents(self) -> QuerySet[Document]:
        return in_order(self.conditions.documents(), self.ordering)

    @cached_property
    def shape(self) -> Callable[[str], str] | None:
        return shape_of(self._given)

    def page(self, *, highlighted: bool = True) -> Page:
        """The page that cursor and limit name, with what else the envelope holds."""
        part = self._cut()
        bodies = [row.body for row in part.rows]
        beside: dict[str, Any] = {}
        if (how := self._given.get("count", NONE)) != NONE:
            beside["count"] = counted(self._countable(), how)
        if highlighted and self.conditions.words:
            beside["highlights"] = highlights(self.conditions, part.rows)
        if paths := asked_expansions(self._given):
            bodies, short = expanded(bodies, self.kind, paths, self.conditions.moment)
            beside["unexpanded"] = short
        if self.shape:
            bodies = [self.shape(body) for body in bodies]
        return Page(
            bodies=bodies,
            next=self._link(part, back=False) if part.after else None,
            previous=self._link(part, back=True) if part.before else None,
            beside=beside,
        )

    def _cut(self) -> Cut:
        limit = limit_of(self._given)
        cursor = None
        if "cursor" in self._given:
            cursor = read_cursor(self._given["cursor"], self.ordering)
        if self.ordering == RANK:
            return ranked(self.conditions, limit=limit, cursor=cursor)
        if not self._values and not self.conditions.moment and self.ordering in BY_KEY:
            back = self.ordering.startswith("-")
            return plain_cut(self.kind, limit=limit, cursor=cursor, back=back)
        in_postings = not self.ordering.endswith("modified")
        return cut(
            self.conditions.documents,
            self.conditions.branches() if in_postings else None,
            ordering=self.ordering,
            limit=limit,
            cursor=cursor,
            until=self.conditions.until,
        )

    def _countable(self) -> QuerySet[Any]:
        branches = self.conditions.postings()
        if branches is None or len(branches) > 1:
            return self.conditions.documents()
        return branches[0]

    def _link(self, part: Cut, *, back: bool) -> str | None:
        if not part.rows:
            return None
        row = part.rows[0 if back else -1]
        return link(self.request, row, back=back, ordering=self.ordering)


def _unknown(given: Mapping[str, str], filters: Mapping[str, Any]) -> Any:
    unknown = sorted(
        name for name in given if name not in filters and name not in PAGING
    )
    known = sorted({*filters, *PAGING}) if unknown else []
    for name in unknown:
        yield {
            "parameter": name,
            "message": f"There is no filter “{name}” here.",
            "allowed": known,
        }


def _counting_problems(given: Mapping[str, str]) -> Any:
    how = given.get("count", NONE)
    if how not in COUNTS:
        yield {
            "parameter": "count",
            "message": f"There is no count “{how}”.",
            "allowed": list(COUNTS),
        }


def _problem(name: str, error: RefusedError) -> dict[str, Any]:
    problem: dict[str, Any] = {"parameter": name, "message": str(error)}
    if error.allowed is not None:
        problem["allowed"] = error.allowed
    return problem
