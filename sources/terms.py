"""Code lists into the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.models import Term
from sources.services import recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from sources.code_lists import Entry

COLUMNS = (
    "list",
    "code",
    "name",
    "meaning",
    "source",
    "parent_id",
    "mappings",
    "position",
    "active",
)


class TermChanges(NamedTuple):
    """How many terms came in, changed, stayed, or were switched off."""

    new: int
    changed: int
    same: int
    switched_off: int


def load_terms(
    entries: list[Entry], *, by: AbstractUser | str, why: str
) -> TermChanges:
    """Make the terms of the lists in `entries` what `entries` says. All or none.

    Terms of those lists that are not among `entries` are switched off, never deleted.
    Writes nothing where nothing differs; at most two statements otherwise.
    """
    wanted = {entry.key: _term(entry) for entry in entries}
    lists = {entry.list for entry in entries}
    with recorded(by=by, why=why):
        stored = {term.pk: term for term in Term.objects.filter(list__in=lists)}
        new = [term for key, term in wanted.items() if key not in stored]
        changed = [
            term
            for key, term in wanted.items()
            if key in stored and _row(term) != _row(stored[key])
        ]
        gone = [pk for pk, t in stored.items() if t.active and pk not in wanted]
        # Of empty lists, neither becomes a statement.
        Term.objects.bulk_create(
            new + changed,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[name.removesuffix("_id") for name in COLUMNS],
        )
        Term.objects.filter(pk__in=gone).update(active=False)
    off = [term for term in changed if stored[term.pk].active and not term.active]
    return TermChanges(
        new=len(new),
        changed=len(changed) - len(off),
        same=len(wanted) - len(new) - len(changed),
        switched_off=len(gone) + len(off),
    )


def known_keys() -> set[str]:
    """The keys of all terms in the database."""
    return set(Term.objects.values_list("pk", flat=True))


def _row(term: Term) -> list[object]:
    return [getattr(term, column) for column in COLUMNS]


def _term(entry: Entry) -> Term:
    return Term(
        id=entry.key,
        list=entry.list,
        code=entry.code,
        name=entry.name,
        meaning=entry.meaning,
        source=entry.source,
        parent_id=entry.parent,
        mappings=entry.mappings,
        position=entry.position,
        active=entry.active,
    )
