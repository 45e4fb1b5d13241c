"""Claims coded from passages: the claim, the quotes that prove it, what rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F

from curation.coding.keys import free_slug, standing
from curation.coding.setting import parts_given
from events.models import (
    Attribution,
    Claim,
    ClaimKind,
    Event,
    Evidence,
    Participation,
    Support,
    SupportedPart,
)
from sources.models import Status
from sources.sentences import sentences
from sources.services import recorded, save_curated

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

    from actors.models import Actor
    from sources.models import Article, Term

Passage = tuple[int, int]

# A claim of this kind says so much of its event.
SUPPORTS: dict[str, SupportedPart] = {
    ClaimKind.OCCURRENCE: SupportedPart.OCCURRENCE,
    ClaimKind.TIME: SupportedPart.DATE,
    ClaimKind.PLACE: SupportedPart.PLACE,
    ClaimKind.ROLE: SupportedPart.PARTICIPATION,
}


@dataclass(frozen=True, kw_only=True)
class Coding:
    """What a person says of a passage; `columns` are those of Claim."""

    kind: str
    statement: str
    columns: Mapping[str, Any] = field(default_factory=dict)
    new_event: Mapping[str, Any] | None = None  # columns of Event; title at least
    actor: Actor | None = None  # of a role …
    role: Term | None = None


def code_claim(
    article: Article, passage: Passage, coding: Coding, *, by: AbstractUser, why: str
) -> list[Model]:
    """Add a coded claim with this passage as its evidence, and what rests on it.

    An event that is new is added before; a claim that something happened, when, where
    or who took part supports that part of its event, and one that a new event happened
    also its day and its place as far as the passage gives them. Returns the rows in
    their order.
    Raises ValidationError, and PermissionDenied where `by` may not code.
    """
    allow_coding(by)
    with recorded(by=by, why=why):
        made: list[Model] = []
        event = coding.columns.get("event")
        if coding.new_event:
            event = _new_event(coding.new_event)
            save_curated(event, by=by, why=why)
            made.append(event)
        role = _role(coding, event)
        if role is not None and role._state.adding:
            save_curated(role, by=by, why=why)
            made.append(role)
        claim_and_proof = new_claim(
            article,
            start=passage[0],
            kind=coding.kind,
            statement=coding.statement,
            passages=[passage],
            columns={**coding.columns, "event": event},
            by=by,
            why=why,
        )
        made += claim_and_proof
        if event is not None:
            for part in _supported(coding, event, article.text[slice(*passage)]):
                support = Support(
                    claim=claim_and_proof[0],  # type: ignore[misc] # the first is it
                    event=event,
                    part=part,
                    participation=role,
                )
                save_curated(support, by=by, why=why)
                made.append(support)
        return made


def add_evidence(
    claim: Claim, article: Article, passage: Passage, *, by: AbstractUser, why: str
) -> list[Model]:
    """A further quote that proves an accepted claim. Raises ValidationError."""
    allow_coding(by)
    start, end = passage
    evidence = Evidence(
        claim=standing(claim),
        article=article,
        start=start,
        end=end,
        quote=article.text[start:end],
    )
    if claim.status == Status.PUBLISHED and not by.has_perm("sources.publish"):
        raise ValidationError(
            f"“{claim}” is published: only those who may publish add to its evidence."
        )
    save_curated(evidence, by=by, why=why)
    return [evidence]


def new_claim(
    article: Article,
    *,
    start: int,
    kind: str,
    statement: str,
    passages: Sequence[Passage],
    columns: Mapping[str, Any],
    by: AbstractUser,
    why: str,
    via: Sequence[Attribution] = (),
) -> list[Model]:
    """A coded claim, then its evidence and who passes it on, outermost first."""
    claim = Claim(
        slug=free_slug(Claim, f"{article.sha256[:8]}-{start}"),
        kind=kind,
        statement=statement,
        status=Status.CODED,
        **columns,
    )
    save_curated(claim, by=by, why=why)
    parts: list[Model] = [
        Evidence(
            claim=claim,
            article=article,
            start=first,
            end=last,
            quote=article.text[first:last],
        )
        for first, last in passages
    ]
    for position, each in enumerate(via, start=1):
        each.claim, each.position = claim, position
        parts.append(each)
    for part in parts:
        save_curated(part, by=by, why=why)
    return [claim, *parts]


def sentence_of(article: Article, start: int, end: int) -> Passage:
    """The sentence that the words stand in; the words where they are in no sentence."""
    part = (
        article.spans.filter(start__lte=start, end__gte=end)
        .order_by(F("end") - F("start"))
        .first()
    )
    first, last = (part.start, part.end) if part else (start, end)
    for sentence in sentences(article.text, first, last):
        if sentence[0] <= start and end <= sentence[1]:
            return sentence
    return first, last


def allow_coding(by: AbstractUser) -> None:
    """Raise PermissionDenied unless `by` may code."""
    if not by.has_perm("sources.code"):
        raise PermissionDenied(f"{by} may look at the desk, but not code.")


def _supported(coding: Coding, event: Event, words: str) -> list[SupportedPart]:
    """The parts of the event that the claim is proof of."""
    parts = [SUPPORTS[coding.kind]] if coding.kind in SUPPORTS else []
    if coding.new_event and coding.kind == ClaimKind.OCCURRENCE:
        parts += parts_given(event, [words])
    return parts


def _new_event(columns: Mapping[str, Any]) -> Event:
    slug = free_slug(Event, columns["title"])
    return Event(slug=slug, status=Status.CODED, **columns)


def _role(coding: Coding, event: Event | None) -> Participation | None:
    """Whose role in the event it is; a row of its own where it is not recorded yet."""
    if coding.kind != ClaimKind.ROLE or event is None:
        return None
    if coding.actor is None or coding.role is None:
        raise ValidationError("Say who takes part in the event, and in which role.")
    key = {"event": event, "actor": coding.actor, "role": coding.role}
    known = Participation.objects.filter(**key).first() if event.pk else None
    return standing(known) if known else Participation(**key, status=Status.CODED)
