"""Loads the gazetteer from its one file: whole or not at all.

The file has one entry a line: id, name, kind, country, id of its province, latitude,
longitude, radius in metres, population, source, and its names in lookup_form, the own
one first; see fixtures/gazetteer/README.md. What is loaded is known by the file's
digest, which stands as a comment on the table: a comment commits with the rows.
"""

from __future__ import annotations

import hashlib
import io
import lzma
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from events.models import GazetteerEntry, GazetteerName
from sources.models import Term
from sources.readers import Bad

_COLUMNS = 11
_ALPHA3 = 3
_POLE = 90
MAX_BYTES = 200_000_000  # of a file, unpacked: ten times what is shipped
_RADIUS = 20_040_000  # metres: half around the world
_POPULATION = 10_000_000_000
# The columns of text and the most characters that they hold.
_TEXTS = {0: ("id", 40), 1: ("name", 200), 9: ("source", 40)}
_NAME = 200
_TOLD = 20  # bad lines that are named
_STEP = 5000  # lines between two notes of progress
_ENTRY_COLUMNS = (
    "id",
    "name",
    "kind",
    "country",
    "admin1",
    "admin1_entry",
    "latitude",
    "longitude",
    "radius_m",
    "population",
    "source",
)
_ENTRIES, _NAMES = GazetteerEntry._meta.db_table, GazetteerName._meta.db_table


@dataclass(frozen=True, slots=True)
class Edition:
    """A file as read: its lines' columns and its digest."""

    digest: str
    rows: list[list[str]]


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def loaded_digest() -> str:
    """The digest of the edition that is in the database; empty: none is."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(obj_description('{_ENTRIES}'::regclass), '')"  # noqa: S608
            f" WHERE EXISTS (SELECT FROM {_ENTRIES})"
        )
        row = cursor.fetchone()
    return row[0] if row else ""


def read_edition(path: Path, content: bytes) -> tuple[Edition, list[Bad]]:
    """The entries of a .xz or plain file, and what is wrong with it, line by line."""
    try:
        plain = _unpacked(content) if path.suffix == ".xz" else content
        if len(plain) > MAX_BYTES:
            raise EOFError(f"it is larger than {MAX_BYTES:,} bytes")
        lines = plain.decode().splitlines()
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        return Edition("", []), [Bad(str(path), f"cannot be read: {error}")]
    rows = [line.split("\t") for line in lines]
    kinds = set(Term.objects.filter(list="place-kind").values_list("code", flat=True))
    bad = list(_problems(path, rows, kinds))
    return Edition(digest_of(content), rows), bad


def _unpacked(content: bytes) -> bytes:
    """No more than one byte beyond the limit: a small file may hold gigabytes."""
    with lzma.open(io.BytesIO(content)) as stream:
        return stream.read(MAX_BYTES + 1)


def load(edition: Edition, advance: Callable[[int], None]) -> None:
    """Put this edition in the place of what is there."""
    own = {row[0]: row[1] for row in edition.rows}
    with transaction.atomic(), connection.cursor() as cursor:
        # No row refers to a gazetteer row: an edition is exchanged as a whole.
        cursor.execute(f"TRUNCATE {_ENTRIES}, {_NAMES} RESTART IDENTITY")
        with _copy(cursor, _ENTRIES, _ENTRY_COLUMNS) as entries:
            for step in _steps(edition.rows):
                entries.write("".join(_entry_line(row, own) for row in step))
                advance(len(step))
        with _copy(cursor, _NAMES, ("entry_id", "folded", "country")) as names:
            for step in _steps(edition.rows):
                names.write("".join(_name_lines(row) for row in step))
                advance(len(step))
        cursor.execute(f"COMMENT ON TABLE {_ENTRIES} IS '{edition.digest}'")
        cursor.execute(f"ANALYZE {_ENTRIES}, {_NAMES}")


def _copy(cursor: Any, table: str, columns: Sequence[str]) -> Any:
    return cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN")


def _steps(rows: Sequence[list[str]]) -> Iterator[Sequence[list[str]]]:
    for start in range(0, len(rows), _STEP):
        yield rows[start : start + _STEP]


def _entry_line(row: list[str], own: dict[str, str]) -> str:
    ident, name, kind, country, admin1, *numbers, source, _ = row
    above = own.get(admin1, "")
    columns = (ident, name, kind, country, above, admin1, *numbers, source)
    return "\t".join(columns) + "\n"


def _name_lines(row: list[str]) -> str:
    ident, country = row[0], row[3]
    return "".join(f"{ident}\t{name}\t{country}\n" for name in row[-1].split("|"))


def _problems(
    path: Path, rows: list[list[str]], kinds: Collection[str]
) -> Iterator[Bad]:
    """What is wrong, at most one thing a line and a handful of lines."""
    known: set[str] = set()
    told = 0
    if not rows:
        yield Bad(str(path), "has no entries")
    idents = {row[0] for row in rows}
    for number, row in enumerate(rows, 1):
        reason = _problem(row, known, kinds) or _province_problem(row, idents)
        if reason:
            yield Bad(f"{path}:{number}", reason)
            told += 1
            if told == _TOLD:
                return


def _province_problem(row: list[str], idents: Collection[str]) -> str:
    above = row[4]
    missing = above and above not in idents
    return f"its province “{above}” is not in the file" if missing else ""


def _problem(row: list[str], known: set[str], kinds: Collection[str]) -> str:
    if len(row) != _COLUMNS:
        return f"has {len(row)} columns, expected {_COLUMNS}"
    ident, name, kind, country = row[:4]
    if not ident or ident in known:
        return f"the id “{ident}” is empty or stands twice"
    known.add(ident)
    if not name or not row[-1] or "\\" in "".join(row):
        return "has no name, or a backslash"
    if problem := _text_problem(row):
        return problem
    if kind not in kinds:
        return f"“{kind}” is no place-kind"
    if country and len(country) != _ALPHA3:
        return f"“{country}” is no ISO 3166-1 alpha-3 code"
    return _number_problem(row)


def _text_problem(row: list[str]) -> str:
    if "\0" in "".join(row):
        return "has a NUL character"
    for column, (what, most) in _TEXTS.items():
        if len(row[column]) > most:
            return f"its {what} is longer than {most} characters"
    if any(len(name) > _NAME for name in row[-1].split("|")):
        return f"one of its names is longer than {_NAME} characters"
    return ""


def _number_problem(row: list[str]) -> str:
    for each in row[5:9]:
        # Python reads more as a number than PostgreSQL does: 1_0, ٣, " 3".
        if not each.isascii() or "_" in each or each != each.strip():
            return f"{each!r:.40} is no number"
    try:
        latitude, longitude = float(row[5]), float(row[6])
        radius, population = int(row[7]), int(row[8])
    except ValueError as error:
        return str(error)
    if not (abs(latitude) <= _POLE and abs(longitude) <= 2 * _POLE):
        return f"{latitude}, {longitude} is not on the globe"
    if radius <= 0 or population < 0:
        return "a radius is more than 0, a population not less"
    if radius > _RADIUS or population > _POPULATION:
        return f"a radius is at most {_RADIUS:,} metres, a population {_POPULATION:,}"
    return ""
