"""What OpenAPI says of tokens, and of the answers that any request may get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from publishing.access.scopes import NEEDS, OPENS, Door, scopes_for
from publishing.api.answers import MEANINGS, of_status
from publishing.api.problems import MEDIA_TYPE
from publishing.api.schemas import Problem

NAME = "token"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Authorization: Bearer ndb_…"""

    target_class = "publishing.api.auth.TokenAuthentication"
    name = NAME

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        scopes = "; ".join(
            f"`{scope}`: {', '.join(door for door in Door if door in doors)}"
            for scope, doors in OPENS.items()
        )
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token (`ndb_…`) with the scope that is needed. "
            f"{scopes}. It never can more than its user.",
        }


class ApiSchema(AutoSchema):
    """Adds to every operation: which scope it takes, the answers that any request may
    get, and the headers that any answer has."""

    def _door(self) -> Door:
        action = getattr(self.view, "action", None) or self.method.lower()
        doors: dict[str, Door] = getattr(self.view, "doors", {})
        return doors.get(action, Door.READ)

    def get_auth(self) -> list[dict[str, list[str]]]:
        super().get_auth()  # puts the scheme among the components
        needed: list[dict[str, list[str]]] = [{NAME: []}]
        return [*needed, {}] if self._door() is Door.READ else needed

    def get_description(self) -> str:  # type: ignore[override]
        said: str = super().get_description() or ""
        door = self._door()
        if door is Door.READ:
            return said
        scopes = " or ".join(f"`{scope}`" for scope in scopes_for(door))
        return f"{said}\n\nTakes the scope {scopes}, and a user with `{NEEDS[door]}`."

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        found: dict[str, Any] = super()._get_response_bodies(direction)
        problem: Callable[..., Any] = self._get_response_for_code
        for status in ("401", "403", "429", "500"):
            found.setdefault(status, problem(Problem, status, [MEDIA_TYPE], direction))
        return found

    def _get_request_body(self, *rest: Any) -> Any:
        found = super()._get_request_body(*rest)  # type: ignore[no-untyped-call]
        return found and {**found, "required": True}

    def _get_response_for_code(
        self, serializer: Any, status_code: str, *rest: Any, **more: Any
    ) -> Any:
        answer: Any = super()._get_response_for_code
        found = answer(serializer, status_code, *rest, **more)
        meaning = MEANINGS.get(status_code)
        return {**found, "description": meaning} if meaning else found

    def _get_response_headers_for_code(self, status_code: str, *rest: Any) -> Any:
        own = super()._get_response_headers_for_code(status_code, *rest)
        return {**of_status(status_code), **own}
