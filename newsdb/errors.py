"""The page of an error that nobody foresaw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseServerError
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django.http import HttpRequest


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """500.html; with the way back to the admin for who was there.

    It asks neither the database nor who is logged in: those may be what broke.
    """
    context = {"in_admin": request.path.startswith("/admin/")}
    return HttpResponseServerError(render_to_string("500.html", context))
