"""Who took part in what a trigger tells of, and with which weapon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curation.extraction.documents import Span
from curation.extraction.events import clauses
from curation.extraction.events.triggers import Trigger, is_person, weapon_mode
from curation.extraction.findings import ActorMention, Finding, Participant
from curation.extraction.lexicon.event_verbs import DOES, NOUNS
from curation.extraction.lexicon.event_words import FIGHTERS, NOBODY, PEOPLE, STRUCTURES
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
_THINGS = frozenset({"LOC", "FAC", "EVENT", "PRODUCT"})
_VICTIM = ("of",)
_TARGET = ("on", "against", "at")
_AT = {"on", "against", "at", "in", "to", "near", "inside", "outside", "under"}
_AIMED = frozenset({"on", "against", "at", "to"})


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
            for party in self.parties(role, _told(head), paragraph):
                found.setdefault((role, party.span.start), party)
        return list(found.values())

    def _roles(self, trigger: Trigger) -> Iterator[tuple[str, Token]]:
        token, sense = trigger.token, trigger.sense
        if trigger.noun:
            yield from _of_noun(trigger)
            return
        charged = _charged(token)
        for head in charged or clauses.agents(token):
            yield "accused" if charged else sense.agent, head
        for head in clauses.patients(token):
            yield sense.patient, head
        if sense.type == "ASSAULT":
            for head in _struck(token):
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

    def bodies(self, name: Token, paragraph: Paragraph) -> Iterator[Party]:
        """The organisation that a word is part of the name of."""
        start = paragraph.start + name.idx
        at = bisect_right(self.starts, start) - 1
        if at < 0:
            return
        finding, fields = self.mentions[at]
        if finding.span.end <= start or fields.how not in _BY_NAME:
            return
        if fields.actor_kind in _NO_BODY:
            return
        yield _known("", finding.span, clauses.lemma(name), fields, paragraph)

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
    if head.ent_type_ in {"DATE", "TIME", "PERCENT", "MONEY"}:
        return False
    return role not in _ACTING or _may_act(head)


_BLAMING = frozenset({"attribute", "ascribe", "blame"})
_PLACED = frozenset({"press"})  # a Pentagon news conference is at the Pentagon
_BY_NAME = frozenset({"alias", "name", "acronym"})
_NO_BODY = frozenset({"person", "state", "population_group", "government_body"})
_KNOWN = frozenset({"the", "this", "these", "those", "his", "her", "their", "its"})
_ACCUSE = frozenset({"accuse", "suspect", "charge", "implicate", "involve", "convict"})
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


def _of_noun(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    """Participants around a nominal trigger: "attack by X on Y", "X's attack"."""
    noun, sense = trigger.token, trigger.sense
    for head in clauses.after(noun, "by"):
        yield sense.agent, head
    for child in noun.lefts:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            role = sense.patient if sense.patient == "victim" else sense.agent
            yield role, child
        elif sense.family not in _PLACED and _is_name(child):
            yield sense.agent, child
    yield from _towards(trigger)
    yield from _through_verb(trigger)


def _is_name(token: Token) -> bool:
    """Whether a modifier names a doer: "the guerrilla attack", "a US air strike"."""
    if token.dep_ not in {"compound", "amod", "nmod"}:
        return False
    if clauses.lemma(token) in FIGHTERS:
        return True
    if token.ent_type_ in {"GPE", "LOC", "FAC", "DATE"}:
        return False
    return token.pos_ == "PROPN" or token.ent_type_ in {"NORP", "ORG"}


def _struck(trigger: Token) -> Iterator[Token]:
    """The building or thing at which it happened: "exploded in front of a hotel"."""
    for child in trigger.rights:
        if child.dep_ == "dobj" and clauses.lemma(child) in NOBODY:
            of = _VICTIM if clauses.lemma(child) == "life" else ()
            yield from clauses.after(child, "to", *_TARGET, *of)
        if child.dep_ != "prep" or child.lower_ not in _AT:
            continue
        for head in clauses.objects(child):
            yield from _hit(child, head)


def _hit(preposition: Token, head: Token) -> Iterator[Token]:
    if clauses.lemma(head) in {"front", "engine", "door", "entrance", "vicinity"}:
        yield from clauses.after(head, "of")
        return
    aimed = preposition.lower_ in _AIMED and head.ent_type_ not in {"DATE", "TIME"}
    if aimed or clauses.lemma(head) in STRUCTURES:
        yield head


def _towards(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    noun, sense = trigger.token, trigger.sense
    if sense.agent == sense.patient:
        for head in clauses.after(noun, "between", "with", "against", "among"):
            yield sense.patient, head
        return
    for head in clauses.after(noun, *_TARGET):
        if head.ent_type_ != "DATE":
            yield sense.patient, head
    if sense.type == "ASSAULT":
        for head in _struck(noun):
            yield sense.patient, head
    for head in clauses.after(noun, *_VICTIM):
        yield sense.patient, head


def _through_verb(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    """Participants of "X carried out the attack", "claimed by X", "X is blamed for"."""
    noun, sense = trigger.token, trigger.sense
    for verb in _verbs_about(noun):
        yield from _from_verb(noun, verb, sense.agent)
    yield from _responsible(noun, sense.agent)


def _from_verb(noun: Token, verb: Token, agent: str) -> Iterator[tuple[str, Token]]:
    lemma = clauses.lemma(verb)
    if lemma in {"have", "reach"} and verb.dep_ == "relcl":
        for head in (*clauses.agents(verb), *clauses.after(verb, "with")):
            yield agent, head
    if noun.i not in [head.i for head in clauses.patients(verb)]:
        return
    if lemma in DOES or lemma == "claim":
        for head in clauses.agents(verb):
            yield (agent if lemma in DOES else "claimant"), head
    elif lemma in _BLAMING:
        for head in clauses.after(verb, "to", "on"):
            yield "accused", head


def _verbs_about(noun: Token) -> Iterable[Token]:
    if noun.head.pos_ == "VERB" and noun.dep_ in {"dobj", "nsubjpass", "nsubj"}:
        yield noun.head
    for child in noun.rights:
        if child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB":
            yield child


def _charged(verb: Token) -> list[Token]:
    """Those of whom the text says "X accused them of" doing it."""
    if verb.dep_ != "pcomp" or verb.head.lower_ not in {"of", "for", "with"}:
        return []
    charge = verb.head.head
    if charge.pos_ != "VERB" or clauses.lemma(charge) not in _ACCUSE | _BLAMING:
        return []
    return list(clauses.patients(charge))


def _responsible(noun: Token, agent: str) -> Iterator[tuple[str, Token]]:
    """ "claimed responsibility for the attack", "was responsible for the attack"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"for", "in", "of", "with"}:
        return
    above = noun.head.head
    if noun.head.lower_ != "for":
        yield from _involved(above)
        return
    if above.lower_ in {"responsibility", "credit"} and above.head.pos_ == "VERB":
        for head in clauses.agents(above.head):
            yield "claimant", head
    elif above.lower_ == "responsible" and above.head.pos_ in {"VERB", "AUX"}:
        for head in clauses.agents(above.head):
            yield agent, head
    elif above.lemma_ == "blame":
        for head in clauses.patients(above):
            yield "accused", head


def _involved(verb: Token) -> Iterator[tuple[str, Token]]:
    """Those of whom the text says "took part in", "is accused of" the trigger."""
    if verb.pos_ != "VERB":
        return
    lemma = clauses.lemma(verb)
    if lemma in _ACCUSE:
        for head in clauses.patients(verb):
            yield "accused", head
    elif lemma == "participate":
        for head in clauses.agents(verb):
            yield "accused", head
