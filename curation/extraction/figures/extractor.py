"""Finds figures: numbers of people, things, events and weeks, with their bounds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curation.extraction.figures import implicit
from curation.extraction.figures.counted import (
    Counted,
    counted,
    is_age,
    state_measure,
)
from curation.extraction.figures.durations import Duration, duration
from curation.extraction.figures.numbers import Number, numbers
from curation.extraction.figures.predicates import Predicate, predicates
from curation.extraction.figures.tolls import toll
from curation.extraction.findings import ActorMention, DateMention, Figure, Finding
from curation.extraction.lexicon.figure_verbs import ONLY_PERSONS
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_PART = re.compile(
    r"\b(?:including|among (?:them|whom|those killed|the dead|the victims)|included"
    r"|of (?:them|whom)|comprising)\b"
    r"(?:(?!\b(?:while|whereas|but|when|were|was|have|had)\b)[^.;:]){0,70}$",
    re.IGNORECASE,
)
# "a two-hour meeting", "a 12-man patrol"
_COMPOUND = re.compile(r"-[a-z]", re.IGNORECASE)
_OF_THEM = re.compile(r" (?:of (?:them|whom|these|those)|among them)\b", re.IGNORECASE)
# "die every day", "3,000 people a year": so many in each, not so many.
_RATE = re.compile(
    r"[^.;:,\n]{0,60}?\b(?:(?:every|each|per|an?) (?:single )?(?:hour|day|week|month"
    r"|year)|annually)\b(?! (?:ago|after|before|earlier|later|long))",
    re.IGNORECASE,
)
_ARMED = {"armed_group", "faction"}
# What is done to nobody but people: "both were released" may speak of films.
_OF_PEOPLE = frozenset(("killed", "injured", "arrested", "abducted"))
_LASTING = {
    "duration-for": "a length of time that something lasted",
    "duration-long": "a length of time before what lasted",
    "duration-of": "a length of time of what is named behind it",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure before it is a finding; `start` and `end` in the document."""

    start: int
    end: int
    sentence: int
    figure: Figure
    rule: str
    reason: str
    word: Token | None = None


class Figures:
    """Counts of people, devices, equipment, attacks, meetings, weeks and years.

    Bounds follow the words (events.bounds). Every number is a finding of its own:
    repeats stand beside each other, nothing is summed. Rules that count a noun
    without a number are named implicit.
    """

    name = "figures"
    version = "2"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        dates = sorted((f.span.start, f.span.end) for f, _ in reading.of(DateMention))
        armed = sorted(
            (finding.span.start, finding.span.end)
            for finding, actor in reading.of(ActorMention)
            if actor.actor_kind in _ARMED
        )
        for paragraph in reading.paragraphs:
            dated = _covered(paragraph, dates)
            found = list(_in_paragraph(paragraph, dated, _covered(paragraph, armed)))
            for each in _with_parts(paragraph, sorted(found, key=lambda f: f.start)):
                yield _finding(paragraph, each)


def _covered(paragraph: Paragraph, spans: list[tuple[int, int]]) -> set[int]:
    """Indexes of the paragraph's tokens inside these spans of the document, which are
    sorted."""
    covered: set[int] = set()
    first = bisect_left(spans, (paragraph.start, 0))
    for start, end in spans[first:]:
        if start >= paragraph.end:
            break
        tokens = paragraph.tokens(start, min(end, paragraph.end))
        if tokens is not None:
            covered.update(range(tokens.start, tokens.end))
    return covered


def _in_paragraph(
    paragraph: Paragraph, dated: set[int], armed: set[int]
) -> Iterator[_Found]:
    text, doc = paragraph.text, paragraph.doc
    taken: set[int] = set()
    for number in numbers(text):
        tokens = doc.char_span(number.number, number.end, alignment_mode="expand")
        if tokens is None or not dated.isdisjoint(range(tokens.start, tokens.end)):
            continue
        if length := duration(text, number):
            yield _lasting(paragraph, length, tokens.start)
            continue
        if _COMPOUND.match(text, number.end):
            continue
        phrase = counted(doc, tokens.start, tokens.end - 1, dated=dated, armed=armed)
        taken.update(range(phrase.first.i, phrase.last.i + 1))
        yield from _of_number(paragraph, number, phrase)
    for token, group, predicate in implicit.victims(doc, armed, taken):
        yield _implicit(paragraph, token, group, predicate)


def _sentence(token: Token) -> int:
    """Where the token's sentence begins. `token.sent` asks the whole paragraph."""
    at: int = token.i
    while at and not token.doc[at].is_sent_start:
        at -= 1
    return at


def _lasting(paragraph: Paragraph, length: Duration, token: int) -> _Found:
    bounds = length.bounds
    figure = Figure(
        length.measure, None, bounds.low, bounds.high, str(bounds.quantifier)
    )
    return _Found(
        paragraph.start + length.start,
        paragraph.start + length.end,
        _sentence(paragraph.doc[token]),
        figure,
        f"figure.{length.how}",
        _LASTING[length.how],
    )


def _of_number(
    paragraph: Paragraph, number: Number, phrase: Counted
) -> Iterator[_Found]:
    """The figures that one number makes: one for each thing said to have happened."""
    text = paragraph.text
    if phrase.kind == "item":
        if not _is_off_item(number, phrase):
            yield _found(paragraph, number, phrase, phrase.measure, "item")
        return
    if _is_none(text, number, phrase):
        return
    if measure := toll(text, number.start):
        yield _found(paragraph, number, phrase, measure, "toll")
        return
    seen = set()
    for each in predicates(phrase):
        if each.measure in seen or not _fits(each, phrase):
            continue
        seen.add(each.measure)
        how = _how(each, phrase)
        yield _found(paragraph, number, phrase, each.measure, how, each.word)
    if not seen and _is_part(text, number):
        yield _found(paragraph, number, phrase, None, "part")


def _is_none(text: str, number: Number, phrase: Counted) -> bool:
    """Whether a number beside a verb still counts nobody once."""
    word = text[number.number : number.end].lower()
    if phrase.kind == "nobody" or word == "twin":
        return True
    if word == "both" and not _is_pair(phrase):
        return True
    if phrase.kind == "bare" and is_age(text, number.start, number.end):
        return True
    return _RATE.match(text, number.end) is not None


def _is_pair(phrase: Counted) -> bool:
    """Whether "both" counts two people; not in "both soldiers and civilians"."""
    if phrase.kind not in {"person", "bare"}:
        return False
    first, last, after = phrase.first, phrase.last, phrase.following
    if any(word.lower_ == "and" for word in first.doc[first.i : last.i + 1]):
        return False
    if after is None or phrase.kind == "person":
        return after is None or after.lower_ != "and"
    # "Both dead and wounded …", but "they were both killed".
    before = first.nbor(-1).lower_ if first.i else ""
    return state_measure(after) is None or before in {"were", "are", "been"}


def _how(predicate: Predicate, phrase: Counted) -> str:
    """The rule's name: what makes a figure doubtful goes before how it is said."""
    if phrase.kind == "unknown":
        return "unknown-noun"
    if predicate.how.endswith("-joined"):
        return "joined"
    return f"bare-{predicate.how}" if phrase.kind == "bare" else predicate.how


def _is_off_item(number: Number, phrase: Counted) -> bool:
    """ "one attack" is mostly a way of telling a story, "both" a way of joining."""
    if phrase.first.lower_ == "both":
        return True
    return number.is_one and phrase.measure in {"attacks", "meetings"}


def _fits(predicate: Predicate, phrase: Counted) -> bool:
    """Whether what happened can have happened to what is counted."""
    if predicate.how.startswith("sent"):
        return phrase.group in {"security_forces", "us_service_members", "militants"}
    if phrase.kind == "bare":
        if phrase.first.lower_ == "both" and predicate.measure not in _OF_PEOPLE:
            return False
        # A bare number beside a name or in a list of numbers is an age.
        return not predicate.how.startswith("apposition")
    if phrase.kind == "unknown":
        return predicate.measure not in ONLY_PERSONS and not predicate.how.endswith(
            "-joined"
        )
    return True


def _is_part(text: str, number: Number) -> bool:
    """Whether it is counted inside a number before: "including 13", "three of them"."""
    before = text[max(0, number.start - 110) : number.start]
    return (
        _PART.search(before) is not None or _OF_THEM.match(text, number.end) is not None
    )


def _found(
    paragraph: Paragraph,
    number: Number,
    phrase: Counted,
    measure: str | None,
    how: str,
    word: Token | None = None,
) -> _Found:
    bounds = number.bounds
    last = phrase.last
    end = max(number.end, last.idx + len(last.text))
    words = paragraph.text[number.end : end].strip()
    group = None if phrase.kind == "item" else phrase.group or "all"
    if group == "americans" and measure in {"evacuated", "awaiting_evacuation"}:
        group = "us_evacuees"
    figure = Figure(
        measure, group, bounds.low, bounds.high, str(bounds.quantifier), words
    )
    said = f", because of “{word.text}”" if word is not None else ""
    reason = f"a number{f' of “{words}”' if words else ''}{said}"
    return _Found(
        paragraph.start + number.start,
        paragraph.start + end,
        _sentence(phrase.first),
        figure,
        f"figure.{how}",
        reason,
        word,
    )


def _implicit(
    paragraph: Paragraph, token: Token, group: str, predicate: Predicate
) -> _Found:
    first = implicit.article(token) or token
    figure = Figure(predicate.measure, group, 1, 1, "exact", token.text, implicit=True)
    return _Found(
        paragraph.start + first.idx,
        paragraph.start + token.idx + len(token.text),
        _sentence(token),
        figure,
        f"figure.implicit-{predicate.how}",
        f"“{first.text}” and a singular noun, because of “{predicate.word.text}”",
        predicate.word,
    )


def _with_parts(paragraph: Paragraph, found: list[_Found]) -> Iterator[_Found]:
    """Figures with what they are part of; a part may take its measure from there."""
    text, whole = paragraph.text, None
    for each in found:
        figure = each.figure
        if whole is not None and whole.sentence != each.sentence:
            whole = None
        between = text[
            (whole.end if whole else each.start) - paragraph.start : each.start
            - paragraph.start
        ]
        part = whole is not None and (
            _PART.search(between) is not None
            or _OF_THEM.match(text, each.end - paragraph.start) is not None
            or _OF_THEM.match(
                text, each.end - paragraph.start - len(figure.counted) - 1
            )
        )
        if part and whole and figure.measure in {None, whole.figure.measure}:
            figure = replace(figure, measure=whole.figure.measure, part_of=whole.start)
            yield replace(each, figure=figure)
            continue
        if figure.measure is not None:
            if figure.group is not None:
                whole = each
            yield each


def _finding(paragraph: Paragraph, found: _Found) -> Finding:
    spans = [paragraph.document.span(found.start, found.end)]
    if found.word is not None:
        spans.append(paragraph.span(found.word, "cue"))
    return Finding(found.figure, tuple(spans), found.rule, found.reason)
