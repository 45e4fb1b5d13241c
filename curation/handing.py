"""Giving what is on one desk to another one, many articles at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from curation.leases import LASTS
from curation.models import Lease, Step

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet


def hand_over(
    leases: QuerySet[Any], *, to: AbstractUser, by: AbstractUser, why: str
) -> int:
    """Put the articles of `leases` on the desk of `to`, for another half an hour.

    For reviewers; the former holders are told (see curation.leases.taken_from). Raises
    ValidationError without a reason or when `to` may not code, PermissionDenied for who
    may not review. Three queries; answers how many leases changed hands.
    """
    if not by.has_perm("sources.review"):
        raise PermissionDenied(f"{by} may not hand over what others work on.")
    if not to.has_perm("sources.code"):
        raise ValidationError(f"{to} may not code: choose a curator.")
    if not (why := why.strip()):
        raise ValidationError("Say why you hand it over: the other ones are told.")
    with transaction.atomic():
        held = list(
            leases.select_for_update(of=("self",)).select_related("by").order_by("pk")
        )
        now = timezone.now()
        Step.objects.bulk_create(_told(lease, to, by, why, now) for lease in held)
        keys = [lease.pk for lease in held]
        return Lease.objects.filter(pk__in=keys).update(
            by=to,
            taken_at=now,
            until=now + LASTS,
        )


def _told(lease: Lease, to: AbstractUser, by: AbstractUser, why: str, now: Any) -> Step:
    """What tells the former holder; nothing that undo would take back."""
    return Step(
        article_id=lease.article_id,
        by=by,  # type: ignore[misc]  # whichever user model is set
        at=now,
        undone_at=now,
        what=f"Gave it from {lease.by} to {to}: {why}",
        made=[
            [Lease._meta.label, lease.article_id],
            [get_user_model()._meta.label, lease.by_id],
        ],
    )
