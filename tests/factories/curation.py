"""What curators decide about articles, for tests."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import factory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from curation.models import (
    Batch,
    Judgement,
    Lease,
    Merge,
    MergeMove,
    Omission,
    Proposal,
    Run,
    Sighting,
    Step,
    Visit,
)
from tests.factories.actors import ActorFactory
from tests.factories.sources import ArticleFactory


class OmissionFactory(DjangoModelFactory[Omission]):
    class Meta:
        model = Omission

    article = factory.SubFactory(ArticleFactory)
    quote = "The attack"
    start = factory.LazyAttribute(lambda row: row.article.text.index(row.quote))
    end = factory.LazyAttribute(lambda row: row.start + len(row.quote))
    reason = "Says nothing new."


class RunFactory(DjangoModelFactory[Run]):
    """A reading by the extractor "test"."""

    class Meta:
        model = Run

    article = factory.SubFactory(ArticleFactory)
    extractor = "test"
    version = "1"
    text_sha256 = factory.LazyAttribute(lambda row: row.article.sha256)
    digest = factory.Sequence(lambda n: f"{n:064}")
    seconds = 0.1
    found = 1


class ProposalFactory(DjangoModelFactory[Proposal]):
    """By default a mention of nobody known; see `proposed` for one that a run found."""

    class Meta:
        model = Proposal

    article = factory.SubFactory(ArticleFactory)
    kind = "actor"
    quote = "police"
    start = factory.LazyAttribute(lambda row: row.article.text.index(row.quote))
    end = factory.LazyAttribute(lambda row: row.start + len(row.quote))
    fields = factory.LazyAttribute(
        lambda row: {
            "name": row.quote,
            "actor": None,
            "cluster": row.start,
            "how": "name",
            "actor_kind": "government_body",
            "candidates": [],
            "suggested_alias": None,
            "acts": True,
        }
    )
    score = 0.9
    rule = "actor.test"
    reason = "written for a test"
    extractor = "test"
    key = factory.Sequence(lambda n: f"key-{n}")
    words = factory.Sequence(lambda n: f"words-{n}")


class SightingFactory(DjangoModelFactory[Sighting]):
    class Meta:
        model = Sighting

    run = factory.SubFactory(RunFactory)
    proposal = factory.LazyAttribute(
        lambda row: ProposalFactory(article=row.run.article)
    )


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user-{n}")


class JudgementFactory(DjangoModelFactory[Judgement]):
    class Meta:
        model = Judgement

    proposal = factory.SubFactory(ProposalFactory)
    verdict = "accepted"
    by = factory.SubFactory(UserFactory)


class LeaseFactory(DjangoModelFactory[Lease]):
    class Meta:
        model = Lease

    article = factory.SubFactory(ArticleFactory)
    by = factory.SubFactory(UserFactory)
    until = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(minutes=30))


class VisitFactory(DjangoModelFactory[Visit]):
    class Meta:
        model = Visit

    user = factory.SubFactory(UserFactory)


class StepFactory(DjangoModelFactory[Step]):
    class Meta:
        model = Step

    article = factory.SubFactory(ArticleFactory)
    by = factory.SubFactory(UserFactory)
    what = "Coded a claim"


class BatchFactory(DjangoModelFactory[Batch]):
    class Meta:
        model = Batch

    by = factory.SubFactory(UserFactory)
    what = "Publish 12 claims"
    rows = 12
    context = factory.LazyFunction(uuid.uuid4)


class MergeFactory(DjangoModelFactory[Merge]):
    """One actor into another, as a row alone: nothing moves, and it is withdrawn."""

    class Meta:
        model = Merge
        skip_postgeneration_save = True

    actor = factory.SubFactory(ActorFactory)
    actor_into = factory.SubFactory(ActorFactory)
    by = factory.SubFactory(UserFactory)
    why = "one and the same"

    @classmethod
    def _create(cls, model_class: type[Merge], *args: Any, **kwargs: Any) -> Merge:
        with transaction.atomic():
            row: Merge = super()._create(model_class, *args, **kwargs)
            type(row.loser).objects.filter(pk=row.loser.pk).update(status="rejected")
            return row


class MergeMoveFactory(DjangoModelFactory[MergeMove]):
    class Meta:
        model = MergeMove

    merge = factory.SubFactory(MergeFactory)
    model = "actors.Mention"
    before = factory.LazyFunction(lambda: {"actor_id": 1})
    after = factory.LazyFunction(lambda: {"actor_id": 2})
    rows = factory.LazyFunction(lambda: [1])
