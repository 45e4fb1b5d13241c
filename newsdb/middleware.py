"""Wiring that wraps every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from curation.tasks import enqueue_new
from publishing.following import catch_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    GetResponse = Callable[[HttpRequest], HttpResponse]


def refresh_documents(get_response: GetResponse) -> GetResponse:
    """Render what is left of what a request changed, and have read what it added."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            catch_up()
            enqueue_new()
        return response

    return middleware


def head_without_body(get_response: GetResponse) -> GetResponse:
    """Answer HEAD with the headers of GET and nothing else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware


def admin_csp(get_response: GetResponse) -> GetResponse:
    """Loosen the policy where the admin's theme needs it (settings.ADMIN_CSP)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CSP  # type: ignore[attr-defined]
        return response

    return middleware
