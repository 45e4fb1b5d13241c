"""`manage.py propose`: run the extractors over articles, or over loose texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from curation.extraction.documents import Document
from curation.extraction.findings import as_record
from curation.knowledge import loose_context
from curation.loose import read_all, read_loose
from curation.proposing import Outcome, Reader, propose, waiting
from events.models import GazetteerEntry
from sources.commands import ImportCommand, written_to
from sources.models import Article
from sources.readers import Bad


class Command(ImportCommand):
    help = (
        "Read articles by machine and store what is proposed for people to decide.\n\n"
        "Without arguments: every article that the present extractors have not read.\n"
        "Reading twice changes nothing; what a person decided is never touched.\n"
        "The worker of `make run` does the same in the background."
    )
    examples = (
        "  manage.py propose                        what has not been read yet\n"
        "  manage.py propose --article 3 4          these, with the names known now\n"
        "  manage.py propose --again                all, with the names known now\n"
        "  manage.py propose --text a.txt b.jsonl   loose texts: findings to stdout,\n"
        "                                           nothing is stored"
    )
    can_skip = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--article", type=int, nargs="+", metavar="ID", help="only these articles"
        )
        what.add_argument(
            "--again",
            action="store_true",
            help="all articles, also those read before with other names known",
        )
        what.add_argument(
            "--text",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="loose texts (.txt), or JSON Lines (.jsonl) with id, text and, if "
            "known, date and title; nothing is stored",
        )
        parser.add_argument(
            "--format",
            choices=["jsonl"],
            help="of the findings in loose texts",
        )
        parser.add_argument(
            "--output",
            type=Path,
            metavar="FILE",
            help="where the findings in loose texts go (default: stdout)",
        )

    def handle(self, *, text: list[Path] | None, **options: Any) -> None:
        if not text and (options["output"] or options["format"]):
            raise CommandError(
                "--output and --format are for --text: without it the findings are "
                "stored. Write them with manage.py export_proposals."
            )
        reader = Reader.default()
        if not GazetteerEntry.objects.exists():
            self.stderr.write(
                "No gazetteer is loaded, so that places stay without coordinates: "
                "./manage.py load_gazetteer"
            )
        if text:
            self._loose(text, options["output"], reader)
        else:
            self._stored(options["article"], reader, again=options["again"])

    def _stored(self, only: list[int] | None, reader: Reader, *, again: bool) -> None:
        articles = _articles(only, reader, again=again)
        outcomes: list[Outcome] = []
        with self.progress("Reading", total=len(articles)) as advance:
            for pk in articles:
                with self.whole():
                    outcomes += propose([pk], reader=reader, again=again or bool(only))
                advance(1)
        read = [each for each in outcomes if not each.skipped]
        dropped = sum(each.dropped for each in read)
        for each in read:
            for missing in each.missing:
                self.stderr.write(f"Article {each.article}, {missing}")
        inventions = f" {dropped:,} invented quotes were dropped." if dropped else ""
        self.summary(
            f"{len(read):,} articles read, {len(articles) - len(read):,} as before: "
            f"{sum(each.found for each in read):,} findings, "
            f"{sum(each.new for each in read):,} new proposals.{inventions}"
        )

    def _loose(self, paths: list[Path], output: Path | None, reader: Reader) -> None:
        if output and any(_same(path, output) for path in paths):
            raise CommandError(f"{output} is read: write to another file.")
        seen: set[str] = set()
        read = [each for path in paths for each in read_loose(path, seen=seen)]
        self.refuse([each for each in read if isinstance(each, Bad)])
        documents = [each for each in read if isinstance(each, Document)]
        found = read_all(
            self.each(documents, "Reading"), reader=reader, known=loose_context()
        )
        with written_to(output) as stream:
            for document, findings in found:
                for finding in findings:
                    record = as_record(document, finding)
                    stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # one of them is not there
        return False


def _articles(only: list[int] | None, reader: Reader, *, again: bool) -> list[int]:
    """The ids to read, in their order."""
    if only is None:
        rows = Article.objects.order_by("pk") if again else waiting(reader)
        return list(rows.values_list("pk", flat=True))
    known = set(Article.objects.filter(pk__in=only).values_list("pk", flat=True))
    if missing := sorted(set(only) - known):
        names = ", ".join(map(str, missing))
        raise CommandError(f"There is no article {names}.", returncode=1)
    return sorted(known)
