"""Actors of an article: the list first, then names, then links inside the article."""

from __future__ import annotations

from collections.abc import Iterator

from curation.extraction.actors import (
    anaphora,
    descriptions,
    names,
    parts,
    platforms,
    states,
)
from curation.extraction.actors.aliases import AliasTable, table_of
from curation.extraction.actors.coordinated import as_pairs, coordinated
from curation.extraction.actors.countries import as_state
from curation.extraction.actors.derived import sides, with_s
from curation.extraction.actors.linking import link
from curation.extraction.actors.mentions import Mention, without_overlaps
from curation.extraction.actors.namings import Namings
from curation.extraction.actors.placelike import placelike
from curation.extraction.actors.resolving import of_hit, resolve
from curation.extraction.actors.spelling import suggest
from curation.extraction.actors.unnamed import relatives, unnamed
from curation.extraction.actors.unread import unread
from curation.extraction.actors.words import words
from curation.extraction.context import folded
from curation.extraction.findings import ActorMention, Finding
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

_CERTAIN = frozenset({"actor.titled-person", "actor.headed-organisation"})
_CAPITALS = 0.005  # a text with fewer capital letters than that is written without


class Actors:
    """Who is named; see the modules of this package for the rules."""

    name = "actors"
    version = "2"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        table = table_of(reading.context)
        lower = _without_capitals(reading.document.normal)
        found: list[Mention] = []
        for paragraph in reading.paragraphs:
            found += _in_paragraph(paragraph, reading, table, lower=lower)
        found = _without_places(found, reading)
        as_pairs(found, reading.document.normal)
        namings = Namings(reading.document.normal, reading.context, found)
        resolve(namings.mentions, reading.context, namings.normal)
        namings.add(unread(reading, namings))
        _state_bodies(namings, table)
        link(namings)
        _agencies(namings)
        namings.mentions = [m for m in namings.mentions if not (m.weak and _alone(m))]
        suggest(namings, table)
        namings.add(anaphora.find(reading, namings))
        _state_bodies(namings, table)
        namings.add(platforms.find(reading))
        namings.add(parts.find(reading))
        namings.add(descriptions.find(reading, namings))
        namings.add(relatives(reading, namings))
        namings.mentions += list(unnamed(reading, namings))
        namings.mentions.sort(key=lambda m: (m.start, -m.end))
        yield from _findings(reading, namings)


def _in_paragraph(
    paragraph: Paragraph, reading: Reading, table: AliasTable, *, lower: bool
) -> list[Mention]:
    text = paragraph.text
    spelt = words(text)
    known = [
        of_hit(hit, spelt, reading.context)
        for hit in table.find(text, spelt, lower=lower)
    ]
    countries: dict[int, states.StateWord] = {}
    for mention in known:
        mention.start += paragraph.start
        mention.end += paragraph.start
        if mention.kind == "state":
            as_state(paragraph, mention, countries)
    no_actors = {(m.start, m.end) for m in known if m.rank < 0}
    known = [m for m in known if m.rank >= 0]
    state_words = list(states.state_words(paragraph.doc, countries))
    known += with_s(paragraph, spelt, table, known)
    others = [
        *sides(paragraph),
        *states.bodies(paragraph, state_words),
        *states.peoples(paragraph),
    ]
    unknown = [*names.named(paragraph), *coordinated(paragraph, table)]
    unknown = [m for m in unknown if (m.start, m.end) not in no_actors]
    return without_overlaps(_preferred(known, [*others, *unknown]))


def _without_places(found: list[Mention], reading: Reading) -> list[Mention]:
    """Without names that no list knows and that the article treats as places."""
    places = placelike(reading.paragraphs)
    return [
        m
        for m in found
        if m.how != "name"
        or m.rule in _CERTAIN
        or " ".join(m.words(reading.document).lower().split()) not in places
    ]


def _preferred(known: list[Mention], others: list[Mention]) -> list[Mention]:
    """Known names, and others that do not merely cut across them.

    A name that holds a known one and more words is the name of something else
    ("Norway Fisheries Council"); one that a known name holds is part of it.
    """
    at = {offset: m for m in known for offset in range(m.start, m.end)}
    kept = []
    for other in others:
        meeting = (at.get(offset) for offset in range(other.start, other.end))
        inside = list({id(m): m for m in meeting if m is not None}.values())
        if all(other.start <= m.start and m.end <= other.end for m in inside):
            if inside and (other.start, other.end) == (inside[0].start, inside[0].end):
                continue
            other.rank = max([other.rank, *(m.rank + 1 for m in inside)])
            kept.append(other)
    return [*known, *kept]


def _state_bodies(namings: Namings, table: AliasTable) -> None:
    """Bodies of states that the list knows under another of their names."""
    for mention in namings.mentions:
        if mention.who.startswith("state:") and not mention.keys:
            _, country, what = mention.who.split(":")
            if keys := table.bodies(country, what):
                mention.keys, mention.who = keys, f"actor:{keys[0]}"


def _agencies(namings: Namings) -> None:
    """ "Afghan intelligence" is the intelligence body of that country named here."""
    for mention in namings.mentions:
        if not mention.who.startswith("state:") or mention.keys:
            continue
        _, country, what = mention.who.split(":")
        for other in namings.mentions:
            known = namings.context.by_key.get(other.keys[0]) if other.keys else None
            if known and known.country == country and what in folded(known.name):
                mention.keys, mention.who = other.keys, other.who
                mention.rule = "actor.agency-named-here"
                mention.reason = f"the {what} of that country named here: {known.name}"
                break


def _alone(mention: Mention) -> bool:
    return mention.rule.endswith("one-word") and not mention.keys


def _without_capitals(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) < _CAPITALS * letters


def _findings(reading: Reading, namings: Namings) -> Iterator[Finding]:
    numbers: dict[str, int] = {}
    longest: dict[str, str] = {}
    for mention in namings.mentions:
        numbers.setdefault(mention.who, len(numbers))
        written = namings.normal[mention.start : mention.end]
        if (
            len(written) > len(longest.get(mention.who, ""))
            and mention.how != "description"
        ):
            longest[mention.who] = written
        longest.setdefault(mention.who, written)
    for mention in namings.mentions:
        yield _finding(reading, mention, numbers[mention.who], longest[mention.who])


def _finding(reading: Reading, mention: Mention, cluster: int, longest: str) -> Finding:
    # What is only spelt alike is offered: a person says whether it is the same.
    merged = mention.keys and mention.suggested not in {"misspelling", "short"}
    actor = mention.keys[0] if merged else None
    known = reading.context.by_key[actor] if actor else None
    fields = ActorMention(
        name=known.name if known else " ".join(longest.split()),
        actor=actor,
        cluster=cluster,
        how=mention.how,
        actor_kind=known.kind if known else mention.kind,
        candidates=mention.keys[1:] if merged else mention.keys,
        suggested_alias=mention.suggested,
        acts=mention.acts,
    )
    span = reading.document.span(mention.start, mention.end)
    return Finding(fields, (span,), mention.rule, mention.reason)
