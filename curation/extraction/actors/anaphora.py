"""Words that point to somebody named elsewhere: "the group", "the general"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.namings import Earlier, Namings
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


@dataclass(frozen=True)
class _Known:
    """What words may point back to."""

    groups: Earlier
    states: Earlier
    persons: Earlier
    ends: Mapping[int, Mention]
    offices: Mapping[str, list[Mention]]  # persons, by the nouns beside their names


def find(reading: Reading, namings: Namings) -> Iterator[Mention]:
    """Definite words whose noun says what kind of actor they mean."""
    known = _Known(
        Earlier(namings, lambda m: m.kind in _ARMED),
        Earlier(namings, lambda m: m.kind == "state"),
        Earlier(namings, lambda m: m.kind == "person"),
        {m.end: m for m in namings.mentions},
        _offices(reading, namings),
    )
    for paragraph in reading.paragraphs:
        for token in paragraph.doc:
            if (found := _back(paragraph, token, known)) is not None:
                yield found


def _back(paragraph: Paragraph, token: Token, known: _Known) -> Mention | None:
    word = token.lower_
    if word in _GROUPS:
        return _group(paragraph, token, known)
    if word in _COUNTRIES:
        return _country(paragraph, token, known)
    if word in _FORCES and token.text[0].isupper():
        return _force(paragraph, token, known)
    return _person(paragraph, token, known) if word in NOUNS else None


def _offices(reading: Reading, namings: Namings) -> Mapping[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    people = [m for m in namings.mentions if m.kind == "person"]
    starts = [paragraph.start for paragraph in reading.paragraphs]
    for mention in people:
        at = bisect_right(starts, mention.start) - 1
        if at >= 0:
            for noun in roles(reading.paragraphs[at], mention.start, mention.end):
                found[noun].append(mention)
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


def _group(paragraph: Paragraph, token: Token, known: _Known) -> Mention | None:
    opening = _opening(token, _LIKE_GROUPS)
    if opening is None:
        return None
    inside = token.doc[opening.i + 1 : token.i]
    country = next((ADJECTIVES[t.text] for t in inside if t.text in ADJECTIVES), None)
    at = paragraph.start + opening.idx
    to = known.groups.nearest(at, _REACH, lambda m: country in {None, m.country})
    return to and _mention(paragraph, (opening, token), to, "the-group")


def _country(paragraph: Paragraph, token: Token, known: _Known) -> Mention | None:
    opening = _opening(token, _LIKE_COUNTRIES)
    if opening is None:
        return None
    at = paragraph.start + opening.idx
    to = _main_country(known, at)
    if to is None:
        return None
    found = _mention(paragraph, (opening, token), to, "the-country")
    found.acts = is_subject(token)
    return found


def _force(paragraph: Paragraph, token: Token, known: _Known) -> Mention | None:
    """ "Army General X", "the Navy": that of the state named nearest before."""
    at = paragraph.start + token.idx
    to = known.states.nearest(at, _REACH, lambda m: m.acts)
    if to is None or not to.country:
        return None
    found = _mention(paragraph, (token, token), to, "bare-force")
    found.keys, found.kind = (), "military"
    found.who = f"state:{to.country}:{token.lower_}"
    return found


def _main_country(known: _Known, at: int) -> Mention | None:
    """The country that the article so far is set in: the one it names most."""
    states = known.states.before(at)
    places = [m for m in states if not m.acts] or states
    if not places:
        return None
    often = Counter(m.who for m in places)
    return max(places, key=lambda m: (often[m.who], m.start))


def _person(paragraph: Paragraph, token: Token, known: _Known) -> Mention | None:
    if not _ends_phrase(token):
        return None
    opening = _opening(token, frozenset({"former", "retired", "senior"}))
    if opening is None:
        return _holder(paragraph, token, known)
    at = paragraph.start + opening.idx
    if token.lower_ in _SPEAKERS and says(token):
        to = known.persons.nearest(at, _REACH)
        return to and _mention(paragraph, (opening, token), to, "the-speaker")
    holders = [m for m in known.offices.get(token.lower_, ()) if m.start < at]
    if holders:
        return _mention(paragraph, (opening, token), holders[-1], "the-office")
    return None


def _holder(paragraph: Paragraph, token: Token, known: _Known) -> Mention | None:
    """ "US general hints …", "a ministry spokesman said": an office, then a verb."""
    at = paragraph.start + token.idx
    of = known.ends.get(at - 1)
    if of is None or of.kind == "person" or not says(token):
        return None
    holders = known.offices.get(token.lower_)
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
