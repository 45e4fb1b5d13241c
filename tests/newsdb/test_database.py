"""Which database is chosen, and what the system check says of one that will not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.utils import OperationalError

from newsdb import database
from newsdb.database import EXTENSIONS, check_databases, database_config


def test_embedded_without_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    config = database_config(Path("/project"))

    assert config["ENGINE"] == "newsdb.embedded"
    assert config["HOST"] == "/project/.local/postgres"


def test_empty_database_url_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")

    assert database_config(Path("/project"))["ENGINE"] == "newsdb.embedded"


def test_database_url_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:pw@db.example:6432/news")

    config = database_config(Path("/project"))

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"]) == ("db.example", 6432)
    assert (config["USER"], config["NAME"]) == ("ann", "news")


@pytest.mark.parametrize(("value", "pooled"), [("1", True), ("0", False), ("", False)])
def test_a_pooler_in_front_of_it_is_said_by_the_environment(monkeypatch, value, pooled):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:pw@db.example:6432/news")
    monkeypatch.setenv("NEWSDB_POOLER", value)
    config = database_config(Path("."))
    assert config["DISABLE_SERVER_SIDE_CURSORS"] is pooled


class Server:
    """Stands in for a connection: answers the check's two questions."""

    vendor = "postgresql"
    display_name = "PostgreSQL"

    def __init__(
        self, version: int = 180_006, extensions: tuple[str, ...] = EXTENSIONS
    ) -> None:
        self.version = version
        self.extensions = extensions

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        yield SimpleNamespace(
            execute=lambda _: None,
            fetchone=lambda: (self.version,),
            fetchall=lambda: [(name,) for name in self.extensions],
        )


def messages(monkeypatch: pytest.MonkeyPatch, server: object) -> list[str]:
    monkeypatch.setattr(database, "connections", {"default": server})
    return [f"{m.id} {m.msg} {m.hint}" for m in check_databases(databases=["default"])]


def test_good_server_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert messages(monkeypatch, Server()) == []


def test_check_connects_to_nothing_unless_asked() -> None:
    assert check_databases(databases=None) == []


def test_old_server_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    (message,) = messages(monkeypatch, Server(version=160_004))

    assert "newsdb.E003" in message
    assert "PostgreSQL 16" in message
    assert "17 or later" in message
    assert "DATABASE_URL" in message


@pytest.mark.parametrize("missing", EXTENSIONS)
def test_missing_extension_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    others = tuple(name for name in EXTENSIONS if name != missing)

    (message,) = messages(monkeypatch, Server(extensions=others))

    assert f"newsdb.E004 The database server lacks the extension {missing}." in message
    assert "contrib" in message


def test_all_missing_extensions_are_one_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (message,) = messages(monkeypatch, Server(extensions=()))

    assert "the extensions btree_gin, pg_trgm, unaccent." in message


def test_other_databases_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite = SimpleNamespace(vendor="sqlite", display_name="SQLite")

    (message,) = messages(monkeypatch, sqlite)

    assert "newsdb.E001 newsdb needs PostgreSQL, not SQLite." in message


def test_unreachable_server_is_a_message_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server()

    @contextmanager
    def refuse() -> Iterator[Any]:
        raise OperationalError("connection refused")
        yield

    monkeypatch.setattr(server, "cursor", refuse)

    (message,) = messages(monkeypatch, server)

    assert "newsdb.E002 The database cannot be reached: connection refused" in message


@pytest.mark.django_db
def test_the_database_of_the_tests_passes() -> None:
    assert check_databases(databases=["default"]) == []
