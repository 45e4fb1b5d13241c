"""The job that renders what was too much for its writer: see publishing.following."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from curation.tasks import UPKEEP, jobs

TASK = "publishing.render"
_BEFORE_READING = 10  # an article takes seconds to read, and many may wait


@app.periodic(cron="* * * * *")
@app.task(name=TASK, queue=UPKEEP, queueing_lock=TASK, priority=_BEFORE_READING)
def render(timestamp: int = 0) -> str:
    """Render whatever is stale; every minute, should nobody have asked."""
    from publishing.rendering import refresh

    changed = refresh()
    return f"{changed} documents changed" if changed else ""


def ask() -> None:
    """Have a worker render soon; does nothing where there is none."""
    if worker_lives():
        job = Job(
            task_name=TASK,
            queue=UPKEEP,
            lock=None,
            queueing_lock=TASK,
            priority=_BEFORE_READING,
            task_kwargs={"timestamp": 0},
        )
        with suppress(AlreadyEnqueued), transaction.atomic():
            jobs().defer_job(job)


def worker_lives() -> bool:
    """Whether some worker has just shown a sign of life."""
    last = timezone.now() - timedelta(seconds=settings.WORKER_DEAD_AFTER_SECONDS)
    return bool(ProcrastinateWorker.objects.filter(last_heartbeat__gte=last).exists())
