"""What the first page is told of the work."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from curation import dashboard
from curation.bulk import undo
from curation.bulk.states import here
from curation.charts import Share
from curation.models import Batch
from events.models import Claim
from sources.models import Status
from sources.services import change_status, recorded
from tests.factories.curation import JudgementFactory, OmissionFactory, ProposalFactory
from tests.factories.events import ClaimFactory, EventFactory, FigureFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def changed_by(user, **options):
    since = options.pop("since", timezone.now() - HOUR)
    return {
        each.many: each
        for each in dashboard.changes_since(since, by_others_than=user, **options)
    }


def test_what_others_changed_is_counted_and_named(curator, reviewer):
    with recorded(by=reviewer, why="test"):
        event = EventFactory(title="Attack")
    with recorded(by=curator, why="test"):
        EventFactory(title="Mine")
    found = changed_by(curator)
    assert found["events"].text == "1 event"
    assert found["events"].named == [(event, "reviewer")]


def test_what_commands_changed_counts_too(curator):
    with recorded(by="import_articles", why="test"):
        ArticleFactory()
    assert changed_by(curator)["articles"].named[0].by == "the command import_articles"


def test_a_row_that_changed_twice_counts_once(curator, reviewer):
    with recorded(by=reviewer, why="test"):
        event = EventFactory()
    with recorded(by="some_command", why="test"):
        event.title = "Other"
        event.save()
    (named,) = changed_by(curator)["events"].named
    assert named == (event, "the command some_command")


def test_what_changed_before_is_not_told(curator, reviewer):
    with recorded(by=reviewer, why="test"):
        EventFactory()
    assert changed_by(curator, since=timezone.now() + HOUR) == {}


def test_beyond_what_is_looked_at_it_says_more_than(curator, reviewer, monkeypatch):
    monkeypatch.setattr(dashboard, "CHANGES", 3)
    with recorded(by=reviewer, why="test"):
        EventFactory.create_batch(4)
    found = changed_by(curator)["events"]
    assert found.text == "more than 3 events"
    assert len(found.named) == dashboard.NAMED


def test_what_was_added_and_removed_again_is_not_told(curator, reviewer):
    with recorded(by=reviewer, why="test"):
        stays, goes = EventFactory.create_batch(2)
    with recorded(by=reviewer, why="undone"):
        goes.delete()
    found = changed_by(curator)["events"]
    assert (found.text, found.named) == ("1 event", [(stays, "reviewer")])


def test_what_was_removed_and_stood_before_is_told(curator, reviewer, monkeypatch):
    monkeypatch.setattr(dashboard, "CHANGES", 1)  # that it was added lies before
    event = EventFactory()
    with recorded(by=reviewer, why="test"):
        event.delete()
    assert changed_by(curator)["events"].number == 1


@pytest.fixture
def mine(curator):
    with recorded(by=curator, why="test"):
        return EventFactory(status="reviewed")


def moved(event, to, *, by, at=None):
    """The change that moved it, to be undone as one."""
    with recorded(by=by, why="test"):
        change_status([event], to=Status(to), by=by, why="test")
        return Batch.objects.create(
            by=by, what="Move it", rows=1, context=here(), at=at or timezone.now()
        )


def test_what_was_undone_as_one_is_not_told_and_what_was_done_again_is(
    curator, reviewer, mine
):
    batch = moved(mine, "rejected", by=reviewer)
    assert changed_by(curator)["events"].named == [(mine, "reviewer")]
    undoing = undo(batch, by=reviewer, why="no")
    assert changed_by(curator) == {}
    undo(undoing, by=reviewer, why="yes")
    assert changed_by(curator)["events"].named == [(mine, "reviewer")]


def test_the_undoing_of_what_was_done_before_is_told(curator, reviewer, mine):
    batch = moved(mine, "rejected", by=reviewer, at=timezone.now() - 2 * HOUR)
    undo(batch, by=reviewer, why="no")
    assert changed_by(curator)["events"].named == [(mine, "reviewer")]


def test_what_is_retracted_by_the_undoing_is_told(curator, reviewer, mine):
    undo(moved(mine, "published", by=reviewer), by=reviewer, why="too early")
    assert changed_by(curator)["events"].named == [(mine, "reviewer")]


def test_decisions_of_others_are_counted(curator, reviewer):
    JudgementFactory(by=reviewer)
    JudgementFactory(by=curator)
    JudgementFactory(by=reviewer, at=timezone.now() - 2 * HOUR)
    undone = JudgementFactory(by=reviewer)
    JudgementFactory(
        by=reviewer, proposal=undone.proposal, verdict="undone", supersedes=undone
    )
    since = timezone.now() - HOUR
    assert dashboard.decisions_since(since, by_others_than=curator) == 1


def between(event, low, high, **fields):
    fields = {"status": "coded", "quantifier": "between", **fields}
    return FigureFactory(event=event, low=low, high=high, **fields)


def test_figures_that_exclude_each_other_are_a_dispute():
    event = EventFactory()
    between(event, 164, 170)
    assert dashboard.disputes() == []
    between(event, 90, 100)
    (dispute,) = dashboard.disputes()
    assert dispute.event == event
    (estimate,) = dispute.estimates
    assert (estimate.low, estimate.high) == (90, 170)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"modality": "denied"},
        {"polarity": "negative"},
        {"measure_id": "measure/injured"},
        {"group_id": "group/civilians"},
        {"event": None},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_does_not_bind_or_counts_something_else_is_none(fields):
    event = EventFactory()
    between(event, 164, 170, group_id=None)
    between(**{"event": event, "low": 90, "high": 100, "group_id": None, **fields})
    assert dashboard.disputes() == []


def test_part_of_a_group_is_no_dispute_about_all_of_it():
    event = EventFactory()
    total = between(event, 17, 20)
    between(event, 10, 12, part_of=total)
    assert dashboard.disputes() == []


def test_the_latest_disputes_come_first():
    events = EventFactory.create_batch(dashboard.DISPUTES + 1)
    for event in events:
        between(event, 164, 170)
        between(event, 90, 100)
    found = [dispute.event for dispute in dashboard.disputes()]
    assert found == events[:0:-1]


def test_articles_and_sentences_that_are_coded():
    text = "The attack killed 13 people. The police said so."
    coded, begun, _, gone = (
        ArticleFactory(text=f"{text} {n}", status=status)
        for n, status in enumerate(["published", "draft", "coded", "retracted"])
    )
    for article in (coded, begun, gone):
        SpanFactory(article=article, end=len(text))
        ClaimFactory(evidence__article=article)
    OmissionFactory(article=coded, quote="The police", start=29, end=39)
    far = dashboard.progress()
    assert far.articles == Share("Articles", (1, 1, 1))
    assert far.sentences == Share("Sentences of the 3 newest", (3, 1))


def test_long_texts_are_not_all_cut_up(monkeypatch):
    ArticleFactory.create_batch(3)
    monkeypatch.setattr(dashboard, "READ_CHARACTERS", 60)
    assert dashboard.progress().read == 1


def test_no_articles_are_no_progress():
    far = dashboard.progress()
    assert (far.articles.whole, far.sentences.whole, far.read) == (0, 0, 0)


def test_how_often_an_extractor_is_right():
    for verdict in ("accepted", "accepted", "rejected"):
        proposal = ProposalFactory(extractor="actors")
        JudgementFactory(proposal=proposal, verdict=verdict)
    JudgementFactory(proposal__extractor="places", verdict="edited")
    assert dashboard.acceptance() == [
        Share("actors", (2, 0, 1)),
        Share("places", (0, 1, 0)),
    ]


def test_a_decision_that_was_undone_does_not_count():
    first = JudgementFactory(proposal__extractor="actors")
    JudgementFactory(proposal=first.proposal, verdict="undone", supersedes=first)
    (share,) = dashboard.acceptance()
    assert share.whole == 0


def test_decisions_by_day():
    now = timezone.now()
    for days in (0, 0, 3, dashboard.DAYS):
        JudgementFactory(at=now - dt.timedelta(days=days))
    undone = JudgementFactory()
    JudgementFactory(proposal=undone.proposal, verdict="undone", supersedes=undone)
    daily = dashboard.decisions_by_day()
    assert len(daily.days) == dashboard.DAYS
    assert daily.days[-1] == (timezone.localdate(), 2)
    assert daily.days[-4][1] == 1
    assert (daily.total, daily.cut) == (3, False)


def test_claims_by_day_are_those_that_people_added(curator):
    with recorded(by=curator, why="test"):
        claim = ClaimFactory()
    with recorded(by="load_curation", why="test"):
        ClaimFactory()
    with recorded(by=curator, why="test"):
        Claim.objects.filter(pk=claim.pk).update(note="changed")
    with recorded(by=curator, why="undone"):
        undone = ClaimFactory()
        undone.delete()
    assert dashboard.claims_by_day().total == 1


def test_what_is_too_much_to_count_says_so(monkeypatch):
    monkeypatch.setattr(dashboard, "PER_DAY", 2)
    JudgementFactory.create_batch(3)
    daily = dashboard.decisions_by_day()
    assert (daily.total, daily.cut) == (2, True)
