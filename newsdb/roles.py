"""The roles that people have, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# The groups that migrations make, each holding all that the one before it may.
ROLES = {
    "Reader": "sees all, changes nothing",
    "Curator": "codes articles, decides what a machine suggests",
    "Reviewer": "also reviews what others coded, publishes and retracts",
}


def role_of(user: User) -> str:
    """The highest of the roles that somebody has, or nothing."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(ROLES) if role in names), "")


def in_words(user: User) -> str:
    """Who somebody is here, as the first page tells them."""
    if user.is_superuser:
        return "Administrator: may do everything"
    if role := role_of(user):
        return f"{role}: {ROLES[role]}"
    return ", ".join(group.name for group in user.groups.all())
