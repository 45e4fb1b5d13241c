"""What each part of an article's text is: title, dateline, body, caption, noise …

Pure: text in, spans out. The text is never edited. The rules are general habits of
newspapers and scrapers, in English; what none of them knows is body, which is the safe
side: a sentence of the body asks to be read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sources import patterns
from sources.dates import Basis
from sources.paragraphs import CLOSERS, Passage, ends_sentence, paragraphs, trimmed

Kind = Literal["title", "dateline", "date", "heading", "body", "caption", "noise"]

TITLE_LENGTH = 200
HEADING_LENGTH = 80
CAPTION_LENGTH = 450
NOTICE_LENGTH = 300  # how far from its end a text may carry a licence or a date
LABEL_LENGTH = 120  # how far from its beginning a paragraph may carry a dateline


@dataclass(frozen=True)
class Mark:
    """`text[start:end]` is a `kind`, because of `rule`. Offsets are code points."""

    kind: Kind
    start: int
    end: int
    rule: str


class Published(NamedTuple):
    """A date of publication that stands in a text."""

    day: dt.date
    words: str
    basis: Basis
    note: str


def mark(text: str) -> list[Mark]:
    """The parts of `text`, in order.

    They do not overlap and together cover every character that is not white space.
    """
    marks: list[Mark] = []
    cores = list(_cores(text, marks))
    begun = titled = False  # whether the story itself has begun, with a title
    for number, (start, end) in enumerate(cores):
        kind, rule = _classify(text, cores, number, begun=begun, titled=titled)
        titled = titled or kind == "title"
        if kind == "body" and not begun:
            begun = True
            start = _mark_dateline(text, start, end, marks, titled=titled)
        marks.append(Mark(kind, start, end, rule))
    return sorted(marks, key=lambda each: each.start)


def published_date(text: str, marks: list[Mark]) -> Published | None:
    """The date of publication that is glued to the text or stands on its own line."""
    for each in marks:
        words = text[each.start : each.end]
        if each.kind != "date" or (day := patterns.find_day(words)) is None:
            continue
        if each.rule == "date-line":
            return Published(day, words, Basis.STATED, "")
        place = each.rule.removeprefix("date-glued-")
        note = f"glued to the {place} of the text"
        return Published(day, words, Basis.METADATA, note)
    return None


def _cores(text: str, marks: list[Mark]) -> Iterator[Passage]:
    """The paragraphs without what scrapers glued to them, which goes to `marks`."""
    passages = paragraphs(text)
    for number, (start, end) in enumerate(passages):
        if number == len(passages) - 1:
            end = _peel_end(text, start, end, marks)
        start = _peel_start(text, start, end, marks, first=number == 0)
        if start < end:
            yield start, end


def _peel_start(
    text: str, start: int, end: int, marks: list[Mark], *, first: bool
) -> int:
    """Mark what is glued before a paragraph; return where the paragraph begins."""
    while True:
        kind: Kind
        if found := patterns.INVISIBLE.match(text, start, end):
            kind, rule = "noise", "invisible"
        elif found := patterns.FIELD_NAME.match(text, start, end):
            kind, rule = "noise", "field-name"
        elif first and (found := patterns.GLUED_BEFORE.match(text, start, end)):
            if patterns.find_day(found[0]) is None:
                return start
            kind, rule = "date", "date-glued-beginning"
        else:
            return start
        marks.append(Mark(kind, *trimmed(text, *found.span()), rule))
        start, _ = trimmed(text, found.end(), end)


def _peel_end(text: str, start: int, end: int, marks: list[Mark]) -> int:
    """Mark what is glued behind the last paragraph; return where that one ends."""
    while True:
        kind: Kind
        tail = max(start, end - NOTICE_LENGTH)
        if found := patterns.NOTICE.search(text, tail, end):
            kind, rule = "noise", "licence-notice"
        elif found := patterns.GLUED_AFTER.search(text, tail, end):
            if patterns.find_day(found[0]) is None:
                return end
            kind, rule = "date", "date-glued-end"
        else:
            return end
        marks.append(Mark(kind, *trimmed(text, *found.span()), rule))
        _, end = trimmed(text, start, found.start())


def _classify(
    text: str, cores: list[Passage], number: int, *, begun: bool, titled: bool
) -> tuple[Kind, str]:
    """Kind and rule of one paragraph among its neighbours."""
    start, end = cores[number]
    words = text[start:end]
    last = number == len(cores) - 1
    following = "" if last else text[slice(*cores[number + 1])]
    if rule := _noise(words, begun=begun):
        return "noise", rule
    if (not begun or last) and _is_date_line(words):
        return "date", "date-line"
    if (not begun or last) and patterns.CLOCK_LINE.fullmatch(words):
        return "dateline", "clock-line"
    if len(cores) > 1 and (rule := _caption(words)):
        return "caption", rule
    if not begun and _is_place_line(words):
        return "dateline", "place-line"
    if not (begun or titled or last) and _is_title(words):
        return "title", "first-line"
    if number and _is_heading(words, following):
        return "heading", "short-line"
    return "body", "paragraph"


def _is_date_line(words: str) -> bool:
    return (
        patterns.DATE_LINE.fullmatch(words) is not None
        and patterns.find_day(words) is not None
    )


def _is_place_line(words: str) -> bool:
    return (
        len(words) <= LABEL_LENGTH and patterns.PLACE_LINE.fullmatch(words) is not None
    )


def _noise(words: str, *, begun: bool) -> str:
    """The rule by which a whole paragraph does not belong to the story, or ""."""
    if len(words) > NOTICE_LENGTH:
        return ""
    if not begun and patterns.BYLINE.fullmatch(words):
        return "byline"
    for rule, pattern in patterns.NOISE_LINES.items():
        if pattern.fullmatch(words):
            return rule
    return ""


def _caption(words: str) -> str:
    """The rule by which a paragraph stands under a picture, or ""."""
    if len(words) > CAPTION_LENGTH:
        return ""
    if patterns.CAPTION_LABEL.match(words):
        return "caption-label"
    if patterns.CAPTION_CREDIT.search(words):
        return "caption-credit"
    if patterns.SPEECH.search(words):
        return ""
    if patterns.CAPTION_POSITION.search(words):
        return "caption-position"
    if patterns.ENDS_IN_DATE.search(words) and patterns.SCENE.search(words):
        return "caption-scene"
    return ""


def _is_title(words: str) -> bool:
    if len(words) > TITLE_LENGTH or patterns.LABELLED.match(words):
        return False
    if patterns.TWO_SENTENCES.search(words):
        return False
    stopped = words.rstrip(CLOSERS).endswith(".")
    return not stopped or patterns.ABBREVIATED.search(words) is not None


def _is_heading(words: str, following: str) -> bool:
    """A short line that is no sentence, and a paragraph after it."""
    if len(words) > HEADING_LENGTH or not patterns.HEADING_START.match(words):
        return False
    if patterns.LABELLED.match(words) or words.endswith(patterns.RUNS_ON):
        return False
    if patterns.TWO_SENTENCES.search(words):
        return False
    if words.endswith("?"):
        if words[0] in patterns.OPENERS or patterns.TALK.match(words):
            return False
    elif ends_sentence(words):
        return False
    return len(following) > HEADING_LENGTH or ends_sentence(following)


def _mark_dateline(
    text: str, start: int, end: int, marks: list[Mark], *, titled: bool
) -> int:
    """Mark the place before the first sentence; return where that one begins."""
    rules = patterns.DATELINES
    if titled:
        rules = rules | patterns.DATELINES_BEHIND_TITLE
    for rule, pattern in rules.items():
        found = pattern.match(text, start, min(end, start + LABEL_LENGTH))
        if found and not _is_speaker(text, found[0]):
            span = trimmed(text, *found.span())
            marks.append(Mark("dateline", *span, rule))
            return trimmed(text, found.end(), end)[0]
    return start


def _is_speaker(text: str, label: str) -> bool:
    """A label that begins two lines names who speaks, not where."""
    label = label.strip()
    lines = re.findall(rf"^\s*{re.escape(label)}", text, re.MULTILINE)
    return label.endswith(":") and len(lines) > 1
