"""Sent rows as one document of the curation format, and its problems as faults of rows.

So one definition of a row stands: curation.schema.json and the checks of
curation.format hold files and requests alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from curation.format.problems import Problem
from curation.format.reading import Document, Where

ARTICLES, CLAIMS, MENTIONS = "articles", "claims", "mentions"


@dataclass(frozen=True, slots=True)
class Sent:
    """One row as it was sent, with its fields as the format has them.

    `key` names it: a slug; of an article its sha256; of a mention the key of the actor.
    `article` is the sha256 of the article that a claim or a mention quotes.
    """

    section: str
    key: str
    fields: Mapping[str, Any]
    article: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row: the path inside it, what, and what would help.

    `row` counts from 0 in what was sent; None where no single row is to blame.
    """

    row: int | None
    where: Where
    what: str
    suggestion: str = ""

    def __str__(self) -> str:
        return self.what + (f" ({self.suggestion})" if self.suggestion else "")


class RowsRefusedError(Exception):
    """Nothing of what was sent can be stored as it is; carries every fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


@dataclass(slots=True)
class Sheet:
    """The document, and which row stands where in it.

    `states` are those that the rows and the articles around them have now, or begin
    with, by (section, key).
    """

    sent: Sequence[Sent]
    states: Mapping[tuple[str, str], str]
    document: Document = field(init=False)
    rows: dict[Where, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        data: dict[str, Any] = {"newsdb": 1}
        articles: dict[str, dict[str, Any]] = {}
        for number, row in enumerate(self.sent):
            if row.section in {ARTICLES, CLAIMS, MENTIONS}:
                self._in_article(articles, number, row)
            else:
                self._keyed(data, number, row)
        data[ARTICLES] = list(articles.values())
        self.document = Document("request", data)
        _number(self.document, (), data)

    def _keyed(self, data: dict[str, Any], number: int, row: Sent) -> None:
        where = (row.section, row.key)
        if where in self.rows:
            first = self.rows[where]
            what = f"“{row.key}” is sent twice: first in row {first}"
            self.faults.append(Fault(number, ("key",), what))
            return
        status = self.states[row.section, row.key]
        data.setdefault(row.section, {})[row.key] = {**row.fields, "status": status}
        self.rows[where] = number

    def _in_article(
        self, articles: dict[str, dict[str, Any]], number: int, row: Sent
    ) -> None:
        sha256 = row.article or row.key
        blank = {"sha256": sha256, "status": self.states[ARTICLES, sha256]}
        article = articles.setdefault(sha256, blank)
        position = list(articles).index(sha256)
        if row.section == ARTICLES:
            article |= row.fields
            self.rows[ARTICLES, position] = number
        elif row.section == CLAIMS:
            claims = article.setdefault(CLAIMS, [])
            self.rows[ARTICLES, position, CLAIMS, len(claims)] = number
            status = self.states[CLAIMS, row.key]
            claims.append({**row.fields, "key": row.key, "status": status})
        else:
            mentions = article.setdefault(MENTIONS, {}).setdefault(row.key, [])
            where = (ARTICLES, position, MENTIONS, row.key, len(mentions))
            self.rows[where] = number
            mentions.append({"status": "draft", **row.fields})

    def row_at(self, where: Where) -> tuple[int | None, Where]:
        """The row that a path of the document lies in, and the path inside it."""
        for length in range(len(where), 0, -1):
            if where[:length] in self.rows:
                return self.rows[where[:length]], where[length:]
        return None, where

    def fault(self, problem: Problem) -> Fault:
        """A problem of the document as a fault of the row that it is in."""
        places = {line: where for where, line in self.document.lines.items()}
        row, inside = self.row_at(places.get(problem.line, ()))
        return Fault(row, inside, problem.what, problem.suggestion)


def _number(document: Document, where: Where, value: Any) -> None:
    """Give every value a line of its own, so that a problem tells its path."""
    document.lines[where] = len(document.lines) + 1
    inside: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for name, each in inside:
        _number(document, (*where, name), each)
