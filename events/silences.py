"""What no article says about an event, as sentences. Pure.

What is missing is a fact about the reporting, not about the event: nothing here says
that there was no perpetrator, only that nobody names one. Where only what is published
was looked at, the sentences say that of what is published: articles may say more.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.dates import Precision, in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# PLOVER types of which one side suffers what another does.
_DONE_TO_SOMEBODY = frozenset({"ASSAULT", "COERCE"})
_SUFFERING = frozenset({"target", "victim"})
_DOING = frozenset({"perpetrator"})
_SUSPECTED = {"accused": "is accused of it", "claimant": "claims it"}
# Precisions of a place, from the province upwards.
_WIDE = frozenset({"province", "region", "country"})
# Measures that a report of violence is expected to give, and those that count people.
_EXPECTED = ("killed", "injured")
_PEOPLE = (*_EXPECTED, "captured", "arrested", "abducted", "displaced", "evacuated")
_NAMED = 4  # actors in one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Somebody's part in the event; `speaks` if a claim about it is theirs."""

    actor: str
    role: str
    speaks: bool
    rests_on_claims: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the articles tell of one event, as far as silences can be heard in it.

    Codes are bare codes of the code lists ("ASSAULT", "province"). `figures` are the
    measures that claims count, `limited` those of them with an upper limit. `origins`
    counts articles that do not go back to a common origin. `unnamed` are the words for
    speakers without a name, where nobody with a name speaks. `published`: only what is
    public was looked at.
    """

    type: str
    happened: bool
    claims: int
    earliest: dt.date | None
    latest: dt.date | None
    precision: str
    place: str
    place_precision: str
    parts: Sequence[Part] = ()
    figures: Collection[str] = ()
    limited: Collection[str] = ()
    outlets: Sequence[str] = ()
    articles: int = 0
    origins: int = 0
    unnamed: Sequence[str] = ()
    published: bool = False

    def word(self, said: str) -> str:
        """What the articles do, "given", or what is done with it here: "published"."""
        return "published" if self.published else said

    @property
    def claim(self) -> str:
        return "published claim" if self.published else "claim"


def silences(told: Told) -> list[str]:
    """What is not said, one sentence each, the most telling first."""
    if not told.claims:
        if told.published:
            return ["No claim about it is published."]
        return ["No claim says anything about it yet."]
    return [
        *_who(told),
        *_sides(told),
        *_where(told),
        *_when(told),
        *_how_many(told),
        *_from_whom(told),
    ]


def _who(told: Told) -> Iterator[str]:
    """Nobody named for what was done to somebody."""
    roles = {part.role for part in told.parts}
    if told.type not in _DONE_TO_SOMEBODY and not roles & _SUFFERING:
        return
    suspects = [
        f"{part.actor} {_SUSPECTED[part.role]}"
        for part in told.parts
        if part.role in _SUSPECTED
    ]
    if not roles & _DOING and suspects:
        named = told.word("named")
        yield f"No perpetrator is {named} as a fact: {_listed(suspects)}."
    elif not roles & _DOING:
        yield f"No perpetrator is {told.word('named')}."
    if not roles & _SUFFERING:
        yield f"Nobody is {told.word('named')} to whom it was done."


def _sides(told: Told) -> Iterator[str]:
    """Parties that are spoken about and never speak."""
    speaking = {part.actor for part in told.parts if part.speaks}
    silent = [part for part in told.parts if part.actor not in speaking]
    by_actor: dict[str, list[str]] = {}
    for part in silent:
        by_actor.setdefault(part.actor, []).append(part.role.replace("_", " "))
    if by_actor and not speaking:
        yield (
            "None of those who took part is quoted in what is published."
            if told.published
            else "None of those who took part is quoted; others speak about them."
        )
    elif by_actor:
        named = [f"{actor} ({', '.join(roles)})" for actor, roles in by_actor.items()]
        never = "Not quoted in what is published" if told.published else "Never quoted"
        yield f"{never}: {_listed(named)}."
    bare = [part.actor for part in told.parts if not part.rests_on_claims]
    if bare:
        yield f"No {told.claim} is recorded for the part of {_listed(bare)}."


def _where(told: Told) -> Iterator[str]:
    if not told.place:
        yield f"No place is {told.word('given')}."
    elif told.place_precision in _WIDE:
        given = told.word("given")
        yield f"No place below the {told.place_precision} is {given}: {told.place}."


def _when(told: Told) -> Iterator[str]:
    if told.earliest is None and told.latest is None:
        given, planned = told.word("given"), told.word("set for it")
        yield f"No date is {given if told.happened else planned}."
    elif told.precision != Precision.DAY:
        days = in_words(told.earliest, told.latest)
        yield f"No date to the day is {told.word('given')}: {days}."


def _how_many(told: Told) -> Iterator[str]:
    if told.type in _DONE_TO_SOMEBODY and told.happened:
        missing = [measure for measure in _EXPECTED if measure not in told.figures]
        if missing:
            yield f"No number of {' or '.join(missing)} is {told.word('given')}."
    for measure in _PEOPLE:
        if measure in told.figures and measure not in told.limited:
            yield f"No {told.claim} says how many were {measure} at most."


def _from_whom(told: Told) -> Iterator[str]:
    if not told.outlets:
        yield f"No outlet is {told.word('known')} for what is said."
    elif len(told.outlets) == 1:
        outlet = told.outlets[0]
        yield (
            f"No outlet beside {outlet} is published for it."
            if told.published
            else f"No second outlet reports it: everything comes from {outlet}."
        )
    if told.articles > 1 and told.origins == 1:
        articles = f"{told.word('')} articles".strip()
        yield f"All {told.articles} {articles} go back to one origin; none confirms it."
    if told.unnamed:
        quoted = _listed([f"“{words}”" for words in told.unnamed])
        yield (
            f"No speaker is published by name: the words for them are {quoted}."
            if told.published
            else f"No source is named: the only speakers are {quoted}."
        )


def _listed(names: Sequence[str]) -> str:
    """ "a, b and c"; beyond a few, how many more."""
    shown = list(names[:_NAMED])
    if more := len(names) - len(shown):
        shown.append(f"{more} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
