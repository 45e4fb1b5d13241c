"""What OpenAPI says of answers: the headers they bear, and what each status means."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_NAME = '"(token|address)"'

# Header → its shape and its meaning.
HEADERS: dict[str, tuple[Schema, str]] = {
    "RateLimit-Policy": (
        {"type": "string", "pattern": f"^{_NAME};q=[0-9]+;w=[0-9]+$"},
        "How many requests (q) in how many seconds (w).",
    ),
    "RateLimit": (
        {"type": "string", "pattern": f"^{_NAME};r=[0-9]+;t=[0-9]+$"},
        "How many are left (r), and in how many seconds all are there again (t).",
    ),
    "Allow": (_TEXT, "The methods that there are at this address."),
    "Vary": (_TEXT, "Request headers that the answer depends on."),
    "Retry-After": (
        {"type": "integer", "minimum": 1},
        "Seconds after which to ask again.",
    ),
    "WWW-Authenticate": (_TEXT, "What opens the door: a Bearer token, and its scopes."),
    "Cache-Control": (_TEXT, "Who may keep the answer, and for how long."),
    "ETag": (
        {"type": "string", "pattern": '^(W/)?"[^"]+"$'},
        "Names this state: for If-None-Match, and for If-Match of writes.",
    ),
    "Location": (_ADDRESS, "Where it is."),
    "Content-Location": (_ADDRESS, "Where the row is read that the answer shows."),
    "Content-Disposition": (_TEXT, "The name of the file, of all forms but pages."),
    "Idempotency-Replayed": (
        {"type": "string", "enum": ["true"]},
        "This key came before: nothing was done, this is the answer of then.",
    ),
}
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of what you have: 304 if it is so still.",
)
# On every answer of the API; those of a limit only where there is one.
_EVERYWHERE = {
    "RateLimit-Policy": False,
    "RateLimit": False,
    "Allow": False,
    "Vary": True,
}
# Status → headers that it always has (True) or may have, whoever answers.
_WITH: dict[str, dict[str, bool]] = {
    "301": {"Location": True},
    "401": {"WWW-Authenticate": True},
    "403": {"WWW-Authenticate": False},
    "429": {"Retry-After": True},
}
MEANINGS = {
    "200": "As asked.",
    "201": "It was not there and is now.",
    "301": "It was merged into another, and is there for ever.",
    "304": "It has not changed since the ETag that was sent (If-None-Match).",
    "400": "The request cannot be read: its parameters, a header, or what is no JSON.",
    "401": "No token where one is needed, or one that opens nothing.",
    "403": "The token or its user may not do this; `scopes` names those that would.",
    "404": "There is nothing at this address.",
    "409": "As it stands now, this cannot be done; `current` is what stands, and "
    "`merged_into` what the row was merged into.",
    "410": "It was public and has been retracted.",
    "412": "The row has changed since the ETag that was sent (If-Match): `current`.",
    "413": "The body is too long.",
    "415": "The body is of another type than JSON.",
    "422": "The body is understood and cannot be so: `errors` has every reason.",
    "428": "If-Match is missing.",
    "429": "Too many requests: go on after Retry-After.",
    "500": "A fault of the server.",
}


def sent(name: str, *statuses: int, always: bool = True) -> OpenApiParameter:
    """Say of an operation that its answers of these statuses bear a header."""
    schema, meaning = HEADERS[name]
    return OpenApiParameter(
        name,
        schema,
        OpenApiParameter.HEADER,
        required=always,
        description=meaning,
        response=list(statuses),
    )


def of_status(status: str) -> dict[str, Schema]:
    """The headers of every answer with that status, as references."""
    return {
        name: {"$ref": f"#/components/headers/{_component(name, always)}"}
        for name, always in {**_EVERYWHERE, **_WITH.get(status, {})}.items()
    }


def with_headers(
    result: Schema, generator: Any, request: Any, public: bool
) -> Schema:  # as drf-spectacular calls its hooks
    """Add the components that those references name."""
    result["components"]["headers"] = {}
    for more in (_EVERYWHERE, *_WITH.values()):
        for name, always in more.items():
            schema, meaning = HEADERS[name]
            result["components"]["headers"][_component(name, always)] = {
                "description": meaning,
                "required": always,
                "schema": schema,
            }
    return result


def _component(name: str, always: bool) -> str:
    """WWW-Authenticate is there in some answers always, in others maybe."""
    plain = name.replace("-", "")
    return plain if always or name in _EVERYWHERE else f"Maybe{plain}"
