"""What happens at the end of every command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# They look after what they change themselves, and have let go of the database by now.
SERVERS = {"quickstart", "runserver", "work"}


@contextmanager
def documents_refreshed(arguments: list[str]) -> Iterator[None]:
    """Render what the command inside changed, if it used the database at all.

    Articles that it brought are asked to be read.
    """
    used: list[str] = []

    def note(connection: BaseDatabaseWrapper, **_: object) -> None:
        used.append(connection.alias)

    connection_created.connect(note)
    yield
    connection_created.disconnect(note)
    if used and not SERVERS.intersection(arguments[1:2]):
        _refresh()


def _refresh() -> None:
    from django.db import connection

    from curation.tasks import enqueue_new
    from publishing.models import Stale
    from publishing.rendering import refresh

    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if Stale._meta.db_table in tables:
        refresh()
    if {"procrastinate_jobs", "curation_run"} <= set(tables):
        enqueue_new()
    connection.close()
