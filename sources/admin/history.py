"""What happened to a row and its parts: who, when, why, and each field old → new."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models

from sources.models import history_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

LABELS = {"insert": "added", "update": "changed", "delete": "removed"}
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of one row, before and after."""

    name: str
    old: str
    new: str


@dataclass(slots=True)
class Change:
    """One state of one row, beside the state before it."""

    at: dt.datetime
    by: str
    why: str
    verb: str
    what: str
    fields: list[FieldChange] = field(default_factory=list)


def changes_of(row: models.Model, parts: Iterable[type[models.Model]]) -> list[Change]:
    """The changes of `row` and of its `parts` (models that point to it), newest first.

    Rows of deleted parts are among them. Constant number of queries.
    """
    states = _states_of(row, parts)
    names = _names(states)
    changes = [
        change for states_of_one in states for change in _diffs(states_of_one, names)
    ]
    changes.sort(key=lambda change: change.at, reverse=True)
    return changes[:MOST_SHOWN]


def _states_of(
    row: models.Model, parts: Iterable[type[models.Model]]
) -> list[list[Any]]:
    """For each row its recorded states, oldest first."""
    recorded = [_recorded(type(row), pgh_obj=row.pk)]
    for part in parts:
        pointers = [
            f for f in part._meta.fields if f.related_model is type(row) and f.name
        ]
        if hasattr(part, "history") and pointers:
            recorded.append(_recorded(part, **{pointers[0].attname: row.pk}))
    return [
        list(states)
        for query in recorded
        for _, states in itertools.groupby(query, key=lambda state: state.id)
    ]


def _recorded(model: type[models.Model], **of: Any) -> models.QuerySet[Any]:
    history = history_of(model)
    query: models.QuerySet[Any] = history.objects.filter(**of)
    return query.select_related("pgh_context").order_by("id", "pgh_id")


def _columns(state: models.Model) -> list[models.Field[Any, Any]]:
    return [f for f in state._meta.fields if not f.name.startswith("pgh_")]


def _diffs(
    states: list[Any], names: dict[tuple[type[models.Model], Any], str]
) -> Iterator[Change]:
    for before, after in itertools.pairwise([None, *states]):
        known = getattr(after.pgh_context, "metadata", None) or {}
        model = after.pgh_tracked_model._meta
        yield Change(
            at=after.pgh_created_at,
            by=str(known.get("by") or "a direct write to the database"),
            why=str(known.get("why") or ""),
            verb=LABELS.get(after.pgh_label, after.pgh_label),
            what=str(model.verbose_name),
            fields=_changed(before, after, names),
        )


def _changed(
    before: Any, after: Any, names: dict[tuple[type[models.Model], Any], str]
) -> list[FieldChange]:
    found = []
    for column in _columns(after):
        old = getattr(before, column.attname) if before else None
        new = getattr(after, column.attname)
        if after.pgh_label == "delete":
            old, new = new, None
        if old != new and column.name != "id" and (old, new) not in _NOTHING:
            label = str(column.verbose_name)
            found.append(
                FieldChange(
                    label, _shown(column, old, names), _shown(column, new, names)
                )
            )
    return found


_NOTHING = ((None, ""), ("", None))


def _shown(
    column: models.Field[Any, Any],
    value: Any,
    names: dict[tuple[type[models.Model], Any], str],
) -> str:
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return names.get((column.related_model, value), str(value))  # type: ignore[arg-type]


def _names(
    states: list[list[Any]],
) -> dict[tuple[type[models.Model], Any], str]:
    """What the foreign keys in `states` point to, read once per model."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for state in itertools.chain.from_iterable(states):
        for column in _columns(state):
            target = column.related_model
            value = getattr(state, column.attname)
            if isinstance(target, type) and value is not None:
                wanted.setdefault(target, set()).add(value)
    return {
        (model, row.pk): str(row)
        for model, keys in wanted.items()
        for row in _readable(model).filter(pk__in=keys)
    }


def _readable(model: type[models.Model]) -> models.QuerySet[Any]:
    """Rows of `model` with what their names need, as their own list reads them."""
    registered = admin.site._registry.get(model)
    joined = registered.list_select_related if registered else ()
    rows = model._default_manager.all()
    return rows.select_related(*joined) if isinstance(joined, (list, tuple)) else rows


def fields_changed(
    pairs: list[tuple[models.Model, models.Model]],
) -> list[list[FieldChange]]:
    """For each pair of states of a row, before and after, the columns that differ.

    Constant number of queries.
    """
    names = _names([list(pair) for pair in pairs])
    return [_changed(before, after, names) for before, after in pairs]
