"""manage.py import_articles, as somebody at a terminal or in a pipe sees it."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import ProgrammingError
from psycopg.errors import UndefinedTable

from sources import commands
from sources.management.commands import import_articles
from sources.models import Article, Span, Status

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(*arguments: object, **options: Any) -> tuple[str, str]:
    """Output and error output of the command."""
    options = {"stdout": io.StringIO(), "stderr": io.StringIO(), **options}
    call_command("import_articles", *map(str, arguments), **options)
    return options["stdout"].getvalue(), options["stderr"].getvalue()


def write(folder: Path, **texts: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.txt").write_bytes(content)
    return folder


def test_the_seeds(seed_folder: Path, seeds: dict[str, str]) -> None:
    assert run(seed_folder) == ("5 new, 0 already there.\n", "")
    assert set(Article.objects.values_list("text", flat=True)) == set(seeds.values())
    assert set(Article.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert Span.objects.count() > 80
    assert run(seed_folder) == ("0 new, 5 already there.\n", "")


def test_files_and_folders_together(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", one="One came.", two="Two came.")
    single = write(tmp_path, three="Three came.") / "three.txt"
    assert run(folder, single)[0] == "3 new, 0 already there.\n"


def test_one_bad_file_stops_all_and_all_bad_ones_are_listed(tmp_path: Path) -> None:
    folder = write(
        tmp_path, good="One came.", empty="", latin="Caf\xe9".encode("latin-1")
    )
    missing = tmp_path / "missing.txt"
    with pytest.raises(CommandError) as refusal:
        run(folder, missing)
    assert refusal.value.returncode == 1
    assert str(refusal.value).splitlines() == [
        "Nothing was loaded: 3 bad. --skip-bad loads the rest.",
        f"  {missing}: cannot be read (no such file or directory). Check the path.",
        f"  {tmp_path}/empty.txt: is empty. Remove it, or use --skip-bad.",
        f"  {tmp_path}/latin.txt: is not UTF-8 at byte 3 (0xe9). Save it as UTF-8.",
    ]
    assert not Article.objects.exists()


def test_skip_bad_loads_the_rest(tmp_path: Path) -> None:
    folder = write(tmp_path, good="One came.", empty="")
    out, err = run(folder, "--skip-bad")
    assert out == "1 new, 0 already there. 1 skipped as bad.\n"
    assert err == (
        "Skipped, 1 bad:\n"
        f"  {tmp_path}/empty.txt: is empty. Remove it, or use --skip-bad.\n"
    )
    assert Article.objects.count() == 1


def test_dry_run_keeps_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, one="One came.", two="Two came.")
    run(folder / "one.txt")
    out, _ = run(folder, "--dry-run")
    assert out == "Dry run, nothing was kept. 1 new, 1 already there.\n"
    assert Article.objects.count() == 1


def test_silent(tmp_path: Path) -> None:
    assert run(write(tmp_path, one="One came."), verbosity=0) == ("", "")


def test_progress_in_a_pipe_is_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LINE_SECONDS", 0)
    _, err = run(write(tmp_path, one="One came.", two="Two came."))
    assert err.splitlines() == [
        "Reading: 1 of 2",
        "Reading: 2 of 2",
        "Importing: 2 of 2",
    ]


def test_progress_on_a_terminal_is_a_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    run(write(tmp_path, one="One came."), stderr=screen)
    assert "Reading" in screen.getvalue()
    assert "1/1" in screen.getvalue()


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert get_commands()["import_articles"] == "sources"
    with pytest.raises(SystemExit):
        import_articles.Command().run_from_argv(["manage.py", "import_articles", "-h"])
    text = capsys.readouterr().out
    assert "examples:\n  manage.py import_articles news/ " in text
    assert "--skip-bad" in text


def test_tables_that_are_missing_are_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ProgrammingError from UndefinedTable()

    monkeypatch.setattr(import_articles, "import_articles", fail)
    with pytest.raises(CommandError, match=r"Run manage\.py migrate first"):
        run(write(tmp_path, one="One came."))


def test_exit_code_and_streams(tmp_path: Path) -> None:
    """As a program; refused before the database is asked."""
    done = subprocess.run(
        [sys.executable, "manage.py", "import_articles", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "CommandError: Nothing was loaded: 1 bad. --skip-bad loads the rest.\n"
        f"  {tmp_path}: has no .txt file in it. Check the path.\n"
    )
