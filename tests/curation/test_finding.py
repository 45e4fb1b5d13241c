"""The claims offered for words of an article: those proved nearby come first."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from curation.finding import find
from events.models import Claim
from tests.factories.events import ClaimFactory, EvidenceFactory, FigureFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db

WORDS = ("First.", "Second.", "Third.", "Fourth.")
TEXT = " ".join(WORDS)


@pytest.fixture
def article():
    return ArticleFactory(text=TEXT)


@pytest.fixture(params=[("claim", ClaimFactory), ("figure", FigureFactory)])
def kind(request, article):
    """What is looked for; a claim of it rests on each of the words."""
    what, factory = request.param
    for words in WORDS:
        factory(
            statement=f"{what}: {words}",
            evidence__article=article,
            evidence__quote=words,
            status="coded",
        )
    return what


def at(words):
    start = TEXT.index(words)
    return start, start + len(words)


def names(options):
    return [each.name.partition(": ")[2] for each in options]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Fourth.", ["Fourth.", "Third.", "Second.", "First."]),
        ("Second. Third.", ["Second.", "Third.", "First.", "Fourth."]),
        ("First.", list(WORDS)),
    ],
)
def test_without_words_the_nearest_come_first(article, kind, words, expected):
    assert names(find(kind, "", article=article, at=at(words))) == expected
    assert names(find(kind, "", article=article)) == list(WORDS)


def test_a_claim_is_as_near_as_the_nearest_words_of_this_article(article, kind):
    claim = Claim.objects.get(slug=find(kind, "", article=article)[0].key)
    EvidenceFactory(claim=claim, article=article, quote="Fourth.")
    EvidenceFactory(
        claim=claim, article=ArticleFactory(text=f"x{TEXT}"), quote="Third."
    )
    found = find(kind, "", article=article, at=at("Fourth."))
    assert names(found) == ["First.", "Fourth.", "Third.", "Second."]
    found = find(kind, "", article=article, at=at("Third."))
    assert names(found) == ["Third.", "First.", "Second.", "Fourth."]


@pytest.mark.parametrize("number", [1, 30])
def test_one_question_however_many_claims(
    article, kind, number, django_assert_num_queries
):
    FigureFactory.create_batch(
        number, evidence__article=article, evidence__quote="Second.", status="coded"
    )
    with django_assert_num_queries(1):
        find(kind, "", article=article, at=at("Fourth."))


@pytest.mark.parametrize(
    ("start", "end", "first"),
    [("22", "29", "Fourth."), ("", "", "First."), ("-1", "9" * 30, "First.")],
)
def test_the_desk_says_where_the_words_are(
    client, reviewer, article, kind, start, end, first
):
    client.force_login(reviewer)
    asked = urlencode({"find": kind, "q": "", "start": start, "end": end})
    url = reverse("admin:curation_desk", args=[article.pk])
    answer = client.get(f"{url}?{asked}", headers={"accept": "application/json"})
    assert answer.json()["options"][0]["name"].endswith(first)
