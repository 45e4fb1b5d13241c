"""Actors and their relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actors.models import ActorIdentifier, Alias, Mention
from events.models import Polarity
from publishing import public
from publishing.json import (
    JsonObject,
    code,
    date,
    filled,
    published_or_null,
    rows,
    yes_or_no,
)
from publishing.kinds.parts import (
    SHORT,
    article_in_short,
    documents,
    identifiers,
    passage,
)
from sources.models import Status

if TYPE_CHECKING:
    from django.db.models import QuerySet


def relation_fields() -> dict[str, Any]:
    negative = public.claims().filter(
        relation=OuterRef("pk"), polarity=Polarity.NEGATIVE
    )
    positive = public.claims().filter(
        relation=OuterRef("pk"), polarity=Polarity.POSITIVE
    )
    return {
        "id": "id",
        "slug": "slug",
        "subject": JsonObject(
            id="subject_id", slug="subject__slug", name="subject__name"
        ),
        "kind": code("kind"),
        "object": JsonObject(id="object_id", slug="object__slug", name="object__name"),
        "title": filled("title"),
        "disputed": yes_or_no(Exists(negative) & Exists(positive)),
        "denied": yes_or_no(Exists(negative) & ~Exists(positive)),
    }


def relation() -> QuerySet[Any]:
    claims = public.claims().filter(relation=OuterRef("pk")).order_by("slug")
    return documents(
        public.relations(),
        "slug",
        **relation_fields(),
        start=date("start"),
        end=date("end"),
        note=filled("note"),
        claims=rows(
            claims,
            JsonObject(
                id="id",
                slug="slug",
                statement="statement",
                modality="modality",
                polarity="polarity",
                speaker=published_or_null("speaker", **SHORT),
                speaker_text=filled("speaker_text"),
            ),
        ),
    )


def actor() -> QuerySet[Any]:
    seen = Mention.objects.filter(
        alias=OuterRef("pk"),
        status=Status.PUBLISHED,
        article__status=Status.PUBLISHED,
    )
    first = seen.order_by("article_id", "start").values_list(
        JsonObject(article=article_in_short(), **passage())
    )[:1]
    aliases = Alias.objects.filter(
        actor=OuterRef("pk"), status=Status.PUBLISHED
    ).order_by("name", "id")
    return documents(
        public.actors(),
        "slug",
        id="id",
        slug="slug",
        name="name",
        kind=code("kind"),
        country=code("country"),
        description=filled("description"),
        outlet=published_or_null("outlet", **SHORT),
        aliases=rows(
            aliases,
            JsonObject(
                name="name",
                kind=code("kind"),
                note=filled("note"),
                mentions=Coalesce(
                    Subquery(seen.order_by().values("alias").values(n=Count("pk"))), 0
                ),
                first_mention=Subquery(first),
            ),
        ),
        identifiers=identifiers(ActorIdentifier, "actor"),
        relations=rows(
            public.relations()
            .filter(Q(subject=OuterRef("pk")) | Q(object=OuterRef("pk")))
            .order_by("slug"),
            JsonObject(**relation_fields()),
        ),
    )
