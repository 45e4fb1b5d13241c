"""Attempts to break the rules of leases, visits, steps and batches with raw SQL."""

from __future__ import annotations

import pytest

from curation.models import Batch, Step
from tests.factories.curation import (
    BatchFactory,
    LeaseFactory,
    StepFactory,
    VisitFactory,
)
from tests.rules import allowed, refused, sql

pytestmark = pytest.mark.django_db

NOT_EMPTIED = [
    "curation_lease:not_emptied",
    "curation_visit:not_emptied",
    "curation_step:not_emptied",
    "curation_batch:not_emptied",
]
EARLY = "0001-01-01T12:00Z"
LATE = "9999-12-31T12:00Z"


def update(row, **columns):
    type(row).objects.filter(pk=row.pk).update(**columns)


@pytest.mark.parametrize("rule", NOT_EMPTIED)
def test_no_table_of_work_is_emptied(rule):
    table, _, trigger = rule.partition(":")
    with refused(f"{table}_{trigger}"):
        sql(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    ("rule", "make", "columns"),
    [
        ("curation_lease_taken_at_in_calendar", LeaseFactory, {"taken_at": EARLY}),
        ("curation_lease_until_in_calendar", LeaseFactory, {"until": LATE}),
        ("curation_visit_seen_at_in_calendar", VisitFactory, {"seen_at": LATE}),
    ],
)
def test_times_lie_in_the_calendar(rule, make, columns):
    with refused(rule):
        make(**columns)


@pytest.mark.parametrize(
    ("rule", "make"),
    [
        ("curation_step_at_in_calendar", StepFactory),
        ("curation_batch_at_in_calendar", BatchFactory),
    ],
)
def test_no_work_is_done_after_the_end_of_time(rule, make):
    with refused(rule):
        make(at=LATE)


@pytest.mark.parametrize(
    ("rule", "make"),
    [
        ("curation_step_what_not_blank", StepFactory),
        ("curation_batch_what_not_blank", BatchFactory),
    ],
)
def test_work_says_what_it_is(rule, make):
    with refused(rule):
        make(what=" ")


def test_curation_lease_ends():
    lease = LeaseFactory()
    with refused("curation_lease_ends"):
        update(lease, until=lease.taken_at)
    with allowed():
        lease.delete()


def test_curation_visit_in_order():
    visit = VisitFactory()
    with refused("curation_visit_in_order"):
        update(visit, before="2999-01-01T00:00Z")
    with allowed():
        update(visit, before="2001-01-01T00:00Z")


def test_curation_step_made_is_array():
    with refused("curation_step_made_is_array"):
        StepFactory(made={"a": 1})


def test_curation_step_undone_later():
    step = StepFactory()
    with refused("curation_step_undone_later"):
        update(step, undone_at="2001-01-01T00:00Z")


def test_a_step_is_undone_and_otherwise_stays():
    step = StepFactory()
    with refused("curation_step:as_written"):
        update(step, what="Something else")
    with refused("curation_step:stays"):
        Step.objects.filter(pk=step.pk).delete()
    with allowed():
        update(step, undone_at="2999-01-01T00:00Z")
    with refused("curation_step:undone_once"):
        update(step, undone_at=None)


def test_a_batch_stays_as_it_is():
    batch = BatchFactory()
    with refused("curation_batch:never_changes"):
        update(batch, rows=13)
    with refused("curation_batch:stays"):
        Batch.objects.filter(pk=batch.pk).delete()


def test_curation_batch_not_of_itself():
    with refused("curation_batch_not_of_itself"):
        BatchFactory(pk=77, undoes_id=77)
