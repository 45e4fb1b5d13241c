"""Which articles wait, in which order, and why."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curation import queue as module
from curation.queue import free, queue
from sources.models import Article
from tests.factories.curation import (
    JudgementFactory,
    LeaseFactory,
    OmissionFactory,
    ProposalFactory,
    RunFactory,
    SightingFactory,
)
from tests.factories.events import ClaimFactory, EventFactory, FigureFactory
from tests.factories.sources import ArticleFactory, OutletFactory, SpanFactory, term

pytestmark = pytest.mark.django_db

TWO = "The attack killed 13 people. The police said so."


def waiting(**options):
    return [row.article for row in queue(**options)]


def texts(article):
    (row,) = [row for row in queue() if row.article == article]
    return [reason.text for reason in row.reasons]


def coded(**fields):
    """An article of which the one sentence is coded, and that is moved on."""
    article = ArticleFactory(status="coded", **fields)
    ClaimFactory(evidence__article=article, status="coded")
    return article


def propose(article, **fields):
    run = RunFactory(article=article)
    usual = {"kind": "claim", "fields": {"attributed": True}}
    proposal = ProposalFactory(article=article, **{**usual, **fields})
    SightingFactory(run=run, proposal=proposal)
    return proposal


def aged(article, **ago):
    received = timezone.now() - dt.timedelta(**ago)
    Article.objects.filter(pk=article.pk).update(received_at=received)
    return article


@pytest.mark.parametrize("status", ["draft", "coded", "reviewed", "published"])
def test_what_nobody_has_dealt_with_waits(status):
    article = ArticleFactory(status=status)
    assert waiting() == [article]
    assert "nothing of the text is coded yet" in texts(article)


@pytest.mark.parametrize("status", ["rejected", "retracted"])
def test_what_is_gone_does_not_wait(status):
    ArticleFactory(status=status)
    assert waiting() == []


def test_a_claim_that_was_rejected_does_not_count():
    article = ArticleFactory()
    ClaimFactory(evidence__article=article, status="rejected")
    assert waiting() == [article]


def test_a_passage_left_out_counts():
    article = ArticleFactory(status="coded")
    OmissionFactory(article=article)
    assert waiting() == []


def test_a_draft_waits_until_its_last_sentence():
    article = ArticleFactory(text=TWO)
    SpanFactory(article=article, end=len(TWO))
    ClaimFactory(evidence__article=article)
    assert "1 of 2 sentences is not coded yet" in texts(article)
    OmissionFactory(article=article, quote="The police", start=29, end=39)
    assert waiting() == []


def test_what_is_coded_does_not_wait_for_its_other_sentences():
    article = coded(text=TWO)
    SpanFactory(article=article, end=len(TWO))
    assert waiting() == []


def test_an_open_proposal_waits():
    article = coded()
    propose(article, quote="police said")
    assert "1 statement waits to be decided, beside names, places and dates" in texts(
        article
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "place", "fields": {"entry": None, "name": "x"}},
        {"score": 0.4},
        {"fields": {"attributed": False}},
    ],
    ids=["another kind", "often wrong", "the outlet's own voice"],
)
def test_a_proposal_that_does_not_matter_does_not_wait(fields):
    article = coded()
    propose(article, quote="police said", **fields)
    assert waiting() == []


def test_a_decided_proposal_does_not_wait():
    article = coded()
    JudgementFactory(proposal=propose(article, quote="police said"), verdict="rejected")
    assert waiting() == []


def test_a_proposal_that_the_latest_run_does_not_find_does_not_wait():
    article = coded()
    propose(article, quote="police said")
    RunFactory(article=article)
    assert waiting() == []


@pytest.mark.parametrize(
    ("kind", "fields", "claim"),
    [
        ("claim", {"attributed": True}, {"voice": "attributed", "speaker_text": "x"}),
        ("event", {"linked": None}, {"kind": "occurrence"}),
    ],
)
def test_a_proposal_that_is_coded_already_does_not_wait(kind, fields, claim):
    article = ArticleFactory(status="coded")
    propose(article, kind=kind, fields=fields, quote="killed 13")
    OmissionFactory(article=article)
    assert waiting() == [article]
    ClaimFactory(evidence__article=article, status="coded", **claim)
    assert waiting() == []


def test_a_figure_that_is_coded_already_does_not_wait():
    article = ArticleFactory(status="coded")
    propose(article, kind="figure", fields={"low": 13, "high": 13}, quote="13 people")
    FigureFactory(evidence__article=article, status="coded")
    assert waiting() == []


def test_disputes_that_an_article_touches_are_named():
    event = EventFactory(title="Attack on the airport")
    ours, theirs = ArticleFactory(), ArticleFactory()
    between = {"event": event, "status": "coded", "quantifier": "between"}
    FigureFactory(low=164, high=170, evidence__article=theirs, **between)
    propose(ours, quote="police said")
    assert not any("disagree" in text for text in texts(ours))
    FigureFactory(low=90, high=100, evidence__article=ours, **between)
    assert "sources disagree on: Attack on the airport" in texts(ours)


def test_a_dispute_that_a_proposal_seems_to_report_counts():
    event = EventFactory(title="Attack on the airport", slug="attack")
    between = {"event": event, "status": "coded", "quantifier": "between"}
    for low, high in ((164, 170), (90, 100)):
        FigureFactory(low=low, high=high, **between)
    article = ArticleFactory()
    propose(article, kind="event", fields={"linked": "attack"}, quote="attack")
    assert "sources disagree on: Attack on the airport" in texts(article)


def test_the_one_that_waited_longer_comes_first():
    new, old = ArticleFactory(), aged(ArticleFactory(), days=9)
    assert waiting() == [old, new]
    assert "has waited 9 days" in texts(old)


def test_the_more_reliable_outlet_comes_first():
    letters = {
        letter: OutletFactory(
            name=f"Outlet {letter}", reliability=term(f"admiralty-reliability/{letter}")
        )
        for letter in "EA"
    }
    poor, good = (ArticleFactory(outlet=each) for each in letters.values())
    assert waiting() == [good, poor]
    assert "Outlet A: reliability A" in texts(good)


def test_the_queue_of_an_outlet_is_its_own():
    outlet = OutletFactory()
    ArticleFactory()
    article = ArticleFactory(outlet=outlet)
    assert waiting(outlet=outlet.pk) == [article]


def test_what_is_on_a_desk_is_seen_and_not_offered():
    lease = LeaseFactory()
    (row,) = queue()
    assert row.lease == lease
    assert free([row]) == []


def test_a_lease_that_ran_out_holds_nothing():
    past = timezone.now() - dt.timedelta(hours=2)
    LeaseFactory(taken_at=past, until=past + dt.timedelta(minutes=30))
    (row,) = queue()
    assert row.lease is None
    assert free([row]) == [row]


def test_beyond_the_window_the_oldest_and_the_newest_are_weighed(monkeypatch):
    monkeypatch.setattr(module, "WINDOW", 2)
    articles = [ArticleFactory() for _ in range(7)]
    on_a_desk = LeaseFactory(article=articles[3]).article
    assert set(waiting()) == {*articles[:2], *articles[-2:], on_a_desk}


def test_thirty_articles_ask_no_more_than_three():
    def filled(number):
        for _ in range(number):
            article = ArticleFactory(text=f"{TWO} {Article.objects.count()}")
            SpanFactory(article=article, end=len(TWO))
            propose(article, quote="police said")
            propose(article, kind="event", fields={"linked": "x"}, quote="attack")
            FigureFactory(evidence__article=article, status="coded")
        with CaptureQueriesContext(connection) as caught:
            queue()
        return len(caught)

    few = filled(3)
    assert filled(27) == few
