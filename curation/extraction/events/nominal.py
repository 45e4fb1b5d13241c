"""Who took part in what a noun tells of: "the attack by X on Y", "X carried it out"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from curation.extraction.events import clauses
from curation.extraction.events.harm import charged, charging, struck
from curation.extraction.events.triggers import Trigger
from curation.extraction.lexicon.event_triggers import Sense
from curation.extraction.lexicon.event_verbs import DOER_NOUNS, DOES
from curation.extraction.lexicon.event_words import ACCUSING, BLAMING, FIGHTERS

if TYPE_CHECKING:
    from spacy.tokens import Token

_VICTIM = ("of",)
_TARGET = ("on", "against", "at")
_PREPOSITIONS = frozenset({"for", "in", "of", "with", "to"})
_UNDERGO = frozenset({"escape", "survive", "suffer"})
_TARGETED = frozenset({"target", "victim", "object"})
_RESULT = frozenset({"result", "consequence", "course"})
_DIE = frozenset({"die", "perish"})
_GUILTY = frozenset({"responsible", "guilty"})
_PART = frozenset(
    {"involvement", "participation", "complicity", "role", "part", "responsibility"}
)
_PLACED = frozenset({"press"})  # a Pentagon news conference is at the Pentagon


def of_noun(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    """Participants around a nominal trigger: "attack by X on Y", "X's attack"."""
    noun, sense = trigger.token, trigger.sense
    if clauses.lemma(noun) in DOER_NOUNS:
        yield sense.agent, noun
        for head in clauses.after(noun, "of"):
            yield sense.patient, head
        return
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
        for head in struck(noun):
            yield sense.patient, head
    for head in clauses.after(noun, *_VICTIM):
        yield sense.patient, head


def _through_verb(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    """Participants of "X carried out the attack", "claimed by X", "X is blamed for"."""
    noun, sense = trigger.token, trigger.sense
    for verb in _verbs_about(noun):
        yield from _from_verb(noun, verb, sense)
    yield from _responsible(noun, sense.agent)
    if sense.agent != sense.patient:
        for head in undergoing(noun):
            yield sense.patient, head


def _from_verb(noun: Token, verb: Token, sense: Sense) -> Iterator[tuple[str, Token]]:
    lemma = clauses.lemma(verb)
    agent = sense.agent
    if lemma in {"have", "reach"} and verb.dep_ == "relcl":
        for head in (*clauses.agents(verb), *clauses.after(verb, "with")):
            yield agent, head
    if noun.i not in [head.i for head in clauses.patients(verb)]:
        return
    if lemma in DOES:
        accused = charged(verb)
        for head in accused or clauses.agents(verb):
            yield "accused" if accused else agent, head
        yield from _aimed(verb, sense)
    elif lemma == "claim":
        for head in clauses.agents(verb):
            yield "claimant", head
    elif lemma in BLAMING:
        for head in clauses.after(verb, "to", "on"):
            yield "accused", head


def undergoing(noun: Token) -> Iterator[Token]:
    """ "X died in the attack", "as a result of it", "was its target", "escaped it"."""
    if noun.dep_ == "dobj" and clauses.lemma(noun.head) in _UNDERGO:
        yield from clauses.agents(noun.head)
        return
    if noun.dep_ != "pobj":
        return
    above = noun.head.head
    if clauses.lemma(above) in _TARGETED and noun.head.lower_ == "of":
        if above.dep_ == "attr":
            yield from (c for c in above.head.lefts if c.dep_ == "nsubj")
        return
    if clauses.lemma(above) in _RESULT and above.dep_ == "pobj":
        above = above.head.head
    if clauses.lemma(above) in _DIE and above.pos_ == "VERB":
        yield from clauses.agents(above)


def _aimed(verb: Token, sense: Sense) -> Iterator[tuple[str, Token]]:
    """ "the attack staged tonight by … on the house"; the parse may hang it on them."""
    if sense.agent == sense.patient:
        return
    for word in (verb, *clauses.agents(verb)):
        for head in clauses.after(word, "on", "against"):
            if head.ent_type_ not in {"DATE", "TIME"}:
                yield sense.patient, head


def _verbs_about(noun: Token) -> Iterable[Token]:
    if noun.head.pos_ == "VERB" and noun.dep_ in {"dobj", "nsubjpass", "nsubj"}:
        yield noun.head
    for child in noun.rights:
        if child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB":
            yield child


def _responsible(noun: Token, agent: str) -> Iterator[tuple[str, Token]]:
    """ "claimed responsibility for the attack", "was responsible for the attack"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _PREPOSITIONS:
        return
    above = noun.head.head
    if clauses.lemma(above) in _GUILTY and above.head.pos_ in {"VERB", "AUX"}:
        for head in clauses.agents(above.head):
            yield agent, head
    elif noun.head.lower_ != "for":
        yield from _involved(above)
    elif above.lower_ in {"responsibility", "credit"} and above.head.pos_ == "VERB":
        for head in clauses.agents(above.head):
            yield "claimant", head
    else:
        yield from _blamed(above)


def _blamed(above: Token) -> Iterator[tuple[str, Token]]:
    """ "X is blamed for"; the parse may hang "for" on X."""
    verb = charging(above)
    if verb is not None:
        for head in clauses.patients(verb):
            yield "accused", head


def _involved(above: Token) -> Iterator[tuple[str, Token]]:
    """Those of whom the text says "took part in", "is accused of" the trigger."""
    lemma = clauses.lemma(above)
    if lemma in _PART:
        for child in above.lefts:
            if child.dep_ == "poss":
                yield "accused", child
        for head in clauses.after(above, "of", "by"):
            yield "accused", head
        return
    if above.pos_ != "VERB":
        return
    if lemma in ACCUSING:
        for head in clauses.patients(above):
            yield "accused", head
    elif lemma == "participate":
        for head in clauses.agents(above):
            yield "accused", head
