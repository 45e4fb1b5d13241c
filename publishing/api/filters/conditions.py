"""What a request asks for, as conditions that two tables can answer.

The log answers everything, of now and of any moment of the past. The postings beside
it answer most of what is asked of now, and stop as soon as a page is full.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from publishing.api.filters.dates import may_overlap
from publishing.beside import UNPOSTED
from publishing.models import Document, Kind, Posting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.db.models import QuerySet

# Days between which something holds; null is open.
Span = tuple["dt.date | None", "dt.date | None"]
ALWAYS: Span = (None, None)
# Token → the days within which it counts.
Dated = dict[str, "Sequence[Span]"]
# So many values of one filter are read side by side; of more, each object is asked.
MOST_BRANCHES = 100
# Where several tokens are asked for, the scan begins at what tends to be rarest.
RAREST_FIRST = ("actor", "place", "origin", "subject", "object", "parent", "outlet")


class Conditions:
    """All of them hold for the objects asked for; `moment` is null for now."""

    def __init__(self, kind: Kind, moment: dt.datetime | None = None) -> None:
        self.kind = kind
        self.moment = moment
        self._groups: list[list[str]] = []
        self._dated: list[Dated] = []
        self._both: list[Q] = []
        self._beside: list[Callable[[str], Q]] = []
        self._log = Q()
        self.log_only = moment is not None
        self.words: str | None = None
        self.until: dt.date | None = None

    def bears(self, facet: str, values: Sequence[str]) -> None:
        """The document has one of the values of that facet."""
        if facet in UNPOSTED:
            self.log_only = True
        self._groups.append([f"{facet}:{value}" for value in values])

    def bears_within(self, facet: str, spans: Mapping[str, Sequence[Span]]) -> None:
        """The document has one of the values, and may be of its days."""
        self._dated.append({f"{facet}:{value}": spans[value] for value in spans})

    def holds(self, condition: Q) -> None:
        """A condition on object_id, date_earliest and date_latest."""
        self._both.append(condition)

    def begins_by(self, day: dt.date) -> None:
        """Whatever has a first day has it by then: where a list by date may begin."""
        self.until = min(day, self.until) if self.until else day

    def beside(self, condition: Callable[[str], Q]) -> None:
        """A condition on what stands beside the document whose id that column has."""
        self._beside.append(condition)

    def of_log(self, condition: Q) -> None:
        """A condition on columns that only the log has."""
        self._log &= condition
        self.log_only = True

    def nothing(self) -> None:
        """No object is what is asked for."""
        self.of_log(Q(pk__in=()))

    def public(self, kind: Kind) -> QuerySet[Document]:
        """What was public of a kind at the moment asked about."""
        return Document.objects.at(self.moment).of(kind)

    def documents(self) -> QuerySet[Document]:
        """The documents asked for, in no order."""
        found = self.public(self.kind).filter(*self._both, self._log)
        for tokens in self._groups:
            found = found.filter(facets__overlap=tokens)
        for dated in self._dated:
            found = found.filter(
                _any_of(
                    Q(facets__contains=[token]) & _in_one_of(spans)
                    for token, spans in dated.items()
                )
            )
        for condition in self._beside:
            found = found.filter(condition("pk"))
        return found

    def postings(self) -> list[QuerySet[Any]] | None:
        """Postings of the documents asked for; None if the log must be asked.

        Each branch has one posting of a document; a document may be in several. All
        of a branch stand in the order of their objects, and of their dates, so that
        whoever reads a page can stop when it is full.
        """
        if self.log_only:
            return None
        first, others, dated = self._driving()
        branches = []
        for token, spans in first.items():
            found = Posting.objects.filter(*self._both, token=f"{self.kind}:{token}")
            found = found.order_by()
            if ALWAYS not in spans:
                found = found.filter(_in_one_of(spans))
            for tokens in others:
                found = found.filter(self._bearing(tokens))
            for each in dated:
                found = found.filter(self._bearing_within(each))
            for condition in self._beside:
                found = found.filter(condition("document_id"))
            branches.append(found)
        return branches

    def _driving(
        self,
    ) -> tuple[Mapping[str, Sequence[Span]], list[list[str]], list[Dated]]:
        """The tokens whose postings are read, and what is asked of each of them."""
        groups = sorted(self._groups, key=_rarity)
        single = next((group for group in groups if len(group) == 1), None)
        few = single or next((g for g in groups if len(g) <= MOST_BRANCHES), None)
        if self._dated and not single and len(self._dated[0]) <= MOST_BRANCHES:
            return self._dated[0], groups, self._dated[1:]
        if few is None:
            return {"": [ALWAYS]}, groups, self._dated
        others = [group for group in groups if group is not few]
        return {token: [ALWAYS] for token in few}, others, self._dated

    def _bearing(self, tokens: list[str]) -> Exists:
        same = Posting.objects.filter(object_id=OuterRef("object_id"))
        named = [f"{self.kind}:{token}" for token in tokens]
        if len(named) == 1:  # unique, so that PostgreSQL may begin at either side
            return Exists(same.filter(token=named[0]))
        return Exists(same.filter(token__in=named))

    def _bearing_within(self, dated: Dated) -> Exists:
        same = Posting.objects.filter(object_id=OuterRef("object_id"))
        always = [token for token, spans in dated.items() if ALWAYS in spans]
        named = Q(token__in=[f"{self.kind}:{token}" for token in always])
        for token, spans in dated.items():
            if token not in always:
                named |= Q(token=f"{self.kind}:{token}") & _in_one_of(spans)
        return Exists(same.filter(named))


def _in_one_of(spans: Sequence[Span]) -> Q:
    """May be of days in one of these spans; undated objects only in an open one."""
    if ALWAYS in spans:
        return Q()
    return _any_of(may_overlap(*span) for span in spans)


def _any_of(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def _rarity(tokens: list[str]) -> int:
    facet = tokens[0].partition(":")[0]
    return RAREST_FIRST.index(facet) if facet in RAREST_FIRST else len(RAREST_FIRST)
