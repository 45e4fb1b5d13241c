"""Middleware that works for those requests only which need it.

Below /api/ nobody looks at a cookie (publishing.api.auth): there is no session, no
user of one and no message for them, and so nothing that a forged request could use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corsheaders.middleware import CorsMiddleware
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers

from publishing.api.gate import API

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class _OfPages:
    """What stands behind it in a class is asked for pages only."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(API):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class Sessions(_OfPages, SessionMiddleware):
    pass


class ForgedRequests(_OfPages, CsrfViewMiddleware):
    pass


class Users(_OfPages, AuthenticationMiddleware):
    pass


class Messages(_OfPages, MessageMiddleware):
    pass


class CrossOrigin(CorsMiddleware):
    """Looks closer only at what a page from elsewhere sent, which names its origin."""

    def __call__(self, request: HttpRequest) -> Any:
        if "HTTP_ORIGIN" in request.META or self.async_mode:
            return super().__call__(request)
        response: Any = self.get_response(request)
        if request.path.startswith(API):
            patch_vary_headers(response, ["origin"])
        return response


class ContentPolicy(CSPMiddleware):
    """Puts together no policy for an answer that brings its own."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if HEADER in response.headers:
            return response
        return super().process_response(request, response)
