"""What the first page tells of the work: what changed, what is disputed, how it goes.

Each read looks at the newest rows only, a number that is written beside the answer, so
that a million events cost no more than a thousand.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Model, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Length, TruncDate
from django.utils import timezone

from actors.models import Actor, Relation
from curation.charts import Share
from curation.coverage import coverage
from curation.disputes import contradicted
from curation.models import Batch, Judgement, Verdict
from curation.queue import GONE, touched
from events.estimates import Estimate
from events.estimates import Verdict as Stand
from events.estimating import estimates_of
from events.models import Claim, ClaimKind, Event, Place
from sources.models import ACCEPTED, Article, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.contrib.auth.models import AbstractUser

CHANGES = 500  # rows of a history
NAMED = 2  # of each kind, with a link
FIGURES = 2_000  # of which the disputes are found
DISPUTES = 5
ARTICLES = 500  # of which is counted how many are coded
READ = 40  # of which is counted how many sentences are
READ_CHARACTERS = 300_000  # … unless they are long
DECISIONS = 5_000  # of which the rates of acceptance are
PER_DAY = 10_000  # decisions and claims that are counted by day
DAYS = 28

# Who a history's row is by: null for a command.
_BY = KeyTextTransform("by", "pgh_context__metadata")
_USER = KeyTextTransform("user", "pgh_context__metadata")
# Of decisions: nobody took them back.
_STANDS = Q(superseded_by=None) & ~Q(verdict=Verdict.UNDONE)

# Kinds of rows that are told of, and what one is called and many are.
KINDS: tuple[tuple[type[Model], str, str], ...] = (
    (Article, "article", "articles"),
    (Event, "event", "events"),
    (Claim, "claim", "claims"),
    (Actor, "actor", "actors"),
    (Relation, "relation", "relations"),
    (Place, "place", "places"),
)


class Touched(NamedTuple):
    """A row that changed, and who did that last."""

    row: Any
    by: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What others changed of one kind; `more` where not all were counted."""

    model: type[Model]
    number: int
    more: bool
    named: list[Touched]
    one: str
    many: str

    @property
    def text(self) -> str:
        noun = self.one if self.number == 1 and not self.more else self.many
        return f"{'more than ' if self.more else ''}{self.number} {noun}"


def changes_since(
    since: dt.datetime, *, by_others_than: AbstractUser, kinds: Sequence[Any] = KINDS
) -> list[Changed]:
    """What others changed since then, by kind, without what was taken back since.

    A query, and two for each kind at most.
    """
    undoings = _undoings(since)
    found = (_changed(each, since, by_others_than, undoings) for each in kinds)
    return [each for each in found if each.number]


def _undoings(since: dt.datetime) -> dict[Any, Any]:
    """Of changes made at once that were undone: the undoing's context, then theirs."""
    rows = Batch.objects.filter(undoes__at__gt=since).order_by("-pk")
    found: dict[Any, Any] = {}
    for last, before in rows.values_list("context", "undoes__context"):
        if last not in found.values():  # else that undoing was undone
            found[last] = before
    return found


class _Written(NamedTuple):
    """A row of a history."""

    pk: Any
    status: str
    label: str
    context: Any
    user: str | None
    by: str | None
    at: dt.datetime


def _changed(
    kind: tuple[type[Model], str, str],
    since: dt.datetime,
    user: AbstractUser,
    undoings: dict[Any, Any],
) -> Changed:
    model, one, many = kind
    history: Any = model._meta.get_field("history").related_model
    columns = ("pgh_obj", "status", "pgh_label", "pgh_context_id")
    newest = history.objects.order_by("-pgh_id").values_list(
        *columns, _USER, _BY, "pgh_created_at"
    )
    rows = [_Written(*row) for row in newest[:CHANGES]]
    more = len(rows) == CHANGES and rows[-1].at > since
    by: dict[Any, str] = {}
    for row in _standing([row for row in rows if row.at > since], undoings):
        if row.user != str(user.pk):
            by.setdefault(row.pk, _named(row.user, row.by))
    named = list(by)[:NAMED]
    known = _plain(model).in_bulk(named) if named else {}
    touched_rows = [Touched(known[pk], by[pk]) for pk in named if pk in known]
    return Changed(model, len(by), more, touched_rows, one, many)


def _standing(rows: list[_Written], undoings: dict[Any, Any]) -> Iterator[_Written]:
    """Without rows that were added and removed again, and without what was undone.

    What was published and is retracted by its undoing has changed.
    """
    added, removed = (
        {row.pk for row in rows if row.label == label} for label in ("insert", "delete")
    )
    gone = added & removed
    undone = set(undoings.values())
    for row in rows:
        set_back = row.context in undoings and row.status != Status.RETRACTED
        if not (row.pk in gone or row.context in undone or set_back):
            yield row


def _named(who: str | None, name: str | None) -> str:
    """A person by their name; a command of the data keepers as such."""
    if name and not who:
        return f"the command {name}"
    return name or "somebody"


def _plain(model: type[Model]) -> QuerySet[Any]:
    """Rows with what their names are made of, without long texts."""
    rows: QuerySet[Any] = model._default_manager.all()
    if model is Article:
        return rows.defer("text")
    if model is Relation:
        return rows.select_related("subject", "object", "kind")
    return rows


def decisions_since(since: dt.datetime, *, by_others_than: AbstractUser) -> int:
    """Decisions of others since then that stand, of the newest CHANGES."""
    newest = _newest(Judgement, "pk", CHANGES).filter(_STANDS)
    return newest.filter(at__gt=since).exclude(by=by_others_than).count()


def _newest(model: type[Model], key: str, number: int) -> QuerySet[Any]:
    """The rows with the greatest keys, in any order. Asks for the least of them first:
    with a number before it, the database takes the index."""
    rows: QuerySet[Any] = model._default_manager.order_by()
    keys = rows.order_by(f"-{key}").values_list(key, flat=True)
    least = list(keys[number - 1 : number])
    return rows.filter(**{f"{key}__gte": least[0]}) if least else rows


class Dispute(NamedTuple):
    """An event and the estimates of it that no number satisfies."""

    event: Event
    estimates: list[Estimate]


def disputes() -> list[Dispute]:
    """The events whose newest figures contradict others, the latest first."""
    figures = Claim.objects.filter(kind=ClaimKind.FIGURE).order_by("-pk")
    newest = contradicted().filter(pk__in=figures.values("pk")[:FIGURES])
    keys = list(dict.fromkeys(newest.order_by("-pk").values_list("event", flat=True)))
    keys = keys[:DISPUTES]
    events = Event.objects.in_bulk([key for key in keys if key])
    found = estimates_of(Claim.objects.accepted().filter(event__in=keys))
    return [
        Dispute(events[key], clashing)
        for key in keys
        if key
        and (
            clashing := [
                e for e in found.get(key, ()) if e.verdict == Stand.CONFLICTING
            ]
        )
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the newest articles are: by article, and by sentence of the newest."""

    articles: Share
    sentences: Share
    read: int


def progress() -> Progress:
    """How far the newest ARTICLES are coded, and the sentences of some of them."""
    rows = Article.objects.exclude(status__in=GONE).order_by("-pk")
    states = dict(rows.values_list("pk", "status")[:ARTICLES])
    begun = touched(list(states))
    done = sum(status in ACCEPTED for pk, status in states.items() if pk in begun)
    articles = Share(
        f"{len(states)} newest articles" if len(states) == ARTICLES else "Articles",
        (done, len(begun) - done, len(states) - len(begun)),
    )
    chosen = _readable(list(states)[:READ])
    covered = coverage(Article.objects.filter(pk__in=chosen))
    total = sum(each.total for each in covered)
    dealt_with = sum(each.covered for each in covered)
    label = f"Sentences of the {len(chosen)} newest"
    return Progress(
        articles, Share(label, (dealt_with, total - dealt_with)), len(chosen)
    )


def _readable(articles: Sequence[int]) -> list[int]:
    """The first of these, as long as their texts are not too much to cut up at once."""
    lengths = dict(
        Article.objects.filter(pk__in=articles).values_list("pk", Length("text"))
    )
    chosen: list[int] = []
    characters = 0
    for pk in articles:
        characters += lengths.get(pk, 0)
        if characters > READ_CHARACTERS and chosen:
            break
        chosen.append(pk)
    return chosen


def acceptance() -> list[Share]:
    """Of each extractor, how its newest decided proposals fared: accepted unchanged,
    changed first, rejected. Of the newest DECISIONS."""
    newest = _newest(Judgement, "pk", DECISIONS).filter(superseded_by=None)
    counted = (
        newest.values_list("proposal__extractor")
        .annotate(
            accepted=Count("pk", filter=Q(verdict=Verdict.ACCEPTED)),
            edited=Count("pk", filter=Q(verdict=Verdict.EDITED)),
            rejected=Count("pk", filter=Q(verdict=Verdict.REJECTED)),
        )
        .order_by("proposal__extractor")
    )
    return [Share(extractor, tuple(numbers)) for extractor, *numbers in counted]


@dataclass(frozen=True, slots=True)
class Daily:
    """How many on each day, the days in order; `cut`: not all of them are counted."""

    days: list[tuple[dt.date, int]]
    cut: bool

    @property
    def total(self) -> int:
        return sum(number for _, number in self.days)


def decisions_by_day() -> Daily:
    """How many decisions that stand were made on each of the last DAYS days."""
    rows = _newest(Judgement, "pk", PER_DAY)
    return _by_day(rows, "at", counted=_STANDS)


def claims_by_day() -> Daily:
    """How many claims people added on each of the last DAYS days; not commands, and
    not what they took back."""
    history: Any = Claim._meta.get_field("history").related_model
    rows = _newest(history, "pgh_id", PER_DAY).annotate(who=_USER)
    by_people = Q(pgh_label="insert", who__isnull=False, pgh_obj__slug__isnull=False)
    return _by_day(rows, "pgh_created_at", counted=by_people)


def _by_day(rows: QuerySet[Any], column: str, *, counted: Q) -> Daily:
    first = timezone.localdate() - dt.timedelta(days=DAYS - 1)
    found = {
        day: (looked_at, number)
        for day, looked_at, number in rows.annotate(day=TruncDate(column))
        .filter(day__gte=first)
        .values_list("day")
        .annotate(Count("pk"), number=Count("pk", filter=counted))
    }
    cut = sum(looked_at for looked_at, _ in found.values()) >= PER_DAY
    days = (first + dt.timedelta(days=n) for n in range(DAYS))
    return Daily([(day, found.get(day, (0, 0))[1]) for day in days], cut)
