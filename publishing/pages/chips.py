"""The filters in force, in words: names for codes, keys and ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from django.db.models import Q

from publishing.api.filters import FILTERS
from publishing.api.filters.merged import NAMING
from publishing.models import Document, Kind
from publishing.pages.documents import names
from sources.numbers import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publishing.pages.documents import Body, Names
    from publishing.pages.lists import ActiveFilter

# Facets whose values are ids and keys.
_KINDS = {**{kind.value: kind for kind in Kind}, **NAMING}
_NAMES = {Kind.EVENT: "title", Kind.ARTICLE: "title", Kind.CLAIM: "statement"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as it was asked for, in words, and the documents that it names.

    What was merged into another goes by the other's name; what is not public, by what
    was asked.
    """

    name: str
    value: str
    without: str
    label: str
    shown: str
    bodies: list[Body]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A filter's values: codes of a list, or objects of a kind, or neither."""

    filter: ActiveFilter
    values: list[str]
    terms: str | None
    kind: Kind | None


# Kind and key or id → the object's name, and its document unless it was merged away.
_Found = dict[tuple[Kind | None, str], "tuple[str, Body | None]"]


def chips(active: Sequence[ActiveFilter], kind: Kind) -> list[Chip]:
    """A query for the names of codes and one for those of objects, if any are asked."""
    asked = [_asked(each, kind) for each in active]
    coded = names(*{each.terms for each in asked if each.terms})
    found = _documents(asked)
    return [_chip(each, coded, found) for each in asked]


def _asked(active: ActiveFilter, kind: Kind) -> _Asked:
    known = FILTERS[kind][active.name]
    values = [value.strip() for value in active.value.split(",")]
    return _Asked(
        active, values, known.terms, None if known.terms else _KINDS.get(known.facet)
    )


def _documents(asked: Sequence[_Asked]) -> _Found:
    wanted = Q(pk__in=[])
    for each in asked:
        if each.kind:
            # PostgreSQL cannot even be asked for a NUL.
            keys = [value for value in each.values if "\x00" not in value]
            ids = [int(value) for value in keys if is_number(value)]
            named = Q(slug__in=keys) | Q(object_id__in=ids)
            wanted |= named & Q(kind=each.kind)
    rows = Document.objects.filter(wanted, valid_to=None).exclude(body="")
    found: _Found = {}
    for document in rows:
        kind, body = Kind(document.kind), orjson.loads(document.body)
        if into := body.get("merged_into"):
            known = into["name"], None
        else:
            known = body.get(_NAMES.get(kind, "name")), body
        found[kind, document.slug] = known
        found.setdefault((kind, str(document.object_id)), known)
    return found


def _chip(asked: _Asked, coded: Names, found: _Found) -> Chip:
    objects = [found.get((asked.kind, value), (value, None)) for value in asked.values]
    if asked.terms:
        shown = [coded.name(asked.terms, value) for value in asked.values]
    else:
        shown = [
            name or value
            for value, (name, _) in zip(asked.values, objects, strict=True)
        ]
    return Chip(
        name=asked.filter.name,
        value=asked.filter.value,
        without=asked.filter.without,
        label=_label(asked.filter.name),
        shown=", ".join(shown),
        bodies=[body for _, body in objects if body],
    )


def _label(name: str) -> str:
    spoken = name.replace("__gte", " at least").replace("__lte", " at most")
    return spoken.replace("_", " ")
