"""Who may merge what: one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.models import Status

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# By the states of the record that is merged and of the one that stays, the verb of
# sources.services.TRANSITIONS that it takes: a merge changes what both of them say. A
# pair that is not here is not merged: what is public is merged into what is public
# alone, since its address leads there.
MAY_MERGE: dict[tuple[Status, Status], str] = {
    (Status.DRAFT, Status.DRAFT): "code",
    (Status.DRAFT, Status.CODED): "code",
    (Status.DRAFT, Status.REVIEWED): "review",
    (Status.DRAFT, Status.PUBLISHED): "publish",
    (Status.CODED, Status.DRAFT): "code",
    (Status.CODED, Status.CODED): "code",
    (Status.CODED, Status.REVIEWED): "review",
    (Status.CODED, Status.PUBLISHED): "publish",
    (Status.REVIEWED, Status.DRAFT): "review",
    (Status.REVIEWED, Status.CODED): "review",
    (Status.REVIEWED, Status.REVIEWED): "review",
    (Status.REVIEWED, Status.PUBLISHED): "publish",
    (Status.PUBLISHED, Status.PUBLISHED): "publish",
}


def verb_of(loser: str, into: str) -> str | None:
    """What it takes to merge rows of these states; None where nobody may."""
    return MAY_MERGE.get((Status(loser), Status(into)))


def may_merge(user: AbstractUser, loser: Any, into: Any) -> bool:
    """Whether `user` may merge the one into the other, as their states are."""
    verb = verb_of(loser.status, into.status)
    return verb is not None and user.has_perm(f"sources.{verb}")
