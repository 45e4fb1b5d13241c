"""The title of an event, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curation.extraction.context import folded
from curation.extraction.events.merging import AGENTS, PATIENTS, Happening
from curation.extraction.events.participants import Party

_SHOWN = 2
_LONG = 60
# How the one to whom it is done follows the name of the event.
_ON = frozenset(
    {"attack", "air strike", "drone strike", "suicide bombing", "aid", "curfew", "ban"}
)
_BEFORE = re.compile(
    r"^(?:(?:up to|at least|more than|as many as|about|around|nearly|almost|some|over|"
    r"approximately|particularly|especially|including|also|even|only)\s+)+",
    re.IGNORECASE,
)
_TO = frozenset({"aid", "visit", "threat"})
_IN = frozenset({"country", "province", "district", "city", "village", "region"})


def title(happening: Happening) -> str:
    """What happened, to whom, by whom, where: "Bombing of a bus in Bogota"."""
    sense = happening.sense
    parts = [sense.name[0].upper() + sense.name[1:]]
    agents = _words([p for p in happening.parties if p.role in AGENTS[:4]])
    patients = _words([p for p in happening.parties if p.role in PATIENTS])
    if sense.agent == sense.patient:
        everyone = _words(happening.parties)
        if everyone:
            several = " and " in everyone
            parts.append(f"{'between' if several else 'with'} {everyone}")
    else:
        if patients:
            parts.append(f"{_preposition(sense.name)} {patients}")
        if agents:
            parts.append(f"by {agents}")
    if happening.place:
        where, fields = happening.place
        words = " ".join(where.span.text.split())
        if folded(words) not in folded(" ".join(parts)):
            parts.append(f"{'in' if fields.kind in _IN else 'at'} {words}")
    return " ".join(parts)


def _preposition(name: str) -> str:
    if name in _TO:
        return "to"
    return "on" if name in _ON else "of"


def _words(parties: Sequence[Party]) -> str:
    shown: list[str] = []
    for name in dict.fromkeys(_plain(p.participant.words) for p in parties):
        told = any(
            folded(name) in folded(n) or folded(n) in folded(name) for n in shown
        )
        if name and len(name) <= _LONG and not told:
            shown.append(name)
    return " and ".join(shown[:_SHOWN])


def _told(name: str, shown: Sequence[str]) -> bool:
    """Whether the title has this name already, shorter or longer."""
    new = folded(name)
    return any(new in folded(each) or folded(each) in new for each in shown)


def _plain(words: str) -> str:
    """The words without "up to", "particularly" and the like before them."""
    return _BEFORE.sub("", " ".join(words.split()))
