"""The admin of actors; relations stand in events.admin, beside their claims."""

from actors.admin import actors, mentions

__all__ = ["actors", "mentions"]
