"""Documents follow what was written: at once if they are few, else soon."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from publishing import following, rendering, tasks
from publishing.models import Document, Kind, Stale
from publishing.rendering import refresh
from sources.models import Outlet, Status
from sources.services import recorded, together
from tests.factories.sources import ArticleFactory, OutletFactory
from tests.rules import sql

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = "The Morning", "The Evening"
PATIENCE = 20


@pytest.fixture
def outlet():
    """A public outlet with three public articles that show its name."""
    outlet = OutletFactory(name=BEFORE, status="published")
    ArticleFactory.create_batch(3, outlet=outlet, status="published")
    refresh()
    return outlet


@pytest.fixture
def worker():
    """A worker's sign of life; there is no process behind it."""
    return sql(
        "INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id, last_heartbeat"
    )


@pytest.fixture
def little(monkeypatch):
    """No writer renders more than three documents."""
    monkeypatch.setattr(following, "SMALL", 3)


def rename(outlet, name=AFTER):
    with recorded(by="test", why="a new masthead"):
        Outlet.objects.filter(pk=outlet.pk).update(name=name)


def shown(name):
    """How many public documents show that name."""
    bodies = Document.objects.current().values_list("body", flat=True)
    return sum(f'"{name}"' in body for body in bodies)


def job_statuses():
    return list(
        ProcrastinateJob.objects.filter(task_name=tasks.TASK).values_list(
            "status", flat=True
        )
    )


def in_threads(*jobs):
    """What they return, each in a thread and a session of its own."""

    def closing(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
        running = [pool.submit(closing, job) for job in jobs]
        return [each.result(timeout=PATIENCE) for each in running]


def test_what_shows_it_is_rendered_in_the_writers_own_transaction(outlet):
    seen = []

    def elsewhere():
        seen.append((shown(BEFORE), shown(AFTER)))

    with transaction.atomic():
        rename(outlet)
        assert (shown(BEFORE), shown(AFTER)) == (0, 4)
        in_threads(elsewhere)
    in_threads(elsewhere)
    assert seen == [(4, 0), (0, 4)]
    assert not Stale.objects.exists()


def test_what_is_taken_back_is_not_shown(outlet):
    versions = Document.objects.count()
    with suppress(ZeroDivisionError), recorded(by="test", why="to fail"):
        rename(outlet)
        raise ZeroDivisionError
    with transaction.atomic():
        rename(outlet)
        transaction.set_rollback(True)
    assert (Document.objects.count(), Stale.objects.count()) == (versions, 0)
    assert shown(BEFORE) == 4


def test_a_part_that_is_taken_back_is_not_shown_and_the_rest_is(outlet):
    with transaction.atomic():
        with transaction.atomic():
            rename(outlet, "Never")
            transaction.set_rollback(True)
        rename(outlet)
    assert (shown("Never"), shown(AFTER)) == (0, 4)
    assert not Stale.objects.exists()


def test_a_failure_while_rendering_undoes_the_write(outlet, monkeypatch):
    monkeypatch.setattr(following, "render", lambda touched: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        rename(outlet)
    outlet.refresh_from_db()
    assert outlet.name == BEFORE


def test_several_writes_together_make_one_version(outlet):
    with together():
        rename(outlet, "Never")
        rename(outlet)
    versions = Document.objects.of(Kind.OUTLET).filter(object_id=outlet.pk)
    assert [json.loads(each.body)["name"] for each in versions] == [BEFORE, AFTER]


def test_rendering_is_no_part_of_what_was_recorded(outlet):
    rename(outlet)
    assert sql("SELECT current_setting('pghistory.context_id', true)") in (
        [("",)],
        [(None,)],
    )
    last = outlet.history.latest("pgh_id")
    assert last.pgh_context.metadata["why"] == "a new masthead"


def test_a_draft_makes_no_document(client):
    with recorded(by="test", why="new"):
        OutletFactory(status=Status.DRAFT)
    assert not Document.objects.exists()
    assert not Stale.objects.exists()
    assert client.get("/api/v1/status/").json()["last_change"] is None
    page = client.get("/api/v1/changes/").json()
    assert (page["results"], page["cursor"], page["more"]) == ([], "0", False)


@pytest.mark.usefixtures("little", "worker")
def test_much_is_left_to_the_worker_and_asked_for_once(outlet):
    rename(outlet)
    assert (shown(BEFORE), shown(AFTER)) == (4, 0)
    assert Stale.objects.exists()
    assert job_statuses() == ["todo"]
    rename(outlet, "The Night")
    assert job_statuses() == ["todo"]
    assert tasks.render() == "4 documents changed"
    assert (shown("The Night"), Stale.objects.count()) == (4, 0)


@pytest.mark.usefixtures("little", "worker")
def test_what_is_taken_back_is_not_asked_for(outlet):
    with transaction.atomic():
        rename(outlet)
        transaction.set_rollback(True)
    assert job_statuses() == []


@pytest.mark.usefixtures("little")
def test_without_a_worker_the_request_renders_much(outlet, client):
    rename(outlet)
    assert job_statuses() == []
    client.post("/api/v1/status/")
    assert (shown(AFTER), Stale.objects.count()) == (4, 0)


@pytest.mark.usefixtures("little", "worker")
def test_with_a_worker_the_request_does_not_wait_for_much(outlet, client):
    Outlet.objects.filter(pk=outlet.pk).update(name=AFTER)  # by nobody's service
    client.post("/api/v1/status/")
    assert (shown(BEFORE), job_statuses()) == (4, ["todo"])


@pytest.mark.usefixtures("worker")
def test_what_no_service_wrote_is_rendered_by_the_next_request(outlet, client):
    Outlet.objects.filter(pk=outlet.pk).update(name=AFTER)
    client.post("/api/v1/status/")
    assert (shown(AFTER), job_statuses()) == (4, [])


@pytest.mark.usefixtures("little")
def test_a_worker_that_gave_no_sign_of_life_for_long_counts_as_none(outlet, settings):
    dead = timezone.now() - timedelta(seconds=settings.WORKER_DEAD_AFTER_SECONDS + 1)
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", dead)
    rename(outlet)
    assert job_statuses() == []


def test_what_gained_a_name_while_it_changed_shows_the_new_one(outlet):
    """Two writers that cannot see each other: the later one to render sees both.

    The one who adds has rendered, and has not committed, when the other's turn comes.
    """
    renamed, added = threading.Event(), threading.Event()

    def renames():
        with recorded(by="one", why="a new masthead"):
            Outlet.objects.filter(pk=outlet.pk).update(name=AFTER)
            renamed.set()
            assert added.wait(PATIENCE)

    def adds():
        article = ArticleFactory(status="published")
        refresh()
        assert renamed.wait(PATIENCE)
        with transaction.atomic():
            with recorded(by="two", why="its outlet"):
                type(article).objects.filter(pk=article.pk).update(outlet=outlet.pk)
            added.set()
            time.sleep(0.3)

    in_threads(renames, adds)
    assert (shown(BEFORE), shown(AFTER)) == (0, 5)
    call_command("verify")


def test_who_renders_and_goes_on_to_write_meets_nobody_who_waits_for_it(
    outlet, monkeypatch
):
    """The first has the lock and wants the row that the second holds; none fails."""
    monkeypatch.setattr(following, "PATIENCE", 0.5)
    other = OutletFactory(status="published")
    refresh()
    held, rendered = threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            assert held.wait(PATIENCE)
            rename(outlet)
            rendered.set()
            rename(other, "By the first")

    def second():
        with recorded(by="two", why="a change"):
            Outlet.objects.filter(pk=other.pk).update(name="By the second")
            held.set()
            assert rendered.wait(PATIENCE)

    in_threads(first, second)
    refresh()
    assert (shown("By the first"), shown("By the second"), shown(AFTER)) == (1, 0, 4)
    call_command("verify")


def test_a_writer_whose_turn_does_not_come_leaves_it_noted(outlet, monkeypatch):
    monkeypatch.setattr(following, "PATIENCE", 0.2)
    with transaction.atomic():
        sql(f"SELECT pg_advisory_xact_lock({following.LOCK})")
        in_threads(lambda: rename(outlet))
    assert Stale.objects.exists()
    assert refresh() == 4


def test_much_is_rendered_in_parts_and_a_crash_leaves_it_noted(outlet, monkeypatch):
    monkeypatch.setattr(rendering, "CHUNK", 2)
    Outlet.objects.filter(pk=outlet.pk).update(name=AFTER)
    render, done = rendering.render, []

    def dies(chunk):
        done.append(chunk)
        return render(chunk) if len(done) < 2 else 1 // 0

    with monkeypatch.context() as patched, suppress(ZeroDivisionError):
        patched.setattr(rendering, "render", dies)
        refresh()
    assert (shown(BEFORE), shown(AFTER)) == (2, 2)
    assert Stale.objects.exists()
    assert refresh() == 2
    assert (shown(AFTER), Stale.objects.count()) == (4, 0)


def test_what_is_noted_while_others_render_it_is_looked_up_again(outlet, monkeypatch):
    """The one who renders knows of the outlet; not that another renamed it since."""
    article = outlet.articles.first()
    type(article).objects.filter(pk=article.pk).update(title="New")
    look_up = rendering.with_dependents

    def meanwhile(stale):
        touched = look_up(stale)
        if not seen:
            seen.append(touched)
            Outlet.objects.filter(pk=outlet.pk).update(name=AFTER)
            touched[Kind.OUTLET] = {outlet.pk}
        return touched

    seen = []
    monkeypatch.setattr(rendering, "with_dependents", meanwhile)
    refresh()
    assert (shown(BEFORE), shown(AFTER), Stale.objects.count()) == (0, 4, 0)
    call_command("verify")


def test_many_writers_at_once_leave_nothing_unrendered(outlet):
    outlets = [outlet, *OutletFactory.create_batch(3, status="published")]
    refresh()

    def write(number):
        for turn in range(5):
            rename(outlets[(number + turn) % 4], f"Name {number} {turn}")

    in_threads(*[lambda number=number: write(number) for number in range(4)])
    assert not Stale.objects.exists()
    call_command("verify")
    times = list(
        Document.objects.order_by("id").values_list("valid_from", flat=True).distinct()
    )
    assert times == sorted(times)
