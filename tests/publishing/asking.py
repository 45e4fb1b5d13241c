"""Requests with a token, for tests of the API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from publishing.access.tokens import make_token

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client


class Asking:
    """Asks as a program that shows a token of `user` with these scopes."""

    def __init__(self, client: Client, user: User, *scopes: str, **options: Any):
        self.client, self.user = client, user
        name = options.pop("name", f"{user} {'+'.join(scopes)}")
        self.token, self.secret = make_token(
            user=user, name=name, scopes=scopes, expires_at=None, by="test", **options
        )

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer; `if_match="…"` sends If-Match, and so on."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = sent.pop("content-type", "application/json")
        return self.client.generic(
            method.upper(),
            path if path.startswith("/") else f"/api/v1/{path}",
            body if isinstance(body, bytes | str) else json.dumps(body),
            content_type=kind,
            headers={"authorization": f"Bearer {self.secret}", **sent},
        )
