"""The admin's first page: for whom it shows what, and how much it asks."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curation.leases import take, take_over
from curation.models import Visit
from newsdb import next_steps
from sources.services import recorded
from tests.factories.curation import JudgementFactory, UserFactory
from tests.factories.events import ClaimFactory, EventFactory, FigureFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(curator):
    return logged_in(curator)


def shown(client):
    return client.get(reverse("admin:index")).content.decode()


def test_a_fresh_installation_leads_on(client):
    page = shown(client)
    assert "./manage.py import_articles fixtures/seeds" in page
    assert "My queue" not in page


def test_my_queue_is_what_i_have_and_what_comes_next(client, curator):
    take(ArticleFactory(title="On my desk now"), by=curator)
    ArticleFactory(title="The next one")
    page = shown(client)
    mine, _, others = page.partition("<h3>Next</h3>")
    assert "On my desk now" in mine
    assert "The next one" in others
    assert "On my desk now" not in others.partition("</section>")[0]


def test_the_next_one_is_taken_from_here(client, curator):
    ArticleFactory()
    assert f'action="{reverse("admin:curation_queue")}"' in shown(client)


def test_what_was_taken_over_is_told(client, curator, reviewer):
    article = ArticleFactory()
    take(article, by=curator)
    take_over(article, by=reviewer, why="she is ill")
    assert "she is ill" in shown(client)


def test_what_others_changed_since_the_last_visit(client, curator, reviewer):
    ArticleFactory()
    with recorded(by=reviewer, why="test"):
        EventFactory(title="Changed by another")
    assert "since a week ago" in shown(client)
    left = timezone.now() - dt.timedelta(hours=5)
    Visit.objects.filter(user=curator).update(seen_at=left)
    page = shown(client)
    assert f"since your last visit, {left:%Y-%m-%d %H:%M}" in page
    assert "Changed by another" in page
    Visit.objects.update(before=timezone.now(), seen_at=timezone.now())
    assert "Changed by another" not in shown(client)


def test_a_claim_is_named_by_what_it_says(client, reviewer):
    ArticleFactory()
    with recorded(by=reviewer, why="test"):
        claim = ClaimFactory(statement="Up to 170 died.")
    page = shown(client)
    assert ">Up to 170 died.</a>" in page
    assert claim.slug not in page


def test_disputes_are_named_with_their_numbers(client):
    event = EventFactory(title="Attack on the airport")
    for low, high in ((164, 170), (90, 100)):
        FigureFactory(
            event=event, low=low, high=high, quantifier="between", status="coded"
        )
    page = shown(client)
    assert "Attack on the airport" in page
    assert "Killed (all): from 90 to 170" in page


def test_charts_have_their_tables(client):
    JudgementFactory(proposal__extractor="actors")
    page = shown(client)
    for title in (
        "Articles that are coded",
        "by extractor",
        "Decisions by day",
    ):
        assert f"{title}</caption>" in page or f"{title}; other" in page


def test_who_may_see_nothing_is_shown_nothing():
    ArticleFactory(title="Attack")
    page = shown(logged_in(UserFactory(is_staff=True)))
    for title in ("My queue", "Where sources disagree", "Decisions, last 4 weeks"):
        assert title not in page


def test_who_only_reads_is_offered_nothing_to_take():
    reader = UserFactory(is_staff=True)
    reader.groups.add(Group.objects.get(name="Reader"))
    ArticleFactory()
    page = shown(logged_in(reader))
    assert "My queue" in page
    assert "Take the next one</button>" not in page


def test_claims_that_wait_are_counted_up_to_a_limit(client, monkeypatch):
    monkeypatch.setattr(next_steps, "CAP", 2)
    for _ in range(2):
        ClaimFactory()
    assert "2 claims wait to be coded" in shown(client)
    ClaimFactory()
    assert "More than 2 claims wait to be coded" in shown(client)


def test_claims_that_wait_are_read_in_their_articles(client):
    articles = [ArticleFactory(title=title) for title in ("Read", "Unread")]
    for _ in range(2):
        ClaimFactory(status="coded", evidence__article=articles[0])
    page = reverse("admin:sources_article_change", args=[articles[0].pk])
    assert f'href="{page}#claims-coded">2 claims wait to be reviewed' in shown(client)
    ClaimFactory(status="coded", evidence__article=articles[1])
    ClaimFactory(status="reviewed", evidence__article__title="Checked")
    several = reverse("admin:sources_article_changelist") + "?claims=coded"
    assert f'href="{several}">3 claims wait to be reviewed' in shown(client)
    listed = client.get(several).content.decode()
    assert "Read</a>" in listed
    assert "Unread</a>" in listed
    assert "Checked</a>" not in listed


def fill(number, user):
    with recorded(by=user, why="test"):
        for _ in range(number):
            event = EventFactory()
            for low, high in ((164, 170), (90, 100)):
                FigureFactory(
                    event=event,
                    low=low,
                    high=high,
                    quantifier="between",
                    status="coded",
                )
            take(ArticleFactory(), by=user)
            JudgementFactory(by=user)


def test_thirty_of_everything_ask_no_more_than_three(client, curator, reviewer):
    def asked():
        shown(client)
        with CaptureQueriesContext(connection) as caught:
            shown(client)
        return len(caught)

    fill(3, reviewer)
    take(ArticleFactory(), by=curator)
    few = asked()
    fill(27, reviewer)
    assert asked() <= few


def test_an_article_that_was_begun_is_gone_on_with(client):
    text = "One thing was said. Another was not."
    article = ArticleFactory(title="Half read", text=text)
    SpanFactory(article=article, end=len(text))
    ClaimFactory(
        evidence__article=article,
        evidence__quote="One thing was said.",
        status="published",
    )
    page = shown(client)
    assert "Go on with the article: Half read" in page
    assert "Nothing waits" not in page
