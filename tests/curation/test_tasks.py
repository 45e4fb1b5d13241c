"""What is asked for, how often, and what is done with jobs; the worker is elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from curation import tasks
from curation.extraction.plugins import PluginMissingError
from curation.proposing import Reader, propose, waiting
from tests.factories.sources import ArticleFactory
from tests.newsdb.made_up_reader import NoParser, Nothing, Words, made_up_reader

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr(Reader, "default", staticmethod(made_up_reader))
    return made_up_reader()


def newer(reader):
    words = Words()
    words.version = "2"
    return Reader((Nothing(), words), NoParser())


def set_status(*path):
    """As a worker would; every step is one that procrastinate allows."""
    with connection.cursor() as cursor:
        for status in path:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])


def asked():
    rows = ProcrastinateJob.objects.order_by("id")
    return list(rows.values_list("args__article_id", "status"))


def test_each_article_is_asked_for_once():
    articles = ArticleFactory.create_batch(3)

    assert tasks.enqueue_waiting() == 3
    assert tasks.enqueue_waiting() == 0
    assert asked() == [(each.pk, "todo") for each in articles]


def test_what_was_read_is_not_asked_for(reader):
    read, unread = ArticleFactory(), ArticleFactory()
    list(propose([read.pk], reader=reader))

    assert tasks.enqueue_waiting() == 1
    assert asked() == [(unread.pk, "todo")]


def test_a_newer_extractor_has_everything_read_again(reader, monkeypatch):
    article = ArticleFactory()
    tasks.enqueue_waiting()
    set_status("doing", "succeeded")
    list(propose([article.pk], reader=reader))
    assert tasks.enqueue_waiting() == 0

    monkeypatch.setattr(Reader, "default", staticmethod(lambda: newer(reader)))

    assert tasks.enqueue_waiting() == 1
    assert asked() == [(article.pk, "succeeded"), (article.pk, "todo")]


@pytest.mark.parametrize(
    "path", [("doing",), ("doing", "failed"), ("cancelled",), ("doing", "succeeded")]
)
def test_a_job_that_began_or_ended_holds_its_article_back(path):
    ArticleFactory()
    tasks.enqueue_waiting()

    set_status(*path)

    assert tasks.enqueue_waiting() == 0


def test_asked_in_a_transaction_that_is_undone_is_not_asked():
    with transaction.atomic():
        ArticleFactory()
        tasks.enqueue_waiting()
        transaction.set_rollback(True)

    assert asked() == []


def test_another_process_that_asks_at_once_does_no_harm(monkeypatch):
    ArticleFactory.create_batch(2)
    looks = [set(), None]  # at the first look nothing was asked for yet
    look = tasks._asked

    def late(digest):
        if (seen := looks.pop(0)) is None:
            return look(digest)
        pks = sorted(waiting(Reader.default()).values_list("pk", flat=True))
        tasks.jobs().defer_job(tasks._job(pks[0], digest))
        return seen

    monkeypatch.setattr(tasks, "_asked", late)

    # The other's job is in the savepoint that its clash undoes, as if it had been
    # rolled back: both are asked for at the second look.
    assert tasks.enqueue_waiting() == 2
    assert len(asked()) == 2


def test_nothing_new_is_one_query(reader):
    articles = ArticleFactory.create_batch(3)
    assert tasks.enqueue_new() == 3
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert tasks.enqueue_new() == 0
        assert len(queries) == 1
        list(propose([each.pk for each in articles], reader=reader))
        set_status("doing", "succeeded")


def test_a_plug_in_that_is_missing_does_not_stop_the_site(
    admin_client, monkeypatch, caplog
):
    def missing():
        raise PluginMissingError("pip install it")

    monkeypatch.setattr(Reader, "default", staticmethod(missing))
    ArticleFactory()

    assert tasks.enqueue_new() == 0
    assert "pip install it" in caplog.text
    assert admin_client.get("/admin/").status_code == 200


def test_without_articles_nothing_is_asked_for():
    assert tasks.enqueue_new() == tasks.enqueue_waiting() == 0


def test_a_request_that_adds_an_article_asks_for_it(admin_client):
    ArticleFactory()

    admin_client.post("/admin/login/", {"username": "nobody", "password": "nothing"})

    assert len(asked()) == 1


def test_an_article_that_is_gone_is_no_error():
    assert tasks.propose_article(article_id=0) == "is gone"


def test_reading_says_what_it_found():
    article = ArticleFactory(text="Three words here")

    assert tasks.propose_article(article_id=article.pk) == "3 findings, 3 new"
    assert tasks.propose_article(article_id=article.pk) == "has been read before"


def test_a_job_that_workers_die_of_fails_in_the_end():
    ArticleFactory()
    tasks.enqueue_waiting()

    taken = 0
    while ProcrastinateJob.objects.get().status != "failed":
        set_status("doing")  # by no worker that is alive
        taken += tasks.take_back()

    assert taken == tasks.ATTEMPTS
    assert tasks.failed().count() == 1
    assert tasks.upkeep() == ""


def test_what_newer_extractors_overtake_has_not_failed(reader, monkeypatch):
    ArticleFactory()
    tasks.enqueue_waiting()
    set_status("doing", "failed")
    assert tasks.failed().exists()

    monkeypatch.setattr(Reader, "default", staticmethod(lambda: newer(reader)))

    assert not tasks.failed().exists()


@pytest.mark.parametrize("path", [("doing", "failed"), ("cancelled",)])
def test_who_failed_or_was_cancelled_can_be_tried_again(path):
    ArticleFactory()
    tasks.enqueue_waiting()
    set_status(*path)
    (pk,) = ProcrastinateJob.objects.values_list("pk", flat=True)

    assert tasks.retry([pk]) == 1
    assert asked()[-1][1] == "todo"
    assert tasks.retry([pk]) == 0  # it waits already


def test_only_what_no_worker_has_begun_is_cancelled():
    ArticleFactory()
    tasks.enqueue_waiting()
    pks = list(ProcrastinateJob.objects.values_list("pk", flat=True))
    set_status("doing")
    assert tasks.cancel(pks) == 0
    set_status("todo")
    assert tasks.cancel(pks) == 1


def test_finished_jobs_are_forgotten_after_a_week_and_failed_ones_after_a_month():
    ArticleFactory.create_batch(2)
    tasks.enqueue_waiting()
    first, second = ProcrastinateJob.objects.order_by("id")
    set_status("doing")
    left = []
    with connection.cursor() as cursor:
        for pk, status in ((first.pk, "succeeded"), (second.pk, "failed")):
            change = "UPDATE procrastinate_jobs SET status = %s WHERE id = %s"
            cursor.execute(change, [status, pk])
        for days in (6, 8, 31):
            cursor.execute(
                "UPDATE procrastinate_events"
                " SET at = now() - make_interval(days => %s)",
                [days],
            )
            tasks.forget()
            left.append([status for _, status in asked()])
    assert left == [["succeeded", "failed"], ["failed"], []]


def test_the_site_does_not_load_what_reads_english():
    code = (
        "import sys, django; django.setup(); import newsdb.wsgi, newsdb.urls;"
        "from curation.proposing import Reader; Reader.default();"
        "print([m for m in ('spacy', 'thinc', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr


# --- Rows that nobody should have written ------------------------------------

FORGED = [
    {"article_id": {"a": 1}},
    *({"article_id": each} for each in ([1], "abc", 1.5, True, "", None, 2**70)),
    {},
    [1],
    "x",
]


def forge(args, *, lock=None, status="todo", at=None, name=tasks.TASK):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs"
            " (queue_name, task_name, args, queueing_lock, status, scheduled_at)"
            " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            [tasks.PROPOSALS, name, json.dumps(args), lock, status, at],
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize("args", FORGED)
def test_a_job_for_no_article_stops_nothing(args):
    forge(args)
    article = ArticleFactory()

    tasks.upkeep()

    assert ProcrastinateJob.objects.filter(queueing_lock=f"article {article.pk}").get()


@pytest.mark.parametrize("args", [[1], "x"])
@pytest.mark.parametrize("status", ["todo", "doing"])
def test_a_job_that_no_worker_can_begin_is_set_aside(args, status, caplog):
    pk = forge(args, status=status)

    tasks.upkeep()

    assert ProcrastinateJob.objects.get(pk=pk).status == "failed"
    assert f"Job {pk} is set aside" in caplog.text
    assert tasks.retry([pk]) == 0


def test_a_lock_that_is_taken_holds_back_one_article_only():
    first, second, third = ArticleFactory.create_batch(3)
    forge({}, lock=f"article {second.pk}", at="2099-01-01", name="another")

    assert tasks.enqueue_waiting() == 2
    rows = ProcrastinateJob.objects.filter(task_name=tasks.TASK)
    found = rows.values_list("args__article_id", flat=True)
    assert set(found) == {first.pk, third.pk}


def test_a_queue_out_of_order_does_not_fail_a_request(
    admin_client, monkeypatch, caplog
):
    def broken():
        raise TypeError("what a queue")

    monkeypatch.setattr(tasks, "enqueue_waiting", broken)
    ArticleFactory()

    answer = admin_client.post("/admin/login/", {"username": "no", "password": "no"})

    assert answer.status_code == 200
    assert "what a queue" in caplog.text


def test_a_dead_workers_job_whose_article_waits_again_has_failed():
    article = ArticleFactory()
    lock = f"article {article.pk}"
    forge({"article_id": article.pk}, lock=lock, status="doing")
    forge({"article_id": article.pk}, lock=lock)

    assert tasks.take_back() == 1
    assert asked() == [(article.pk, "failed"), (article.pk, "todo")]


# --- Processes with other extractors -----------------------------------------


def test_what_is_asked_for_with_other_extractors_is_not_read(reader):
    article = ArticleFactory()
    digest = tasks.digest_of(newer(reader))

    with pytest.raises(tasks.OtherReaderError):
        tasks.propose_article(article_id=article.pk, reader=digest)

    assert not article.runs.exists()


def test_a_job_that_other_workers_gave_up_holds_nothing_back():
    ArticleFactory()
    tasks.enqueue_waiting()
    set_status("doing", "aborted")

    assert tasks.enqueue_waiting() == 1


def test_a_worker_that_starts_takes_over_what_waits(reader, monkeypatch):
    ArticleFactory()
    tasks.enqueue_waiting()
    assert tasks.take_over() == 0

    monkeypatch.setattr(Reader, "default", staticmethod(lambda: newer(reader)))

    assert tasks.take_over() == 1
    assert tasks.enqueue_waiting() == 1
    assert [status for _, status in asked()] == ["cancelled", "todo"]
