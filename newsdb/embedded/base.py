"""Django's PostgreSQL engine, over a server that starts when it is first asked for.

`HOST` is the home folder of the server. Nothing starts before a connection is made,
so `check`, `collectstatic` and the type checker's plugin need no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError

from newsdb.embedded.programs import EmbeddedPostgresError, binaries
from newsdb.embedded.server import ensure_running


def _socket_folder(settings: dict[str, Any]) -> str:
    try:
        return str(ensure_running(Path(settings["HOST"])))
    except EmbeddedPostgresError as error:
        raise OperationalError(str(error)) from error


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell` with the psql that belongs to the server."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        settings_dict = settings_dict | {"HOST": _socket_folder(settings_dict)}
        (_, *arguments), environment = super().settings_to_cmd_args_env(
            settings_dict, parameters
        )
        return [str(binaries() / "psql"), *arguments], environment


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {
            "host": _socket_folder(self.settings_dict)
        }
