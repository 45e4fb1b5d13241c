"""When documents follow what was written: at once if they are few, else soon."""

from __future__ import annotations

import time

from django.db import connection, transaction

from publishing.dependents import TooManyError, with_dependents
from publishing.models import Stale
from publishing.rendering import LOCK, refresh, render
from publishing.tasks import ask, worker_lives

# As many documents as a writer renders in its own transaction.
SMALL = 200
# How long it asks for its turn, and how often, in seconds.
PATIENCE = 2.0
LOOK = 0.01


def render_written() -> None:
    """Render what this transaction noted, as its last act, or have it done soon."""
    if not _render_own():
        transaction.on_commit(ask, robust=True)


def catch_up() -> None:
    """After a request: render what is noted, or leave it to a worker if it is much."""
    if not Stale.objects.exists():
        return
    if worker_lives() and not _is_small():
        ask()
    else:
        refresh()


def _render_own() -> bool:
    """Whether it is done: nobody else has the lock, and the documents are few."""
    own = Stale.objects.by_this_transaction()
    found = own.objects_noted(most=SMALL + 1)
    if sum(map(len, found.values())) > SMALL:
        return False
    if not found:
        return True
    try:
        with transaction.atomic():  # with this savepoint lock and notes are given back
            _take_lock()
            # Looked up now: until now others may have added what shows it.
            render(with_dependents(own.take(), most=SMALL))
    except TooManyError:
        return False
    return True


def _is_small() -> bool:
    try:
        with_dependents(Stale.objects.objects_noted(most=SMALL + 1), most=SMALL)
    except TooManyError:
        return False
    return True


def _take_lock() -> None:
    """Take it without ever waiting for it; raises TooManyError after PATIENCE.

    A writer holds rows. If it waited in the database for somebody who renders and then
    goes on to write, and wants one of them, one of both would be refused.
    """
    last = time.monotonic() + PATIENCE
    while not _lock_taken():
        if time.monotonic() > last:
            raise TooManyError
        time.sleep(LOOK)


def _lock_taken() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({LOCK})")
        return bool(cursor.fetchone()[0])
