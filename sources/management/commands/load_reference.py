"""`manage.py load_reference`: the code lists."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from sources.code_lists import check_parents, read_code_lists
from sources.commands import ImportCommand
from sources.terms import known_keys, load_terms


class Command(ImportCommand):
    help = (
        "Load the code lists: kinds, roles, measures, PLOVER, ACLED, countries …\n\n"
        "Entries are added and changed to what the files say. An entry that is gone\n"
        "from its file is switched off: what was coded with it keeps it, and it is no\n"
        "longer offered. All files are checked before anything is written."
    )
    examples = (
        "  manage.py load_reference                      all of fixtures/reference/\n"
        "  manage.py load_reference my-lists/role.yaml   one list; the others stay\n"
        "  manage.py load_reference --dry-run            only say what would change"
    )
    can_skip = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a .yaml file, or a folder of them (default: fixtures/reference)",
        )

    def handle(self, *, paths: list[str], **_: Any) -> None:
        paths = paths or [str(settings.BASE_DIR / "fixtures" / "reference")]
        entries, bad = read_code_lists(paths)
        self.refuse(bad or check_parents(entries, known_keys()))
        with self.whole():
            changes = load_terms(
                entries, by="load_reference", why=f"loaded {', '.join(paths)}"
            )
        self.summary(
            f"{len({entry.list for entry in entries})} lists: {changes.new:,} new, "
            f"{changes.changed:,} changed, {changes.same:,} the same, "
            f"{changes.switched_off:,} switched off."
        )
