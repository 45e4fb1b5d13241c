"""The read half of the API against the limit: what PostgreSQL has, sent as it is.

`python -m bench.run api` makes a database of its own, grows it through SIZES
(10000,100000,350000,1000000), measures a filtered page at each and everything else and
the peers at PEERS_AT (350000, or the last), and writes what it found into
docs/performance.md and README.md. With some of these SIZES it renews their rows, with
others it only shows them. With AS_IS=1 it measures the database that DATABASE_URL
names, as it is, and without peers.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from bench.api_measure import HEAD, Line, everything, filtered
from bench.documents import grow
from bench.peers.measure import HEAD as PEERS
from bench.peers.measure import measured as peers_measured
from bench.serving import serving

SIZES = "10000,100000,350000,1000000"
PEERS_AT = 350_000
ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- bench/api.py -->", "<!-- end -->"
# Of the table, what README quotes.
QUOTED = ("page of 100", "one object", "country + dates", "page 3,000", "all as CSV")


def main() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if os.environ.get("AS_IS") == "1":
        for line in [*HEAD, *_cells(_as_is(_address()))]:
            print(line, flush=True)
        return
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_reference", verbosity=0)
        lines, peers = _grown(_address())
        if {line.events for line in lines} <= set(map(int, SIZES.split(","))):
            report(lines, peers)
    finally:
        name = settings.DATABASES["default"]["NAME"]
        connection.creation.destroy_test_db(name, 0)


def report(lines: Sequence[Line], peers: Sequence[str]) -> None:
    """Put the tables where the words about them are.

    What an earlier run found at sizes that this one left out stays.
    """
    page = ROOT / "docs" / "performance.md"
    stood = _between(page)
    rows = [(line.events, line.cells()) for line in lines]
    measured = {line.events for line in lines}
    rows += [(n, row) for row in stood if (n := _size_of(row)) and n not in measured]
    rows.sort(key=lambda row: row[0])
    table = [row for _, row in rows]
    kept = stood[stood.index(PEERS[0]) :] if PEERS[0] in stood else []
    said = machine() if peers or not stood else stood[0]
    _put(page, [said, "", *HEAD, *table, "", *(peers or kept)])
    quoted = [
        row
        for size, row in rows
        if size >= PEERS_AT and row.split(" | ")[1].startswith(QUOTED)
    ]
    _put(ROOT / "README.md", [said, "", *HEAD, *quoted])


def _size_of(row: str) -> int:
    """How many events a row of the table is about; 0 for what is none."""
    first = row.removeprefix("| ").partition(" | ")[0].replace(",", "")
    return int(first) if first.isdigit() else 0


def _between(page: Path) -> list[str]:
    """The lines between the marks."""
    found = page.read_text().partition(BEGIN)[2].partition(END)[0]
    return found.strip().splitlines()


def _put(page: Path, lines: Sequence[str]) -> None:
    before, begin, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin, page
    assert end, page
    page.write_text("\n".join([before + BEGIN, *lines, END]) + after)


def _cells(lines: Sequence[Line] | Iterator[Line]) -> Iterator[str]:
    for line in lines:
        yield line.cells()


def machine() -> str:
    """Where it was measured, in one sentence."""
    from django.db import connection

    found = re.search(r"(?m)^model name\s*: (.+)$", _read("/proc/cpuinfo"))
    chip = found[1].strip() if found else platform.processor() or "an unnamed processor"
    memory = re.search(r"(?m)^MemTotal:\s+(\d+)", _read("/proc/meminfo"))
    size = f", {int(memory[1]) / 1e6:.0f} GB" if memory else ""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    return (
        f"Measured on {os.cpu_count()} cores ({chip}{size}), PostgreSQL {server}, "
        f"Python {platform.python_version()}, one worker of four threads; load "
        f"{os.getloadavg()[1]:.1f} at the end, other work included."
    )


def _read(path: str) -> str:
    there = Path(path)
    return there.read_text() if there.exists() else ""


def _address() -> str:
    """The database in use, as a URL for other programs."""
    from django.db import connection

    of = connection.get_connection_params()
    host = quote(str(of.get("host", "127.0.0.1")), safe="")
    user, password = quote(of["user"]), quote(of.get("password", ""))
    return f"postgres://{user}:{password}@{host}:{of.get('port', 5432)}/{of['dbname']}"


def _as_is(database_url: str) -> Iterator[Line]:
    from publishing.models import Document, Kind

    size = Document.objects.current().of(Kind.EVENT).count()
    with (
        serving("newsdb.wsgi:application", database_url) as ours,
        serving("bench.bare:application", database_url) as bare,
    ):
        yield from filtered(size, ours)
        yield from everything(size, ours, bare)


def _grown(database_url: str) -> tuple[list[Line], list[str]]:
    """The lines of both tables, each shown as it is found."""
    sizes = [int(size) for size in os.environ.get("SIZES", SIZES).split(",")]
    usual = set(map(int, SIZES.split(",")))
    whole_at = PEERS_AT if usual.issuperset(sizes) else sizes[-1]
    lines: list[Line] = []
    peers: list[str] = []
    there = 0
    for size in sizes:
        grow(there, size)
        there = size
        with (
            serving("newsdb.wsgi:application", database_url) as ours,
            serving("bench.bare:application", database_url) as bare,
        ):
            for line in filtered(size, ours):
                lines.append(_shown(line))
            if size == whole_at:
                for line in everything(size, ours, bare):
                    lines.append(_shown(line))
        if size == whole_at:
            for text in peers_measured(size, database_url):
                print(text, file=sys.stderr, flush=True)
                peers.append(text)
    return lines, peers


def _shown(line: Line) -> Line:
    print(line.cells(), file=sys.stderr, flush=True)
    return line
