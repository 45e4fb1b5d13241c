"""The curation of the five seed articles that comes with newsdb."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from curation.coverage import coverage
from curation.dumping import dump
from curation.loading import load
from events.models import Claim
from sources.models import Article
from tests.curation.test_dumping import empty, texts

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[2] / "fixtures" / "curation"


@pytest.fixture
def loaded(seed_folder: Path) -> None:
    call_command("import_articles", str(seed_folder), verbosity=0)
    load([FOLDER], by="test", why="the fixture")


def test_it_loads_and_loading_it_again_changes_nothing(loaded: None) -> None:
    assert not load([FOLDER], by="test", why="again").changed


def test_every_sentence_is_dealt_with(loaded: None) -> None:
    open_ = [
        (each.article.title, sentence.text)
        for each in coverage(Article.objects.all())
        for sentence in each.open
    ]
    assert open_ == []


def test_dump_and_load_are_the_identity(loaded: None, tmp_path: Path) -> None:
    dump(tmp_path / "one")
    assert not load([tmp_path / "one"], by="test", why="again").changed
    claims = Claim.objects.count()
    empty()
    load([tmp_path / "one"], by="test", why="restored")
    assert Claim.objects.count() == claims
    dump(tmp_path / "two")
    assert texts(tmp_path / "one") == texts(tmp_path / "two")
