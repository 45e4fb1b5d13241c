"""What the words of a passage suggest to the one who codes it. Pure.

Light guesses, made while somebody waits: they fill in a form and are changed there.
What the extractors found with a parser comes first (curation.suggesting).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from curation.extraction.lexicon.claim_inflection import forms, lookup
from curation.extraction.lexicon.claim_verbs import SAY
from curation.extraction.lexicon.figure_nouns import AMERICAN, GROUPS, SOLDIERS
from curation.extraction.lexicon.figure_verbs import DONE_TO, NOUNS, STATES, UNDERGONE
from events.bounds import Bounds, bounds_from_words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INSIDE = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom))\W+$")
_ACCORDING = re.compile(r"\baccording to (?P<who>[^,.;]+)", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
# What follows a verb that reports; "claimed responsibility" is something done.
_SAID = re.compile(r"\s*(?:[,.;:“\"]|that\b|how\b|why\b|whether\b|$)")
_BARE = frozenset({"say", "add", "tell"})  # "said it was over"
_NAME = r"(?:[A-Z][\w’'.-]*|of|the|and|al|bin|de)"
_NAMED = re.compile(rf"(?:[Tt]he )?[A-Z][\w’'.-]*(?: {_NAME})*")
_NATIONS = frozenset({"afghan", "american"})
_MARKS = ',.;:!?()“”"'
_CUES = 4  # words before a number that may bound it, and after it that may be counted
# Capital letters at the beginning of a sentence that name nobody.
_NOBODY = re.compile(
    r"(?:At|In|On|By|For|From|With|After|Before|But|And|As|Also|Meanwhile|However|He|"
    r"She|It|They|We|I|There|This|That|These|Those|When|While|If|So|No|Some|Many)"
)
_COMMON = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er) )?\b[\w’'-]+(?: \w+)? ?$")
_REACH = 60  # characters between a name and the verb that reports


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as the words give it; offsets count from the start of the passage."""

    start: int
    end: int
    words: str
    bounds: Bounds
    measure: str | None
    group: str
    inside: bool  # counted inside the figure before it


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that seem to name the speaker, and the modality of the verb beside them."""

    start: int
    end: int
    words: str
    modality: str


def numbers_in(passage: str) -> list[Number]:
    """The figures of a passage, in order, each with the words that give its bounds."""
    pieces = [found.span() for found in re.finditer(r"\S+", passage)]
    measure = measure_of(passage)
    found: list[Number] = []
    at = 0
    while at < len(pieces):
        run = _number_at(passage, pieces, at)
        if run is None:
            at += 1
            continue
        first, last, bounds = run
        start, end = pieces[first][0], pieces[last - 1][1]
        words = passage[start:end].rstrip(',.;:!?)”"')
        inside = bool(found) and bool(_INSIDE.search(passage[:start]))
        group = group_of(words)
        found.append(
            Number(start, start + len(words), words, bounds, measure, group, inside)
        )
        at = last
    ends = [*(each.start for each in found[1:]), len(passage)]
    return [
        replace(each, measure=measure_of(passage[each.end : end]) or measure)
        for each, end in zip(found, ends, strict=False)
    ]


def measure_of(words: str) -> str | None:
    """The measure that a word of killing, wounding, arresting … names; the first."""
    known = _measures()
    found = (known.get(word.group().lower()) for word in _WORD.finditer(words))
    return next((code for code in found if code), None)


def group_of(words: str) -> str:
    """The group that the nouns name; "all" where they name none in particular."""
    plain = [_singular(word.group().lower()) for word in _WORD.finditer(words)]
    groups = [GROUPS[word] for word in plain if word in GROUPS]
    american = bool(AMERICAN & {word.group().lower() for word in _WORD.finditer(words)})
    if american and any(word in SOLDIERS for word in plain):
        return "us_service_members"
    if plain and plain[-1] in {"afghan", "american"}:
        return f"{plain[-1]}s"
    return next((group for group in groups if group != "all"), "all")


def attribution_in(sentence: str) -> Attribution | None:
    """Who seems to say what the sentence says: the name beside a verb that reports."""
    plain = _QUOTED.sub(lambda m: " " * len(m.group()), sentence)
    if found := _ACCORDING.search(plain):
        start, end = found.span("who")
        return Attribution(start, end, sentence[start:end].strip(), "reported")
    verbs = _verbs()
    for word in _WORD.finditer(plain):
        verb = verbs.get(word.group())
        if verb is None or not _reports(sentence, word.end(), verb):
            continue
        if name := _beside(plain, word.start(), word.end()):
            return Attribution(*name, sentence[slice(*name)], SAY[verb])
    return None


def _reports(sentence: str, end: int, verb: str) -> bool:
    """Whether what is said follows the verb, or stood before it: no mere object."""
    return verb in _BARE or bool(_SAID.match(sentence, end))


def _beside(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """The name before a verb of reporting in its clause, else the one right after."""
    before = plain[max(0, start - _REACH) : start]
    offset = start - len(before)
    names = [
        name for name in _NAMED.finditer(before) if not _NOBODY.fullmatch(name.group())
    ]
    if names and not re.search(r"[,;:]", before[names[-1].end() :]):
        return offset + names[-1].start(), offset + names[-1].end()
    if after := _NAMED.match(plain, end + 1):
        return end + 1, end + 1 + len(after.group().rstrip(".,"))
    clause = re.split(r"[,;:]", before)[-1].strip()
    if clause and (common := _COMMON.search(clause)):
        begin = start - len(before) + before.rindex(clause) + common.start()
        return begin, begin + len(common.group().rstrip())
    return None


def _number_at(
    passage: str, pieces: list[tuple[int, int]], at: int
) -> tuple[int, int, Bounds] | None:
    """The figure whose number begins with the piece `at`: first, past the last, bounds.

    With the words before that change its bounds ("more than") and what is counted.
    """

    def read(first: int, last: int) -> Bounds | None:
        return bounds_from_words(passage[pieces[first][0] : pieces[last - 1][1]])

    last = max((n for n in _upto(at, len(pieces)) if read(at, n)), default=at)
    if (
        last == at
        or _WORD.fullmatch(passage[slice(*pieces[at])])
        and not read(at, at + 1)
    ):
        return None
    number = next(n for n in _upto(at, last) if read(at, n) == read(at, last))
    first, bounds = at, read(at, number)
    for before in range(at - 1, max(at - _CUES, 0) - 1, -1):
        wider = read(before, number)
        if wider and wider != bounds:
            first, bounds = before, wider
    assert bounds is not None
    return first, _counted(passage, pieces, number), bounds


def _upto(at: int, most: int) -> range:
    return range(at + 1, min(at + _CUES, most) + 1)


def _counted(passage: str, pieces: list[tuple[int, int]], last: int) -> int:
    """Past the noun that is counted, where a known one follows soon."""
    past = last
    for end in _upto(last, len(pieces)):
        word = passage[slice(*pieces[end - 1])]
        if _singular(word.strip(_MARKS).lower()) in {*GROUPS, *SOLDIERS, *_NATIONS}:
            past = end
        if word[-1] in _MARKS:
            break
    return past


def _singular(word: str) -> str:
    if word in GROUPS or word in SOLDIERS:
        return word
    if word.endswith("men"):
        return f"{word[:-3]}man"
    return word.removesuffix("s")


@cache
def _verbs() -> Mapping[str, str]:
    """Each form of a verb of reporting, with the verb."""
    return lookup(SAY)


@cache
def _measures() -> Mapping[str, str]:
    """Each form of a word that says what happened to those counted: its measure."""
    verbs = {**UNDERGONE, **DONE_TO}
    found = {form: code for verb, code in verbs.items() for form in forms(verb)}
    nouns = {f"{noun}{end}": code for noun, code in NOUNS.items() for end in ("", "s")}
    plurals = {f"{n[:-1]}ies": code for n, code in NOUNS.items() if n.endswith("y")}
    return {**found, **nouns, **plurals, **STATES}
