"""The admin of names and mentions; actors and relations stand in events.admin."""

from actors.admin import actors, mentions

__all__ = ["actors", "mentions"]
