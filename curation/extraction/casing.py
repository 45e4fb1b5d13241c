"""Gives texts without capitals, and texts in capitals only, ordinary spelling.

Old wire copy comes in one case; a parser trained on newspapers then takes names for
common nouns. Letters change, lengths never do, so that offsets hold. What is no word of
English is taken for a name; what stands between two such words is taken for part of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from curation.extraction.lexicon.demonyms import ADJECTIVES, PEOPLES

_ENOUGH = 40  # letters: below this nothing can be said about the case of a text
_RARE = 0.01  # capitals in a text that has none to speak of
_WORD = re.compile(r"[a-z][a-z']*(?:-[a-z]+)*")
_START = re.compile(r"(?:\A|[.?!][\"')]*\s+|\n|\s{3,})[\"'(]*([a-z])")
_ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "er",
    "ers",
    "ly",
    "ist",
    "ists",
    "ism",
    "ness",
)
_BEGINNINGS = ("anti", "non", "re", "un", "counter", "narco", "ultra", "pro", "inter")
# March and May are words as well.
_DAYS = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)
_ACRONYM = 6


def one_case(text: str) -> bool:
    """Whether a text has no capitals, or nothing else."""
    capitals = sum(letter.isupper() for letter in text)
    small = sum(letter.islower() for letter in text)
    if capitals + small < _ENOUGH:
        return False
    return capitals < _RARE * small or small < _RARE * capitals


def recased(text: str, words: Collection[str]) -> str:
    """`text` with capitals where newspapers have them, at the same length.

    `words` are the common words of English, in their base forms and in lower case.
    """
    lower = text.lower()
    if len(lower) != len(text):
        return text
    letters = list(lower)
    found = list(_WORD.finditer(lower))
    names = _names([each[0] for each in found], words)
    for each, name in zip(found, names, strict=True):
        if name:
            start, end = each.span()
            end = end if _acronym(lower, start, end) else start + 1
            letters[start:end] = lower[start:end].upper()
    for each in _countries().finditer(lower):
        letters[each.start() : each.end()] = each[0].title()
    for each in _START.finditer(lower):
        letters[each.start(1)] = each[1].upper()
    return "".join(letters)


def _names(tokens: list[str], words: Collection[str]) -> list[bool]:
    """Which of the tokens are names, or stand between two that are."""
    alone = [_is_name(token, words) for token in tokens]
    return [
        name or (0 < at < len(alone) - 1 and alone[at - 1] and alone[at + 1] and long)
        for at, name in enumerate(alone)
        for long in [len(tokens[at]) > 3]
    ]


def _is_name(word: str, words: Collection[str]) -> bool:
    return len(word) > 1 and (word in _DAYS or not _is_word(word, words))


def _is_word(word: str, words: Collection[str]) -> bool:
    if word in words or "'" in word:
        return True
    if word.endswith("men") and f"{word[:-2]}an" in words:
        return True
    if "-" in word:
        return all(_is_word(part, words) for part in word.split("-") if part)
    for ending in _ENDINGS:
        if word.endswith(ending) and _stem(word[: -len(ending)], words):
            return True
    return any(
        word.startswith(beginning) and _is_word(word[len(beginning) :], words)
        for beginning in _BEGINNINGS
        if len(word) > len(beginning) + 3
    )


def _stem(stem: str, words: Collection[str]) -> bool:
    """Whether this is a word that has lost an e, a y or doubled its last letter."""
    if stem in words or f"{stem}e" in words:
        return True
    if stem.endswith("i") and f"{stem[:-1]}y" in words:
        return True
    return len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in words


def _acronym(text: str, start: int, end: int) -> bool:
    """Letters in brackets, or letters that nobody could speak."""
    if end - start > _ACRONYM:
        return False
    bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    return bracketed or not re.search("[aeiouy]", text[start:end])


@cache
def _countries() -> re.Pattern[str]:
    """Names of countries and of what belongs to them, the longest first."""
    import pycountry

    names = {str(country.name) for country in pycountry.countries}
    names |= {
        str(country.common_name)
        for country in pycountry.countries
        if hasattr(country, "common_name")
    }
    names |= {
        "United States",
        "United Nations",
        "European Union",
        *ADJECTIVES,
        *PEOPLES,
    }
    fit = sorted((n for n in names if len(n) > 3), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(n.lower()) for n in fit)})(?!\w)")
