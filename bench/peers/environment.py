"""A virtual environment for the peers, beside the project's and never in it."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HOME = ROOT / ".local" / "bench-peers"
REQUIREMENTS = HERE / "requirements.txt"

# What the issue compares with and PyPI does not have.
NOT_THERE = (
    "Directus, PostGraphile and NocoDB are programs for Node.js, which PyPI does not "
    "have: they are not measured here."
)

PAGE = """
    SELECT e.id, e.slug, e.title, e.summary, e.type, e.mode, e.modality,
        e.date_earliest, e.date_latest, e.date_precision, e.date_basis,
        e.place_precision,
        json_object('id', p.id, 'slug', p.slug, 'name', p.name, 'country', p.country,
            'latitude', p.latitude, 'longitude', p.longitude, 'radius_m', p.radius_m)
            AS place,
        json_object('id', t.id, 'sha256', t.sha256, 'title', t.title,
            'outlet', t.outlet) AS article,
        (SELECT json_group_array(json_object('id', x.id, 'role', x.role, 'actor',
            json_object('id', a.id, 'slug', a.slug, 'name', a.name, 'kind', a.kind)))
         FROM participation x JOIN actor a ON a.id = x.actor_id
         WHERE x.event_id = e.id) AS participants,
        (SELECT json_group_array(json_object('id', c.id, 'slug', c.slug, 'measure',
            c.measure, 'group', c."group", 'low', c.low, 'high', c.high, 'quantifier',
            c.quantifier, 'start', c.start, 'end', c."end", 'quote', c.quote))
         FROM claim c WHERE c.event_id = e.id) AS claims
    FROM event e JOIN place p ON p.id = e.place_id JOIN article t ON t.id = e.article_id
    WHERE e.id > :after ORDER BY e.id LIMIT 100
"""
NESTED = "&".join(
    f"_json={name}" for name in ("place", "article", "participants", "claims")
)
DATASETTE_PAGE = f"/peers/page.json?after=0&_shape=objects&{NESTED}"


def python() -> Path | None:
    """Its interpreter, after installing what is missing; None where that fails."""
    interpreter = HOME / "venv" / "bin" / "python"
    stamp = HOME / "installed.txt"
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return interpreter
    print("  installing the peers", file=sys.stderr, flush=True)
    venv.create(HOME / "venv", with_pip=True, clear=True)
    command = [interpreter, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS]
    if subprocess.run(command, check=False).returncode:
        return None
    stamp.write_text(REQUIREMENTS.read_text())
    return interpreter


def datasette_file() -> Path:
    return HOME / "peers.db"


def datasette(port: int) -> list[str]:
    """The command that serves the file, with the page as a query of its own."""
    settings = HOME / "metadata.json"
    queries = {"page": {"sql": PAGE}}
    settings.write_text(json.dumps({"databases": {"peers": {"queries": queries}}}))
    return [
        *(str(HOME / "venv" / "bin" / "python"), "-m", "datasette", "serve"),
        *(str(datasette_file()), "--metadata", str(settings)),
        *("--port", str(port), "--host", "127.0.0.1"),
        *("--setting", "sql_time_limit_ms", "10000"),
    ]
