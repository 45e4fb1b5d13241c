"""The admin of actors; relations stand in events.admin, beside what is claimed of them."""

from actors.admin import actors, mentions

__all__ = ["actors", "mentions"]
