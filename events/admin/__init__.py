"""The admin of places, events, claims, and of the relations that claims are about."""

from events.admin import claims, events, gazetteer, places, relations

__all__ = ["claims", "events", "gazetteer", "places", "relations"]
