"""What a passage suggests to the one who codes it: a form that is filled in already.

First what was coded around it, then what the extractors proposed there, and where no
machine has read the article, what its words alone suggest (curation.guessing).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from actors.models import Actor, Alias, Mention
from curation.coding.claims import Passage
from curation.coding.keys import accepted_by_key
from curation.deciding.places import known_place
from curation.guessing import Number, attribution_in, measure_of, numbers_in
from curation.models import Proposal
from events.models import Claim, ClaimKind, Evidence, Modality, Voice
from sources.models import ACCEPTED
from sources.paragraphs import paragraphs
from sources.sentences import sentences

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sources.models import Article

SAID = ("claim", "figure", "event")
SET = ("date", "place")
TAKEN_OVER = "Taken over from the claim before: is this about the same event?"


@dataclass(frozen=True, slots=True)
class Around:
    """A passage, its sentence, and what is known about it. Offsets in code points."""

    article: Article
    start: int
    end: int
    sentence: Passage
    evidence: list[Evidence]
    mentions: list[Mention]
    proposals: list[Proposal]  # of claims, figures and events
    settings: list[Proposal]  # of dates and places

    @property
    def words(self) -> str:
        return self.article.text[self.start : self.end]


def suggest_claim(article: Article, start: int, end: int) -> dict[str, Any]:
    """The fields of a claim about the passage, as the form takes them.

    Also those of an event, should it be about a new one, and under `hints` what to
    check, by field. At most seven queries.
    """
    around = _around(article, start, end)
    number = _number(around)
    spot = _spot(around, number) if number else (start, end)
    fields: dict[str, Any] = {
        "kind": ClaimKind.OCCURRENCE,
        "statement": " ".join(around.words.split()),
        "voice": Voice.NARRATOR,
        "modality": Modality.ASSERTED,
        "polarity": "positive",
        **_event(around),
        **_new_event(around),
        **_voice(around, spot),
    }
    return {**fields, **(_figure(around, number, spot) if number else {})}


def suggest_mention(article: Article, start: int, end: int) -> dict[str, Any]:
    """Whom the words name: here before, else the only one of that name; or nobody."""
    words = article.text[start:end]
    here = (
        Mention.objects.accepted()
        .filter(article=article, quote__iexact=words)
        .select_related("actor")
        .first()
    )
    if here is not None:
        return _actor_fields(here.actor)
    named = _named(words)
    if len(named) == 1:
        return _actor_fields(named[0])
    return {"name": words, "candidates": [each.slug for each in named]}


def _actor_fields(actor: Actor) -> dict[str, Any]:
    return {"actor": actor.slug, "actor_name": actor.name}


def _named(words: str) -> list[Actor]:
    """The accepted actors that have this name; a few."""
    aliases = Alias.objects.accepted().filter(name=words).values("actor")
    actors = Actor.objects.accepted().filter(Q(name=words) | Q(pk__in=aliases))
    return list(actors.order_by("pk")[:5])


def _around(article: Article, start: int, end: int) -> Around:
    first, last = _sentence(article.text, start, end)
    touching = {"article": article, "start__lt": last, "end__gt": first}
    evidence: QuerySet[Any] = Evidence.objects.filter(
        **touching, claim__status__in=ACCEPTED
    ).select_related("claim__event", "claim__speaker")
    mentions = Mention.objects.accepted().filter(**touching).select_related("actor")
    proposals = (
        Proposal.objects.filter(**touching, kind__in=[*SAID, *SET])
        .current()
        .with_judgement()
    )
    standing = [row for row in proposals if row.verdict != "rejected"]
    return Around(
        article,
        start,
        end,
        (first, last),
        list(evidence.order_by("start")),
        list(mentions.order_by("start")),
        [row for row in standing if row.kind in SAID],
        [row for row in standing if row.kind in SET],
    )


def _sentence(text: str, start: int, end: int) -> Passage:
    """The sentence as the desk shows it; the passage itself where it spans several."""
    for paragraph in paragraphs(text):
        if paragraph[0] <= start and end <= paragraph[1]:
            for first, last in sentences(text, *paragraph):
                if first <= start and end <= last:
                    return first, last
    return start, end


def _event(around: Around) -> dict[str, Any]:
    """The event that is spoken of here, or of the claim before if none is proposed."""
    coded = [row.claim.event for row in around.evidence if row.claim.event]
    hints = {}
    if not coded and not any(row.kind == "event" for row in around.proposals):
        hints = {"event_name": TAKEN_OVER}
        before = Evidence.objects.filter(
            article=around.article,
            end__lte=around.start,
            claim__event__isnull=False,
            claim__status__in=ACCEPTED,
        )
        nearest = before.order_by("-end").select_related("claim__event").first()
        coded = [nearest.claim.event] if nearest and nearest.claim.event else []
    if not coded:
        return {}
    known = {"event": coded[-1].slug, "event_name": coded[-1].title}
    return {**known, "hints": hints}


def _new_event(around: Around) -> dict[str, Any]:
    """What is proposed in the sentence of an event: its kind, its day, its place."""
    events = [row.fields for row in around.proposals if row.kind == "event"]
    types = [fields["type"] for fields in events if fields["type"]]
    days = [(fields["date"], "") for fields in events if fields["date"]]
    places = [fields["place"] for fields in events if fields["place"]]
    for row in around.settings:
        if row.kind == "date":
            days.append((row.fields, row.quote))
        else:
            places.append(row.fields)
    known = [(day, words) for day, words in days if day["earliest"] and day["latest"]]
    return {
        **({"event_type": types[0]} if types else {}),
        **(_dated(*known[0]) if known else {}),
        **_placed(places),
    }


def _dated(day: dict[str, Any], words: str) -> dict[str, Any]:
    return {
        "event_date": day["earliest"],
        "event_until": day["latest"] if day["latest"] != day["earliest"] else "",
        "event_precision": day["precision"],
        "event_basis": day["basis"],
        "event_text": words[:200],
        "event_note": day.get("note") or "",
    }


def _placed(places: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The first place, where curators know it."""
    try:
        place = known_place(next(iter(places), None))
    except ValidationError:  # it was withdrawn since
        place = None
    return {"event_place": place.slug, "event_place_name": place.name} if place else {}


def _voice(around: Around, spot: Passage) -> dict[str, Any]:
    """Who says what stands at the spot: coded so, proposed so, or guessed from a verb.

    What somebody says elsewhere in the sentence is not that.
    """
    for row in around.evidence:
        claim = row.claim
        if claim.voice == Voice.ATTRIBUTED and _touches(row, spot):
            return _said_by(claim.speaker, claim.speaker_text, claim.modality)
    said = [
        row
        for row in around.proposals
        if row.kind == "claim" and row.fields["attributed"] and _touches(row, spot)
    ]
    if said:
        fields = said[0].fields
        speaker = fields.get("speaker") or {}
        actor = accepted_by_key(Actor, speaker.get("actor"))
        words = speaker.get("words") or fields.get("cue") or ""
        return _said_by(actor, words, fields["modality"])
    if around.proposals:
        return {}  # a machine has read it and found nobody who says it
    return _guessed_voice(around)


def _guessed_voice(around: Around) -> dict[str, Any]:
    first, last = around.sentence
    found = attribution_in(around.article.text[first:last])
    if found is None:
        return {}
    start, end = first + found.start, first + found.end
    named = (m.actor for m in around.mentions if m.start < end and start < m.end)
    return _said_by(next(named, None), found.words, found.modality)


def _said_by(actor: Actor | None, words: str, modality: str) -> dict[str, Any]:
    return {
        "voice": Voice.ATTRIBUTED,
        "speaker": actor.slug if actor else "",
        "speaker_name": actor.name if actor else "",
        "speaker_text": words,
        "modality": modality,
    }


def _touches(row: Any, spot: Passage) -> bool:
    return bool(row.start < spot[1] and spot[0] < row.end)


def _number(around: Around) -> Number | None:
    """The first figure of the passage, of those that nobody has coded yet if there are
    any."""
    numbers = numbers_in(around.words)
    left = (number for number in numbers if not _is_coded(number, around))
    return next(left, next(iter(numbers), None))


def _is_coded(number: Number, around: Around) -> bool:
    bounds = (number.bounds.low, number.bounds.high)
    return any((each.low, each.high) == bounds for each in _coded_figures(around))


def _coded_figures(around: Around) -> list[Claim]:
    claims = (row.claim for row in around.evidence)
    return [claim for claim in claims if claim.kind == ClaimKind.FIGURE]


def _spot(around: Around, number: Number) -> Passage:
    start = around.start + number.start
    return start, start + len(number.words)


def _figure(around: Around, number: Number, spot: Passage) -> dict[str, Any]:
    proposed = _proposed_figure(around, spot)
    sentence = around.article.text[slice(*around.sentence)]
    measure = proposed.get("measure") or number.measure or measure_of(sentence)
    # A number of nothing that is counted here ("between the two") is there if wanted,
    # like one that is coded already: what else do the words say?
    counts = measure and not _is_coded(number, around)
    return {
        **({"kind": ClaimKind.FIGURE} if counts else {}),
        "measure": measure or "",
        "group": proposed.get("group") or number.group,
        "low": number.bounds.low,
        "high": number.bounds.high,
        "quantifier": str(number.bounds.quantifier),
        "figure_text": number.words,
        **(_whole(around, number, _coded_figures(around)) if counts else {}),
    }


def _proposed_figure(around: Around, spot: Passage) -> dict[str, Any]:
    rows = (row for row in around.proposals if row.kind == "figure")
    return next((row.fields for row in rows if _touches(row, spot)), {})


def _whole(around: Around, number: Number, coded: Iterable[Claim]) -> dict[str, Any]:
    """The figure inside which it is counted: "170 people, including 13 soldiers"."""
    first, _ = around.sentence
    before = around.article.text[first : around.start + number.end]
    inside = any(each.inside for each in numbers_in(before)[-1:])
    whole = next(iter(coded), None) if inside else None
    return {"part_of": whole.slug, "part_of_name": str(whole)} if whole else {}
