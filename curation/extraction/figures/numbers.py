"""Number expressions of a text, with the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from events.bounds import VAGUE, Bounds, Quantifier, bounds_from_words

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_TEENS}|{_UNITS})\b"
_DIGITS = (
    r"(?<![\w.,:/$€£#'-])(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?: \d{3}){1,2}|\d{1,7})"
    r"(?![\w%:/]|[.,]\d|'\d|-[a-z]?\d)"
)
_SCALED = (
    rf"(?:(?:\ba|{_DIGITS}|\b{_SMALL})[ -]hundred(?: and {_SMALL})?"
    rf"(?:[ -]thousand)?|(?:\ba|{_DIGITS}|\b{_SMALL})[ -]thousand"
    rf"(?: (?:and )?(?:{_SMALL}[ -]hundred(?: and {_SMALL})?|{_SMALL}))?"
    rf"|(?:half a |\ba |{_DIGITS} |\b{_SMALL} )dozen)\b"
)
_VAGUE = "|".join(
    re.escape(words).replace(r"\ ", "[ -]")
    for words in sorted(VAGUE, key=len, reverse=True)
)
# "20-25 people"; a pair that falls, like a score of 5-4, makes no bounds.
_SPAN = r"(?<![\w.,:/$€£#'-])\d{1,3}[-–—]\d{1,3}(?![\w%:/-]|[.,]\d|'\d)"
_NUMBER = (
    rf"(?:\b(?:{_VAGUE})\b|{_SCALED}|\b(?:twin|both)\b|\b{_SMALL}|{_SPAN}|{_DIGITS})"
)
_QUANTIFIER = (
    r"(?:more than|at least|over|up to|as many as|as much as|at most|nearly|almost"
    r"|about|around|some|approximately|roughly|an estimated|estimated|fewer than"
    r"|less than|under|(?:no|not) (?:fewer|less|more) than|close to|in excess of"
    r"|upwards? of|a (?:minimum|maximum) of|above|exceeding|between|from)"
)
_EXTRA = r"(?:(?:the|a|an|another|other|further|additional) )*"
_EXPRESSION = re.compile(
    rf"(?:\b(?P<quantifier>{_QUANTIFIER}) {_EXTRA})?"
    rf"(?P<number>{_NUMBER})"
    rf"(?P<range>(?: to | ?[-–—] ?| or ){_NUMBER}| and {_NUMBER})?"
    r"(?P<after> or (?:more|fewer|less|so)\b|\+| or thereabouts|-odd\b)?",
    re.IGNORECASE,
)
# What stands behind a number that counts nobody: "12 percent", "12 million", "$12".
_NO_COUNT_AFTER = re.compile(
    r" ?%| ?-? ?(?:percent|per cent|percentage|(?:m|b|tr)illions?|(?:a|p)\.?m\.?\b"
    r"|o'clock|mm\b|km\b|kg\b|cm\b|lbs?\b|mph\b|caliber|calibre|degrees?|dollars?"
    r"|cents?|euros?|pesos?|rupees?|hundredths?|thirds?\b|quarters?\b|fifths?\b)"
    r"|-(?:year|month|week|day)s?-old|[- ]years?[- ]olds?|[- ]years? of age",
    re.IGNORECASE,
)
_NO_COUNT_BEFORE = re.compile(
    r"(?:[$€£#]|\b(?:no\.?|number|nr|aged?|ages|article|chapter|route|highway|section"
    r"|channel|flight|page|title|level|phase|part|room|apartment|us\$|rs\.?"
    r"|battalion|brigade|division|at|of age)) ?$",
    re.IGNORECASE,
)
# What is said, known or asked about something.
_ABOUT_WHAT = re.compile(
    r"\b(?:t(?:ell|ells|elling|old)(?: \w+)?|talk\w*|know\w*|hear\w*|ask\w*"
    r"|sp(?:eak|oke)\w*|informed(?: \w+)?|information|details?|questions?|report"
    r"|think\w*|read|learn\w*|worried|concerned|concerns?|film|book|story) $",
    re.IGNORECASE,
)
_ONE_IDIOM_AFTER = re.compile(
    r" (?:of|another|after|by one|day|time|thing|way|side|hand|more time|person's"
    r"|in \w+|out of|such|who|whose|that|which)\b|'s\b|-(?:on|time|way|man|sided)",
    re.IGNORECASE,
)
_ONE_IDIOM_BEFORE = re.compile(
    r"\b(?:no|any|every|some|each|this|which|the|the only|number|not|square) $",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number expression at `start` to `end` of a paragraph's own characters.

    `number` is where the number itself begins, behind "more than".
    """

    start: int
    end: int
    number: int
    bounds: Bounds

    @property
    def is_one(self) -> bool:
        return self.bounds.low == self.bounds.high == 1


def numbers(text: str) -> Iterator[Number]:
    """The number expressions of a paragraph that may be counts, in their order."""
    at = 0
    while found := _EXPRESSION.search(text, at):
        number = _read(text, found)
        at = max(number.end if number else found.end("number"), at + 1)
        if number and not _no_count(text, number):
            yield number


def _read(text: str, found: re.Match[str]) -> Number | None:
    """The longest reading of an expression whose words make bounds."""
    if found["number"].lower() == "both":
        start, end = found.span("number")
        return Number(start, end, start, Bounds(2, 2, Quantifier.EXACT))
    quantifier = (found["quantifier"] or "").lower()
    begins = [found.start(), found.start("number")]
    ends = [found.end(), found.end("range"), found.end("number")]
    if (
        found["range"]
        and found["range"].startswith(" and ")
        and quantifier != "between"
    ):
        ends = [found.end("number")]
    if quantifier == "from" or _is_preposition(text, found):
        begins = begins[1:]
    for begin in begins:
        for end in ends:
            if end < found.end("number"):
                continue
            if bounds := bounds_from_words(text[begin:end]):
                return Number(begin, end, found.start("number"), bounds)
    return None


def _is_preposition(text: str, found: re.Match[str]) -> bool:
    """Whether "about" or "over" belongs to the words before: "told us about two …"."""
    word = (found["quantifier"] or "").lower()
    if word not in {"about", "over", "under", "above", "around"}:
        return False
    between = text[found.end("quantifier") : found.start("number")].strip().lower()
    if between in {"the", "these", "those"}:
        return True
    before = text[max(0, found.start() - 40) : found.start()]
    return word == "about" and _ABOUT_WHAT.search(before) is not None


def _no_count(text: str, number: Number) -> bool:
    """Whether the words around a number make it something else than a count."""
    before = text[max(0, number.start - 14) : number.start]
    after = text[number.end : number.end + 20]
    if _NO_COUNT_AFTER.match(after) or _NO_COUNT_BEFORE.search(before):
        return True
    if number.is_one and text[number.number : number.end].lower() == "one":
        if _ONE_IDIOM_BEFORE.search(before):
            return True
        return _ONE_IDIOM_AFTER.match(after) is not None
    return False
