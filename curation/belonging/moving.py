"""Reviewing or publishing an article, event or claim with all that belongs to it.

No state and no rule is skipped: each row goes the ways of sources.services, and what is
to be published and only coded is reviewed first, by somebody who did not code it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from curation.belonging.naming import name_of
from curation.belonging.rows import KINDS, belonging
from curation.bulk import keep_batch
from curation.models import Lease
from sources.bulk import MOST_AT_ONCE
from sources.coders import coders_of
from sources.models import Article, Status
from sources.services import TRANSITIONS, change_status, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser

    from curation.belonging.rows import Belonging
    from curation.models import Batch
    from sources.models import Curated

VERBS = {Status.REVIEWED: "Review", Status.PUBLISHED: "Publish"}
PATIENCE = "5s"  # for rows that somebody else is changing
_NAMED = 5  # persons who may review what another may not
# What a row is taken through, by where it is to end.
_WAY = {
    Status.REVIEWED: (Status.CODED, Status.REVIEWED),
    Status.PUBLISHED: (Status.CODED, Status.REVIEWED, Status.PUBLISHED),
}
_CLOSED = {
    Status.DRAFT: "is draft: who coded it marks it as coded first",
    Status.REJECTED: "is rejected and stays so",
    Status.RETRACTED: "is retracted and stays so",
}


@dataclass(slots=True)
class KindPlan:
    """What becomes of the rows of one table."""

    model: type[Curated]
    moving: dict[Status, list[int]] = field(default_factory=dict)  # by the state now
    already: int = 0
    left: dict[str, list[int]] = field(default_factory=dict)  # why, and the rows

    @property
    def keys(self) -> list[int]:
        return sorted(pk for keys in self.moving.values() for pk in keys)


@dataclass(slots=True)
class MovePlan:
    """What “with what belongs to it” would do. Nothing is done yet."""

    found: Belonging
    to: Status
    kinds: list[KindPlan]
    others: list[str]  # who may review what `by` may not, because they coded it
    fingerprint: str

    @property
    def number(self) -> int:
        return sum(len(kind.keys) for kind in self.kinds)

    @property
    def left(self) -> int:
        """How many rows are left out for a reason."""
        return sum(len(keys) for kind in self.kinds for keys in kind.left.values())

    @property
    def what(self) -> str:
        root = self.found.root
        kind = root._meta.verbose_name
        return f"{VERBS[self.to]} {kind} “{name_of(root)}” with what belongs to it"

    @property
    def published(self) -> dict[type[Curated], set[int]]:
        """What it would publish."""
        if self.to != Status.PUBLISHED:
            return {}
        return {kind.model: set(kind.keys) for kind in self.kinds}


class MoveChangedError(Exception):
    """What would be moved is not what the plan showed; nothing is done."""

    def __init__(self, plan: MovePlan) -> None:
        super().__init__("The rows have changed since the plan was shown.")
        self.plan = plan


def plan_of(root: Curated, *, to: Status, by: AbstractUser) -> MovePlan:
    """What `by` would move, and what is left out and why.

    Raises PermissionDenied for who may not move anything there, ValidationError for
    more than MOST_AT_ONCE rows. Constant number of queries.
    """
    if not by.has_perm(f"sources.{_verb_to(to)}"):
        raise PermissionDenied(f"{by} may not make anything {to}.")
    found = belonging(root)
    if sum(map(len, found.rows.values())) > MOST_AT_ONCE:
        raise ValidationError(
            f"More than {MOST_AT_ONCE:,} rows belong to it: choose them in their lists."
        )
    planning = _Planning(found, to, by)
    kinds = [planning.kind(model) for model in KINDS if found.rows[model]]
    return MovePlan(
        *(found, to, kinds),
        others=planning.others() if planning.coders else [],
        fingerprint=_fingerprint(found, to, kinds),
    )


def carry_out(
    root: Curated, *, to: Status, by: AbstractUser, seen: str, why: str
) -> tuple[MovePlan, Batch]:
    """Move all of the plan or, on a refusal, nothing; kept as one Batch.

    `seen` is the fingerprint of the plan that was agreed to: MoveChangedError when it
    is another one by now. Raises what plan_of and change_status raise.
    """
    if not why.strip():
        raise ValidationError("Say in words why.")
    with recorded(by=by, why=why):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        plan = plan_of(root, to=to, by=by)
        if plan.fingerprint != seen:
            raise MoveChangedError(plan)
        if not plan.number:
            raise ValidationError("Nothing of it would change: nothing is done.")
        # In one order whoever asks, so that no two wait for each other.
        for kind in sorted(plan.kinds, key=lambda each: each.model._meta.db_table):
            _move(kind, to=to, by=by, why=why)
        connection.check_constraints()  # also those deferred to the commit
        batch = keep_batch(by=by, what=plan.what, why=why, rows=plan.number)
    return plan, batch


def _move(kind: KindPlan, *, to: Status, by: AbstractUser, why: str) -> None:
    """Take the rows of one table there, through each state on the way."""
    for start in (Status.CODED, Status.REVIEWED):
        following = _WAY[Status.PUBLISHED]
        step = following[following.index(start) + 1]
        keys = [
            pk
            for state, rows in kind.moving.items()
            for pk in rows
            if following.index(state) <= following.index(start)
        ]
        if keys and following.index(step) <= following.index(to):
            rows = kind.model._default_manager.filter(pk__in=keys)
            if kind.model is Article:
                rows = rows.defer("text")
            change_status(rows, to=step, by=by, why=why)


@dataclass(slots=True)
class _Planning:
    """Where each row may go, and why some may not."""

    found: Belonging
    to: Status
    by: AbstractUser
    coders: set[int] = field(default_factory=set)  # of what `by` may not review

    def kind(self, model: type[Curated]) -> KindPlan:
        """The plan for the rows of one table. Two queries at most."""
        rows = self.found.rows[model]
        plan = KindPlan(model)
        coded = [pk for pk, state in rows.items() if state == Status.CODED]
        own = {
            pk: coders
            for pk, coders in coders_of(model, coded).items()
            if self.by.pk in {each.user for each in coders}
        }
        on_desks = self._on_desks() if model is Article else {}
        for pk, state in rows.items():
            if state == self.to or state == Status.PUBLISHED:
                plan.already += 1
            elif why := "; and ".join(
                filter(None, (self._closed(state), on_desks.get(pk)))
            ):
                plan.left.setdefault(why, []).append(pk)
            elif pk in own:
                self.coders |= {each.user for each in own[pk]}
                names = " and ".join(each.name for each in own[pk])
                why = f"was coded by {names}: another reviewer reviews it first"
                plan.left.setdefault(why, []).append(pk)
            else:
                plan.moving.setdefault(state, []).append(pk)
        return plan

    def _closed(self, state: Status) -> str:
        """Why no row in this state goes there; empty where it does."""
        if state in _CLOSED:
            return _CLOSED[state]
        way = _WAY[self.to]
        for step in zip(way, way[1:], strict=False):
            verb = TRANSITIONS[step]
            ahead = way.index(state) <= way.index(step[0])
            if ahead and not self.by.has_perm(f"sources.{verb}"):
                return f"is {state}; you may not make it {step[1]}"
        return ""

    def _on_desks(self) -> dict[int, str]:
        """Articles that others are working on now."""
        keys = list(self.found.rows[Article])
        leases = Lease.objects.running().filter(article__in=keys).exclude(by=self.by)
        return {
            lease.article_id: f"is on the desk of {lease.by} until "
            f"{timezone.localtime(lease.until):%H:%M}: what they code now would be "
            "left behind"
            for lease in leases.select_related("by")
        }

    def others(self) -> list[str]:
        """Who else may review: not those whose coding it is. One query."""
        able = ModelBackend().with_perm("sources.review", include_superusers=True)
        rows = able.exclude(pk__in=self.coders).order_by("username")
        return [person.get_username() for person in rows[:_NAMED]]


def _verb_to(to: Status) -> str:
    way = _WAY[to]
    return TRANSITIONS[way[-2], way[-1]]


def _fingerprint(found: Belonging, to: Status, kinds: list[KindPlan]) -> str:
    root = found.root
    known = [root._meta.label, root.pk, str(to), *_parts(kinds)]
    return hashlib.sha256(repr(known).encode()).hexdigest()


def _parts(kinds: list[KindPlan]) -> Iterator[Any]:
    for kind in kinds:
        moving = sorted((str(state), rows) for state, rows in kind.moving.items())
        yield kind.model._meta.label, moving, sorted(kind.left.items()), kind.already
