"""Changing many rows of one table alike: the plan first, then all in one statement."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Case, Exists, F, IntegerField, Q, Value, When

from sources.models import Status
from sources.services import (
    BY_ANOTHER,
    TRANSITIONS,
    WHEN_EDITED,
    change_status,
    own_coding,
    recorded,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from django.contrib.auth.models import AbstractUser
    from django.db import models
    from django.db.models import QuerySet

MOST_AT_ONCE = 20_000
_CHANGES = -2  # what a row's bar says when there is none
_ALREADY = -1


class PlanChangedError(Exception):
    """The rows are no longer as they were when the plan was shown; nothing is done."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The rows have changed since the plan was shown.")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Bar:
    """Rows that cannot be changed: which, and why, as the end of a sentence."""

    which: Q | Exists
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of rows: new values by field, and what they bring along.

    `follow` are further columns, set to expressions over the row. `write` does it where
    setting columns is not enough: told the rows and why, it answers how many changed.
    Without a state among the values, it is an edit: see sources.services.WHEN_EDITED.
    """

    verb: str
    values: Mapping[str, Any]
    follow: Mapping[str, Any] = field(default_factory=dict)
    bars: Sequence[Bar] = ()
    write: Callable[[QuerySet[Any], str], int] | None = None

    def apply(self, rows: QuerySet[Any], *, why: str) -> int:
        """Change all of `rows`, in one statement."""
        if self.write is not None:
            return self.write(rows, why)
        edited = {"status": _edited()} if self.edits(rows.model) else {}
        return rows.update(**self.values, **self.follow, **edited)

    def edits(self, model: type[models.Model]) -> bool:
        """Whether it changes what rows say that have a state."""
        return "status" not in self.values and _has_status(model)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change would do to the rows chosen. Nothing is done yet."""

    model: type[models.Model]
    change: Change
    changing: list[int]
    already: int  # rows that are so already
    barred: list[tuple[str, list[int]]]  # why, and the rows
    public: int  # of those changing, how many are published
    unsettled: int  # of those changing, how many lose their review by it
    fingerprint: str  # of the rows as they stand and of what becomes of them

    @property
    def selected(self) -> int:
        return len(self.changing) + self.already + self.kept

    @property
    def kept(self) -> int:
        """How many rows cannot be changed."""
        return sum(len(keys) for _, keys in self.barred)


def status_change(
    verb: str, rows: QuerySet[Any], *, to: Status, by: AbstractUser
) -> Change:
    """To move `rows` to the state `to`, as far as sources.services lets `by`."""
    bars = [Bar(Q(status=start), why) for start, why in _closed_ways(to, by)]
    if (Status.CODED, to) in BY_ANOTHER:
        coded = list(rows.order_by().filter(status=Status.CODED).values_list("pk"))
        own = own_coding(by, rows.model, [pk for (pk,) in coded[:MOST_AT_ONCE]])
        bars.append(Bar(Q(pk__in=own), "is your own coding; another one reviews it"))
    return Change(
        verb=verb,
        values={"status": to},
        bars=bars,
        write=lambda rows, why: change_status(rows, to=to, by=by, why=why),
    )


def _closed_ways(to: Status, by: AbstractUser) -> Iterator[tuple[Status, str]]:
    """The states from which `by` cannot take a row to `to`, and why not."""
    for start in Status:
        needed = TRANSITIONS.get((start, to))
        if start != to and needed is None:
            yield start, f"is {start}; it cannot become {to}"
        elif needed is not None and not by.has_perm(f"sources.{needed}"):
            yield start, f"is {start}; you may not make it {to}"


def edit_bars(model: type[models.Model], by: AbstractUser) -> list[Bar]:
    """The rows of `model` whose fields `by` may not change: see services.may_edit."""
    if not _has_status(model) or by.has_perm("sources.publish"):
        return []
    why = "is published; only those who may publish change what is public"
    return [Bar(Q(status=Status.PUBLISHED), why)]


def plan_of(rows: QuerySet[Any], change: Change) -> Plan:
    """What `change` would do to `rows`. Two queries, however many rows.

    Raises ValidationError for more than MOST_AT_ONCE.
    """
    return _plan(rows.model, _keys(rows), change)


def carry_out(
    rows: QuerySet[Any],
    change: Change,
    *,
    seen: str,
    by: AbstractUser,
    why: str,
    keep: Callable[[Plan], None] | None = None,
) -> Plan:
    """Change those of `rows` that can be, all of them or, on a refusal, none.

    `seen` is the fingerprint of the plan that was agreed to: PlanChangedError if the
    rows differ by now. `keep` is told inside the same transaction. Raises
    ValidationError without a reason, PermissionDenied, and what the database refuses.
    """
    if not why.strip():
        raise ValidationError("Say in words why.")
    keys = _keys(rows)
    with recorded(by=by, why=why):
        found = rows.model._default_manager.filter(pk__in=keys).order_by("pk")
        list(
            found.select_for_update().values_list("pk", flat=True)
        )  # held until the end
        plan = _plan(rows.model, keys, change)
        if plan.fingerprint != seen:
            raise PlanChangedError(plan)
        if not plan.changing:
            raise ValidationError("None of these rows would change: nothing is done.")
        change.apply(rows.model._default_manager.filter(pk__in=plan.changing), why=why)
        connection.check_constraints()  # also those deferred to the commit
        if keep is not None:
            keep(plan)
    return plan


def _keys(rows: QuerySet[Any]) -> list[int]:
    keys = list(rows.order_by().values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(keys) > MOST_AT_ONCE:
        raise ValidationError(
            f"More than {MOST_AT_ONCE:,} rows are chosen, too many to change at once. "
            "Narrow the list by a filter or a search."
        )
    return sorted(keys)


def _plan(model: type[models.Model], keys: Collection[int], change: Change) -> Plan:
    columns = list(change.values)
    if change.edits(model):
        columns.append("status")
    rows = list(
        model._default_manager.filter(pk__in=keys)
        .annotate(bar_of=_bar_of(change))
        .order_by("pk")
        .values_list("pk", "bar_of", *columns)
    )
    changing = [row for row in rows if row[1] == _CHANGES]
    barred: dict[str, list[int]] = {}
    for pk, bar, *_ in rows:
        if bar >= 0:
            barred.setdefault(change.bars[bar].why, []).append(pk)
    status = columns.index("status") + 2 if "status" in columns else 0
    return Plan(
        model=model,
        change=change,
        changing=[row[0] for row in changing],
        already=sum(row[1] == _ALREADY for row in rows),
        barred=list(barred.items()),
        public=sum(row[status] == Status.PUBLISHED for row in changing if status),
        unsettled=sum(row[status] in WHEN_EDITED for row in changing)
        if change.edits(model)
        else 0,
        fingerprint=_fingerprint(model, change, rows),
    )


def _bar_of(change: Change) -> Case:
    """Which bar holds a row back, by its number."""
    same = Q(**{name: _stored(value) for name, value in change.values.items()})
    return Case(
        When(same, then=Value(_ALREADY)),
        *(When(bar.which, then=Value(i)) for i, bar in enumerate(change.bars)),
        default=Value(_CHANGES),
        output_field=IntegerField(),
    )


def _edited() -> Case:
    """The state of a row after an edit."""
    ways = [When(status=start, then=Value(to)) for start, to in WHEN_EDITED.items()]
    return Case(*ways, default=F("status"))


def _fingerprint(model: type[models.Model], change: Change, rows: list[Any]) -> str:
    values = {name: _stored(value) for name, value in change.values.items()}
    known = repr((model._meta.label, change.verb, sorted(values.items()), rows))
    return hashlib.sha256(known.encode()).hexdigest()


def _stored(value: Any) -> Any:
    return getattr(value, "pk", value)


def _has_status(model: type[models.Model]) -> bool:
    return any(each.name == "status" for each in model._meta.fields)
