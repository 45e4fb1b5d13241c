"""Where in the log of changes a client wants to begin."""

from __future__ import annotations

import datetime as dt

from django.utils.dateparse import parse_date, parse_datetime

from publishing.changes import newest, position_at

BEGINNING = "0"
NOW = "now"
_DIGITS = 18  # of the largest id that the log can have


class NotAPositionError(Exception):
    """Says what is wrong with it, for the client."""


def position_of(since: str) -> int:
    """The position that a cursor, `now` or a moment of record time names.

    Raises NotAPositionError; also for a cursor beyond the last change, which another
    database gave, or this one before an earlier state of it was restored: who went on
    from there would miss what comes first.
    """
    if since == NOW:
        return newest()
    if since.isascii() and since.isdigit():
        position = int(since) if len(since) <= _DIGITS else None
        if position is None or (position and position > newest()):
            raise NotAPositionError(
                f"Nothing is as far as “{since}” here: it was given by another "
                "database, or by an earlier state of this one. Begin again without "
                "since."
            )
        return position
    if (moment := _moment(since)) is None:
        raise NotAPositionError(
            f"“{since}” is neither a cursor as it was given, nor now, nor a moment "
            "like 2026-01-31 or 2026-01-31T12:00:00Z (in an address, + is %2B)."
        )
    return position_at(moment)


def _moment(text: str) -> dt.datetime | None:
    try:
        if day := parse_date(text):
            return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
        moment = parse_datetime(text)
    except ValueError:  # well formed, and no such day or hour
        return None
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
