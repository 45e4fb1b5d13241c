"""When somebody was here last: what "since your last visit" means."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from curation.models import Visit

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

AWAY = dt.timedelta(minutes=30)  # after which a visit is a new one
NOTED = dt.timedelta(minutes=1)  # within which looking again is not written down


def note_visit(*, by: AbstractUser) -> Visit:
    """Write down that `by` looks at the first page; after half an hour, a new visit.

    `before` of the answer is when the visit before this one ended; None at first.
    """
    now = timezone.now()
    with transaction.atomic():
        known = Visit.objects.select_for_update()
        visit, new = known.get_or_create(user_id=by.pk, defaults={"seen_at": now})
        away = now - visit.seen_at
        if away >= AWAY:
            visit.before = visit.seen_at
        if not new and away >= NOTED:
            visit.seen_at = now
            visit.save()
    return visit
