"""The objects of a set of curation files, each with the place it stands at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from curation.format.problems import Problem
from curation.format.reading import Document, Where
from curation.format.schema import schema_problems

# Sections whose objects are named by their key, in the order they are written.
KEYED = ("outlets", "origins", "actors", "places", "relations", "events")
IN_ARTICLE = ("mentions", "claims", "not_coded")


@dataclass(slots=True, eq=False)
class Entry:
    """One object of a file: an actor, a claim, a mention …

    `key` names it among its kind: the slug, an article's sha256, a mention's actor.
    `status` is its own or that of what contains it.
    """

    section: str
    key: str
    data: dict[str, Any]
    document: Document
    where: Where
    status: str
    article: Entry | None = None

    @property
    def line(self) -> int:
        return self.document.line(self.where)

    def get(self, *path: str | int) -> Any:
        """The value at a path inside; None where there is none."""
        value: Any = self.data
        for step in path:
            if value is None:
                return None
            value = value.get(step) if isinstance(step, str) else value[step]
        return value

    def items(self, name: str) -> list[Any]:
        """The list under `name`; empty where there is none."""
        return self.data.get(name) or []

    def problem(self, what: str, *path: str | int, suggestion: str = "") -> Problem:
        return self.document.problem((*self.where, *path), what, suggestion)


@dataclass(slots=True)
class CurationSet:
    """All objects of all files. Only entries that fit the schema are in `entries`;
    the names of the others are in `declared` all the same, so that a reference to
    one is not reported as a second problem.
    """

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    declared: dict[str, dict[str, Problem]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of(self, section: str) -> list[Entry]:
        return self.entries.get(section, [])

    def by_key(self, section: str) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.of(section)}

    def names(self, section: str) -> Iterable[str]:
        return self.declared.get(section, {})


def collect(documents: Iterable[Document]) -> CurationSet:
    """Take the files apart: what fits the schema, and what is wrong with the rest."""
    found = CurationSet()
    for document in documents:
        found.problems += document.problems
        if document.problems and document.data is None:
            continue  # not YAML: all is said
        broken = schema_problems(document)
        found.problems += [p for problems in broken.values() for p in problems]
        if isinstance(document.data, dict):
            _Collector(found, document, set(broken)).collect()
    return found


class _Collector:
    """Takes one file apart."""

    def __init__(
        self, found: CurationSet, document: Document, broken: set[Where]
    ) -> None:
        self.found, self.document, self.broken = found, document, broken
        self.status = _status(document.data, "draft")

    def collect(self) -> None:
        for section in KEYED:
            for key, data in _mapping(self.document.data.get(section)).items():
                self._add(section, key, data, (section, key), self.status)
        articles = _sequence(self.document.data.get("articles"))
        for position, data in enumerate(articles):
            self._article(_mapping(data), ("articles", position))

    def _article(self, data: dict[str, Any], where: Where) -> None:
        status = _status(data, self.status)
        key = data.get("sha256")
        article = self._add("articles", key, data, where, status, but=IN_ARTICLE)
        for section in ("claims", "not_coded"):
            for position, item in enumerate(_sequence(data.get(section))):
                path = (*where, section, position)
                name = _mapping(item).get("key") if section == "claims" else ""
                self._add(section, name, item, path, status, article=article)
        for actor, mentions in _mapping(data.get("mentions")).items():
            for position, item in enumerate(_sequence(mentions)):
                path = (*where, "mentions", actor, position)
                self._add("mentions", actor, item, path, status, article=article)

    def _add(
        self,
        section: str,
        key: Any,
        data: Any,
        where: Where,
        status: str,
        *,
        article: Entry | None = None,
        but: tuple[str, ...] = (),
    ) -> Entry | None:
        """Add one object, if it fits the schema: it, but not its parts named `but`."""
        if not isinstance(key, str):
            return None
        if section not in {"mentions", "not_coded"}:
            self._declare(section, key, where)
        data = data if isinstance(data, dict) else {}
        entry = Entry(
            section, key, data, self.document, where, _status(data, status), article
        )
        whole = article is not None or section not in IN_ARTICLE
        if whole and not any(_inside(path, where, but) for path in self.broken):
            self.found.entries.setdefault(section, []).append(entry)
        return entry

    def _declare(self, section: str, key: str, where: Where) -> None:
        names = self.found.declared.setdefault(section, {})
        here = self.document.problem(where, f"“{key}” stands twice in {section}")
        if (first := names.setdefault(key, here)) is not here:
            place = f"first in {first.file}:{first.line}"
            self.found.problems.append(Problem(here.file, here.line, here.what, place))


def _inside(path: Where, where: Where, but: tuple[str, ...]) -> bool:
    """Whether `path` lies in the object at `where`, outside its parts named `but`."""
    if path[: len(where)] != where:
        return False
    return len(path) < len(where) + 2 or path[len(where)] not in but


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _status(data: Any, above: str) -> str:
    own = data.get("status") if isinstance(data, dict) else None
    return own if isinstance(own, str) else above


def each_article(
    found: CurationSet, section: str
) -> Iterator[tuple[Entry, list[Entry]]]:
    """The entries of a section of articles, article by article."""
    grouped: dict[int, tuple[Entry, list[Entry]]] = {}
    for entry in found.of(section):
        if entry.article is not None:
            grouped.setdefault(id(entry.article), (entry.article, []))[1].append(entry)
    return iter(grouped.values())
