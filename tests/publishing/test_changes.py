"""The log as those read it who follow it: in order, without gaps, to the last byte."""

from __future__ import annotations

import datetime as dt
import random
import threading
import time

import pytest
from django.db import transaction

from publishing.changes import changes_after, newest, position_at
from publishing.models import Document, Kind
from publishing.rendering import refresh
from sources.models import Article, Outlet, Status
from sources.services import recorded
from tests.factories.sources import ArticleFactory, OutletFactory
from tests.publishing.test_following import in_threads
from tests.rules import sql

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20


class Follower:
    """A client that keeps a copy of all bodies, page by page."""

    def __init__(self, limit=7):
        self.position, self.limit = 0, limit
        self.seen, self.copy = [], {}

    def poll(self):
        """One page; whether there is more."""
        page = changes_after(self.position, limit=self.limit, bodies=True)
        for each in page.found:
            self.seen.append(each.position)
            if each.change == "retracted":
                del self.copy[each.kind, each.object_id]
            else:
                self.copy[each.kind, each.object_id] = each.body
        self.position = page.position
        return page.more

    def catch_up(self):
        while self.poll():
            pass


def public():
    """A full export."""
    rows = Document.objects.current().values_list("kind", "object_id", "body")
    return {(kind, pk): body for kind, pk, body in rows}


def write(model, pk, **values):
    with recorded(by="test", why="an edit"):
        model.objects.filter(pk=pk).update(**values)


def test_who_follows_random_edits_ends_with_what_an_export_gives():
    chance = random.Random(5)
    follower = Follower()
    for turn in range(60):
        _edit(chance, turn)
        if chance.random() < 0.3:
            follower.poll()
    follower.catch_up()
    assert follower.copy == public()
    assert len(follower.copy) > 10
    whole = changes_after(0, limit=1000).found
    assert {each.change for each in whole} == {
        *("created", "changed", "retracted", "returned")
    }
    assert follower.seen == [each.position for each in whole]


def _edit(chance, turn):
    """Add, rename, retract or return an outlet that articles show, or an article."""
    outlets = list(Outlet.objects.all())
    if len(outlets) < 4 or chance.random() < 0.2:
        with recorded(by="test", why="new"):
            outlet = OutletFactory(status="published", name=f"New {turn} “é”")
            ArticleFactory.create_batch(2, outlet=outlet, status="published")
        return
    row = chance.choice([*outlets, *Article.objects.all()])
    there = row.status == Status.PUBLISHED
    if chance.random() < 0.5 and there:
        field = "name" if isinstance(row, Outlet) else "title"
        write(type(row), row.pk, **{field: f"Renamed {turn}"})
    else:
        to = Status.RETRACTED if there else Status.PUBLISHED
        write(type(row), row.pk, status=to)


def test_many_who_write_at_once_leave_no_gap_for_who_follows():
    """Each holds its transaction open for a while, so that they overlap; each page is
    read while others commit. A change that came up behind the position is missed."""
    outlets = OutletFactory.create_batch(4, status="published")
    refresh()
    writing = threading.Barrier(5)
    done = threading.Event()

    def writes(number):
        chance = random.Random(number)
        writing.wait(PATIENCE)
        for turn in range(12):
            with transaction.atomic():
                write(
                    *(Outlet, chance.choice(outlets).pk),
                    name=f"Name {number} {turn}",
                )
                time.sleep(chance.random() / 50)

    def follows():
        follower = Follower(limit=3)
        writing.wait(PATIENCE)
        while not done.is_set():
            follower.poll()
        refresh()  # who had to wait too long left it noted
        follower.catch_up()
        return follower

    def all_write():
        in_threads(*[lambda number=number: writes(number) for number in range(4)])
        done.set()

    follower, _ = in_threads(follows, all_write)
    everything = list(Document.objects.order_by("id").values_list("id", flat=True))
    assert len(everything) > 30
    assert follower.seen == everything
    assert follower.copy == public()


def test_no_id_is_taken_before_the_one_before_it_is_committed():
    first, second = OutletFactory.create_batch(2, status="published")
    refresh()
    before = newest()
    rendered, goes_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            write(Outlet, first.pk, name="Slow")
            rendered.set()
            assert goes_on.wait(PATIENCE)

    def quick():
        assert rendered.wait(PATIENCE)
        write(Outlet, second.pk, name="Quick")

    def watch():
        assert rendered.wait(PATIENCE)
        time.sleep(0.3)  # time enough for the quick one, were it not for the slow
        try:
            return newest()
        finally:
            goes_on.set()

    *_, seen = in_threads(slow, quick, watch)
    assert seen == before
    found = changes_after(before, limit=9).found
    assert [each.object_id for each in found] == [first.pk, second.pk]


def test_what_happened_and_which_fields_changed():
    outlet = OutletFactory(status="published", name="A", country_id=None)
    article = ArticleFactory(status="published", outlet=outlet)
    refresh()
    write(Outlet, outlet.pk, name="B", url="https://b.example/")
    write(Outlet, outlet.pk, status=Status.RETRACTED)
    write(Outlet, outlet.pk, status=Status.PUBLISHED, name="C")
    found = changes_after(0, limit=100).found
    mine = [each for each in found if each.kind == Kind.OUTLET]
    assert [(each.change, each.fields, each.version) for each in mine] == [
        ("created", [], 1),
        ("changed", ["name", "url"], 2),
        ("retracted", [], 3),
        ("returned", [], 4),
    ]
    assert mine[2].sha256 is None
    assert mine[3].sha256 == Document.objects.current().get(slug=outlet.slug).sha256
    shown = [each for each in found if each.object_id == article.pk]
    assert {tuple(each.fields) for each in shown[1:]} == {("outlet",)}


def test_a_few_of_a_kind_are_found_without_looking_at_all(monkeypatch):
    OutletFactory.create_batch(30, status="published")
    refresh()
    ArticleFactory.create_batch(2, status="published")
    refresh()
    monkeypatch.setattr("publishing.changes.LOOKED_AT", 10)
    position, seen, pages, more = 0, [], 0, True
    while more:
        page = changes_after(position, limit=5, kinds=[Kind.ARTICLE])
        seen += [each.kind for each in page.found]
        assert page.position > position
        position, more, pages = page.position, page.more, pages + 1
    assert seen == [Kind.ARTICLE] * 2
    assert position == newest()
    assert pages == 4
    assert not changes_after(position, limit=5, kinds=[Kind.ARTICLE]).more


@pytest.mark.parametrize("count", [0, 1, 2, 7, 16])
def test_a_position_in_time_is_before_what_became_public_then(count):
    for number in range(count):
        OutletFactory.create_batch(1 + number % 2, status="published")
        refresh()
    rows = list(Document.objects.order_by("id").values_list("id", "valid_from"))
    moments = [moment for _, moment in rows] or [dt.datetime.now(dt.UTC)]
    step = dt.timedelta(microseconds=1)
    for moment in {*moments, moments[0] - step, moments[-1] + step}:
        older = [pk for pk, at in rows if at < moment]
        assert position_at(moment) == max(older, default=0)


def test_the_log_does_not_go_back_when_the_clock_does():
    OutletFactory(status="published")
    refresh()
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    sql("ALTER TABLE publishing_document DISABLE TRIGGER USER")
    sql("UPDATE publishing_document SET valid_from = %s", later)
    sql("ALTER TABLE publishing_document ENABLE TRIGGER USER")
    outlet = Outlet.objects.get()
    write(Outlet, outlet.pk, name="New")
    assert set(Document.objects.values_list("valid_from", flat=True)) == {later}
    assert Document.objects.get(version=1).valid_to == later


def test_a_page_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        changes_after(0, limit=1000, kinds=[Kind.EVENT], bodies=True)
