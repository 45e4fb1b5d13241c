"""Whose words a passage is: the speaker of a claim, and of figures inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor
from curation.coding.keys import by_key
from curation.deciding.actors import actor_of
from curation.models import Judgement, Proposal, Verdict
from events.models import Claim


@dataclass(frozen=True, slots=True)
class Spoken:
    """A passage that somebody is proposed to say.

    `claim` is what a person accepted, as it stands now; None where nobody decided.
    """

    proposal: Proposal
    claim: Claim | None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a claim by the same speaker."""
        if self.claim is None:
            return voice_of(self.proposal, self.proposal.fields)
        names = ("voice", "speaker", "speaker_text")
        return {name: getattr(self.claim, name) for name in names}

    def who(self, names: Mapping[str, str]) -> str:
        """The speaker in words; `names` of known actors by key. Empty: the article."""
        if self.claim is None:
            speaker = self.proposal.fields["speaker"]
            known = names.get(speaker.get("actor") or "")
            return known or speaker_words(self.proposal.fields)
        return str(self.claim.speaker or self.claim.speaker_text)


def spoken_in(article: int) -> list[Spoken]:
    """What is attributed in an article: accepted, or still to be decided.

    What a person rejected is not there. Three queries.
    """
    attributed = Proposal.objects.filter(
        article=article, kind="claim", fields__attributed=True
    )
    judgements = list(
        Judgement.objects.standing()
        .filter(verdict__in=[Verdict.ACCEPTED, Verdict.EDITED], proposal__in=attributed)
        .select_related("proposal")
    )
    made = {
        pk: judgement.proposal
        for judgement in judgements
        for label, pk in judgement.made
        if label == Claim._meta.label
    }
    claims = Claim.objects.accepted().filter(pk__in=made).select_related("speaker")
    decided = [Spoken(made[claim.pk], claim) for claim in claims]
    undecided = attributed.current().undecided()
    return [*decided, *(Spoken(proposal, None) for proposal in undecided)]


def around(spoken: Iterable[Spoken], figure: Proposal) -> Spoken | None:
    """The passage inside which the figure stands: a decided one first, the shortest."""
    covering = [
        each
        for each in spoken
        if each.proposal.start <= figure.start and figure.end <= each.proposal.end
    ]
    return min(
        covering,
        key=lambda s: (s.claim is None, s.proposal.end - s.proposal.start),
        default=None,
    )


def voice_of(proposal: Proposal, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Who says a proposed claim: columns of the claim. Raises ValidationError."""
    if not fields.get("attributed"):
        return {"voice": "narrator"}
    speaker = fields.get("speaker")
    words = fields.get("speaker_text") or speaker_words(proposal.fields)
    if isinstance(speaker, str):  # edited: an actor's key
        actor: Actor | None = by_key(Actor, speaker)
    else:
        actor = actor_of(proposal, speaker)
    if actor is None and not words:
        raise ValidationError(
            "Say who speaks: the key of an actor, or the words that stand for one."
        )
    return {"voice": "attributed", "speaker": actor, "speaker_text": words}


def speaker_words(fields: Mapping[str, Any]) -> str:
    """The words that name the speaker; of hearsay the cue, such as "reportedly"."""
    speaker = fields.get("speaker") or {}
    return str(speaker.get("words") or fields.get("cue") or "")[:300]
