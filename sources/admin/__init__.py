"""The admin of the ground floor, and what the admins of all rooms are built of."""

from sources.admin import outlets, terms_admin

__all__ = ["outlets", "terms_admin"]
