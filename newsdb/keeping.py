"""Keeps one worker running as a child process: what `make run` does beside serving."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from newsdb.worker import PATIENCE_SECONDS

LOG_BYTES = 10_000_000
HEALTHY_SECONDS = 60.0  # whoever lived so long did not die of its start
DEATHS = 6  # in a row, then it is left
LONGEST_PAUSE = 60.0


class Keeper:
    """Starts a worker, again when it dies, and stops it.

    No thread of its own: whoever has it calls look() about once a second. The worker
    is in a session of its own, so that Ctrl-C reaches only who started it; it ends by
    itself when this process is gone.
    """

    def __init__(
        self,
        command: list[str],
        *,
        log: Path,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.command = command
        self.log = log
        self.say = say
        self.clock = clock
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths = 0
        self._started = 0.0
        self._again_at = 0.0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started = self.clock()

    def look(self) -> None:
        """Start it again if it died, after a pause that grows from death to death."""
        if self.process is None:
            if 0 < self.deaths < DEATHS and self.clock() >= self._again_at:
                self.start()
            return
        if self.process.poll() is None:
            return
        self.process = None
        healthy = self.clock() - self._started > HEALTHY_SECONDS
        self.deaths = 1 if healthy else self.deaths + 1
        pause = min(2.0 ** (self.deaths - 1), LONGEST_PAUSE)
        self._again_at = self.clock() + pause
        if self.deaths < DEATHS:
            self.say(
                f"The worker died. It starts again in {pause:.0f} s; see {self.log}"
            )
        else:
            self.say(f"The worker died {DEATHS} times and is left; see {self.log}")

    def stop(self) -> None:
        """Let it end what it has begun, but not for ever. Nothing of it stays."""
        process, self.process, self.deaths = self.process, None, 0
        if process is None:
            return
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS + 3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def worker_command(manage: Path) -> list[str]:
    """What starts a worker that ends when this process does."""
    return [sys.executable, str(manage), "work", "--child-of", str(os.getpid())]
