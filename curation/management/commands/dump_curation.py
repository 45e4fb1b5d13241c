"""`manage.py dump_curation`: what is curated, as YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from curation.dump.values import DumpError
from curation.dumping import dump
from sources.commands import ExampleCommand
from sources.models import Article


class Command(ExampleCommand):
    help = (
        "Write what is curated as YAML files that load_curation reads.\n\n"
        "actors.yaml (with outlets and origins), places.yaml, relations.yaml,\n"
        "events.yaml, and one file for each article that somebody worked on: the file\n"
        "there that holds this article alone, or else one named after its short key.\n"
        "Files of these names are replaced. Loading the folder again changes nothing."
    )
    examples = (
        "  manage.py dump_curation backup/              everything\n"
        "  manage.py dump_curation backup/ --article 3  only the file of article 3"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="made where it is missing")
        parser.add_argument(
            "--article", type=int, metavar="ID", help="write only this article's file"
        )

    def handle(
        self, *, folder: Path, article: int | None, verbosity: int, **_: Any
    ) -> None:
        if article is not None and not Article.objects.filter(pk=article).exists():
            raise CommandError(f"There is no article {article}.", returncode=1)
        try:
            written = dump(folder, article=article)
        except (DumpError, OSError) as error:
            raise CommandError(f"Nothing was written. {error}", returncode=1) from error
        if verbosity:
            self.stdout.write(f"{len(written)} files written to {folder}.")
        strangers = {path.name for path in folder.glob("*.y*ml")} - {
            path.name for path in written
        }
        if strangers and article is None:
            names = ", ".join(sorted(strangers))
            self.stderr.write(f"Other files there, left as they are: {names}")
