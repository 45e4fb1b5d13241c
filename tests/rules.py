"""Raw SQL for the tests of the database's rules, and which rule refused it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.sql import SQL, Composable, Identifier, Placeholder

from sources.dates import LENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Model

# precision, days of the interval (both ends counted), whether they fit: both edges.
EDGES = [
    (precision, days, least <= days <= (most or days))
    for precision, (least, most) in LENGTHS.items()
    for days in (least - 1, least, most or 5_000, (most or 5_000) + 1)
    if days > 0
] + [("unknown", 1, True), ("unknown", 250, True), ("about", 1, False)]


def sql(query: Any, *parameters: Any) -> list[Any]:
    """What a statement returns, past the ORM."""
    if isinstance(query, Composable):
        query = query.as_string()  # pghistory prefixes text only
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []


def _settle() -> None:
    """Check the deferred rules now, as a commit would."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def allowed() -> Iterator[None]:
    """The block must pass, its deferred rules included."""
    with transaction.atomic():
        yield
        _settle()


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """The block must be refused by `rule`: a constraint, or `table:trigger`."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():  # noqa: PT012
        yield
        _settle()
    diagnosis = caught.value.__cause__.diag
    table, _, trigger = rule.partition(":")
    if trigger:
        assert f"pgtrigger_{trigger}_" in (diagnosis.context or ""), caught.value
        assert table in diagnosis.message_primary, caught.value
    else:
        assert diagnosis.constraint_name == rule, caught.value


def row_of(instance: Model) -> dict[str, Any]:
    """The stored row, by column, without what the database computes."""
    columns = [
        field.column
        for field in instance._meta.concrete_fields
        if not field.generated and not field.primary_key
    ]
    names = SQL(", ").join(map(Identifier, columns))
    table = Identifier(instance._meta.db_table)
    query = SQL("SELECT {} FROM {} WHERE id = %s").format(names, table)
    return dict(zip(columns, sql(query, instance.pk)[0], strict=True))


def insert(table: str, **columns: Any) -> Any:
    """INSERT one row; its id."""
    query = SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
        Identifier(table),
        SQL(", ").join(map(Identifier, columns)),
        SQL(", ").join(Placeholder() * len(columns)),
    )
    return sql(query, *columns.values())[0][0]


def insert_like(instance: Model, **changes: Any) -> Any:
    """INSERT a copy of a row with these columns changed; its id."""
    return insert(instance._meta.db_table, **{**row_of(instance), **changes})


def copy(table: str, *rows: dict[str, Any]) -> None:
    """COPY rows into a table, as a bulk loader does."""
    query = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(table), SQL(", ").join(map(Identifier, rows[0]))
    )
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(query) as lines,
    ):
        for row in rows:
            lines.write_row(tuple(row.values()))


def update(instance: Model, **changes: Any) -> None:
    """UPDATE one row."""
    query = SQL("UPDATE {} SET {} WHERE id = %s").format(
        Identifier(instance._meta.db_table),
        SQL(", ").join(
            SQL("{} = {}").format(Identifier(column), Placeholder())
            for column in changes
        ),
    )
    sql(query, *changes.values(), instance.pk)


def delete(instance: Model) -> None:
    """DELETE one row."""
    query = SQL("DELETE FROM {} WHERE id = %s").format(
        Identifier(instance._meta.db_table)
    )
    sql(query, instance.pk)


def full_row_of(instance: Model) -> dict[str, Any]:
    """The stored row with its id, so that it can be written again."""
    return {"id": instance.pk, **row_of(instance)}


def factory_of(table: str) -> Callable[..., Any]:
    """What makes a row of `table`, whichever module of tests.factories has it."""
    for app in ("sources", "actors", "events", "curation", "publishing"):
        for made in vars(import_module(f"tests.factories.{app}")).values():
            meta = getattr(made, "_meta", None)
            model = getattr(meta, "get_model_class", lambda: None)()
            if model is not None and model._meta.db_table == table:
                return made
    raise LookupError(f"No factory makes rows of {table}: add one to tests/factories.")


def without(trigger: str, *models: type[Model]) -> None:
    """Switch one rule off until the test ends, to reach a state that it forbids.

    Before the first write of the test: a table with deferred rules to check cannot be
    altered.
    """
    for model in models:
        table = model._meta.db_table
        rows = sql(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND tgname LIKE %s",
            table,
            f"pgtrigger\\_{trigger}\\_%",
        )
        assert rows, f"{table} has no rule {trigger}"
        for (name,) in rows:
            sql(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')


@contextmanager
def sessions() -> Iterator[tuple[psycopg.Connection, psycopg.Connection]]:
    """Two sessions beside the test's own; what they commit stays committed."""
    settings = connection.get_connection_params()
    settings.pop("cursor_factory")
    settings.pop("context")
    with psycopg.connect(**settings) as one, psycopg.connect(**settings) as two:
        yield one, two
        one.rollback()
        two.rollback()


def refused_after_waiting(
    rule: str, first: psycopg.Connection, statement: Callable[[], Any]
) -> None:
    """`statement` of a second session waits until `first` commits; then it fails."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = pool.submit(statement)
        # It waits for the first session, whose row it cannot see yet.
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        first.commit()
        with pytest.raises(psycopg.errors.CheckViolation) as caught:
            waiting.result(timeout=10)
    assert caught.value.diag.constraint_name == rule
