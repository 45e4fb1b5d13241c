"""Finds every expression of time of a document and says which days it can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from curation.extraction.dates import calendar
from curation.extraction.dates.anchors import Anchor, anchor_of
from curation.extraction.dates.calendar import Days
from curation.extraction.dates.resolving import resolve
from curation.extraction.dates.setting import Said, Setting, Value, month_number
from curation.extraction.dates.wordings import WORDINGS
from curation.extraction.documents import READ, Document
from curation.extraction.findings import DateMention, Finding
from curation.extraction.lexicon.wordlist import word_set
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading
from sources.dates import Basis, Precision

PARTS = (*READ, "dateline", "date")
_REACH = 400  # characters over which a date lends its year or its day to another
_BETWEEN = re.compile(r"\b(?P<open>between|from|since) (?:the )?$", re.IGNORECASE)
_JOINT = re.compile(
    r",? ?(?P<joint>-|–|—|to|and|until|till|through|up to) ?(?:the )?", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:ever )?since (?:the )?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|up to|as late as) (?:the )?$", re.IGNORECASE)
_SET = frozenset(("schedule", "set", "slate", "plan"))  # … for Friday
# Verbs and nouns whose complement lies ahead of the text.
_PLANS = word_set(
    """
    schedule set due plan expect slate intend hope want promise vow agree pledge
    prepare
    """
)
_SENTENCE_END = re.compile(r"[a-z)\"]{2,}[.!?]\s")
_DATED = ("day", "day-range", "month", "month-relative", "iso")


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that look like a date: how they are worded and where they stand."""

    name: str
    found: re.Match[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    value: Value


@dataclass
class _Memory:
    """What the text has dated so far."""

    before: tuple[int, Said] | None = None
    last_day: tuple[int, Said] | None = None
    months: dict[int, tuple[int, Said]] = field(default_factory=dict)

    def keep(self, words: _Words, value: Value, text: str) -> None:
        days = value.days
        if days.earliest is None or value.rule.startswith(("stretch", "recently")):
            return
        said = Said(days, text)
        self.before = (words.end, said)
        if calendar.precision(days) == Precision.DAY:
            self.last_day = (words.end, said)
        if words.name in _DATED:
            self.months[days.earliest.month] = (words.end, said)


class Dates:
    """Dates with first and last possible day, precision and basis.

    Relative words are counted from the day of publication, else from a dateline or a
    date in the first lines; the rule's name ends in which it was. Without any, they
    stay words: no days, precision unknown.
    """

    name = "dates"
    version = "2"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        document = reading.document
        anchor = anchor_of(document)
        memory = _Memory()
        parsed = {p.start: p for p in reading.paragraphs}
        for part in document.parts(PARTS):
            words = _words(document.normal, part.start, part.end)
            paragraph = parsed.get(part.start)
            mentions = list(_resolved(document, words, anchor, memory, paragraph))
            for mention in _joined(document.normal, mentions):
                if part.rule.startswith("date-glued"):
                    mention = _glued(mention)
                yield _finding(document, mention)


def _glued(mention: _Mention) -> _Mention:
    """A date that was stuck to the text by the page it came from."""
    note = "glued to the text, not part of it"
    value = replace(mention.value, basis=Basis.METADATA, rule="glued", note=note)
    return replace(mention, value=value)


def _words(text: str, start: int, end: int) -> list[_Words]:
    """What looks like a date from `start` to `end`; the longest where several do."""
    every = []
    letters = text[start:end].casefold()
    for wording in WORDINGS:
        needs = wording.needs
        if needs and not any(needed in letters for needed in needs):
            continue
        for found in wording.pattern.finditer(text, start, end):
            core = "core" if "core" in found.groupdict() else 0
            every.append(_Words(wording.name, found, *found.span(core)))
    every.sort(key=lambda each: (each.start - each.end, each.start))
    taken: list[_Words] = []
    covered: set[int] = set()
    for each in every:
        if covered.isdisjoint(range(each.start, each.end)):
            covered.update(range(each.start, each.end))
            taken.append(each)
    return sorted(taken, key=lambda each: each.start)


def _resolved(
    document: Document,
    words: list[_Words],
    anchor: Anchor | None,
    memory: _Memory,
    paragraph: Paragraph | None,
) -> Iterator[_Mention]:
    for number, each in enumerate(words):
        setting = Setting(
            anchor=anchor,
            near=_near(document.normal, number, words),
            before=_reached(memory.before, each),
            last_day=_reached(memory.last_day, each),
            months={
                month: said
                for month, (end, said) in memory.months.items()
                if each.start - end <= _REACH
            },
            future=_looks_ahead(paragraph, each),
        )
        value = resolve(each.name, each.found, setting)
        if value is None:
            continue
        memory.keep(each, value, document.text[each.start : each.end])
        yield _Mention(each.start, each.end, value)


def _reached(kept: tuple[int, Said] | None, words: _Words) -> Said | None:
    return kept[1] if kept and words.start - kept[0] <= _REACH else None


def _near(text: str, number: int, every: list[_Words]) -> Said | None:
    """A day or month written with its year in the same sentence, the nearest."""
    words = every[number]
    best: tuple[int, _Words] | None = None
    for other in (*_outward(every, number, -1), *_outward(every, number, 1)):
        low, high = sorted((words, other), key=lambda each: each.start)
        between = text[low.end : high.start]
        if _SENTENCE_END.search(between):
            continue
        if best is None or len(between) < best[0]:
            best = (len(between), other)
    if best is None:
        return None
    found = best[1].found
    days = calendar.month(int(found["year"]), month_number(found["month"]))
    return Said(days, text[best[1].start : best[1].end])


def _outward(every: list[_Words], number: int, step: int) -> Iterator[_Words]:
    """Days and months with a year to one side, as far as they reach."""
    at = number + step
    while 0 <= at < len(every):
        other = every[at]
        gap = max(other.start - every[number].end, every[number].start - other.end)
        if gap > _REACH:
            return
        dated = other.name in {"day", "day-range", "month"}
        if dated and other.found.groupdict().get("year"):
            yield other
        at += step


def _looks_ahead(paragraph: Paragraph | None, words: _Words) -> bool:
    """Whether the verb that the words belong to speaks of what is to come."""
    if paragraph is None or words.name not in {"weekday", "day", "month-bare", "unit"}:
        return False
    tokens = paragraph.tokens(words.start, words.end)
    if tokens is None:
        return False
    token = tokens.root
    for _ in range(4):
        if token.pos_ in {"VERB", "AUX"}:
            return _is_future(token)
        if token.head == token or (token not in tokens and token.pos_ == "NOUN"):
            return False
        token = token.head
    return False


def _is_future(verb: Any) -> bool:
    """Whether a verb is "will …", "is to …", "set for …", or "… to …" after a plan."""
    if verb.lemma_ in _SET and any(child.lower_ == "for" for child in verb.children):
        return True
    for _ in range(3):
        helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
        if helpers & {"will", "'ll", "shall", "wo"}:
            return True
        head = verb.head
        if head == verb or verb.dep_ not in {"xcomp", "conj", "ccomp", "acl"}:
            return False
        planned = head.lemma_ in _PLANS or head.lower_ in {"going", "due"}
        if "to" in helpers and (planned or head.lemma_ == "be"):
            return True
        if verb.dep_ == "ccomp":
            return False
        verb = head
    return False


def _joined(text: str, mentions: list[_Mention]) -> Iterator[_Mention]:
    """ "from A to B" as one interval; "since A" and "until B" as open ones."""
    number = 0
    while number < len(mentions):
        mention = mentions[number]
        head = text[max(0, mention.start - 20) : mention.start]
        if number + 1 < len(mentions) and (
            whole := _interval(text, mention, mentions[number + 1], head)
        ):
            yield whole
            number += 2
            continue
        yield _opened(mention, head)
        number += 1


def _interval(
    text: str, first: _Mention, second: _Mention, head: str
) -> _Mention | None:
    """A and B as one interval, where the words between and before them say so."""
    joint = _JOINT.fullmatch(text, first.end, second.start)
    low, high = first.value.days.earliest, second.value.days.latest
    if joint is None or low is None or high is None or low > high:
        return None
    opening = _BETWEEN.search(head)
    asked = (opening["open"].lower() if opening else "", joint["joint"].lower())
    if asked[1] == "and" and asked[0] != "between":
        return None
    if asked[1] != "and" and asked[0] == "between":
        return None
    start = first.start - (len(head) - opening.start() if opening else 0)
    worse = max(first.value, second.value, key=lambda v: _ORDER.index(v.basis))
    notes = [v.note for v in (first.value, second.value) if v.note]
    value = Value(
        Days(low, high), worse.basis, "interval", "; ".join(dict.fromkeys(notes))
    )
    return _Mention(start, second.end, value)


_ORDER = [Basis.STATED, Basis.METADATA, Basis.RELATIVE, Basis.INFERRED]


def _opened(mention: _Mention, head: str) -> _Mention:
    days, value = mention.value.days, mention.value
    if (found := _SINCE.search(head)) and days.earliest:
        value = replace(value, days=Days(days.earliest, None), rule="since")
    elif (found := _UNTIL.search(head)) and days.latest:
        value = replace(value, days=Days(None, days.latest), rule="until")
    else:
        return mention
    return _Mention(mention.start - (len(head) - found.start()), mention.end, value)


def _finding(document: Document, mention: _Mention) -> Finding:
    value = mention.value
    fields = DateMention(
        value.days.earliest,
        value.days.latest,
        str(calendar.precision(value.days)),
        str(value.basis),
        value.note,
    )
    reason = value.note or "the words say it in full"
    return Finding(
        fields,
        (document.span(mention.start, mention.end),),
        f"date.{value.rule}",
        reason,
    )
