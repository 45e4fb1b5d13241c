"""Outlets, origins and articles, for tests."""

from __future__ import annotations

import hashlib

import factory
from factory.django import DjangoModelFactory

from sources.models import Article, Origin, Outlet, Span, SpanKind, Term

TEXT = "Kabul. The attack killed 13 people, the police said."


def term(key: str) -> Term:
    """The entry `list/code` of the code lists, made if a test has emptied them."""
    code_list, _, code = key.partition("/")
    entry = {"list": code_list, "code": code, "name": code, "position": 0}
    return Term.objects.get_or_create(id=key, defaults=entry)[0]


class OutletFactory(DjangoModelFactory[Outlet]):
    class Meta:
        model = Outlet

    slug = factory.Sequence(lambda n: f"outlet-{n}")
    name = factory.Sequence(lambda n: f"Outlet {n}")


class OriginFactory(DjangoModelFactory[Origin]):
    class Meta:
        model = Origin

    slug = factory.Sequence(lambda n: f"origin-{n}")
    name = factory.Sequence(lambda n: f"Origin {n}")
    kind = factory.LazyFunction(lambda: term("origin-kind/wire_copy"))


class ArticleFactory(DjangoModelFactory[Article]):
    """A draft without spans; its text is TEXT with a number, its digest fits."""

    class Meta:
        model = Article

    text = factory.Sequence(lambda n: f"{TEXT} ({n})")
    sha256 = factory.LazyAttribute(
        lambda row: hashlib.sha256(row.text.encode()).hexdigest()
    )
    title = factory.Sequence(lambda n: f"Article {n}")


class SpanFactory(DjangoModelFactory[Span]):
    """By default the whole text of its article, as body."""

    class Meta:
        model = Span

    article = factory.SubFactory(ArticleFactory)
    kind = SpanKind.BODY
    start = 0
    end = factory.LazyAttribute(lambda row: len(row.article.text))
