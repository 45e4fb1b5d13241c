"""`as_of`: what was public at a moment of record time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from publishing.api.filters.base import RefusedError, moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


def as_of(given: Mapping[str, str]) -> dt.datetime | None:
    """The moment of record time asked about; null is now."""
    return moment(given["as_of"]) if given.get("as_of") else None


def as_of_problems(given: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is wrong with `as_of`, for BadParameters."""
    try:
        asked = as_of(given)
    except RefusedError as error:
        return [{"parameter": "as_of", "message": str(error)}]
    if asked and asked > timezone.now():
        message = "What will be public then is not known; give a moment of the past."
        return [{"parameter": "as_of", "message": message}]
    return []


def is_settled(asked: dt.datetime) -> bool:
    """Whether nothing can become public any more as of that moment.

    A version is dated before its transaction ends; so the moment must lie before every
    transaction that is still at work.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(min(xact_start), clock_timestamp()) > %s
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND backend_type = 'client backend' AND xact_start IS NOT NULL
            """,
            [asked],
        )
        return bool(cursor.fetchone()[0])
