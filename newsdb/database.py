"""Which database the project runs on, and whether that one will do."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError

ENGINE = "newsdb.embedded"
MINIMUM_VERSION = 17
EXTENSIONS = ("btree_gin", "pg_trgm", "unaccent")

# A connection is kept this long, and looked at before each request that reuses it.
CONNECTION_SECONDS = 60
STOP_PATIENCE_SECONDS = 1.0


def database_config(base_dir: Path) -> dict[str, Any]:
    """DATABASES["default"]: what DATABASE_URL names, else the embedded server.

    Its home, given as HOST, is .local/postgres below `base_dir`.
    """
    if os.environ.get("DATABASE_URL"):
        config = dj_database_url.config(
            conn_max_age=CONNECTION_SECONDS,
            conn_health_checks=True,
            disable_server_side_cursors=os.environ.get("NEWSDB_POOLER") == "1",
        )
        return dict(config)
    return {
        "ENGINE": ENGINE,
        "NAME": "newsdb",
        "USER": "newsdb",
        "HOST": str(base_dir / ".local/postgres"),
        "PORT": "5432",  # given, so that PGPORT is not heard
        "CONN_MAX_AGE": CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }


def stop_database() -> None:
    """Stop the embedded server, unless another process uses it too."""
    from django.conf import settings

    from newsdb.embedded.server import stop_if_last

    database = settings.DATABASES["default"]
    # A process that had to be killed is a user until the kernel has cleared it away.
    deadline = time.monotonic() + STOP_PATIENCE_SECONDS
    while database["ENGINE"] == ENGINE and not stop_if_last(Path(database["HOST"])):
        if time.monotonic() > deadline:
            return
        time.sleep(0.05)


def check_databases(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """System check: each of `databases` is a PostgreSQL that newsdb can use."""
    return [
        problem
        for alias in databases or ()
        for problem in _check_connection(connections[alias])
    ]


def _check_connection(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    if connection.vendor != "postgresql":
        return [
            Error(
                f"newsdb needs PostgreSQL, not {connection.display_name}.",
                hint="Set DATABASE_URL to postgresql://…, or unset it to use the "
                "embedded PostgreSQL.",
                id="newsdb.E001",
            )
        ]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::integer")
            (version,) = cursor.fetchone()
            cursor.execute("SELECT name FROM pg_available_extensions")
            available = {name for (name,) in cursor.fetchall()}
    except OperationalError as error:
        return [
            Error(
                f"The database cannot be reached: {error}",
                hint="Start it, or correct DATABASE_URL.",
                id="newsdb.E002",
            )
        ]
    return server_problems(version // 10_000, available)


def server_problems(version: int, available: Collection[str]) -> list[CheckMessage]:
    """What a server of major `version` with these extensions lacks, and the remedy."""
    problems: list[CheckMessage] = []
    if version < MINIMUM_VERSION:
        problems.append(
            Error(
                f"The database server is PostgreSQL {version}; newsdb needs "
                f"{MINIMUM_VERSION} or later.",
                hint="Upgrade the server, or unset DATABASE_URL to use the embedded "
                "one.",
                id="newsdb.E003",
            )
        )
    if missing := [name for name in EXTENSIONS if name not in available]:
        problems.append(
            Error(
                "The database server lacks the extension"
                f"{'s' * (len(missing) > 1)} {', '.join(missing)}.",
                hint="Install PostgreSQL's contrib modules on the server (for example "
                f"the package postgresql-contrib or postgresql-{version}).",
                id="newsdb.E004",
            )
        )
    return problems
