"""How English writes points and stretches of time: one pattern for each manner.

The patterns read the normal form of a text (straight quotes, plain hyphens), in any
case. Words that are also something else ("may", "march", "second", "fall") count only
beside a number or a word that makes them a date.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]
NUMBERS = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5},
    **{"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11},
    **{"twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40},
    **{"fifty": 50, "sixty": 60},
}
# How many at least; nobody who says "a few weeks" names the greatest number.
VAGUE = {"couple": 2, "couple of": 2, "few": 2, "several": 3, "many": 3, "some": 2}
HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "international women's day": (3, 8),
    "may day": (5, 1),
    "halloween": (10, 31),
}

_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may"
    r"|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?"
    r"|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![a-z])"
)
_FULL_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october"
    r"|november|december)(?![a-z])"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
# Names with a weekday in them: days of the calendar of feasts, papers, programmes.
_NO_DAY_BEFORE = "".join(
    rf"(?<!{word} )"
    for word in ["black", "good", "super", "bloody", "ash", "palm", "cyber", "holy"]
)
_NO_DAY_AFTER = (
    r"(?! (?:prayers?|sermons?|school|times|telegraph|mirror|express|the 13th"
    r"|night live|night football|morning quarterback)\b)"
)
_ANY_WEEKDAY = (
    rf"(?P<weekday>{_WEEKDAY}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d{1,3}(?!\d))"
_DAY2 = _DAY.replace("<day>", "<day2>")
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d%]|[.,:/]\d|-[a-z])"
_START = r"(?<![\w/$€£#.,-])"
# For words, behind which a comma or a dash may stand without a space.
_EDGE = r"(?<![\w/$-])"
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)})"
_SOME = r"(?P<some>(?:a )?couple(?: of)?|a few|few|several|many|some)"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_PART = r"(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)"
_CLOCK = r"(?: (?P<clock>morning|afternoon|evening|night|midday|noon|midnight))?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_BEFORE = "in|of|by|since|until|till|after|before|during|between|from|through|to|and"
# A number before these counts them: "in 2000 cases".
_COUNTED = (
    "cases|people|men|women|children|troops|soldiers|fighters|attacks|incidents|met(?:er|re)s"
    "|miles|km|kilomet(?:er|re)s|feet|dollars|pounds|houses|homes|families|members|votes"
)
# The year in the name of a law: "the Clean Air Act of 1970".
_NO_LAW = r"(?<!\bact )(?<!\bcode )"
_RELATIVE_YEAR = r"(?:of )?(?P<years>last year|this year|next year|the same year)"


class Wording(NamedTuple):
    """A manner of writing dates: its name, and its pattern.

    `needs`: letters of which it has some, small or capital; text without them need not
    be searched, which is most of the text. Empty: it may be anywhere.
    """

    name: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]


_NEEDS = {
    _MONTH: tuple(month[:3] for month in MONTHS),
    _FULL_MONTH: tuple(MONTHS),
    _SEASON: ("spring", "summer", "autumn", "fall", "winter"),
    _UNIT: ("day", "week", "month", "year", "decade"),
}


def _w(name: str, pattern: str, *needs: str) -> Wording:
    parts = (words for part, words in _NEEDS.items() if part in pattern)
    return Wording(name, re.compile(pattern, re.IGNORECASE), needs or next(parts, ()))


WORDINGS = (
    _w(
        "iso",
        rf"{_START}(?P<year>\d{{4}})(?P<sep>[-/])(?P<number>\d\d)(?P=sep)(?P<day>\d\d)"
        r"(?![\w/]|-\w)(?:T[\d:.]+Z?)?",
    ),
    _w(
        "numeric",
        rf"{_START}(?P<first>\d{{1,2}})(?P<sep>[./])(?P<second>\d{{1,2}})(?P=sep)"
        r"(?P<year>(?:19|20)\d\d)(?![\w/]|-\w|\.\d)",
    ),
    _w(
        "day-range",
        rf"{_EDGE}{_MONTH} ?{_DAY} ?(?:-|–|—|to|through|and) ?{_DAY2}(?:,? {_YEAR})?"
        rf"(?! (?:{'|'.join(m[:3] for m in MONTHS)}))",
    ),
    _w(
        "day-range",
        rf"{_START}{_DAY} ?(?:-|–|—|to|through|and) ?{_DAY2} (?:of )?{_MONTH}"
        rf"(?:,? {_YEAR})?",
    ),
    _w(
        "day",
        rf"{_EDGE}(?:{_ANY_WEEKDAY},? )?{_MONTH},? ?(?:the )?{_DAY}(?:,? ?{_YEAR})?"
        rf"(?! ?,?\d)(?:,? {_RELATIVE_YEAR})?",
    ),
    _w(
        "day",
        rf"{_START}(?:{_ANY_WEEKDAY},? (?:the )?)?{_DAY}"
        r"(?: (?:day )?(?:of )?|-(?=[a-z]{3}-\d))"
        rf"{_MONTH}(?:(?:,? |-)(?:{_YEAR}|(?P<short>[5-9]\d)(?![\d:%])))?"
        rf"(?:,? {_RELATIVE_YEAR})?",
    ),
    _w("month", rf"{_EDGE}(?:{_PART}[ -])?{_MONTH},? (?:of )?{_YEAR}"),
    _w(
        "month-relative",
        rf"{_EDGE}(?:{_PART}[ -])?{_MONTH},? {_RELATIVE_YEAR}",
    ),
    _w(
        "month-relative",
        rf"\b(?P<years>last year|this year|next year)(?: in|,) "
        rf"(?:{_PART}[ -])?{_FULL_MONTH}(?! \d)",
    ),
    _w(
        "month-relative",
        rf"\b(?P<turn>last|this|next|this past|this coming) {_FULL_MONTH}(?!,? \d)",
    ),
    _w(
        "month-relative",
        rf"\b(?:in|of|since|until) (?P<core>{_FULL_MONTH} (?P<turn>last|next))"
        r"(?! (?:year|week|month|night))\b",
    ),
    _w(
        "month-relative",
        rf"\b(?:{_BEFORE}) (?P<core>{_FULL_MONTH})(?= (?:and|or) "
        rf"{_FULL_MONTH.replace('<month>', '<month2>')},? {_RELATIVE_YEAR})",
    ),
    _w(
        "month-bare",
        rf"\b(?:{_BEFORE}) (?P<core>{_FULL_MONTH})(?!,? \d)(?! last\b)",
    ),
    _w("month-bare", rf"{_EDGE}{_PART}[ -]{_FULL_MONTH}(?!,? \d)"),
    _w(
        "season",
        rf"{_EDGE}(?:the )?(?:{_PART} )?{_SEASON}(?: of|,)? {_YEAR}",
    ),
    _w(
        "season-relative",
        rf"\b(?P<turn>last|this|next|this past) {_SEASON}"
        rf"(?! of (?!{_RELATIVE_YEAR}))\b",
    ),
    _w("season-relative", rf"\bthe {_SEASON} {_RELATIVE_YEAR}"),
    _w(
        "year-part",
        rf"{_EDGE}(?:the )?(?P<nth>first|second|third|fourth|last|q[1-4]) ?"
        rf"(?P<share>quarter|half)? (?:of )?(?:{_YEAR}|{_RELATIVE_YEAR})",
    ),
    _w(
        "year-part",
        rf"{_EDGE}(?:the )?(?P<nth>first|last) (?P<months>\d|1[01]|{'|'.join(NUMBERS)})"
        rf" months (?:of )?(?:{_YEAR}|{_RELATIVE_YEAR})",
    ),
    _w("year-part", rf"{_EDGE}{_PART}[ -](?:{_YEAR}|(?P<years>last year|this year))"),
    _w(
        "year-range",
        r"(?<![\w/$€£#.,-])(?P<year>(?:19|20)\d\d)(?:-|–|—|/)"
        r"(?P<last>(?:19|20)\d\d|\d\d)(?![\w,%]|[-/.]\w)",
    ),
    _w(
        "decade",
        rf"{_EDGE}(?:the )?(?:{_PART}[ -])?(?P<year>(?:1[5-9]|20)\d0)'?s\b",
    ),
    _w("decade", rf"\bthe (?:{_PART}[ -])?'?(?P<short>[2-9]0)s\b"),
    _w(
        "century",
        rf"\b(?:the )?(?:{_PART}[ -])?(?P<number>1\d|2[01])(?:st|th)[ -]century\b",
        "century",
    ),
    _w(
        "year",
        rf"\b{_NO_LAW}(?:{_BEFORE}|year|around|under|into|with|late) (?P<core>{_YEAR})"
        rf"(?! (?:{_COUNTED})\b)",
    ),
    _w("year", rf"\((?P<core>{_YEAR})\)"),
    _w(
        "year",
        r"\b(?:the|a|an|his|her|its|our|their|and) "
        r"(?P<core>(?P<year>(?:19|20)(?!00)\d\d))(?= [a-z][a-z-]+)"
        rf"(?! (?:\w+ )?(?:{_COUNTED}|\w+ers|\w+ists|\w+ants)\b)",
    ),
    _w(
        "today",
        r"\b(?:the (?:day(?= before y| after t)|(?:night|evening)(?= before last)) "
        r"(?P<beyond>before yesterday|after tomorrow|before last)"
        r"|(?:(?:early|late|earlier|later) )?"
        r"(?P<today>today|yesterday|tomorrow|tonight|last night|last evening)"
        rf"{_CLOCK}"
        r"|(?P<this>this) (?:very )?(?:(?:early|late) )?"
        r"(?:morning|afternoon|evening))\b"
        r"(?!'s (?:world|society|standards|youth))",
        *("day", "tomorrow", "night", "evening", "morning", "afternoon"),
    ),
    _w(
        "weekday",
        r"\b(?:(?P<turn>last|this past|this|next|this coming|the previous|the following"
        r"|past|coming) )?(?:(?:early|late|earlier|later) )?"
        rf"{_NO_DAY_BEFORE}(?P<weekday>{_WEEKDAY})\b{_NO_DAY_AFTER}"
        rf"(?:'s(?= ))?{_CLOCK}"
        r"(?:,? (?P<week>last week|this week|next week|of last week|of this week))?",
        "day",
    ),
    _w(
        "weekday",
        r"\bon (?P<core>(?P<weekday>mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\.)"
        rf"{_CLOCK}(?! ?\d| (?:{'|'.join(m[:3] for m in MONTHS)}))",
    ),
    _w(
        "unit",
        r"\b(?:(?P<edge>early|earlier|late|later|mid|sometime"
        r"|the (?:beginning|start|middle|end) of) )?"
        r"(?P<turn>last|this|next|the past|the previous|the current|the coming"
        r"|the following|the next|this past|this coming|the same|that) "
        r"(?P<unit>week|month|year|decade|weekend|century)\b"
        r"(?!'s (?:budget|edition)|-old|s\b)",
        *("week", "month", "year", "decade", "century"),
    ),
    _w("unit", r"\b(?:over|during) the (?P<unit>weekend)\b"),
    _w(
        "ago",
        rf"\b(?:(?:about|around|nearly|almost|some|just|more than|over|at least) )?"
        rf"(?:{_NUMBER}|{_SOME}) {_UNIT}s? (?:ago|earlier(?= today))\b",
    ),
    _w(
        "stretch",
        rf"\b(?:the|these|this) (?P<turn>last|past|previous|next|coming) "
        rf"(?:{_NUMBER}|{_SOME})[ -]{_UNIT}s?\b",
    ),
    _w("stretch", rf"\b(?P<turn>last|past|next) {_NUMBER} {_UNIT}s\b"),
    _w("stretch", r"\bthe (?P<turn>last|past|next) (?P<hours>24|48|72)[ -]hours?\b"),
    _w(
        "stretch",
        rf"\bthe (?P<turn>last|past|next|coming) {_UNIT}s\b(?! of)",
    ),
    _w(
        "stretch",
        rf"\b(?:in|over|during|within|for) (?P<core>the (?P<turn>last|past) {_UNIT})\b",
    ),
    _w(
        "recently",
        r"\b(?:recently|in recent (?:days|weeks|months|years|decades)"
        r"|in the (?:past|last) few (?:minutes|hours)|in the (?:recent |distant )?past"
        r"(?! (?:\w+ ){0,2}(?:year|month|week|day|decade|hour)))\b",
    ),
    _w(
        "beside",
        r"\b(?P<same>(?:on )?(?:the same|that(?: same| very)?) (?:day|night|morning"
        r"|afternoon|evening)"
        rf"|(?:on )?that {_WEEKDAY})\b",
        *("day", "night", "morning", "afternoon", "evening"),
    ),
    _w(
        "beside",
        r"\b(?P<before>the (?:day|night) before(?! yesterday| last)"
        r"|the previous (?:day|night|evening)"
        r"|the (?P<after>(?:next|following) (?:day|morning|night)|day after"
        r"(?! tomorrow)))\b",
        *("day", "night", "evening", "morning"),
    ),
    _w(
        "beside",
        rf"\b(?:(?:just|only|about|some) )?{_NUMBER} {_UNIT}s? "
        r"(?P<way>later|earlier|afterwards?|beforehand)\b",
    ),
    _w("holiday", rf"\b(?P<holiday>{'|'.join(HOLIDAYS)})\b(?:,? {_YEAR})?"),
    _w(
        "attacks-of-2001",
        r"(?<![\w/.-])9/11(?![/\w]|-\d)|\bsept(?:ember|\.)? 11(?:th)?"
        r"(?:,? 2001,?)?(?: terrorist| terror)? attacks?\b",
    ),
    _w(
        "day-of-month",
        r"\bon (?P<core>the (?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th))"
        r"(?=[.,;:)]|$| (?:and|at|when|in|after|as)\b)",
    ),
)
