"""Actors, their names and how they stand to each other, for tests."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from actors.models import Actor, ActorIdentifier, Alias, Mention, Relation
from tests.factories.sources import ArticleFactory, term


class ActorFactory(DjangoModelFactory[Actor]):
    class Meta:
        model = Actor

    slug = factory.Sequence(lambda n: f"actor-{n}")
    name = factory.Sequence(lambda n: f"Actor {n}")
    kind = factory.LazyFunction(lambda: term("actor-kind/armed_group"))


class AliasFactory(DjangoModelFactory[Alias]):
    class Meta:
        model = Alias

    actor = factory.SubFactory(ActorFactory)
    name = factory.Sequence(lambda n: f"Alias {n}")
    kind = factory.LazyFunction(lambda: term("alias-kind/common"))


class ActorIdentifierFactory(DjangoModelFactory[ActorIdentifier]):
    class Meta:
        model = ActorIdentifier

    actor = factory.SubFactory(ActorFactory)
    scheme = factory.LazyFunction(lambda: term("external-id-scheme/wikidata"))
    value = factory.Sequence(lambda n: f"Q{n}")


class RelationFactory(DjangoModelFactory[Relation]):
    class Meta:
        model = Relation

    slug = factory.Sequence(lambda n: f"relation-{n}")
    subject = factory.SubFactory(ActorFactory)
    kind = factory.LazyFunction(lambda: term("relation-kind/ally_of"))
    object = factory.SubFactory(ActorFactory)


class MentionFactory(DjangoModelFactory[Mention]):
    """By default the word "attack" of the factory's article."""

    class Meta:
        model = Mention

    article = factory.SubFactory(ArticleFactory)
    quote = "attack"
    start = factory.LazyAttribute(lambda row: row.article.text.index(row.quote))
    end = factory.LazyAttribute(lambda row: row.start + len(row.quote))
    actor = factory.SubFactory(ActorFactory)
