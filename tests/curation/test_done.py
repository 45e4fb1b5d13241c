"""The end of the work on an article: what is left is said first; then it is coded."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from curation.done import finish, left_in, left_of, reopen
from curation.leases import LeaseHeldError, take
from curation.models import Lease
from sources.models import Article
from tests.factories.curation import (
    LeaseFactory,
    OmissionFactory,
    ProposalFactory,
    RunFactory,
    SightingFactory,
    UserFactory,
)
from tests.factories.events import ClaimFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db

TEXT = "Police said so. Two died. They fled."


@pytest.fixture
def article():
    """Of its three sentences one is claimed and one left out; a proposal waits."""
    row = ArticleFactory(text=TEXT)
    SpanFactory(article=row, kind="body", start=0, end=len(TEXT))
    ClaimFactory(status="coded", evidence__article=row, evidence__quote="Two died.")
    OmissionFactory(article=row, quote="They fled.")
    proposal = ProposalFactory(article=row, quote="Police")
    SightingFactory(run=RunFactory(article=row), proposal=proposal)
    return row


def desk(article):
    return reverse("admin:curation_desk", args=[article.pk])


@pytest.fixture
def client(curator):
    found = Client()
    found.force_login(curator)
    return found


def test_what_is_left_is_counted(article):
    left = left_of(article)
    assert (left.proposals, left.open_sentences, left.sentences) == (1, 1, 3)
    assert left.lines == [
        "1 proposal is undecided.",
        "1 of 3 sentences is neither covered by a claim nor left out.",
        "1 claim rests on it.",
    ]
    assert left_in(Article.objects.all()) == left.lines


def test_nothing_is_left():
    row = ArticleFactory(text="They fled.")
    SpanFactory(article=row, kind="body", start=0, end=10)
    OmissionFactory(article=row, quote="They fled.")
    left = left_of(row)
    assert left.nothing
    assert left.lines == ["No claims rest on it."]


def test_of_several_the_sums_are_told(article):
    ArticleFactory(text="Nothing more.")
    assert left_in(Article.objects.all())[1].startswith("1 of 3 sentences")


def test_finishing_marks_it_and_clears_the_desk(article, curator):
    take(article, by=curator)
    finish(article, by=curator)
    assert Article.objects.get().status == "coded"
    assert not Lease.objects.running().exists()
    reopen(article, by=curator)
    assert Article.objects.get().status == "draft"
    assert Lease.objects.running().get().by == curator


def test_it_is_not_finished_on_the_desk_of_another(article, curator):
    LeaseFactory(article=article)
    with pytest.raises(LeaseHeldError):
        finish(article, by=curator)
    assert Article.objects.get().status == "draft"


def test_who_may_not_code_finishes_nothing(article):
    with pytest.raises(PermissionDenied):
        finish(article, by=UserFactory())


def test_the_desk_says_first_what_is_left_and_then_what_is_next(client, article):
    page = client.get(desk(article)).content.decode()
    assert "1 proposal is undecided." in page
    assert "Mark as coded all the same" in page
    page = client.post(desk(article), {"finish": "1"}, follow=True).content.decode()
    assert "Marked as coded. What next: take the next one." in page
    assert "This article is coded" in page
    assert "Take the next one" in page


def test_the_page_of_the_article_asks_with_the_same_counts(client, article):
    lists = reverse("admin:sources_article_changelist")
    own = reverse("admin:sources_article_change", args=[article.pk])
    data = {"action": "mark_coded", "_selected_action": article.pk, "next": own}
    asked = client.post(lists, data)
    page = asked.content.decode()
    assert Article.objects.get().status == "draft"
    assert "1 of 3 sentences is neither covered" in page
    data |= {"plan": asked.context["plan"]["fingerprint"], "why": asked.context["why"]}
    page = client.post(lists, data, follow=True).content.decode()
    assert Article.objects.get().status == "coded"
    assert "Take the next one" in page
