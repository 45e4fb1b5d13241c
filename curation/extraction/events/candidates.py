"""One trigger with all that is said of it in its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curation.extraction.documents import Span
from curation.extraction.events import clauses
from curation.extraction.events.circumstances import Circumstances, Steps
from curation.extraction.events.filters import definite, general, modality
from curation.extraction.events.nominal import undergoing
from curation.extraction.events.participants import Cast, Party
from curation.extraction.events.triggers import Trigger, triggers, weapon_mode
from curation.extraction.findings import DateMention, Figure, Finding, PlaceMention
from curation.extraction.lexicon.event_triggers import SENSES, Sense
from curation.extraction.reading import Reading, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADLINE = frozenset({"title", "heading", "caption"})
# Violence that a weapon makes more definite.
_REFINED = {
    "explosives": "bombing",
    "firearms": "shooting",
    "heavy-weapons": "shelling",
    "aerial": "air strike",
    "drone": "drone strike",
}
_OPEN = frozenset({"killing", "wounding", "attack", "destruction"})
_ASIDE = frozenset({"relcl", "acl", "pobj", "conj", "compound"})
_WEAPON_STEPS = 4


_OPENING = 6
_ANEW = frozenset({"another", "separate", "second", "third"})


def _anew(noun: Token) -> bool:
    return any(child.lower_ in _ANEW for child in noun.lefts)


@dataclass(frozen=True)
class Candidate:
    """A trigger and what its sentence says of it. `at` is the sentence's number."""

    trigger: Trigger
    sense: Sense
    sentence: Sentence
    at: int
    modality: str
    parties: tuple[Party, ...] = ()
    date: tuple[Finding, DateMention] | None = None
    place: tuple[Finding, PlaceMention] | None = None
    figures: tuple[tuple[Finding, Figure], ...] = ()
    weapon: Span | None = None

    @property
    def definite(self) -> bool:
        return self.trigger.noun and definite(self.trigger.token)

    @property
    def other(self) -> bool:
        """Whether it says itself that it is not what was told before."""
        if self.trigger.noun and _anew(self.trigger.token):
            return True
        return any(
            token.dep_ == "pobj" and _anew(token)
            for token in self.sentence.tokens[:_OPENING]
            if token.i < self.trigger.token.i
        )

    @property
    def passing(self) -> bool:
        """Whether it stands in a subordinate place, or in somebody's mouth."""
        token = self.trigger.token
        if token.dep_ in _ASIDE and not any(undergoing(token)):
            return True
        return '"' in self.sentence.tokens.text

    @property
    def headline(self) -> bool:
        return self.sentence.paragraph.kind in _HEADLINE

    def heads(self, *roles: str) -> set[str]:
        """What is comparable of the parties with these roles."""
        return {key for p in self.parties if p.role in roles for key in keys(p)}


def keys(party: Party) -> set[str]:
    """What two mentions of one participant have in common: actor, head or surname."""
    cluster = party.participant.cluster
    return {party.head} if cluster is None else {party.head, f"#{cluster}"}


def candidates(reading: Reading, cast: Cast) -> Iterator[Candidate]:
    """All triggers of a text that tell of something definite, in order."""
    around = Circumstances(reading)
    for at, sentence in enumerate(reading.sentences):
        for trigger in triggers(sentence.tokens):
            found = _candidate(trigger, sentence, at, cast, around)
            if found is not None:
                yield found


def _candidate(
    trigger: Trigger, sentence: Sentence, at: int, cast: Cast, around: Circumstances
) -> Candidate | None:
    headline = sentence.paragraph.kind in _HEADLINE
    how = modality(trigger, headline=headline)
    if how is None:
        return None
    made = Candidate(
        trigger,
        trigger.sense,
        sentence,
        at,
        how,
        tuple(cast.of(trigger, sentence.paragraph)),
        around.date(trigger, sentence),
        around.place(trigger, sentence),
        tuple(around.counted(trigger, sentence)),
    )
    if general(trigger) and not (made.date or made.place or made.figures):
        return None
    return _armed(made)


def _armed(candidate: Candidate) -> Candidate:
    """The candidate with its weapon, and the sense that the weapon gives it."""
    if candidate.sense.family != "violence":
        return candidate
    found = _weapon(candidate)
    if found is None:
        return candidate
    token, mode = found
    first, last = clauses.phrase(token)
    weapon = candidate.sentence.paragraph.between(first, last, "weapon")
    name = _REFINED.get(mode)
    if name == "bombing" and any(t.lower_ == "suicide" for t in token.subtree):
        name = "suicide bombing"
    if candidate.sense.name not in _OPEN or name is None:
        return replace(candidate, weapon=weapon)
    sense = replace(
        SENSES[name],
        patient=candidate.sense.patient,
        agent=candidate.sense.agent,
    )
    return replace(candidate, weapon=weapon, sense=sense)


def _weapon(candidate: Candidate) -> tuple[Token, str] | None:
    """The weapon nearest to the trigger, inside its clause."""
    trigger = candidate.trigger.token
    steps: Steps | None = None
    best: tuple[int, Token, str] | None = None
    for token in candidate.sentence.tokens:
        mode = weapon_mode(token) if token.pos_ in {"NOUN", "PROPN"} else None
        if mode is None:
            continue
        steps = steps or Steps(trigger)
        distance = steps.to(token)
        if distance <= _WEAPON_STEPS and (best is None or distance < best[0]):
            best = (distance, token, mode)
    return best[1:] if best else None
