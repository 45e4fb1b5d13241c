"""What is public, each rule once.

Published is not enough: a claim also needs evidence in a published article, and an
event, a relation, a role needs a public claim that says so. What cannot be followed
to a sentence is not shown.
"""

from __future__ import annotations

from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet

from actors.models import Actor, Relation
from events.models import Claim, Event, Evidence, Participation, Place, Stance, Support
from sources.models import Article, Outlet, Status


def outlets() -> QuerySet[Outlet]:
    return Outlet.objects.published()


def articles() -> QuerySet[Article]:
    return Article.objects.published()


def actors() -> QuerySet[Actor]:
    return Actor.objects.published()


def places() -> QuerySet[Place]:
    return Place.objects.published()


def evidence() -> QuerySet[Evidence]:
    return Evidence.objects.filter(article__status=Status.PUBLISHED)


def claims() -> QuerySet[Claim]:
    return Claim.objects.filter(
        Exists(evidence().filter(claim=OuterRef("pk"))), status=Status.PUBLISHED
    )


def supports() -> QuerySet[Support]:
    """Supports by public claims."""
    return Support.objects.filter(Exists(claims().filter(pk=OuterRef("claim"))))


def events() -> QuerySet[Event]:
    return Event.objects.filter(
        Exists(claims().filter(event=OuterRef("pk")))
        | Exists(supports().filter(event=OuterRef("pk"), stance=Stance.SUPPORTS)),
        status=Status.PUBLISHED,
    )


def participations() -> QuerySet[Participation]:
    return Participation.objects.filter(
        Exists(supports().filter(participation=OuterRef("pk"), stance=Stance.SUPPORTS)),
        status=Status.PUBLISHED,
        actor__status=Status.PUBLISHED,
    )


def relations() -> QuerySet[Relation]:
    return Relation.objects.filter(
        Exists(claims().filter(relation=OuterRef("pk"))),
        status=Status.PUBLISHED,
        subject__status=Status.PUBLISHED,
        object__status=Status.PUBLISHED,
    )


def claims_about(event: OuterRef) -> QuerySet[Claim]:
    """Public claims about an event: that name it, or that a part of it rests on."""
    return claims().filter(_returned_by("publishing_claims_about", event))


def articles_about(event: OuterRef) -> QuerySet[Article]:
    """Public articles that hold the evidence of such claims."""
    return articles().filter(_returned_by("publishing_articles_about", event))


def _returned_by(function: str, event: OuterRef) -> Func:
    """Whether the row is among the ids that `function` gives for `event`.

    Unnested, so that the function runs once per event and not once per row.
    """
    return Func(
        F("pk"),
        event,
        template="(%(expressions)s))))",
        arg_joiner=f" IN (SELECT unnest({function}(",
        output_field=BooleanField(),
    )
