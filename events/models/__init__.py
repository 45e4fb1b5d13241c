"""What happened, where, when, and who says so."""

from events.models.claim import Claim, ClaimKind, Modality, Polarity, Voice
from events.models.event import Event, EventIdentifier, EventModality, Participation
from events.models.gazetteer import GazetteerEntry, GazetteerName
from events.models.place import Place, PlaceIdentifier, PlaceName
from events.models.proof import (
    Attribution,
    Evidence,
    Stance,
    Support,
    SupportedPart,
)

__all__ = [
    "Attribution",
    "Claim",
    "ClaimKind",
    "Event",
    "EventIdentifier",
    "EventModality",
    "Evidence",
    "GazetteerEntry",
    "GazetteerName",
    "Modality",
    "Participation",
    "Place",
    "PlaceIdentifier",
    "PlaceName",
    "Polarity",
    "Stance",
    "Support",
    "SupportedPart",
    "Voice",
]
