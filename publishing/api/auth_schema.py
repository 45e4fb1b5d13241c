"""What OpenAPI says of tokens, and of the answers that any request may get."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from publishing.access.scopes import NEEDS, OPENS, Door, scopes_for
from publishing.api.auth import door_of
from publishing.api.problems import MEDIA_TYPE
from publishing.api.schemas import Problem

NAME = "token"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call,misc]
    """Authorization: Bearer ndb_…"""

    target_class = "publishing.api.auth.TokenAuthentication"
    name = NAME

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        scopes = "; ".join(
            f"`{scope}`: {', '.join(sorted(doors))}" for scope, doors in OPENS.items()
        )
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token (`ndb_…`) with the scope that is needed. "
            f"{scopes}. It never can more than its user.",
        }


class ApiSchema(AutoSchema):  # type: ignore[misc] # no types
    """Adds to every operation: which scope it takes, and 401, 403 and 429."""

    def _door(self) -> Door:
        return door_of(self.view, self.method) or Door.READ

    def get_auth(self) -> list[dict[str, list[str]]]:
        super().get_auth()  # puts the scheme among the components
        needed: list[dict[str, list[str]]] = [{NAME: []}]
        return [*needed, {}] if self._door() is Door.READ else needed

    def get_description(self) -> str:
        said: str = super().get_description() or ""
        door = self._door()
        if door is Door.READ:
            return said
        scopes = " or ".join(f"`{scope}`" for scope in scopes_for(door))
        return f"{said}\n\nTakes the scope {scopes}, and a user with `{NEEDS[door]}`."

    def get_response_serializers(self) -> Any:
        found = super().get_response_serializers()
        if not isinstance(found, dict):
            return found
        statuses = [401, 429] if self._door() is Door.READ else [401, 403, 429]
        return found | {(status, MEDIA_TYPE): Problem for status in statuses}
