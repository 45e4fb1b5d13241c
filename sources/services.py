"""Writes that every room uses: who and why, and the way from draft to public."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from sources.coders import coders_of, owners_of
from sources.models import Curated, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from django.contrib.auth.models import AbstractUser

# Who may move what, once. The value is the permission group's verb:
# a curator codes, a reviewer reviews, publishes, rejects and retracts.
TRANSITIONS: dict[tuple[Status, Status], str] = {
    (Status.DRAFT, Status.CODED): "code",
    (Status.DRAFT, Status.REJECTED): "code",
    (Status.CODED, Status.DRAFT): "code",
    (Status.CODED, Status.REVIEWED): "review",
    (Status.CODED, Status.REJECTED): "review",
    (Status.REVIEWED, Status.CODED): "review",
    (Status.REVIEWED, Status.PUBLISHED): "publish",
    (Status.REVIEWED, Status.REJECTED): "review",
    (Status.REJECTED, Status.DRAFT): "review",
    (Status.PUBLISHED, Status.RETRACTED): "publish",
    (Status.RETRACTED, Status.PUBLISHED): "publish",
}
# Of these, the ones that nobody makes with their own coding (see sources.coders), not
# even a superuser. To review is to check; publishing may be by whoever checked it.
BY_ANOTHER = frozenset({(Status.CODED, Status.REVIEWED)})
# What a change of what a row says does to its state, whoever makes it: what a reviewer
# checked is what stands, so another has to check it again. Other states stay.
WHEN_EDITED = {Status.REVIEWED: Status.CODED}

_CHECKED = {Status.REVIEWED, Status.PUBLISHED}
_FIRST = (Status.DRAFT, Status.CODED)  # how a row begins that a person enters


@contextmanager
def together() -> Iterator[None]:
    """One transaction for several `recorded` blocks: what follows them (see `follows`)
    does so once, at its end. A part of another such block is a part of that.
    """
    with transaction.atomic():
        if _together.get():
            yield
            return
        token = _together.set(True)
        try:
            yield
        finally:
            _together.reset(token)
        if not connection.needs_rollback:
            for follow in _FOLLOWERS:
                follow()


def follows(follow: Callable[[], None]) -> None:
    """Have `follow` called after every write, before it is committed.

    It is the last thing in the transaction of whatever was `recorded`, and no part of
    what the history says of it. What it raises undoes the write.
    """
    _FOLLOWERS.append(follow)


@contextmanager
def recorded(*, by: AbstractUser | str, why: str) -> Iterator[None]:
    """Everything written inside is kept in the history with who and why.

    `by` is a user, or the name of the command that acts. Atomic. Inside another
    `recorded` it is a part of that: the outer one says who and why.
    """
    with together():
        if _recording.get():
            yield
            return
        name = by if isinstance(by, str) else by.get_username()
        user = None if isinstance(by, str) else by.pk
        token = _recording.set(True)
        try:
            with pghistory.context(user=user, by=name, why=why):
                # Any statement carries who and why but COPY: let one go before.
                _execute("SET LOCAL newsdb.recorded = 'on'")
                yield
        finally:
            _recording.reset(token)
        # What follows in the same transaction is not by the one who ended here.
        _execute("SELECT set_config('pghistory.context_id', '', true)")


_recording: ContextVar[bool] = ContextVar("recording", default=False)
_together: ContextVar[bool] = ContextVar("together", default=False)
_FOLLOWERS: list[Callable[[], None]] = []


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def save_curated(instance: Any, *, by: AbstractUser | str, why: str) -> None:
    """Validate and save one row, with its history.

    A row that was there before stays in its state, which change_status moves, but for
    WHEN_EDITED. Raises ValidationError, also when somebody deleted the row meanwhile or
    moved it, and PermissionDenied when the change would be public at once and `by` may
    not publish.
    """
    with recorded(by=by, why=why):
        check_writable(instance, by=by)
        instance.full_clean()
        unsettle(instance)
        instance.save(force_update=not instance._state.adding)


def check_writable(instance: Any, *, by: AbstractUser | str) -> None:
    """Raise unless what `instance` says may be saved by `by`; see save_curated.

    Call it inside a transaction: the stored row is held until its end.
    """
    stored = None if instance._state.adding else _held(instance)
    if isinstance(instance, Curated):
        _check_state(instance, stored, by=by)
    if isinstance(by, str) or by.has_perm("sources.publish"):
        return
    for row in (instance, stored):
        if row is not None and not may_edit(by, row):
            raise PermissionDenied(
                f"“{row}” is published, so a change is public at once: only those who "
                f"may publish change it, not {by}."
            )


def _check_state(instance: Curated, stored: Any, *, by: AbstractUser | str) -> None:
    """Raise ValidationError where saving would move a row, or begin past the review."""
    if stored is not None and stored.status != instance.status:
        raise ValidationError(
            f"“{instance}” is {stored.status} by now, not {instance.status}: open it "
            "again. A state is moved by its action, not by saving."
        )
    new_by_a_person = stored is None and not isinstance(by, str)
    if new_by_a_person and instance.status not in _FIRST:
        raise ValidationError(
            f"“{instance}” cannot begin as {instance.status}: save it as coded, then "
            "have another person review it."
        )


def may_edit(user: AbstractUser, row: Any) -> bool:
    """Whether `user` may change what `row` says: of what is public, who may publish."""
    return not is_public(row) or user.has_perm("sources.publish")


def is_public(row: Any) -> bool:
    """Whether a change of `row` is public at once.

    A row that has a state is when it is published; a part without one, when all that
    it says something of is.
    """
    if isinstance(row, Curated):
        return row.status == Status.PUBLISHED
    named = [f for f in owners_of(type(row)) if getattr(row, f.attname) is not None]
    owners = [getattr(row, field.name) for field in named]
    return bool(owners) and all(each.status == Status.PUBLISHED for each in owners)


def unsettle(instance: Any) -> bool:
    """Take back, as WHEN_EDITED says, what saving `instance` would change after its
    review; whether there was any. Call it before saving.

    A row with a state is taken back itself; for one without, see unsettle_owners.
    """
    stored = None if instance._state.adding else _stored(instance)
    if stored is not None and content_of(stored) == content_of(instance):
        return False
    if not isinstance(instance, Curated):
        return unsettle_owners(instance)
    to = WHEN_EDITED.get(Status(instance.status)) if stored is not None else None
    instance.status = to or instance.status
    return to is not None


def unsettle_owners(part: Any) -> bool:
    """Take back, as WHEN_EDITED says, the rows that `part` says something of; whether
    there were any. Call it when the part is added, changed or removed.

    A part of several rows is checked with any of them: while one of them has its review
    before it, the others stay.
    """
    fields = [f for f in owners_of(type(part)) if getattr(part, f.attname) is not None]
    owners = [getattr(part, field.name) for field in fields]
    if any(row.status not in _CHECKED for row in owners):
        return False
    return sum(map(take_back, owners)) > 0


def take_back(row: Any) -> bool:
    """Take back one stored row, as WHEN_EDITED says; whether it was."""
    to = WHEN_EDITED.get(Status(row.status))
    if to is None:
        return False
    rows = type(row)._base_manager.filter(pk=row.pk, status=row.status)
    changed: bool = rows.update(status=to) == 1
    row.status = to
    return changed


def content_of(row: Any) -> list[Any]:
    """What a row says: its columns but the state."""
    columns = (f for f in row._meta.concrete_fields if not f.generated)
    return [getattr(row, f.attname) for f in columns if f.name != "status"]


def _held(instance: Any) -> Any:
    """The row as it is stored, held. Raises ValidationError when it is gone."""
    stored = _stored(instance)
    if stored is None:
        raise ValidationError(
            f"“{instance}” was deleted meanwhile, so it was not saved: enter it anew "
            "if it should be there."
        )
    return stored


def _stored(instance: Any) -> Any:
    rows = type(instance)._base_manager.select_for_update(of=("self",))
    return rows.filter(pk=instance.pk).first()


def may_move(user: AbstractUser, row: Curated, to: Status) -> bool:
    """Whether `user` may move a row of this state to `to`, were it not their own."""
    verb = TRANSITIONS.get((Status(row.status), to))
    return verb is not None and user.has_perm(f"sources.{verb}")


def leads_to(start: Status, to: Status) -> bool:
    """Whether moves lead from one state to the other, or it is the same.

    For who states where a row stands instead of moving it, as files do.
    """
    reached, new = {start}, {start}
    while new:
        new = {end for begin, end in TRANSITIONS if begin in new} - reached
        reached |= new
    return to in reached


def own_coding(
    user: AbstractUser, model: type[Curated], keys: Collection[int]
) -> dict[int, str]:
    """Those of the rows that `user` coded, and who did, in words. One query."""
    return {
        row: " and ".join(coder.name for coder in coders)
        for row, coders in coders_of(model, keys).items()
        if user.pk in {coder.user for coder in coders}
    }


def change_status(
    rows: Iterable[Curated], *, to: Status, by: AbstractUser, why: str
) -> int:
    """Move rows of one model to the state `to`; all of them or none.

    Retracting and rejecting need a reason. Raises ValidationError that names every
    row that cannot go there, or that `by` coded and another has to check (then with
    who coded it); PermissionDenied when `by` may not take them there. Returns how many
    rows moved. The number of queries does not depend on that.
    """
    if to in {Status.REJECTED, Status.RETRACTED} and not why.strip():
        raise ValidationError(f"Say why these are {to}.")
    with recorded(by=by, why=why):
        locked = _locked(rows)
        if barred := [r for r in locked if (Status(r.status), to) not in TRANSITIONS]:
            raise ValidationError(
                [f"“{row}” is {row.status}; it cannot become {to}." for row in barred]
            )
        for row in locked:
            if not may_move(by, row, to):
                raise PermissionDenied(f"{by} may not move “{row}” to {to}.")
        _check_by_another(locked, to, by=by)
        if locked:
            type(locked[0]).objects.filter(pk__in=[r.pk for r in locked]).update(
                status=to
            )
    return len(locked)


def _check_by_another(rows: list[Any], to: Status, *, by: AbstractUser) -> None:
    """Raise ValidationError that names each row that `by` would check of their own."""
    checked = {r.pk: r for r in rows if (Status(r.status), to) in BY_ANOTHER}
    if not checked:
        return
    own = own_coding(by, type(rows[0]), list(checked))
    if own:
        raise ValidationError(
            [
                f"“{checked[pk]}” was coded by {names}: nobody reviews their own "
                "coding. Ask another reviewer to mark it as reviewed."
                for pk, names in own.items()
            ],
            code="own_coding",
        )


def _locked(rows: Iterable[Curated]) -> list[Any]:
    """The rows again, as they stand now, held until the transaction ends."""
    rows = list(rows)
    if not rows:
        return []
    model = type(rows[0])
    return list(
        model.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.pk for row in rows])
        .order_by("pk")
    )
