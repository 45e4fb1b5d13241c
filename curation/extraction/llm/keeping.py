"""Answers kept on disk, and what was spent today. Nothing secret is written."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Kept:
    """A folder of answers by digest, and a tally of each day's cost (UTC)."""

    folder: Path

    def answer(self, digest: str) -> Any:
        """The kept answer; None without one, or where the file is spoilt."""
        try:
            return json.loads(self._path(digest).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None

    def keep(self, digest: str, answer: Any) -> None:
        path = self._path(digest)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written beside and moved: a reader never sees half an answer.
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(answer, file)
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise

    def spent_today(self) -> float:
        with contextlib.suppress(OSError, ValueError):
            return sum(map(float, self._tally().read_text().split()))
        return 0.0

    def spend(self, cost: float) -> None:
        """Add to today's tally; one short line, so that several workers can."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._tally().open("a") as file:
            file.write(f"{cost:.9f}\n")

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.json"

    def _tally(self) -> Path:
        return self.folder / f"spent-{dt.datetime.now(dt.UTC):%Y-%m-%d}.txt"


def digest_of(*parts: Any) -> str:
    """One name for the same text, model and instructions."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
