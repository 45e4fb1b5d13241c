"""Offices of persons: "Defence secretary Ann Ash", "X, an analyst at the Y"."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from curation.extraction.context import Context
from curation.extraction.findings import ActorMention, Finding, Office
from curation.extraction.lexicon.titles import LOWERING, OFFICES, RULERS
from curation.extraction.lexicon.wordlist import word_set
from curation.extraction.office_phrases import HEADING, Actor, Held, Phrases
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

# A rank or a place of work says something only together with what it is of.
_NEED_ORGANISATION = frozenset({"works_for", "founded", "member_of"})
# Of these too: an "Iranian director" makes films, he does not lead the state.
_TRADES = word_set(
    """
    director producer conductor coach trainer manager captain editor publisher owner
    founder co-founder
    """
)
_WHY = {
    "title": "“{title}” stands before the name {name}",
    "apposition": "“{title}” explains who {name} is",
    "being": "{name} is said to be “{title}”",
    "who": "{name} is said to head it",
}


class Offices:
    """What offices persons hold and for whom they work, beside their names.

    Said once per article, where it is said first.
    """

    name = "offices"
    version = "1"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        states = _states(reading)
        said: set[tuple[object, ...]] = set()
        for paragraph, actors in _by_paragraph(reading):
            phrases = Phrases(paragraph, actors)
            for actor in actors:
                if actor.fields.actor_kind != "person" or actor.fields.how == "pronoun":
                    continue
                country = _country_of(actor.fields, reading.context)
                for finding in _of_person(phrases, actor, states, country):
                    if (key := _key(finding)) not in said:
                        said.add(key)
                        yield finding


def _key(finding: Finding) -> tuple[object, ...]:
    """What makes a second finding a repetition of the first."""
    office = finding.fields
    assert isinstance(office, Office)
    return office.person, office.relation, office.organisation, office.title.lower()


def _states(reading: Reading) -> dict[str, int]:
    """The clusters of the states named in the article, by country code."""
    found: dict[str, int] = {}
    for _, fields in reading.of(ActorMention):
        country = _country_of(fields, reading.context)
        if country and fields.actor_kind == "state":
            found.setdefault(country, fields.cluster)
    return found


def _country_of(fields: ActorMention, context: Context) -> str | None:
    known = context.by_key.get(fields.actor or "")
    return known.country if known else None


def _by_paragraph(reading: Reading) -> Iterator[tuple[Paragraph, list[Actor]]]:
    """The mentions of each paragraph, by their tokens."""
    starts = [paragraph.start for paragraph in reading.paragraphs]
    actors: dict[int, list[Actor]] = defaultdict(list)
    for finding, fields in reading.of(ActorMention):
        at = bisect_right(starts, finding.span.start) - 1
        tokens = None
        if at >= 0:
            paragraph = reading.paragraphs[at]
            tokens = paragraph.tokens(finding.span.start, finding.span.end)
        if tokens is not None:
            actors[at].append(Actor(tokens.start, tokens.end, fields, finding.span))
    for at, paragraph in enumerate(reading.paragraphs):
        yield paragraph, actors[at]


def _of_person(
    phrases: Phrases, person: Actor, states: Mapping[str, int], country: str | None
) -> Iterator[Finding]:
    told = {
        "title": phrases.before(person),
        "apposition": phrases.behind(person),
        "being": phrases.being(person),
        "who-heads": phrases.heading(person),
    }
    for rule, held in told.items():
        for noun in held.nouns if held else ():
            assert held is not None
            first = phrases.title_start(held.start, noun)
            relation = _relation(phrases, first, noun)
            trade = phrases.doc[noun].lower_ in _TRADES
            cluster, words = _organisation(held, {} if trade else states, relation)
            if cluster is None and not words and _rules(phrases, noun):
                cluster = states.get(country or "")
                kind = "-own-country" if cluster is not None else "-alone"
            elif cluster is None:
                kind = "-of-words" if words else "-alone"
            else:
                kind = ""
            enough = bool(words) and (trade or relation == "works_for")
            needed = trade or relation in _NEED_ORGANISATION
            if cluster is None and needed and not enough:
                continue
            office = Office(relation, person.fields.cluster, cluster, "", words)
            yield _finding(
                rule + kind, phrases, person, replace(held, nouns=(noun,)), office
            )


def _finding(
    rule: str, phrases: Phrases, person: Actor, held: Held, office: Office
) -> Finding:
    doc, between = phrases.doc, phrases.paragraph.between
    noun = held.nouns[0]
    first = phrases.title_start(held.start, noun)
    last = noun if held.tail is None else held.tail
    title = "head" if rule.startswith("who") else doc[first : last + 1].text
    start, end = min(held.start, person.first), max(held.end, person.end)
    spans = [
        between(doc[start], doc[end - 1]),
        replace(person.span, role="person"),
        between(doc[first], doc[last], "title"),
    ]
    if held.of is not None:
        spans.append(replace(held.of.span, role="organisation"))
    reason = _WHY[rule.split("-")[0]].format(title=title, name=person.span.text)
    return Finding(replace(office, title=title), tuple(spans), f"office.{rule}", reason)


def _rules(phrases: Phrases, noun: int) -> bool:
    """Whether the noun says that somebody leads a state."""
    before = phrases.doc[noun - 1].lower_ if noun else ""
    word = phrases.doc[noun].lower_
    return word in RULERS or (word == "minister" and before == "prime")


def _relation(phrases: Phrases, first: int, noun: int) -> str:
    word = phrases.doc[noun].lower_.rstrip(".")
    if word in HEADING:
        return "leads"
    relation = OFFICES.get(word, "member_of")
    lower = any(t.lower_ in LOWERING for t in phrases.doc[first:noun])
    return "holds_office_in" if lower and relation == "leads" else relation


def _organisation(
    held: Held, states: Mapping[str, int], relation: str
) -> tuple[int | None, str]:
    """The cluster of the organisation, and the words for it."""
    if held.of is not None:
        return held.of.fields.cluster, held.of.span.text
    # "Afghan analyst" is where he comes from, "Afghan president" what he leads.
    if held.country in states and relation != "works_for":
        return states[held.country or ""], ""
    return None, held.words
