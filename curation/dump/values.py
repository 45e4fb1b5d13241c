"""What all objects of a dump are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from curation.merging.following import merged

Values = dict[str, Any]


class DumpError(Exception):
    """Something in the database that the curation format has no words for."""


def filled(**values: Any) -> Values:
    """The values that say something: null, empty text and empty lists are left out."""
    return {name: value for name, value in values.items() if value not in _NOTHING}


_NOTHING: tuple[Any, ...] = (None, "", [], {})


def code(term: str | None) -> str | None:
    """The code of a term's key: 'country/AFG' is AFG."""
    return term.partition("/")[2] if term else None


def date(row: Any, prefix: str, **rests_on: Any) -> Values:
    """A date as the format writes it; empty when nothing is known about it."""
    names = ("earliest", "latest", "precision", "basis", "text", "note")
    values = {name: getattr(row, f"{prefix}_{name}") for name in names}
    # Days stay dates: YAML writes them without quotes.
    values["precision"] = str(values["precision"])
    said = filled(**values, **rests_on)
    return said if said.keys() != {"precision"} else {}


def status(row: Any, above: str) -> str | None:
    """The status of a part, where it is not that of what contains it."""
    return str(row.status) if row.status != above else None


def ids(rows: Iterable[Any]) -> Values:
    """Scheme → id, or ids where a scheme has several."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        grouped[row.scheme_id.partition("/")[2]].append(row.value)
    return {s: v[0] if len(v) == 1 else v for s, v in sorted(grouped.items())}


def by(column: str, rows: Iterable[Any]) -> dict[Any, list[Any]]:
    """The rows by a column of theirs, in their order."""
    grouped: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, column)].append(row)
    return grouped


def slugs(model: Any, only: Iterable[int | None] | None = None) -> dict[int, str]:
    """Primary key → slug, of all rows of a model, or of those with these keys."""
    rows = model.objects.all()
    if only is not None:
        rows = rows.filter(pk__in={pk for pk in only if pk is not None})
    return dict(rows.values_list("pk", "slug"))


def unmerged(model: Any, only: int | None) -> Any:
    """All actors, events or places, by key, that are records of their own; of the one
    asked for alone also one that was merged.
    """
    rows = model.objects.order_by("slug")
    return rows.exclude(pk__in=merged(model._meta.model_name)) if only is None else rows


def picked(rows: Any, column: str, only: int | None) -> Any:
    """All of the rows, or those where the column is `only`."""
    return rows if only is None else rows.filter(**{column: only})
