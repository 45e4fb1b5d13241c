"""One man told of beside a figure of others: "killed the leader and two fighters".

Pure functions on words, for curation.evaluation.incidents: the extractors count only
who stands there with a number or with "a".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

VERBS = {
    "killed": r"kill(?:ed|ing)|deaths? of|slain",
    "captured": r"captur(?:ed|ing)|detain(?:ed|ing)|arrest(?:ed|ing)|detention of"
    r"|arrest of|capture of",
}
PEOPLE = (
    r"(?:insurgents|individuals|suspects|militants|men|fighters|others|members|people"
    r"|associates|attackers|enemy fighters|terrorists|rebels|persons|facilitators)\b"
)
_REACH = 160  # characters before a figure in which he may stand
_WORDS = r"(?:(?!(?:the|an?|for|to|by|with|while) )[\w-]+ ){0,4}?"
# One man with an article or with a name, and what may describe him.
_ONE = (
    rf"(?P<one>him|(?:(?:an?|this|the|their|its|his) )?{_WORDS}"
    r"(?:[\w-]+(?:er|or|ist|ant|man)|chief|deputy|operative|expert|individual|suspect"
    r"|emir|associate|target|figure)"
    r"|(?!(?:one|the) )(?:[\w'-]+ ){1,8}?(?-i:[A-Z])[\w'-]+)"
    r"(?:, [^,.;]{2,60},)?(?: (?:in|near|during|at) [^,.;]{2,60}?)?"
)
_JOINED = r",? (?:(?:along|together) with|as well as|and) $"
_FIRST = r"(?:^|\n|[a-z)]{2}\. |\) [-–—]+ )"
# "killed him and", "Omar was killed along with"
_BEFORE = {
    measure: re.compile(
        rf"\b(?:{verbs}) {_ONE}{_JOINED}"
        rf"|{_FIRST}(?:[^.;,]{{2,80}}, )?"
        rf"(?:{_ONE.replace('<one>', '<first>')}|(?P<alone>he|(?-i:[A-Z])[\w'-]+))"
        rf" (?:was|has been) (?:[\w-]+ ){{0,3}}?(?:{verbs})"
        r"[^.;]{0,60}? (?:along|together) with $",
        re.IGNORECASE,
    )
    for measure, verbs in VERBS.items()
}
# "Omar and two fighters were killed"
_BEGINNING = re.compile(rf"{_FIRST}{_ONE}{_JOINED}", re.IGNORECASE)
_WERE = {
    measure: re.compile(
        rf",?[^.;,]{{0,40}} (?:was|were|been) (?:\w+ )?(?:{verbs})", re.IGNORECASE
    )
    for measure, verbs in VERBS.items()
}
# Several people, a place or an aside were taken for a name; or he is no enemy.
_NO_MAN = re.compile(
    rf"\b(?i:{PEOPLE}|in|at|near|on|during|after|who|while|father|mother|brother|sister"
    r"|daughter|soldier|officer|villager|farmer|driver|policeman|woman)\b|\d"
    r"|^(?!(?:an?|this|the|their|its|his) ).* (?:[a-z]+(?:s|ed)|for|to|with|by)\b"
)


def beside(
    text: str,
    measure: str,
    figures: list[tuple[int, int]],
    numbered: list[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Where such men stand; `figures` are those of the measure, `numbered` all."""
    for start, end in figures:
        first = max(0, start - _REACH)
        words = text[first:start]
        found = _BEFORE[measure].search(words)
        if found is None and _WERE[measure].match(text, end):
            found = _BEGINNING.search(words)
        if found is None:
            continue
        low, high = found.span(found.lastgroup or 0)
        if _NO_MAN.search(words[low:high]):
            continue
        low, high = low + first, high + first
        if not any(begin < high and low < last for begin, last in numbered):
            yield low, high
