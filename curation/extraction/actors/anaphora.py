"""Words that point to somebody named elsewhere: "the group", "the general"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from curation.extraction.actors.linking import Namings
from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.roles import NOUNS, is_subject, roles, says
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.lexicon.wordlist import word_set
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_GROUPS = word_set("group organisation organization movement militia outfit gang")
_ARMED = frozenset({"armed_group", "faction", "political_movement"})
_LIKE_GROUPS = word_set(
    """
    terrorist terror militant armed jihadist jihadi extremist islamist rebel insurgent
    radical same militia separatist paramilitary guerrilla outlawed banned
    """
)
_FORCES = frozenset({"army", "navy", "marines"})
_COUNTRIES = word_set("country nation")
_LIKE_COUNTRIES = word_set("whole entire war-torn same war - torn")
_SPEAKERS = word_set(
    """
    analyst expert spokesman spokeswoman spokesperson researcher professor scholar
    academic economist journalist lawyer historian activist scientist strategist
    """
)
_REACH = 1200  # characters: about three paragraphs


def find(reading: Reading, namings: Namings) -> Iterator[Mention]:
    """Definite words whose noun says what kind of actor they mean."""
    offices = _offices(reading, namings)
    for paragraph in reading.paragraphs:
        for token in paragraph.doc:
            word = token.lower_
            if word in _GROUPS:
                found = _group(paragraph, token, namings)
            elif word in _COUNTRIES:
                found = _country(paragraph, token, namings)
            elif word in _FORCES and token.text[0].isupper():
                found = _force(paragraph, token, namings)
            elif word in NOUNS:
                found = _person(paragraph, token, namings, offices)
            else:
                continue
            if found is not None:
                yield found


def _offices(reading: Reading, namings: Namings) -> list[tuple[Mention, set[str]]]:
    """Persons named here, each with the nouns for offices beside the name."""
    paragraphs = iter(reading.paragraphs)
    paragraph = next(paragraphs, None)
    found = []
    for mention in namings.mentions:
        while paragraph is not None and paragraph.end <= mention.start:
            paragraph = next(paragraphs, None)
        if paragraph is None:
            break
        if mention.kind == "person":
            found.append((mention, roles(paragraph, mention.start, mention.end)))
    return found


def _opening(token: Token, between: frozenset[str]) -> Token | None:
    """The article that opens "the … noun", if only words of `between` stand there."""
    at = token.i - 1
    while at >= 0 and (
        token.doc[at].lower_ in between or token.doc[at].text in ADJECTIVES
    ):
        at -= 1
    if at < 0 or token.doc[at].lower_ not in {"the", "this", "that"}:
        return None
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return None if after == "of" else token.doc[at]


def _before(
    namings: Namings, at: int, fits: Callable[[Mention], bool]
) -> Mention | None:
    """The nearest mention before `at` that fits."""
    for mention in reversed(namings.mentions):
        if mention.start < at and fits(mention):
            return mention if at - mention.end <= _REACH else None
    return None


def _mention(
    paragraph: Paragraph, tokens: tuple[Token, Token], to: Mention, rule: str
) -> Mention:
    first, last = tokens
    words = paragraph.document.normal[to.start : to.end]
    return Mention(
        paragraph.start + first.idx,
        paragraph.start + last.idx + len(last),
        f"actor.{rule}",
        "description",
        f"points back to “{words}”",
        keys=to.keys,
        kind=to.kind,
        country=to.country,
        who=to.who,
    )


def _group(paragraph: Paragraph, token: Token, namings: Namings) -> Mention | None:
    opening = _opening(token, _LIKE_GROUPS)
    if opening is None:
        return None
    inside = token.doc[opening.i + 1 : token.i]
    country = next((ADJECTIVES[t.text] for t in inside if t.text in ADJECTIVES), None)
    at = paragraph.start + opening.idx
    to = _before(
        namings,
        at,
        lambda m: m.kind in _ARMED and country in {None, m.country},
    )
    return to and _mention(paragraph, (opening, token), to, "the-group")


def _country(paragraph: Paragraph, token: Token, namings: Namings) -> Mention | None:
    opening = _opening(token, _LIKE_COUNTRIES)
    if opening is None:
        return None
    at = paragraph.start + opening.idx
    to = _main_country(namings, at)
    if to is None:
        return None
    found = _mention(paragraph, (opening, token), to, "the-country")
    found.acts = is_subject(token)
    return found


def _force(paragraph: Paragraph, token: Token, namings: Namings) -> Mention | None:
    """ "Army General X", "the Navy": that of the state named nearest before."""
    at = paragraph.start + token.idx
    to = _before(namings, at, lambda m: m.kind == "state" and m.acts)
    if to is None or not to.country:
        return None
    found = _mention(paragraph, (token, token), to, "bare-force")
    found.keys, found.kind = (), "military"
    found.who = f"state:{to.country}:{token.lower_}"
    return found


def _main_country(namings: Namings, at: int) -> Mention | None:
    """The country that the article so far is set in: the one it names most."""
    states = [m for m in namings.mentions if m.kind == "state" and m.start < at]
    places = [m for m in states if not m.acts] or states
    if not places:
        return None
    often = Counter(m.who for m in places)
    return max(places, key=lambda m: (often[m.who], m.start))


def _person(
    paragraph: Paragraph,
    token: Token,
    namings: Namings,
    offices: list[tuple[Mention, set[str]]],
) -> Mention | None:
    opening = _opening(token, frozenset({"former", "retired", "senior"}))
    if not _ends_phrase(token):
        return None
    if opening is None:
        return _holder(paragraph, token, namings, offices)
    at = paragraph.start + opening.idx
    if token.lower_ in _SPEAKERS and says(token):
        to = _before(namings, at, lambda m: m.kind == "person")
        return to and _mention(paragraph, (opening, token), to, "the-speaker")
    holders = [m for m, nouns in offices if token.lower_ in nouns and m.start < at]
    if holders:
        return _mention(paragraph, (opening, token), holders[-1], "the-office")
    return None


def _holder(
    paragraph: Paragraph,
    token: Token,
    namings: Namings,
    offices: list[tuple[Mention, set[str]]],
) -> Mention | None:
    """ "US general hints …", "a Pentagon spokesman said": an office, then a verb."""
    at = paragraph.start + token.idx
    of = next((m for m in namings.mentions if m.end == at - 1), None)
    if of is None or of.kind == "person" or not says(token):
        return None
    holders = [m for m, nouns in offices if token.lower_ in nouns]
    if holders:
        return _mention(paragraph, (token, token), holders[0], "office-of-named")
    words = paragraph.document.normal[of.start : of.end]
    return Mention(
        at,
        at + len(token),
        "actor.office-holder",
        "description",
        f"somebody who speaks for or in “{words}”, without a name",
        kind="person",
        country=of.country,
        who=f"holder:{of.who}:{token.lower_}",
    )


def _ends_phrase(token: Token) -> bool:
    """Whether no name and no other noun stands behind the word."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return after is None or not (
        after.text[0].isupper() or after.pos_ in {"NOUN", "PROPN"}
    )
