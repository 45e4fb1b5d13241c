"""The network around an actor, read from the relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse

from actors.models import Actor, Relation
from events.models import Claim, Polarity
from events.network import Network, Tie, network_around
from events.pictures.graph import Node
from sources.admin.terms import spoken
from sources.dates import in_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

STEPS = (1, 2)
_READ = 3000  # relations; of an actor that has more, the ones that were entered first


def read_network(
    actor: Actor, *, steps: int, today: dt.date
) -> tuple[Network, list[Node]]:
    """The network with its nodes; at most four queries, however large it is."""
    near = _ties([actor.pk], today)
    ties = near
    if steps > 1:
        ends = {end for tie in near for end in (tie.source, tie.target)}
        ties = _ties(ends | {actor.pk}, today)
    found = network_around(actor.pk, ties, steps=steps)
    # What the actors found have with each other, which is not on the way to them.
    within = _ties(found.steps.keys(), today, among=True)
    network = Network(found.centre, found.steps, within, found.left_out)
    actors = Actor.objects.filter(pk__in=found.steps)
    return network, [_node(row) for row in actors]


def _ties(actors: Collection[int], today: dt.date, *, among: bool = False) -> list[Tie]:
    rows = Relation.objects.standing()
    rows = rows.among(actors) if among else rows.of_actors(actors)
    denied = Claim.objects.filter(relation=OuterRef("pk"), polarity=Polarity.NEGATIVE)
    read = rows.annotate(disputed=Exists(denied.standing())).order_by("pk")
    return [_tie(row, today) for row in read[:_READ]]


def _tie(row: Relation, today: dt.date) -> Tie:
    return Tie(
        source=row.subject_id,
        target=row.object_id,
        label=spoken(row.kind_id),
        when=when_of(row),
        disputed=row.disputed,  # type: ignore[attr-defined] # annotated
        ended=row.end_latest is not None and row.end_latest < today,
        href=reverse("admin:actors_relation_change", args=[row.pk]),
    )


def when_of(row: Relation) -> str:
    """From when to when, in words; empty where neither is known."""
    parts = []
    if row.start_earliest or row.start_latest:
        parts.append(f"from {in_words(row.start_earliest, row.start_latest)}")
    if row.end_earliest or row.end_latest:
        parts.append(f"until {in_words(row.end_earliest, row.end_latest)}")
    return " ".join(parts)


def _node(row: Actor) -> Node:
    return Node(
        id=row.pk,
        name=row.name,
        kind=row.kind_id.partition("/")[2],
        href=reverse("admin:actors_actor_change", args=[row.pk]),
    )
