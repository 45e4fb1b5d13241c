"""What the page of an actor shows: names, relations, activity, what is unclear."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Min
from django.db.models.functions import TruncMonth
from django.urls import reverse

from actors.models import Actor, Alias, Mention, Relation
from actors.same_names import sharers, unclear_mentions
from events.admin.actor_network import STEPS, read_network, when_of
from events.admin.actor_record import record_of
from events.admin.reading import ReadClaim, read_claims
from events.models import Claim, Event, Polarity
from events.pictures.graph import draw_graph
from events.pictures.months import Series, draw_months
from events.pictures.spans import Span, days_of, span_svg
from sources.models import Article

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from events.pictures.days import Days

_FORMS = 600  # pairs of words and article that are read
_PLACES = 4  # articles listed behind each name
_RELATIONS = 100
_UNCLEAR = 20
_OUT_OF_LIST = "words in the text"


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a name stands in one article."""

    article: Article
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name of the actor, or words that stand for it, with where they were seen."""

    name: str
    kind: str
    status: str
    href: str
    count: int
    places: list[Seen]
    more: int
    shared: list[Actor]


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A relation with its time and the claims of both sides."""

    relation: Relation
    when: str
    bar: SafeString | None
    says_so: list[ReadClaim]
    says_not: list[ReadClaim]

    @property
    def disputed(self) -> bool:
        return bool(self.says_not)


def actor_panels(
    actor: Actor, *, steps: int, today: dt.date | None = None
) -> dict[str, Any]:
    """Everything around the form; a constant number of queries."""
    today = today or dt.date.today()  # noqa: DTZ011 — the reader's own day
    shared = sharers(actor)
    network, nodes = read_network(actor, steps=steps, today=today)
    title = f"Network around {actor}"
    relations, line = _relations(actor, today)
    unclear = unclear_mentions(actor, shared, most=_UNCLEAR + 1)
    mentions = Mention.objects.filter(actor=actor).standing()
    counts = mentions.aggregate(
        mentions=Count("pk"), articles=Count("article", distinct=True)
    )
    return {
        **counts,
        "names": _names(actor, shared),
        "relations": relations[:_RELATIONS],
        "relations_more": len(relations) > _RELATIONS,
        "line": line,
        "network": network,
        "network_svg": draw_graph(network, nodes, title=title, key="network"),
        "network_steps": STEPS,
        "steps": steps,
        **record_of(actor),
        **_activity(actor),
        "unclear": unclear[:_UNCLEAR],
        "unclear_more": len(unclear) > _UNCLEAR,
    }


def _names(actor: Actor, shared: dict[str, list[Actor]]) -> list[NameLine]:
    """The usual name, the aliases, and what else the articles call the actor."""
    forms = (
        Mention.objects.filter(actor=actor)
        .standing()
        .with_form()
        .values("alias", "form", "article")
        .annotate(count=Count("pk"), first=Min("start"), words=Min("quote"))
        .order_by("-count", "article")
    )
    aliases = list(actor.aliases.select_related("kind").order_by("name", "pk"))
    known = {alias.folded: alias.pk for alias in reversed(aliases)}
    seen: dict[int | str, list[dict[str, Any]]] = defaultdict(list)
    for row in forms[:_FORMS]:
        seen[row["alias"] or known.get(row["form"]) or row["form"]].append(row)
    shown = {r["article"] for rows in seen.values() for r in rows[:_PLACES]}
    articles = _articles(shown)
    own = [
        _alias_line(each, seen.pop(each.pk, []), articles, shared) for each in aliases
    ]
    rest = [
        _line(
            rows[0]["words"],
            rows,
            articles,
            shared.get(str(form), []),
            kind="usual name" if form == actor.folded else _OUT_OF_LIST,
        )
        for form, rows in seen.items()
    ]
    rest.sort(key=lambda line: -line.count)
    return sorted(own, key=lambda line: -line.count) + rest


def _articles(keys: set[int]) -> dict[int, Article]:
    rows = Article.objects.filter(pk__in=keys).select_related("outlet")
    return {row.pk: row for row in rows.defer("text")}


def _alias_line(
    alias: Alias,
    rows: list[dict[str, Any]],
    articles: dict[int, Article],
    shared: dict[str, list[Actor]],
) -> NameLine:
    href = reverse("admin:actors_alias_change", args=[alias.pk])
    return _line(
        alias.name,
        rows,
        articles,
        shared.get(alias.folded, []),
        kind=str(alias.kind).lower(),
        status=alias.status,
        href=href,
    )


def _line(
    name: str,
    rows: list[dict[str, Any]],
    articles: dict[int, Article],
    shared: list[Actor],
    *,
    kind: str,
    status: str = "",
    href: str = "",
) -> NameLine:
    places = [_seen(row, articles[row["article"]]) for row in rows[:_PLACES]]
    return NameLine(
        name=name,
        kind=kind,
        status=status,
        href=href,
        count=sum(row["count"] for row in rows),
        places=places,
        more=len({row["article"] for row in rows[_PLACES:]}),
        shared=shared,
    )


def _seen(row: dict[str, Any], article: Article) -> Seen:
    address = reverse("admin:sources_article_change", args=[article.pk])
    return Seen(article, row["count"], f"{address}#c{row['first']}")


def _relations(actor: Actor, today: dt.date) -> tuple[list[RelationLine], Days | None]:
    """Disputed relations first; with the stretch of time that their bars share."""
    rows = list(
        Relation.objects.of_actors([actor.pk])
        .select_related("subject", "kind", "object")
        .order_by(F("start_earliest").asc(nulls_last=True), "kind", "pk")[
            : _RELATIONS + 1
        ]
    )
    claims: dict[int, list[ReadClaim]] = defaultdict(list)
    about = Claim.objects.filter(relation__in=[row.pk for row in rows]).standing()
    for read in read_claims(about):
        claims[read.claim.relation_id or 0].append(read)
    line = days_of((_span(row) for row in rows), today)
    lines = [_relation_line(row, claims[row.pk], line) for row in rows]
    return sorted(lines, key=lambda each: not each.disputed), line


def _span(row: Relation) -> Span:
    return Span(row.start_earliest, row.start_latest, row.end_earliest, row.end_latest)


def _relation_line(
    row: Relation, claims: list[ReadClaim], line: Days | None
) -> RelationLine:
    return RelationLine(
        relation=row,
        when=when_of(row),
        bar=span_svg(_span(row), line) if line else None,
        says_so=[r for r in claims if r.claim.polarity == Polarity.POSITIVE],
        says_not=[r for r in claims if r.claim.polarity == Polarity.NEGATIVE],
    )


def _activity(actor: Actor) -> dict[str, Any]:
    """Events and mentions by month, and how many have none that is known."""
    events = Event.objects.filter(
        pk__in=actor.participations.standing().values("event")
    ).standing()
    mentions = Mention.objects.filter(actor=actor).standing()
    dated_events, undated_events = _by_month(events, "date")
    dated, undated = _by_month(mentions, "article__published")
    series = [Series("events", dated_events), Series("mentions", dated)]
    return {
        "activity": draw_months(series, title=f"Activity of {actor}", key="activity"),
        "undated_events": undated_events,
        "undated_mentions": undated,
    }


def _by_month(rows: QuerySet[Any], prefix: str) -> tuple[dict[dt.date, int], int]:
    """Counts by the first day of the month, and of rows that fall in no one month."""
    found = (
        rows.order_by()
        .annotate(
            month=TruncMonth(f"{prefix}_earliest"),
            until=TruncMonth(f"{prefix}_latest"),
        )
        .values_list("month", "until")
        .annotate(count=Count("pk"))
    )
    months: dict[dt.date, int] = defaultdict(int)
    without = 0
    for month, until, count in found:
        if month is not None and month == until:
            months[month] += count
        else:
            without += count
    return dict(months), without
