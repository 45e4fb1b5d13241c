"""The worker as a process of its own, on a real database; killed at bad moments."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from curation import tasks
from curation.models import Proposal, Run, Sighting
from curation.proposing import Reader
from curation.tasks import ATTEMPTS, TASK, enqueue_waiting, failed, retry, upkeep
from publishing import following
from publishing.models import Document, Stale
from sources.services import recorded
from tests.factories.sources import ArticleFactory, OutletFactory
from tests.newsdb.made_up_reader import EXTRACTORS, made_up_reader

ROOT = Path(__file__).resolve().parents[2]
MADE_UP = ("-m", "tests.newsdb.made_up_reader")
DEAD_AFTER = 1.2
PATIENCE = 30

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setattr(Reader, "default", staticmethod(made_up_reader))


@pytest.fixture
def start(transactional_db, tmp_path):
    """Starts workers; none outlives the test."""
    started = []

    def start(*arguments, program=MADE_UP, ready=True, **environment):
        at = connection.get_connection_params()
        where = f"{quote(at['host'], safe='')}:{at.get('port') or 5432}"
        name = quote(at["user"]) + (
            f":{quote(at['password'])}" if at.get("password") else ""
        )
        log = tmp_path / f"worker{len(started)}.log"
        with log.open("w") as said:
            process = subprocess.Popen(
                [sys.executable, *program, "work", *arguments],
                cwd=ROOT,
                env=os.environ
                | {
                    "DATABASE_URL": f"postgresql://{name}@{where}/{at['dbname']}",
                    "NEWSDB_WORKER_DEAD_AFTER": str(DEAD_AFTER),
                    "MARK": str(tmp_path / "mark"),
                    **environment,
                },
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
        process.log = log
        started.append(process)
        if ready:
            until(lambda: "waits for articles" in log.read_text())
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def until(true, patience=PATIENCE):
    """Wait for it; returns the seconds."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < patience
        time.sleep(0.05)
    return time.monotonic() - begun


def ask_for_upkeep():
    """What the clock does every minute."""
    upkeep.defer(timestamp=0)


def statuses(**which):
    rows = ProcrastinateJob.objects.filter(task_name=TASK, **which).order_by("id")
    return list(rows.values_list("status", flat=True))


def all_done():
    return set(statuses()) == {"succeeded"}


def state_of(article):
    """What reading it twice, or half, would show."""
    return (
        sorted(Run.objects.filter(article=article).values_list("extractor", flat=True)),
        Proposal.objects.filter(article=article).count(),
        Sighting.objects.filter(run__article=article).count(),
    )


def test_reads_what_comes_and_ends_what_it_has_begun(start):
    worker = start(program=("manage.py",))
    first = ArticleFactory()

    enqueue_waiting()  # or the worker did it, if a minute has just begun
    until(lambda: first.runs.exists(), 10)  # the model has to be loaded
    second = ArticleFactory()
    enqueue_waiting()
    assert until(lambda: second.runs.exists()) < 3
    with transaction.atomic():
        third = ArticleFactory()
        assert enqueue_waiting() == 1
        transaction.set_rollback(True)
    until(all_done)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(10) == 0
    assert statuses() == ["succeeded"] * 2
    lines = worker.log.read_text().splitlines()
    read = [line for line in lines if "article " in line and " findings" in line]
    assert f"article {first.pk}: " in read[0]
    assert f"article {second.pk}: " in read[1]
    assert not any(f"article {third.pk}:" in line for line in lines)
    assert "stopped" in lines[-1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("moment", ["extracting", "storing"])
def test_what_a_killed_worker_was_reading_another_one_reads(
    start, made_up, tmp_path, moment
):
    slow, quick = ArticleFactory(text="A slow one."), ArticleFactory(text="Another.")
    enqueue_waiting()
    first = start(HANG=moment)
    until((tmp_path / "mark").exists)

    first.kill()
    first.wait()
    assert state_of(slow) == ([], 0, 0)
    second = start()
    until(quick.runs.exists)
    time.sleep(DEAD_AFTER)
    ask_for_upkeep()
    until(all_done)

    assert state_of(slow) == (list(EXTRACTORS), 3, 3)
    assert state_of(quick) == (list(EXTRACTORS), 1, 1)
    assert "1 job taken from a dead worker" in second.log.read_text()


def test_two_workers_read_every_article_once(start, made_up):
    articles = [ArticleFactory() for _ in range(40)]
    assert enqueue_waiting() == 40

    workers = [start("--until-idle", ready=False) for _ in range(2)]

    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]
    said = "".join(worker.log.read_text() for worker in workers)
    for article in articles:
        assert said.count(f"article {article.pk}: ") == 1
    assert "read before" not in said
    assert Run.objects.count() == 40 * len(EXTRACTORS)
    assert statuses(attempts=1) == ["succeeded"] * 40


def test_an_article_that_cannot_be_read_fails_and_others_go_on(start, made_up):
    broken, good = ArticleFactory(text="A broken one."), ArticleFactory()
    enqueue_waiting()

    worker = start()
    until(lambda: statuses() == ["failed", "succeeded"])

    assert good.runs.exists()
    assert not broken.runs.exists()
    said = worker.log.read_text()
    for attempt in range(1, ATTEMPTS + 1):
        assert f"attempt {attempt} of {ATTEMPTS} failed: ValueError('what a" in said
    assert "Traceback" in said
    assert failed().count() == 1
    assert enqueue_waiting() == 0
    assert retry([failed().get().pk]) == 1
    until(lambda: said.count("failed:") < worker.log.read_text().count("failed:"))


def test_an_article_too_long_to_end_is_given_back(start, made_up, tmp_path):
    slow = ArticleFactory(text="A slow one.")
    enqueue_waiting()
    worker = start(HANG="extracting")
    until((tmp_path / "mark").exists)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(10) == 0
    assert "given back" in worker.log.read_text()
    assert statuses() == ["todo"]
    start("--until-idle", ready=False).wait(PATIENCE)
    assert statuses() == ["succeeded"]
    assert state_of(slow)[0] == list(EXTRACTORS)


def test_a_job_with_other_extractors_is_left_and_one_without_an_article_told(
    start, made_up
):
    worker = start()
    with transaction.atomic():  # so that the worker itself does not ask before
        other, good = ArticleFactory(), ArticleFactory()
        tasks.jobs().defer_job(tasks._job(other.pk, "others"))
        tasks.propose_article.defer()
        enqueue_waiting()

    until(good.runs.exists)
    until(lambda: "article unknown: attempt 1" in worker.log.read_text())
    assert f"article {other.pk}: left to a worker" in worker.log.read_text()
    assert not other.runs.exists(), worker.log.read_text()


def test_it_renders_what_was_too_much_for_its_writer(start, monkeypatch):
    monkeypatch.setattr(following, "SMALL", 2)
    worker = start()
    with recorded(by="test", why="new"):
        OutletFactory.create_batch(3, status="published")
    assert Stale.objects.exists()

    until(lambda: Document.objects.count() == 3, 10)
    until(lambda: "render: 3 documents changed" in worker.log.read_text())
    assert not Stale.objects.exists()


def test_a_worker_does_not_outlive_who_keeps_it(start):
    with subprocess.Popen(["sleep", "60"]) as other:
        worker = start("--child-of", str(other.pid), ready=False)
        assert worker.wait(PATIENCE) == 0  # that one is not its parent
        other.kill()
    kept = start("--child-of", str(os.getpid()))
    time.sleep(1)
    assert kept.poll() is None


def test_without_a_database_it_says_so(start):
    worker = start(ready=False, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert worker.wait(PATIENCE) == 1
    said = worker.log.read_text()
    assert "CommandError" in said
    assert "Traceback" not in said


def test_asking_for_many_takes_as_many_queries_as_for_few(made_up):
    ArticleFactory.create_batch(2)
    with CaptureQueriesContext(connection) as few:
        assert enqueue_waiting() == 2
    ArticleFactory.create_batch(30)
    with CaptureQueriesContext(connection) as many:
        assert enqueue_waiting() == 30
    assert len(many) == len(few) <= 5
