"""The rows of each queue of problems, and what the list says beside each of them.

Rejected and retracted rows are settled and in no queue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    CharField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from actors.models import Actor, Alias, Mention, Relation
from curation.disputes import in_dispute
from curation.models import Lease, Proposal, Run, Verdict
from events.models import (
    Attribution,
    Claim,
    Event,
    EventModality,
    Evidence,
    Participation,
    Place,
    Voice,
)
from sources.models import Article, Origin, Status

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

SETTLED = (Status.REJECTED, Status.RETRACTED)
NOT_YET = (EventModality.PLANNED, EventModality.PREDICTED, EventModality.HYPOTHETICAL)
_COPY = Q(rule="pair.repost") & ~Q(
    judgements__verdict=Verdict.REJECTED, judgements__superseded_by=None
)


def open_rows(model: Any) -> QuerySet[Any]:
    """The rows of a curated table that are not settled."""
    rows: QuerySet[Any] = model.objects.exclude(status__in=SETTLED)
    return rows


def without_speaker() -> QuerySet[Any]:
    """Claims that somebody makes, in words only."""
    return open_rows(Claim).filter(voice=Voice.ATTRIBUTED, speaker=None)


def with_conflict() -> QuerySet[Any]:
    """Events of which two accepted figures exclude each other."""
    return open_rows(Event).filter(in_dispute("pk"))


def ambiguous_aliases() -> QuerySet[Any]:
    """Names that several actors have, unless a note says which is meant when."""
    others = open_rows(Alias).exclude(actor=OuterRef("actor"))
    other_actors = open_rows(Actor).exclude(pk=OuterRef("actor"))
    shared = Exists(others.filter(folded=OuterRef("folded"))) | Exists(
        other_actors.filter(folded=OuterRef("folded"))
    )
    return open_rows(Alias).filter(shared, note="").order_by("folded", "pk")


def dated_after_publication() -> QuerySet[Any]:
    """Events that begin after every article which reports them."""
    telling = Evidence.objects.filter(claim__event=OuterRef("pk"))
    before = telling.filter(article__published_latest__lt=OuterRef("date_earliest"))
    others = telling.exclude(article__published_latest__lt=OuterRef("date_earliest"))
    dated = open_rows(Event).filter(date_earliest__isnull=False)
    return dated.exclude(modality__in=NOT_YET).filter(Exists(before), ~Exists(others))


def copies_without_origin() -> QuerySet[Any]:
    """Articles that repeat another one, and nothing says of what both are copies."""
    pairs = Proposal.objects.filter(article=OuterRef("pk")).filter(_COPY)
    return open_rows(Article).filter(Exists(pairs), origin=None)


def without_coordinates() -> QuerySet[Any]:
    return open_rows(Place).filter(latitude=None)


def stale_leases() -> QuerySet[Any]:
    """Articles that somebody took and neither finished nor gave back."""
    return Lease.objects.filter(until__lte=timezone.now())


def unused_actors() -> QuerySet[Any]:
    """Actors that no article names and nothing else refers to."""
    return open_rows(Actor).filter(
        *(
            ~Exists(model.objects.filter(**{column: OuterRef("pk")}))
            for model, column in (
                (Mention, "actor"),
                (Participation, "actor"),
                (Claim, "speaker"),
                (Attribution, "actor"),
                (Relation, "subject"),
                (Relation, "object"),
            )
        ),
        outlet=None,
    )


def without_claims() -> QuerySet[Any]:
    """Events of which no article says anything."""
    claims = Claim.objects.filter(event=OuterRef("pk"))
    return open_rows(Event).filter(~Exists(claims))


def unused_places() -> QuerySet[Any]:
    """Places where nothing happened and that contain no other place."""
    return open_rows(Place).filter(
        ~Exists(Event.objects.filter(place=OuterRef("pk"))),
        ~Exists(Place.objects.filter(parent=OuterRef("pk"))),
    )


def without_articles() -> QuerySet[Any]:
    """Origins that no article comes from."""
    articles = Article.objects.filter(origin=OuterRef("pk"))
    return open_rows(Origin).filter(~Exists(articles))


def unread() -> QuerySet[Any]:
    """Articles that no machine has read, so nothing is proposed about them."""
    return open_rows(Article).filter(
        ~Exists(Run.objects.filter(article=OuterRef("pk")))
    )


def speaker_words() -> Combinable:
    return Concat(Value("said by: "), F("speaker_text"))


def other_actors() -> Combinable:
    aliases = open_rows(Alias).filter(folded=OuterRef("folded"))
    named = aliases.exclude(actor=OuterRef("actor")).order_by().values("folded")
    joined = StringAgg("actor__name", ", ", distinct=True)
    names = Actor.objects.filter(folded=OuterRef("folded"))
    itself = names.exclude(pk=OuterRef("actor")).values("name")[:1]
    others = Coalesce(
        Subquery(named.annotate(names=joined).values("names")),
        Subquery(itself),
        output_field=TextField(),
    )
    own = F("actor__name")
    return Concat(own, Value("; and "), others, output_field=TextField())


def both_dates() -> Combinable:
    told = (
        Evidence.objects.filter(claim__event=OuterRef("pk"))
        .order_by()
        .values("claim__event")
        .annotate(last=Max("article__published_latest"))
        .values("last")
    )
    begins, last = Cast("date_earliest", CharField()), Cast(Subquery(told), CharField())
    return Concat(Value("begins "), begins, Value("; last reported "), last)


def copy_of() -> Combinable:
    pairs = Proposal.objects.filter(article=OuterRef("pk")).filter(_COPY)
    return Subquery(pairs.order_by("-pk").values("reason")[:1])


def holder() -> Combinable:
    return Concat(Value("taken by "), F("by__username"))
