"""Who asks, and through which doors: tokens in the Authorization header, nothing else.

Cookies are not looked at below /api/: a page elsewhere cannot make a browser act here,
so nothing needs a token against forged requests (CSRF).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission

from publishing.access.scopes import NEEDS, Door, held_to, opened_by, scopes_for
from publishing.access.tokens import token_of
from publishing.api.problems import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest
    from rest_framework.request import Request
    from rest_framework.views import APIView

    from publishing.models import Token

REALM = 'Bearer realm="newsdb"'


def token_in(request: HttpRequest) -> Token | None:
    """The token that a request shows; None where it shows none.

    Raises Refused (401) for one that opens nothing: unknown, expired or revoked, which
    look alike to the one who tries.
    """
    shown = request.META.get("HTTP_AUTHORIZATION")
    if shown is None:
        return None
    scheme, _, secret = shown.partition(" ")
    token = token_of(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Refused(
            HTTPStatus.UNAUTHORIZED,
            "This token opens nothing: it is unknown, expired or revoked. Send "
            "“Authorization: Bearer ndb_…”, or nothing to read anonymously.",
            headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'},
        )
    return token


def token_of_request(request: Request) -> Token | None:
    """The token that an API request came with."""
    return cast("Token | None", request.auth)


def acting(request: Request) -> tuple[AbstractUser, Token]:
    """The user and the token of a request that passed a door that takes one."""
    return cast("AbstractUser", request.user), cast("Token", request.auth)


class TokenAuthentication(BaseAuthentication):
    """The user of the token that the gate let in (publishing.api.gate)."""

    def authenticate(self, request: Request) -> tuple[AbstractUser, Token] | None:
        token = getattr(request._request, "api_token", None)
        if token is None:
            return None
        user: AbstractUser = held_to(token.user, token.scopes)
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return REALM


class ThroughDoors(BasePermission):
    """Opens the door that a view's action stands behind.

    A view says in `doors` what each action (or method) that writes is; what only
    reads is Door.READ where it says nothing.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        door = door_of(view, request.method or "")
        if door is not None:
            check_door(request, door)
        return True


def door_of(view: Any, method: str) -> Door | None:
    """The door that a request goes through; None where there is no such method."""
    if not hasattr(view, method.lower()) and method != "OPTIONS":
        return None  # answered 405
    action = getattr(view, "action", None) or method.lower()
    doors: dict[str, Door] = getattr(view, "doors", {})
    if action in doors:
        return doors[action]
    if method not in SAFE_METHODS:
        raise LookupError(f"{type(view).__name__}.{action} is behind no door.")
    return Door.READ


def opens_to_all(door: Door | None) -> bool:
    """Whether anybody may pass, whoever it is."""
    return door is Door.READ and settings.ANONYMOUS_READ


def check_door(request: Request, door: Door) -> None:
    """Raise NotAuthenticated (401) or Refused (403) unless `request` may pass."""
    if opens_to_all(door):
        return
    token = token_of_request(request)
    if token is None:
        raise NotAuthenticated(
            f"To {door} takes a token with the scope "
            f"{' or '.join(scopes_for(door))}: “Authorization: Bearer ndb_…”."
        )
    if door not in opened_by(token.scopes):
        scopes = scopes_for(door)
        raise Refused(
            HTTPStatus.FORBIDDEN,
            f"To {door} takes the scope {' or '.join(scopes)}; this token has "
            f"{', '.join(token.scopes)}.",
            members={"scopes": scopes},
            headers={
                "WWW-Authenticate": f'{REALM}, error="insufficient_scope", '
                f'scope="{" ".join(scopes)}"'
            },
        )
    if NEEDS[door] and not request.user.has_perm(NEEDS[door]):
        raise Refused(
            HTTPStatus.FORBIDDEN,
            f"To {door} takes a user who may ({NEEDS[door]}); the user of this token, "
            f"{request.user}, may not.",
        )
