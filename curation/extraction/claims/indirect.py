"""Claims in other words: what stands under a reporting verb, noun or adjective."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.claims.asides import around
from curation.extraction.claims.complements import (
    SUBJECTS,
    complements,
    is_negated,
    is_passive,
)
from curation.extraction.claims.cues import ALL, Cue, cue_of
from curation.extraction.claims.pieces import Attribution, Page, Range, trimmed
from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.claim_verbs import IMPERSONAL, SAY

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = lookup(SAY)
_STRENGTH = {
    rule: place
    for place, rule in enumerate(
        [
            "claim.final-say",
            "claim.say-that",
            "claim.think-that",
            "claim.show-that",
            "claim.want-to",
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
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        found = _passive(page, token) if is_passive(token) else _active(page, token)
        if found:
            yield found


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
    last = max(c.words.last for other, c in fitting if other.rule == cue.rule)
    content = trimmed(page, complement.words.first, last)
    return _attribution(page, verb, cue, [content] if content else [])


def loose(page: Page, verb: Token) -> Attribution | None:
    """Where the parse does not see what a verb of saying governs."""
    modality = SAY[ALL[verb.lower_]]
    sentence = verb.sent
    for token in page.doc[verb.i + 1 : min(verb.i + 8, sentence.end)]:
        if token.lower_ == "that" and token.tag_ == "IN" and token.dep_ != "relcl":
            cue = Cue("claim.say-that-loose", modality, "“{cue}” and then “that”")
            content = trimmed(page, token.i, sentence.end - 1)
            return _attribution(page, verb, cue, [content] if content else [])
    if any(c.dep_ == "nsubj" for c in verb.children):
        cue = Cue("claim.final-say-loose", modality, "the sentence ends with “{cue}”")
        return _attribution(page, verb, cue, around(page, verb, None))
    return None


def _passive(page: Page, verb: Token) -> Attribution | None:
    """X is said to …: the speaker is not named, or stands after "by"."""
    modality = IMPERSONAL.get(ALL[verb.lower_])
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
    if modality is None or subject is None:
        return None
    for complement in complements(verb):
        if complement.frame in {"to", "that"} and complement.words.first > verb.i:
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


def _attribution(
    page: Page, verb: Token, cue: Cue, content: list[Range]
) -> Attribution | None:
    if not content or all(words.size < 2 for words in content):
        return None
    words = cue_words(verb)
    text = page.doc[words.first : words.last + 1].text
    return Attribution(
        page.paragraph,
        words,
        content,
        cue.rule,
        cue.reason.format(cue=text),
        modality=cue.modality,
        verb=verb,
        negated=is_negated(verb),
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
