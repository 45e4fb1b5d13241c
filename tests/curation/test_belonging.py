"""What belongs together: found, reviewed, published and undone as one."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curation.belonging import (
    MoveChangedError,
    belonging,
    carry_out,
    plan_of,
    seen,
)
from curation.bulk import changed_number, changed_rows, check_undo, undo
from curation.leases import take
from curation.models import Batch, Lease
from events.models import Claim, Event, Participation
from publishing import public
from sources.models import Article
from sources.services import change_status, recorded
from tests.curation.belonging_helper import coded_by, more_of
from tests.factories.actors import ActorFactory, MentionFactory, RelationFactory
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    EvidenceFactory,
    ParticipationFactory,
    SupportFactory,
)
from tests.rules import update

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(curator):
    return coded_by(curator)


def member(name, group):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=user.pk)


def rows_of(root):
    """All rows that belong to it, as (model, id)."""
    return {(m, pk) for m, rows in belonging(root).rows.items() for pk in rows}


def move(root, by, to="published", why="checked"):
    plan = plan_of(root, to=to, by=by)
    return carry_out(root, to=to, by=by, seen=plan.fingerprint, why=why)


def left(plan):
    """Why rows are left out, and how many for each reason."""
    return Counter(
        {why: len(keys) for kind in plan.kinds for why, keys in kind.left.items()}
    )


# --- What belongs --------------------------------------------------------------


@pytest.mark.parametrize("root", ["article", "event", "said"])
def test_all_that_a_document_shows_belongs(case, root):
    wanted = {(type(row), row.pk) for row in case.all}
    if root == "said":
        wanted -= {(Claim, case.figure.pk)}  # another claim
    assert rows_of(getattr(case, root)) == wanted


def test_a_relation_that_a_claim_is_about_belongs_with_both_ends(case):
    relation = RelationFactory(status="coded")
    claim = ClaimFactory(
        relation=relation, evidence__article=case.article, status="coded"
    )
    found = rows_of(case.article)
    for row in (claim, relation, relation.subject, relation.object):
        assert (type(row), row.pk) in found


def test_others_do_not_belong(case):
    elsewhere = coded_by("somebody")
    EvidenceFactory(claim=case.said, article=elsewhere.article)
    assert not rows_of(case.article) & {(type(r), r.pk) for r in elsewhere.all}
    unsaid = ParticipationFactory(event=case.event)
    assert (Participation, unsaid.pk) not in rows_of(case.event)


def test_an_event_brings_the_mentions_of_those_who_belong_only(case):
    passer_by = MentionFactory(article=case.article, status="coded")
    assert (type(passer_by), passer_by.pk) not in rows_of(case.event)
    assert (type(passer_by), passer_by.pk) in rows_of(case.article)


@pytest.mark.parametrize("status", ["draft", "rejected", "retracted"])
def test_what_nobody_stands_behind_leads_to_nothing(case, status):
    other = EventFactory(status="coded")
    claim = ClaimFactory(
        *(),
        **{"event": other, "evidence__article": case.article},
        **{"speaker": ActorFactory(), "status": status},
    )
    found = rows_of(case.article)
    assert (Claim, claim.pk) in found
    assert not {(Event, other.pk), (type(claim.speaker), claim.speaker.pk)} & found


def test_many_rows_ask_no_more_than_few(case, reviewer):
    def asked(function):
        with CaptureQueriesContext(connection) as caught:
            function()
        return len(caught)

    def plan():
        plan_of(case.article, to="published", by=reviewer)

    plan()
    few = asked(lambda: belonging(case.event)), asked(plan)
    more_of(case, 30)
    assert len(rows_of(case.article)) > 150
    assert (asked(lambda: belonging(case.event)), asked(plan)) <= few


# --- Moving it -----------------------------------------------------------------


@pytest.mark.parametrize("root", ["article", "event"])
def test_another_person_reviews_all_of_it_at_once(case, reviewer, root):
    plan, batch = move(getattr(case, root), reviewer, to="reviewed")
    assert case.states() == {"reviewed"}
    assert (plan.number, batch.rows, batch.by) == (14, 14, reviewer)
    assert "with what belongs to it" in batch.what


@pytest.mark.parametrize("root", ["article", "event"])
def test_who_checked_it_publishes_all_of_it(case, reviewer, root):
    move(case.article, reviewer, to="reviewed")
    move(getattr(case, root), reviewer)
    assert case.states() == {"published"}
    assert public.events().filter(pk=case.event.pk).exists()
    assert public.participations().filter(pk=case.role.pk).exists()


def test_coded_rows_are_reviewed_on_the_way_to_the_public(case, reviewer):
    move(case.event, reviewer)
    for row in case.all:
        states = row.history.order_by("pgh_id").values_list("status", flat=True)
        assert list(states) == ["coded", "reviewed", "published"]
    last = case.place.history.latest("pgh_id").pgh_context.metadata
    assert (last["by"], last["why"]) == ("reviewer", "checked")


@pytest.mark.parametrize("to", ["reviewed", "published"])
def test_nobody_reviews_their_own_coding_with_it(reviewer, to):
    case = coded_by(reviewer)
    other = member("olga", "Reviewer")
    plan = plan_of(case.event, to=to, by=reviewer)
    assert plan.number == 0
    assert list(left(plan)) == [
        "was coded by reviewer: another reviewer reviews it first"
    ]
    assert plan.others == [other.username]
    with pytest.raises(ValidationError, match="nothing is done"):
        carry_out(case.event, to=to, by=reviewer, seen=plan.fingerprint, why="mine")
    assert case.states() == {"coded"}


def test_own_coding_stays_and_the_rest_goes(case, reviewer):
    with recorded(by=reviewer, why="corrected"):
        update(case.place, name="Hamid Karzai airport")
    plan, _ = move(case.event, reviewer)
    assert case.now("place") == "coded"
    assert case.now("event") == "published"
    assert sum(left(plan).values()) == 1
    assert (
        "the place “Hamid Karzai airport” is coded" in seen(belonging(case.event)).words
    )


def test_one_s_own_coding_is_published_once_another_reviewed_it(reviewer):
    case = coded_by(reviewer)
    move(case.event, member("olga", "Reviewer"), to="reviewed")
    move(case.event, reviewer)
    assert case.states() == {"published"}


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("draft", "is draft: who coded it marks it as coded first"),
        ("rejected", "is rejected and stays so"),
        ("retracted", "is retracted and stays so"),
    ],
)
def test_rows_in_other_states_are_left_and_named(case, reviewer, status, why):
    update(case.figure, status=status)
    plan, _ = move(case.event, reviewer)
    assert left(plan) == {why: 1}
    assert case.now("figure") == status


def test_an_article_on_another_desk_is_left(case, curator, reviewer):
    update(case.article, status="coded")
    take(case.article, by=curator)
    (why,) = left(plan_of(case.event, to="reviewed", by=reviewer))
    assert why.startswith("is on the desk of curator until")
    update(case.article, status="draft")
    (why,) = left(plan_of(case.event, to="reviewed", by=reviewer))
    assert "is draft" in why
    assert "; and is on the desk of curator until" in why
    update(case.article, status="coded")
    Lease.objects.filter(article=case.article).update(by=reviewer)
    assert not left(plan_of(case.event, to="reviewed", by=reviewer))
    Lease.objects.filter(article=case.article).update(
        *(),
        **{"by": curator, "taken_at": timezone.now() - dt.timedelta(hours=2)},
        until=timezone.now() - dt.timedelta(hours=1),
    )
    assert not left(plan_of(case.event, to="reviewed", by=reviewer))


def test_who_may_do_it(case, curator, reviewer, admin_user):
    for user, to in itertools.product((curator, member("eva", "Reader")), VERBS):
        with pytest.raises(PermissionDenied):
            plan_of(case.event, to=to, by=user)
    for user, to in itertools.product((reviewer, admin_user), VERBS):
        assert plan_of(case.event, to=to, by=user).number == 14


VERBS = ("reviewed", "published")


def test_who_may_publish_and_not_review_leaves_what_is_coded(case, reviewer):
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("paul", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="publish"))
    change_status([case.article], to="reviewed", by=reviewer, why="read")
    plan = plan_of(case.event, to="published", by=user)
    assert plan.number == 1
    assert left(plan)["is coded; you may not make it reviewed"] > 0


def test_without_a_reason_nothing_is_done(case, reviewer):
    with pytest.raises(ValidationError, match="Say in words why"):
        move(case.event, reviewer, why=" ")
    assert case.states() == {"coded"}


def test_another_plan_than_was_seen_is_not_carried_out(case, reviewer):
    plan = plan_of(case.event, to="published", by=reviewer)
    update(case.figure, status="draft")
    with pytest.raises(MoveChangedError):
        carry_out(
            *(case.event,),
            **{"to": "published", "by": reviewer, "why": "checked"},
            seen=plan.fingerprint,
        )
    assert case.states() == {"coded", "draft"}
    assert not Batch.objects.exists()


def test_it_is_all_or_nothing(case, reviewer, monkeypatch):
    from curation.belonging import moving

    done = []

    def break_off(rows, **how):
        if len(done) == 5:
            raise ValidationError("The fifth table is refused.")
        done.append(change_status(rows, **how))

    monkeypatch.setattr(moving, "change_status", break_off)
    with pytest.raises(ValidationError, match="fifth"):
        move(case.event, reviewer)
    assert len(done) == 5
    assert case.states() == {"coded"}


# --- Undone as one -------------------------------------------------------------


def test_a_review_of_all_is_undone_as_one(case, reviewer):
    _, batch = move(case.article, reviewer, to="reviewed")
    done = undo(batch, by=reviewer, why="too quick")
    assert case.states() == {"coded"}
    assert done.rows == 14


def test_what_was_published_with_it_is_retracted_as_one(case, reviewer):
    move(case.article, reviewer, to="reviewed")
    _, batch = move(case.article, reviewer)
    assert check_undo(batch, by=reviewer).retracts == 14
    done = undo(batch, by=reviewer, why="too early")
    assert case.states() == {"retracted"}
    undo(done, by=reviewer, why="it was right")
    assert case.states() == {"published"}


def test_what_was_coded_and_published_at_once_is_retracted(case, reviewer):
    _, batch = move(case.event, reviewer)
    assert changed_number(batch, Claim) == 2
    ((before, after),) = changed_rows(batch, Event, start=0, most=9)
    assert (before.status, after.status) == ("coded", "published")
    assert undo(batch, by=reviewer, why="too early").rows == 14
    assert case.states() == {"retracted"}


def test_a_row_changed_since_keeps_all_tables_as_they_are(case, reviewer):
    _, batch = move(case.event, reviewer)
    with recorded(by="anna", why="renamed"):
        update(case.city, name="Kabul city")
    with pytest.raises(ValidationError, match="“Kabul city” was changed since by anna"):
        undo(batch, by=reviewer, why="too early")
    assert case.states() == {"published"}


def test_a_review_of_all_is_not_brought_back_by_its_coder(reviewer, admin_user):
    case = coded_by(reviewer)
    _, batch = move(case.event, admin_user, to="reviewed")
    done = undo(batch, by=admin_user, why="too quick")
    with pytest.raises(ValidationError, match="your own coding"):
        undo(done, by=reviewer, why="it was right")


# --- What the public sees --------------------------------------------------------


def publish(*rows):
    for row in rows:
        update(row, status="published")


def test_an_event_needs_a_claim_and_its_article(case):
    publish(case.event)
    title = case.article.title
    assert seen(belonging(case.event)).words == (
        f"Not public yet: 2 claims are coded and the article “{title}” is coded."
    )
    publish(case.said)
    found = seen(belonging(case.event))
    assert not found.public
    assert found.words == f"Not public yet: the article “{title}” is coded."


def test_an_event_that_is_public_may_lack_parts(case):
    publish(case.event, case.said, case.figure, case.article, case.role)
    found = seen(belonging(case.event))
    assert found.public
    assert found.words == (
        "Public, but not whole: 2 places are coded, 3 actors are coded, the outlet "
        f"“{case.outlet}” is coded and the origin “{case.origin}” is coded."
    )
    publish(*case.all)
    assert seen(belonging(case.event)).words == ""


def test_parts_that_no_claim_speaks_of_are_told(case):
    publish(*case.all)
    ParticipationFactory(event=case.event, status="published")
    case.said.supports.filter(part="place").delete()
    assert seen(belonging(case.event)).words == (
        "Public, but not whole: no claim is linked to its place and 1 role has no "
        "claim."
    )


def test_the_plan_says_what_the_public_sees_after_it(case, reviewer):
    plan = plan_of(case.event, to="published", by=reviewer)
    after = seen(plan.found, published=plan.published)
    assert (after.public, after.words) == (True, "")
    update(case.article, status="draft")
    plan = plan_of(case.event, to="published", by=reviewer)
    after = seen(plan.found, published=plan.published)
    title = case.article.title
    assert after.words == f"Not public yet: the article “{title}” is draft."


NAMES = ("article", "event", "said")
STATES = ("reviewed", "published")


@pytest.mark.parametrize(
    ("named", "supported"), [(True, False), (False, True), (False, False)]
)
@pytest.mark.parametrize("states", list(itertools.product(STATES, repeat=3)))
def test_it_is_the_rule_of_publishing(case, states, named, supported):
    if not named:
        Claim.objects.update(event=None)
    if not supported:
        case.said.supports.update(stance="disputes")
    for name, status in zip(NAMES, states, strict=True):
        update(getattr(case, name), status=status)
    assert seen(belonging(case.event)).public == (
        public.events().filter(pk=case.event.pk).exists()
    )
    for claim in (case.said, case.figure):
        assert seen(belonging(claim)).public == (
            public.claims().filter(pk=claim.pk).exists()
        )
    assert seen(belonging(case.article)).public == (
        public.articles().filter(pk=case.article.pk).exists()
    )
    from curation.belonging.unseen import (
        unseen_claims,
        unseen_events,
        unseen_roles,
    )

    for unseen, visible in (
        (unseen_claims(), public.claims()),
        (unseen_events(), public.events()),
        (unseen_roles(), public.participations()),
    ):
        published = unseen.model.objects.published().values_list("pk", flat=True)
        assert set(unseen.values_list("pk", flat=True)) == set(published) - set(
            visible.values_list("pk", flat=True)
        )


def test_roles_of_published_actors_only_are_seen(case):
    from curation.belonging.unseen import unseen_roles

    publish(*case.all)
    assert not unseen_roles().exists()
    update(case.actor, status="retracted")
    assert set(unseen_roles()) == {case.role}
    assert not public.participations().exists()


def test_a_batch_that_also_adds_rows_in_several_tables_is_not_undone(reviewer, case):
    from curation.bulk import keep_batch

    with recorded(by=reviewer, why="all at once"):
        update(case.article, title="Another title")
        ActorFactory()
        batch = keep_batch(by=reviewer, what="Much", why="all at once", rows=2)
    with pytest.raises(ValidationError, match="by hand"):
        undo(batch, by=reviewer, why="no")
    assert Article.objects.get(pk=case.article.pk).title == "Another title"


def test_support_of_another_event_brings_its_own(case):
    other = EventFactory(status="coded")
    SupportFactory(claim=case.said, event=other, part="occurrence")
    assert (Event, other.pk) in rows_of(case.article)
    assert (Event, other.pk) not in rows_of(case.event)
