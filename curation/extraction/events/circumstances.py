"""When and where what a trigger tells of happened, and which figures go with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from curation.extraction.events.triggers import Trigger
from curation.extraction.findings import (
    ActorMention,
    DateMention,
    Figure,
    Finding,
    PlaceMention,
)
from curation.extraction.lexicon.event_words import LOCATIVE
from curation.extraction.reading import Reading, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset({"conj", "relcl", "advcl", "ccomp", "acl"})
_CLAUSE = 4
_NEVER = 99

F = TypeVar("F")
Found = tuple[Finding, F]

MEASURES: dict[str, frozenset[str]] = {
    "violence": frozenset({"killed", "injured", "attacks", "devices"}),
    "defeat": frozenset({"killed", "injured", "captured"}),
    "abduction": frozenset({"abducted", "captured"}),
    "arrest": frozenset({"arrested", "captured"}),
    "release": frozenset({"released"}),
    "evacuation": frozenset({"evacuated", "awaiting_evacuation"}),
    "deployment": frozenset({"deployed"}),
    "talks": frozenset({"meetings"}),
    "seizure": frozenset({"equipment", "devices"}),
    "destruction": frozenset({"equipment"}),
    "joining": frozenset({"recruited"}),
}
_FAR = 8  # steps in the tree; what is farther belongs to something else


class Nearby(Generic[F]):
    """Findings of one kind in the order of the text."""

    def __init__(self, reading: Reading, kind: type[F]) -> None:
        self.found: list[Found[F]] = sorted(
            reading.of(kind), key=lambda pair: pair[0].span.start
        )
        self.starts = [finding.span.start for finding, _ in self.found]

    def within(self, start: int, end: int) -> Sequence[Found[F]]:
        return self.found[
            bisect_left(self.starts, start) : bisect_left(self.starts, end)
        ]


class Circumstances:
    """Dates, places and figures of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.dates = Nearby(reading, DateMention)
        self.places = Nearby(reading, PlaceMention)
        self.figures = Nearby(reading, Figure)
        self.acting = {
            finding.span.start for finding, who in reading.of(ActorMention) if who.acts
        }

    def date(self, trigger: Trigger, sentence: Sentence) -> Found[DateMention] | None:
        """The nearest date of the sentence, by steps in the parse."""
        steps = Steps(trigger.token)
        return _nearest(self.dates, sentence, steps)

    def place(self, trigger: Trigger, sentence: Sentence) -> Found[PlaceMention] | None:
        """The nearest place of the sentence that something can happen at."""
        steps = Steps(trigger.token)
        best: tuple[int, int, Found[PlaceMention]] | None = None
        for found in self.places.within(sentence.start, sentence.end):
            token = _token(sentence, found[0])
            if found[0].span.start in self.acting:
                continue  # "US talks" are not in the United States
            if token is None or not _located(token, trigger.token):
                continue
            distance = steps.to(token)
            if best is None or distance < best[0]:
                best = (distance, token.i, found)
        return best[2] if best and best[0] <= _FAR else None

    def counted(self, trigger: Trigger, sentence: Sentence) -> list[Found[Figure]]:
        """The figures of the sentence that measure this kind of event."""
        wanted = MEASURES.get(trigger.sense.family, frozenset())
        return [
            found
            for found in self.figures.within(sentence.start, sentence.end)
            if found[1].measure in wanted
        ]


class Steps:
    """How many steps of the parse tree lie between one token and others."""

    def __init__(self, token: Token) -> None:
        self.above = {token.i: 0}
        distance = 0
        for below, ancestor in pairwise((token, *token.ancestors)):
            distance += _cost(below)
            self.above[ancestor.i] = distance

    def to(self, token: Token) -> int:
        distance = 0
        for below, ancestor in pairwise((token, *token.ancestors)):
            if below.i in self.above:
                return distance + self.above[below.i]
            distance += _cost(below)
            if ancestor.i in self.above:
                return distance + self.above[ancestor.i]
        return self.above.get(token.i, _NEVER)


def _cost(token: Token) -> int:
    """Steps from a word to its head; out of a clause it is farther."""
    return _CLAUSE if token.dep_ in _CLAUSES and token.pos_ in {"VERB", "AUX"} else 1


def _nearest(near: Nearby[F], sentence: Sentence, steps: Steps) -> Found[F] | None:
    best: tuple[int, Found[F]] | None = None
    for found in near.within(sentence.start, sentence.end):
        token = _token(sentence, found[0])
        if token is None:
            continue
        distance = steps.to(token)
        if best is None or distance < best[0]:
            best = (distance, found)
    return best[1] if best and best[0] <= _FAR else None


def _token(sentence: Sentence, finding: Finding) -> Token | None:
    span = finding.span
    tokens = sentence.paragraph.tokens(span.start, span.end)
    return tokens.root if tokens is not None else None


def _located(token: Token, trigger: Token) -> bool:
    """Whether a place name says where: after a preposition, or before the trigger."""
    current = token
    for _ in range(4):
        if current.dep_ == "pobj":
            return current.head.lower_ in LOCATIVE
        if current.dep_ in {"compound", "poss", "nmod", "amod"}:
            if current.head == trigger:
                return True
        elif current.dep_ not in {"appos", "conj", "npadvmod", "dobj"}:
            return False
        if current.head == current:
            return False
        if current.dep_ == "dobj":
            return True
        current = current.head
    return False
