"""Figures in words, read as integer bounds; and bounds checked against their words.

The convention is that of docs/curation-format.md ("Claims"): "more than N" starts at
N + 1, "fewer than N" ends at N - 1, "at least" and "up to" keep N, "nearly N" ends at
N, "about N" leaves both ends open unless it gives a range, a plain number is both ends.

The reader refuses in doubt: a bound that is not in the words would be published as if
somebody had said it, while a refused phrase only waits for a person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Quantifier(StrEnum):
    """How a figure is worded; the code list `quantifier` of the curation format."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    FEWER_THAN = "fewer_than"
    NEARLY = "nearly"
    ABOUT = "about"
    BETWEEN = "between"
    VAGUE = "vague"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Inclusive integer bounds; None where an end is open."""

    low: int | None
    high: int | None
    quantifier: Quantifier


# The least count that a vague word can honestly stand for; never a greatest, because
# nobody who says "scores" names one. A plural is at least two of its unit (dozens
# 2 × 12, scores 2 × 20, hundreds 2 × 100 …), "several" is more than two, "a few" and
# "a couple" are more than one. This is a project convention, chosen low: a bound that
# is too low is still true, one that is too high would invent a conflict.
VAGUE = {
    "a couple": 2,
    "a few": 2,
    "several": 3,
    "dozens": 24,
    "a few dozen": 24,
    "several dozen": 36,
    "scores": 40,
    "hundreds": 200,
    "a few hundred": 200,
    "several hundred": 300,
    "thousands": 2_000,
    "a few thousand": 2_000,
    "several thousand": 3_000,
    "tens of thousands": 20_000,
    "hundreds of thousands": 200_000,
}

_UNITS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5},
    **{"six": 6, "seven": 7, "eight": 8, "nine": 9},
}
_TEENS = {
    **{"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14},
    **{"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19},
}
_TENS = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
_VALUES = {"zero": 0, "twin": 2, **_UNITS, **_TEENS, **_TENS}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, bounded at both ends."""
    ordered = sorted(words, key=len, reverse=True)
    return rf"\b(?:{'|'.join(word.replace(' ', '[ -]') for word in ordered)})\b"


# "1,200", "124 000", "13"; not "12.5", "1,20", "$5", "AK-47", "20s", "3rd", "20%". At
# most nine digits, so that every value fits PostgreSQL's integer.
_DIGITS = (
    r"(?<![\w.,:/$€£#'-])"
    r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?: \d{3}){1,2}|\d{1,9})"
    r"(?![\w%])"
)
_COUNT = r"(?<![\w.,-])\d{1,3}"
_BELOW_100 = rf"(?:{_any(_TENS)}(?:[ -]{_any(_UNITS)})?|{_any([*_UNITS, *_TEENS])})"
_HUNDREDS = (
    rf"(?:\ba|{_COUNT}|{_BELOW_100})[ -]hundred\b"
    rf"(?: (?:and )?{_BELOW_100}(?![ -]hundred\b))?"
)
_BELOW_1000 = rf"(?:{_HUNDREDS}|{_BELOW_100})"
_NUMBER = re.compile(
    rf"(?P<vague>{_any(VAGUE)})"
    rf"|(?:\ba|{_COUNT}|{_BELOW_1000})[ -]thousand\b"
    rf"(?: (?:and )?{_BELOW_1000})?"
    rf"|(?:\ba|{_COUNT}|{_BELOW_100})[ -]dozen\b"
    rf"|{_BELOW_1000}|{_DIGITS}|{_any(['zero', 'twin'])}"
)

# Phrases whose number is no count, or a count that this module does not read.
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE = re.compile(rf"\b{_MONTH},? \d|\d (?:of )?\b{_MONTH}")
_REFUSED = re.compile(
    r"\b(?:[mb]illions?|trillions?|half|percent|percentage|per)\b|%"
    rf"|{_any(_VALUES)}[ -](?:first|second|third|quarter|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth)s?\b"
    r"|\byears?[ -]olds?\b|\baged\b"
    r"|\b(?:no|no\.|not|number)[ -]?(?=\d|" + _any(_VALUES) + ")"
    r"|\bone another\b|\ball but\b|\b(?:some|most|many|few|part) of (?:the|its)\b"
    r"|\b(?:in|since|by|during|until) (?:19|20)\d\d\b"
)

_BEFORE = {
    Quantifier.MORE_THAN: "more than|over|above|in excess of|upwards? of|exceeding|>",
    Quantifier.AT_LEAST: "at least|(?:no|not) (?:fewer|less) than|a minimum of|>=|≥",
    Quantifier.UP_TO: (
        "up to|as many as|as much as|at most|(?:no|not) more than|a maximum of|<=|≤"
    ),
    Quantifier.FEWER_THAN: "fewer than|less than|under|below|<",
    Quantifier.NEARLY: "nearly|almost|close to|approaching",
    Quantifier.ABOUT: (
        r"about|around|approximately|approx\.?|roughly|some|an estimated|estimated"
        r"|circa|~|≈"
    ),
    Quantifier.BETWEEN: "between",
}
_FILLER = r"(?:(?:the|a|an|another|other|further|additional) )*"
_BEFORE_NUMBER = re.compile(
    "|".join(
        rf"(?P<{quantifier}>(?<!\w)(?:{words}) ?{_FILLER}$)"
        for quantifier, words in _BEFORE.items()
    )
)
_AFTER = {
    Quantifier.AT_LEAST: r"^\+|^[ -]plus\b|\b(?:or|and) more\b|\bat least\b",
    Quantifier.UP_TO: r"\bor (?:fewer|less)\b|\bat most\b",
    Quantifier.ABOUT: r"^-odd\b|\bor so\b|\bor thereabouts\b|^[ -](?:decade|centur)",
}
_AFTER_NUMBER = re.compile(
    "|".join(f"(?P<{quantifier}>{words})" for quantifier, words in _AFTER.items())
)
# A comparison that the phrase makes, but not with the number that was read.
_STRAY = re.compile(
    r"\b(?:(?:more|fewer|less) than|at (?:least|most)|up to|as many as)\b"
)


def bounds_from_words(text: str) -> Bounds | None:
    """Read the one number expression of a short phrase.

    None when there is no number, more than one unrelated number ("more than 150 Afghans
    and 13 Americans": one phrase for each), or a number that is not a plain count:
    decimals, millions, percentages, fractions, ordinals, ages, dates, sums of money,
    "no one", "some of the 13". A number of decades is ABOUT with both ends open: nobody
    who says "two decades" counted the years.
    """
    phrase = _normal(text)
    if _DATE.search(text) or _REFUSED.search(phrase):
        return None
    matches = list(_NUMBER.finditer(phrase))
    # A digit outside every number is the rest of one that is no whole count: "12.5".
    if not matches or re.search(r"\d", _NUMBER.sub("", phrase)):
        return None
    cues, before = _cues_before(phrase[: matches[0].start()])
    after = phrase[matches[-1].end() :]
    if found := _AFTER_NUMBER.search(after):
        cues.add(_quantifier_of(found))
        after = after[: found.start()]
    if _STRAY.search(before) or _STRAY.search(after):
        return None
    if len(matches) > 1:
        ends = _range(phrase, matches, between=Quantifier.BETWEEN in cues)
        return _range_bounds(*ends, cues) if ends else None
    return _bounds(_value(matches[0]), cues, vague=bool(matches[0]["vague"]))


def _normal(text: str) -> str:
    """Lower case, plain hyphens and spaces; "100–200" spelled out as a range."""
    plain = re.sub(r"\s+", " ", text.lower().replace("—", " - ")).strip()
    plain = re.sub("[‐‑‒–−]", "-", plain)
    plain = re.sub(r"\b(?:a )?half(?: a |[ -])dozen\b", "six", plain)
    return re.sub(r"(?<=\d) ?- ?(?=\d)", " to ", plain)


def _cues_before(before: str) -> tuple[set[Quantifier], str]:
    """The quantifiers right before the number, and the words before those."""
    cues = set()
    while found := _BEFORE_NUMBER.search(before):
        cues.add(_quantifier_of(found))
        before = before[: found.start()]
    return cues, before


def _quantifier_of(found: re.Match[str]) -> Quantifier:
    """The quantifier whose named group matched."""
    return Quantifier(found.lastgroup or "")


def _range(
    phrase: str, matches: list[re.Match[str]], *, between: bool
) -> tuple[int, int] | None:
    """Two numbers, if the words around them make a range of them."""
    first, last = matches[0], matches[-1]
    low, high = _value(first), _value(last)
    joints = r"-| (?:to|or|and) " if between else r"-| (?:to|or) "
    joined = re.fullmatch(joints, phrase[first.end() : last.start()])
    if len(matches) > 2 or not joined or first["vague"] or last["vague"]:
        return None
    # "rose from 100 to 200" is a change; "two to three hundred" starts at 2 or at 200.
    doubtful = phrase[: first.start()].endswith("from ") or low < _scaled_by(last)
    return None if doubtful or low >= high else (low, high)


def _value(number: re.Match[str]) -> int:
    """The value of a number in digits, in words or in both ("3 thousand")."""
    if number["vague"]:
        return VAGUE[number["vague"].replace("-", " ")]
    total = current = 0
    for word in re.findall(r"\d[\d, ]*|[^\W\d]+", number[0]):
        if word == "thousand":
            total, current = (current or 1) * 1000, 0
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
        elif word[0].isdigit():
            current += int(re.sub("[, ]", "", word))
        else:
            current += _VALUES.get(word, 0)  # "a" and "and" add nothing
    return total + current


def _scaled_by(number: re.Match[str]) -> int:
    """3 for "three hundred", 0 for a number that does not end in a counted scale."""
    words = re.split("[ -]", number[0])
    if words[-1] not in _SCALES or words[0] == "a":
        return 0
    return _value(number) // _SCALES[words[-1]]


def _range_bounds(low: int, high: int, cues: set[Quantifier]) -> Bounds | None:
    """A range can be hedged ("about 100 to 200") but not bounded once more."""
    if not cues <= {Quantifier.BETWEEN, Quantifier.ABOUT}:
        return None
    hedged = Quantifier.ABOUT in cues
    quantifier = Quantifier.ABOUT if hedged else Quantifier.BETWEEN
    return Bounds(low, high, quantifier)


def _bounds(value: int, cues: set[Quantifier], *, vague: bool) -> Bounds | None:
    """One number under its quantifiers; None if they do not go together."""
    if vague:
        fits = cues <= {Quantifier.MORE_THAN, Quantifier.AT_LEAST}
        return Bounds(value, None, Quantifier.VAGUE) if fits else None
    if Quantifier.ABOUT in cues and Quantifier.BETWEEN not in cues:
        return Bounds(None, None, Quantifier.ABOUT)
    if len(cues) > 1:
        return None
    match next(iter(cues), Quantifier.EXACT):
        case Quantifier.EXACT as quantifier:
            return Bounds(value, value, quantifier)
        case Quantifier.MORE_THAN as quantifier:
            return Bounds(value + 1, None, quantifier)
        case Quantifier.AT_LEAST as quantifier:
            return Bounds(value, None, quantifier)
        case Quantifier.UP_TO | Quantifier.NEARLY as quantifier:
            return Bounds(None, value, quantifier)
        case Quantifier.FEWER_THAN as quantifier if value:
            return Bounds(None, value - 1, quantifier)
    return None  # fewer than none, or "between" with one number


_LOW_ONLY = {Quantifier.MORE_THAN, Quantifier.AT_LEAST, Quantifier.VAGUE}
_HIGH_ONLY = {Quantifier.UP_TO, Quantifier.FEWER_THAN, Quantifier.NEARLY}


Wrong = tuple[str, str]  # at which end, "low" or "high", and a sentence


def check_bounds(low: int | None, high: int | None, quantifier: str) -> list[str]:
    """Say in sentences what is wrong with a figure's bounds; empty when all is well."""
    return [sentence for _, sentence in wrong_ends(low, high, quantifier)]


def wrong_ends(low: int | None, high: int | None, quantifier: str) -> list[Wrong]:
    """What check_bounds says, each with the end at which it is to be mended."""
    if quantifier not in set(Quantifier):
        known = ", ".join(Quantifier)
        unknown = f"The quantifier “{quantifier}” is unknown; it is one of {known}."
        return [("low", unknown)]
    problems = [
        (name, f"The {name} bound {value} is below zero.")
        for name, value in (("low", low), ("high", high))
        if value is not None and value < 0
    ]
    if low is not None and high is not None and low > high:
        above = f"The low bound {low} is above the high bound {high}."
        problems.append(("low", above))
    return problems + _shape_problems(low, high, Quantifier(quantifier))


def _shape_problems(
    low: int | None, high: int | None, quantifier: Quantifier
) -> list[Wrong]:
    """What the quantifier's shape asks of the two ends, and does not get."""
    if quantifier in _LOW_ONLY:
        return _one_end(quantifier, "low", low, "high", high)
    if quantifier in _HIGH_ONLY:
        return _one_end(quantifier, "high", high, "low", low)
    empty = "low" if low is None else "high"
    if quantifier == Quantifier.EXACT and (low is None or low != high):
        return [(empty, "“exact” needs both bounds, and the same number in both.")]
    if quantifier == Quantifier.BETWEEN and (low is None or high is None):
        return [(empty, "“between” needs a low and a high bound.")]
    if quantifier == Quantifier.ABOUT and (low is None) != (high is None):
        return [(empty, "“about” needs either both bounds (a range) or none.")]
    return []


def _one_end(
    quantifier: Quantifier, end: str, value: int | None, other: str, extra: int | None
) -> list[Wrong]:
    """A quantifier that bounds one end only: that end is given and the other open."""
    problems = []
    if value is None:
        problems.append((end, f"“{quantifier}” needs a {end} bound."))
    if extra is not None:
        left_open = f"“{quantifier}” leaves the {other} bound open; it is {extra}."
        problems.append((other, left_open))
    return problems
