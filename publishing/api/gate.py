"""What every request below /api/ passes: who asks, how often, and what is told of it.

One place for all doors, so that none can be forgotten.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import APIException

from publishing.access.quotas import (
    WINDOW,
    Charge,
    charge_address,
    charge_token,
    give_back,
)
from publishing.access.tokens import note_use
from publishing.api.auth import token_in
from publishing.api.problems import Refused, problem_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    GetResponse = Callable[[HttpRequest], HttpResponseBase]

API = "/api/"
# Pages without anything in them that is published.
OPEN_PAGES = ("/admin/", "/static/")
# The problem type that draft-ietf-httpapi-ratelimit-headers registers.
QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"


def api_gate(get_response: GetResponse) -> GetResponse:
    """Let requests to the API in, or answer them with a problem document.

    With NEWSDB_ANONYMOUS_READ=0 the public pages are for those who are logged in.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(API):
            return _api_answer(request, get_response)
        if not settings.ANONYMOUS_READ and _is_closed(request):
            return redirect_to_login(request.get_full_path())
        return get_response(request)

    return middleware


def _api_answer(request: HttpRequest, get_response: GetResponse) -> HttpResponseBase:
    charge = None
    try:
        charge = _charge(request)
        response = get_response(request)
    except APIException as error:
        return _told(problem_answer(error, request.get_full_path()), charge)
    if charge and 400 <= response.status_code < 500:
        give_back(charge)
        return _told(response, charge, returned=1)
    return _told(response, charge)


def _charge(request: HttpRequest) -> Charge | None:
    """Count the request; it carries its token from here on. Raises Refused."""
    token = token_in(request)
    request.api_token = token  # type: ignore[attr-defined]
    if token is None:
        charge = charge_address(_address(request))
    else:
        note_use(token)
        charge = charge_token(token)
    if charge and not charge.allowed:
        raise _too_many(charge)
    return charge


def _too_many(charge: Charge) -> Refused:
    return Refused(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"More than {charge.limit:,} requests in a minute: go on in "
        f"{charge.seconds} seconds (header Retry-After).",
        members={"type": QUOTA_EXCEEDED, "violated-policies": [charge.policy]},
        headers={"Retry-After": str(charge.seconds), **_headers(charge)},
    )


def _told(
    response: HttpResponseBase, charge: Charge | None, *, returned: int = 0
) -> HttpResponseBase:
    """The answer with what is left of the minute, for no one else's cache."""
    if charge:
        for name, value in _headers(charge, returned).items():
            response[name] = value
    if not settings.ANONYMOUS_READ:
        # Whatever a view says of caches: only the one who asked may keep it.
        response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization"])
    return response


def _headers(charge: Charge, returned: int = 0) -> dict[str, str]:
    """As draft-ietf-httpapi-ratelimit-headers-10 has them: quota and window in
    seconds; what is left, and the seconds until all is there again."""
    left = max(charge.left, 0) + returned
    return {
        "RateLimit-Policy": f'"{charge.policy}";q={charge.limit};w={WINDOW}',
        "RateLimit": f'"{charge.policy}";r={left};t={charge.seconds}',
    }


def _address(request: HttpRequest) -> str:
    """Who sent it: the peer, or what the last trusted proxy saw (NEWSDB_PROXIES)."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = min(settings.PROXIES, len(seen))
    return seen[-trusted].strip() or peer if trusted else peer


def _is_closed(request: HttpRequest) -> bool:
    """Whether only those who are logged in see the page asked for."""
    return not (request.path.startswith(OPEN_PAGES) or request.user.is_authenticated)
