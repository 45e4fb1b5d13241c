"""`manage.py evaluate`: how good the proposals are."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from curation.evaluation import report, tasks
from curation.evaluation.gold import read_actors, read_gold
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Result
from curation.extraction.context import Context
from curation.extraction.parsing import Parser
from curation.extraction.scoring import MEASURED
from curation.gazetteer import DatabaseGazetteer
from curation.knowledge import STARTER_FOLDER
from curation.proposing import Reader
from sources.commands import ExampleCommand, written_to

FIXTURES = settings.BASE_DIR / "fixtures"
BENCHMARKS = settings.BASE_DIR.parent / "shared" / "data"


class Command(ExampleCommand):
    help = (
        "Hold what the extractors propose against what people coded: precision,\n"
        "recall and F1 per task and rule, with intervals.\n\n"
        "Names come from the starter list only, not from what curators have added, so\n"
        "that the figures are those of an article on a fresh machine. Places are\n"
        "looked up in the gazetteer of the database."
    )
    examples = (
        "  manage.py evaluate                          all tasks, as a table\n"
        "  manage.py evaluate --tasks claims figures   two of them\n"
        "  manage.py evaluate --write docs/quality.md  as the page of the documentation"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--gold",
            type=Path,
            default=FIXTURES / "curation",
            metavar="DIR",
            help="curation files of the coded articles (default: fixtures/curation)",
        )
        parser.add_argument(
            "--articles",
            type=Path,
            default=FIXTURES / "seeds",
            metavar="DIR",
            help="the .txt files of these articles (default: fixtures/seeds)",
        )
        parser.add_argument(
            "--data",
            type=Path,
            default=BENCHMARKS,
            metavar="DIR",
            help="public held-out sets; left out where the folder is missing",
        )
        parser.add_argument(
            "--tasks", nargs="+", choices=tasks.TASKS, default=tasks.TASKS
        )
        parser.add_argument(
            "--only",
            nargs="+",
            default=[],
            metavar="EXTRACTOR",
            help="score only what these found (llm, to compare it with the rules)",
        )
        parser.add_argument(
            "--cache", type=Path, metavar="DIR", help="keep parses here for next time"
        )
        parser.add_argument(
            "--write", type=Path, metavar="FILE", help="write the page there"
        )
        parser.add_argument(
            "--floors", type=Path, metavar="FILE", help="write what CI holds, as JSON"
        )
        parser.add_argument(
            "--calibrate",
            action="store_true",
            help="write what was measured as the scores of proposals",
        )

    def handle(self, *, gold: Path, articles: Path, **options: Any) -> None:
        for output in (options["write"], options["floors"]):
            _refuse_unwritable(output)
        try:
            coded = read_gold(gold, articles)
        except (OSError, ValueError) as error:
            raise CommandError(f"The gold cannot be read:\n{error}") from error
        reader = Reader.default()
        if unknown := sorted(set(options["only"]) - reader.versions.keys()):
            raise CommandError(
                f"There is no extractor {', '.join(unknown)} or it is not switched on; "
                f"there are {', '.join(reader.versions)}."
            )
        known = Context(tuple(read_actors(STARTER_FOLDER)), DatabaseGazetteer())
        parser = Parser(reader.parser.model, cache=options["cache"])
        results = tasks.evaluate(
            tasks=options["tasks"],
            gold=coded,
            data=options["data"],
            runner=Runner(reader.extractors, known, parser, frozenset(options["only"])),
            say=self._say,
        )
        self._keep(results, options)
        for result in results:
            self.stdout.write(_line(result))

    def _keep(self, results: list[Result], options: dict[str, Any]) -> None:
        if options["write"]:
            with written_to(options["write"]) as stream:
                stream.write(report.markdown(results))
        if options["floors"]:
            text = json.dumps(report.floors(results), indent=1, ensure_ascii=False)
            with written_to(options["floors"]) as stream:
                stream.write(f"{text}\n")
        if options["calibrate"]:
            table = {
                rule: [counts.right, counts.proposed - counts.right]
                for rule, counts in tasks.by_rule(results).items()
            }
            MEASURED.write_text(f"{json.dumps(table, indent=1)}\n")

    def _say(self, step: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(step)


def _refuse_unwritable(path: Path | None) -> None:
    """Before the work and not after it. Raises CommandError."""
    if path is None:
        return
    if path.is_dir():
        raise CommandError(f"{path} cannot be written: it is a folder.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise CommandError(f"{path} cannot be written: no such folder, or no right to.")


def _line(result: Result) -> str:
    low, high = result.interval()
    aim = ""
    if result.target is not None:
        reached = "met" if result.value >= result.target else "missed"
        aim = f"  target {result.target:.2f} {reached}"
    total = result.total
    return (
        f"{result.task:34} {result.dataset:28} {result.measure:8} {result.value:.3f} "
        f"[{low:.2f}–{high:.2f}]  P {total.precision:.3f} R {total.recall:.3f}{aim}"
    )
