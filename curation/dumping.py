"""The database written back as curation files."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from curation.dump.articles import article_entries
from curation.dump.events import event_entries
from curation.dump.things import (
    actor_entries,
    origin_entries,
    outlet_entries,
    place_entries,
    relation_entries,
)
from curation.format.reading import read
from sources.models import Status

Values = dict[str, Any]

GENERAL = ("actors", "places", "relations", "events")

_TAG = "tag:yaml.org,2002:"
# Line ends to some readers of YAML and not to others: they are escaped.
_DOUBTFUL = re.compile("[\x85\u2028\u2029\ufeff]")

# Rejected and retracted objects say so themselves.
_OF_FILES = (Status.PUBLISHED, Status.REVIEWED, Status.CODED, Status.DRAFT)


def dump(folder: Path, *, article: int | None = None) -> list[Path]:
    """Write all that is curated into `folder`; the files written, in order.

    `actors.yaml` (with outlets and origins), `places.yaml`, `relations.yaml`,
    `events.yaml`, and one file for each article: the file in `folder` that holds this
    article alone, or else one called after its short key. With `article` only the
    file of the article with that primary key. Loading the files again changes
    nothing. Raises DumpError for what the format cannot say; then nothing is written.
    """
    contents = {} if article else _general_files()
    homes = _homes(folder)
    taken = {*GENERAL, *(path.stem for path in homes.values())}
    files = {folder / f"{name}.yaml": sections for name, sections in contents.items()}
    for entry in article_entries(article):
        path = homes.get(entry["sha256"]) or folder / f"{_free_name(entry, taken)}.yaml"
        files[path] = {"articles": [entry]}
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path, sections in files.items():
        with path.open("w", encoding="utf-8", newline="\n") as file:
            yaml().dump(_document(sections), file)
        written.append(path)
    return written


def _homes(folder: Path) -> dict[str, Path]:
    """sha256 of an article → the file of `folder` that holds it and nothing else."""
    homes: dict[str, Path] = {}
    for path in sorted(folder.glob("*.y*ml")):
        data = read(path).data
        if isinstance(data, dict) and data.keys() <= {"newsdb", "status", "articles"}:
            match data.get("articles"):
                case [{"sha256": str(sha256)}]:
                    homes.setdefault(sha256, path)
    return homes


def _free_name(entry: Values, taken: set[str]) -> str:
    """The article's short key, or the beginning of its sha256 where that is taken."""
    short = entry["sha256"][:8]
    name: str = entry.get("key") or short
    name = short if name in taken else name
    taken.add(name)
    return name


def _general_files() -> dict[str, Values]:
    return {
        "actors": {
            "outlets": outlet_entries(),
            "origins": origin_entries(),
            "actors": actor_entries(),
        },
        "places": {"places": place_entries()},
        "relations": {"relations": relation_entries()},
        "events": {"events": event_entries()},
    }


def yaml() -> YAML:
    """Block style, never folded: a change of one value is a change of one line."""
    writer = YAML()
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 1_000_000
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.representer.add_representer(type(None), _null)
    writer.representer.add_representer(str, _text)
    return writer


def _null(representer: Any, _none: None) -> Any:
    return representer.represent_scalar(f"{_TAG}null", "null")


def _text(representer: Any, text: str) -> Any:
    style = '"' if _DOUBTFUL.search(text) else None
    return representer.represent_scalar(f"{_TAG}str", text, style=style)


def _document(sections: Values) -> Values:
    """A file: its most common status once above, any other status at its object."""
    found = [entry for section in sections.values() for entry in _entries(section)]
    counts = Counter(entry["status"] for entry in found)
    status = max(_OF_FILES, key=lambda each: counts[each])
    for entry in found:
        if entry["status"] == status:
            del entry["status"]
    filled = {name: section for name, section in sections.items() if section}
    return {"newsdb": 1, "status": str(status), **filled}


def _entries(section: Any) -> list[Values]:
    return list(section.values()) if isinstance(section, dict) else section
