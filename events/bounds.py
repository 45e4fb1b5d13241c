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
# 2 × 12, scores 2 × 20, hundreds 2 × 100 …), "several" is more than two, and "a few" or
# "a couple" more than one. This is a project convention, chosen low: a bound that is too
# low is still true, one that is too high would invent a conflict.
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

_UNITS = "zero one two three four five six seven eight nine".split()
_TEENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS + _TEENS)},
    **{word: value * 10 for value, word in enumerate(_TENS, start=2)},
    "twin": 2,
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, bounded at both ends."""
    ordered = sorted(words, key=len, reverse=True)
    return rf"\b(?:{'|'.join(word.replace(' ', '[ -]') for word in ordered)})\b"


# "1,200", "124 000", "13"; not "12.5", "1,20", "$5", "AK-47", "20s", "3rd", "20%". At most
# nine digits, so that every value fits PostgreSQL's integer.
_DIGITS = (
    r"(?<![\w.,:/$€£#'-])"
    r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?: \d{3}){1,2}|\d{1,9})"
    r"(?![\w%]|[.,:/]\d)"
)
_BELOW_100 = rf"(?:{_any(_TENS)}(?:[ -]{_any(_UNITS[1:])})?|{_any(_UNITS + _TEENS)})"
_HUNDREDS = (
    rf"(?:\ba|\b\d{{1,2}}|{_BELOW_100})[ -]hundred\b"
    rf"(?: (?:and )?{_BELOW_100}(?![ -]hundred\b))?"
)
_BELOW_1000 = rf"(?:{_HUNDREDS}|{_BELOW_100})"
_NUMBER = re.compile(
    rf"(?P<vague>{_any(VAGUE)})"
    rf"|(?:\ba|(?<![\w.,-])\d{{1,3}}|{_BELOW_1000})[ -]thousand\b"
    rf"(?: (?:and )?{_BELOW_1000})?"
    rf"|(?:\ba|(?<![\w.,-])\d{{1,3}}|{_BELOW_100})[ -]dozen\b"
    rf"|{_BELOW_1000}|{_DIGITS}|\btwin\b"
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
    r"|\b(?:no|no\.|not|number) ?(?=\d|" + _any(_VALUES) + ")"
    r"|\bone another\b|\ball but\b|\b(?:some|most|many|few|several|part) of (?:the|its)\b"
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
    Quantifier.AT_LEAST: r"^\+|^[ -]plus\b|\bor more\b|\bat least\b",
    Quantifier.UP_TO: r"\bor (?:fewer|less)\b|\bat most\b",
    Quantifier.ABOUT: r"^-odd\b|\bor so\b|\bor thereabouts\b|^[ -](?:decade|centur)",
}
_AFTER_NUMBER = re.compile(
    "|".join(f"(?P<{quantifier}>{words})" for quantifier, words in _AFTER.items())
)
# A comparison that the phrase makes, but not with the number that was read.
_STRAY = re.compile(r"\b(?:(?:more|fewer|less) than|at (?:least|most)|up to|as many as)\b")


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number, or the two ends of a range, as the words have it."""

    low: int
    high: int
    vague: bool = False


def bounds_from_words(text: str) -> Bounds | None:
    """Read the one number expression of a short phrase.

    None when there is no number, more than one unrelated number ("more than 150 Afghans
    and 13 Americans": one phrase for each), or a number that is not a plain count:
    decimals, millions, percentages, fractions, ordinals, ages, dates, sums of money, "no
    one", "some of the 13". A number of decades is ABOUT with both ends open: nobody
    who says "two decades" counted the years.
    """
    if _DATE.search(text):
        return None
    phrase = _normal(text)
    if _REFUSED.search(phrase):
        return None
    matches = list(_NUMBER.finditer(phrase))
    if not matches or re.search(r"\d", _NUMBER.sub("", phrase)):
        return None
    before = phrase[: matches[0].start()]
    after = phrase[matches[-1].end() :]
    cues, before = _cues_before(before)
    if found := _AFTER_NUMBER.search(after):
        cues.add(_quantifier_of(found))
        after = after[: found.start()]
    elif _STRAY.search(after):
        return None
    amount = None if _STRAY.search(before) else _amount(phrase, matches, cues)
    return None if amount is None else _bounds(amount, cues)


def _normal(text: str) -> str:
    """Lower case, plain hyphens and spaces; "100–200" spelled out as a range."""
    plain = re.sub(r"\s+", " ", text.lower().replace("—", " - ")).strip()
    plain = re.sub("[‐‑‒–−]", "-", plain)
    plain = re.sub(r"\b(?:a )?half(?: a |[ -])dozen\b", "six", plain)
    return re.sub(r"(?<=\d) ?- ?(?=\d)", " to ", plain)


def _cues_before(before: str) -> tuple[set[Quantifier], str]:
    """The quantifiers that end the words before the number, and the words before them."""
    cues = set()
    while found := _BEFORE_NUMBER.search(before):
        cues.add(_quantifier_of(found))
        before = before[: found.start()]
    return cues, before


def _quantifier_of(found: re.Match[str]) -> Quantifier:
    """The quantifier whose named group matched."""
    return Quantifier(found.lastgroup or "")


def _amount(
    phrase: str, matches: list[re.Match[str]], cues: set[Quantifier]
) -> _Amount | None:
    """One number; or two, if the words between them make a range of them."""
    first, last = matches[0], matches[-1]
    if len(matches) == 1:
        low = _value(first)
        lone_between = Quantifier.BETWEEN in cues
        return None if lone_between else _Amount(low, low, bool(first["vague"]))
    low, high = _value(first), _value(last)
    joint = phrase[first.end() : last.start()]
    joints = r"-| (?:to|or|and) " if Quantifier.BETWEEN in cues else r"-| (?:to|or) "
    if (
        len(matches) > 2
        or first["vague"]
        or last["vague"]
        or not re.fullmatch(joints, joint)
        # "rose from 100 to 200" is a change; "two to three hundred" is 2 or 200.
        or phrase[: first.start()].endswith("from ")
        or low < _scaled_by(last)
        or low >= high
    ):
        return None
    cues.add(Quantifier.BETWEEN)
    return _Amount(low, high)


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


def _bounds(amount: _Amount, cues: set[Quantifier]) -> Bounds | None:
    """The bounds of an amount under its quantifiers; None if they do not go together."""
    low, high = amount.low, amount.high
    if amount.vague:
        fits = cues <= {Quantifier.MORE_THAN, Quantifier.AT_LEAST}
        return Bounds(low, None, Quantifier.VAGUE) if fits else None
    if cues == {Quantifier.BETWEEN, Quantifier.ABOUT}:
        return Bounds(low, high, Quantifier.ABOUT)
    if Quantifier.ABOUT in cues and Quantifier.BETWEEN not in cues:
        return Bounds(None, None, Quantifier.ABOUT)
    if len(cues) > 1:
        return None
    quantifier = next(iter(cues), Quantifier.EXACT)
    match quantifier:
        case Quantifier.MORE_THAN:
            return Bounds(low + 1, None, quantifier)
        case Quantifier.AT_LEAST:
            return Bounds(low, None, quantifier)
        case Quantifier.FEWER_THAN:
            return Bounds(None, high - 1, quantifier) if high else None
        case Quantifier.UP_TO | Quantifier.NEARLY:
            return Bounds(None, high, quantifier)
        case _:
            return Bounds(low, high, quantifier)


_LOW_ONLY = {Quantifier.MORE_THAN, Quantifier.AT_LEAST, Quantifier.VAGUE}
_HIGH_ONLY = {Quantifier.UP_TO, Quantifier.FEWER_THAN, Quantifier.NEARLY}


def check_bounds(low: int | None, high: int | None, quantifier: str) -> list[str]:
    """Say in sentences what is wrong with a figure's bounds; empty when all is well."""
    if quantifier not in set(Quantifier):
        known = ", ".join(Quantifier)
        return [f"The quantifier “{quantifier}” is unknown; it is one of {known}."]
    problems = [
        f"The {name} bound {value} is below zero."
        for name, value in (("low", low), ("high", high))
        if value is not None and value < 0
    ]
    if low is not None and high is not None and low > high:
        problems.append(f"The low bound {low} is above the high bound {high}.")
    return problems + _shape_problems(low, high, Quantifier(quantifier))


def _shape_problems(
    low: int | None, high: int | None, quantifier: Quantifier
) -> list[str]:
    """What the quantifier's shape asks of the two ends, and does not get."""
    if quantifier in _LOW_ONLY:
        return _one_end(quantifier, "low", low, "high", high)
    if quantifier in _HIGH_ONLY:
        return _one_end(quantifier, "high", high, "low", low)
    if quantifier == Quantifier.EXACT and (low is None or low != high):
        return ["“exact” needs both bounds, and the same number in both."]
    if quantifier == Quantifier.BETWEEN and (low is None or high is None):
        return ["“between” needs a low and a high bound."]
    if quantifier == Quantifier.ABOUT and (low is None) != (high is None):
        return ["“about” needs either both bounds (a range) or none."]
    return []


def _one_end(
    quantifier: Quantifier, end: str, value: int | None, other: str, extra: int | None
) -> list[str]:
    """A quantifier that bounds one end only: that end is given and the other open."""
    problems = []
    if value is None:
        problems.append(f"“{quantifier}” needs a {end} bound.")
    if extra is not None:
        problems.append(f"“{quantifier}” leaves the {other} bound open; it is {extra}.")
    return problems
