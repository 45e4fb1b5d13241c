"""Errors as RFC 9457 problem documents."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"


class Gone(exceptions.APIException):
    status_code = HTTPStatus.GONE
    default_detail = "This was public once and has been retracted."
    default_code = "gone"


class BadParameters(exceptions.APIException):
    """Query parameters that are unknown or hold a bad value.

    `errors` names each: {"parameter", "message"} and, where there is a closed list,
    "allowed".
    """

    status_code = HTTPStatus.BAD_REQUEST
    default_code = "bad-parameters"

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        names = ", ".join(error["parameter"] for error in errors)
        super().__init__(f"These parameters cannot be used as given: {names}.")
        self.errors = errors


def refuse(errors: list[dict[str, Any]]) -> None:
    """Raise BadParameters if there are errors: all of them at once."""
    if errors:
        raise BadParameters(errors)


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Any error an API view raises, as a problem document; None: not ours."""
    if isinstance(error, Http404):
        error = exceptions.NotFound(str(error) or None)
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    status = HTTPStatus(error.status_code)
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": str(error.detail),
        "instance": context["request"].get_full_path(),
    }
    if isinstance(error, BadParameters):
        problem["errors"] = error.errors
    response = Response(problem, status=int(status), content_type=MEDIA_TYPE)
    if isinstance(error, exceptions.MethodNotAllowed) and context.get("view"):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response
