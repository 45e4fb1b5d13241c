"""The embedded server, started for real in a temporary folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from newsdb.embedded import programs, server
from newsdb.embedded.server import ensure_running, socket_folder, stop_if_last

ROOT = Path(__file__).parents[2]
USER = """
import sys
from pathlib import Path
from newsdb.embedded.server import ensure_running
ensure_running(Path(sys.argv[1]))
print("up", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "postgres"
    yield home
    assert stop_if_last(home)


def start_user(home: Path) -> subprocess.Popen[str]:
    """Another process that uses the server until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=20)
    assert process.returncode == 0


def connect(home: Path) -> psycopg.Connection:
    host = str(socket_folder(home))
    return psycopg.connect(host=host, port=5432, user="newsdb", dbname="newsdb")


def ask(home: Path, query: str) -> object:
    with connect(home) as connection:
        row = connection.execute(query).fetchone()
    return row and row[0]


def do(home: Path, statement: str) -> None:
    with connect(home) as connection:
        connection.execute(statement)


def postmaster(home: Path) -> int:
    return int((home / "data/postmaster.pid").read_text().split()[0])


def kill_postmaster(home: Path) -> None:
    os.kill(postmaster(home), signal.SIGKILL)
    while server._answers(home):
        time.sleep(0.01)


def test_cold_start_makes_a_private_database(home: Path) -> None:
    assert ensure_running(home) == home

    assert ask(home, "SELECT current_database()") == "newsdb"
    assert home.stat().st_mode & 0o777 == 0o700
    assert ask(home, "SHOW listen_addresses") == ""
    assert ask(home, "SHOW jit") == "off"
    assert ask(home, "SHOW fsync") == "on"


def test_attaching_again_starts_nothing(home: Path) -> None:
    ensure_running(home)
    first = postmaster(home)

    ensure_running(home)

    assert postmaster(home) == first


def test_data_outlives_a_stop(home: Path) -> None:
    ensure_running(home)
    do(home, "CREATE TABLE kept AS SELECT 7 AS n")
    assert stop_if_last(home)

    ensure_running(home)

    assert ask(home, "SELECT n FROM kept") == 7


def test_recovers_after_the_server_was_killed(home: Path) -> None:
    ensure_running(home)
    do(home, "CREATE TABLE kept AS SELECT 7 AS n")
    kill_postmaster(home)

    ensure_running(home)

    assert ask(home, "SELECT n FROM kept") == 7


@pytest.mark.parametrize("command", ["sleep 60", "true"], ids=["alive", "zombie"])
def test_recovers_when_something_else_bears_the_dead_servers_number(
    home: Path, command: str
) -> None:
    ensure_running(home)
    pid_file = home / "data/postmaster.pid"
    _, *rest = pid_file.read_text().splitlines(keepends=True)
    # As the server's user: PostgreSQL overlooks processes that it may not signal.
    with subprocess.Popen([*programs.without_root(home), *command.split()]) as other:
        kill_postmaster(home)
        pid_file.write_text("".join([f"{other.pid}\n", *rest]))

        ensure_running(home)

        assert ask(home, "SELECT 1") == 1
        assert postmaster(home) != other.pid
        other.kill()


def test_an_interrupted_first_start_is_done_over(home: Path) -> None:
    (home / "data.new/base").mkdir(parents=True)

    ensure_running(home)

    assert ask(home, "SELECT 1") == 1
    assert not (home / "data.new").exists()


def test_path_with_spaces_and_quotes(tmp_path: Path) -> None:
    home = tmp_path / 'it\'s a folder, "quoted" $HOME `id` Ω'

    folder = ensure_running(home)

    assert folder.parent == Path("/tmp")
    assert ask(home, "SELECT 1") == 1
    assert stop_if_last(home)


def test_path_too_long_for_a_socket(tmp_path: Path) -> None:
    home = tmp_path / ("long" * 30)

    folder = ensure_running(home)

    assert folder.parent == Path("/tmp")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert ask(home, "SELECT 1") == 1
    assert stop_if_last(home)
    assert not folder.exists()


def test_foreign_socket_folder_is_refused(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "planted"
    (tmp_path / "elsewhere").mkdir()
    planted.symlink_to(tmp_path / "elsewhere")
    with monkeypatch.context() as patch:
        patch.setattr(server, "socket_folder", lambda _: planted)

        with pytest.raises(programs.EmbeddedPostgresError, match="belongs to user"):
            ensure_running(home)


def test_cold_starts_at_once_make_one_server_that_the_last_user_stops(
    home: Path,
) -> None:
    with ThreadPoolExecutor() as pool:
        first, *others = pool.map(start_user, [home] * 3)
    only = postmaster(home)

    for other in others:
        leave(other)
    assert ask(home, "SELECT 1") == 1
    assert postmaster(home) == only

    leave(first)
    assert not server._answers(home)


def test_a_killed_user_is_not_counted(home: Path) -> None:
    with start_user(home) as killed:
        ensure_running(home)
        killed.kill()
        killed.wait()

    assert stop_if_last(home)
    assert not server._answers(home)


def test_a_user_keeps_the_server_up(home: Path) -> None:
    with start_user(home) as other:
        ensure_running(home)

        assert not stop_if_last(home)

        assert ask(home, "SELECT 1") == 1
        leave(other)
    assert not server._answers(home)


def test_a_forked_child_does_not_stop_its_parents_server(home: Path) -> None:
    script = """
import os, sys
from pathlib import Path
from newsdb.embedded import server
home = Path(sys.argv[1])
server.ensure_running(home)
if os.fork() == 0:
    sys.exit(0)
os.wait()
assert server._answers(home)
"""
    subprocess.run([sys.executable, "-c", script, home], cwd=ROOT, check=True)
    assert not server._answers(home)


def test_letters_are_unicode_whatever_the_locale(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PGPORT", "1")  # not to be listened to either

    ensure_running(home)

    assert ask(home, "SELECT lower('É')") == "é"
    assert ask(home, "SELECT 'ÉCOLE' ILIKE 'école'") is True
    do(home, "CREATE EXTENSION pg_trgm")
    assert len(ask(home, "SELECT show_trgm('Éa')")) == 3


def test_other_versions_data_is_refused_with_a_remedy(home: Path) -> None:
    ensure_running(home)
    stop_if_last(home)
    version_file = home / "data/PG_VERSION"
    version = version_file.read_text()
    version_file.write_text("16\n")

    with pytest.raises(
        programs.EmbeddedPostgresError, match=r"made by PostgreSQL 16(.|\n)*make clean"
    ):
        ensure_running(home)

    version_file.write_text(version)


def test_a_server_that_cannot_start_says_why(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE_SECONDS", 0.2)
    ensure_running(home)
    stop_if_last(home)
    (home / "data/postgresql.auto.conf").write_text("nonsense = 1\n")

    with pytest.raises(programs.EmbeddedPostgresError, match="nonsense"):
        ensure_running(home)


def test_no_postgresql_at_all_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "/nonexistent")
    programs.binaries.cache_clear()

    with pytest.raises(programs.EmbeddedPostgresError, match="make setup"):
        programs.binaries()

    programs.binaries.cache_clear()
