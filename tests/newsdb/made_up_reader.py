"""A worker with extractors made for tests: `python -m tests.newsdb.made_up_reader`.

Its environment says where it is slow: MARK is a file that it makes when it gets to
HANG ("extracting" or "storing") in an article whose text says "slow"; then it sleeps.
It never gets an article read whose text says "broken".
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

EXTRACTORS = ("none", "words")


def hang(where: str) -> None:
    if os.environ.get("HANG") == where:
        Path(os.environ["MARK"]).touch()
        time.sleep(60)


class Nothing:
    name = "none"
    version = "1"

    def extract(self, reading):
        return ()


class Words:
    """Takes every word for a place; slow or broken where the text says so."""

    name = "words"
    version = "1"
    slow = False  # the article read last

    def extract(self, reading):
        from curation.extraction.findings import Finding, PlaceMention

        document = reading.document
        Words.slow = "slow" in document.text
        if Words.slow:
            hang("extracting")
        if "broken" in document.text:
            raise ValueError("what a text")
        for word in re.finditer(r"\w+", document.text):
            span = document.span(*word.span())
            yield Finding(PlaceMention(word[0]), (span,), "place.word", "a word")


class NoParser:
    """Parses nothing: the model need not be loaded."""

    model = "none"

    def parse(self, document):
        return ()


def slowly(connection, **_):
    """Hang in the transaction that stores what was found."""

    def execute(run, sql, parameters, many, context):
        done = run(sql, parameters, many, context)
        if Words.slow and sql.startswith('INSERT INTO "curation_sighting"'):
            hang("storing")
        return done

    connection.execute_wrappers.append(execute)


def made_up_reader():
    from curation.proposing import Reader

    return Reader((Nothing(), Words()), NoParser())


def main():
    import django

    django.setup()
    from django.db.backends.signals import connection_created

    from curation import tasks
    from curation.proposing import Reader
    from manage import main as manage
    from newsdb import worker

    Reader.default = staticmethod(made_up_reader)
    tasks.WAITS = (0, 0, 0)
    worker.PATIENCE_SECONDS = 0.3
    connection_created.connect(slowly)
    sys.argv[0] = "manage.py"
    manage()


if __name__ == "__main__":
    main()
