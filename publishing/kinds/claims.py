"""Claims, each with the passages that prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef

from events.models import Attribution
from publishing import public
from publishing.json import JsonObject, code, filled, if_public, published_or_null, rows
from publishing.kinds.parts import SHORT, article_in_short, documents, passage

if TYPE_CHECKING:
    from django.db.models import QuerySet


def claim() -> QuerySet[Any]:
    chain = Attribution.objects.filter(claim=OuterRef("pk")).order_by("position")
    proof = public.evidence().filter(claim=OuterRef("pk"))
    return documents(
        public.claims(),
        "slug",
        id="id",
        slug="slug",
        kind="kind",
        statement="statement",
        modality="modality",
        polarity="polarity",
        voice="voice",
        speaker=published_or_null("speaker", **SHORT),
        speaker_text=filled("speaker_text"),
        attributed_to=rows(
            chain,
            JsonObject(actor=published_or_null("actor", **SHORT), text=filled("text")),
        ),
        event=if_public(public.events(), "event", id="id", slug="slug", title="title"),
        relation=if_public(
            public.relations(), "relation", id="id", slug="slug", kind=code("kind")
        ),
        measure=code("measure"),
        group=code("group"),
        low="low",
        high="high",
        quantifier=filled("quantifier"),
        figure_text=filled("figure_text"),
        part_of=if_public(public.claims(), "part_of", id="id", slug="slug"),
        note=filled("note"),
        evidence=rows(
            proof.order_by("article_id", "start"),
            JsonObject(article=article_in_short(), **passage()),
        ),
    )
