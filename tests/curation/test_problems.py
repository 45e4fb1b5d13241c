"""The queues of problems: a row that is one, a row that is none, and their pages."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curation.belonging.unseen import article_state
from curation.models import Lease, Step
from curation.problems import PROBLEMS, Problem, count_of, counting, problem_of
from tests.admin_forms import said
from tests.factories.actors import (
    ActorFactory,
    AliasFactory,
    MentionFactory,
    RelationFactory,
)
from tests.factories.curation import (
    JudgementFactory,
    LeaseFactory,
    ProposalFactory,
    RunFactory,
)
from tests.factories.events import (
    AttributionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    ParticipationFactory,
    PlaceFactory,
)
from tests.factories.sources import (
    ArticleFactory,
    OriginFactory,
    OutletFactory,
    term,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2021, 8, 26)
POINT = {"latitude": 34.5, "longitude": 69.2, "radius_m": 5_000}


def found(key):
    return set(problem_of(key).rows())


BEFORE = DAY - dt.timedelta(days=1)


def dated(told_on, modality="occurred"):
    """An event on DAY that an article of the day `told_on` tells."""
    event = EventFactory(
        date_earliest=DAY,
        date_latest=DAY,
        date_precision="day",
        date_basis="stated",
        modality=modality,
    )
    told(event, told_on)
    return event


def told(event, day):
    known = {"published_earliest": day, "published_latest": day}
    known |= {"published_precision": "day", "published_basis": "metadata"}
    article = ArticleFactory(**known) if day else ArticleFactory()
    ClaimFactory(event=event, evidence__article=article)


def test_attributed_claims_without_an_actor():
    said_by = {"voice": "attributed", "speaker_text": "police"}
    problem = ClaimFactory(**said_by)
    ClaimFactory(**said_by, speaker=ActorFactory())
    ClaimFactory(**said_by, status="rejected")
    ClaimFactory()
    assert found("without-speaker") == {problem}


def test_events_whose_figures_exclude_each_other():
    def event_with(second):
        event = EventFactory()
        FigureFactory(event=event, status="coded")
        FigureFactory(event=event, status="coded", low=second, high=second)
        return event

    problem = event_with(14)
    event_with(13)
    assert found("conflicts") == {problem}


def test_names_that_two_actors_have():
    one, other = AliasFactory(name="ISIS"), AliasFactory(name="Isis")
    AliasFactory(name="ISIS", note="In Khorasan, this one.")
    AliasFactory(name="ISIS", status="rejected")
    AliasFactory(name="Daesh", actor=one.actor)
    assert found("ambiguous-aliases") == {one, other}


def test_an_alias_that_is_another_actors_name():
    alias = AliasFactory(name="Taliban", actor__name="Taleban")
    ActorFactory(name="Taliban")
    own = ActorFactory(name="Hezbollah")
    AliasFactory(name="Hezbollah", actor=own)
    assert found("ambiguous-aliases") == {alias}
    problem = problem_of("ambiguous-aliases")
    (row,) = problem.rows().annotate(because=problem.because())
    assert row.because == "Taleban; and Taliban"


def test_events_that_begin_after_all_their_reports():
    problem = dated(BEFORE)
    dated(BEFORE, modality="predicted")
    dated(DAY)
    told(dated(BEFORE), DAY)
    told(dated(BEFORE), None)  # may have come out later
    EventFactory(date_earliest=DAY, date_basis="stated")  # nobody tells it
    assert found("after-publication") == {problem}


def test_copies_of_which_no_origin_is_known():
    def copy(**article):
        return ProposalFactory(
            article=ArticleFactory(**article), kind="pair", rule="pair.repost"
        )

    problem = copy()
    copy(origin=OriginFactory())
    JudgementFactory(proposal=copy(), verdict="rejected")
    ProposalFactory(kind="pair", rule="pair.same-event")
    assert found("copies") == {problem.article}


def test_places_without_a_point():
    problem = PlaceFactory()
    PlaceFactory(**POINT)
    PlaceFactory(status="rejected")
    assert found("without-coordinates") == {problem}


def test_leases_that_have_run_out():
    long_ago = timezone.now() - dt.timedelta(days=1)
    problem = LeaseFactory(taken_at=long_ago - dt.timedelta(hours=1), until=long_ago)
    LeaseFactory()
    assert found("stale-leases") == {problem}


def test_actors_that_nothing_refers_to():
    problem = ActorFactory()
    ActorFactory(outlet=OutletFactory(), kind=term("actor-kind/outlet"))
    ActorFactory(status="rejected")
    MentionFactory()
    ParticipationFactory()
    RelationFactory()
    AttributionFactory()
    ClaimFactory(speaker=ActorFactory())
    assert found("unused-actors") == {problem}


def test_events_of_which_nobody_says_anything():
    problem = EventFactory()
    ClaimFactory(event=EventFactory())
    assert found("without-claims") == {problem}


def test_places_that_nothing_refers_to():
    problem = PlaceFactory(parent=PlaceFactory())
    city = term("place-precision/city")
    EventFactory(place=PlaceFactory(), place_precision=city)
    assert found("unused-places") == {problem}


def test_origins_without_articles():
    problem = OriginFactory()
    ArticleFactory(origin=OriginFactory())
    assert found("without-articles") == {problem}


def test_published_rows_that_the_public_does_not_see():
    event = EventFactory(status="published")
    claim = ClaimFactory(
        event=event, status="published", evidence__article__title="Kabul"
    )
    role = ParticipationFactory(event=event, status="published")
    ClaimFactory(status="published", evidence__article__status="published")
    ClaimFactory()
    assert found("unseen-events") == {event}
    assert found("unseen-claims") == {claim}
    assert found("unseen-roles") == {role}
    told = {
        key: row.because
        for key in ("unseen-events", "unseen-claims", "unseen-roles")
        for row in problem_of(key).rows().annotate(because=problem_of(key).because())
    }
    assert told == {
        "unseen-events": "claims: published; their articles: draft",
        "unseen-claims": "the article “Kabul” is draft",
        "unseen-roles": "the actor is draft",
    }


def test_articles_that_no_machine_has_read():
    problem = ArticleFactory()
    RunFactory()
    assert found("unread") == {problem}


def test_an_article_without_a_title_is_named_as_everywhere():
    claim = ClaimFactory(status="published", evidence__article__title="")
    (row,) = problem_of("unseen-claims").rows().annotate(because=article_state())
    article = claim.evidence.get().article
    assert row.because == f"the article “{article}” is draft"
    assert str(article) == f"Untitled article {article.pk}"


# --- The counts ------------------------------------------------------------------


def test_a_queue_is_counted_up_to_a_number(monkeypatch):
    monkeypatch.setattr(counting, "COUNTED", 3)
    PlaceFactory.create_batch(5)
    assert count_of(problem_of("without-coordinates")) == 4


def test_a_queue_that_takes_too_long_is_not_counted(monkeypatch):
    monkeypatch.setattr(counting, "PATIENCE_MS", 1)
    unread = problem_of("unread").rows
    asleep = {"where": ["pg_sleep(0.2) IS NOT NULL"]}
    slow = Problem("slow", "Slow", "", "", lambda: unread().extra(**asleep))
    ArticleFactory()
    assert count_of(slow) is None
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


# --- The pages -------------------------------------------------------------------

ALL = "admin:curation_problems"


def page_of(client, key, query="", **sent):
    url = reverse("admin:curation_problem", args=[key]) + query
    return client.post(url, sent, follow=True) if sent else client.get(url)


@pytest.fixture
def reviewing(client, reviewer):
    client.force_login(reviewer)
    return client


def test_all_queues_are_listed_with_their_counts(reviewing):
    PlaceFactory.create_batch(2)
    page = reviewing.get(reverse(ALL))
    counts = {e["problem"].key: e["count"] for e in page.context["found"]}
    assert len(counts) == len(PROBLEMS)
    assert counts["without-coordinates"] == "2"
    assert counts["conflicts"] == "none"


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.key)
def test_a_queue_without_rows_says_so(reviewing, problem):
    page = page_of(reviewing, problem.key)
    assert "no row has this problem" in page.content.decode()


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.key)
def test_its_actions_are_those_of_the_list(problem):
    registered = admin.site._registry[problem.rows().model]
    assert set(problem.actions) <= {action.__name__ for action in registered.actions}


MADE = {
    "without-speaker": lambda: ClaimFactory(voice="attributed", speaker_text="police"),
    "ambiguous-aliases": lambda: AliasFactory(name="ISIS"),
    "after-publication": lambda: dated(BEFORE),
    "copies": lambda: ProposalFactory(kind="pair", rule="pair.repost"),
    "without-coordinates": lambda: PlaceFactory(parent=PlaceFactory()),
    "stale-leases": lambda: LeaseFactory(
        taken_at="2021-01-01T00:00Z", until="2021-01-01T01:00Z"
    ),
    "unseen-events": lambda: EventFactory(status="published"),
    "unseen-claims": lambda: ClaimFactory(status="published"),
    "unseen-roles": lambda: ParticipationFactory(status="published"),
    "unused-actors": ActorFactory,
    "without-claims": EventFactory,
    "without-articles": OriginFactory,
    "unread": lambda: ArticleFactory(outlet=OutletFactory()),
}


@pytest.mark.parametrize("key", MADE)
def test_a_list_of_thirty_asks_no_more_than_one_of_three(reviewing, key):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            page_of(reviewing, key)
        return len(caught)

    for _ in range(3):
        MADE[key]()
    page_of(reviewing, key)
    few = asked()
    for _ in range(27):
        MADE[key]()
    assert asked() <= few


def test_the_page_of_all_queues_asks_no_more_for_many_rows(reviewing):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            reviewing.get(reverse(ALL))
        return len(caught)

    few = asked()
    PlaceFactory.create_batch(20)
    assert asked() <= few


def test_a_row_leads_to_its_page(reviewing):
    event = dated(BEFORE)
    (row,) = page_of(reviewing, "after-publication").context["rows"]
    assert row["href"] == reverse("admin:events_event_change", args=[event.pk])
    assert row["because"] == "begins 2021-08-26; last reported 2021-08-25"


def test_from_a_row_there_is_a_way_back(reviewing):
    place = PlaceFactory()
    queue = page_of(reviewing, "without-coordinates").content.decode()
    (page,) = re.findall(rf'href="([^"]*/{place.pk}/change/[^"]*)"', queue)
    back = f'href="{reverse("admin:curation_problem", args=["without-coordinates"])}"'
    assert back in reviewing.get(page).content.decode()
    for other in ("conflicts", "x"):  # of other rows, and none
        wrong = page.replace("without-coordinates", other)
        assert "Back to that list" not in reviewing.get(wrong).content.decode()


def test_a_long_queue_has_pages(reviewing):
    PlaceFactory.create_batch(53)
    first = page_of(reviewing, "without-coordinates")
    second = page_of(reviewing, "without-coordinates", "?p=2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 3)
    assert (
        "No more rows here"
        in page_of(reviewing, "without-coordinates", "?p=7").content.decode()
    )


def test_rows_are_mended_at_once_and_leave_the_queue(reviewing):
    rows = EventFactory.create_batch(2)
    keys = [row.pk for row in rows]
    page = page_of(reviewing, "without-claims", action="reject", _selected_action=keys)
    plan = page.context["plan"]["fingerprint"]
    assert "Reject 2 events" in page.content.decode()
    page = page_of(
        *(reviewing, "without-claims"),
        **{"action": "reject", "_selected_action": keys, "plan": plan, "why": "junk"},
    )
    assert said(page)[0].startswith("2 events are now rejected.")
    assert page.context["rows"] == []


def test_without_a_tick_nothing_is_done(reviewing):
    EventFactory()
    page = page_of(reviewing, "without-claims", action="reject")
    assert said(page) == ["Tick the rows first, then say what becomes of them."]


def test_an_action_that_is_not_offered_there_is_refused(reviewing):
    event = EventFactory(status="reviewed")
    page = page_of(
        reviewing, "without-claims", action="publish", _selected_action=[event.pk]
    )
    assert said(page) == ["Nothing was done: that is not offered here."]


def test_an_unknown_queue_is_not_there(reviewing):
    assert page_of(reviewing, "no-such").status_code == 404


def test_a_stale_lease_goes_to_another_desk_and_its_holder_is_told(
    reviewing, reviewer, curator
):
    lease = MADE["stale-leases"]()
    sent = {"action": "to_curator", "_selected_action": [lease.pk], "asked": "yes"}
    sent |= {"set-by": curator.pk}
    page = page_of(reviewing, "stale-leases", **sent)
    sent |= {"plan": page.context["plan"]["fingerprint"], "why": "he is ill"}
    page = page_of(reviewing, "stale-leases", **sent)
    assert said(page) == ["1 lease is on the other desk now."]
    assert Lease.objects.running().get().by == curator
    assert Step.objects.get().what == f"Gave it from {lease.by} to curator: he is ill"


def test_who_may_not_review_hands_nothing_over(client, curator):
    client.force_login(curator)
    MADE["stale-leases"]()
    assert page_of(client, "stale-leases").context["actions"] == []
