"""The worker: does the jobs of curation.tasks until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.management.base import CommandError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException, JobAborted
from procrastinate.job_context import AbortReason, JobContext
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker as Procrastinate

from curation.tasks import ATTEMPTS, TASK, OtherReaderError, enqueue_waiting, take_over
from newsdb.database import stop_database

# What an article that is being read when the worker has to stop is given to end. After
# that its job is given back, and another worker starts it anew.
PATIENCE_SECONDS = 4.0
LOOK_SECONDS = 0.5  # how often it looks whether to give a job back, or is an orphan


class Worker:
    """One article at a time, in this process; says in one line what came of each.

    `until_idle`: ends as soon as no job is due. `parent`: ends when the process of
    that number is not its parent any more.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        *,
        until_idle: bool = False,
        parent: int | None = None,
    ) -> None:
        self.say = say
        self.until_idle = until_idle
        self.parent = parent
        self.told_to_stop = False
        self.gave_back = False

    def run(self) -> None:
        """Work until stopped. Raises CommandError if it had to stop by itself."""
        if overtaken := take_over():
            self.say(f"{overtaken} jobs for other extractors taken off")
            enqueue_waiting()
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3)
        try:
            with app.replace_connector(connector):
                asyncio.run(self._work())
        except ConnectorException as error:
            cause = error.__cause__ or error
            raise CommandError(f"The database is out of reach: {cause}") from error
        if not (self.told_to_stop or self.until_idle):
            raise CommandError("The worker stopped by itself; the log says why.")

    async def _work(self) -> None:
        async with app.open_async():
            work = asyncio.create_task(
                app.run_worker_async(
                    wait=not self.until_idle,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=PATIENCE_SECONDS,
                    worker_middleware=[self._told],
                )
            )
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._stop, work)
            watch = asyncio.create_task(self._watch_parent(work))
            self.say("waits for articles")
            try:
                await work
            except asyncio.CancelledError:
                if not self.told_to_stop:
                    raise
            finally:
                watch.cancel()
        self.say("stopped")
        if self.gave_back:
            self._leave()

    def _stop(self, work: asyncio.Task[None]) -> None:
        if not self.told_to_stop:
            self.told_to_stop = True
            work.cancel()  # it ends what it has begun, see PATIENCE_SECONDS

    async def _watch_parent(self, work: asyncio.Task[None]) -> None:
        while self.parent is not None:
            if os.getppid() != self.parent:
                self._stop(work)
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _told(
        self,
        do: Callable[[], Awaitable[Any]],
        context: JobContext,
        worker: Procrastinate,
    ) -> Any:
        """Around each job: gives it back if it is in the way, says what came of it."""
        started = time.monotonic()
        name = _name(context)
        doing = asyncio.ensure_future(do())
        try:
            while not doing.done():
                await asyncio.wait({doing}, timeout=LOOK_SECONDS)
                if not doing.done() and context.abort_reason() is AbortReason.SHUTDOWN:
                    self.gave_back = True
                    self.say(f"{name}: given back, it takes too long to stop now")
                    raise JobAborted
            result = doing.result()
        except JobAborted:
            raise
        except OtherReaderError as error:
            await self._leave_to_others(name, context)
            raise error
        except Exception as error:
            attempt = context.job.attempts + 1
            self.say(f"{name}: attempt {attempt} of {ATTEMPTS} failed: {error!r}")
            raise
        if result:
            self.say(f"{name}: {result} ({time.monotonic() - started:.1f} s)")
        return result

    async def _leave_to_others(self, name: str, context: JobContext) -> None:
        """Wait, so that those who may read have the time to take it.

        In the end it is aborted, which holds no article back: whoever still wants it
        asks again.
        """
        self.say(f"{name}: left to a worker with the extractors it was asked for with")
        await asyncio.sleep(LOOK_SECONDS)
        if context.job.attempts + 1 >= ATTEMPTS:
            raise JobAborted

    def _leave(self) -> None:
        """End although a thread still reads: what it has not committed is undone."""
        stop_database()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _name(context: JobContext) -> str:
    if context.job.task_name == TASK:
        return f"article {context.job.task_kwargs.get('article_id', 'unknown')}"
    return context.job.task_name.rpartition(".")[2]
