"""What a request asks for, as conditions that two tables can answer.

The log answers everything, of now and of any moment of the past. The postings beside
it answer most of what is asked of now, and stop as soon as a page is full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from publishing.api.filters.base import InSql
from publishing.api.filters.dates import may_overlap
from publishing.api.filters.merged import NAMING, with_stays
from publishing.api.filters.postings import TABLE, Branch, Said, bears_one_of
from publishing.beside import UNPOSTED
from publishing.models import Document, Kind, Posting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

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
        self._both: list[Said] = []
        self._beside: list[Callable[[str], Said]] = []
        self._log = Q()
        self.log_only = moment is not None
        self.words: str | None = None
        self.until: dt.date | None = None

    def bears(self, facet: str, values: Sequence[str]) -> None:
        """The document has one of the values of that facet."""
        if facet in UNPOSTED:
            self.log_only = True
        values = self.stays(facet, values)
        self._groups.append([f"{facet}:{value}" for value in values])

    def stays(self, facet: str, values: Sequence[str]) -> list[str]:
        """The values of that facet, and what they were merged into."""
        return with_stays(NAMING.get(facet), values, self.moment)

    def stays_of_kind(self, values: Sequence[str]) -> list[str]:
        """Ids and keys of the kind asked for, and what they were merged into."""
        return with_stays(self.kind, values, self.moment)

    def bears_within(self, facet: str, spans: Mapping[str, Sequence[Span]]) -> None:
        """The document has one of the values, and may be of its days."""
        self._dated.append({f"{facet}:{value}": spans[value] for value in spans})

    def holds(self, condition: Said) -> None:
        """A condition on object_id, date_earliest and date_latest."""
        self._both.append(condition)

    def begins_by(self, day: dt.date) -> None:
        """Whatever has a first day has it by then: where a list by date may begin."""
        self.until = min(day, self.until) if self.until else day

    def beside(self, condition: Callable[[str], Said]) -> None:
        """A condition on what stands beside the document whose id that column has."""
        self._beside.append(condition)

    def of_log(self, condition: Q) -> None:
        """A condition on columns that only the log has."""
        self._log &= condition
        self.log_only = True

    def nothing(self) -> None:
        """No object is what is asked for."""
        self.holds(Said("false"))

    def public(self, kind: Kind) -> QuerySet[Document]:
        """What was public of a kind at the moment asked about."""
        return Document.objects.at(self.moment).of(kind)

    def documents(self) -> QuerySet[Document]:
        """The documents asked for, in no order."""
        found = self.public(self.kind).filter(self._log)
        for tokens in self._groups:
            found = found.filter(facets__overlap=tokens)
        said = [
            *self._both,
            *(_dated_in_log(dated) for dated in self._dated),
            *(condition("id") for condition in self._beside),
        ]
        return found.filter(*(InSql(each.sql, *each.values) for each in said))

    def branches(self) -> list[Branch] | None:
        """Postings of the documents asked for; None if the log must be asked.

        Each branch has one posting of a document; a document may be in several. All
        of a branch stand in the order of their objects, and of their dates, so that
        whoever reads a page can stop when it is full.
        """
        if self.log_only:
            return None
        first, others, dated = self._driving()
        beside = [
            *self._both,
            *(bears_one_of(self._named(each)) for each in others if len(each) > 1),
            *(self._bears_within(each) for each in dated),
            *(condition(f"{TABLE}.document_id") for condition in self._beside),
        ]
        alone = [self._named(each)[0] for each in others if len(each) == 1]
        return [
            Branch(
                f"{self.kind}:{token}",
                Said.all_of([*_in_one_of(spans), *beside]),
                alone,
            )
            for token, spans in first.items()
        ]

    def postings(self) -> list[QuerySet[Any]] | None:
        """The same as querysets, to be counted."""
        branches = self.branches()
        if branches is None:
            return None
        said = [branch.condition() for branch in branches]
        return [
            Posting.objects.filter(InSql(each.sql, *each.values)).order_by()
            for each in said
        ]

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

    def _named(self, tokens: Sequence[str]) -> list[str]:
        return [f"{self.kind}:{token}" for token in tokens]

    def _bears_within(self, dated: Dated) -> Said:
        always = [token for token, spans in dated.items() if ALWAYS in spans]
        asked = [Said("o.token = ANY (%s)", [self._named(always)])]
        for token, spans in dated.items():
            if token not in always:
                named = Said("o.token = %s", self._named([token]))
                asked.append(Said.all_of([named, *_in_one_of(spans)]))
        one = Said.any_of(asked)
        return Said(
            f"EXISTS (SELECT 1 FROM {TABLE} o WHERE o.object_id = {TABLE}.object_id"
            f" AND {one.sql})",
            one.values,
        )


def _dated_in_log(dated: Dated) -> Said:
    return Said.any_of(
        Said.all_of([Said("facets @> ARRAY[%s]", [token]), *_in_one_of(spans)])
        for token, spans in dated.items()
    )


def _in_one_of(spans: Sequence[Span]) -> list[Said]:
    """May be of days in one of these spans; undated objects only in an open one."""
    if ALWAYS in spans:
        return []
    return [Said.any_of(may_overlap(*span) for span in spans)]


def _rarity(tokens: list[str]) -> int:
    facet = tokens[0].partition(":")[0]
    return RAREST_FIRST.index(facet) if facet in RAREST_FIRST else len(RAREST_FIRST)
