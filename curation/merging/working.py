"""What a merge moves, and what stays with the merged record. Reads, writes nothing.

Set-wise: the number of queries depends on the columns that name such records, never on
the number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from curation.merging.references import FOLLOWERS, MOVED, Follower, Reference
from curation.models import MergeMove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

# Of one model: rows that stay, and the rows of the other record that are the same.
Twins = dict[int, int]


class Stay(NamedTuple):
    """A row that stays with the merged record: where the other has the same, which."""

    model: type[Model]
    row: int
    twin: int | None


@dataclass(slots=True)
class Work:
    """All that a merge would move, in the order in which it goes, and what stays."""

    moves: list[MergeMove] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)


class _Row(NamedTuple):
    """A row that names the merged record; with the row that it is twice, if any.

    `named` and `follows`: what its other column names, and is to name then.
    """

    id: int
    named: int | None
    follows: int | None
    twin: int | None
    is_bare: bool  # has the merged record's own name for its words, and no alias


def worked_out(loser: Model, into: Model, *, name: int | None = None) -> Work:
    """What merging the one into the other moves.

    `name` is the alias of the one that stays which the merged actor's own name has
    become: what was seen of that name is seen of the alias.
    """
    work = Work()
    twins: dict[type[Model], Twins] = {}
    references = MOVED[type(loser)]
    for reference in references:
        follower = _follower(reference)
        rows = _rows(reference, follower, loser, into, twins)
        _sort(work, reference, follower, rows, loser, into, name)
        found = {row.id: row.twin for row in rows if row.twin is not None}
        twins[reference.model] = twins.get(reference.model, {}) | found
    moved = {reference.model for reference in references}
    for follower in FOLLOWERS:
        if follower.of in twins and follower.model not in moved:
            work.moves += _followers(follower, twins[follower.of])
    return work


def _follower(reference: Reference) -> Follower | None:
    found = (each for each in FOLLOWERS if each.model is reference.model)
    return next(found, None)


def _sort(
    work: Work,
    reference: Reference,
    follower: Follower | None,
    rows: Iterable[_Row],
    loser: Model,
    into: Model,
    name: int | None,
) -> None:
    """Add the rows to what moves or to what stays."""
    sets: dict[tuple[tuple[str, int | None, int | None], ...], list[int]]
    sets = defaultdict(list)
    column = (reference.column, loser.pk, into.pk)
    for row in rows:
        stays = row.twin is not None
        if stays:
            twin = None if row.twin == row.id else row.twin
            work.stays.append(Stay(reference.model, row.id, twin))
        columns = [] if stays else [column]
        columns += _other_column(follower, row, name)
        if columns:
            sets[tuple(columns)].append(row.id)
    for changes, ids in sets.items():
        work.moves.append(_move(reference.model, changes, ids))


def _other_column(
    follower: Follower | None, row: _Row, name: int | None
) -> Iterator[tuple[str, int | None, int | None]]:
    """What a row's other column names before and after, where that changes.

    What stays cannot name what has moved away.
    """
    if follower is None:
        return
    column = f"{follower.field}_id"
    if row.twin is not None:
        if row.named is not None and row.follows == row.named:
            yield column, row.named, None
    elif row.follows != row.named:
        yield column, row.named, row.follows
    elif row.is_bare and name is not None:
        yield column, None, name


def _move(
    model: type[Model],
    changes: Iterable[tuple[str, int | None, int | None]],
    rows: list[int],
) -> MergeMove:
    changes = list(changes)
    return MergeMove(
        model=model._meta.label,
        before={column: before for column, before, _ in changes},
        after={column: after for column, _, after in changes},
        rows=rows,
    )


def _rows(
    reference: Reference,
    follower: Follower | None,
    loser: Model,
    into: Model,
    twins: dict[type[Model], Twins],
) -> list[_Row]:
    """The rows that name the merged record. One query."""
    table, column = reference.model._meta.db_table, reference.column
    known = twins.get(follower.of, {}) if follower else {}
    named = f"t.{follower.field}_id" if follower else "NULL::bigint"
    follows = f"coalesce(same.after, {named})"
    bare = "false"
    if follower and follower.field == "alias":
        bare = "t.alias_id IS NULL AND newsdb_fold(t.quote) = newsdb_fold(%(name)s)"
    query = f"""
        SELECT t.id, {named}, {follows}, {_twin(reference, named, follows)}, {bare}
        FROM {table} t
        LEFT JOIN unnest(%(before)s::bigint[], %(after)s::bigint[])
               AS same(before, after) ON same.before = {named}
        WHERE t.{column} = %(loser)s ORDER BY t.id
    """
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {
                "loser": loser.pk,
                "into": into.pk,
                "before": list(known),
                "after": list(known.values()),
                "name": getattr(loser, "name", ""),
            },
        )
        return [_Row(*row) for row in cursor.fetchall()]


def _twin(reference: Reference, named: str, follows: str) -> str:
    """SQL: the row that would be there twice; the row itself if it would name both."""
    if reference.not_with:
        other = f"t.{reference.not_with}_id"
        return f"CASE WHEN {other} = %(into)s THEN t.id END"
    if not reference.once:
        return "NULL::bigint"
    table = reference.model._meta.db_table
    values = {each: f"t.{each}" for each in reference.once}
    same = " AND ".join(
        f"o.{each} IS NOT DISTINCT FROM {follows if value == named else value}"
        for each, value in values.items()
    )
    return (
        f"(SELECT o.id FROM {table} o"
        f" WHERE o.{reference.column} = %(into)s AND {same} LIMIT 1)"
    )


def _followers(follower: Follower, twins: Twins) -> Iterator[MergeMove]:
    """What named rows that stay names those that are the same. One query.

    But what would then be there twice.
    """
    table, column = follower.model._meta.db_table, f"{follower.field}_id"
    same = " AND ".join(
        f"o.{each} IS NOT DISTINCT FROM t.{each}" for each in follower.once
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT same.before, same.after, array_agg(t.id ORDER BY t.id)
            FROM {table} t
            JOIN unnest(%s::bigint[], %s::bigint[]) AS same(before, after)
              ON same.before = t.{column}
            WHERE NOT EXISTS (SELECT FROM {table} o
                              WHERE o.{column} = same.after AND {same})
            GROUP BY 1, 2 ORDER BY 1
            """,
            [list(twins), list(twins.values())],
        )
        for before, after, rows in cursor.fetchall():
            yield _move(follower.model, [(column, before, after)], rows)
