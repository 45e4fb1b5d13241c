"""Errors as RFC 9457 problem documents."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import QueryDict

MEDIA_TYPE = "application/problem+json"


class Gone(exceptions.APIException):
    status_code = HTTPStatus.GONE
    default_detail = "This was public once and has been retracted."
    default_code = "gone"


class Refused(exceptions.APIException):
    """An error with all that its client needs to put it right.

    `errors` are one object for each thing that is wrong: {"parameter"} (of the query),
    {"header"} or {"pointer"} (a JSON pointer into the body), with "message" and, where
    there is a closed list, "allowed". `members` stand beside them in the document.
    """

    default_code = "refused"

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status_code = status
        self.errors = errors
        self.members = dict(members or {})
        self.headers = dict(headers or {})


class BadParameters(Refused):
    """Query parameters that are unknown or hold a bad value."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        names = ", ".join(dict.fromkeys(error["parameter"] for error in errors))
        detail = f"These parameters cannot be used as given: {names}."
        super().__init__(HTTPStatus.BAD_REQUEST, detail, errors=errors)


class BadBody(Refused):
    """A body that was understood and cannot be done as it is; nothing was."""

    def __init__(self, errors: Sequence[Mapping[str, Any]]) -> None:
        first = errors[0]
        place = f"{first['pointer']}: " if first.get("pointer") else ""
        more = f" And {len(errors) - 1} more." if len(errors) > 1 else ""
        super().__init__(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"{place}{first['message']}{more}",
            errors=errors,
        )


def malformed(given: QueryDict) -> Iterator[dict[str, Any]]:
    """What is wrong with query parameters whatever they mean, for BadParameters."""
    for name, values in given.lists():
        if len(values) > 1:
            message = "Give it once; several values are separated by commas."
            yield {"parameter": name, "message": message}
        elif not values[0]:
            message = "It has no value: give one, or leave it out."
            yield {"parameter": name, "message": message}


def refuse(errors: list[dict[str, Any]]) -> None:
    """Raise BadParameters if there are errors: all of them at once."""
    if errors:
        raise BadParameters(errors)


def problem_document(error: exceptions.APIException, instance: str) -> dict[str, Any]:
    """What is sent of an error; `instance` is the address that was asked for."""
    status = HTTPStatus(error.status_code)
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": str(error.detail),
        "instance": instance,
    }
    if isinstance(error, Refused):
        problem |= error.members
        if error.errors:
            problem["errors"] = list(error.errors)
    return problem


def problem_answer(error: exceptions.APIException, instance: str) -> HttpResponse:
    """The error as an answer, where no API view is at hand to make one."""
    content = orjson.dumps(problem_document(error, instance))
    return HttpResponse(
        content, MEDIA_TYPE, status=error.status_code, headers=headers_of(error)
    )


def headers_of(error: exceptions.APIException) -> dict[str, str]:
    """The headers that go with an error."""
    headers = dict(error.headers) if isinstance(error, Refused) else {}
    if challenge := getattr(error, "auth_header", None):
        headers.setdefault("WWW-Authenticate", challenge)
    return headers


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Any error an API view raises, as a problem document; None: not ours."""
    if isinstance(error, Http404):
        error = exceptions.NotFound(str(error) or None)
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    elif isinstance(error, ValidationError):
        error = BadBody([{"message": message} for message in error.messages])
    if not isinstance(error, exceptions.APIException):
        return None
    allowed = ""
    if isinstance(error, exceptions.MethodNotAllowed) and context.get("view"):
        allowed = ", ".join(context["view"].allowed_methods)
        asked = context["request"].method
        error = exceptions.MethodNotAllowed(
            asked, f"There is no {asked} at this address; there are {allowed}."
        )
    problem = problem_document(error, context["request"].get_full_path())
    response = Response(
        problem,
        status=int(error.status_code),
        headers=headers_of(error),
        content_type=MEDIA_TYPE,
    )
    if allowed:
        response["Allow"] = allowed
    return response
