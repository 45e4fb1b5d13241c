"""load_curation and dump_curation as people call them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actors.models import Actor
from sources.models import Article
from tests.curation.sample import YAML, article, edited

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    article()
    (tmp_path / "sample.yaml").write_text(YAML)
    return tmp_path


def run(*args: object) -> str:
    out = StringIO()
    call_command(*map(str, args), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_summary(folder: Path) -> None:
    out = run("load_curation", folder)
    assert out.splitlines()[0].split() == [
        *("new", "changed", "same", "withdrawn", "left"),
    ]
    assert ["claims", "6", "0", "0", "0", "0"] in [
        line.split() for line in out.splitlines()
    ]
    assert run("load_curation", folder).splitlines()[-1].startswith("0 new, 0 changed")


def test_dry_run_lists_what_would_change(folder: Path) -> None:
    out = run("load_curation", folder, "--dry-run")
    assert "+ claims a-03\n" in out
    assert "Dry run, nothing was kept." in out
    assert not Actor.objects.exists()


def test_problems_end_with_1_and_are_all_listed(folder: Path) -> None:
    text = edited(("low: 164", "low: 163"), ("role: claimant", "role: claimer"))
    path = folder / "sample.yaml"
    path.write_text(text)
    with pytest.raises(CommandError) as caught:
        run("load_curation", path)
    assert caught.value.returncode == 1
    first, *rest = str(caught.value).splitlines()
    assert first == "Nothing was loaded: 2 problems."
    line = 1 + text[: text.index("claimer")].count("\n")
    assert rest[0] == f"{path}:{line}: “claimer” is no role (did you mean “claimant”?)"


def test_dump(folder: Path) -> None:
    run("load_curation", folder)
    out = folder / "out"
    assert "5 files written" in run("dump_curation", out)
    assert "0 new, 0 changed" in run("load_curation", out)


def test_dump_of_one_article(folder: Path) -> None:
    run("load_curation", folder)
    assert "1 files" in run("dump_curation", folder / "out", "--article", _article().pk)
    with pytest.raises(CommandError, match="no article 0"):
        run("dump_curation", folder / "out", "--article", 0)


def _article() -> Article:
    return Article.objects.get()
