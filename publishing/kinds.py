"""The documents: one definition per kind of published object.

Each function returns a queryset with the columns `pk`, `slug` and `body` (the JSON as
text) that PostgreSQL evaluates set-wise. publishing.api.schemas describes the same
shapes for OpenAPI; a contract test holds every document against them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Count,
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
from django.db.models.functions import Cast, Coalesce, Greatest, Least, Substr

from actors.models import ActorIdentifier, Alias, Mention
from events.models import (
    Attribution,
    EventIdentifier,
    PlaceIdentifier,
    PlaceName,
    Polarity,
    Stance,
    SupportedPart,
)
from publishing import public
from publishing.json import (
    JsonObject,
    among,
    code,
    date,
    filled,
    published_or_null,
    rows,
    yes_or_no,
)
from publishing.models import Estimate, Kind
from sources.models import Span, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

# Words before and after a quote, as a W3C TextQuoteSelector wants them.
CONTEXT = 32

SHORT = {"id": "id", "slug": "slug", "name": "name"}


def _documents(queryset: QuerySet[Any], key: str, /, **fields: Any) -> QuerySet[Any]:
    return queryset.values_list(
        "pk",
        F(key),
        Cast(JsonObject(**fields), TextField()),
    )


def _identifiers(model: Any, owner: str) -> Any:
    """The other databases' names of the row itself."""
    return rows(
        model.objects.filter(**{owner: OuterRef("pk")}).order_by("scheme", "value"),
        JsonObject(scheme=code("scheme"), value="value"),
    )


def _article() -> JsonObject:
    return JsonObject(
        id="article_id", sha256="article__sha256", title=filled("article__title")
    )


def _passage() -> dict[str, Any]:
    """Where words stand: offsets in code points, and the words around them."""
    return {
        "start": "start",
        "end": "end",
        "quote": "quote",
        "prefix": Substr(
            "article__text",
            Greatest(F("start") - CONTEXT + 1, Value(1)),
            Least(F("start"), Value(CONTEXT)),
        ),
        "suffix": Substr("article__text", F("end") + 1, CONTEXT),
    }


def _claim_refs(supports: QuerySet[Any]) -> Any:
    return rows(
        supports.order_by("claim__slug"),
        JsonObject(id="claim_id", slug="claim__slug"),
    )


def outlet() -> QuerySet[Any]:
    return _documents(
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
    claims = public.claims().filter(
        Exists(
            public.evidence().filter(
                claim=OuterRef("pk"), article=OuterRef(OuterRef("pk"))
            )
        )
    )
    return _documents(
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
        claims=rows(
            claims.order_by("slug"), JsonObject(id="id", slug="slug")
        ),
    )


def _relation_fields() -> dict[str, Any]:
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
    return _documents(
        public.relations(),
        "slug",
        **_relation_fields(),
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
        JsonObject(article=_article(), **_passage())
    )[:1]
    aliases = Alias.objects.filter(
        actor=OuterRef("pk"), status=Status.PUBLISHED
    ).order_by("name", "id")
    return _documents(
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
                first_mention=Subquery(first, output_field=TextField()),
            ),
        ),
        identifiers=_identifiers(ActorIdentifier, "actor"),
        relations=rows(
            public.relations()
            .filter(Q(subject=OuterRef("pk")) | Q(object=OuterRef("pk")))
            .order_by("slug"),
            JsonObject(**_relation_fields()),
        ),
    )


def place() -> QuerySet[Any]:
    return _documents(
        public.places(),
        "slug",
        id="id",
        slug="slug",
        name="name",
        kind=code("kind"),
        parent=published_or_null("parent", **SHORT),
        country=code("country"),
        latitude="latitude",
        longitude="longitude",
        radius_m="radius_m",
        names=rows(
            PlaceName.objects.filter(place=OuterRef("pk")).order_by("name"),
            JsonObject(name="name", kind=code("kind")),
        ),
        identifiers=_identifiers(PlaceIdentifier, "place"),
    )


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
            claims=_claim_refs(supports.filter(stance=Stance.SUPPORTS)),
            disputed_by=_claim_refs(supports.filter(stance=Stance.DISPUTES)),
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
                            document=JsonObject(article=_article(), **_passage())
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
    nothing = Value(None, output_field=TextField())
    return Case(
        When(Exists(supports), then=date("date", claims=_claim_refs(supports))),
        default=JsonObject(
            earliest=nothing,
            latest=nothing,
            precision=Value("unknown", output_field=TextField()),
            basis=nothing,
            text=nothing,
            note=nothing,
            claims=rows(supports.none(), JsonObject(id="claim_id")),
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
                claims=_claim_refs(supports),
            ),
        )
    )


def event() -> QuerySet[Any]:
    articles = public.articles().filter(
        Exists(
            public.evidence().filter(
                Exists(
                    public.claims().filter(
                        public.about(OuterRef(OuterRef(OuterRef("pk")))),
                        pk=OuterRef("claim"),
                    )
                ),
                article=OuterRef("pk"),
            )
        )
    )
    return _documents(
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
            public.claims().filter(public.about(OuterRef("pk"))).order_by("slug"),
            JsonObject(id="id", slug="slug"),
        ),
        identifiers=_identifiers(EventIdentifier, "event"),
    )


def claim() -> QuerySet[Any]:
    chain = Attribution.objects.filter(claim=OuterRef("pk")).order_by("position")
    proof = public.evidence().filter(claim=OuterRef("pk"))
    return _documents(
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
        event=published_or_null("event", id="id", slug="slug", title="title"),
        relation=published_or_null(
            "relation", id="id", slug="slug", kind=code("relation__kind")
        ),
        measure=code("measure"),
        group=code("group"),
        low="low",
        high="high",
        quantifier=filled("quantifier"),
        figure_text=filled("figure_text"),
        part_of=published_or_null("part_of", id="id", slug="slug"),
        note=filled("note"),
        evidence=rows(
            proof.order_by("article_id", "start"),
            JsonObject(article=_article(), **_passage()),
        ),
    )


DOCUMENTS: dict[Kind, Callable[[], QuerySet[Any]]] = {
    Kind.OUTLET: outlet,
    Kind.ARTICLE: article,
    Kind.ACTOR: actor,
    Kind.RELATION: relation,
    Kind.PLACE: place,
    Kind.EVENT: event,
    Kind.CLAIM: claim,
}
