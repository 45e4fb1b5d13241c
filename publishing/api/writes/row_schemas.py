"""Rows and the bodies that carry them, as components of the OpenAPI document.

They are what the schema of the curation format says, part by part, so that a client
made from the document has a type for each.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from curation.format.schema import SCHEMA_PATH
from curation.storing import WRITTEN
from publishing.api.compatibility import sent_components
from publishing.api.writes.base import LONGEST_WHY
from publishing.api.writes.bodies import singular
from publishing.api.writes.bulk import MODES, MOST_ROWS
from sources.models import Status

Schema = dict[str, Any]

WHY: Schema = {
    "type": "string",
    "maxLength": LONGEST_WHY,
    "description": "For the history.",
}
ARTICLE: Schema = {
    "type": ["string", "integer"],
    "description": "The article that is quoted: its id or sha256.",
}
# In files these are said around a row; in bodies beside it, or not at all.
_AROUND = {"key", "sha256", "mentions", "claims", "not_coded"}
_QUOTING = {"claims", "mentions"}
_NAMED = {"mentions", "articles"}  # rows that are not made a key


def new_body(kind: str) -> Schema:
    """The body that creates a row."""
    return _ref(f"New{_class(singular(kind))}")


def change_body(kind: str) -> Schema:
    """The body that changes some fields of a row."""
    return _ref(f"Changed{_class(singular(kind))}")


def bulk_body() -> Schema:
    """The body that writes many rows of one kind."""
    return _ref("BulkRows")


def with_rows(
    result: Schema, generator: Any, request: Any, public: bool
) -> Schema:  # as drf-spectacular calls its hooks
    """Add the components that those bodies name; and say of all that is sent that it
    has no other members, since the API refuses them."""
    schemas = result["components"]["schemas"]
    schemas |= components()
    for name in sent_components(result):
        if "properties" in schemas[name]:
            schemas[name]["additionalProperties"] = False
    return result


@cache
def components() -> dict[str, Schema]:
    """Name → schema of every row, part of a row, and body."""
    definitions = _definitions()
    kinds = {singular(kind) for kind in WRITTEN}
    found = {
        _part(name): _translated(definition)
        for name, definition in definitions.items()
        if _is_object(definition) and name not in {*kinds, "not_coded"}
    }
    for kind in WRITTEN:
        found |= _of_kind(kind, _translated(definitions[singular(kind)]))
    return found | _bulk()


def _of_kind(kind: str, entry: Schema) -> dict[str, Schema]:
    """The rows of a kind: as they are created, as they are changed, and the bodies."""
    name = _class(singular(kind))
    around = _AROUND if kind in {"claims", "articles"} else set()
    properties = {n: v for n, v in entry["properties"].items() if n not in around}
    properties["status"] = {"enum": [Status.DRAFT.value, Status.CODED.value]}
    # Named, since several shapes have them.
    chosen = {f"{name}Row{_class(n)}": v for n, v in properties.items() if "enum" in v}
    properties = {
        n: _ref(f"{name}Row{_class(n)}") if "enum" in v else v
        for n, v in properties.items()
    }
    row = {
        "type": "object",
        "properties": properties,
        "required": [n for n in entry["required"] if n not in around],
        "additionalProperties": False,
    }
    beside: Schema = {"key": _key(), "why": WHY}
    required = ["row", *(["key"] if kind in _NAMED else [])]
    if kind in _QUOTING:
        beside["article"] = ARTICLE
        required.append("article")
    changes = {
        "type": "object",
        "description": "Only the fields that change; null is unknown.",
        "properties": properties,
        "additionalProperties": False,
    }
    new = _body({"row": _ref(f"{name}Row"), **beside}, required)
    return {
        **chosen,
        **(_either_quote(row) if kind == "claims" else {f"{name}Row": row}),
        f"{name}Changes": changes,
        # Articles are submitted as they are: there is no row to send.
        **({f"New{name}": new} if kind != "articles" else {}),
        f"Changed{name}": _body({"row": _ref(f"{name}Changes"), "why": WHY}, ["row"]),
    }


def _either_quote(row: Schema) -> dict[str, Schema]:
    """A claim has one quote, or several: a shape for each, so that types can say so."""

    def without(*names: str) -> Schema:
        return {n: v for n, v in row["properties"].items() if n not in names}

    def shape(properties: Schema, needed: str) -> Schema:
        required = [*row["required"], needed]
        return {**row, "properties": properties, "required": required}

    shapes = {
        "ClaimRowOfOneQuote": shape(without("quotes"), "quote"),
        "ClaimRowOfQuotes": shape(without("quote", "occurrence"), "quotes"),
    }
    return {**shapes, "ClaimRow": {"oneOf": [_ref(name) for name in shapes]}}


def _bulk() -> dict[str, Schema]:
    rows = [_ref(f"{_class(singular(kind))}Row") for kind in WRITTEN]
    etag = {"type": "string", "description": "Written only if it is so still."}
    row = {"anyOf": rows, "description": "Of the kind that the address names."}
    one = _body({"key": _key(), "article": ARTICLE, "etag": etag, "row": row}, ["row"])
    many = {
        "type": "array",
        "items": _ref("BulkRow"),
        "minItems": 1,
        "maxItems": MOST_ROWS,
    }
    mode = {
        "enum": list(MODES),
        "description": "all: one fault and nothing is done. each: every row by itself.",
    }
    body = _body({"mode": mode, "rows": many, "why": WHY}, ["mode", "rows"])
    return {"BulkRow": one, "BulkRows": body}


def _key() -> Schema:
    words = "Names the row: lower-case letters, digits and single hyphens."
    return {**_translated(_definitions()["key"]), "description": words}


def _body(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


@cache
def _definitions() -> dict[str, Schema]:
    found: dict[str, Schema] = json.loads(SCHEMA_PATH.read_text("utf-8"))["$defs"]
    return found


def _is_object(schema: Schema) -> bool:
    return schema.get("type") == "object" and "properties" in schema


def _translated(schema: Any) -> Any:
    """The schema with its references to objects as references to components, and what
    else it refers to in place."""
    if isinstance(schema, list):
        return [_translated(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        definition = _definitions()[name]
        return _ref(_part(name)) if _is_object(definition) else _translated(definition)
    return {k: _translated(v) for k, v in schema.items() if k != "errorMessage"}


def _part(name: str) -> str:
    return f"Row{_class(name)}"


def _class(name: str) -> str:
    return name.title().replace("_", "")


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
