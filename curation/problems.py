"""What is wrong or unfinished in the data: one queryset each, with why and the remedy.

A row leaves its queue when it is mended; nothing is ticked off. Rejected and retracted
rows are settled and in no queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db import OperationalError, connection, transaction
from django.db.models import (
    CharField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
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
    from collections.abc import Callable

    from django.db.models.expressions import Combinable

SETTLED = (Status.REJECTED, Status.RETRACTED)
COUNTED = 1_000  # a queue is counted so far
PATIENCE_MS = 300  # and for so long
NOT_YET = (EventModality.PLANNED, EventModality.PREDICTED, EventModality.HYPOTHETICAL)


@dataclass(frozen=True, slots=True)
class Problem:
    """One queue: its rows, why they matter, and what to do about them.

    `note` is what the list says beside a row, of its columns. `actions` are those of
    the list of such rows that mend some of them at once.
    """

    key: str
    title: str
    why: str
    remedy: str
    rows: Callable[[], QuerySet[Any]]
    note: Callable[[], Combinable] | None = None
    actions: tuple[str, ...] = ()


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


_COPY = Q(rule="pair.repost") & ~Q(
    judgements__verdict=Verdict.REJECTED, judgements__superseded_by=None
)


def _speaker_words() -> Combinable:
    return Concat(Value("said by: "), F("speaker_text"))


def _other_actors() -> Combinable:
    aliases = open_rows(Alias).filter(folded=OuterRef("folded"))
    named = aliases.exclude(actor=OuterRef("actor")).order_by().values("folded")
    joined = StringAgg("actor__name", ", ", distinct=True)
    names = Actor.objects.filter(folded=OuterRef("folded"))
    itself = names.exclude(pk=OuterRef("actor")).values("name")[:1]
    others = Coalesce(
        Subquery(named.annotate(names=joined).values("names")), Subquery(itself)
    )
    own = F("actor__name")
    return Concat(own, Value("; and "), others, output_field=CharField())


def _both_dates() -> Combinable:
    told = (
        Evidence.objects.filter(claim__event=OuterRef("pk"))
        .order_by()
        .values("claim__event")
        .annotate(last=Max("article__published_latest"))
        .values("last")
    )
    begins, last = Cast("date_earliest", CharField()), Cast(Subquery(told), CharField())
    return Concat(Value("begins "), begins, Value("; last reported "), last)


def _copy_of() -> Combinable:
    pairs = Proposal.objects.filter(article=OuterRef("pk")).filter(_COPY)
    return Subquery(pairs.order_by("-pk").values("reason")[:1])


def _holder() -> Combinable:
    return Concat(Value("taken by "), F("by__username"))


PROBLEMS = (
    Problem(
        "without-speaker",
        "Claims without a speaker",
        "Somebody says it, but only words name them: the claim is not found under the "
        "actor, and two of their claims count as two voices.",
        "Choose the actor whom the words name. Words that name nobody in particular "
        "(“top sources”) may stay.",
        without_speaker,
        _speaker_words,
        ("to_speaker",),
    ),
    Problem(
        "conflicts",
        "Events with conflicting figures",
        "Two accepted figures exclude each other, so the estimate has no number that "
        "all sources allow.",
        "Compare the sentences: a group, a part or a bound may be misread. A true "
        "disagreement stays, and is shown as one.",
        with_conflict,
    ),
    Problem(
        "ambiguous-aliases",
        "Names that several actors have",
        "The machine cannot tell which of them an article means.",
        "Take the name away from the wrong actor; where both bear it, say in its note "
        "when which one is meant.",
        ambiguous_aliases,
        _other_actors,
        ("reject",),
    ),
    Problem(
        "after-publication",
        "Events dated after their reports",
        "No article tells what has not happened yet: the date is wrong, or the event "
        "is planned.",
        "Correct the date or the article's date of publication, or mark the event as "
        "planned or predicted.",
        dated_after_publication,
        _both_dates,
        ("to_date",),
    ),
    Problem(
        "copies",
        "Copies without an origin",
        "Two articles from one wire copy count as two sources while nothing says that "
        "they are one.",
        "Give both the same origin, or reject the proposed pair on the article's "
        "page of proposals.",
        copies_without_origin,
        _copy_of,
        ("to_origin",),
    ),
    Problem(
        "without-coordinates",
        "Places without coordinates",
        "Their events are on no map.",
        "Look the place up in the gazetteer, or give it a point with its radius.",
        without_coordinates,
    ),
    Problem(
        "stale-leases",
        "Articles left on a desk",
        "Somebody took the article and their time ran out: what they began may be half "
        "done.",
        "Ask them, or give the article to somebody else.",
        stale_leases,
        _holder,
        ("to_curator",),
    ),
    Problem(
        "unused-actors",
        "Actors that nothing refers to",
        "No article names them: they only make the lists longer, or a mention was "
        "linked to a double.",
        "Reject those that were entered by mistake; a reference list may stay.",
        unused_actors,
        actions=("reject",),
    ),
    Problem(
        "without-claims",
        "Events without a claim",
        "Nothing proves that they happened; they cannot be published.",
        "Link the claims that are about the event, or reject it.",
        without_claims,
        actions=("reject",),
    ),
    Problem(
        "unused-places",
        "Places that nothing refers to",
        "No event is there and no other place is inside: perhaps a double.",
        "Reject those that were entered by mistake.",
        unused_places,
        actions=("reject",),
    ),
    Problem(
        "without-articles",
        "Origins without an article",
        "An origin says that articles repeat each other; of one without articles "
        "nobody can tell what it was for.",
        "Give the articles that belong to it this origin, or reject it.",
        without_articles,
        actions=("reject",),
    ),
    Problem(
        "unread",
        "Articles that no machine has read",
        "Nothing is proposed about them, so they are coded wholly by hand.",
        "Start the worker (make run does), or ./manage.py propose; see Jobs for those "
        "that failed.",
        unread,
    ),
)


def problem_of(key: str) -> Problem | None:
    return next((problem for problem in PROBLEMS if problem.key == key), None)


def count_of(problem: Problem) -> int | None:
    """How many rows its queue has; COUNTED + 1 for more than COUNTED.

    None when that takes longer than PATIENCE_MS: then some are found by opening it.
    """
    found = problem.rows().order_by().values("pk")[: COUNTED + 1]
    try:
        with transaction.atomic():
            _wait_at_most(PATIENCE_MS)
            number: int = found.count()
            _wait_at_most(0)
            return number
    except OperationalError:
        return None


def _wait_at_most(milliseconds: int) -> None:
    """0 is for ever. Until the transaction ends, or is set again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {milliseconds}")
