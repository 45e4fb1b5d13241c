"""What extractors say: findings, each with its words, its rule and its reason.

The fields of each kind are a dataclass here, so that several extractors speak of the
same things in the same words; `as_record` is the one JSON shape of all of them
(documented in docs/proposals.md).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from curation.extraction.documents import Document, Span


class Kind(StrEnum):
    """What a finding is about; the code list of proposals."""

    STRUCTURE = "structure"
    ACTOR = "actor"
    OFFICE = "office"
    PLACE = "place"
    DATE = "date"
    FIGURE = "figure"
    CLAIM = "claim"
    EVENT = "event"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Structure:
    """A part of the text: a span-kind code, or quote."""

    part: str


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name an actor.

    `actor` is the key (slug) of a known actor, None for one nobody knows yet, then
    `name` is the fullest name in the article. Mentions of one actor in one article
    share `cluster`, a number from 0. `how`: alias, name, surname, acronym, pronoun,
    description, fuzzy. `candidates` are other known actors that the words may mean,
    the likeliest first. `suggested_alias`: the words are no alias of `actor` yet and
    look like one (alias-kind code, "misspelling" …). `acts` is False where a state is
    only the place or the origin of something ("in Afghanistan", "Afghan").
    """

    name: str
    actor: str | None
    cluster: int
    how: str
    actor_kind: str | None = None
    candidates: tuple[str, ...] = ()
    suggested_alias: str | None = None
    acts: bool = True


@dataclass(frozen=True, slots=True)
class Office:
    """That a person holds an office in, or works for, an organisation.

    `relation` is a relation-kind code. `person` and `organisation` are clusters of
    ActorMention in the same article; None where the organisation is not named.
    """

    relation: str
    person: int
    organisation: int | None
    title: str
    organisation_words: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place.

    `place` is the key of a known Place, `entry` the id of a gazetteer entry. Degrees
    WGS 84, radius in metres, `precision` a place-precision code. All None where the
    words name a place that no list knows. `candidates`: other entries' ids.
    """

    name: str
    place: str | None = None
    entry: str | None = None
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None
    precision: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that say when. Ends are None where open or unknown, never guessed."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: str
    basis: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something, with bounds as docs/curation-format.md reads words.

    `measure` and `group` are codes of those lists; `counted` the words for what is
    counted. `part_of` is the start offset of the figure inside which it is counted.
    `implicit`: no number is written ("a leader was killed").
    """

    measure: str | None
    group: str | None
    low: int | None
    high: int | None
    quantifier: str
    counted: str = ""
    part_of: int | None = None
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: a cluster of ActorMention, a known actor, or only words.

    `how`: named, described, pronoun, inferred (a quote goes on without a new cue),
    outlet (the article itself), unknown ("it is reported").
    """

    words: str
    how: str
    cluster: int | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody says something.

    The finding's first span is the content. `quoted`: direct, indirect, mixed.
    `statement` is a claim-kind code, `modality` and `polarity` codes of those lists.
    `via`: who passes it on, outermost first. `attributed` is False for what the
    article says itself (speaker: the outlet).
    """

    attributed: bool
    speaker: Speaker
    quoted: str
    modality: str
    polarity: str
    statement: str
    cue: str = ""
    via: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part: a role code, and the actor as in ActorMention or only words."""

    role: str
    words: str
    cluster: int | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """That something happened, or is said to.

    `type` and `mode` after PLOVER, `acled` the sub-event; `modality` an event-modality
    code. `figures` are the start offsets of Figure findings of the same article, `date`
    and `place` the fields of those findings. `linked` is the key of a known event that
    it seems to be, `why` says why in words.
    """

    type: str | None
    mode: str | None
    acled: str | None
    modality: str
    title: str
    participants: tuple[Participant, ...] = ()
    date: DateMention | None = None
    place: PlaceMention | None = None
    figures: tuple[int, ...] = ()
    contexts: tuple[str, ...] = ()
    linked: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """That this article, or these words, and others belong together.

    `relation`: same_event, related, repost (articles); same_claim, conflict (claims).
    `other` is the other document's id, `other_start` and `other_end` its words, for
    claims.
    """

    relation: str
    other: str
    why: str
    other_start: int | None = None
    other_end: int | None = None


Fields = (
    Structure
    | ActorMention
    | Office
    | PlaceMention
    | DateMention
    | Figure
    | Claim
    | Event
    | Pair
)
KINDS: Mapping[type, Kind] = {
    Structure: Kind.STRUCTURE,
    ActorMention: Kind.ACTOR,
    Office: Kind.OFFICE,
    PlaceMention: Kind.PLACE,
    DateMention: Kind.DATE,
    Figure: Kind.FIGURE,
    Claim: Kind.CLAIM,
    Event: Kind.EVENT,
    Pair: Kind.PAIR,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. The first span is what it rests on; the others have roles.

    `rule` is "<kind>.<name>", `reason` a sentence for people. `score`, 0 to 1, is the
    share of findings of this rule that were right where it was measured; the runner
    fills it in (see scoring), an extractor leaves it None or knows better.
    """

    fields: Fields
    spans: tuple[Span, ...]
    rule: str
    reason: str
    score: float | None = None
    extractor: str = ""
    version: str = ""

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError(f"a finding of {self.rule} rests on no words")

    @property
    def kind(self) -> Kind:
        return KINDS[type(self.fields)]

    @property
    def span(self) -> Span:
        return self.spans[0]

    def role(self, name: str) -> Span | None:
        """The first span with this role, if there is one."""
        return next((span for span in self.spans if span.role == name), None)

    def by(self, *, extractor: str, version: str, score: float) -> Finding:
        return replace(self, extractor=extractor, version=version, score=score)


def checked(document: Document, finding: Finding) -> Finding:
    """The finding, if every span of it stands in the document. Raises ValueError."""
    for span in finding.spans:
        if document.text[span.start : span.end] != span.text or span.start >= span.end:
            raise ValueError(
                f"{finding.rule}: “{span.text}” does not stand at "
                f"{span.start}–{span.end} of document {document.id}"
            )
    return finding


def as_record(document: Document, finding: Finding) -> dict[str, Any]:
    """The finding as plain values: one line of export_proposals and propose."""
    fields = json.loads(json.dumps(asdict(finding.fields), default=str))
    return {
        "article": document.id,
        "kind": str(finding.kind),
        "spans": [asdict(span) for span in finding.spans],
        "fields": fields,
        "score": finding.score,
        "rule": finding.rule,
        "reason": finding.reason,
        "extractor": finding.extractor,
        "version": finding.version,
    }


def fields_from(kind: str, record: Mapping[str, Any]) -> Fields:
    """The fields that `as_record` wrote; dates stay text. Raises KeyError."""
    values = dict(record)
    if kind == Kind.CLAIM:
        values["speaker"] = Speaker(**values["speaker"])
        values["via"] = tuple(Speaker(**each) for each in values["via"])
    if kind == Kind.EVENT:
        values["participants"] = tuple(Participant(**p) for p in values["participants"])
        values["date"] = values["date"] and DateMention(**values["date"])
        values["place"] = values["place"] and PlaceMention(**values["place"])
    of_kind = {each: fields for fields, each in KINDS.items()}
    fields: Fields = of_kind[Kind(kind)](**values)
    return fields
