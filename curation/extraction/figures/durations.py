"""How long something lasts, where the text counts whole weeks or years."""

from __future__ import annotations

import re
from typing import NamedTuple

from curation.extraction.figures.numbers import Number
from events.bounds import Bounds, Quantifier, bounds_from_words

_UNIT = re.compile(
    r"[ -](?P<unit>week|year|decade)s?(?P<long>[ -]long)?\b", re.IGNORECASE
)
# Words behind that make it a point in time, an age or a turn of speech.
_POINT = re.compile(
    r"[ -](?:ago|old|olds|earlier|later|before|after|since|away|of age|from now"
    r"|in prison|in jail|anniversary|imprisonment|sentence|term|behind)\b",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r" (?:that (?:followed|preceded)|of (?:war|fighting|conflict|occupation|violence"
    r"|rule|peace|talks|negotiations|work|service|captivity|civil|insurgency|military"
    r"|bloodshed|presence|unrest|instability|siege|blockade|combat|exile))\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:for|lasted|lasting|spent|throughout) (?:the )?$", re.IGNORECASE
)
# What is set for so many years to come, and has not lasted: a plan, a contract, money.
_SET_FOR = re.compile(
    r"(?:[ -][\w'-]+){0,3}? (?:plans?|program(?:me)?s?|strateg(?:y|ies)|budgets?"
    r"|contracts?|deals?|accords?|pacts?|agreements?|loans?|bonds?|notes?|leases?"
    r"|mortgages?|warrant(?:y|ies)|guarantees?|visas?|licen[cs]es?|permits?|mandates?"
    r"|terms?|sentences?|yields?|forecasts?|outlooks?|targets?|schedules?|roadmaps?)\b",
    re.IGNORECASE,
)
_PUNISHED = re.compile(
    r"\b(?:jailed|imprisoned|sentenced|banned|suspended|barred|prison)\b", re.IGNORECASE
)


class Duration(NamedTuple):
    """A length of time at `start` to `end` of the paragraph, in whole units."""

    start: int
    end: int
    measure: str
    bounds: Bounds
    how: str


def duration(text: str, number: Number) -> Duration | None:
    """The length of time that a number counts, if it counts one."""
    unit = _UNIT.match(text, number.end)
    if unit is None or _POINT.match(text, unit.end()):
        return None
    how = _how(text, number, unit)
    if how is None:
        return None
    name = unit["unit"].lower()
    measure = "duration_weeks" if name == "week" else "duration_years"
    words = text[number.start : number.end]
    bounds = Bounds(None, None, Quantifier.ABOUT)
    if name != "decade":
        if (read := bounds_from_words(words)) is None:
            return None
        bounds = read
    return Duration(number.start, unit.end(), measure, bounds, how)


def _how(text: str, number: Number, unit: re.Match[str]) -> str | None:
    """Which habit of English says that it is a length; None where none does."""
    before = text[max(0, number.start - 30) : number.start]
    joined = text[number.end] == "-"
    if unit["long"] or (
        joined and re.match(r" \w|,? \w", text[unit.end() : unit.end() + 3])
    ):
        return None if _SET_FOR.match(text, unit.end()) else "duration-long"
    if joined:
        return None
    if _FOLLOWED.match(text, unit.end()):
        return "duration-of"
    if _FOR.search(before) and not _PUNISHED.search(before):
        return "duration-for"
    return None
