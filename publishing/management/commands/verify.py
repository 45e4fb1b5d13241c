from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from publishing.verifying import CHECKS, counted

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

# Failures of one rule that are printed; all are counted.
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Check every rule that never breaks over all rows: quotes, hashes, circles, "
        "proofs, estimates, documents. Prints one line per rule; exits 1 and names "
        "what fails."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help=f"List every failure, not {SHOWN}."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for check in CHECKS:
            failures = list(check.failures())
            failed += len(failures)
            mark = "FAIL" if failures else "ok"
            self.stdout.write(f"{mark:5}{check.rule}")
            shown = failures if options["all"] else failures[:SHOWN]
            for failure in shown:
                self.stdout.write(f"       {failure}")
            if len(failures) > len(shown):
                self.stdout.write(f"       … and {len(failures) - len(shown)} more")
        if failed:
            self.stderr.write(f"{failed} failures.")
            sys.exit(1)
        self.stdout.write(f"All {len(CHECKS)} rules hold ({counted()}).")
