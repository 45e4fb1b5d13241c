"""What a scope opens: the one table, and how a user is held to it.

A token opens a door when one of its scopes does and its user has the permission that
the door needs: it never can more than its user, nor more than its scopes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from publishing.models import Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class Door(StrEnum):
    """What can be done through the API."""

    READ = "read what is published"
    SUBMIT = "submit articles"
    PROPOSE = "propose what articles say"
    SEE_ROWS = "see rows that are not published"
    WRITE_ROWS = "create and change rows"
    MOVE = "move rows"
    MOVE_CODED = "move rows between draft, coded and rejected"
    MOVE_REVIEWED = "review, or reject what is reviewed"
    MOVE_PUBLISHED = "publish, retract, and change what is published"


# The one table of what each scope opens.
OPENS: Mapping[Scope, frozenset[Door]] = {
    Scope.READ: frozenset({Door.READ}),
    Scope.PROPOSE: frozenset({Door.SUBMIT, Door.PROPOSE}),
    Scope.CURATE: frozenset(
        {Door.SEE_ROWS, Door.WRITE_ROWS, Door.MOVE, Door.MOVE_CODED}
    ),
    Scope.PUBLISH: frozenset({Door.MOVE, Door.MOVE_REVIEWED, Door.MOVE_PUBLISHED}),
}
# And the permission that its user needs; reading needs none.
NEEDS: Mapping[Door, str] = {
    Door.READ: "",
    Door.SUBMIT: "sources.add_article",
    Door.PROPOSE: "publishing.propose",
    Door.SEE_ROWS: "sources.code",
    Door.WRITE_ROWS: "sources.code",
    Door.MOVE: "sources.code",
    Door.MOVE_CODED: "sources.code",
    Door.MOVE_REVIEWED: "sources.review",
    Door.MOVE_PUBLISHED: "sources.publish",
}
# Behind MOVE, by the verbs of sources.services.TRANSITIONS: one door for each.
MOVES: Mapping[str, Door] = {
    "code": Door.MOVE_CODED,
    "review": Door.MOVE_REVIEWED,
    "publish": Door.MOVE_PUBLISHED,
}


def scopes_for(door: Door) -> list[str]:
    """The scopes that open a door."""
    return [str(scope) for scope, doors in OPENS.items() if door in doors]


def opened_by(scopes: Collection[str]) -> set[Door]:
    """All doors that these scopes open."""
    return {door for scope in scopes for door in OPENS[Scope(scope)]}


def usable(scopes: Collection[str], user: AbstractUser) -> list[str]:
    """Those of the scopes that open any door for the user, beside the common one."""
    return [
        scope
        for scope in scopes
        if any(
            not NEEDS[door] or user.has_perm(NEEDS[door])
            for door in OPENS[Scope(scope)] - {Door.MOVE}
        )
    ]


def held_to(user: AbstractUser, scopes: Collection[str]) -> AbstractUser:
    """The user, whose permissions are from now on only those that the scopes open.

    Services ask `by.has_perm`; so whatever they do for a token, they do within its
    scopes, also for a superuser. Adding and changing rows of a model comes with
    WRITE_ROWS, adding articles with SUBMIT.
    """
    doors = opened_by(scopes)
    open_permissions = {NEEDS[door] for door in doors if NEEDS[door]}
    writes_rows = Door.WRITE_ROWS in doors
    has_perm = user.has_perm

    def within(perm: str, obj: object | None = None) -> bool:
        name = perm.partition(".")[2]
        of_rows = writes_rows and name.startswith(("add_", "change_", "view_"))
        return (of_rows or perm in open_permissions) and has_perm(perm, obj)  # type: ignore[arg-type]

    user.has_perm = within  # type: ignore[method-assign]
    return user
