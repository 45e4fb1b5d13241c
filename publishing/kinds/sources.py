"""Outlets and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef

from actors.models import Mention
from publishing import public
from publishing.json import JsonObject, code, date, filled, published_or_null, rows
from publishing.kinds.parts import SHORT, documents
from sources.models import Span, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet


def outlet() -> QuerySet[Any]:
    return documents(
        public.outlets(),
        "slug",
        id="id",
        slug="slug",
        name="name",
        country=code("country"),
        reliability=code("reliability"),
        url=filled("url"),
    )


def article() -> QuerySet[Any]:
    mentions = Mention.objects.filter(
        article=OuterRef("pk"),
        status=Status.PUBLISHED,
        actor__status=Status.PUBLISHED,
    ).order_by("start", "end", "id")
    quoted = public.evidence().filter(article=OuterRef(OuterRef("pk")))
    claims = public.claims().filter(pk__in=quoted.values("claim"))
    return documents(
        public.articles(),
        "sha256",
        id="id",
        title=filled("title"),
        outlet=published_or_null("outlet", **SHORT),
        origin=published_or_null("origin", **SHORT),
        published=date("published"),
        language="language",
        url=filled("url"),
        sha256="sha256",
        revision="revision",
        revises=published_or_null("revises", id="id", sha256="sha256"),
        text="text",
        spans=rows(
            Span.objects.filter(article=OuterRef("pk")).order_by("start"),
            JsonObject(kind="kind", start="start", end="end"),
        ),
        mentions=rows(
            mentions,
            JsonObject(
                start="start",
                end="end",
                quote="quote",
                actor=JsonObject(
                    id="actor_id",
                    slug="actor__slug",
                    name="actor__name",
                    kind=code("actor__kind"),
                ),
            ),
        ),
        claims=rows(claims.order_by("slug"), JsonObject(id="id", slug="slug")),
    )
