"""What curators decide about articles, for tests."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from curation.models import Omission
from tests.factories.sources import ArticleFactory


class OmissionFactory(DjangoModelFactory[Omission]):
    class Meta:
        model = Omission

    article = factory.SubFactory(ArticleFactory)
    quote = "The attack"
    start = factory.LazyAttribute(lambda row: row.article.text.index(row.quote))
    end = factory.LazyAttribute(lambda row: row.start + len(row.quote))
    reason = "Says nothing new."
