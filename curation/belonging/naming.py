"""What the rows that belong together are called, in lists and in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actors.models import Mention, Relation
from events.models import Claim, Participation
from sources.models import Article

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sources.models import Curated

_LONGEST = 90  # characters of a name
_JOINED: dict[type[Curated], tuple[str, ...]] = {
    Participation: ("actor",),
    Relation: ("subject", "object"),
}
_CALLED: dict[type[Curated], tuple[str, str]] = {Participation: ("role", "roles")}


def noun(model: type[Curated], number: int) -> str:
    """ "claim", "claims"; a participation is called a role."""
    meta = model._meta
    one, many = _CALLED.get(
        model, (str(meta.verbose_name), str(meta.verbose_name_plural))
    )
    return one if number == 1 else many


def counted(model: type[Curated], number: int) -> str:
    """ "1 claim", "12 claims"."""
    return f"{number:,} {noun(model, number)}"


def names_of(model: type[Curated], keys: Collection[int]) -> dict[int, str]:
    """What the rows are called, in the order of their ids. One query, or none."""
    if not keys:
        return {}
    rows: Any = model._default_manager.filter(pk__in=keys).order_by("pk")
    if model in _JOINED:
        rows = rows.select_related(*_JOINED[model])
    if model is Article:
        rows = rows.defer("text")
    return {row.pk: name_of(row) for row in rows}


def name_of(row: Any) -> str:
    """A claim is called by what it says, not by its key."""
    name = row.statement if isinstance(row, Claim) else str(row)
    if isinstance(row, Mention):
        name = row.quote
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
