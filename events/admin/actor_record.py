"""What an actor did and said: its parts in events, and the claims it made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef

from events.admin.reading import read_claims
from events.models import Claim, Event, Support

if TYPE_CHECKING:
    from actors.models import Actor

_EVENTS = 30  # listed, the latest first
_CLAIMS = 10


def record_of(actor: Actor) -> dict[str, Any]:
    """Parts in events and claims made, the latest first, and how many there are."""
    parts = actor.participations.standing().filter(event__in=Event.objects.standing())
    said = Claim.objects.filter(speaker=actor).standing()
    return {
        "parts": list(
            parts.select_related("event", "role")
            .annotate(
                proved=Exists(Support.objects.filter(participation=OuterRef("pk")))
            )
            .order_by(
                F("event__date_latest").desc(nulls_last=True), "-event_id", "role_id"
            )[:_EVENTS]
        ),
        "parts_count": parts.count(),
        "said": read_claims(said.order_by("-pk")[:_CLAIMS]),
        "said_count": said.count(),
    }
