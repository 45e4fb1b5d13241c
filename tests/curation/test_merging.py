"""Two records made one: what moves, what stays, and back again to the last byte."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, Alias, Mention, Relation
from curation.merging import MAY_MERGE, check_undo, merge, plan
from curation.merging.references import MOVED
from curation.models import Merge
from events.models import Claim, Event, Participation, Place, PlaceName, Support
from sources.models import Status
from sources.services import TRANSITIONS, change_status, recorded
from tests.curation.merging_helper import MAKE, WHY, join, part, public, stored
from tests.factories.actors import (
    ActorFactory,
    ActorIdentifierFactory,
    AliasFactory,
    MentionFactory,
    RelationFactory,
)
from tests.factories.curation import UserFactory
from tests.factories.events import (
    AttributionFactory,
    ClaimFactory,
    EventFactory,
    EventIdentifierFactory,
    ParticipationFactory,
    PlaceFactory,
    PlaceIdentifierFactory,
    PlaceNameFactory,
    SupportFactory,
)
from tests.factories.sources import ArticleFactory, OutletFactory, term

pytestmark = pytest.mark.django_db


def full(model, **columns):
    """A record with something in every column that names such a record."""
    record = MAKE[model](**columns)
    if model is Actor:
        alias = AliasFactory(actor=record)
        ActorIdentifierFactory(actor=record)
        MentionFactory(actor=record, alias=alias)
        RelationFactory(subject=record)
        RelationFactory(object=record)
        ParticipationFactory(actor=record)
        ClaimFactory(speaker=record)
        AttributionFactory(actor=record)
    elif model is Event:
        role = ParticipationFactory(event=record)
        SupportFactory(event=record, part="participation", participation=role)
        ClaimFactory(event=record)
        EventIdentifierFactory(event=record)
    else:
        PlaceFactory(parent=record)
        PlaceNameFactory(place=record)
        PlaceIdentifierFactory(place=record)
        EventFactory(place=record, place_precision=term("place-precision/city"))
    return record


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_whatever_names_the_one_names_the_other_then_and_back(model, reviewer):
    loser, into = full(model), MAKE[model]()
    rows = stored()
    named = {
        each: set(each.model.objects.filter(**{each.field: loser}).values_list("pk"))
        for each in MOVED[model]
    }
    assert all(named.values()), "full() makes a row for every reference"
    done = join(loser, into, reviewer)
    for each, before in named.items():
        rows_of = each.model.objects
        assert not rows_of.filter(**{each.field: loser}).exists()
        assert set(rows_of.filter(**{each.field: into}).values_list("pk")) >= before
    loser.refresh_from_db()
    assert loser.status == Status.REJECTED
    assert (done.loser, done.into, done.by, done.why) == (loser, into, reviewer, WHY)
    part(done, reviewer)
    Alias.objects.filter(name=str(loser), status=Status.REJECTED).delete()
    assert stored() == rows


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_queries_do_not_depend_on_the_rows(model, reviewer):
    counts = []
    reviewer.has_perm("sources.publish")  # which is asked once
    for many in (1, 4):
        loser, into = MAKE[model](), MAKE[model]()
        for _ in range(many):
            if model is Actor:
                MentionFactory(actor=loser, alias=AliasFactory(actor=loser))
                ClaimFactory(speaker=loser)
            elif model is Event:
                ClaimFactory(event=loser)
                ParticipationFactory(event=loser)
            else:
                PlaceNameFactory(place=loser)
                EventFactory(place=loser, place_precision=term("place-precision/city"))
        with CaptureQueriesContext(connection) as queries:
            done = join(loser, into, reviewer)
        with CaptureQueriesContext(connection) as back:
            part(done, reviewer)
        counts.append((len(queries), len(back)))
    assert counts[0] == counts[1]


# --- What is there already ------------------------------------------------------


def test_a_name_that_both_have_stays_and_its_mentions_go_to_the_other(reviewer):
    loser, into = ActorFactory(), ActorFactory()
    mine, theirs = (AliasFactory(actor=each, name="ISIS") for each in (loser, into))
    mention = MentionFactory(actor=loser, alias=mine)
    [(called, number, [stay])] = plan(loser, into).staying()
    assert (called, number, stay) == ("alias", 1, (mine, theirs))
    done = join(loser, into, reviewer)
    mention.refresh_from_db()
    assert (mention.actor, mention.alias) == (into, theirs)
    mine.refresh_from_db()
    assert mine.actor == loser
    part(done, reviewer)
    mention.refresh_from_db()
    assert (mention.actor, mention.alias) == (loser, mine)


def test_a_passage_that_names_both_is_named_once(reviewer):
    loser, into, article = ActorFactory(), ActorFactory(), ArticleFactory()
    alias = AliasFactory(actor=loser, name="attackers")
    MentionFactory(actor=into, article=article)
    stays = MentionFactory(actor=loser, article=article, alias=alias)
    done = join(loser, into, reviewer)
    stays.refresh_from_db()
    assert (stays.actor, stays.alias) == (loser, None)  # the name has moved away
    part(done, reviewer)
    stays.refresh_from_db()
    assert (stays.actor, stays.alias) == (loser, alias)


@pytest.mark.parametrize("model", [Actor, Event])
def test_a_role_that_both_have_stays_and_what_says_so_goes_over(model, reviewer):
    event, actor = EventFactory(), ActorFactory()
    loser, into = MAKE[model](), MAKE[model]()
    roles = [
        ParticipationFactory(event=event, actor=each)
        if model is Actor
        else ParticipationFactory(event=each, actor=actor)
        for each in (loser, into)
    ]
    both, mine = ClaimFactory(), ClaimFactory()
    supports = [
        SupportFactory(
            claim=claim, event=role.event, part="participation", participation=role
        )
        for claim, role in ((both, roles[0]), (mine, roles[0]), (both, roles[1]))
    ]
    rows = stored()
    done = join(loser, into, reviewer)
    assert list(Participation.objects.values_list("pk", model.__name__.lower())) == [
        (roles[0].pk, loser.pk),
        (roles[1].pk, into.pk),
    ]
    now = dict(Support.objects.values_list("pk", "participation"))
    # Both claimed it of both: of those, one stays with what it says already.
    assert [now[each.pk] for each in supports] == [
        *(roles[0].pk, roles[1].pk, roles[1].pk)
    ]
    part(done, reviewer)
    Alias.objects.filter(name=str(loser), status=Status.REJECTED).delete()
    assert stored() == rows


def test_a_relation_between_the_two_stays(reviewer):
    loser, into = ActorFactory(), ActorFactory()
    between = RelationFactory(subject=loser, object=into, kind=term(PART_OF))
    join(loser, into, reviewer)
    between.refresh_from_db()
    assert (between.subject, between.object) == (loser, into)


PART_OF = "relation-kind/part_of"


# --- Names -----------------------------------------------------------------------


def test_its_name_becomes_a_name_with_where_it_was_seen(reviewer):
    article = ArticleFactory(status="published")
    loser = ActorFactory(name="Attack", status="published")
    into = ActorFactory(status="published")
    mention = MentionFactory(actor=loser, article=article, status="published")
    other = MentionFactory(actor=loser, quote="police", article=article)
    before = public()
    done = join(loser, into, reviewer)
    name = Alias.objects.get(actor=into)
    assert (name.name, name.status) == ("Attack", "published")
    assert name.note == f"Name of the merged record {loser.slug}."
    mention.refresh_from_db()
    other.refresh_from_db()
    assert mention.alias == name
    assert other.alias is None
    shown = public()["actor", into.pk]
    assert '"name" : "Attack"' in shown
    assert '"quote" : "attack"' in shown
    part(done, reviewer)
    assert public() == before
    name.refresh_from_db()
    assert name.status == "retracted"
    again = join(loser, into, reviewer)  # and the same name is taken again
    assert list(Alias.objects.filter(actor=into).values_list("pk", "status")) == [
        (name.pk, "published")
    ]
    part(again, reviewer)
    assert public() == before


@pytest.mark.parametrize("owner", ["loser", "into"])
@pytest.mark.parametrize("status", ["draft", "rejected"])
def test_a_name_that_it_has_is_not_given_again(reviewer, owner, status):
    loser, into = ActorFactory(), ActorFactory()
    actor = {"loser": loser, "into": into}[owner]
    alias = AliasFactory(actor=actor, name=loser.name, status=status)
    join(loser, into, reviewer)
    assert list(Alias.objects.values_list("pk", "actor", "status")) == [
        (alias.pk, into.pk, status)
    ]


def test_the_name_of_a_place_is_given_and_taken_back(reviewer):
    loser, into = PlaceFactory(name="Jelalabad"), PlaceFactory(name="Jalalabad")
    done = join(loser, into, reviewer)
    assert list(PlaceName.objects.values_list("place", "name")) == [
        (into.pk, "Jelalabad")
    ]
    part(done, reviewer)
    assert not PlaceName.objects.exists()


# --- Chains and refusals ----------------------------------------------------------


def wrong(call, *args):
    with pytest.raises(ValidationError) as caught:
        call(*args)
    return " ".join(caught.value.messages)


def test_a_chain_is_undone_from_its_end(reviewer):
    first, second, third = ActorFactory.create_batch(3)
    claim = ClaimFactory(speaker=first)
    one = join(first, second, reviewer)
    two = join(second, third, reviewer)
    claim.refresh_from_db()
    assert claim.speaker == third
    assert "undo that merge first" in wrong(part, one, reviewer)
    part(two, reviewer)
    part(one, reviewer)
    claim.refresh_from_db()
    assert claim.speaker == first
    assert "undone already" in wrong(part, one, reviewer)


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_what_cannot_be_is_refused_in_words(model, reviewer):
    one, two, three = (MAKE[model]() for _ in range(3))
    assert "not merged into itself" in wrong(join, one, one, reviewer)
    stranger = PlaceFactory() if model is not Place else ActorFactory()
    assert "only two actors" in wrong(join, one, stranger, reviewer)
    assert "only two actors" in wrong(join, ArticleFactory(), one, reviewer)
    join(one, two, reviewer)
    already = f"“{one}” was merged into “{two}” already"
    assert already in wrong(join, one, three, reviewer)
    assert already in wrong(join, three, one, reviewer)
    assert already in wrong(join, two, one, reviewer)  # a circle
    for status in ("rejected", "retracted"):
        withdrawn = MAKE[model](status=status)
        assert f"is {status}" in wrong(join, withdrawn, three, reviewer)
        assert f"is {status}" in wrong(join, three, withdrawn, reviewer)
    with pytest.raises(ValidationError, match="Say why"):
        merge(loser=two, into=three, by=reviewer, why=" ")
    assert Merge.objects.count() == 1


def test_what_is_public_is_not_merged_into_what_is_not(reviewer):
    loser = ActorFactory(status="published")
    for status in ("draft", "coded", "reviewed"):
        into = ActorFactory(status=status)
        assert "would lead nowhere" in wrong(join, loser, into, reviewer)


def test_two_outlets_are_two_actors(reviewer):
    kind = term("actor-kind/outlet")
    one, two = (ActorFactory(kind=kind, outlet=OutletFactory()) for _ in range(2))
    plain = ActorFactory()
    assert "two outlets are two actors" in wrong(join, one, two, reviewer)
    assert "the other way round" in wrong(join, one, plain, reviewer)
    join(plain, one, reviewer)


def test_nothing_becomes_part_of_itself(reviewer):
    inner, middle, outer = ActorFactory.create_batch(3)
    RelationFactory(subject=inner, object=middle, kind=term(PART_OF))
    last = RelationFactory(subject=middle, object=outer, kind=term(PART_OF))
    for loser, into in ((inner, outer), (outer, inner)):
        words = wrong(join, loser, into, reviewer)
        assert f"“{inner}” is part of something that is part of “{outer}”" in words
    with recorded(by=reviewer, why="not so"):
        Relation.objects.filter(pk=last.pk).update(status="rejected")
    join(inner, outer, reviewer)


def test_a_place_is_not_merged_into_what_lies_inside_it(reviewer):
    around = PlaceFactory()
    inside = PlaceFactory(parent=PlaceFactory(parent=around))
    assert "lies inside" in wrong(join, around, inside, reviewer)
    join(inside, around, reviewer)


def test_undo_names_what_is_in_the_way_and_changes_nothing(reviewer, curator):
    loser, into, third = ActorFactory.create_batch(3)
    claims = ClaimFactory.create_batch(2, speaker=loser)
    done = join(loser, into, reviewer)
    with recorded(by=curator, why="it was she"):
        Claim.objects.filter(pk=claims[0].pk).update(speaker=third)
    rows = stored()
    words = wrong(part, done, reviewer)
    assert f"“{claims[0]}” was changed since by curator (it was she)" in words
    assert str(claims[1]) not in words
    assert stored() == rows
    with recorded(by=curator, why="it was not"):
        Claim.objects.filter(pk=claims[0].pk).update(speaker=into)
    part(done, reviewer)
    assert set(Claim.objects.values_list("speaker", flat=True)) == {loser.pk}


def test_what_was_removed_since_is_in_the_way(reviewer):
    loser, into = PlaceFactory(), PlaceFactory()
    identifier = PlaceIdentifierFactory(place=loser)
    done = join(loser, into, reviewer)
    identifier.delete()
    assert "identifier" in wrong(part, done, reviewer)


def test_what_is_added_since_stays_where_it_was_added(reviewer):
    loser, into = ActorFactory(), ActorFactory()
    done = join(loser, into, reviewer)
    claim = ClaimFactory(speaker=into)
    part(done, reviewer)
    claim.refresh_from_db()
    assert claim.speaker == into


def test_what_was_reviewed_is_reviewed_again(reviewer):
    loser, into = ActorFactory(), ActorFactory(status="reviewed")
    done = join(loser, into, reviewer)
    into.refresh_from_db()
    assert into.status == "coded"
    part(done, reviewer)
    into.refresh_from_db()
    assert into.status == "coded"


def test_a_merged_record_stays_where_it_is(reviewer):
    loser, into = (ActorFactory(status="published") for _ in range(2))
    join(loser, into, reviewer)
    loser.refresh_from_db()
    assert loser.status == "retracted"
    with pytest.raises(Exception, match="it stays withdrawn"):
        change_status([loser], to=Status.PUBLISHED, by=reviewer, why="again")


# --- Who may ----------------------------------------------------------------------


@pytest.mark.parametrize("into", Status.values)
@pytest.mark.parametrize("loser", Status.values)
@pytest.mark.parametrize("verb", [None, "code", "review", "publish"])
def test_who_may_merge_is_what_the_table_says(loser, into, verb):
    from django.contrib.auth.models import Permission

    user = UserFactory(username=f"may {verb}")
    if verb:
        user.user_permissions.add(Permission.objects.get(codename=verb))
    rows = [ActorFactory(status=status) for status in (loser, into)]
    needed = MAY_MERGE.get((Status(loser), Status(into)))
    if needed is None:
        with pytest.raises(ValidationError):
            join(*rows, user)
    elif needed == verb:
        done = join(*rows, user)
        # What was reviewed is coded by now; to undo takes what stands there.
        now = into.replace("reviewed", "coded")
        undoing = UserFactory(username="undoes")
        with pytest.raises(PermissionDenied, match="may not undo"):
            check_undo(done, by=undoing)
        undo = MAY_MERGE[Status(loser), Status(now)]
        undoing.user_permissions.add(Permission.objects.get(codename=undo))
        part(done, UserFactory._meta.model.objects.get(pk=undoing.pk))
    else:
        with pytest.raises(PermissionDenied, match=f"permission to {needed}"):
            join(*rows, user)


def test_the_table_asks_for_what_its_states_ask_for():
    """Who may merge something may do what made it what it is, or more."""
    verbs = ["code", "review", "publish"]
    for states, verb in MAY_MERGE.items():
        for state in states:
            ways = [each for (_, to), each in TRANSITIONS.items() if to == state]
            assert verbs.index(verb) >= min(map(verbs.index, ways)), states
    assert not {Status.REJECTED, Status.RETRACTED} & {s for k in MAY_MERGE for s in k}


def test_who_may_not_merge_may_not_undo(reviewer, curator):
    rows = [ActorFactory(status="published") for _ in range(2)]
    with pytest.raises(PermissionDenied):
        join(*rows, curator)
    done = join(*rows, reviewer)
    with pytest.raises(PermissionDenied, match="may not undo"):
        part(done, curator)
    drafts = join(*ActorFactory.create_batch(2), curator)
    part(drafts, curator)


def test_a_plan_changes_nothing_and_counts_what_moves(reviewer):
    loser, into = full(Actor), ActorFactory()
    rows = stored()
    planned = plan(loser, into)
    assert not planned.problems
    assert dict(planned.counted()) == {
        **{"alias": 1, "actor identifier": 1, "mention": 1, "relations": 2},
        **{"participation": 1, "claim": 1, "attribution": 1},
    }
    assert planned.changed == 8
    assert planned.name == loser.name
    assert not planned.staying()
    assert stored() == rows
    assert Mention.objects.get().actor == loser
