"""Rows that are published and that the public does not see all the same.

The other side of publishing.public, which stands above this room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, NullIf

from events.models import Claim, Event, Evidence, Participation, Stance, Support
from sources.models import Status

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

_PUBLISHED = Status.PUBLISHED


def _proved(claim: str) -> Exists:
    """Whether the claim of that column is published and a public article proves it."""
    proof = Evidence.objects.filter(
        claim=OuterRef(claim),
        claim__status=_PUBLISHED,
        article__status=_PUBLISHED,
    )
    return Exists(proof)


def unseen_claims() -> QuerySet[Any]:
    """Published claims of which no article is."""
    return Claim.objects.published().filter(~_proved("pk"))


def unseen_events() -> QuerySet[Any]:
    """Published events of which no claim is public."""
    named = Claim.objects.filter(_proved("pk"), event=OuterRef("pk"))
    resting = Support.objects.filter(
        _proved("claim"), event=OuterRef("pk"), stance=Stance.SUPPORTS
    )
    return Event.objects.published().filter(~Exists(named), ~Exists(resting))


def unseen_roles() -> QuerySet[Any]:
    """Published roles whose actor is not, or of which no public claim speaks."""
    said = Support.objects.filter(
        _proved("claim"), participation=OuterRef("pk"), stance=Stance.SUPPORTS
    )
    return Participation.objects.published().filter(
        ~Exists(said) | ~Q(actor__status=_PUBLISHED)
    )


def unseen_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `rows` that the public does not see; an article needs nothing else."""
    found = {Claim: unseen_claims, Event: unseen_events}.get(rows.model)
    return rows.filter(pk__in=found().values("pk")) if found else rows.none()


def article_state() -> Combinable:
    """Of a claim: what its first article is."""
    proof = Evidence.objects.filter(claim=OuterRef("pk")).order_by("pk")
    unnamed = Concat(Value("Untitled article "), "article", output_field=TextField())
    title = Coalesce(
        NullIf("article__title", Value("")), unnamed, output_field=TextField()
    )
    words = Concat(
        *(Value("the article “"), title, Value("” is "), F("article__status")),
        output_field=TextField(),
    )
    return Subquery(proof.annotate(words=words).values("words")[:1])


def claim_states() -> Combinable:
    """Of an event: what its claims are, and their articles."""

    def states(column: str) -> Subquery:
        about = Evidence.objects.filter(claim__event=OuterRef("pk")).order_by()
        joined = StringAgg(column, ", ", distinct=True, output_field=CharField())
        return Subquery(
            about.values("claim__event").annotate(states=joined).values("states")
        )

    none = Value("none")
    return Concat(
        Value("claims: "),
        Coalesce(states("claim__status"), none),
        Value("; their articles: "),
        Coalesce(states("article__status"), none),
        output_field=TextField(),
    )


def role_state() -> Combinable:
    """Of a role: what its actor is, or that no claim says so."""
    return Case(
        When(
            ~Q(actor__status=_PUBLISHED),
            then=Concat(Value("the actor is "), F("actor__status")),
        ),
        default=Value("no public claim says so"),
        output_field=TextField(),
    )
