"""Two people who change the same rows at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from curation.bulk import keep_batch, undo
from curation.models import Batch
from sources.bulk import PlanChangedError, carry_out, plan_of, status_change
from sources.models import Outlet, Status
from tests.factories.sources import OutletFactory
from tests.rules import sessions

pytestmark = pytest.mark.django_db(transaction=True)


def closing(statement):
    try:
        return statement()
    finally:
        connection.close()


def while_another_writes(first, statement):
    """What comes of `statement`, which waits until the session `first` commits."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = pool.submit(closing, statement)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.7)
        first.commit()
        return waiting.result(timeout=10)


@pytest.fixture
def rows():
    OutletFactory.create_batch(3, status="reviewed")
    return Outlet.objects.order_by("pk")


@pytest.fixture
def publishing(rows, reviewer):
    """Publishing the rows, as it was agreed to when they were all reviewed."""
    change = status_change("Publish", rows, to=Status.PUBLISHED, by=reviewer)
    return partial(
        *(carry_out, rows, change),
        seen=plan_of(rows, change).fingerprint,
        by=reviewer,
        why="checked",
        keep=lambda plan: keep_batch(
            by=reviewer, what="Publish 3 outlets", why="checked", rows=3
        ),
    )


def states():
    return list(Outlet.objects.order_by("pk").values_list("status", flat=True))


def test_a_row_that_another_is_changing_makes_the_plan_another_one(rows, publishing):
    with sessions() as (other, _):
        other.execute(
            "UPDATE sources_outlet SET status = 'coded' WHERE id = %s", [rows[0].pk]
        )
        with pytest.raises(PlanChangedError) as caught:
            while_another_writes(other, publishing)
    assert len(caught.value.plan.changing) == 2
    assert states() == ["coded", "reviewed", "reviewed"]
    assert not Batch.objects.exists()


def test_a_row_that_another_is_changing_is_not_undone(rows, publishing, reviewer):
    publishing()
    batch = Batch.objects.get()
    with sessions() as (other, _):
        other.execute(
            "UPDATE sources_outlet SET name = 'New' WHERE id = %s", [rows[0].pk]
        )
        with pytest.raises(ValidationError, match="“New” was changed since"):
            while_another_writes(
                other, lambda: undo(batch, by=reviewer, why="too early")
            )
    assert states() == ["published"] * 3


def test_two_undo_the_same_and_one_of_them_is_told(rows, publishing, reviewer):
    publishing()
    batch = Batch.objects.get()
    take_back = partial(undo, batch, by=reviewer, why="too early")
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            take_back()
            waiting = pool.submit(closing, take_back)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.7)
        with pytest.raises(ValidationError, match="undone already"):
            waiting.result(timeout=10)
    assert states() == ["retracted"] * 3
    assert Batch.objects.count() == 2
