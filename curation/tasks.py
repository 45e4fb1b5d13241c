"""Jobs that have articles read: asked for here, done by a worker (manage.py work).

This module is imported by every process. What reads English is imported by the tasks
themselves, so that the site and the commands never load it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, JobAborted, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from sources.numbers import is_number

if TYPE_CHECKING:
    from curation.proposing import Reader

logger = logging.getLogger(__name__)

PROPOSALS = "proposals"
UPKEEP = "upkeep"
TASK = "curation.propose_article"
_LOCK = "article "
_DIGITS = 19  # of the largest number that an article can have

ATTEMPTS = 4
WAITS = (10, 60, 300)  # seconds before the second, third and fourth attempt
GIVEN_BACK_SECONDS = 10  # before another worker may take what this one must not read

# Finished jobs are kept for so long. A failed or cancelled one holds its article back
# from being asked for again, until other extractors come or somebody retries it.
KEPT_HOURS = {"succeeded": 7 * 24, "failed": 30 * 24, UPKEEP: 1}

# Of one statement: bounds its size.
BATCH = 5_000
# Another process that asks at the same moment is the faster one; then there is less
# to ask for, and the next look finds nothing.
LOOKS = 3


class OtherReaderError(Exception):
    """The job was asked for with other extractors than this process has."""


class Again(BaseRetryStrategy):
    """At once if the worker had to stop; with growing pauses after an error.

    Soon, if it is for a worker with other extractors.
    """

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> RetryDecision | None:
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_at=datetime.now(UTC))
        if job.attempts + 1 >= ATTEMPTS:
            return None
        if isinstance(exception, OtherReaderError):
            return RetryDecision(retry_in={"seconds": GIVEN_BACK_SECONDS})
        wait = WAITS[min(job.attempts, len(WAITS) - 1)]
        return RetryDecision(retry_in={"seconds": wait})


@app.task(name=TASK, queue=PROPOSALS, retry=Again())
def propose_article(article_id: int, reader: str = "") -> str:
    """Read one article; says what came of it. Done twice, it changes nothing.

    `reader` is the digest of the extractors that it was asked for with. Raises
    OtherReaderError if those of this process are others: an older version's findings
    must not take the place of a newer one's.
    """
    from curation.extraction.reading import UnavailableError
    from curation.proposing import Reader, propose
    from sources.models import Article

    own = Reader.default()
    if reader and reader != digest_of(own):
        raise OtherReaderError("it was asked for with other extractors")
    try:
        (outcome,) = propose([article_id], reader=own)
    except Article.DoesNotExist:
        return "is gone"
    if outcome.skipped:
        return "has been read before"
    if outcome.missing:  # what could be read is kept; the rest is tried again
        raise UnavailableError("; ".join(outcome.missing))
    dropped = f", {outcome.dropped} dropped" if outcome.dropped else ""
    return f"{outcome.found} findings, {outcome.new} new{dropped}"


@app.periodic(cron="* * * * *")
@app.task(name="curation.upkeep", queue=UPKEEP, queueing_lock=UPKEEP)
def upkeep(timestamp: int = 0) -> str:
    """Take jobs from workers that died, and ask for what is waiting."""
    set_aside()
    taken, asked = take_back(), enqueue_waiting()
    said = []
    if taken:
        said.append("1 job" if taken == 1 else f"{taken} jobs")
        said[0] += " taken from a dead worker"
    if asked:
        said.append("1 article" if asked == 1 else f"{asked} articles")
        said[-1] += " asked for"
    return ", ".join(said)


@app.periodic(cron="17 * * * *")
@app.task(name="curation.forget", queue=UPKEEP, queueing_lock="forget")
def forget(timestamp: int = 0) -> str:
    """Remove jobs that finished long ago."""
    delete = async_to_sync(jobs().delete_old_jobs)
    delete(nb_hours=KEPT_HOURS["succeeded"], queue=PROPOSALS)
    for queue, hours in (
        (PROPOSALS, KEPT_HOURS["failed"]),
        (UPKEEP, KEPT_HOURS[UPKEEP]),
    ):
        delete(
            nb_hours=hours,
            queue=queue,
            include_failed=True,
            include_cancelled=True,
            include_aborted=True,
        )
    return ""


def jobs() -> JobManager:
    """procrastinate's own operations on Django's connection and in its transaction.

    In a worker `app.job_manager` has connections of its own.
    """
    return JobManager(DjangoConnector(alias="default"))


def enqueue_waiting() -> int:
    """Ask for each article that is waiting to be read and was not asked for.

    Returns for how many. Belongs to the transaction that it is called in, if any.
    """
    from curation.proposing import Reader

    reader = Reader.default()
    for _ in range(LOOKS):
        try:
            with transaction.atomic():
                return _enqueue(reader)
        except AlreadyEnqueued:
            continue
    return 0


def enqueue_new() -> int:
    """enqueue_waiting, unless the newest article was read or asked for. Never raises.

    What called it has done its own work by now: a queue that is out of order must not
    undo that, and is told in the log.
    One query if nothing is new, however many articles there are. What it overlooks
    (extractors that changed, an article committed out of turn) upkeep() finds.
    """
    from curation.extraction.plugins import PluginMissingError

    try:
        return enqueue_waiting() if _newest_is_new() else 0
    except PluginMissingError as error:  # the worker ends with it; the site goes on
        logger.error("No article is asked for: %s", error)
    except Exception:
        logger.exception("No article is asked for")
    return 0


def _newest_is_new() -> bool:
    """Whether the newest article was neither read nor asked for."""
    from curation.models import Run
    from sources.models import Article

    pk = OuterRef("pk")
    lock = Concat(Value(_LOCK), Cast(pk, TextField()))
    newest = Article.objects.order_by("-pk").annotate(
        read=Exists(Run.objects.filter(article=pk)),
        asked=Exists(
            ProcrastinateJob.objects.filter(status="todo", queueing_lock=lock)
        ),
    )
    known = newest.values_list("read", "asked").first()
    return known is not None and not any(known)


def _enqueue(reader: Reader) -> int:
    from curation.proposing import waiting

    digest = digest_of(reader)
    # Two sets and not one query: on a table that was filled a moment ago PostgreSQL
    # has no statistics, and would look through all jobs again for each article.
    unread = set(waiting(reader).order_by().values_list("pk", flat=True))
    ids = sorted(unread - _asked(digest)) if unread else []
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        jobs().batch_defer_jobs([_job(pk, digest) for pk in some])
    return len(ids)


def _asked(digest: str) -> set[int]:
    """Articles with a job: waiting, at work, or done with the same extractors.

    An aborted one was for other workers than it met, and does not count. A row that
    asks for no article is passed over.
    """
    unfinished = Q(status__in=["todo", "doing"])
    done = Q(args__reader=digest) & ~Q(status="aborted")
    rows = ProcrastinateJob.objects.filter(
        Q(task_name=TASK) & (unfinished | done)
        | Q(status="todo", queueing_lock__startswith=_LOCK)
    )
    asked = set()
    for article, lock in rows.values_list("args__article_id", "queueing_lock"):
        if type(article) is int:
            asked.add(article)
        number = (lock or "").removeprefix(_LOCK)
        if is_number(number, digits=_DIGITS):
            asked.add(int(number))
    return asked


def _job(article: int, digest: str) -> Job:
    return Job(
        task_name=TASK,
        queue=PROPOSALS,
        lock=None,
        queueing_lock=f"{_LOCK}{article}",  # an article waits at most once
        task_kwargs={"article_id": article, "reader": digest},
    )


def digest_of(reader: Reader) -> str:
    """Changes with the extractors and their versions."""
    return hashlib.sha256(repr(sorted(reader.versions.items())).encode()).hexdigest()[
        :12
    ]


def take_back() -> int:
    """Give the jobs of workers that show no sign of life to others; how many.

    A job that several workers died of is not tried for ever: it has failed.
    """
    manager = jobs()
    find = async_to_sync(manager.get_stalled_jobs)
    finish = async_to_sync(manager.finish_job)
    stalled = list(find(seconds_since_heartbeat=settings.WORKER_DEAD_AFTER_SECONDS))
    for job in stalled:
        if job.attempts + 1 < ATTEMPTS:
            # Another one of the same article may wait already: this one has failed.
            with suppress(AlreadyEnqueued, UniqueViolation), transaction.atomic():
                manager.retry_job_by_id(job.id or 0, retry_at=datetime.now(UTC))
                continue
        finish(job, status=Status.FAILED, delete_job=False)
    return len(stalled)


def set_aside() -> int:
    """End the jobs whose arguments have no names, which no worker can do; how many."""
    kind = Func(F("args"), function="jsonb_typeof", output_field=TextField())
    rows = ProcrastinateJob.objects.annotate(kind_of_args=kind)
    rows = rows.exclude(kind_of_args="object").filter(status__in=["todo", "doing"])
    finish = async_to_sync(jobs().finish_job_by_id_async)
    pks = list(rows.values_list("pk", flat=True))
    for pk in pks:
        finish(pk, status=Status.FAILED, delete_job=False)
        logger.error("Job %s is set aside: its arguments have no names", pk)
    return len(pks)


def take_over() -> int:
    """Take off what waits for other extractors than this process's; how many.

    For a worker that starts: of several versions it is the newest.
    """
    from curation.proposing import Reader

    others = ProcrastinateJob.objects.filter(
        task_name=TASK, status="todo", args__has_key="reader"
    )
    others = others.exclude(args__reader=digest_of(Reader.default()))
    return cancel(others.values_list("pk", flat=True))


def retry(ids: Iterable[int]) -> int:
    """Have these jobs done again, if they failed or were cancelled; how many.

    One is left whose article waits already.
    """
    ended = ["failed", "cancelled", "aborted"]
    done = 0
    for row in ProcrastinateJob.objects.filter(pk__in=ids, status__in=ended):
        if not isinstance(row.args, dict):
            continue
        with suppress(AlreadyEnqueued, UniqueViolation), transaction.atomic():
            if row.status == "failed":
                jobs().retry_job_by_id(row.pk, retry_at=datetime.now(UTC))
            else:  # procrastinate never takes these up again
                jobs().defer_job(row.procrastinate_job)
            done += 1
    return done


def cancel(ids: Iterable[int]) -> int:
    """Take these jobs off if no worker has begun them; how many."""
    return sum(jobs().cancel_job_by_id(pk) for pk in list(ids))


def failed() -> QuerySet[ProcrastinateJob]:
    """Jobs that were given up and that nothing has overtaken."""
    from curation.extraction.plugins import PluginMissingError
    from curation.proposing import Reader

    rows = ProcrastinateJob.objects.filter(status="failed")
    try:
        digest = digest_of(Reader.default())
    except PluginMissingError:
        return rows
    return rows.exclude(Q(task_name=TASK) & ~Q(args__reader=digest))
