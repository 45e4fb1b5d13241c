"""Writes that may be sent twice: with an Idempotency-Key they are done once.

The answer is kept in the transaction of the write, for a day: both are there or none.
What was refused changed nothing and is not kept; the same key may try again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection, transaction
from django.utils import timezone
from rest_framework.response import Response

from publishing.api.auth import acting
from publishing.api.problems import Refused
from publishing.api.renderers import Body
from publishing.models import KeptAnswer

if TYPE_CHECKING:
    from rest_framework.request import Request

HEADER = "Idempotency-Key"
KEPT = dt.timedelta(hours=24)
# Bare, or in quotes as the draft has it; ASCII that can be seen.
KEY = r'^("[!-~]+"|[!#-~][!-~]*)$'
LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write is answered with."""

    status: HTTPStatus
    data: Any
    headers: Mapping[str, str] = field(default_factory=dict)


def once(request: Request, work: Callable[[], Answer]) -> Response:
    """Do `work` in one transaction, or answer as it was answered before.

    Raises Refused: 400 for a key that is none, 409 while the first request with it is
    still running, 422 when it came with another request.
    """
    key = _key_of(request)
    with transaction.atomic():
        kept = _kept(request, key) if key else None
        if kept is not None:
            headers = {**kept.headers, "Idempotency-Replayed": "true"}
            return Response(Body(kept.body), status=kept.status, headers=headers)
        answer = work()
        body = orjson.dumps(answer.data).decode()
        if key:
            KeptAnswer.objects.create(
                token=acting(request)[1],
                key=key,
                request=_digest(request),
                status=answer.status,
                headers=dict(answer.headers),
                body=body,
            )
    return Response(Body(body), status=answer.status, headers=dict(answer.headers))


def _key_of(request: Request) -> str:
    """The key, empty where none is sent; quoted (as the draft has it) or bare."""
    given: str | None = request.headers.get(HEADER)
    if given is None:
        return ""
    key = given.strip()
    if len(key) > LONGEST_KEY or not re.fullmatch(KEY, key):
        message = (
            f"Send 1 to {LONGEST_KEY} printable ASCII characters without spaces, as "
            "they are or in quotes."
        )
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            f"This {HEADER} cannot be used. {message}",
            errors=[{"header": HEADER, "message": message}],
        )
    return key[1:-1] if key[0] == '"' else key


def _kept(request: Request, key: str) -> KeptAnswer | None:
    """What is kept for this key, which is held until the transaction ends."""
    _, token = acting(request)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 7))",
            [f"{token.pk} {key}"],
        )
        if not cursor.fetchone()[0]:
            raise Refused(
                HTTPStatus.CONFLICT,
                f"A request with this {HEADER} is still being done: ask again later.",
                errors=[{"header": HEADER, "message": "It is in use."}],
                headers={"Retry-After": "1"},
            )
    KeptAnswer.objects.filter(token=token, at__lte=timezone.now() - KEPT).delete()
    kept = KeptAnswer.objects.filter(token=token, key=key).first()
    if kept is not None and kept.request != _digest(request):
        message = "It came with another request before: take a new key."
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"This {HEADER} cannot be used. {message}",
            errors=[{"header": HEADER, "message": message}],
        )
    return kept


def _digest(request: Request) -> str:
    sent = request._request
    parts = [sent.method, sent.get_full_path(), request.headers.get("If-Match")]
    head = orjson.dumps(parts)
    return hashlib.sha256(head + b"\n" + sent.body).hexdigest()
