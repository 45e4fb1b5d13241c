"""Readings into articles: once each, marked, in few statements."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from sources import importing
from sources.dates import Basis, Precision
from sources.importing import Imported, import_articles
from sources.models import Article, Span, Status
from sources.readers import Reading

pytestmark = pytest.mark.django_db


def readings(count: int, first: int = 0) -> list[Reading]:
    return [
        Reading(f"{n}.txt", f"Talks, day {n}\n\nKABUL – They met 😀.\n\nNobody left.")
        for n in range(first, first + count)
    ]


def load(items: list[Reading]) -> Imported:
    return import_articles(items, by="test", why="a test")


def test_an_article_is_its_text_and_its_spans() -> None:
    (reading,) = readings(1)
    assert load([reading]) == Imported(new=1, same=0)
    article = Article.objects.get()
    assert article.text == reading.text
    assert article.sha256 == reading.sha256
    assert article.title == "Talks, day 0"
    assert article.source_name == "0.txt"
    assert article.status == Status.DRAFT
    assert [(s.kind, article.text[s.start : s.end]) for s in article.spans.all()] == [
        ("title", "Talks, day 0"),
        ("dateline", "KABUL –"),
        ("body", "They met 😀."),
        ("body", "Nobody left."),
    ]


def test_glued_date_becomes_the_date_of_publication() -> None:
    load([Reading("a.txt", " date 2023-04-26 They met in Doha.\n\nNobody left.")])
    article = Article.objects.get()
    assert article.title == ""
    assert article.published_earliest == dt.date(2023, 4, 26)
    assert article.published_latest == dt.date(2023, 4, 26)
    assert article.published_precision == Precision.DAY
    assert article.published_basis == Basis.METADATA
    assert article.published_text == "date 2023-04-26"
    assert article.published_note == "glued to the beginning of the text"


def test_no_date_stays_unknown() -> None:
    load(readings(1))
    article = Article.objects.get()
    assert article.published_earliest is None
    assert article.published_precision == Precision.UNKNOWN
    assert article.published_basis == ""


def test_twice_changes_nothing() -> None:
    load(readings(3))
    Article.objects.filter(title="Talks, day 1").update(title="Corrected by hand")
    before = list(Article.objects.values()), list(Span.objects.values())
    assert load(readings(4)) == Imported(new=1, same=3)
    assert list(Article.objects.values())[1:] == before[0]
    assert Article.objects.filter(title="Corrected by hand").exists()
    assert Span.objects.count() == 16
    assert load(readings(4)) == Imported(new=0, same=4)


def test_the_same_text_twice_in_one_run_counts_once() -> None:
    (reading,) = readings(1)
    assert load([reading, Reading("copy.txt", reading.text)]) == Imported(1, 1)
    assert Article.objects.get().source_name == "0.txt"


def test_line_ends_and_byte_order_mark_are_kept() -> None:
    text = "\ufeffTalks go on\r\n\r\nThey met.\r\n"
    load([Reading("a.txt", text)])
    assert Article.objects.get().text == text


def test_long_names_and_titles_fit() -> None:
    load([Reading("f/" * 200 + "a.txt", "T" * 200 + "\n\nThey met.")])
    article = Article.objects.get()
    assert len(article.title) == 200
    assert article.source_name.endswith("/a.txt")


def test_statements_do_not_grow_with_the_batch() -> None:
    from django.db import connection

    def statements(items: list[Reading]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            load(items)
        return len(queries)

    assert statements(readings(1)) == statements(readings(60, first=1))


def test_a_known_batch_is_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load(readings(5))
    # Two are the savepoint's, two say who and why, one looks for what is to be shown.
    with django_assert_num_queries(6):
        load(readings(5))


def test_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    told: list[int] = []
    counts = import_articles(readings(5), by="test", why="", progress=told.append)
    assert counts == Imported(new=5, same=0)
    assert told == [2, 2, 1]


def test_long_texts_make_short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH_LENGTH", 60)
    told: list[int] = []
    import_articles(readings(5), by="test", why="", progress=told.append)
    assert told == [2, 2, 1]


def test_all_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    bad = Reading("bad.txt", " \n")  # the database refuses a text without words
    with pytest.raises(IntegrityError):
        load([*readings(2), bad])
    assert not Article.objects.exists()


def test_history_says_who_and_why() -> None:
    load(readings(2))
    first = Article.objects.first()
    assert first is not None
    (state,) = first.history.all()
    assert state.pgh_label == "insert"
    assert state.pgh_context.metadata == {"user": None, "by": "test", "why": "a test"}


def test_articles_get_their_ids_in_the_order_of_the_files() -> None:
    load(readings(5))
    names = Article.objects.order_by("id").values_list("source_name", flat=True)
    assert list(names) == sorted(names)
