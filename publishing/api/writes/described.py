"""What OpenAPI says of all writes alike: headers, problems, bodies of the format."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from drf_spectacular.utils import OpenApiParameter

from curation.format.schema import SCHEMA_PATH
from publishing.api.answers import sent
from publishing.api.idempotency import KEY, LONGEST_KEY
from publishing.api.problems import MEDIA_TYPE
from publishing.api.schemas import Problem
from sources.models import Status

# The states of rows; named once for OpenAPI (ENUM_NAME_OVERRIDES).
STATES = [(status.value, status.value) for status in Status]

IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": KEY},
    OpenApiParameter.HEADER,
    description="Chosen by you; the same one again within 24 hours is answered as the "
    "first time, and nothing is done twice.",
)
WRITE_HEADERS = [
    IDEMPOTENCY,
    sent("Idempotency-Replayed", 200, 201, always=False),
    sent("Retry-After", 409, always=False),
]
# Of answers that show a row.
ROW_HEADERS = [
    *WRITE_HEADERS,
    sent("ETag", 200, 201, 412),
    sent("ETag", 409, always=False),
    sent("Content-Location", 200, 201),
]
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the row as you know it (drafts, or the answer of the last "
    "write; of a published row also that of its document).",
)


def problems(*statuses: int) -> dict[Any, Any]:
    return {(status, MEDIA_TYPE): Problem for status in statuses}


@cache
def entry_schema(name: str) -> dict[str, Any]:
    """The schema of one object of the curation format, without references."""
    definitions = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))["$defs"]
    resolved: dict[str, Any] = _resolved(definitions[name], definitions)
    return resolved


def _resolved(schema: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_resolved(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _resolved(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    return {
        name: _resolved(value, definitions)
        for name, value in schema.items()
        if name != "errorMessage"
    }
