"""Which sentences are dealt with."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curation.coverage import coverage
from sources.models import Article
from tests.factories.curation import OmissionFactory
from tests.factories.events import ClaimFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db

TEXT = "A title. One thing was said. Another was not. A third is left out."
BODY = TEXT.index("One")


@pytest.fixture
def article() -> Article:
    row: Article = ArticleFactory(text=TEXT)
    SpanFactory(article=row, start=BODY)
    SpanFactory(article=row, kind="title", start=0, end=8)
    return row


def claim(article: Article, quote: str, status: str = "draft") -> None:
    ClaimFactory(evidence__article=article, evidence__quote=quote, status=status)


def left(article: Article) -> list[str]:
    [found] = coverage(Article.objects.filter(pk=article.pk))
    assert all(article.text[s.start : s.end] == s.text for s in found.open)
    return [sentence.text for sentence in found.open]


def test_sentences_of_the_body_count(article: Article) -> None:
    assert left(article) == [
        "One thing was said.", "Another was not.", "A third is left out.",
    ]  # fmt: skip


def test_any_overlap_covers(article: Article) -> None:
    claim(article, "said. Another")
    assert left(article) == ["A third is left out."]


def test_touching_is_not_overlapping(article: Article) -> None:
    claim(article, "One thing was said. ")
    assert left(article)[0] == "Another was not."


def test_omission_covers(article: Article) -> None:
    OmissionFactory(article=article, quote="third")
    assert len(left(article)) == 2


@pytest.mark.parametrize("status", ["rejected", "retracted"])
def test_what_is_taken_back_covers_nothing(article: Article, status: str) -> None:
    claim(article, "One thing", status)
    assert len(left(article)) == 3


def test_queries_do_not_grow(article: Article) -> None:
    with CaptureQueriesContext(connection) as one:
        coverage(Article.objects.all())
    for _ in range(3):
        SpanFactory()
    with CaptureQueriesContext(connection) as four:
        coverage(Article.objects.all())
    assert len(one) == len(four) == 4


def run(*args: str) -> str:
    out = StringIO()
    call_command("coverage", *args, stdout=out)
    return out.getvalue()


def test_command_lists_what_is_left(article: Article) -> None:
    claim(article, "One thing")
    out = run("--article", str(article.pk))
    assert "1 of 3 sentences (33.3 %)" in out
    assert (
        f"  {TEXT.index('Another')}–{TEXT.index(' A third')}  Another was not." in out
    )
    assert out.endswith("Total: 1 of 3 sentences (33.3 %).\n")


def test_command_fails_below_the_minimum(article: Article) -> None:
    claim(article, "One thing")
    run("--min", "33.3")
    with pytest.raises(CommandError, match="below the 33.4 % asked for") as caught:
        run("--min", "33.4")
    assert caught.value.returncode == 1


def test_command_names_an_article_that_is_not_there(article: Article) -> None:
    with pytest.raises(CommandError, match=f"no article {article.pk + 1}"):
        run("--article", str(article.pk), str(article.pk + 1))


def test_nothing_to_cover() -> None:
    assert "Total: 0 of 0 sentences (100.0 %)." in run("--min", "100")
