"""Who took part in what a trigger tells of, and with which weapon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curation.extraction.documents import Span
from curation.extraction.events import clauses
from curation.extraction.events.harm import charged, struck
from curation.extraction.events.nominal import of_noun
from curation.extraction.events.pronouns import meant
from curation.extraction.events.triggers import Trigger, is_person, weapon_mode
from curation.extraction.findings import ActorMention, Finding, Participant
from curation.extraction.lexicon.event_verbs import NOUNS
from curation.extraction.lexicon.event_words import FIGHTERS, NOBODY, PEOPLE
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})


@dataclass(frozen=True, slots=True)
class Party:
    """A participant with the words that name it and the head of these words.

    `named`: by a name, so that another name means somebody else. `new`: spoken of as
    not yet known ("a bus", "two peasants").
    """

    role: str
    span: Span
    head: str
    participant: Participant
    named: bool = False
    new: bool = False
    vague: bool = False

    @property
    def known(self) -> bool:
        return self.participant.cluster is not None

    def acting(self, role: str) -> Party:
        """The same words in another role."""
        return replace(
            self,
            role=role,
            span=replace(self.span, role=role),
            participant=replace(self.participant, role=role),
        )


class Cast:
    """Finds participants; holds the actor mentions of one reading by their place."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mentions = sorted(
            reading.of(ActorMention), key=lambda pair: pair[0].span.start
        )
        self.starts = [finding.span.start for finding, _ in self.mentions]

    def of(self, trigger: Trigger, paragraph: Paragraph) -> list[Party]:
        """The participants, each once, in the order agent, patient, others."""
        found: dict[tuple[str, int], Party] = {}
        for role, head in self._roles(trigger):
            told = meant(_told(head))
            if told is None:
                continue
            for each in (told, *clauses.named(told)):
                for party in self.parties(role, each, paragraph):
                    found.setdefault((role, party.span.start), party)
        return list(found.values())

    def _roles(self, trigger: Trigger) -> Iterator[tuple[str, Token]]:
        token, sense = trigger.token, trigger.sense
        if trigger.noun:
            yield from of_noun(trigger)
            return
        accused = charged(token)
        for head in accused or clauses.agents(token):
            yield "accused" if accused else sense.agent, head
        for head in clauses.patients(token):
            yield sense.patient, head
        if sense.type == "ASSAULT":
            for head in struck(token):
                yield sense.patient, head
        if sense.agent == sense.patient:
            for head in clauses.after(token, "with", "between", "against"):
                yield sense.patient, head

    def parties(self, role: str, head: Token, paragraph: Paragraph) -> Iterator[Party]:
        """The participants that a noun phrase with this head names."""
        first, last = clauses.phrase(head)
        span = paragraph.between(first, last, role)
        lemma = clauses.lemma(head)
        within = self._mentions(span)
        if len(within) > 1 and any(child.dep_ == "cc" for child in head.children):
            for finding, fields in within:
                yield _known(role, finding.span, lemma, fields, paragraph)
            return
        start = paragraph.start + head.idx
        own = [
            each for each in within if each[0].span.start <= start < each[0].span.end
        ]
        if own:
            yield _known(role, _with(span, own[0][0].span), lemma, own[0][1], paragraph)
        elif _may_be(role, head):
            yield _described(role, span, head, alone=first == last)

    def bodies(self, start: int, paragraph: Paragraph) -> Iterator[Party]:
        """The organisation that the word at `start` is part of the name of."""
        at = bisect_right(self.starts, start) - 1
        if at < 0:
            return
        finding, fields = self.mentions[at]
        if finding.span.end <= start or fields.how not in _BY_NAME:
            return
        if fields.actor_kind in _NO_BODY:
            return
        head = finding.span.text.split()[-1].casefold()
        yield _known("", finding.span, head, fields, paragraph)

    def _mentions(self, span: Span) -> list[tuple[Finding, ActorMention]]:
        """The actors that are named in these words, without mere places."""
        low, high = (bisect_left(self.starts, at) for at in (span.start, span.end))
        return [each for each in self.mentions[low:high] if each[1].acts]


def _with(span: Span, name: Span) -> Span:
    """The phrase with the whole of a name that the parse cut off."""
    return replace(span, start=min(span.start, name.start), end=max(span.end, name.end))


def _known(
    role: str, span: Span, lemma: str, fields: ActorMention, paragraph: Paragraph
) -> Party:
    """A participant whom an actor mention names."""
    words = paragraph.document.span(span.start, span.end, role)
    known = Participant(role, fields.name, fields.cluster, fields.actor)
    return Party(role, words, lemma, known, named=True)


def _described(role: str, span: Span, head: Token, *, alone: bool) -> Party:
    """A participant of whom the text has only these words."""
    name = head.pos_ == "PROPN" and clauses.lemma(head) not in PEOPLE
    new = not any(child.lower_ in _KNOWN for child in head.lefts)
    words = Participant(role, span.text)
    return Party(role, span, clauses.lemma(head), words, name, new, alone and not name)


def _may_be(role: str, head: Token) -> bool:
    """Whether a noun can name a participant."""
    lemma = clauses.lemma(head)
    if head.pos_ not in _NOMINAL and lemma not in FIGHTERS:
        return False
    if lemma in NOBODY or lemma in NOUNS or weapon_mode(head):
        return False
    if role == "target" and (head.like_num or head.text.isdigit()):
        return False  # "the attack at 1835"
    if head.ent_type_ in {"DATE", "TIME", "PERCENT", "MONEY"}:
        return False
    return role not in _ACTING or _may_act(head)


_BY_NAME = frozenset({"alias", "name", "acronym"})
_NO_BODY = frozenset(
    {"person", "state", "population_group", "government_body", "military", "outlet"}
)
_KNOWN = frozenset({"the", "this", "these", "those", "his", "her", "their", "its"})
_ACTING = frozenset({"perpetrator", "initiator", "participant", "speaker"})


def _told(head: Token) -> Token:
    """Who is meant: of "X, the man who …" X, of "a number of soldiers" the soldiers."""
    if head.dep_ == "appos" and head.head.pos_ == "PROPN":
        return head.head
    return clauses.counted(head)


def _may_act(head: Token) -> bool:
    return is_person(head) or (
        head.pos_ == "PROPN"
        and head.ent_type_ not in {"LOC", "FAC", "EVENT", "PRODUCT"}
    )
