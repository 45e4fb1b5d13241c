"""When a moment of the past can no longer change."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from publishing.api.past import is_settled


@pytest.mark.django_db(transaction=True)
def test_a_moment_within_a_running_transaction_is_not_settled():
    """Whoever is still writing may make something public as of then."""
    began, done = threading.Event(), threading.Event()

    def write():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            began.set()
            done.wait(30)
        connection.close()

    before = timezone.now()
    writer = threading.Thread(target=write)
    writer.start()
    assert began.wait(30)
    during = timezone.now()
    assert is_settled(before)
    assert not is_settled(during)
    done.set()
    writer.join()
    assert is_settled(during)
