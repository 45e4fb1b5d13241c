"""`fields` and `omit`: documents with a part of what they hold."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from rest_framework import serializers as s

from publishing.api.schemas import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from publishing.models import Kind

# A field → what is wanted of it; empty: all of it.
Tree = dict[str, "Tree"]


@cache
def field_names(kind: Kind) -> tuple[str, ...]:
    """Every field of a kind's documents, also as dotted path: `place.country`."""
    return tuple(_paths(SCHEMAS[kind](), ""))


def _paths(serializer: s.BaseSerializer[Any], before: str) -> list[str]:
    paths: list[str] = []
    for name, field in serializer.fields.items():  # type: ignore[attr-defined]
        paths.append(before + name)
        inner = getattr(field, "child", field)
        if isinstance(inner, s.Serializer):
            paths += _paths(inner, f"{before}{name}.")
    return paths


def asked_fields(parameters: Mapping[str, str], name: str) -> list[str]:
    """The paths in `fields` or `omit`."""
    given = parameters.get(name, "")
    return [part.strip() for part in given.split(",")] if given else []


def shaping_problems(
    parameters: Mapping[str, str], names: Collection[str]
) -> list[dict[str, Any]]:
    """What of `fields` and `omit` is none of the names there are, for BadParameters."""
    problems: list[dict[str, Any]] = []
    for parameter in ("fields", "omit"):
        asked = asked_fields(parameters, parameter)
        unknown = [path for path in asked if path not in names]
        if unknown:
            problems.append(
                {
                    "parameter": parameter,
                    "message": f"There is no such field: {', '.join(unknown)}.",
                    "allowed": list(names),
                }
            )
    return problems


def shape_of(parameters: Mapping[str, str]) -> Callable[[str], str] | None:
    """What makes the document asked for of a stored one; None: nothing is to do."""
    fields = asked_fields(parameters, "fields")
    omit = asked_fields(parameters, "omit")
    if not fields and not omit:
        return None
    wanted, unwanted = _tree(fields), _tree(omit)

    def shape(text: str) -> str:
        document = orjson.loads(text)
        if fields:
            document = _picked(document, wanted)
        if omit:
            document = _without(document, unwanted)
        return orjson.dumps(document).decode()

    return shape


def _tree(paths: list[str]) -> Tree:
    """`a` asked for whole takes in `a.b`, whichever comes first."""
    tree: Tree = {}
    for path in sorted(paths, key=lambda path: path.count(".")):
        at, whole = tree, False
        *outer, last = path.split(".")
        for name in outer:
            whole = whole or (name in at and not at[name])
            at = at.setdefault(name, {})
        if not whole:
            at.setdefault(last, {})
    return tree


def _picked(value: Any, wanted: Tree) -> Any:
    if isinstance(value, list):
        return [_picked(item, wanted) for item in value]
    if not isinstance(value, dict) or not wanted:
        return value
    return {
        name: _picked(inner, wanted[name])
        for name, inner in value.items()
        if name in wanted
    }


def _without(value: Any, unwanted: Tree) -> Any:
    if isinstance(value, list):
        return [_without(item, unwanted) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _without(inner, unwanted[name]) if unwanted.get(name) else inner
        for name, inner in value.items()
        if name not in unwanted or unwanted[name]
    }
