"""`manage.py work`: reads articles as they come."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.utils import timezone

from curation.extraction.plugins import PluginMissingError
from curation.tasks import jobs, upkeep
from newsdb.worker import Worker


class Command(BaseCommand):
    help = (
        "Read articles as they come, and propose what is found in them, until stopped "
        "by Ctrl-C or SIGTERM. Says one line per article on stderr. It needs the "
        "database only: start as many as there are processors, on any machine that "
        "has newsdb and the same DATABASE_URL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-idle", action="store_true", help="end when nothing is left to do"
        )
        parser.add_argument("--child-of", type=int, help=argparse.SUPPRESS)

    def handle(self, *, until_idle: bool, child_of: int | None, **_: Any) -> None:
        worker = Worker(self.say, until_idle=until_idle, parent=child_of)
        try:
            connection.ensure_connection()
            if not jobs().check_connection():
                raise CommandError("There are no tables yet. Run: manage.py migrate")
            if said := upkeep():
                self.say(said)
        except (OperationalError, PluginMissingError) as error:
            raise CommandError(str(error)) from error
        worker.run()

    def say(self, line: str) -> None:
        self.stderr.write(f"{timezone.now():%Y-%m-%d %H:%M:%S} {line}", str)
        self.stderr.flush()
