"""`manage.py import_articles`: files and folders of articles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from sources.commands import ImportCommand
from sources.importing import import_articles
from sources.readers import Bad, Reading, find_files, read_file


class Command(ImportCommand):
    help = (
        "Take in articles: one UTF-8 text file each (.txt), alone or in folders.\n\n"
        "A text is kept exactly as it is in the file; title, dateline, headings,\n"
        "captions and debris are marked over it. A text that is there already is left\n"
        "alone: the same folder can be imported again. New articles are drafts.\n"
        "One bad file stops all, before anything is loaded."
    )
    examples = (
        "  manage.py import_articles news/             every .txt below news/\n"
        "  manage.py import_articles a.txt b.txt       two files\n"
        "  manage.py import_articles news/ --dry-run   only say what would change\n"
        "  manage.py import_articles news/ --skip-bad  leave out what cannot be read"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a .txt file, or a folder of them"
        )

    def handle(self, *, paths: list[str], **_: Any) -> None:
        readings = self._read(paths)
        with (
            self.whole(),
            self.progress("Importing", total=len(readings)) as advance,
        ):
            counts = import_articles(
                readings,
                by="import_articles",
                why=f"imported from {', '.join(paths)}",
                progress=advance,
            )
        self.summary(f"{counts.new:,} new, {counts.same:,} already there.")

    def _read(self, paths: list[str]) -> list[Reading]:
        files, bad = find_files(paths)
        read = [read_file(file) for file in self.each(files, "Reading")]
        self.refuse(bad + [each for each in read if isinstance(each, Bad)])
        return [each for each in read if isinstance(each, Reading)]
