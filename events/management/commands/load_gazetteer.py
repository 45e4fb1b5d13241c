"""`manage.py load_gazetteer`: the places of the world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from events.gazetteer import MAX_BYTES, digest_of, load, loaded_digest, read_edition
from sources.commands import ImportCommand


class Command(ImportCommand):
    help = (
        "Load the gazetteer: places with their names, coordinates and radius.\n\n"
        "It takes the place of the edition that is there, whole or not at all. An\n"
        "edition that is loaded already is left as it is."
    )
    examples = (
        "  manage.py load_gazetteer              the one in fixtures/gazetteer/\n"
        "  manage.py load_gazetteer places.tsv   your own, plain or .xz"
    )
    can_skip = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", nargs="?", metavar="FILE", help="what to load")

    def handle(self, *, file: str | None, **_: Any) -> None:
        path = Path(file or settings.BASE_DIR / "fixtures/gazetteer/gazetteer.tsv.xz")
        try:
            with path.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        if digest_of(content) == loaded_digest():
            self.summary("The gazetteer is up to date.")
            return
        edition, bad = read_edition(path, content)
        self.refuse(bad)
        total = 2 * len(edition.rows)
        with self.whole(), self.progress("Places", total=total) as advance:
            load(edition, advance)
        names = sum(row[-1].count("|") + 1 for row in edition.rows)
        self.summary(f"{len(edition.rows):,} places with {names:,} names loaded.")
