"""Code lists out of YAML files (fixtures/reference). Pure: nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from sources.readers import Bad, UnreadableError, decode, find_files, shown

# Lists whose entries have their parents in another list.
PARENT_LISTS = {"plover-mode": "plover-type"}

_TEXT = {"type": "string", "minLength": 1}
_TEXT_OR_NULL = {"type": ["string", "null"], "minLength": 1}
SCHEMA = {
    "type": "object",
    "required": ["list", "title", "meaning", "source", "entries"],
    "additionalProperties": False,
    "properties": {
        "list": {"type": "string", "pattern": "^[a-z][a-z-]*$", "maxLength": 40},
        "title": _TEXT,
        "meaning": _TEXT,
        "source": _TEXT,
        "entries": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["code", "name", "meaning", "source", "parent", "mappings"],
                "additionalProperties": False,
                "properties": {
                    "code": {**_TEXT, "maxLength": 79},
                    "name": {**_TEXT, "maxLength": 120},
                    "meaning": _TEXT_OR_NULL,
                    "source": _TEXT_OR_NULL,
                    "parent": _TEXT_OR_NULL,
                    "mappings": {"type": "object"},
                    "active": {"type": "boolean"},
                },
            },
        },
    },
}
_CHECKER = Draft202012Validator(SCHEMA)


@dataclass(frozen=True)
class Entry:
    """One entry of a list. `parent` is the key, `list/code`, of another entry."""

    list: str
    code: str
    name: str
    meaning: str
    source: str
    parent: str | None
    mappings: dict[str, Any]
    position: int
    active: bool
    where: str

    @property
    def key(self) -> str:
        return f"{self.list}/{self.code}"


def read_code_lists(paths: Iterable[Path | str]) -> tuple[list[Entry], list[Bad]]:
    """All entries of the lists in files and folders, in order, and what is wrong.

    Every problem names its file and line. Parents are checked by `check_parents`.
    """
    files, bad = find_files(paths, (".yaml", ".yml"))
    entries: list[Entry] = []
    home: dict[str, str] = {}
    for file in files:
        found = _read_file(file.path)
        if isinstance(found, Bad):
            bad.append(found)
            continue
        if problems := list(_problems(file.path, found)):
            bad += problems
            continue
        name, where = found["list"], shown(file.path)
        if home.setdefault(name, where) != where:
            bad.append(Bad(where, f"the list {name} stands in {home[name]} already."))
            continue
        entries += _entries(file.path, found)
    return entries, bad


def check_parents(entries: list[Entry], known: Iterable[str] = ()) -> list[Bad]:
    """Parents that are neither an entry nor `known`, or that lead in a circle."""
    parents = {entry.key: entry.parent for entry in entries}
    there = parents.keys() | set(known)
    bad = []
    for entry in entries:
        if entry.parent and entry.parent not in there:
            reason = f"the parent {entry.parent} of {entry.key} does not exist."
            bad.append(Bad(entry.where, reason, "Correct the code, or add the entry."))
        elif _circles(entry.key, parents):
            reason = f"{entry.key} is a parent of its own parents."
            bad.append(Bad(entry.where, reason, "Break the circle."))
    return bad


def _circles(key: str, parents: dict[str, str | None]) -> bool:
    seen = set()
    above = parents.get(key)
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return key in seen


def _read_file(path: Path) -> Any:
    """The document with its line numbers, or Bad."""
    try:
        return YAML().load(decode(path.read_bytes()))
    except OSError as error:
        reason = f"cannot be read ({(error.strerror or str(error)).lower()})."
        return Bad(shown(path), reason, "Check its permissions.")
    except UnreadableError as error:
        return Bad(shown(path), *error.args)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = f"is not YAML: {error.problem}."
        return Bad(f"{shown(path)}:{line}", reason, "Correct the line.")
    except YAMLError as error:
        return Bad(shown(path), f"is not YAML: {error}", "Correct the file.")


def _problems(path: Path, document: Any) -> Iterator[Bad]:
    for error in _CHECKER.iter_errors(document):
        steps = list(error.absolute_path)
        where = f"{shown(path)}:{_line(document, steps)}"
        name = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)
        reason = f"{name.lstrip('.') or 'file'}: {error.message}."
        quotes = error.validator == "type" and "string" in str(error.validator_value)
        yield Bad(where, reason, "Put text in quotes." if quotes else "")
    if _CHECKER.is_valid(document):
        yield from _doubles(path, document)
        if document["list"] != path.stem:
            reason = f"the list {document['list']} stands in a file of another name."
            where = f"{shown(path)}:{_line(document, ['list'])}"
            yield Bad(where, reason, f"Call the file {document['list']}.yaml.")


def _doubles(path: Path, document: Any) -> Iterator[Bad]:
    first: dict[str, int] = {}
    for number, entry in enumerate(document["entries"]):
        line = _line(document, ["entries", number, "code"])
        if entry["code"] in first:
            reason = f"the code {entry['code']} stands in line {first[entry['code']]}."
            yield Bad(f"{shown(path)}:{line}", reason, "A code stands once in a list.")
        first.setdefault(entry["code"], line)


def _line(document: Any, steps: list[str | int]) -> int:
    """The line, from 1, where the value at the end of `steps` begins."""
    line = 0
    for step in steps:
        if isinstance(document, CommentedMap):
            line = document.lc.key(step)[0]
        elif isinstance(document, CommentedSeq):
            line = document.lc.item(step)[0]
        document = document[step]
    return int(line) + 1


def _entries(path: Path, document: Any) -> Iterator[Entry]:
    name = document["list"]
    parents = PARENT_LISTS.get(name, name)
    for position, entry in enumerate(document["entries"]):
        line = _line(document, ["entries", position])
        yield Entry(
            list=name,
            code=str(entry["code"]),
            name=str(entry["name"]),
            meaning=str(entry["meaning"] or ""),
            source=str(entry["source"] or document["source"]),
            parent=f"{parents}/{entry['parent']}" if entry["parent"] else None,
            mappings=_plain(entry["mappings"]),
            position=position,
            active=entry.get("active", True),
            where=f"{shown(path)}:{line}",
        )


def _plain(value: Any) -> Any:
    """A value without the loader's own types, as JSON knows it."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool):
        return value
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    return str(value)
