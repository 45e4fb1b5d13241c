"""What is answered to an error that no view answers."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import DisallowedHost
from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.views.defaults import bad_request
from rest_framework.exceptions import APIException

from publishing.api.gate import API
from publishing.api.problems import Refused, problem_answer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def server_error(request: HttpRequest) -> HttpResponse:
    """500.html; with the way back to the admin for who was there. Programs get a
    problem document.

    It asks neither the database nor who is logged in: those may be what broke.
    """
    if request.path.startswith(API):
        error = APIException(
            "This is a fault of the server, which has noted it. Ask again later, "
            "writes with the same Idempotency-Key; or tell those who run it."
        )
        return problem_answer(error, request.get_full_path())
    context = {"in_admin": request.path.startswith("/admin/")}
    return HttpResponseServerError(render_to_string("500.html", context))


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses before any view is asked; a problem document for programs."""
    if not request.path.startswith(API):
        return bad_request(request, exception)
    if isinstance(exception, DisallowedHost):
        why = (
            "This server does not answer to the name in the header Host; "
            "NEWSDB_ALLOWED_HOSTS has those that it answers to."
        )
    else:
        why = "This request has more parts than the server reads: ask for less at once."
    error = Refused(HTTPStatus.BAD_REQUEST, why)
    return problem_answer(error, request.get_full_path())
