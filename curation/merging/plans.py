"""What a merge would do, before it is done; and what forbids it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import connection

from actors.models import Actor
from actors.models.actor import PART_OF
from curation.merging.naming import new_name
from curation.merging.permissions import verb_of
from curation.merging.references import KINDS
from curation.merging.working import Stay, Work, worked_out
from curation.models import Merge
from events.models import Place
from sources.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

_WITHDRAWN = {Status.REJECTED, Status.RETRACTED}
_NAMED = 20  # rows that a plan names, of each table


class Staying(NamedTuple):
    """A row that stays with the merged record, and the row that it is twice."""

    row: Any
    twin: Any

    def __str__(self) -> str:
        """The row, and where it stands."""
        place = getattr(self.row, "event", None) or getattr(self.row, "article", None)
        return f"{self.row} ({place})" if place else str(self.row)


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging the one into the other would do. Nothing is done yet."""

    loser: Any
    into: Any
    problems: list[str]  # in words; with any there is no merge
    name: str = ""  # that the one that stays gets from the other
    work: Work = field(default_factory=Work)

    def counted(self) -> list[tuple[str, int]]:
        """How many rows of what would move, in words."""
        found: Counter[str] = Counter()
        for move in self.work.moves:
            found[move.model] += len(move.rows)
        return [(_called(label, number), number) for label, number in found.items()]

    def staying(self) -> list[tuple[str, int, list[Staying]]]:
        """How many rows of what stay, and the first of them. Two queries a table."""
        by_model: dict[type[Model], list[Stay]] = {}
        for stay in self.work.stays:
            by_model.setdefault(stay.model, []).append(stay)
        return [
            (_called(model._meta.label, len(stays)), len(stays), _first(model, stays))
            for model, stays in by_model.items()
        ]

    @property
    def fingerprint(self) -> str:
        """Names what would be done: another plan has another one."""
        moves = [(m.model, m.before, m.after, m.rows) for m in self.work.moves]
        whole = (moves, self.work.stays, self.name, self.loser.status, self.into.status)
        return hashlib.sha256(repr(whole).encode()).hexdigest()

    @property
    def changed(self) -> int:
        """How many rows would change."""
        return sum(len(move.rows) for move in self.work.moves)


def plan(loser: Any, into: Any) -> Plan:
    """What merging `loser` into `into` would do, or why that cannot be."""
    problems = list(_problems(loser, into))
    if problems:
        return Plan(loser, into, problems)
    return Plan(loser, into, [], new_name(loser, into), worked_out(loser, into))


def _problems(loser: Any, into: Any) -> Iterator[str]:
    """Why the one is not merged into the other, in words."""
    if type(loser) is not type(into) or type(loser) not in KINDS.values():
        yield (
            f"“{loser}” is {_a(loser)} and “{into}” {_a(into)}: only two actors, two "
            "events or two places are merged."
        )
        return
    if loser.pk == into.pk:
        yield f"“{loser}” is not merged into itself: choose the other record."
        return
    for row in (loser, into):
        if row.status in _WITHDRAWN:
            yield _withdrawn(row)
            return
    if verb_of(loser.status, into.status) is None:
        yield (
            f"“{loser}” is {loser.status} and “{into}” only {into.status}, so its "
            "public address would lead nowhere: publish that one first, or merge the "
            "other way round."
        )
    if isinstance(loser, Actor):
        yield from _problems_of_actors(loser, into)
    if isinstance(loser, Place) and _reaches(_INSIDE, into.pk, loser.pk):
        yield (
            f"“{into}” lies inside “{loser}”: merge the other way round, or give it "
            "another parent first."
        )


def _withdrawn(row: Any) -> str:
    found = Merge.objects.standing().of(row).select_related(*_ends(row)).first()
    if found is not None:
        return (
            f"“{row}” was merged into “{found.into}” already: choose that one, or undo "
            "that merge first."
        )
    return f"“{row}” is {row.status}: what is withdrawn is not merged."


def _ends(row: Any) -> tuple[str, str]:
    name = str(row._meta.model_name)
    return name, f"{name}_into"


def _problems_of_actors(loser: Any, into: Any) -> Iterator[str]:
    if loser.outlet_id is not None:
        outlet = f"“{loser}” is the actor of the outlet “{loser.outlet}”"
        if into.outlet_id is None:
            yield f"{outlet}: merge the other way round, so that it stays."
        else:
            yield f"{outlet}, and “{into}” of another: two outlets are two actors."
    for below, above in ((loser, into), (into, loser)):
        if _reaches(_PART_OF, below.pk, above.pk):
            yield (
                f"“{below}” is part of something that is part of “{above}”, so that "
                "would be part of itself: retract one of those relations first."
            )


def _reaches(query: str, start: int, end: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, {"start": start, "end": end, "kind": PART_OF})
        return bool(cursor.fetchone()[0])


_INSIDE = """
    WITH RECURSIVE up(id) AS (
        SELECT parent_id FROM events_place WHERE id = %(start)s
        UNION
        SELECT p.parent_id FROM events_place p JOIN up ON p.id = up.id
    )
    SELECT EXISTS (SELECT FROM up WHERE id = %(end)s)
"""
# By way of at least one other: a relation between the two stays behind.
_PART_OF = """
    WITH RECURSIVE up(id) AS (
        SELECT object_id FROM actors_relation
        WHERE subject_id = %(start)s AND object_id <> %(end)s AND kind_id = %(kind)s
          AND status NOT IN ('rejected', 'retracted')
        UNION
        SELECT r.object_id FROM actors_relation r JOIN up ON r.subject_id = up.id
        WHERE r.kind_id = %(kind)s AND r.status NOT IN ('rejected', 'retracted')
    )
    SELECT EXISTS (SELECT FROM up WHERE id = %(end)s)
"""


def _a(row: Any) -> str:
    name = str(row._meta.verbose_name)
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _called(label: str, number: int) -> str:
    meta = apps.get_model(label)._meta
    return str(meta.verbose_name if number == 1 else meta.verbose_name_plural)


def _first(model: type[Model], stays: list[Stay]) -> list[Staying]:
    shown = stays[:_NAMED]
    wanted = {stay.row for stay in shown} | {stay.twin for stay in shown}
    rows = model._default_manager.select_related().in_bulk(list(wanted - {None}))
    return [
        Staying(rows[stay.row], rows.get(stay.twin) if stay.twin else None)
        for stay in shown
    ]
