"""Curation files into the database: the whole set, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction

from actors.models import Alias
from curation.existing import Existing, fetch
from curation.format.checking import check
from curation.format.entries import CurationSet, Entry, collect
from curation.format.problems import CurationError, Problem
from curation.format.reading import find, read
from curation.reviewed import Reviewed
from curation.rows import Keys, Row, Rows
from curation.summary import Summary
from curation.tables import SLUGGED, TABLES, Key, Model
from curation.writing import reserve, withdraw, write
from events.models import Participation
from sources.models import Article, Status
from sources.refusals import refusal_of
from sources.services import leads_to, recorded, together

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def load(
    paths: Iterable[Path | str],
    *,
    by: AbstractUser | str,
    why: str,
    dry_run: bool = False,
    add_only: bool = False,
    progress: Callable[[int], object] = lambda done: None,
) -> Summary:
    """Load files and folders as one set.

    Raises CurationError with all problems; then nothing is written. With `dry_run`
    nothing is kept either. Of what `load_curation` added and is no longer in its
    object's file, the published is retracted and the rest deleted (rejected where
    something refers to it); what anybody else added is left. Loading the same files
    again changes nothing. With `add_only` what the database has is left as it is, and
    only what it has not is added. `progress` is told how many files were read.
    """
    files, problems = find(paths)
    documents = []
    for path in files:
        documents.append(read(path))
        progress(1)
    found = collect(documents)
    found.problems += problems
    try:
        with together():
            summary = _load(found, by=by, why=why, add_only=add_only)
            connection.check_constraints()  # those that else wait for the commit
            transaction.set_rollback(dry_run)
    except DatabaseError as error:
        if (refusal := refusal_of(error)) is None:
            raise
        raise CurationError([Problem("the database", 0, refusal)]) from error
    return summary


def _load(
    found: CurationSet, *, by: AbstractUser | str, why: str, add_only: bool
) -> Summary:
    with connection.cursor() as cursor:  # two loads at once would both add a row
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_curation'))")
    existing = fetch(found)
    passages = check(found, existing.known)
    rows = Rows(found, passages, keys_of(found, existing)).build()
    if add_only:
        rows = _missing(rows, existing)
    if problems := list(_status_problems(rows, existing)):
        raise CurationError(problems)
    summary, reviewed = Summary(), Reviewed(rows, existing)
    with recorded(by=by, why=why):
        for table in TABLES:
            write(table, rows.get(table.model, []), existing, summary)
    if add_only:
        return summary
    with recorded(by=by, why=f"no longer in the file; {why}"):
        for table in reversed(TABLES):
            withdraw(table, rows.get(table.model, []), existing, summary)
    if problems := list(reviewed.problems()):
        raise CurationError(problems)
    return summary


def _missing(
    rows: dict[Model, list[Row]], existing: Existing
) -> dict[Model, list[Row]]:
    """Those of the rows that the database does not have."""
    return {
        model: [row for row in some if row.key not in existing.rows.get(model, {})]
        for model, some in rows.items()
    }


def keys_of(found: CurationSet, existing: Existing) -> Keys:
    """The primary keys of all that rows may refer to, new rows included."""
    keys = Keys(articles={row.sha256: row.pk for row in existing.of(Article)})
    for section, model in SLUGGED.items():
        slugs = ((entry.key,) for entry in found.of(section))
        known = _with_new(existing, model, slugs)
        keys.by_slug[section] = {slug: pk for (slug,), pk in known.items()}
    actors, events = keys.by_slug["actors"], keys.by_slug["events"]
    aliases = (
        (actors[actor.key], alias["name"])
        for actor in found.of("actors")
        for alias in actor.items("aliases")
    )
    parts = (
        (events[event.key], actors[part["actor"]], f"role/{part['role']}")
        for event in found.of("events")
        for part in event.items("participants")
    )
    keys.aliases = dict(_with_new(existing, Alias, aliases))
    keys.participations = dict(_with_new(existing, Participation, parts))
    return keys


def _with_new(
    existing: Existing, model: Model, wanted: Iterable[Key]
) -> dict[Any, int]:
    have = {key: row.pk for key, row in existing.rows[model].items()}
    new = (key for key in dict.fromkeys(wanted) if key not in have)
    return have | reserve(model, new)


def _status_problems(
    rows: dict[Model, list[Row]], existing: Existing
) -> Iterator[Problem]:
    """States that no moves lead to, as from what was public once: one per file."""
    barred: dict[tuple[str, str], list[Row]] = {}
    for model, wanted in rows.items():
        have = existing.rows.get(model, {})
        for row in wanted:
            status = row.values.get("status", "")
            before = getattr(have.get(row.key), "status", None)
            if before and not leads_to(Status(before), Status(status)):
                place = row.entry.document.file, str(status)
                barred.setdefault(place, []).append(row)
    for (_file, status), some in barred.items():
        first: Entry = some[0].entry
        yield first.problem(
            f"{some[0].label} is public and cannot become {status} again"
            + (f", nor can {len(some) - 1} others here" if len(some) > 1 else ""),
            suggestion="write status: published, or take out what is to be retracted",
        )
