"""The rows without which an article, an event or a claim is not seen as a whole.

What a document shows of other rows is empty while those are not public: the place of an
event, who speaks, whose part it is. Only what people stand behind leads on: a draft or
a rejected claim belongs to its article, the actors that it names do not for its sake.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from actors.models import Actor, Alias, Mention, Relation
from events.models import (
    Attribution,
    Claim,
    Event,
    Evidence,
    Participation,
    Place,
    Stance,
    Support,
)
from sources.models import ACCEPTED, Article, Curated, Origin, Outlet, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOTS: dict[str, type[Curated]] = {"article": Article, "event": Event, "claim": Claim}
# In the order in which people are told of them.
KINDS: tuple[type[Curated], ...] = (
    *(Article, Event, Claim, Participation, Place, Actor),
    *(Relation, Mention, Alias, Outlet, Origin),
)


@dataclass(slots=True)
class Belonging:
    """What belongs to `root`, itself among it: by table the states of the rows by id.

    Beside it how they hang together, as far as that decides what the public sees:
    `claims` and `events` are those that people stand behind; `evidence` are pairs of a
    claim and the article that proves it; `supports` tell on which part of an event a
    claim bears.
    """

    root: Curated
    rows: dict[type[Curated], dict[int, Status]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )
    claims: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[tuple[int, int]] = field(default_factory=list)
    supports: list[Support] = field(default_factory=list)
    events: dict[int, dict[str, Any]] = field(default_factory=dict)
    unsaid: int = 0  # roles in the event `root` that no claim speaks of

    def add(self, model: type[Curated], of: Q, *columns: str) -> list[dict[str, Any]]:
        """Read rows and keep them; answers those that lead on, with `columns`."""
        found = model._default_manager.filter(of).order_by("pk")
        rows = list(found.values("pk", "status", *columns))
        self.rows[model] |= {row["pk"]: Status(row["status"]) for row in rows}
        return [row for row in rows if row["status"] in ACCEPTED]


def belonging(root: Curated) -> Belonging:
    """What belongs to an article, an event or a claim. Constant number of queries."""
    found = Belonging(root)
    claims = found.add(Claim, _claims_of(root), "event", "relation", "speaker")
    found.claims = claims
    keys = _ids(claims, "pk")
    found.evidence = list(
        Evidence.objects.filter(claim__in=keys)
        .order_by()
        .distinct()
        .values_list("claim", "article")
    )
    found.supports = list(Support.objects.filter(claim__in=keys))
    roles = _add_events(found, root, claims)
    articles = _add_articles(found, root)
    relations = found.add(
        *(Relation, Q(pk__in=_ids(claims, "relation")), "subject", "object")
    )
    actors = _ids(claims, "speaker") | _ids(roles, "actor")
    actors |= _ids(relations, "subject") | _ids(relations, "object")
    passing_on = Attribution.objects.filter(claim__in=keys)
    actors |= set(passing_on.values_list("actor", flat=True)) - {None}
    mentions = found.add(
        Mention, _mentions_of(root, articles, actors), "actor", "alias"
    )
    found.add(Actor, Q(pk__in=actors | _ids(mentions, "actor")))
    found.add(Alias, Q(pk__in=_ids(mentions, "alias")))
    return found


def _claims_of(root: Curated) -> Q:
    if isinstance(root, Article):
        return Q(pk__in=Evidence.objects.filter(article=root).values("claim"))
    if isinstance(root, Event):
        # Their keys first: so the database takes the indexes of both columns.
        resting = Support.objects.filter(event=root).values_list("claim", flat=True)
        return Q(event=root) | Q(pk__in=list(resting))
    return Q(pk=root.pk)


def _add_events(
    found: Belonging, root: Curated, claims: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The events, their places and what lies around those; answers the roles."""
    keys = {root.pk}
    if not isinstance(root, Event):
        keys = _ids(claims, "event") | {each.event_id for each in found.supports}
    events = found.add(Event, Q(pk__in=keys), "place", "date_earliest", "date_latest")
    found.events = {row["pk"]: row for row in events}
    found.add(Place, Q(pk__in=_around(_ids(events, "place"))))
    said = {
        each.participation_id
        for each in found.supports
        if each.stance == Stance.SUPPORTS and each.event_id in found.events
    }
    roles = found.add(Participation, Q(pk__in=said - {None}), "actor")
    if isinstance(root, Event):
        others = Participation.objects.standing().filter(event=root)
        found.unsaid = others.exclude(pk__in=said - {None}).count()
    return roles


def _add_articles(found: Belonging, root: Curated) -> set[int]:
    """The articles with their outlets and origins; answers those that lead on."""
    keys = {article for _, article in found.evidence}
    if isinstance(root, Article):
        keys = {root.pk}
    articles = found.add(Article, Q(pk__in=keys), "outlet", "origin")
    found.add(Outlet, Q(pk__in=_ids(articles, "outlet")))
    found.add(Origin, Q(pk__in=_ids(articles, "origin")))
    return _ids(articles, "pk")


def _mentions_of(root: Curated, articles: set[int], actors: set[int]) -> Q:
    """All of an article; otherwise those that name an actor who belongs to it."""
    inside = Q(article__in=articles)
    return inside if isinstance(root, Article) else inside & Q(actor__in=actors)


def _around(places: set[int]) -> set[int]:
    """The places and all that they lie in, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE around(id) AS (
                SELECT unnest(%s::bigint[])
                UNION
                SELECT p.parent_id FROM events_place p
                JOIN around ON p.id = around.id WHERE p.parent_id IS NOT NULL
            )
            SELECT id FROM around
            """,
            [sorted(places)],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _ids(rows: Iterable[dict[str, Any]], column: str) -> set[int]:
    return {row[column] for row in rows} - {None}
