"""What of an OpenAPI document a client may rely on, and what a change takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]


def broken(old: Schema, new: Schema) -> list[str]:
    """What the new document takes from clients of the old one, in words.

    Empty where nothing is removed, retyped or newly required, or where the major
    version moved.
    """
    if _major(old) != _major(new):
        return []
    return [*_paths(old, new), *_components(old, new)]


def _major(document: Schema) -> str:
    return str(document["info"]["version"]).partition(".")[0]


def _paths(old: Schema, new: Schema) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method, operation in methods.items():
            name = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield f"{name} is gone"
                continue
            yield from _parameters(name, operation, now)
            for status, answer in operation["responses"].items():
                there = now["responses"].get(status)
                if there is None:
                    yield f"{name} no longer answers {status}"
                    continue
                for media in answer.get("content", {}):
                    if media not in there.get("content", {}):
                        yield f"{name} no longer answers {media}"


def _parameters(name: str, old: Schema, new: Schema) -> Iterator[str]:
    before = {each["name"]: each for each in old.get("parameters", [])}
    after = {each["name"]: each for each in new.get("parameters", [])}
    for parameter, was in before.items():
        if parameter not in after:
            yield f"{name}: the parameter {parameter} is gone"
        else:
            where = f"{name}: the parameter {parameter}"
            yield from _values(where, was["schema"], after[parameter]["schema"])
    for parameter, now in after.items():
        if now.get("required") and not before.get(parameter, {}).get("required"):
            yield f"{name}: the parameter {parameter} is required now"


def _components(old: Schema, new: Schema) -> Iterator[str]:
    there = new["components"]["schemas"]
    for name, was in old["components"]["schemas"].items():
        if name not in there:
            yield f"{name} is gone"
            continue
        yield from _values(name, was, there[name])
        fields = there[name].get("properties", {})
        for field, before in was.get("properties", {}).items():
            where = f"{name}.{field}"
            if field not in fields:
                yield f"{where} is gone"
            else:
                yield from _values(where, before, fields[field])


def _values(where: str, old: Schema, new: Schema) -> Iterator[str]:
    """What of the type changed; words of description may."""
    for keyword in ("type", "format", "items", "$ref", "allOf", "oneOf"):
        if old.get(keyword) != new.get(keyword):
            yield f"{where}: {keyword} was {old.get(keyword)}, is {new.get(keyword)}"
    if gone := set(old.get("enum", [])) - set(new.get("enum", [])):
        yield f"{where} no longer takes {', '.join(map(str, sorted(gone, key=str)))}"
