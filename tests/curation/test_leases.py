"""One article on one desk: taken, kept, given back, taken over."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from curation import leases
from curation.leases import (
    LASTS,
    LeaseHeldError,
    desk_url,
    lease_state,
    leases_of,
    next_for,
    release,
    renew,
    take,
    take_next,
    take_over,
    taken_from,
)
from curation.models import Lease, Step
from tests.factories.curation import UserFactory
from tests.factories.sources import ArticleFactory
from tests.rules import sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return ArticleFactory(title="Attack in Kabul")


def ran_out(article):
    """As if the lease had been taken two hours ago."""
    past = timezone.now() - dt.timedelta(hours=2)
    Lease.objects.filter(article=article).update(taken_at=past, until=past + LASTS)


@contextmanager
def impatient():
    """To wait for a lock is an error."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


def test_an_article_is_taken_for_half_an_hour(article, curator):
    before = timezone.now()
    lease = take(article, by=curator)
    assert lease.by == curator
    assert LASTS <= lease.until - before < LASTS + dt.timedelta(minutes=1)
    assert lease_state(article, curator).mine == lease


def test_somebody_else_does_not_get_it_and_is_told_who_has_it(
    article, curator, reviewer
):
    lease = take(article, by=curator)
    with pytest.raises(LeaseHeldError) as caught:
        take(article, by=reviewer)
    assert caught.value.lease == lease
    (words,) = caught.value.messages
    assert "curator has had “Attack in Kabul” since" in words
    state = lease_state(article, reviewer)
    assert (state.theirs, state.mine, state.free) == (lease, None, False)


def test_taking_it_again_keeps_it_longer(article, curator):
    first = take(article, by=curator)
    again = take(article, by=curator)
    assert again.taken_at == first.taken_at
    assert again.until > first.until


def test_a_lease_that_ran_out_is_free(article, curator, reviewer):
    take(article, by=curator)
    ran_out(article)
    assert lease_state(article, reviewer).free
    assert take(article, by=reviewer).by == reviewer
    assert Lease.objects.get().taken_at > timezone.now() - LASTS


def test_who_may_not_code_takes_nothing(article):
    nobody = UserFactory()
    with pytest.raises(PermissionDenied):
        take(article, by=nobody)
    with pytest.raises(PermissionDenied):
        take_next(by=nobody)
    assert next_for(nobody) is None
    assert not Lease.objects.exists()


def test_work_renews_the_lease(article, curator):
    first = take(article, by=curator)
    assert renew(article, by=curator).until > first.until
    ran_out(article)
    assert renew(article, by=curator).until > timezone.now()


def test_what_somebody_else_took_meanwhile_is_not_renewed(article, curator, reviewer):
    take(article, by=curator)
    ran_out(article)
    lease = take(article, by=reviewer)
    with pytest.raises(LeaseHeldError) as caught:
        renew(article, by=curator)
    assert caught.value.lease == lease


def test_what_is_on_no_desk_is_not_renewed(article, curator):
    with pytest.raises(ValidationError, match="take it first"):
        renew(article, by=curator)


def test_who_has_it_gives_it_back(article, curator, reviewer):
    take(article, by=curator)
    assert not release(article, by=reviewer)
    assert release(article, by=curator)
    assert lease_state(article, curator).free


def test_the_next_one_is_the_most_urgent_that_is_free(curator, reviewer):
    first, second = ArticleFactory(), ArticleFactory()
    assert next_for(curator).article == first
    assert take_next(by=curator).article_id == first.pk
    assert next_for(curator).article == second
    assert take_next(by=reviewer).article_id == second.pk
    assert take_next(by=reviewer) is None
    assert [lease.article for lease in leases_of(curator)] == [first]


def test_a_reviewer_takes_over_and_the_other_one_sees_why(article, curator, reviewer):
    take(article, by=curator)
    lease = take_over(article, by=reviewer, why="she is ill")
    assert lease.by == reviewer
    (step,) = taken_from(curator)
    assert step.what == "Took it over from curator: she is ill"
    assert lease_state(article, curator).taken_over == step
    assert not taken_from(reviewer)
    with pytest.raises(LeaseHeldError):
        renew(article, by=curator)


def test_undo_does_not_meet_the_taking_over(article, curator, reviewer):
    take(article, by=curator)
    take_over(article, by=reviewer, why="she is ill")
    assert not Step.objects.standing().exists()


def test_taking_over_needs_a_reason_and_the_right(article, curator, reviewer):
    take(article, by=curator)
    with pytest.raises(ValidationError, match="Say why"):
        take_over(article, by=reviewer, why=" ")
    take_over(article, by=reviewer, why="ill")
    with pytest.raises(PermissionDenied):
        take_over(article, by=curator, why="mine")
    assert Lease.objects.get().by == reviewer


def test_what_is_free_is_taken_over_without_telling_anybody(article, reviewer):
    assert take_over(article, by=reviewer, why="ill").by == reviewer
    assert not Step.objects.exists()


def test_the_desk_has_an_address(article):
    assert str(article.pk) in desk_url(article.pk)


@pytest.mark.django_db(transaction=True)
def test_what_another_session_is_just_taking_is_passed_over(curator):
    first, second = ArticleFactory(), ArticleFactory()
    with sessions() as (other, _):
        other.execute(
            "SELECT id FROM sources_article WHERE id = %s FOR UPDATE", [first.pk]
        )
        with impatient():
            assert take_next(by=curator).article_id == second.pk


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_between_ranking_and_locking_is_passed_over(
    curator, reviewer, monkeypatch
):
    first, second = ArticleFactory(), ArticleFactory()
    take(first, by=reviewer)
    monkeypatch.setattr(leases, "free", lambda rows: list(rows))
    assert take_next(by=curator).article_id == second.pk


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_the_same_moment_no_two_get_the_same(curator, reviewer):
    articles = {ArticleFactory().pk for _ in range(8)}
    people = [curator, reviewer] * 4
    together = Barrier(len(people))

    def ask(user):
        try:
            connection.ensure_connection()
            together.wait(timeout=20)
            return take_next(by=user).article_id
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        got = list(pool.map(ask, people))
    assert sorted(got) == sorted(articles)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_same_article_one_gets_it(article, curator, reviewer):
    together = Barrier(2)

    def ask(user):
        try:
            connection.ensure_connection()
            together.wait(timeout=20)
            return take(article, by=user).by
        except LeaseHeldError as held:
            return held.lease.by
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(ask, [curator, reviewer]))) == 1
    assert Lease.objects.count() == 1
