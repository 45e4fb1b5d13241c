"""Offices of persons: "Defence secretary Lloyd Austin", "X, an analyst at the Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from curation.extraction.context import Context
from curation.extraction.documents import Span
from curation.extraction.findings import ActorMention, Finding, Office
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.lexicon.titles import (
    HONORIFICS,
    LOWERING,
    OFFICE_WORDS,
    OFFICES,
    RANKS,
    RULERS,
)
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OF = frozenset({"of", "at", "for", "in", "with", "to", "from"})
_ARTICLES = frozenset({"the", "a", "an", "its", "one", "'s", "'"})
_COPULAS = frozenset({"is", "was", "became", "remains"})
_HEADING = frozenset({"heads", "headed", "leads", "led", "runs", "ran", "chairs"})
_ASIDE = 4  # tokens of "second right," or "54," between a name and what he is
_LONGEST = 12  # tokens of a title and what stands before it
_NOUNS = frozenset(OFFICES) | RANKS
# A rank or a place of work says something only together with what it is of.
_NEED_ORGANISATION = frozenset({"works_for", "founded", "member_of"})


@dataclass(frozen=True, slots=True)
class _Actor:
    """A mention by its tokens: `first` to before `end`."""

    first: int
    end: int
    fields: ActorMention
    span: Span


@dataclass(frozen=True, slots=True)
class _Held:
    """Offices found: tokens of their nouns, from where on they are told, of whom."""

    nouns: tuple[int, ...]
    start: int
    end: int
    of: _Actor | None = None
    words: str = ""
    country: str | None = None
    tail: int | None = None  # the last token of "Secretary of State", if it goes on


class Offices:
    """What offices persons hold and for whom they work, beside their names."""

    name = "offices"
    version = "1"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        states = _states(reading)
        said: set[tuple[object, ...]] = set()
        for paragraph in reading.paragraphs:
            actors = _actors(reading, paragraph)
            for actor in actors:
                if (
                    actor.fields.actor_kind == "person"
                    and actor.fields.how != "pronoun"
                ):
                    country = _country_of(actor.fields, reading.context)
                    beside = _Beside(paragraph, actors, states, country)
                    for finding in beside.findings(actor):
                        if (key := _key(finding)) not in said:
                            said.add(key)
                            yield finding


def _key(finding: Finding) -> tuple[object, ...]:
    """What makes a second finding a repetition of the first."""
    office = finding.fields
    assert isinstance(office, Office)
    return office.person, office.relation, office.organisation, office.title.lower()


def _states(reading: Reading) -> dict[str, int]:
    """The clusters of the states named in the article, by country code."""
    found: dict[str, int] = {}
    for _, fields in reading.of(ActorMention):
        country = _country_of(fields, reading.context)
        if country and fields.actor_kind == "state":
            found.setdefault(country, fields.cluster)
    return found


def _country_of(fields: ActorMention, context: Context) -> str | None:
    known = context.by_key.get(fields.actor or "")
    return known.country if known else None


def _actors(reading: Reading, paragraph: Paragraph) -> list[_Actor]:
    found = []
    for finding, fields in reading.of(ActorMention):
        if paragraph.start <= finding.span.start < paragraph.end:
            tokens = paragraph.tokens(finding.span.start, finding.span.end)
            if tokens is not None:
                found.append(_Actor(tokens.start, tokens.end, fields, finding.span))
    return found


@dataclass(frozen=True)
class _Beside:
    """Reads what stands before and behind the persons of one paragraph."""

    paragraph: Paragraph
    actors: Sequence[_Actor]
    states: dict[str, int]
    country: str | None  # of the person

    @property
    def doc(self) -> Doc:
        return self.paragraph.doc

    @cached_property
    def starting(self) -> dict[int, _Actor]:
        return {a.first: a for a in self.actors if a.fields.actor_kind != "person"}

    @cached_property
    def ending(self) -> dict[int, _Actor]:
        return {a.end: a for a in self.actors if a.fields.actor_kind != "person"}

    def findings(self, person: _Actor) -> Iterator[Finding]:
        for rule, held in (
            ("title", self.before(person)),
            ("apposition", self.behind(person)),
        ):
            if held is not None:
                for noun in held.nouns:
                    yield from self._finding(rule, person, held, noun)
        yield from self._heading(person)

    # --- "US Army General Mark Milley" ---------------------------------------------

    def before(self, person: _Actor) -> _Held | None:
        """The title in front of the name, read backwards."""
        doc, at = self.doc, person.first - 1
        nouns: list[int] = []
        of, country, tail = None, None, None
        while at >= 0 and person.first - at <= _LONGEST:
            word = doc[at].lower_.rstrip(".")
            if actor := self.ending.get(at + 1):
                of, at = of or actor, actor.first - 1
                continue
            if word in _NOUNS and not (nouns and doc[at + 1].is_punct):
                nouns.append(at)
            elif doc[at].text in ADJECTIVES:
                country = ADJECTIVES[doc[at].text]
            elif (noun := self._noun_with_of(at)) is not None and not nouns:
                nouns.append(noun)
                tail, at = at, noun
            elif not (
                word in OFFICE_WORDS or word in HONORIFICS or word in {"'s", "-"}
            ):
                break
            at -= 1
        if not nouns:
            return None
        return _Held((nouns[0],), at + 1, person.end, of, "", country, tail)

    def _noun_with_of(self, at: int) -> int | None:
        """The noun in "Secretary of State", "Minister for the Middle East"."""
        doc = self.doc
        for index in range(at, max(at - 6, 0), -1):
            word = doc[index].lower_
            if word in {"of", "for"} and doc[index - 1].lower_ in OFFICES:
                return index - 1 if doc[index - 1].text[0].isupper() else None
            if not (doc[index].text[0].isupper() or word in {"the", "and"}):
                return None
        return None

    # --- "Abdul Sayed, an analyst at X" --------------------------------------------

    def behind(self, person: _Actor) -> _Held | None:
        """The apposition behind the name, also after a short aside."""
        doc, at = self.doc, person.end
        if at + 1 >= len(doc):
            return None
        if doc[at].lower_ in _COPULAS:
            return self._phrase(at + 1)
        if doc[at].text not in {",", "(", "-", "–", "—"}:
            return None
        if held := self._phrase(at + 1):
            return held
        for index in range(at + 1, min(at + 2 + _ASIDE, len(doc))):
            if doc[index].text == ",":
                return self._phrase(index + 1)
        return None

    def _phrase(self, start: int) -> _Held | None:
        """The offices told from the token `start` on."""
        doc, at = self.doc, start
        nouns: list[int] = []
        of, country = None, None
        while at < len(doc) and at - start <= _LONGEST:
            token = doc[at]
            if actor := self.starting.get(at):
                actor = self._owned(actor)
                of, at = of or actor, actor.end
                continue
            if token.lower_ in OFFICES:
                nouns.append(at)
            elif token.text in ADJECTIVES:
                country = ADJECTIVES[token.text]
            elif not self._goes_on(token, nouns):
                break
            at += 1
        if not nouns:
            return None
        return self._of(_Held(tuple(nouns), start, at, of, country=country))

    def _goes_on(self, token: Token, nouns: list[int]) -> bool:
        """Whether a word may stand inside the names of offices."""
        if token.lower_ == "and":
            ahead = token.doc[token.i + 1 : token.i + 5]
            return bool(nouns) and any(t.lower_ in OFFICES for t in ahead)
        if token.lower_ in _ARTICLES or token.text == "-":
            return True
        return token.pos_ in {"ADJ", "NOUN", "PROPN", "NUM", "X", "ADV"} and not (
            nouns and token.i - 1 in nouns and token.text[0].isupper()
        )

    def _of(self, held: _Held) -> _Held:
        """With the organisation behind "of", "at", "for"."""
        doc, at = self.doc, held.end
        if at >= len(doc) or doc[at].lower_ not in _OF or held.of is not None:
            return held
        for index in range(at + 1, min(at + 5, len(doc))):
            if actor := self.starting.get(index):
                actor = self._owned(actor)
                return replace(held, end=actor.end, of=actor)
            if doc[index].is_punct:
                break
        end = next(
            (t.i for t in doc[at : at + 9] if t.is_punct or t.pos_ in {"VERB", "AUX"}),
            min(at + 9, len(doc)),
        )
        words = doc[at + 1 : end].text
        return replace(held, end=max(end, at), words=words)

    def _owned(self, actor: _Actor) -> _Actor:
        """What a possessive owns: the council in "Afghanistan's … Council"."""
        if actor.end < len(self.doc) and self.doc[actor.end].text in {"'s", "'"}:
            return self.starting.get(actor.end + 1, actor)
        return actor

    # --- "X, who heads the Y" ------------------------------------------------------

    def _heading(self, person: _Actor) -> Iterator[Finding]:
        doc, at = self.doc, person.end
        if at < len(doc) and doc[at].text == ",":
            at += 1
        if at + 2 >= len(doc) or doc[at].lower_ != "who":
            return
        if doc[at + 1].lower_ not in _HEADING:
            return
        for index in range(at + 2, min(at + 5, len(doc))):
            if actor := self.starting.get(index):
                held = _Held((at + 1,), at, actor.end, actor)
                yield from self._finding("who-heads", person, held, at + 1)
                return

    # --- findings ------------------------------------------------------------------

    def _finding(
        self, rule: str, person: _Actor, held: _Held, noun: int
    ) -> Iterator[Finding]:
        first = self._title_start(held.start, noun)
        relation = self._relation(first, noun)
        cluster, words = self._organisation(held, relation)
        if cluster is None and not words and self._rules(noun):
            cluster, rule = self.states.get(self.country or ""), f"{rule}-own-country"
        elif cluster is None and not words:
            if relation in _NEED_ORGANISATION:
                return
            rule += "-alone"
        elif cluster is None:
            if relation in _NEED_ORGANISATION - {"works_for"}:
                return
            rule += "-of-words"
        last = noun if held.tail is None else held.tail
        title = self.doc[first : last + 1].text if rule != "who-heads" else "head"
        start = min(held.start, person.first)
        end = max(held.end, person.end)
        spans = [
            self.paragraph.between(self.doc[start], self.doc[end - 1]),
            _with_role(person.span, "person"),
            self.paragraph.between(self.doc[first], self.doc[last], "title"),
        ]
        if held.of is not None:
            spans.append(_with_role(held.of.span, "organisation"))
        yield Finding(
            Office(relation, person.fields.cluster, cluster, title, words),
            tuple(spans),
            f"office.{rule}",
            _WHY[rule.split("-")[0]].format(title=title, name=person.span.text),
        )

    def _rules(self, noun: int) -> bool:
        """Whether the noun says that somebody leads the state he is from."""
        before = self.doc[noun - 1].lower_ if noun else ""
        word = self.doc[noun].lower_
        rules = word in RULERS or (word == "minister" and before == "prime")
        return rules and self.country in self.states

    def _title_start(self, start: int, noun: int) -> int:
        """Where the title begins: behind articles, names and other offices."""
        first = noun
        while first > start:
            token = self.doc[first - 1]
            named = any(a.first < first <= a.end for a in self.actors)
            if named or token.lower_ in _ARTICLES or token.lower_ in {"and", ","}:
                break
            if token.text in ADJECTIVES or (
                token.lower_ in OFFICES and token.lower_ not in LOWERING
            ):
                break
            first -= 1
        return first

    def _relation(self, first: int, noun: int) -> str:
        word = self.doc[noun].lower_.rstrip(".")
        if word in _HEADING:
            return "leads"
        relation = OFFICES.get(word, "member_of")
        lower = any(t.lower_ in LOWERING for t in self.doc[first:noun])
        return "holds_office_in" if lower and relation == "leads" else relation

    def _organisation(self, held: _Held, relation: str) -> tuple[int | None, str]:
        if held.of is not None:
            return held.of.fields.cluster, held.of.span.text
        # "Afghan analyst" is where he comes from, "Afghan president" what he leads.
        if held.country in self.states and relation != "works_for":
            return self.states[held.country], ""
        return None, held.words


_WHY = {
    "title": "“{title}” stands before the name {name}",
    "apposition": "“{title}” explains who {name} is",
    "who": "{name} is said to head it",
}


def _with_role(span: Span, role: str) -> Span:
    return replace(span, role=role)
