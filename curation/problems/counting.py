"""How much is in a queue, as far as it can be said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import OperationalError, connection, transaction

if TYPE_CHECKING:
    from curation.problems.queues import Problem

COUNTED = 1_000  # a queue is counted so far
PATIENCE_MS = 300  # and for so long


def count_of(problem: Problem) -> int | None:
    """How many rows its queue has; COUNTED + 1 for more than COUNTED.

    None when that takes longer than PATIENCE_MS: then some are found by opening it.
    """
    found = problem.rows().order_by().values("pk")[: COUNTED + 1]
    try:
        with transaction.atomic():
            _wait_at_most(PATIENCE_MS)
            number: int = found.count()
            _wait_at_most(0)
            return number
    except OperationalError:
        return None


def _wait_at_most(milliseconds: int) -> None:
    """0 is for ever. Until the transaction ends, or is set again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {milliseconds}")
