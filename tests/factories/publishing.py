"""Who uses the API, for tests."""

from __future__ import annotations

import hashlib

import factory
from factory.django import DjangoModelFactory

from publishing.models import KeptAnswer, Quota, Token
from tests.factories.curation import UserFactory


class TokenFactory(DjangoModelFactory[Token]):
    """A token that reads; its secret is known to nobody."""

    class Meta:
        model = Token

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"program {n}")
    scopes = ("read",)
    start = "ndb_12345678"
    digest = factory.LazyAttribute(
        lambda row: hashlib.sha256(row.name.encode()).hexdigest()
    )
    made_by = "test"


class QuotaFactory(DjangoModelFactory[Quota]):
    class Meta:
        model = Quota

    token = factory.SubFactory(TokenFactory)
    minute = 1
    used = 1


class KeptAnswerFactory(DjangoModelFactory[KeptAnswer]):
    class Meta:
        model = KeptAnswer

    token = factory.SubFactory(TokenFactory)
    key = factory.Sequence(lambda n: f"key {n}")
    request = hashlib.sha256(b"").hexdigest()
    status = 201
