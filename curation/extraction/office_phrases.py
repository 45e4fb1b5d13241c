"""What stands before and behind a person's name and says what the person is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from curation.extraction.documents import Span
from curation.extraction.findings import ActorMention
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.lexicon.titles import (
    HONORIFICS,
    LOWERING,
    OFFICE_WORDS,
    OFFICES,
    RANKS,
)
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HEADING = frozenset({"heads", "headed", "leads", "led", "runs", "ran", "chairs"})
_OF = frozenset({"of", "at", "for", "in", "with", "to", "from"})
_ARTICLES = frozenset({"the", "a", "an", "its", "one", "'s", "'"})
_COPULAS = frozenset({"is", "was", "became", "remains"})
_ASIDE = 4  # tokens of "second right," or "54," between a name and what he is
_LONGEST = 12  # tokens of a title and what stands before it
_NOUNS = frozenset(OFFICES) | RANKS


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention by its tokens: `first` to before `end`."""

    first: int
    end: int
    fields: ActorMention
    span: Span


@dataclass(frozen=True, slots=True)
class Held:
    """Offices told from `start` to before `end`: the tokens of their nouns.

    `of` is the mention, `words` the words for what they are of, `country` the code of
    an adjective among them. `tail` is the last token of "Secretary of State".
    """

    nouns: tuple[int, ...]
    start: int
    end: int
    of: Actor | None = None
    words: str = ""
    country: str | None = None
    tail: int | None = None


@dataclass(frozen=True)
class Phrases:
    """Reads what stands before and behind the persons of one paragraph."""

    paragraph: Paragraph
    actors: Sequence[Actor]

    @property
    def doc(self) -> Doc:
        return self.paragraph.doc

    @cached_property
    def starting(self) -> dict[int, Actor]:
        return {a.first: a for a in self.actors if a.fields.actor_kind != "person"}

    @cached_property
    def ending(self) -> dict[int, Actor]:
        return {a.end: a for a in self.actors if a.fields.actor_kind != "person"}

    @cached_property
    def persons(self) -> set[int]:
        return {a.first for a in self.actors if a.fields.actor_kind == "person"}

    @cached_property
    def named(self) -> set[int]:
        """The tokens of all mentions."""
        return {i for a in self.actors for i in range(a.first, a.end)}

    # --- "US Army General John Smith" ----------------------------------------------

    def before(self, person: Actor) -> Held | None:
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
        return Held((nouns[0],), at + 1, person.end, of, "", country, tail)

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

    # --- "Ann Ash, an analyst at X" ------------------------------------------------

    def behind(self, person: Actor) -> Held | None:
        """The apposition behind the name, also after a short aside."""
        doc, at = self.doc, person.end
        if at + 1 >= len(doc):
            return None
        if doc[at].text not in {",", "(", "-", "–", "—"}:
            return None
        if held := self._phrase(at + 1):
            return held
        for index in range(at + 1, min(at + 2 + _ASIDE, len(doc))):
            if doc[index].text == ",":
                return self._phrase(index + 1)
        return None

    def _phrase(self, start: int) -> Held | None:
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
        if not nouns or at in self.persons:  # then it is the next person's title
            return None
        return self._of(Held(tuple(nouns), start, at, of, country=country))

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

    def _of(self, held: Held) -> Held:
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

    def _owned(self, actor: Actor) -> Actor:
        """What a possessive owns: the council in "Afghanistan's … Council"."""
        if actor.end < len(self.doc) and self.doc[actor.end].text in {"'s", "'"}:
            return self.starting.get(actor.end + 1, actor)
        return actor

    def being(self, person: Actor) -> Held | None:
        """What the person is said to be: "X is the head of Y"."""
        at = person.end
        if at + 1 < len(self.doc) and self.doc[at].lower_ in _COPULAS:
            return self._phrase(at + 1)
        return None

    # --- "X, who heads the Y" ------------------------------------------------------

    def heading(self, person: Actor) -> Held | None:
        """What the person is said to lead, in a relative clause."""
        doc, at = self.doc, person.end
        if at < len(doc) and doc[at].text == ",":
            at += 1
        if at + 2 >= len(doc) or doc[at].lower_ != "who":
            return None
        if doc[at + 1].lower_ not in HEADING:
            return None
        for index in range(at + 2, min(at + 5, len(doc))):
            if actor := self.starting.get(index):
                return Held((at + 1,), at, actor.end, actor)
        return None

    def title_start(self, start: int, noun: int) -> int:
        """Where the title begins: behind articles, names and other offices."""
        first = noun
        while first > start:
            token = self.doc[first - 1]
            if (
                first - 1 in self.named
                or token.lower_ in _ARTICLES
                or token.lower_ in {"and", ","}
            ):
                break
            if token.text in ADJECTIVES or (
                token.lower_ in OFFICES and token.lower_ not in LOWERING
            ):
                break
            first -= 1
        return first
