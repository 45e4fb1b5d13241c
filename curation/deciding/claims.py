"""Accepting proposed claims and figures: the claim and the passages that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from curation.coding.claims import Passage, new_claim, sentence_of
from curation.coding.keys import accepted_by_key, by_key
from curation.deciding.actors import actor_of
from curation.deciding.voices import around, spoken_in, voice_of
from curation.models import Judgement, Proposal
from events.models import Attribution, Claim, Event

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

NEAR = 80  # characters between content, cue and speaker that one passage may bridge


def make_claim(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    """What somebody says, or the article itself.

    A `statement` that is no claim-kind code is the edited sentence.
    """
    kinds = {kind for kind, _ in Claim._meta.get_field("kind").choices or ()}
    suggested = fields["statement"]
    kind = fields.get("kind") or (suggested if suggested in kinds else "assessment")
    if kind == "figure":  # its number is a proposal of its own
        kind = "occurrence"
    statement = proposal.quote if suggested in kinds else suggested
    return new_claim(
        proposal.article,
        start=proposal.start,
        kind=kind,
        statement=statement,
        passages=_passages(proposal),
        columns={
            "modality": fields["modality"],
            "polarity": fields["polarity"],
            "event": _event(fields),
            **voice_of(proposal, fields),
        },
        via=_chain(proposal, fields.get("via") or []),
        by=by,
        why=why,
    )


def make_figure(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    """A number of something, said by whoever says the sentence it stands in."""
    if not fields.get("measure"):
        raise ValidationError("Choose what is counted: the measure.")
    passage = sentence_of(proposal.article, proposal.start, proposal.end)
    said = around(spoken_in(proposal.article_id), proposal)
    return new_claim(
        proposal.article,
        start=proposal.start,
        kind="figure",
        statement=fields.get("statement") or proposal.article.text[slice(*passage)],
        passages=[passage],
        columns={
            "measure_id": f"measure/{fields['measure']}",
            "group_id": fields.get("group") and f"group/{fields['group']}",
            "low": fields.get("low"),
            "high": fields.get("high"),
            "quantifier": fields["quantifier"],
            "figure_text": proposal.quote,
            "event": _event(fields) or _event_of_figure(proposal),
            **(said.columns if said else {}),
        },
        by=by,
        why=why,
    )


def _passages(proposal: Proposal) -> list[Passage]:
    """What is said, with the words that say who says it: in one piece if it is near."""
    pieces = [(proposal.start, proposal.end)]
    pieces += [
        (span["start"], span["end"])
        for span in proposal.spans
        if span["role"] in {"content", "cue", "speaker"}
    ]
    joined: list[Passage] = []
    for start, end in sorted(pieces):
        if joined and start - joined[-1][1] <= NEAR:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _chain(proposal: Proposal, via: Iterable[Mapping[str, Any]]) -> list[Attribution]:
    """Those who pass it on, as far as they are known or named."""
    found = ((actor_of(proposal, each), each["words"]) for each in via)
    return [
        Attribution(actor=actor, text=text) for actor, text in found if actor or text
    ]


def _event(fields: Mapping[str, Any]) -> Event | None:
    """The event that a person named."""
    key = fields.get("event")
    if not key:
        return None
    return by_key(Event, key)


def _event_of_figure(proposal: Proposal) -> Event | None:
    """The event that was accepted with this figure in it."""
    judgement = (
        Judgement.objects.standing()
        .filter(
            proposal__article=proposal.article_id,
            proposal__kind="event",
            proposal__fields__figures__contains=proposal.start,
        )
        .exclude(verdict="rejected")
        .select_related("proposal")
        .last()
    )
    if judgement is None:
        return None
    made = [pk for label, pk in judgement.made if label == Event._meta.label]
    if made:
        key = Event.objects.filter(pk__in=made).values_list("slug", flat=True).first()
    else:
        key = judgement.changes.get("linked", judgement.proposal.fields.get("linked"))
    return accepted_by_key(Event, key)
