"""Who did it, where the sentence of an act of violence does not say so itself.

"A bomb went off. The attackers fled on motorcycles." Words such as attacker or gunman
stand for those who did what the text tells of; the nearest that act in the same
sentence, or in the two that follow it, are taken for its doers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from curation.extraction.events import clauses
from curation.extraction.events.merging import PATIENTS, Happening
from curation.extraction.events.participants import Cast, Party
from curation.extraction.lexicon.claim_verbs import OBJECT, SAY, THINK
from curation.extraction.lexicon.event_words import (
    ASSAILANTS,
    MEMBERS,
    NAMELESS,
    OUTLAWS,
)
from curation.extraction.reading import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

DOERS = frozenset({"perpetrator", "accused", "claimant"})
_ON = 2  # sentences
_SHORT = 2  # words: an article and a noun, or a number
_CREDIT = frozenset({"responsibility", "credit"})
_CLAIM = frozenset({"claim", "admit", "acknowledge", "assume", "accept", "take"})
_SPEAKING = SAY.keys() | THINK.keys() | OBJECT.keys()
_DEFINITE = frozenset({"the", "these", "those", "both"})


def with_doers(
    happenings: Sequence[Happening], sentences: Sequence[Sentence], cast: Cast
) -> None:
    """Adds the doers to acts of violence that have none."""
    told = {each.at for happening in happenings for each in happening.told}
    for happening in happenings:
        if happening.sense.agent != "perpetrator" or _known(happening):
            continue
        for at, following in _around(happening, told, len(sentences)):
            found = list(_doers(happening, sentences[at], cast, following=following))
            if found:
                happening.doers = found[:1]
                break


def with_claims(
    happenings: Sequence[Happening], sentences: Sequence[Sentence], cast: Cast
) -> None:
    """Adds who "claimed responsibility" where the text does not say again for what.

    It is for the act told last before: "… The group claimed responsibility."
    """
    violent = [h for h in happenings if h.sense.agent == "perpetrator"]
    if not violent:
        return
    for at, sentence in enumerate(sentences):
        for token in sentence.tokens:
            if token.lower_ not in _CREDIT or _for_known(token, happenings, at):
                continue
            before = [h for h in violent if h.at <= at]
            claimed = max(before, key=lambda h: _last(h, at), default=violent[0])
            for head in _claiming(token):
                claimed.doers += cast.parties("claimant", head, sentence.paragraph)


def _last(happening: Happening, at: int) -> int:
    """The last sentence up to `at` that tells of it."""
    return max(each.at for each in happening.told if each.at <= at)


def _claiming(credit: Token) -> Iterator[Token]:
    """Those who claim responsibility or are named as those who did."""
    verb = credit.head
    if clauses.lemma(verb) not in _CLAIM or verb.pos_ != "VERB":
        return
    if credit.dep_ not in {"dobj", "nsubjpass"}:
        return
    if any(child.dep_ == "neg" for child in verb.children):
        return
    for head in clauses.agents(verb):
        if not any(child.lower_ == "no" for child in head.lefts):
            yield head


def _for_known(credit: Token, happenings: Sequence[Happening], at: int) -> bool:
    """Whether it is said for what: the words of that event have been read."""
    told = {
        each.trigger.token.i for h in happenings for each in h.told if each.at == at
    }
    return any(head.i in told for head in clauses.after(credit, "for", "in"))


def with_bodies(
    happenings: Sequence[Happening], sentences: Sequence[Sentence], cast: Cast
) -> None:
    """Adds to doers without a name the body that they belong to, as far as it is clear.

    "The guerrillas" are those of the body that the text named last as one that has
    guerrillas, members or fighters.
    """
    bodies: list[Party] | None = None
    for happening in happenings:
        doers = [p for p in happening.parties if p.role in DOERS]
        if happening.sense.agent != "perpetrator" or not doers:
            continue
        if any(_who(p) for p in doers):
            continue
        if bodies is None:
            bodies = list(_bodies(sentences, cast))
            bodies += _violent(happenings, cast)
            bodies.sort(key=lambda body: body.span.start)
        before = [b for b in bodies if b.span.start < doers[0].span.start]
        if bodies:
            body = before[-1] if before else bodies[0]
            happening.doers.append(body.acting(doers[0].role))


def _who(party: Party) -> bool:
    """Whether the words for a doer tell more than that they are armed men."""
    if party.head not in NAMELESS:
        return True
    return len(party.span.text.split()) > _SHORT and party.head not in OUTLAWS


def _bodies(sentences: Sequence[Sentence], cast: Cast) -> Iterator[Party]:
    for sentence in sentences:
        for token in sentence.tokens:
            if clauses.lemma(token) in MEMBERS:
                for name in _named_by(token):
                    start = sentence.paragraph.start + name.idx
                    yield from cast.bodies(start, sentence.paragraph)


def _violent(happenings: Sequence[Happening], cast: Cast) -> Iterator[Party]:
    """The bodies of which the text tells other acts of violence."""
    for happening in happenings:
        if happening.sense.agent != "perpetrator":
            continue
        for each in happening.told:
            for party in each.parties:
                if party.role in DOERS and party.known:
                    yield from cast.bodies(party.span.start, each.sentence.paragraph)


def _named_by(noun: Token) -> Iterator[Token]:
    """The words that may name a body: "FARC rebels", "guerrillas of the FARC"."""
    for child in noun.lefts:
        if child.dep_ in {"compound", "nmod", "amod", "poss"}:
            yield child
    yield from clauses.after(noun, "of", "from")
    for child in noun.rights:
        if child.dep_ == "appos":
            yield child


def _known(happening: Happening) -> bool:
    return any(party.role in DOERS for party in happening.parties)


def _around(
    happening: Happening, told: set[int], count: int
) -> Iterator[tuple[int, bool]]:
    """Its sentences, then those that go on about it; whether it goes on."""
    own = sorted({each.at for each in happening.told})
    for at in own:
        yield at, False
    for at in own:
        for further in range(at + 1, min(at + 1 + _ON, count)):
            if further in told:
                break
            yield further, True


def _doers(
    happening: Happening, sentence: Sentence, cast: Cast, *, following: bool
) -> Iterator[Party]:
    taken = [p.span for p in happening.parties if p.role in PATIENTS]
    for token in sentence.tokens:
        if not _acts(token) or (following and not _definite(token)):
            continue
        for party in cast.parties("perpetrator", token, sentence.paragraph):
            if not any(party.span.meets(span) for span in taken):
                yield party


def _acts(token: Token) -> bool:
    """Whether a noun names assailants that do something here, and do not speak."""
    lemma = clauses.lemma(token)
    if lemma not in ASSAILANTS and lemma not in OUTLAWS:
        return False
    if token.dep_ == "pobj":
        return token.head.lower_ == "by"
    if token.dep_ != "nsubj":
        return False
    return clauses.lemma(token.head) not in _SPEAKING


def _definite(token: Token) -> bool:
    return any(child.lower_ in _DEFINITE for child in token.lefts)
