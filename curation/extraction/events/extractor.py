"""Proposes events, each once per article."""

from __future__ import annotations

from collections.abc import Iterator

from curation.extraction.documents import Span
from curation.extraction.events.candidates import candidates
from curation.extraction.events.doers import (
    DOERS,
    with_bodies,
    with_claims,
    with_doers,
)
from curation.extraction.events.linking import linked
from curation.extraction.events.merging import PATIENTS, Happening, merged
from curation.extraction.events.naming import title
from curation.extraction.events.participants import Cast, Party
from curation.extraction.findings import Event, Finding
from curation.extraction.reading import Reading

_DEEDS = {
    "suicide bombing": "bombing",
    "shelling": "shooting",
    "massacre": "killing",
    "execution": "killing",
    "drone strike": "air-strike",
    "offensive": "fighting",
    "defeat": "fighting",
    "overthrow": "attack",
    "destruction": "arson",
    "wounding": "harm",
    "beating": "harm",
    "torture": "harm",
    "rape": "harm",
    "work stoppage": "strike",
    "robbery": "robbery",
}
_KINDS = {
    "COERCE": "coercion",
    "PROTEST": "protest",
    "ACCUSE": "words",
    "THREATEN": "words",
    "REQUEST": "words",
    "REJECT": "words",
}


_LONG = frozenset({"year", "season"})
_FORCE = frozenset({"ASSAULT", "COERCE"})
_TELLING = 3  # rank of a sense whose words alone tell a deed: an assassination
_LEAD = 3  # sentences: what an article begins with is what it is about


class Events:
    """What happened, with whom, when and where; linked to a known event if one fits."""

    name = "events"
    version = "2"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        cast = Cast(reading)
        happenings = merged(candidates(reading, cast))
        with_claims(happenings, reading.sentences, cast)
        with_doers(happenings, reading.sentences, cast)
        with_bodies(happenings, reading.sentences, cast)
        for happening in happenings:
            found = finding(reading, happening)
            if found is not None:
                yield found


def finding(reading: Reading, happening: Happening) -> Finding | None:
    """The finding for a happening; None where too little is said to record it."""
    sense = happening.sense
    real = happening.modality in {"occurred", "ongoing"}
    if not _said(happening) or not (real or _both(happening)):
        return None
    date, place = happening.date, happening.place
    event = Event(
        type=sense.type,
        mode=sense.mode,
        acled=sense.acled,
        modality=happening.modality,
        title=title(happening),
        participants=tuple(party.participant for party in happening.parties),
        date=date[1] if date else None,
        place=place[1] if place else None,
        figures=tuple(found.span.start for found, _ in happening.figures),
        contexts=sense.contexts,
    )
    return Finding(
        linked(event, reading.context, _figures(happening)),
        tuple(_spans(reading, happening)),
        _rule(happening),
        _reason(happening),
    )


def _figures(happening: Happening) -> list[tuple[str | None, int | None, int | None]]:
    return [(f.measure, f.low, f.high) for _, f in happening.figures]


def _standing(happening: Happening) -> str:
    if happening.at < _LEAD:
        return "lead"
    if len({each.at for each in happening.told}) > 1:
        return "again"
    return "passing" if happening.passing else "once"


def _whom(happening: Happening) -> bool:
    """Whether those it was done to are told apart: by a name, by more than a noun."""
    return any(not party.vague for party in _suffered(happening))


def _both(happening: Happening) -> bool:
    """Whether two known actors are named: else nobody plans or fears anything."""
    known = {p.participant.cluster for p in happening.parties if p.known}
    return len(known) > 1


def _said(happening: Happening) -> bool:
    """Whether more is said than that it happened.

    News is full of force: "they kill people", "the attack was condemned". One of the
    things that tell one act from others is needed where an article begins, further
    down two, and one more for a passing mention.
    """
    sense = happening.sense
    if sense.type not in _FORCE:
        return bool(
            happening.date or happening.place or happening.figures or happening.parties
        )
    if sense.type == "ASSAULT" and not _told_apart(happening):
        return False
    if sense.rank >= _TELLING and any(p.named for p in _suffered(happening)):
        return True
    details = [
        happening.date and happening.date[1].precision not in _LONG,
        happening.place,
        _whom(happening) or happening.figures,
        any(p.role in DOERS for p in happening.parties),
        happening.weapons,
        len({each.at for each in happening.told}) > 1,
    ]
    needed = 1 if happening.at < _LEAD else 2
    owned = any(p.role in {"claimant", "accused"} for p in happening.parties)
    return sum(map(bool, details)) >= needed + (happening.passing and not owned)


def _told_apart(happening: Happening) -> bool:
    """Whether an act has a sufferer, a weapon, day and place, or a named doer."""
    if happening.weapons or any(_suffered(happening)):
        return True
    if happening.date and happening.place:
        return True
    return any(p.named for p in happening.parties if p.role in DOERS)


def _suffered(happening: Happening) -> Iterator[Party]:
    suffered = {*PATIENTS, "participant"}
    return (party for party in happening.parties if party.role in suffered)


def _rule(happening: Happening) -> str:
    """What the event is like: the rule is what its precision is measured by.

    Of all that was tried these tell most of how sure an event is (MUC-4 train): what
    kind of deed it is, and where it stands; few enough that each rule is met often.
    """
    if happening.modality not in {"occurred", "ongoing"}:
        return f"event.{happening.modality}"
    sense = happening.sense
    kind = _DEEDS.get(sense.name)
    if kind is None and sense.type == "ASSAULT":
        kind = sense.name.replace(" ", "-")
    elif kind is None:
        kind = _KINDS.get(sense.type or "", "dealings")
    return f"event.{kind}.{_standing(happening)}"


def _spans(reading: Reading, happening: Happening) -> Iterator[Span]:
    sentence = happening.chief.sentence
    yield reading.document.span(sentence.start, sentence.end)
    ordered = [happening.chief]
    ordered += [each for each in happening.told if each is not happening.chief]
    for each in ordered:
        yield each.sentence.paragraph.span(each.trigger.token, "trigger")
    for party in happening.parties:
        yield party.span
    for role, found in (("date", happening.date), ("place", happening.place)):
        if found:
            span = found[0].span
            yield reading.document.span(span.start, span.end, role)
    for figure, _ in happening.figures:
        yield reading.document.span(figure.span.start, figure.span.end, "figure")
    yield from happening.weapons


def _reason(happening: Happening) -> str:
    chief = happening.chief
    parts = [f"“{chief.trigger.token.text}” tells of {_a(happening.sense.name)}"]
    for role in dict.fromkeys(party.role for party in happening.parties):
        names = [p.participant.words for p in happening.parties if p.role == role]
        parts.append(f"{role}: {', '.join(names[:3])}")
    if len(happening.told) > 1:
        parts.append(f"told {len(happening.told)} times in the article")
    return "; ".join(parts)


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
