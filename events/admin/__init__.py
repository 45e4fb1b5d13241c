"""The admin of places, events, claims, and of the relations that claims are about."""

from events.admin import actors, claims, events, gazetteer, places, relations, ripple

__all__ = ["actors", "claims", "events", "gazetteer", "places", "relations", "ripple"]
