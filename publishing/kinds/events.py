"""Events: participants, date, place, and what their claims allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)

from events.models import EventIdentifier, Stance, SupportedPart
from publishing import public
from publishing.json import (
    JsonObject,
    code,
    date,
    filled,
    nothing,
    published_or_null,
    rows,
    yes_or_no,
)
from publishing.kinds.parts import (
    SHORT,
    article_in_short,
    claim_refs,
    documents,
    identifiers,
    passage,
)
from publishing.models import Estimate
from sources.expressions import among
from sources.models import Status

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _participants() -> Any:
    supports = public.supports().filter(participation=OuterRef("pk"))
    return rows(
        public.participations().filter(event=OuterRef("pk")).order_by("id"),
        JsonObject(
            actor=JsonObject(
                id="actor_id",
                slug="actor__slug",
                name="actor__name",
                kind=code("actor__kind"),
                country=code("actor__country"),
            ),
            role=code("role"),
            claims=claim_refs(supports.filter(stance=Stance.SUPPORTS)),
            disputed_by=claim_refs(supports.filter(stance=Stance.DISPUTES)),
        ),
    )


def _estimates() -> Any:
    """Estimates with every claim that bears on them, and its first quote."""
    quote = public.evidence().filter(claim=OuterRef("pk")).order_by("id")
    return rows(
        Estimate.objects.filter(event_id=OuterRef("pk")).order_by("position"),
        JsonObject(
            measure="measure",
            group=filled("group"),
            low="low",
            best="best",
            high="high",
            verdict="verdict",
            origins="origins",
            claims=rows(
                public.claims()
                .filter(among("pk", OuterRef("claims")))
                .order_by("slug"),
                JsonObject(
                    id="id",
                    slug="slug",
                    low="low",
                    high="high",
                    quantifier="quantifier",
                    binds_low=yes_or_no(among("pk", OuterRef("low_claims"))),
                    binds_high=yes_or_no(among("pk", OuterRef("high_claims"))),
                    evidence=Subquery(
                        quote.values(
                            document=JsonObject(article=article_in_short(), **passage())
                        )[:1]
                    ),
                ),
            ),
            conflicts="conflicts",
        ),
    )


def _event_date() -> Case:
    supports = public.supports().filter(
        event=OuterRef("pk"), part=SupportedPart.DATE, stance=Stance.SUPPORTS
    )
    unknown = Value(None, output_field=TextField())
    return Case(
        When(Exists(supports), then=date("date", claims=claim_refs(supports))),
        default=JsonObject(
            earliest=unknown,
            latest=unknown,
            precision=Value("unknown", output_field=TextField()),
            basis=unknown,
            text=unknown,
            note=unknown,
            claims=nothing(),
        ),
    )


def _event_place() -> Case:
    supports = public.supports().filter(
        event=OuterRef("pk"), part=SupportedPart.PLACE, stance=Stance.SUPPORTS
    )
    return Case(
        When(
            Q(Exists(supports), place__status=Status.PUBLISHED),
            then=JsonObject(
                id="place_id",
                slug="place__slug",
                name="place__name",
                kind=code("place__kind"),
                country=code("place__country"),
                latitude="place__latitude",
                longitude="place__longitude",
                radius_m="place__radius_m",
                precision=code("place_precision"),
                text=filled("place_text"),
                claims=claim_refs(supports),
            ),
        )
    )


def event() -> QuerySet[Any]:
    claims = public.claims_about(OuterRef("pk"))
    articles = public.articles_about(OuterRef("pk"))
    return documents(
        public.events(),
        "slug",
        id="id",
        slug="slug",
        title="title",
        summary=filled("summary"),
        type=code("type"),
        mode=code("mode"),
        contexts=Func(F("contexts"), function="publishing_codes"),
        acled_sub_event=code("acled_sub_event"),
        modality="modality",
        date=_event_date(),
        place=_event_place(),
        participants=_participants(),
        estimates=_estimates(),
        articles=rows(
            articles.order_by("id"),
            JsonObject(
                id="id",
                sha256="sha256",
                title=filled("title"),
                outlet=published_or_null("outlet", **SHORT),
            ),
        ),
        claims=rows(
            claims.order_by("slug"),
            JsonObject(id="id", slug="slug"),
        ),
        identifiers=identifiers(EventIdentifier, "event"),
    )
