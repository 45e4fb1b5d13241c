"""Stored documents go out as they are: nothing is parsed, nothing is built again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from rest_framework.renderers import BaseRenderer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: documents as JSON texts, and what is said of them."""

    bodies: Sequence[str]
    next: str | None
    previous: str | None
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """One document as JSON text."""

    text: str


class DocumentRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return rendered(data)


def rendered(data: Any) -> bytes:
    """What is sent of it: JSON; of nothing, nothing."""
    if data is None:
        return b""
    if isinstance(data, Body):
        return data.text.encode()
    if isinstance(data, Page):
        envelope = orjson.dumps(
            {"next": data.next, "previous": data.previous, **data.beside}
        )
        results = ",".join(data.bodies).encode()
        return b"".join([envelope[:-1], b',"results":[', results, b"]}"])
    return orjson.dumps(data)
