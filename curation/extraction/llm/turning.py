"""An answer's items as findings: every string a code, or words that stand in the text.

Nothing else of what a model writes gets through. A quote that is not in its paragraph
drops the finding and is counted; so is the speaker of a claim. Other words that do not
stand there are left out, and so are values that are on no list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from curation.extraction.documents import Span
from curation.extraction.figures.numbers import numbers
from curation.extraction.findings import (
    ActorMention,
    Claim,
    DateMention,
    Event,
    Fields,
    Figure,
    Finding,
    Participant,
    PlaceMention,
    Speaker,
)
from curation.extraction.llm import codes
from curation.extraction.llm.asking import Answer
from curation.extraction.llm.namings import Namings
from curation.extraction.llm.passages import Passage, whole
from curation.extraction.reading import Reading

Item = dict[str, Any]
F = TypeVar("F")

_LONGEST_TITLE = 120  # characters
_LONGEST_NAME = 100
_ONE = ("a ", "an ")


class InventedError(Exception):
    """Words that are said to stand in the text and do not."""


class Turning:
    """Turns the answers about one article into findings; counts the inventions."""

    def __init__(
        self, reading: Reading, passages: Sequence[Passage], *, model: str
    ) -> None:
        self.reading = reading
        self.inventions = 0
        self._passages = {each.number: each for each in passages}
        self._namings = Namings(reading)
        self._used: Counter[tuple[str, int, str]] = Counter()
        self._seen: set[tuple[str, int, int, str | None]] = set()
        self._figures = [f.span for f, _ in reading.of(Figure)]
        self._reader = f"the language model {model}"

    def findings(self, answer: Answer) -> Iterator[Finding]:
        """The findings of one answer, names first: the others refer to them."""
        turns: list[tuple[str, Callable[[Item, Passage, Span], Finding | None]]] = [
            ("actors", self._actor),
            ("figures", self._figure),
            ("claims", self._claim),
            ("events", self._event),
        ]
        for kind, turn in turns:
            for item in answer[kind]:
                try:
                    passage, span = self._place(kind, item)
                    finding = span and turn(item, passage, span)
                except InventedError:
                    self.inventions += 1
                    continue
                if finding and self._is_new(finding):
                    yield finding

    def _place(self, kind: str, item: Item) -> tuple[Passage, Span | None]:
        """Where the item's quote stands; the next place for each time it is given.

        None when the text has it less often.
        """
        passage = self._passages.get(int(item["paragraph"]))
        places = passage.places(item["quote"]) if passage else []
        if passage is None or not places:
            raise InventedError
        key = (kind, passage.number, item["quote"].strip())
        self._used[key] += 1
        if kind != "actors":  # others may well rest on the same words
            return passage, places[0]
        text = self.reading.document.text
        places = [each for each in places if whole(each, text)]
        used = self._used[key]
        return passage, places[used - 1] if used <= len(places) else None

    def _is_new(self, finding: Finding) -> bool:
        kind = finding.fields.type if isinstance(finding.fields, Event) else None
        key = (finding.rule, finding.span.start, finding.span.end, kind)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _finding(self, fields: Fields, rule: str, reads: str, *spans: Span) -> Finding:
        return Finding(fields, spans, f"llm.{rule}", f"{self._reader} reads {reads}")

    def _actor(self, item: Item, _passage: Passage, span: Span) -> Finding | None:
        if len(span.text) > _LONGEST_NAME:
            return None
        name = self._name(item["name"]) or span.text
        who = self._namings.of(span, name)
        fields = ActorMention(
            name=name,
            actor=who.actor,
            cluster=who.cluster,
            how="alias" if who.actor else "name",
            actor_kind=who.kind or _listed(item["kind"], codes.ACTOR_KINDS),
        )
        return self._finding(fields, "actor", "these words as naming an actor", span)

    def _name(self, words: str) -> str:
        """The words as the article has them; "" if it has not, or not as a name."""
        if len(words) > _LONGEST_NAME:
            return ""
        found = (each.places(words) for each in self._passages.values())
        return next((places[0].text for places in found if places), "")

    def _figure(self, item: Item, passage: Passage, span: Span) -> Finding | None:
        """The bounds are those of the words; the model is not asked for them."""
        normal = passage.document.normal
        number = next(iter(numbers(normal[span.start : span.end])), None)
        counted = _first(passage, item["counted"])
        fields = Figure(
            measure=_listed(item["measure"], codes.MEASURES),
            group=_listed(item["group"], codes.GROUPS),
            low=number.bounds.low if number else 1,
            high=number.bounds.high if number else 1,
            quantifier=str(number.bounds.quantifier) if number else "exact",
            counted=counted.text if counted else "",
            implicit=number is None,
        )
        if number:
            span = passage.document.span(span.start + number.start, span.end)
        elif not span.text.lower().startswith(_ONE):
            return None
        self._figures.append(span)
        return self._finding(fields, "figure", "a count of something here", span)

    def _claim(self, item: Item, passage: Passage, span: Span) -> Finding | None:
        statement = _listed(item["statement"], codes.STATEMENTS)
        modality = _listed(item["modality"], codes.MODALITIES)
        polarity = _listed(item["polarity"], codes.POLARITIES)
        quoted = _listed(item["quoted"], codes.QUOTED)
        if not (statement and modality and polarity):
            return None
        if not item["attributed"]:
            outlet = Speaker(self.reading.document.outlet, "outlet")
            fields = Claim(
                False, outlet, "indirect", modality, polarity, statement=statement
            )
            reads = "this as what the article itself says"
            return self._finding(fields, "narrator", reads, span)
        spans, speaker = [span], Speaker("", "unknown")
        if item["speaker"]:
            words = _nearest(passage, item["speaker"], span, role="speaker")
            if words is None:
                raise InventedError
            spans.append(words)
            speaker = self._namings.speaker(words)
        cue = _nearest(passage, item["cue"], span, role="cue")
        fields = Claim(
            attributed=True,
            speaker=speaker,
            quoted=quoted or "indirect",
            modality=modality,
            polarity=polarity,
            statement=statement,
            cue=cue.text if cue else "",
        )
        spans += [cue] if cue else []
        return self._finding(fields, "claim", "this as what somebody says", *spans)

    def _event(self, item: Item, passage: Passage, span: Span) -> Finding | None:
        modality = _listed(item["modality"], codes.EVENT_MODALITIES)
        kind = _listed(item["type"], codes.MODES)
        if modality is None:
            return None
        day = _nearest(passage, item["date"], span, role="date")
        where = _nearest(passage, item["place"], span, role="place")
        fields = Event(
            type=kind,
            mode=_listed(item["mode"], codes.MODES[kind]) if kind else None,
            acled=None,
            modality=modality,
            title=_shortened(span.text),
            participants=tuple(self._participants(item, passage, span)),
            date=self._fields_at(DateMention, day),
            place=self._fields_at(PlaceMention, where),
            figures=tuple(sorted({f.start for f in self._figures if span.holds(f)})),
        )
        spans = [each for each in (day, where) if each]
        return self._finding(fields, "event", "this as an event", span, *spans)

    def _participants(
        self, item: Item, passage: Passage, span: Span
    ) -> Iterator[Participant]:
        for each in item["participants"]:
            role = _listed(each["role"], codes.ROLES)
            words = _nearest(passage, each["words"], span, role="participant")
            if role and words:
                yield self._namings.participant(role, words)

    def _fields_at(self, kind: type[F], span: Span | None) -> F | None:
        """The date or place that an extractor before found in these words."""
        if span is None:
            return None
        found = self.reading.of(kind)
        return next((fields for each, fields in found if span.meets(each.span)), None)


def _listed(value: str | None, values: Any) -> str | None:
    return value if value in values else None


def _first(passage: Passage, words: str | None) -> Span | None:
    return next(iter(passage.places(words)), None) if words else None


def _nearest(
    passage: Passage, words: str | None, span: Span, *, role: str
) -> Span | None:
    """The place of the words that is nearest to `span`."""
    places = passage.places(words) if words else []
    near = min(places, key=lambda each: _gap(each, span), default=None)
    return near and passage.document.span(near.start, near.end, role)


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _shortened(text: str) -> str:
    """The first words of a text, on one line."""
    words = " ".join(text.split())
    if len(words) <= _LONGEST_TITLE:
        return words
    return words[:_LONGEST_TITLE].rpartition(" ")[0] or words[:_LONGEST_TITLE]
