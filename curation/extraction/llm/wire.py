"""One request to an OpenAI-compatible server, and what may come back.

No message raised here holds anything the server wrote, nor the key: a server may repeat
both. Redirects are not followed: the key goes to the address that was configured.
"""

from __future__ import annotations

import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.client import HTTPException, HTTPResponse
from typing import IO, Any

from curation.extraction.llm.settings import Settings
from curation.extraction.reading import UnavailableError

TRIES = 4
_LARGEST_REPLY = 1_000_000  # bytes
_FIRST_WAIT = 1.0  # seconds; doubled each time
_LONGEST_WAIT = 60.0
_PIECE = 65_536
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
REFUSED = frozenset({400, 422})  # the server does not know something we asked for


class ServerFailedError(UnavailableError):
    """The server gave no usable reply; the message says what, in words of ours."""

    def __init__(self, what: str, *, status: int | None = None) -> None:
        super().__init__(f"the language model's server {what}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, and the tokens it took."""

    text: str
    tokens_in: int
    tokens_out: int


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        return None


@dataclass(frozen=True)
class Wire:
    """Sends requests; waits and tries again where that may help."""

    settings: Settings
    sleep: Callable[[float], None] = time.sleep

    def send(self, payload: dict[str, Any]) -> Reply:
        """The model's reply. Raises ServerFailedError after `TRIES` tries."""
        request = self._request(payload)
        for tried in range(1, TRIES + 1):
            try:
                reply = _reply(self._body(request), payload)
                return replace(reply, text=self._without_key(reply.text))
            except urllib.error.HTTPError as error:
                with error:
                    status, asked = error.code, error.headers.get("Retry-After")
                if tried == TRIES or status not in _AGAIN:
                    what = f"answered with HTTP status {status}"
                    raise ServerFailedError(what, status=status) from None
            except (OSError, HTTPException) as error:
                if tried == TRIES:
                    raise ServerFailedError(self._what(error)) from None
                asked = None
            self.sleep(_wait(tried, asked))
        raise AssertionError("the last try returns or raises")

    def _without_key(self, text: str) -> str:
        """A server that repeats its key must not get it into a file."""
        return text.replace(self.settings.key, "[key]") if self.settings.key else text

    def _what(self, error: Exception) -> str:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return f"did not answer within {self.settings.timeout:g} seconds"
        return f"could not be reached ({type(reason).__name__})"

    def _request(self, payload: dict[str, Any]) -> urllib.request.Request:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = urllib.request.Request(
            f"{self.settings.url}/chat/completions",
            data=json.dumps(payload).encode(),
            headers=headers,
        )
        if self.settings.key:
            request.add_unredirected_header(
                "Authorization", f"Bearer {self.settings.key}"
            )
        return request

    def _body(self, request: urllib.request.Request) -> bytes:
        """The whole body, within the time and the size allowed."""
        until = time.monotonic() + self.settings.timeout
        opener = urllib.request.build_opener(_NoRedirect)
        response: HTTPResponse
        with opener.open(request, timeout=self.settings.timeout) as response:
            body = bytearray()
            while piece := response.read1(_PIECE):
                body += piece
                if len(body) > _LARGEST_REPLY:
                    raise ServerFailedError(f"sent more than {_LARGEST_REPLY:,} bytes")
                if time.monotonic() > until:
                    raise TimeoutError
        return bytes(body)


def _wait(tried: int, asked: str | None) -> float:
    """Seconds until the next try: what the server asked for, or twice as long."""
    try:
        wait = float(asked or "")
    except ValueError:  # none, or a date: rare enough
        wait = _FIRST_WAIT * 2.0 ** (tried - 1) * random.uniform(0.8, 1.2)
    return min(max(wait, 0.0), _LONGEST_WAIT)


def _reply(body: bytes, payload: dict[str, Any]) -> Reply:
    """The first choice's text. Raises ServerFailedError if there is none."""
    try:
        data = json.loads(body)
        text = data["choices"][0]["message"]["content"]
        usage = data.get("usage") or {}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ServerFailedError("sent something that is no chat completion") from None
    text = text if isinstance(text, str) else ""
    return Reply(
        text,
        _count(usage, "prompt_tokens", otherwise=tokens_of(str(payload["messages"]))),
        _count(usage, "completion_tokens", otherwise=tokens_of(text)),
    )


def _count(usage: Any, name: str, *, otherwise: int) -> int:
    value = usage.get(name) if isinstance(usage, dict) else None
    return value if isinstance(value, int) and value >= 0 else otherwise


def tokens_of(text: str) -> int:
    """About how many tokens a text is, rather too many than too few."""
    return len(text) // 3 + 1
