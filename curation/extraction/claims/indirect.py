"""Claims in other words: what stands under a reporting verb, noun or adjective."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.claims.asides import FINITE, around
from curation.extraction.claims.complements import (
    SUBJECTS,
    complements,
    is_negated,
    is_passive,
)
from curation.extraction.claims.cues import ALL, Cue, cue_of
from curation.extraction.claims.pieces import MARKS, Attribution, Page, Range, trimmed
from curation.extraction.claims.sources import can_speak
from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.claim_verbs import ACCUSED, IMPERSONAL, OBJECT, SAY

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = lookup(SAY)
_SAID = frozenset({"claim.say-that", "claim.say-that-loose"})
_NOMINAL = frozenset({"DET", "PRON", "PROPN", "NUM"})
_SET_OFF = MARKS | {","}
_NOTHING = frozenset({"comment", "elaborate", "answer", "respond"})
_STRENGTH = {
    rule: place
    for place, rule in enumerate(
        [
            "claim.final-say",
            "claim.say-that",
            "claim.think-that",
            "claim.show-that",
            "claim.want-to",
            "claim.responsibility",
            "claim.as",
            "claim.object",
            "claim.preposition",
        ]
    )
}


def under_verbs(page: Page) -> Iterator[Attribution]:
    """One attribution for each reporting verb outside quotes that governs a content."""
    for token in page.doc:
        if token.lower_ not in ALL or page.quoted[token.i] >= 0:
            continue
        if token.pos_ not in {"VERB", "AUX"} or _is_let(token):
            continue
        if token.tag_ == "VBN" and token.dep_ in {"acl", "amod"}:
            # "the deal called Plan B": nobody speaks. But: "…, the agency reported".
            found = loose(page, token) if token.lower_ in _SAYING else None
        elif is_passive(token):
            found = _passive(page, token)
        else:
            found = _active(page, token)
        if found:
            yield found


def _is_let(verb: Token) -> bool:
    """ "Let us hope that …" is nobody's claim."""
    return verb.dep_ == "ccomp" and verb.head.lower_ == "let"


def _active(page: Page, verb: Token) -> Attribution | None:
    fitting = [
        (cue, complement)
        for complement in complements(verb)
        if (cue := cue_of(verb, complement))
    ]
    if not fitting:
        return loose(page, verb) if verb.lower_ in _SAYING else None
    cue, complement = min(fitting, key=lambda each: _STRENGTH[each[0].rule])
    if cue.rule == "claim.final-say":
        return _attribution(page, verb, cue, around(page, verb, complement.words))
    if is_negated(verb) and ALL[verb.lower_] in _NOTHING:
        return None
    last = max(c.words.last for other, c in fitting if other.rule == cue.rule)
    if cue.rule == "claim.responsibility":
        last = _without_relative(page, complement.words)
    content = trimmed(page, complement.words.first, last)
    return _attribution(page, verb, cue, [content] if content else [])


def _without_relative(page: Page, words: Range) -> int:
    """The end of "responsibility for the attack", before "which killed …"."""
    for token in page.doc[words.first : words.last + 1]:
        if token.dep_ == "relcl" and token.left_edge.i > words.first + 1:
            return int(token.left_edge.i - 1)
    return words.last


def loose(page: Page, verb: Token) -> Attribution | None:
    """Where the parse does not see what a verb of saying governs."""
    modality = SAY[ALL[verb.lower_]]
    sentence = verb.sent
    for token in page.doc[verb.i + 1 : min(verb.i + 12, sentence.end)]:
        if token.pos_ == "VERB":
            break
        if token.lower_ == "that" and token.tag_ == "IN" and token.dep_ != "relcl":
            cue = Cue("claim.say-that-loose", modality, "“{cue}” and then “that”")
            content = trimmed(page, token.i, sentence.end - 1)
            return _attribution(page, verb, cue, [content] if content else [])
    if ALL[verb.lower_] == "say" and (content := _rest(page, verb)):
        cue = Cue("claim.say-loose", modality, "“{cue}” and then a clause")
        return _attribution(page, verb, cue, [content])
    cue = Cue("claim.final-say-loose", modality, "the sentence ends with “{cue}”")
    if any(c.dep_ == "nsubj" for c in verb.children):
        return _attribution(page, verb, cue, around(page, verb, None))
    if verb.dep_ == "acl" and verb.tag_ != "VBG" and can_speak(verb.head):
        found = _attribution(page, verb, cue, around(page, verb, None))
        if found:
            found.source = Range(verb.head.left_edge.i, verb.head.i)
        return found
    return None


def _rest(page: Page, verb: Token) -> Range | None:
    """X said (that) Y did …: what follows, up to a participle that is set off."""
    lefts = {c.dep_ for c in verb.lefts}
    first, last = verb.i + 1, verb.sent.end - 1
    if "nsubj" not in lefts or lefts & {"mark", "dobj"} or first > last:
        return None
    if page.quoted[first] >= 0 or page.doc[first].pos_ not in _NOMINAL:
        return None
    for token in page.doc[first : last + 1]:
        if token.tag_ == "VBG" and page.doc[token.i - 1].text in _SET_OFF:
            last = token.i - 1
            break
    finite = any(t.tag_ in FINITE for t in page.doc[first : last + 1])
    return trimmed(page, first, last) if finite else None


def _passive(page: Page, verb: Token) -> Attribution | None:
    """X is said to …: the speaker is not named, or stands after "by"."""
    lemma = ALL[verb.lower_]
    modality = IMPERSONAL.get(lemma)
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
    if subject is None:
        return None
    if lemma in OBJECT and any(c.dep_ == "agent" for c in verb.rights):
        return _by(page, verb, subject, OBJECT[lemma])
    for complement in complements(verb):
        if lemma in ACCUSED.get(complement.frame, {}):
            return _accused(page, verb, complement.words)
        if modality is None:
            continue
        if complement.frame in {"to", "that"} and complement.words.first > verb.i:
            if _says_more(page, complement.words):
                return None
            impersonal = subject.lower_ == "it" or complement.frame == "that"
            start = complement.words.first if impersonal else subject.left_edge.i
            content = trimmed(page, start, complement.words.last)
            rule = "claim.expected-to" if modality == "predicted" else "claim.said-to"
            cue = Cue(rule, modality, "“{cue}” does not say who says so")
            found = _attribution(page, verb, cue, [content] if content else [])
            if found and not any(c.dep_ == "agent" for c in verb.rights):
                found.verb = None
            return found
    return None


def _accused(page: Page, verb: Token, words: Range) -> Attribution | None:
    """X was accused of …"""
    cue = Cue("claim.accused-of", "reported", "“{cue}” does not say who says so")
    content = trimmed(page, words.first, words.last)
    found = _attribution(page, verb, cue, [content] if content else [])
    if found and not any(c.dep_ == "agent" for c in verb.rights):
        found.verb = None
    return found


def _says_more(page: Page, words: Range) -> bool:
    """X is reported to have said that …: the claim is under "said"."""
    root = page.doc[words.first : words.last + 1].root
    return root.lower_ in _SAYING and any(c.dep_ == "ccomp" for c in root.rights)


def _by(page: Page, verb: Token, subject: Token, modality: str) -> Attribution | None:
    """The attack was claimed by X: what stands before is what X says."""
    noun = subject
    if subject.lower_ in {"which", "that"} and verb.dep_ == "relcl":
        noun = verb.head
    content = trimmed(page, noun.left_edge.i, min(noun.right_edge.i, verb.i - 1))
    if subject != noun:
        content = trimmed(page, noun.left_edge.i, subject.i - 1)
    cue = Cue("claim.passive-by", modality, "“{cue} by” names whose words these are")
    return _attribution(page, verb, cue, [content] if content else [])


def _attribution(
    page: Page, verb: Token, cue: Cue, content: list[Range]
) -> Attribution | None:
    if not content or all(words.size < 2 for words in content):
        return None
    words = cue_words(verb)
    text = page.doc[words.first : words.last + 1].text
    negated = is_negated(verb)
    rule = "claim.not-said" if negated and cue.rule in _SAID else cue.rule
    return Attribution(
        page.paragraph,
        words,
        content,
        rule,
        cue.reason.format(cue=text),
        modality=cue.modality,
        verb=verb,
        negated=negated,
    )


def cue_words(verb: Token) -> Range:
    """The verb with its auxiliaries and its particle: "has pointed out"."""
    first = last = verb.i
    for child in verb.lefts:
        if child.dep_ in {"aux", "auxpass", "neg"} and child.i >= verb.i - 4:
            if child.pos_ not in {"AUX", "PART"}:
                continue
            first = min(first, child.i)
    for child in verb.rights:
        if child.dep_ == "prt" and child.i == last + 1:
            last = child.i
    return Range(first, last)
