"""Names that several actors share, and who a mention means."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actors.models import Mention
from actors.same_names import (
    around_sentence,
    settle_mention,
    sharers,
    unclear_mentions,
)
from tests.factories.actors import ActorFactory, AliasFactory, MentionFactory
from tests.factories.sources import ArticleFactory

pytestmark = pytest.mark.django_db

TEXT = "It was a quiet day. Nobody knows whether ISIS did it. The end."


@pytest.fixture
def state():
    actor = ActorFactory(name="Islamic State")
    AliasFactory(actor=actor, name="ISIS")
    actor.refresh_from_db()
    return actor


@pytest.fixture
def branch():
    actor = ActorFactory(name="Islamic State Khorasan Province")
    AliasFactory(actor=actor, name="Isis")
    actor.refresh_from_db()
    return actor


@pytest.fixture
def mention(state):
    return MentionFactory(
        article=ArticleFactory(text=TEXT), quote="ISIS", actor=state, note=""
    )


def unclear(actor):
    return unclear_mentions(actor, sharers(actor), most=10)


def test_a_name_is_shared_whatever_its_case_and_accents(state, branch):
    assert sharers(state) == {"isis": [branch]}
    assert sharers(branch) == {"isis": [state]}


def test_a_name_is_also_shared_with_an_own_name_of_another(state):
    other = ActorFactory(name="ISIS")
    assert sharers(state) == {"isis": [other]}


@pytest.mark.parametrize("status", ["rejected", "retracted"])
def test_a_name_that_was_rejected_is_shared_with_nobody(state, status):
    AliasFactory(name="ISIS", status=status)
    AliasFactory(name="ISIS", actor__status=status)
    assert sharers(state) == {}


def test_a_mention_under_a_shared_name_is_unclear_in_its_sentence(
    state, branch, mention
):
    MentionFactory(actor=state)  # "attack", which is nobody's name
    [found] = unclear(state)
    assert found.mention == mention
    assert found.before == "Nobody knows whether "
    assert found.after == " did it."
    assert found.others == [branch]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ("", "")),
        ("Yes. Perhaps. ", " came. He left.", ("", " came.")),
        ("no end in sight ", " nor after", ("no end in sight ", " nor after")),
    ],
)
def test_the_sentence_around_a_quote(before, after, expected):
    assert around_sentence(before, "ISIS", after) == expected


def test_saying_that_it_is_this_one_settles_it(state, branch, mention, curator):
    settle_mention(mention=mention, actor=state, by=curator)
    mention.refresh_from_db()
    assert mention.actor == state
    assert mention.alias == state.aliases.get()
    assert mention.note == "“ISIS” here is Islamic State."
    assert unclear(state) == []


def test_saying_that_it_is_that_one_moves_it_with_who_and_why(
    state, branch, mention, curator
):
    settle_mention(mention=mention, actor=branch, by=curator, why="in Kabul")
    mention.refresh_from_db()
    assert (mention.actor, mention.alias) == (branch, branch.aliases.get())
    assert mention.note == "in Kabul"
    last = mention.history.order_by("pgh_id").last()
    assert last.pgh_context.metadata["by"] == "curator"
    assert last.pgh_context.metadata["why"] == "in Kabul"
    assert unclear(branch) == []


def test_a_mention_that_somebody_decided_meanwhile_is_not_decided_again(
    state, branch, mention, curator
):
    seen = Mention.objects.get(pk=mention.pk)
    settle_mention(mention=mention, actor=branch, by=curator, why="in Kabul")
    with pytest.raises(ValidationError, match="decided meanwhile: it is Islamic.*Kab"):
        settle_mention(mention=seen, actor=state, by=curator)


def test_words_that_already_name_the_other_are_refused(state, branch, mention, curator):
    MentionFactory(article=mention.article, quote="ISIS", actor=branch)
    with pytest.raises(ValidationError, match="already recorded as Islamic State Khor"):
        settle_mention(mention=mention, actor=branch, by=curator)


def test_a_published_mention_is_moved_only_by_those_who_may_publish(
    state, branch, mention, curator, reviewer
):
    Mention.objects.filter(pk=mention.pk).update(status="published")
    mention.refresh_from_db()
    with pytest.raises(PermissionDenied, match="published"):
        settle_mention(mention=mention, actor=branch, by=curator)
    settle_mention(mention=mention, actor=branch, by=reviewer)
    assert Mention.objects.get().actor == branch
