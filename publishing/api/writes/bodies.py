"""Rows out of bodies, and faults of rows as errors of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actors.models import ActorIdentifier
from curation.coding.keys import free_slug, slug_of
from curation.format.entries import Entry
from curation.format.quotes import nearest_span
from curation.format.reading import Document
from curation.format.references import codes
from curation.format.structure import ids_of
from curation.storing import WRITTEN, Fault, Sent
from events.models import EventIdentifier, PlaceIdentifier
from publishing.api.writes.base import Error, error, escaped, unknown_members
from publishing.api.writes.described import entry_schema
from sources.models import Article, Term
from sources.numbers import is_number

MEMBERS = ("key", "article", "row", "etag")
_IDENTIFIERS: dict[str, tuple[Any, str]] = {
    "actors": (ActorIdentifier, "actor"),
    "places": (PlaceIdentifier, "place"),
    "events": (EventIdentifier, "event"),
}
_QUOTING = {"claims", "mentions"}
# As the curation format has it; the sha256 of an article looks alike.
_KEY = r"(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*"
_NO_KEY = "A key is lower-case letters, digits and single hyphens, at most 100."
FEW = 40  # values that are named; longer lists have an address of their own


def singular(kind: str) -> str:
    """What the format calls one object of a kind."""
    return kind.removesuffix("s")


@dataclass
class Bodies:
    """The rows of one request, all of one kind; what is wrong with each by its number.

    `sent` has None where a row cannot be read at all.
    """

    kind: str
    given: Sequence[Any]
    pointers: Sequence[str]
    sent: list[Sent | None] = field(default_factory=list)
    errors: dict[int, list[Error]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.articles = self._articles()
        self.owners = self._owners()
        self.taken: set[str] = set()
        self.used = self._used()
        for number, value in enumerate(self.given):
            self.sent.append(self._read(number, value))

    def _wrong(self, number: int, path: str, *args: Any) -> None:
        at = f"{self.pointers[number]}{path}"
        self.errors.setdefault(number, []).append(error(at, *args))

    def _read(self, number: int, value: Any) -> Sent | None:
        if not isinstance(value, dict):
            self._wrong(number, "", "Send an object: {“row”: {…}}.")
            return None
        pointer = self.pointers[number]
        if unknown := unknown_members(value, MEMBERS, pointer):
            self.errors.setdefault(number, []).extend(unknown)
        row = value.get("row")
        if not isinstance(row, dict):
            self._wrong(number, "/row", "Send the fields as an object here.")
            return None
        article = self._article(number, value)
        fields = dict(row)
        key = self._key(number, value, fields, article)
        if number in self.errors:
            return None
        return Sent(self.kind, key, fields, article)

    def _article(self, number: int, value: Mapping[str, Any]) -> str:
        named = value.get("article")
        if self.kind not in _QUOTING:
            if named is not None:
                what = f"An article is named for claims and mentions, not {self.kind}."
                self._wrong(number, "/article", what)
            return ""
        if named is None:
            self._wrong(number, "/article", "Say which article: its id or sha256.")
        elif (sha256 := self.articles.get(str(named))) is None:
            self._wrong(number, "/article", f"There is no article “{named}”.")
        else:
            return sha256
        return ""

    def _key(
        self,
        number: int,
        value: Mapping[str, Any],
        fields: dict[str, Any],
        of: str,
    ) -> str:
        """What names the row; made of its words where nobody says."""
        key = value.get("key")
        if key is not None and not isinstance(key, str):
            self._wrong(number, "/key", "A key is a text.")
            return ""
        if key and not re.fullmatch(_KEY, key):
            self._wrong(number, "/key", _NO_KEY)
            return ""
        if self.kind == "mentions" and not key:
            self._wrong(number, "/key", "Say which actor is meant: its key.")
        if self.kind == "articles" and not key:
            self._wrong(number, "/key", "Say which article: its sha256.")
        if key or number in self.errors or self.kind in {"mentions", "articles"}:
            return key or ""
        for scheme, each in _ids(fields):
            if owner := self.owners.get((scheme, each)):
                return owner
        return self._new_key(fields, of)

    def _new_key(self, fields: Mapping[str, Any], article: str) -> str:
        model, words = WRITTEN[self.kind], _words(self.kind, fields, article)
        key = made = slug_of(model, words)
        if made in self.used or self.kind == "claims":
            key = made = free_slug(model, words)
        again = 2
        while key in self.taken:
            key, again = f"{made}-{again}", again + 1
        self.taken.add(key)
        return key

    def _articles(self) -> dict[str, str]:
        """Id or sha256 → sha256, of all articles that are named; one query."""
        if self.kind not in _QUOTING:
            return {}
        named = {str(v.get("article")) for v in self.given if isinstance(v, dict)} - {
            "None"
        }
        numbers = {int(n) for n in named if is_number(n)}
        rows = Article.objects.filter(sha256__in=named) | Article.objects.filter(
            pk__in=numbers
        )
        found: dict[str, str] = {}
        for pk, sha256, text in rows.values_list("pk", "sha256", "text"):
            found |= {str(pk): sha256, sha256: sha256}
            self.texts[sha256] = text
        return found

    def _used(self) -> set[str]:
        """Of the keys that would be made, those that rows have; one query."""
        rows = [v for v in self.given if isinstance(v, dict) and not v.get("key")]
        fields = [v["row"] for v in rows if isinstance(v.get("row"), dict)]
        if not fields or self.kind in {"articles", "claims", "mentions"}:
            return set()
        model: Any = WRITTEN[self.kind]
        keys = {slug_of(model, _words(self.kind, each, "")) for each in fields}
        return set(model.objects.filter(slug__in=keys).values_list("slug", flat=True))

    def _owners(self) -> dict[tuple[str, str], str]:
        """(scheme, id) → key of the row that it names already; one query."""
        if self.kind not in _IDENTIFIERS:
            return {}
        model, owner = _IDENTIFIERS[self.kind]
        rows = (v.get("row") for v in self.given if isinstance(v, dict))
        ids = {pair for row in rows if isinstance(row, dict) for pair in _ids(row)}
        known = model.objects.filter(value__in={value for _, value in ids})
        return {
            (scheme.partition("/")[2], value): slug
            for scheme, value, slug in known.values_list(
                "scheme", "value", f"{owner}__slug"
            )
        }

    def of_fault(self, fault: Fault, number: int) -> Error:
        """A fault of row `number` as an error of the body."""
        steps = list(fault.where)
        sent = self.sent[number]
        assert sent is not None
        path = "/row" if steps[:1] != ["key"] else ""
        path += "".join(f"/{escaped(step)}" for step in steps)
        found = error(
            f"{self.pointers[number]}{path}", str(fault), _allowed(sent, steps)
        )
        text = self.texts.get(sent.article, "")
        quote = _at(sent.fields, steps)
        quoting = steps[-1:] == ["quote"] and isinstance(quote, str)
        if quoting and (span := nearest_span(text, quote)):
            found["nearest"] = passage_of(text, span)
        return found


def passage_of(text: str, span: tuple[int, int]) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "quote": text[slice(*span)]}


def _ids(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    ids = fields.get("ids")
    if isinstance(ids, dict):
        yield from ids_of(_entry("actors", "", {"ids": ids}))


def _entry(section: str, key: str, fields: Mapping[str, Any]) -> Entry:
    return Entry(section, key, dict(fields), Document("request"), (), "draft")


def _words(kind: str, fields: Mapping[str, Any], article: str) -> str:
    """What a new key is made of."""
    if kind == "claims":
        words = f"{article[:8]}-{fields.get('statement', '')}"[:60]
    elif kind == "relations":
        names = ("subject", "kind", "object")
        words = " ".join(str(fields.get(name, "")) for name in names)
    else:
        words = str(fields.get("title") or fields.get("name") or kind)
    return words.replace("_", " ")


def _at(value: Any, steps: Sequence[str | int]) -> Any:
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _allowed(sent: Sent, steps: Sequence[str | int]) -> list[Any]:
    """The values that may stand at a place: of the schema, or of its code list."""
    schema = _schema_at(entry_schema(singular(sent.section)), steps)
    if choices := schema.get("enum"):
        return list(choices)
    try:
        found = list(codes(_entry(sent.section, sent.key, sent.fields)))
    except (AttributeError, KeyError, TypeError):  # of another shape than the format's
        return []
    for code_list, code, where in found:
        if list(where) == list(steps):
            terms = Term.objects.filter(list=code_list, active=True)
            if code_list == "plover-mode":
                terms = terms.filter(code__startswith=f"{code.partition('.')[0]}.")
            known = [c.rpartition(".")[2] for c in terms.values_list("code", flat=True)]
            return known if len(known) <= FEW else []
    return []


def _schema_at(schema: Mapping[str, Any], steps: Sequence[str | int]) -> dict[str, Any]:
    """The part of a schema that holds for a place; empty where it says nothing."""
    at: Any = schema
    for step in steps:
        for way in (at, *at.get("anyOf", ())):
            inside = (
                way.get("items")
                if isinstance(step, int)
                else way.get("properties", {}).get(step)
            )
            if inside is not None:
                at = inside
                break
        else:
            return {}
    return dict(at)
