"""What would change with a retraction or a rejection, asked of every room.

Upper rooms register what they know; this one asks them and knows none of them. Show
the answer with the template sources/admin/consequences.html.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from sources.models import Article, Origin, Outlet, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from django.db.models import Model, QuerySet

    Filler = Callable[[type[Model], Collection[int], Status], Iterable["Consequence"]]
    # Told a change, and the row that it leaves behind: see consequences_of.
    Trier = Callable[[Callable[[], object], Model], Iterable["Consequence"]]

MOST_SHOWN = 8  # examples of one consequence


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that would change: how often, and some of it, each with its page."""

    title: str
    count: int
    examples: Sequence[tuple[str, str]] = ()
    note: str = ""

    @property
    def more(self) -> int:
        """How many are not among the examples."""
        return self.count - len(self.examples)


_fillers: list[tuple[int, Filler]] = []


def fills(*, order: int) -> Callable[[Filler], Filler]:
    """Register what a room knows of consequences. A decorator.

    It is called with the model, the keys of the rows and the state they would go to.
    What has a lower `order` is told first.
    """

    def register(filler: Filler) -> Filler:
        _fillers.append((order, filler))
        return filler

    return register


_triers: list[Trier] = []


def tries(trier: Trier) -> Trier:
    """Register what finds consequences by trying a change out. A decorator."""
    _triers.append(trier)
    return trier


def consequences_of(change: Callable[[], object], *, left: Model) -> list[Consequence]:
    """What would change publicly if `change` were made, which leaves `left` behind for
    another row. It is made and taken back.
    """
    found = (each for trier in _triers for each in trier(change, left))
    return [each for each in found if each.count]


def consequences(
    model: type[Model], pks: Iterable[int], to: Status
) -> list[Consequence]:
    """What would change if these rows went to the state `to`.

    Nothing changes by asking. The number of queries does not depend on that of rows.
    """
    keys = list(pks)
    if not keys:
        return []
    fillers = (fill for _, fill in sorted(_fillers, key=itemgetter(0)))
    found = (each for fill in fillers for each in fill(model, keys, to))
    return [each for each in found if each.count]


def of_rows(title: str, rows: QuerySet[Any], note: str = "") -> Consequence:
    """A consequence for all of `rows`, with their names and pages. Two queries."""
    shown = [(str(row), admin_page(row)) for row in rows[:MOST_SHOWN]]
    count = len(shown) if len(shown) < MOST_SHOWN else rows.order_by().count()
    return Consequence(title, count, shown, note)


def admin_page(row: Model) -> str:
    """The address of the row's page in the admin; empty where it has none."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    try:
        return reverse(name, args=[row.pk])
    except NoReverseMatch:
        return ""


@fills(order=3)
def articles_of(
    model: type[Model], keys: Collection[int], to: Status
) -> Iterator[Consequence]:
    """Articles of outlets and of occasions."""
    by_model = {Outlet: "outlet", Origin: "origin"}
    if model in by_model:
        accepted = Article.objects.accepted().defer("text")
        rows = accepted.filter(**{f"{by_model[model]}__in": keys})
        yield of_rows("Articles that name it", rows)
