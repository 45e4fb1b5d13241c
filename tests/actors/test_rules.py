"""Attempts to break the rules of `actors` with raw SQL."""

from __future__ import annotations

import pytest

from tests.factories.actors import (
    ActorFactory,
    ActorIdentifierFactory,
    AliasFactory,
    MentionFactory,
    RelationFactory,
)
from tests.factories.sources import ArticleFactory, OutletFactory, term
from tests.rules import (
    allowed,
    copy,
    insert_like,
    refused,
    row_of,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

CURATED = {
    "actors_actor": ActorFactory,
    "actors_alias": AliasFactory,
    "actors_mention": MentionFactory,
    "actors_relation": RelationFactory,
}


@pytest.mark.parametrize(
    "rule",
    [
        "actors_actor_status_is_known",
        "actors_alias_status_is_known",
        "actors_mention_status_is_known",
        "actors_relation_status_is_known",
    ],
)
def test_states_are_known(rule):
    row = CURATED[rule.removesuffix("_status_is_known")]()
    with refused(rule):
        update(row, status="")
    with allowed():
        update(row, status="coded")


@pytest.mark.parametrize(
    ("rule", "make", "column", "code"),
    [
        (
            "actors_actor_kind_from_its_list",
            ActorFactory,
            "kind_id",
            "actor-kind/military",
        ),
        (
            "actors_actor_country_from_its_list",
            ActorFactory,
            "country_id",
            "country/AFG",
        ),
        (
            "actors_alias_kind_from_its_list",
            AliasFactory,
            "kind_id",
            "alias-kind/acronym",
        ),
        (
            "actors_relation_kind_from_its_list",
            RelationFactory,
            "kind_id",
            "relation-kind/leads",
        ),
        (
            "actors_actoridentifier_scheme_from_its_list",
            ActorIdentifierFactory,
            "scheme_id",
            "external-id-scheme/misp",
        ),
    ],
)
def test_codes_come_from_their_list(rule, make, column, code):
    row = make()
    with refused(rule):
        update(row, **{column: "role/victim"})
    with allowed():
        update(row, **{column: code})


def test_only_an_outlet_has_an_outlet():
    outlet = OutletFactory()
    with refused("actors_actor_outlet_only_for_outlets"):
        update(ActorFactory(), outlet_id=outlet.pk)
    actor = ActorFactory(kind=term("actor-kind/outlet"))
    with allowed():
        update(actor, outlet_id=outlet.pk)
    with refused("actors_actor_outlet_only_for_outlets"):
        update(actor, kind_id="actor-kind/company")
    with refused("actors_actor_outlet_id_key"):
        insert_like(actor, slug="its-twin", outlet_id=outlet.pk)


def test_names_and_identifiers_stand_once():
    alias, identifier = AliasFactory(), ActorIdentifierFactory()
    with refused("actors_alias_once_per_actor"):
        insert_like(alias)
    with refused("actors_actoridentifier_names_one_actor"):
        insert_like(identifier, actor_id=ActorFactory().pk)
    with allowed():
        insert_like(alias, actor_id=ActorFactory().pk)
        insert_like(identifier, value="Q0")


# --- Mentions -----------------------------------------------------------------


def test_a_mention_quotes_the_text():
    mention = MentionFactory(
        article=ArticleFactory(text="ISIS‑K 🙂 ISIS"), quote="ISIS"
    )
    with refused("actors_mention_quote_is_text"):
        update(mention, quote="Isis")
    with refused("actors_mention_quote_is_text"):
        insert_like(mention, start=9, end=13, quote="SIS")
    with refused("actors_mention_quote_is_text"):
        update(mention, article_id=ArticleFactory().pk)
    with refused("actors_mention_start_before_end"):
        insert_like(mention, start=4, end=4, quote="")
    with refused("actors_mention_once"):
        insert_like(mention)
    with allowed():
        insert_like(mention, start=9, end=13, quote="ISIS")


@pytest.mark.parametrize(
    "rule",
    [
        "actors_mention:quote_is_text_on_insert",
        "actors_mention:quote_is_text_on_update",
    ],
)
def test_both_ways_into_a_mention_are_watched(rule):
    mention = MentionFactory(article=ArticleFactory(text="ISIS and ISIS"), quote="ISIS")
    row = row_of(mention)
    with refused("actors_mention_quote_is_text"):
        if rule.endswith("insert"):
            copy("actors_mention", row | {"start": 9, "end": 13, "quote": "IS-K"})
        else:
            sql("UPDATE actors_mention SET start = start + 1")
    with allowed():
        if rule.endswith("insert"):
            copy("actors_mention", row | {"start": 9, "end": 13})
        else:
            sql('UPDATE actors_mention SET start = 9, "end" = 13')


def test_the_alias_of_a_mention_is_a_name_of_its_actor():
    """The trigger actors_mention:alias_is_of_actor."""
    mention, alias = MentionFactory(), AliasFactory()
    with refused("actors_mention_alias_is_of_actor"):
        update(mention, alias_id=alias.pk)
    with refused("actors_mention_alias_is_of_actor"):
        insert_like(mention, actor_id=ActorFactory().pk, alias_id=alias.pk)
    with allowed():
        update(mention, alias_id=alias.pk, actor_id=alias.actor_id)
    with refused("actors_mention_alias_is_of_actor"):
        update(mention, actor_id=ActorFactory().pk)


def test_an_alias_moves_to_another_actor_only_with_its_mentions():
    """The trigger actors_alias:mentions_move_along, checked at commit."""
    alias, other = AliasFactory(), ActorFactory()
    mention = MentionFactory(actor=alias.actor, alias=alias)
    with refused("actors_alias_mentions_move_along"):
        update(alias, actor_id=other.pk)
    with refused("actors_alias_mentions_move_along"):
        sql("UPDATE actors_alias SET actor_id = %s", other.pk)
    with allowed():
        update(alias, actor_id=other.pk)
        update(mention, actor_id=other.pk)
    with allowed():
        update(mention, alias_id=None)
        update(alias, actor_id=alias.actor_id)
