"""Loose texts: files that are read without being stored."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from curation.extraction.context import Context
from curation.extraction.documents import Document, Interval
from curation.extraction.findings import Finding
from curation.extraction.pairing import Index, Pairing, digest
from curation.extraction.running import extract
from curation.proposing import Reader
from sources.dates import Basis, Precision
from sources.readers import Bad


def read_loose(path: Path) -> Iterator[Document | Bad]:
    """The documents of a file: one of a text, one per line of JSON Lines (.jsonl).

    A line is an object with `id`, `text` and, if known, `date` (2021-08-31) and
    `title`. A text file's id is its name.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield Bad(str(path), str(error), "give a UTF-8 text file")
        return
    if path.suffix not in {".jsonl", ".ndjson"}:
        yield Document.of_text(path.name, text)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _line(line, f"{path}:{number}")


def read_all(
    documents: Iterable[Document], *, reader: Reader, known: Context
) -> Iterator[tuple[Document, list[Finding]]]:
    """The findings in each; it is paired with those before it, nothing is stored."""
    index = Index()
    pairing = Pairing(index)
    extractors = [
        pairing if each.name == pairing.name else each for each in reader.extractors
    ]
    for document in documents:
        done = extract(document, known, extractors=extractors, parser=reader.parser)
        index.add(digest(document, done.findings))
        yield document, done.findings


def _line(line: str, where: str) -> Document | Bad:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return Bad(where, f"is no JSON: {error}", "one object per line")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return Bad(where, "has no `text`", 'write {"id": "…", "text": "…"}')
    if not record.get("id"):
        return Bad(where, "has no `id`", "give every text an id of its own")
    try:
        published = _day(record)
    except (TypeError, ValueError):
        bad = f"has the date {record['date']!r}"
        return Bad(where, bad, "write dates as 2021-08-31")
    return Document.of_text(
        str(record["id"]),
        record["text"],
        published=published,
        title=record.get("title") or "",
    )


def _day(record: dict[str, Any]) -> Interval | None:
    if not record.get("date"):
        return None
    day = dt.date.fromisoformat(record["date"][:10])
    return Interval(day, day, Precision.DAY, Basis.METADATA)
