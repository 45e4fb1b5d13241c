"""The parts of `make run` that can be seen without running it."""

from __future__ import annotations

import errno
import os
import socket
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from newsdb.management.commands import quickstart


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_taken_port_is_refused_before_anything_else(
    taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quickstart, "PORT_PATIENCE_SECONDS", 0)

    with pytest.raises(SystemExit) as refusal:
        call_command("quickstart", port=taken_port)

    assert str(refusal.value) == (
        f"Port {taken_port} is in use. "
        f"Choose another: make run PORT={taken_port % 65_535 + 1}"
    )


def test_a_port_let_go_in_time_will_do() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        letting_go = Timer(0.3, listener.close)
        letting_go.start()

        quickstart.refuse_taken_port(listener.getsockname()[1])

    letting_go.join()


def test_unusable_port_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quickstart, "_port_error", lambda _: errno.EACCES)

    with pytest.raises(SystemExit, match=r"Port 80 cannot be used \(permission"):
        quickstart.refuse_taken_port(80)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "", "8000.0"])
def test_no_port(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="1 to 65535"):
        quickstart.port_number(text)


def test_private_file_is_private_whatever_was_there(tmp_path: Path) -> None:
    path = tmp_path / "below" / "secret.txt"
    quickstart.write_private(path, "one")
    path.chmod(0o644)

    quickstart.write_private(path, "two")

    assert path.read_text() == "two"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_people_are_made_once_with_the_kept_passwords(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quickstart, "settings", SimpleNamespace(BASE_DIR=tmp_path))

    first = quickstart.ensure_people()
    second = quickstart.ensure_people()

    for name in ("curator", "reviewer"):
        path = tmp_path / f".local/{name}.txt"
        password = path.read_text().strip()
        assert path.stat().st_mode & 0o777 == 0o600
        assert f"as {name}, password {password} " in first
        assert password not in second
        assert str(path) in second
        user = get_user_model().objects.get(username=name)
        assert not user.is_superuser
        assert user.is_staff
        assert user.has_perm("sources.publish")
        assert user.check_password(password)
    assert "createsuperuser" in first
    assert get_user_model().objects.count() == 2


@pytest.mark.django_db
def test_lost_password_file_says_how_to_set_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quickstart, "settings", SimpleNamespace(BASE_DIR=tmp_path))
    quickstart.ensure_people()
    (tmp_path / ".local/curator.txt").unlink()

    told = quickstart.ensure_people()
    assert "changepassword curator" in told
    assert "changepassword reviewer" not in told


def test_static_fingerprint_changes_with_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "a.css"
    sheet.write_text("a {}")
    storage = SimpleNamespace(path=lambda name: str(tmp_path / name))
    finder = SimpleNamespace(list=lambda _: [("a.css", storage)])
    monkeypatch.setattr(quickstart, "get_finders", lambda: [finder])
    before = quickstart.static_fingerprint()
    assert quickstart.static_fingerprint() == before

    os.utime(sheet, (1, 1))

    assert quickstart.static_fingerprint() != before
