"""What is kept of an article to compare it with thousands of others. Pure."""

from __future__ import annotations

import base64
import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from curation.extraction.documents import Document
from curation.extraction.findings import (
    ActorMention,
    DateMention,
    Figure,
    Finding,
    PlaceMention,
)
from curation.extraction.pairing.days import Days, days_in, without_dates
from curation.extraction.pairing.frequencies import background
from curation.extraction.pairing.words import (
    all_words,
    content_words,
    keep_name,
    names_in,
    numbers_in,
    sketch,
    without_furniture,
)
from curation.extraction.plugins import Embed

VERSION = 1  # goes up when digests of before can no longer be compared
MOST_WORDS = 160
MOST_NAMES = 48
MOST_NUMBERS = 24
MOST_DAYS = 16
LEAD_LETTERS = 500  # about three sentences: what news says first is what it is about
EMBEDDED_LETTERS = 1000  # more than a sentence model reads
FIGURE_LETTERS = 40
LONGEST_DAYS = 62  # dates known less exactly than to two months tell nothing
_NO_NAME = {"pronoun", "description"}


@dataclass(frozen=True, slots=True)
class Digest:
    """An article in about 3 kB: words with counts, names, numbers, days, a sketch.

    `names` are the parts of names, each with the longest name it stands in; a known
    actor is also there as "=key". `figures` are numbers as digits, each with words for
    people. `published` and `days` are first and last possible days.
    """

    id: str
    published: Days | None
    words: tuple[str, ...]
    counts: tuple[int, ...]
    lead: tuple[str, ...]
    names: Mapping[str, str]
    figures: Mapping[str, str]
    days: tuple[Days, ...]
    sketch: tuple[int, ...]
    vector: bytes = b""  # of a sentence model, where one is configured

    def as_record(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "version": VERSION,
            "id": self.id,
            "published": self.published and _written(self.published),
            "words": self.words,
            "counts": self.counts,
            "lead": self.lead,
            "names": dict(self.names),
            "figures": dict(self.figures),
            "days": [_written(days) for days in self.days],
            "sketch": self.sketch,
            "vector": base64.b64encode(self.vector).decode(),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Digest:
        """What as_record wrote. Raises ValueError for another version of it."""
        if record.get("version") != VERSION:
            raise ValueError(
                f"a digest of version {record.get('version')}, not {VERSION}: "
                "make it anew from the article"
            )
        published = record["published"]
        return cls(
            record["id"],
            _read(published) if published else None,
            _shared(record["words"]),
            tuple(record["counts"]),
            _shared(record["lead"]),
            {sys.intern(part): sys.intern(n) for part, n in record["names"].items()},
            record["figures"],
            tuple(_read(days) for days in record["days"]),
            tuple(record["sketch"]),
            base64.b64decode(record["vector"]),
        )


def digest(
    document: Document,
    findings: Iterable[Finding] = (),
    *,
    embed: Embed | None = None,
) -> Digest:
    """What to keep of `document`. Findings add names, known actors, figures and days.

    Without findings, names and days are read off the text by their looks. `embed` is
    a sentence model (see curation.extraction.plugins); it reads title and beginning.
    """
    findings = list(findings)
    parts = document.parts(("body", "caption", "heading"))
    body = without_furniture(
        "\n".join(document.normal[part.start : part.end] for part in parts)
    )
    # A title of its own (metadata) stands nowhere in the text; one that does is once
    # more in the lead, which does no harm.
    words = content_words(f"{document.title}\n{body}")
    kept = _weightiest(Counter(words))
    published = _published(document)
    return Digest(
        document.id,
        published,
        tuple(sys.intern(word) for word, _ in kept),
        tuple(count for _, count in kept),
        _shared(
            dict.fromkeys(content_words(f"{document.title}\n{body[:LEAD_LETTERS]}"))
        ),
        _names(body, findings),
        _figures(body, findings),
        _days(body, published, findings),
        sketch(content_words(body)),
        embed([f"{document.title}\n{body[:EMBEDDED_LETTERS]}"])[0] if embed else b"",
    )


def _shared(words: Iterable[str]) -> tuple[str, ...]:
    """The words as interned strings: thousands of digests share them in memory."""
    return tuple(sys.intern(word) for word in words)


def _written(days: Days) -> list[str]:
    return [days[0].isoformat(), days[1].isoformat()]


def _read(days: list[str]) -> Days:
    return dt.date.fromisoformat(days[0]), dt.date.fromisoformat(days[1])


def _weightiest(counts: Counter[str]) -> list[tuple[str, int]]:
    """The words that tell most about a long text, by count and general rarity."""
    table = background()
    if len(counts) > MOST_WORDS:
        rare = table[""]
        ranked = sorted(
            counts, key=lambda w: (-counts[w] * (1 - table.get(w, rare)) ** 2, w)
        )
        counts = Counter({word: counts[word] for word in ranked[:MOST_WORDS]})
    return sorted(counts.items())


def _published(document: Document) -> Days | None:
    day = document.published
    if day is None or day.earliest is None or day.latest is None:
        return None
    return (day.earliest, day.latest)


def _names(body: str, findings: Iterable[Finding]) -> dict[str, str]:
    found = names_in(body)
    keys = {}
    for finding in findings:
        fields = finding.fields
        if isinstance(fields, ActorMention) and fields.how not in _NO_NAME:
            keep_name(found, finding.span.text)
            if fields.actor:
                keys[f"={fields.actor}"] = fields.name
        elif isinstance(fields, PlaceMention):
            keep_name(found, finding.span.text)
    table = background()
    rarest = sorted(found, key=lambda part: (table.get(part, 0), part))
    kept = {part: found[part] for part in rarest[:MOST_NAMES]}
    return {**kept, **dict(list(keys.items())[:MOST_NAMES])}


def _figures(body: str, findings: Iterable[Finding]) -> dict[str, str]:
    plain = numbers_in(all_words(without_dates(body)))
    numbers = {number: number for number in plain[:MOST_NUMBERS]}
    for finding in findings:
        if isinstance(finding.fields, Figure) and not finding.fields.implicit:
            for number in numbers_in(content_words(finding.span.text)):
                if len(finding.span.text) <= FIGURE_LETTERS:
                    numbers[number] = finding.span.text
    return numbers


def _days(
    body: str, published: Days | None, findings: Iterable[Finding]
) -> tuple[Days, ...]:
    found = [
        (finding.fields.earliest, finding.fields.latest)
        for finding in findings
        if isinstance(finding.fields, DateMention)
    ]
    days = [
        (first, last)
        for first, last in found
        if first and last and (last - first).days <= LONGEST_DAYS
    ]
    days = days if found else days_in(body, published[1] if published else None)
    return tuple(list(dict.fromkeys(days))[:MOST_DAYS])
