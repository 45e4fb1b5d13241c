"""What happens at the end of every command."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from publishing.models import Stale
from publishing.rendering import refresh


def refresh_after_command() -> None:
    """Render what a command changed; nothing if it never touched the database."""
    if not apps.ready or connection.connection is None:
        return
    if Stale._meta.db_table in connection.introspection.table_names():
        refresh()
