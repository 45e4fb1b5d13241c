"""The columns of a document as a table row, read off the schemas.

A value has a column under its dotted name (`date.earliest`); a list has a column of
JSON arrays for each value of its elements, all of the same length and order
(`participants.role` beside `participants.actor.slug`). Lists within lists have none:
NDJSON holds them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rest_framework import serializers as s

from publishing.api.schemas import SCHEMAS
from publishing.models import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

# The figures most asked for also stand alone: those of the whole group.
_FIGURES = ("killed", "injured")
_BOUNDS = ("low", "best", "high", "verdict")


@cache
def columns_of(kind: Kind) -> dict[str, str]:
    """Column name → SQL expression over `b`, the body as jsonb; in document order."""
    columns = dict(_columns(SCHEMAS[kind]().fields))
    if kind == Kind.EVENT:
        columns |= _figure_columns()
    return columns


def chosen_columns(
    kind: Kind, *, fields: Collection[str] = (), omit: Collection[str] = ()
) -> dict[str, str]:
    """The columns at or below one of `fields` (all if there are none), less `omit`."""
    return {
        name: sql
        for name, sql in columns_of(kind).items()
        if (not fields or _below(name, fields)) and not _below(name, omit)
    }


def _below(name: str, fields: Collection[str]) -> bool:
    return any(name == field or name.startswith(f"{field}.") for field in fields)


def _columns(
    fields: Mapping[str, s.Field[Any, Any, Any, Any]],
    path: tuple[str, ...] = (),
    *,
    listed: bool = False,
) -> Iterator[tuple[str, str]]:
    for name, field in fields.items():
        here = (*path, name)
        if isinstance(field, s.ListSerializer):
            if not listed:
                inner = field.child.fields  # type: ignore[union-attr]
                yield from _columns(inner, (*path, f"{name}[*]"), listed=True)
        elif isinstance(field, s.Serializer):
            yield from _columns(field.fields, here, listed=listed)
        else:
            yield ".".join(here).replace("[*]", ""), _sql(here, listed=listed)


def _sql(path: tuple[str, ...], *, listed: bool) -> str:
    """The value at `path`: a text or null; of a list, a JSON array as text.

    In a list, an object that is null still counts, so that columns stay parallel.
    """
    if not listed:
        return f"b #>> '{{{','.join(path)}}}'"
    depth = next(i for i, step in enumerate(path) if step.endswith("[*]")) + 1
    outer = [step.removesuffix("[*]") for step in path[:depth]]
    return (
        f"(SELECT coalesce(jsonb_agg(e #> '{{{','.join(path[depth:])}}}' ORDER BY n),"
        f" '[]')::text FROM jsonb_array_elements(b #> '{{{','.join(outer)}}}')"
        " WITH ORDINALITY AS element(e, n))"
    )


def _figure_columns() -> dict[str, str]:
    return {
        f"{measure}_{bound}": (
            "jsonb_path_query_first(b, '$.estimates[*] ?"
            f' (@.measure == "{measure}" && @.group == "all").{bound}\') #>> \'{{}}\''
        )
        for measure in _FIGURES
        for bound in _BOUNDS
    }
