"""The days above a list: those that the stock way finds, found by the index."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curation.models import Run
from sources.admin.by_date import DatedRows
from tests.factories.curation import RunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs():
    for began in (
        datetime(2020, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2021, 1, 1, tzinfo=UTC),
        datetime(2021, 1, 1, 22, 30, tzinfo=UTC),
        datetime(2021, 1, 31, 12, tzinfo=UTC),
        datetime(2021, 3, 28, 1, tzinfo=UTC),
        datetime(2024, 2, 28, 5, tzinfo=UTC),
        datetime(2024, 2, 29, tzinfo=UTC),
    ):
        RunFactory(started_at=began)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kabul", "Europe/Berlin"])
@pytest.mark.parametrize("kind", ["year", "month", "day"])
@pytest.mark.parametrize("began", [1900, 2021, 2030])
def test_the_days_are_those_of_the_stock_way(runs, zone, kind, began):
    chosen = {"started_at__gte": datetime(began, 1, 1, tzinfo=UTC)}
    with timezone.override(ZoneInfo(zone)):
        found = DatedRows(Run).filter(**chosen).datetimes("started_at", kind)
        stock = QuerySet(Run).filter(**chosen).datetimes("started_at", kind)
        assert found == list(stock)


def test_the_list_of_runs_offers_its_days_and_finds_them_by_the_index(
    runs, admin_client
):
    address = reverse("admin:curation_run_changelist")
    with CaptureQueriesContext(connection) as asked:
        page = admin_client.get(address, {"started_at__year": 2021})
    body = page.content.decode()
    assert "January 2021" in body
    assert "March 2021" in body
    assert "February 2021" not in body
    (days,) = [query["sql"] for query in asked if "RECURSIVE found" in query["sql"]]
    with connection.cursor() as cursor:
        for kind in ("seqscan", "sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        cursor.execute(f"EXPLAIN (ANALYZE) {days}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert plan.count("curation_run_began") == 2, plan
