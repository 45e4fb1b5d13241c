"""Bodies: one JSON value in UTF-8, of a size that memory has room for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser

from publishing.api.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

    from django.http import HttpRequest

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"  # RFC 7396: what a PATCH of ours is


class JSONParser(BaseParser):
    """JSON as I-JSON has it: no NaN, no half characters; and no NUL, which no text of
    a database holds."""

    media_type = JSON

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        content = stream.read()
        try:
            value = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"The body is not JSON: {error}.") from error
        if "\\u0000" in content.decode() and _has_nul(value):
            raise ParseError("The body has a NUL character (\\u0000) in a text.")
        return value


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, list):
        return any(_has_nul(each) for each in value)
    if isinstance(value, dict):
        return any("\0" in key or _has_nul(each) for key, each in value.items())
    return False


def check_body(request: HttpRequest, *media_types: str) -> None:
    """Raise UnsupportedMediaType (415), or Refused (413) before too much is read."""
    media_type = (request.content_type or "").lower()
    if media_type not in media_types:
        error = UnsupportedMediaType(
            media_type,
            f"Send {' or '.join(media_types)} (header Content-Type), not "
            f"“{media_type or 'nothing'}”.",
        )
        raise error
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    if most and (not length.isdecimal() or int(length) > most):
        raise Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The body is longer than {most:,} bytes: send it in parts.",
        )
