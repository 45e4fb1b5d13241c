"""`manage.py load_curation`: curated actors, places, events and claims."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from curation.existing import LOADER
from curation.format.problems import CurationError
from curation.format.reading import find
from curation.loading import load
from curation.summary import Summary
from sources.commands import ImportCommand


class Command(ImportCommand):
    help = (
        "Load curated actors, places, events and claims from YAML files.\n\n"
        "All files are one set, described in docs/curation-format.md. Everything is\n"
        "checked before anything is written; one problem stops all, and all problems\n"
        "are listed with file and line. Loading the same files again changes nothing,\n"
        "loading an edited file changes what was edited and keeps what stood before.\n"
        "A claim, mention, alias or role that load_curation added and that is no\n"
        "longer in its file is retracted if it was published; if not, it is deleted,\n"
        "or rejected where something else refers to it. What was added otherwise (in\n"
        "the admin) and is in no file is left alone, and counted as left.\n\n"
        "With --add-only nothing that the database has is changed or withdrawn: what\n"
        "is missing is added, and counts as added otherwise when files are loaded."
    )
    examples = (
        "  manage.py load_curation fixtures/curation            every file below it\n"
        "  manage.py load_curation actors.yaml 003.yaml         two files as one set\n"
        "  manage.py load_curation fixtures/curation --dry-run  what would change\n"
        "  manage.py load_curation fixtures/starter --add-only  actors that are missing"
    )
    can_skip = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a .yaml file, or a folder of them"
        )
        parser.add_argument(
            "--add-only",
            action="store_true",
            help="leave what is there as it is, add what is missing",
        )

    def handle(self, *, paths: list[str], add_only: bool, **_: Any) -> None:
        files, _bad = find(paths)
        try:
            with self.progress("Reading", total=len(files)) as advance:
                summary = load(
                    paths,
                    by=f"{LOADER} --add-only" if add_only else LOADER,
                    why=f"loaded {', '.join(paths)}",
                    dry_run=self.dry_run,
                    add_only=add_only,
                    progress=advance,
                )
        except CurationError as error:
            count = f"{len(error.problems):,} problem"
            plural = "" if len(error.problems) == 1 else "s"
            raise CommandError(
                f"Nothing was loaded: {count}{plural}.\n{error}", returncode=1
            ) from error
        self._report(summary)

    def _report(self, summary: Summary) -> None:
        told = []
        if self.dry_run or self.verbosity > 1:
            told = summary.changes + summary.left
        if self.verbosity:
            for line in [*told, *summary.lines()]:
                self.stdout.write(line)
        counts = ", ".join(
            f"{summary.total(kind):,} {word}"
            for kind, word in (
                ("new", "new"),
                ("changed", "changed"),
                ("same", "the same"),
                ("withdrawn", "withdrawn"),
                ("left", "not in the files, left"),
            )
        )
        self.summary(f"{counts}.")
