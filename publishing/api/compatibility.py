"""What of an OpenAPI document a client may rely on, and what a change takes away."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]


class Both(NamedTuple):
    """The named schemas of both documents."""

    old: Schema
    new: Schema


def broken(old: Schema, new: Schema) -> list[str]:
    """What the new document takes from clients of the old one, in words.

    Empty where nothing is removed, retyped or newly required, or where the major
    version moved.
    """
    if _major(old) != _major(new):
        return []
    both = Both(old["components"]["schemas"], new["components"]["schemas"])
    return [*_paths(old, new, both), *_components(both, sent_components(new))]


def _major(document: Schema) -> str:
    return str(document["info"]["version"]).partition(".")[0]


def _paths(old: Schema, new: Schema, both: Both) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method, operation in methods.items():
            name = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield f"{name} is gone"
                continue
            for keyword in ("operationId", "tags"):  # what clients are made by
                if operation.get(keyword) != now.get(keyword):
                    was = operation.get(keyword)
                    yield f"{name}: {keyword} was {was}, is {now.get(keyword)}"
            yield from _parameters(name, operation, now, both)
            yield from _body(name, operation, now, both)
            yield from _answers(name, operation, now, both)


def _parameters(name: str, old: Schema, new: Schema, both: Both) -> Iterator[str]:
    before = {each["name"]: each for each in old.get("parameters", [])}
    after = {each["name"]: each for each in new.get("parameters", [])}
    for parameter, was in before.items():
        if parameter not in after:
            yield f"{name}: the parameter {parameter} is gone"
        else:
            where = f"{name}: the parameter {parameter}"
            schemas = was["schema"], after[parameter]["schema"]
            yield from _differing(where, *schemas, both)
    for parameter, now in after.items():
        if now.get("required") and not before.get(parameter, {}).get("required"):
            yield f"{name}: the parameter {parameter} is required now"


def _body(name: str, old: Schema, new: Schema, both: Both) -> Iterator[str]:
    before = old.get("requestBody", {}).get("content", {})
    after = new.get("requestBody", {})
    for media, was in before.items():
        if media not in after.get("content", {}):
            yield f"{name} no longer takes {media}"
        else:
            now = after["content"][media]["schema"]
            where = f"{name}: the body"
            yield from _differing(where, was["schema"], now, both, sent=True)
    if not before and after.get("required"):
        yield f"{name} needs a body now"


def _answers(name: str, old: Schema, new: Schema, both: Both) -> Iterator[str]:
    for status, answer in old["responses"].items():
        there = new["responses"].get(status)
        if there is None:
            yield f"{name} no longer answers {status}"
            continue
        for media, was in answer.get("content", {}).items():
            if media not in there.get("content", {}):
                yield f"{name} no longer answers {media}"
            else:
                now = there["content"][media]["schema"]
                yield from _differing(f"{name}: {status}", was["schema"], now, both)
        for header in answer.get("headers", {}):
            if header not in there.get("headers", {}):
                yield f"{name}: {status} no longer has {header}"


def _components(both: Both, sent: set[str]) -> Iterator[str]:
    for name, was in both.old.items():
        if name not in both.new:
            yield f"{name} is gone"
        else:
            yield from _differing(name, was, both.new[name], both, sent=name in sent)


def sent_components(document: Schema) -> set[str]:
    """The components that bodies of requests are made of."""
    schemas = document["components"]["schemas"]
    bodies = [
        operation.get("requestBody", {})
        for methods in document["paths"].values()
        for operation in methods.values()
    ]
    found: set[str] = set()
    waiting = set(_named(bodies))
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(_named(schemas.get(name, {}))) - found
    return found


def _named(schema: Any) -> Iterator[str]:
    """The components that a schema refers to."""
    if isinstance(schema, list):
        for each in schema:
            yield from _named(each)
    elif isinstance(schema, dict):
        if isinstance(reference := schema.get("$ref"), str):
            yield reference.rpartition("/")[2]
        for each in schema.values():
            yield from _named(each)


def _differing(
    where: str, old: Schema, new: Schema, both: Both, *, sent: bool = False
) -> Iterator[str]:
    """What of the type changed; words of description may, and so may bounds.

    `sent`: clients send it, so that nothing may be needed that was not; else they are
    given it, and may rely on what is always there.
    """
    if ("$ref" in old) != ("$ref" in new):  # what got a name is what it was
        old, new = _resolved(old, both.old), _resolved(new, both.new)
    for keyword in ("type", "format", "$ref"):
        if old.get(keyword) != new.get(keyword):
            yield f"{where}: {keyword} was {old.get(keyword)}, is {new.get(keyword)}"
    yield from _values(where, old, new)
    for where_inside, was, now in _inside(where, old, new):
        if now is None:
            yield f"{where_inside} is gone"
        else:
            yield from _differing(where_inside, was, now, both, sent=sent)
    for field in _needed(new, old) if sent else _needed(old, new):
        yield f"{where}.{field} {'is needed now' if sent else 'may be missing now'}"


def _values(where: str, old: Schema, new: Schema) -> Iterator[str]:
    if gone := set(old.get("enum", [])) - set(new.get("enum", [])):
        yield f"{where} no longer takes {', '.join(map(str, sorted(gone, key=str)))}"
    if "enum" in new and "enum" not in old:
        yield f"{where} takes only some values now"


def _inside(
    where: str, old: Schema, new: Schema
) -> Iterator[tuple[str, Schema, Schema | None]]:
    """What a schema is made of, beside what is there of it now."""
    for field, was in old.get("properties", {}).items():
        yield f"{where}.{field}", was, new.get("properties", {}).get(field)
    for keyword in ("items", "additionalProperties"):
        if isinstance(was := old.get(keyword), dict):
            now = new.get(keyword)
            yield f"{where}: {keyword}", was, now if isinstance(now, dict) else None
    for keyword in ("allOf", "anyOf", "oneOf"):
        ways = zip_longest(old.get(keyword, []), new.get(keyword, []))
        for number, (was, now) in enumerate(ways):
            yield f"{where}: {keyword}/{number}", was or {}, now


def _resolved(schema: Schema, named: Schema) -> Schema:
    while "$ref" in schema:
        schema = named[schema["$ref"].rpartition("/")[2]]
    return schema


def _needed(one: Schema, other: Schema) -> list[str]:
    """What one requires and the other does not, though it has it."""
    needed = set(one.get("required", [])) - set(other.get("required", []))
    return sorted(needed if "properties" in other else ())
