"""What all writes have in common: a JSON object, who and why, errors of its members."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pghistory

from publishing.api.auth import acting
from publishing.api.parsers import JSON, check_body
from publishing.api.problems import BadBody
from sources.services import recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.contrib.auth.models import AbstractUser
    from rest_framework.request import Request

LONGEST_WHY = 500
Error = dict[str, Any]


def object_in(
    request: Request, known: Iterable[str], *media_types: str
) -> dict[str, Any]:
    """The JSON object that is sent, with no other members than those known.

    Raises UnsupportedMediaType, ParseError, or BadBody that names every member.
    """
    check_body(request._request, JSON, *media_types)
    request._request.body  # noqa: B018 # read once, for the parser and for the digest
    value = request.data
    if not isinstance(value, dict):
        raise BadBody([error("#", "Send an object: {…}.")])
    refuse_body(unknown_members(value, known))
    return value


def unknown_members(
    value: Mapping[str, Any], known: Iterable[str], pointer: str = "#"
) -> list[Error]:
    known = sorted(known)
    return [
        error(f"{pointer}/{escaped(name)}", "There is no such member here.", known)
        for name in sorted(set(value) - set(known))
    ]


def error(pointer: str, message: str, allowed: Iterable[Any] = ()) -> Error:
    """One thing wrong in a body, at a JSON pointer (as a URI fragment)."""
    found: Error = {"pointer": pointer, "message": message}
    if choices := list(allowed):
        found["allowed"] = choices
    return found


def escaped(name: str | int) -> str:
    """A step of a JSON pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")


def refuse_body(errors: list[Error]) -> None:
    """Raise BadBody if there are errors: all of them at once."""
    if errors:
        raise BadBody(errors)


def text_in(
    value: Mapping[str, Any],
    name: str,
    errors: list[Error],
    *,
    longest: int,
    needed: bool = False,
) -> str:
    """A text of the body, empty where there is none; what is wrong goes to `errors`."""
    given = value.get(name)
    if given is None and not needed:
        return ""
    if not isinstance(given, str) or (needed and not given.strip()):
        errors.append(error(f"#/{name}", "Send a text here."))
        return ""
    if len(given) > longest:
        errors.append(error(f"#/{name}", f"Send at most {longest} characters."))
    return given


class Author(NamedTuple):
    """Who writes, and why, as the history keeps it."""

    by: AbstractUser
    why: str


@contextmanager
def by_token(request: Request, why: str) -> Iterator[Author]:
    """What is written inside is by the token's user, through the token."""
    user, token = acting(request)
    told = f"{why.strip() or 'sent by a program'} (API token “{token.name}”)"
    with pghistory.context(token=token.pk), recorded(by=user, why=told):
        yield Author(user, told)
