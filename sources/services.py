"""Writes that every room uses: who and why, and the way from draft to public."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from sources.models import Curated, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


@contextmanager
def recorded(*, by: AbstractUser | str, why: str) -> Iterator[None]:
    """Everything written inside is kept in the history with who and why.

    `by` is a user, or the name of the command that acts. Atomic. Inside another
    `recorded` it is a part of that: the outer one says who and why.
    """
    with transaction.atomic():
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


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def save_curated(instance: Any, *, by: AbstractUser | str, why: str) -> None:
    """Validate and save one row, with its history. Raises ValidationError."""
    instance.full_clean()
    with recorded(by=by, why=why):
        instance.save()


def may_move(user: AbstractUser, row: Curated, to: Status) -> bool:
    """Whether `user` may move `row` to the state `to`."""
    verb = TRANSITIONS.get((Status(row.status), to))
    return verb is not None and user.has_perm(f"sources.{verb}")


def change_status(
    rows: Iterable[Curated], *, to: Status, by: AbstractUser, why: str
) -> int:
    """Move rows of one model to the state `to`; all of them or none.

    Retracting and rejecting need a reason. Raises ValidationError that names every
    row that cannot go there, PermissionDenied when `by` may not take them there.
    Returns how many rows moved.
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
        if locked:
            type(locked[0]).objects.filter(pk__in=[r.pk for r in locked]).update(
                status=to
            )
    return len(locked)


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
