"""A dump is what was loaded, and loading it gives the same dump."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Mention
from curation.dump.values import DumpError
from curation.dumping import dump, yaml
from curation.format.reading import parse
from curation.loading import load
from curation.tables import TABLES
from events.models import Claim
from sources.models import Article
from tests.curation.sample import article, edited, load_text
from tests.factories.actors import ActorFactory, MentionFactory
from tests.factories.events import ClaimFactory, EvidenceFactory
from tests.factories.sources import ArticleFactory


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def dumped(folder: Path) -> dict[str, str]:
    dump(folder)
    return texts(folder)


def empty() -> None:
    """Take away all that is curated; the articles are there as if just imported."""
    names = ", ".join(table.model._meta.db_table for table in TABLES)
    rows = list(Article.objects.order_by("pk"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending
        # In earnest no table is emptied (rule not_emptied).
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {names} CASCADE")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    kept = ("text", "sha256", "title", "source_name")
    Article.objects.bulk_create(
        Article(**{name: getattr(row, name) for name in kept}) for row in rows
    )


@pytest.fixture
def loaded(db: None, tmp_path: Path) -> Path:
    article()
    load_text(tmp_path)
    return tmp_path


def test_layout(loaded: Path) -> None:
    assert list(dumped(loaded / "out")) == [
        "a.yaml", "actors.yaml", "events.yaml", "places.yaml", "relations.yaml",
    ]  # fmt: skip


def test_reloading_the_dump_changes_nothing(loaded: Path) -> None:
    dump(loaded / "out")
    assert not load([loaded / "out"], by="test", why="again").changed


def test_dump_reloaded_into_an_empty_database_is_the_same_dump(loaded: Path) -> None:
    first = dumped(loaded / "out")
    empty()
    assert not Claim.objects.exists()
    load([loaded / "out"], by="test", why="restored")
    assert dumped(loaded / "again") == first


def test_states_of_all_kinds_come_back(db: None, tmp_path: Path) -> None:
    loaded = tmp_path
    article()
    load_text(
        loaded,
        edited(
            ("key: a-06\n", "key: a-06\n        status: retracted\n"),
            ("key: a-04\n", "key: a-04\n        status: coded\n"),
            ("ISIS-K, kind: acronym}", "ISIS-K, kind: acronym, status: rejected}"),
            ("    title: Attack", "    status: draft\n    title: Attack"),
        ),
    )
    ActorFactory(slug="new", status="reviewed")
    first = dumped(loaded / "out")
    assert "status: draft\n" in first["events.yaml"].splitlines(keepends=True)[1]
    assert not load([loaded / "out"], by="test", why="again").changed
    empty()
    load([loaded / "out"], by="test", why="restored")
    assert dumped(loaded / "again") == first


def test_mentions_of_all_kinds_come_back(loaded: Path) -> None:
    row = Mention.objects.filter(actor__slug="isis-k").first()
    assert row is not None
    Mention.objects.filter(pk=row.pk).update(alias=None, note="only this one")
    MentionFactory(
        article=row.article,
        actor__slug="the-attack",
        quote="attack",
        status="published",
    )
    first = dumped(loaded / "out")
    assert "alias: Islamic State Khorasan" in first["a.yaml"]
    assert not load([loaded / "out"], by="test", why="again").changed
    empty()
    load([loaded / "out"], by="test", why="restored")
    assert dumped(loaded / "again") == first


def test_claim_that_quotes_two_articles(loaded: Path) -> None:
    claim = Claim.objects.get(slug="a-06")
    other = ArticleFactory(text="Elsewhere: it happened.")
    EvidenceFactory(claim=claim, article=other, quote="it happened")
    assert f"article: {other.sha256}" in dumped(loaded / "out")["a.yaml"]
    assert not load([loaded / "out"], by="test", why="again").changed


def test_mention_inside_a_word_is_refused(loaded: Path) -> None:
    here = Article.objects.get()
    MentionFactory(article=here, quote="ttac", status="published")
    with pytest.raises(DumpError, match="“ttac” at 20 of article"):
        dump(loaded / "out")
    assert not (loaded / "out").exists()


def test_one_article(loaded: Path) -> None:
    here = Article.objects.get()
    ClaimFactory()
    assert [path.name for path in dump(loaded / "out", article=here.pk)] == ["a.yaml"]
    assert not load([loaded / "out"], by="test", why="again").changed


@pytest.mark.parametrize("slug", ["other", "b-01", "by-hand-2"])
def test_claim_with_a_key_of_its_own_renames_nothing(loaded: Path, slug: str) -> None:
    here = Article.objects.get()
    ClaimFactory(slug=slug, evidence__article=here, evidence__quote="attack")
    assert "key: a\n" in dumped(loaded / "out")["a.yaml"]
    assert not load([loaded / "out"], by="test", why="again").changed


def test_file_that_held_the_article_is_written_again(loaded: Path) -> None:
    here = Article.objects.get()
    out = loaded / "out"
    out.mkdir()
    (out / "attack.yaml").write_text(
        f"newsdb: 1\narticles:\n  - sha256: {here.sha256}\n    claims: []\n"
    )
    assert [path.name for path in dump(out, article=here.pk)] == ["attack.yaml"]
    assert "a.yaml" not in dumped(out)
    assert "a-01" in texts(out)["attack.yaml"]
    assert not load([out], by="test", why="again").changed


def test_file_that_holds_more_than_the_article_is_not_overwritten(loaded: Path) -> None:
    before = (loaded / "sample.yaml").read_text()
    here = Article.objects.get()
    assert [path.name for path in dump(loaded, article=here.pk)] == ["a.yaml"]
    assert (loaded / "sample.yaml").read_text() == before


def test_article_whose_key_is_the_name_of_another_file(loaded: Path) -> None:
    other = ArticleFactory()
    ClaimFactory(slug="events-1", evidence__article=other)
    assert f"{other.sha256[:8]}.yaml" in dumped(loaded / "out")
    assert not load([loaded / "out"], by="test", why="again").changed


def test_article_that_nobody_worked_on_is_left_out(loaded: Path) -> None:
    other = ArticleFactory()
    dump(loaded / "out")
    assert not any(other.sha256 in text for text in texts(loaded / "out").values())


def test_queries_do_not_grow_with_the_rows(loaded: Path) -> None:
    with CaptureQueriesContext(connection) as few:
        dump(loaded / "out")
    for _ in range(5):
        ClaimFactory(status="published")
        MentionFactory(status="published")
    with CaptureQueriesContext(connection) as many:
        dump(loaded / "out")
    assert len(few) == len(many)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_every_text_survives(text: str) -> None:
    """What cannot be written in YAML as it is, is escaped."""
    from io import StringIO

    stream = StringIO()
    yaml().dump({"a": {"quote": text}}, stream)
    document = parse(stream.getvalue(), file="x")
    assert document.problems == []
    assert document.data == {"a": {"quote": text}}


def test_edit_survives(loaded: Path) -> None:
    load_text(loaded, edited(("note: flat", "note: 'yes: \"no\" #3'")))
    assert "note: 'yes: \"no\" #3'" in dumped(loaded / "out")["a.yaml"]
