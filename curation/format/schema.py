"""Curation files held against curation.schema.json, in sentences people understand.

Beside the standard keywords the schema carries `errorMessage`, the sentence to show
when a value does not fit.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from curation.format.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.format.reading import Document, Where

SCHEMA_PATH = Path(__file__).with_name("curation.schema.json")
_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "object": "a mapping (name: value)",
    "array": "a list",
    "null": "null",
}
_TEMPLATES = {
    "minimum": "{value} is below {limit}",
    "maximum": "{value} is above {limit}",
    "minLength": "is empty",
    "maxLength": "is longer than {limit} characters",
    "minItems": "is an empty list",
    "uniqueItems": "names the same thing twice",
    "pattern": "“{value}” does not fit {limit}",
    "dependentRequired": "has occurrence without quote",
    "oneOf": "needs either quote or quotes, and not both",
    "const": "{value} is not {limit}",
}


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def schema_problems(document: Document) -> dict[Where, list[Problem]]:
    """What does not fit the schema, by the path of the value that does not fit."""
    found: dict[Where, list[Problem]] = {}
    for error in validator().iter_errors(document.data):
        for where, what, suggestion in _explained(error, ()):
            found.setdefault(where, []).append(
                document.problem(where, f"{_name(where)} {what}", suggestion)
            )
    return found


def _name(where: Where) -> str:
    if not where:
        return "the file"
    if isinstance(where[-1], int):
        return f"number {where[-1] + 1} of {where[-2]}"
    return f"“{where[-1]}”"


# Errors are Any below: jsonschema types their parts as "perhaps not set yet".
def _explained(error: Any, above: Where) -> Iterator[tuple[Where, str, str]]:
    where = (*above, *error.relative_path)
    if "propertyNames" in error.relative_schema_path:
        yield (*where, error.instance), "is no key", error.schema["errorMessage"]
    elif message := error.schema.get("errorMessage"):
        yield where, "does not fit", message
    elif error.validator == "anyOf":
        yield from _alternatives(error, where)
    elif error.validator == "additionalProperties":
        known = error.schema["properties"]
        for name in sorted(set(error.instance) - set(known)):
            yield (*where, name), "is unknown here", did_you_mean(name, known)
    else:
        yield (where, *_plain(error))


def _alternatives(error: Any, where: Where) -> Iterator[tuple[Where, str, str]]:
    """The errors of the alternative that was meant: the one of the same type."""
    meant = [
        inner
        for inner in error.context
        if inner.validator != "type" or inner.relative_path
    ]
    for inner in meant or error.context[:1]:
        yield from _explained(inner, where)


def _plain(error: Any) -> tuple[str, str]:
    value, limit = error.instance, error.validator_value
    if error.validator == "required":
        missing = sorted(set(limit) - set(value))
        # One error per missing name; its message is the only place that tells which.
        name = next(n for n in missing if error.message.startswith(repr(n)))
        return f"needs “{name}”", ""
    if error.validator == "enum":
        choices = [str(choice) for choice in limit if choice is not None]
        near = did_you_mean(str(value), choices)
        return f"is {_shown(value)}, not one of {', '.join(choices)}", near
    if error.validator == "type":
        return _wrong_type(value, limit)
    template = _TEMPLATES.get(str(error.validator), error.message)
    return template.format(value=_shown(value), limit=limit), ""


def _wrong_type(value: Any, wanted: str | list[str]) -> tuple[str, str]:
    names = [wanted] if isinstance(wanted, str) else wanted
    expected = " or ".join(_TYPES[name] for name in names)
    quotable = isinstance(value, int | float | bool) and "string" in names
    remedy = f'put it in quotes: "{value}"' if quotable else ""
    return f"is {_shown(value)}, not {expected}", remedy


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
