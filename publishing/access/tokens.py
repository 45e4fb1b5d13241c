"""Tokens: made and shown once, found by the hash of what is sent, revoked for ever."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from publishing.access.scopes import usable
from publishing.models import Scope, Token

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AbstractUser

PREFIX = "ndb_"  # what scanners for leaked secrets can look for
SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")  # 32 random bytes
SHOWN = 12  # of the secret, to recognise it by
DAYS = 365  # until a token expires, where nobody says otherwise
LAST_USE = dt.timedelta(minutes=5)  # how exactly it is kept when a token was used


def make_token(
    *,
    user: AbstractUser,
    name: str,
    scopes: Collection[str],
    expires_at: dt.datetime | None,
    by: AbstractUser | str,
    per_minute: int | None = None,
) -> tuple[Token, str]:
    """A token and its secret, which is nowhere else and never seen again.

    Raises ValidationError; PermissionDenied when `by` may not make tokens for `user`.
    """
    if not isinstance(by, str) and not may_manage(by, user):
        raise PermissionDenied(f"{by} may not make tokens for {user}.")
    check_scopes(scopes, user)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        user=user,  # type: ignore[misc]  # whichever user model is set
        name=" ".join(name.split()),
        scopes=[scope for scope in Scope.values if scope in scopes],
        start=secret[:SHOWN],
        digest=_digest(secret),
        per_minute=per_minute,
        made_by=by if isinstance(by, str) else by.get_username(),
        expires_at=expires_at,
    )
    token.full_clean()
    token.save(force_insert=True)
    return token, secret


def check_scopes(scopes: Collection[str], user: AbstractUser) -> None:
    """Raise ValidationError: there is no such scope, or it opens nothing for `user`."""
    if unknown := sorted(set(scopes) - set(Scope.values)):
        known = ", ".join(Scope.values)
        raise ValidationError(
            {"scopes": f"No scope is called {', '.join(unknown)}; there are: {known}."}
        )
    if useless := sorted(set(scopes) - set(usable(scopes, user))):
        raise ValidationError(
            {
                "scopes": f"{user} may do nothing of {', '.join(useless)}: leave that "
                "out, or give the user a group that may."
            }
        )


def may_manage(by: AbstractUser, owner: AbstractUser) -> bool:
    """Whether `by` may make and revoke tokens of `owner`."""
    own = by.pk == owner.pk and by.has_perm("publishing.make_token")
    return own or by.has_perm("publishing.manage_token")


def revoke_token(token: Token, *, by: AbstractUser | str, why: str) -> None:
    """Close a token for ever, at once.

    Raises ValidationError when it is revoked already or no reason is given;
    PermissionDenied when `by` may not.
    """
    if not isinstance(by, str) and not may_manage(by, token.user):
        raise PermissionDenied(f"{by} may not revoke tokens of {token.user}.")
    if not why.strip():
        raise ValidationError(f"Say why “{token}” is revoked.")
    name = by if isinstance(by, str) else by.get_username()
    revoked = Token.objects.filter(pk=token.pk, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_by=name, revoked_why=why.strip()
    )
    if not revoked:
        raise ValidationError(f"“{token}” is revoked already.")


def token_of(secret: str) -> Token | None:
    """The live token with that secret, with its user. One query, or none.

    What is compared is a hash in an index, so how long it takes tells nothing.
    """
    if not SECRET.fullmatch(secret):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_find(), [_digest(secret)])
        row = cursor.fetchone()
    if row is None:
        return None
    names, of_user = _columns(Token), _columns(get_user_model())
    token = Token.from_db(connection.alias, names, row[: len(names)])
    token.user = get_user_model().from_db(connection.alias, of_user, row[len(names) :])
    return token if token.is_live() else None


@cache
def _find() -> str:
    """The look-up, written out once: building it costs more than running it."""
    columns = [f't."{name}"' for name in _columns(Token)]
    columns += [f'u."{name}"' for name in _columns(get_user_model())]
    users = get_user_model()._meta.db_table
    return (
        f"SELECT {', '.join(columns)} FROM {Token._meta.db_table} t"
        f" JOIN {users} u ON u.id = t.user_id WHERE t.digest = %s"
    )


def _columns(model: type[Any]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def note_use(token: Token) -> None:
    """Keep when the token was used last: a write in some minutes, not for each use."""
    now = timezone.now()
    if token.last_used_at and now - token.last_used_at < LAST_USE:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - LAST_USE)
    Token.objects.filter(stale, pk=token.pk, revoked_at=None).update(last_used_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
