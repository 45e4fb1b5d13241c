"""Kept connections to the database, without a question before each request."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    GetResponse = Callable[[HttpRequest], HttpResponse]


def trust_quiet_connections(get_response: GetResponse) -> GetResponse:
    """Take a kept connection for sound while its server has said nothing.

    Django asks the server before each request (CONN_HEALTH_CHECKS), which takes as
    long as reading an object. A server that ends a connection says so at once; only
    if something has come, Django shall ask.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        connection = connections[DEFAULT_DB_ALIAS]  # found for the thread once
        kept = connection.connection
        if kept is not None and not kept.closed and _is_quiet(kept.fileno()):
            connection.health_check_done = True  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _is_quiet(descriptor: int) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return not waiting.poll(0)
