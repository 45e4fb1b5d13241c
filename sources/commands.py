"""What all import commands share: refuse, dry run, progress, summary."""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeVar

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
    OutputWrapper,
)
from django.db import OperationalError, ProgrammingError, transaction
from psycopg.errors import UndefinedColumn, UndefinedTable
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from sources.readers import Bad
from sources.services import together

Item = TypeVar("Item")
Advance = Callable[[int], None]

LINE_SECONDS = 5.0  # between two lines of progress where there is no terminal


class HelpFormatter(DjangoHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of the description and of the examples as they are."""


class ExampleCommand(BaseCommand):
    """A command whose --help keeps its lines and ends with `examples`."""

    examples = ""

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        kwargs.setdefault("formatter_class", HelpFormatter)
        kwargs.setdefault("epilog", self.examples and f"examples:\n{self.examples}")
        return super().create_parser(prog_name, subcommand, **kwargs)


class ImportCommand(ExampleCommand):
    """A command that loads something from outside: whole, or not at all.

    A subclass reads, calls `refuse` with what is bad, writes within `whole` and ends
    with `summary`. What went wrong goes to stderr with the exit code 1.
    """

    can_skip = True  # whether --skip-bad makes sense: the good ones stand alone

    dry_run = False
    skip_bad = False
    verbosity = 1
    skipped = 0

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="do everything, say what would change, and take it all back",
        )
        if self.can_skip:
            parser.add_argument(
                "--skip-bad",
                action="store_true",
                help="load the good ones and list the bad (otherwise one bad one "
                "stops all)",
            )

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.dry_run = options.get("dry_run", False)
        self.skip_bad = options.get("skip_bad", False)
        self.verbosity = options.get("verbosity", 1)
        self.skipped = 0
        try:
            return super().execute(*args, **options)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
                raise
            raise CommandError(
                "The database lacks a table or column. Run manage.py migrate first."
            ) from error
        except OperationalError as error:
            raise CommandError(f"The database cannot be reached: {error}") from error

    def refuse(self, bad: Sequence[Bad]) -> None:
        """List what is bad; unless --skip-bad is given, end with exit code 1."""
        if not bad:
            return
        listed = "\n".join(f"  {each}" for each in bad)
        if self.skip_bad:
            self.skipped = len(bad)
            self.stderr.write(f"Skipped, {len(bad):,} bad:\n{listed}")
            return
        way_out = " --skip-bad loads the rest." if self.can_skip else ""
        raise CommandError(
            f"Nothing was loaded: {len(bad):,} bad.{way_out}\n{listed}", returncode=1
        )

    @contextmanager
    def whole(self) -> Iterator[None]:
        """One transaction, taken back at the end of a dry run."""
        with together():
            yield
            if self.dry_run:
                # Constraints that wait for the commit would never be heard.
                transaction.get_connection().check_constraints()
                transaction.set_rollback(True)

    def summary(self, text: str) -> None:
        """The closing line."""
        if self.skipped:
            text = f"{text} {self.skipped:,} skipped as bad."
        if self.dry_run:
            text = f"Dry run, nothing was kept. {text}"
        if self.verbosity:
            self.stdout.write(text)

    def each(self, items: Sequence[Item], label: str) -> Iterator[Item]:
        """The items, with progress shown as they are taken."""
        with self.progress(label, total=len(items)) as advance:
            for item in items:
                yield item
                advance(1)

    @contextmanager
    def progress(self, label: str, *, total: int) -> Iterator[Advance]:
        """A bar on a terminal, lines in a pipe, nothing with --verbosity 0.

        Yields a function that is told how many more are done. It goes to stderr.
        """
        if not self.verbosity:
            yield lambda done: None
        elif self.stderr.isatty():
            with _bar() as bar:
                task = bar.add_task(label, total=total)
                yield lambda done: bar.advance(task, done)
        else:
            lines = _Lines(self.stderr, label, total)
            yield lines.advance


@contextmanager
def written_to(path: Path | None) -> Iterator[TextIO]:
    """The file, or stdout for None. Raises CommandError where it cannot be written.

    The file is there whole at the end; until then, and after a failure, what stood
    there before.
    """
    if path is None:
        yield sys.stdout
        return
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe …
            with path.open("w", encoding="utf-8") as stream:
                yield stream
            return
        with _beside(path.resolve()) as stream:
            yield stream
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error


@contextmanager
def _beside(path: Path) -> Iterator[TextIO]:
    """A file next to this one that takes its place in the end."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists():
        path.open("ab").close()  # raises where only the folder may be written
    part = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            yield stream
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


class _Lines:
    """Progress as lines, far enough apart for a log."""

    def __init__(self, stream: OutputWrapper, label: str, total: int) -> None:
        self.stream, self.label, self.total = stream, label, total
        self.done = 0
        self.told = time.monotonic()

    def advance(self, done: int) -> None:
        self.done += done
        if time.monotonic() - self.told >= LINE_SECONDS:
            self.told = time.monotonic()
            self.stream.write(f"{self.label}: {self.done:,} of {self.total:,}")
