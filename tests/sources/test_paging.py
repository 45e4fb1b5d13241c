"""Long lists: counted so far, then estimated; their pages end."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.admin import paging
from sources.admin.paging import BoundedPaginator
from sources.models import Outlet
from tests.factories.sources import OutletFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_counted(monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 60)
    monkeypatch.setattr(BoundedPaginator, "shown", 60)


def test_a_list_is_counted_exactly_up_to_the_bound(few_counted):
    OutletFactory.create_batch(60)
    pages = BoundedPaginator(Outlet.objects.order_by("pk"), 50)
    assert (pages.count, pages.num_pages, pages.estimated) == (60, 2, False)


def test_a_longer_list_is_estimated_and_its_pages_end(few_counted):
    OutletFactory.create_batch(130)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sources_outlet")
    pages = BoundedPaginator(Outlet.objects.order_by("pk"), 50)
    assert (pages.count, pages.num_pages, pages.estimated) == (130, 2, True)
    assert len(pages.page(2).object_list) == 50


def test_an_estimate_is_never_below_what_was_counted(few_counted):
    OutletFactory.create_batch(61)  # of which the planner has heard nothing
    rows = Outlet.objects.order_by("pk").filter(name__contains="x" * 9) | (
        Outlet.objects.order_by("pk").exclude(name="")
    )
    assert BoundedPaginator(rows, 50).count >= 61


def test_no_list_is_counted_to_its_end(few_counted):
    OutletFactory.create_batch(61)
    with CaptureQueriesContext(connection) as caught:
        assert BoundedPaginator(Outlet.objects.order_by("pk"), 50).num_pages == 2
    counts = [q["sql"] for q in caught if "COUNT" in q["sql"]]
    assert len(counts) == 1
    assert "LIMIT 61" in counts[0]


def test_the_list_says_that_it_is_an_estimate(admin_client, few_counted):
    OutletFactory.create_batch(130)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sources_outlet")
    page = admin_client.get(reverse("admin:sources_outlet_changelist")).text
    said = " ".join(page.split())
    assert "about 130 outlets; the pages show the first 60" in said
    page = admin_client.get(reverse("admin:sources_outlet_changelist") + "?q=zzz").text
    assert " ".join(page.split()).count("about 130") == 0


def test_every_list_of_ours_is_bounded():
    from django.contrib import admin

    ours = {"sources", "actors", "events", "curation", "publishing"}
    unbounded = {
        model._meta.label
        for model, each in admin.site._registry.items()
        if model._meta.app_label in ours and each.paginator is not BoundedPaginator
    }
    assert unbounded == {"sources.Term"}  # a thousand entries, in fixtures
