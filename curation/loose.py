"""Loose texts: files that are read without being stored."""

from __future__ import annotations

import datetime as dt
import json
import re
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

LONGEST_ID = 200
SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_loose(path: Path, *, seen: set[str] | None = None) -> Iterator[Document | Bad]:
    """The documents of a file: one of a text, one per line of JSON Lines (.jsonl).

    A line is an object with `id`, `text` and, if known, `date` (2021-08-31) and
    `title`. A text file's id is its name. `seen` are the ids of other files, which
    must not stand again; those of this one are added.
    """
    seen = set() if seen is None else seen
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield Bad(str(path), str(error), "give a UTF-8 text file")
        return
    if path.suffix not in {".jsonl", ".ndjson"}:
        yield _once(Document.of_text(path.name, text), str(path), seen)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = f"{path}:{number}"
            yield _once(_line(line, where), where, seen)


def _once(read: Document | Bad, where: str, seen: set[str]) -> Document | Bad:
    if isinstance(read, Bad):
        return read
    if read.id in seen:
        return Bad(where, f"has the id {read.id!r} again", "give every text its own")
    seen.add(read.id)
    return read


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
    except (ValueError, RecursionError) as error:  # ValueError: also a number too long
        return Bad(where, f"is no JSON: {error}", "one object per line")
    if shape := _misshapen(record):
        return Bad(where, *shape)
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


def _misshapen(record: Any) -> tuple[str, str] | None:
    """What is wrong with a line's id, text or title, and what would help."""
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return "has no `text`", 'write {"id": "…", "text": "…"}'
    ident, title = record.get("id"), record.get("title")
    if type(ident) not in {str, int} or ident == "":
        return "has no `id`", "give every text an id of its own, a text or a number"
    if len(str(ident)) > LONGEST_ID:
        return "has a very long `id`", f"use at most {LONGEST_ID} characters"
    if title is not None and not isinstance(title, str):
        return "has a `title` that is no text", 'write "title": "…"'
    for each in (str(ident), record["text"], title or ""):
        if SURROGATE.search(each):
            return "has half a character (\\ud800–\\udfff)", "write it whole"
    return None


def _day(record: dict[str, Any]) -> Interval | None:
    if not record.get("date"):
        return None
    day = dt.date.fromisoformat(record["date"][:10])
    return Interval(day, day, Precision.DAY, Basis.METADATA)
