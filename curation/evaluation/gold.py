"""What people coded, read from curation files: the yardstick for the seeds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from curation.extraction.context import KnownActor, Name
from curation.extraction.documents import Document
from curation.format import reading
from curation.format.entries import CurationSet, Entry, collect
from curation.format.known import Known
from curation.format.passages import Passage, Passages


@dataclass(frozen=True, slots=True)
class GoldMention:
    """That `start` to `end` names the actor with this key."""

    actor: str
    start: int
    end: int


@dataclass(frozen=True)
class GoldClaim:
    """A coded claim: `data` as docs/curation-format.md has it, and its passages."""

    key: str
    data: dict[str, Any]
    spans: tuple[tuple[int, int], ...]


@dataclass
class GoldArticle:
    """One coded article."""

    document: Document
    key: str
    data: dict[str, Any]
    mentions: list[GoldMention] = field(default_factory=list)
    claims: list[GoldClaim] = field(default_factory=list)


@dataclass
class Gold:
    """A set of coded articles and the actors, events and places they speak of."""

    articles: list[GoldArticle]
    found: CurationSet

    @cached_property
    def actors(self) -> dict[str, KnownActor]:
        """All coded actors with their names, by key."""
        return {entry.key: known_actor(entry) for entry in self.found.of("actors")}

    @cached_property
    def events(self) -> dict[str, dict[str, Any]]:
        return {entry.key: entry.data for entry in self.found.of("events")}

    @cached_property
    def places(self) -> dict[str, dict[str, Any]]:
        return {entry.key: entry.data for entry in self.found.of("places")}

    @cached_property
    def relations(self) -> dict[str, dict[str, Any]]:
        return {entry.key: entry.data for entry in self.found.of("relations")}


def known_actor(entry: Entry) -> KnownActor:
    """An actor of a curation file with all its names."""
    names = [Name(entry.data["name"], "official")]
    names += [Name(alias["name"], alias["kind"]) for alias in entry.items("aliases")]
    return KnownActor(
        entry.key,
        entry.data["name"],
        entry.data["kind"],
        entry.get("country"),
        tuple(names),
    )


def read_actors(*folders: Path) -> list[KnownActor]:
    """The actors of curation files, later folders over earlier ones."""
    actors: dict[str, KnownActor] = {}
    for folder in folders:
        for entry in _collected(folder).of("actors"):
            actors[entry.key] = known_actor(entry)
    return list(actors.values())


def read_gold(folder: Path, articles: Path) -> Gold:
    """The coded articles of `folder`, their texts from the .txt files of `articles`.

    Raises ValueError that names what does not fit.
    """
    found = _collected(folder)
    texts = {
        hashlib.sha256(text.encode()).hexdigest(): text
        for path in sorted(articles.glob("*.txt"))
        for text in [path.read_bytes().decode()]
    }
    passages = Passages(found, Known(texts=texts))
    passages.locate()
    if passages.problems:
        raise ValueError("\n".join(str(problem) for problem in passages.problems))
    gold = [_article(entry, texts[entry.key]) for entry in found.of("articles")]
    by_sha256 = {
        entry.key: a for entry, a in zip(found.of("articles"), gold, strict=True)
    }
    for entry in found.of("mentions"):
        _of(entry, by_sha256).mentions += [
            GoldMention(entry.key, passage.start, passage.end)
            for passage in passages.of[entry]
        ]
    for entry in found.of("claims"):
        article = _of(entry, by_sha256)
        spans = _own(entry, passages.of[entry])
        article.claims.append(GoldClaim(entry.key, entry.data, spans))
    return Gold(gold, found)


def _collected(folder: Path) -> CurationSet:
    paths, problems = reading.find([folder])
    found = collect(reading.read(path) for path in paths)
    if problems := [*problems, *found.problems]:
        raise ValueError("\n".join(str(problem) for problem in problems))
    return found


def _article(entry: Entry, text: str) -> GoldArticle:
    key = entry.data["key"]
    return GoldArticle(Document.of_text(key, text), key, entry.data)


def _of(entry: Entry, articles: dict[str, GoldArticle]) -> GoldArticle:
    assert entry.article is not None
    return articles[entry.article.key]


def _own(entry: Entry, passages: Sequence[Passage]) -> tuple[tuple[int, int], ...]:
    """The passages in the claim's own article."""
    assert entry.article is not None
    own = entry.article.key
    return tuple((p.start, p.end) for p in passages if p.sha256 == own)
