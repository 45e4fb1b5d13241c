"""Accepting a proposed office: the relation, and the claim that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from actors.models import Actor, Relation
from curation.coding.claims import new_claim, sentence_of
from curation.coding.keys import by_key, free_slug
from curation.deciding.actors import actor_of_cluster
from curation.models import Proposal
from sources.models import Status
from sources.services import save_curated

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model


def make_relation(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    person, organisation = _ends(proposal, fields)
    title = fields["title"] or ""
    known = (
        Relation.objects.accepted()
        .filter(
            subject=person,
            object=organisation,
            kind=f"relation-kind/{fields['relation']}",
            title=title,
        )
        .first()
    )
    made: list[Model] = []
    relation = known
    if relation is None:
        words = f"{person.slug} {fields['relation']} {organisation.slug}"
        relation = Relation(
            slug=free_slug(Relation, words.replace("_", "-")),
            subject=person,
            kind_id=f"relation-kind/{fields['relation']}",
            object=organisation,
            title=title,
            status=Status.CODED,
        )
        save_curated(relation, by=by, why=why)
        made.append(relation)
    claim_and_proof = new_claim(
        proposal.article,
        start=proposal.start,
        kind="relation",
        statement=f"{relation}.",
        passages=[sentence_of(proposal.article, proposal.start, proposal.end)],
        columns={"relation": relation},
        by=by,
        why=why,
    )
    return [*made, *claim_and_proof]


def _ends(proposal: Proposal, fields: Mapping[str, Any]) -> tuple[Actor, Actor]:
    """Who holds it, and where: as edited, or known in this article."""
    ends = {"person": "subject", "organisation": "object"}
    found = {end: _end(proposal, fields, edited, end) for end, edited in ends.items()}
    if missing := [end for end, actor in found.items() if actor is None]:
        names = " and the ".join(missing)
        which = "actors" if missing[1:] else "an actor"
        raise ValidationError(
            f"Accept the {names} as {which} of this article first, or say which known "
            f"{'actors they are' if missing[1:] else 'actor it is'}."
        )
    return found["person"], found["organisation"]  # type: ignore[return-value]


def _end(
    proposal: Proposal, fields: Mapping[str, Any], edited: str, cluster: str
) -> Actor | None:
    if key := fields.get(edited):
        return by_key(Actor, key)
    return actor_of_cluster(proposal, fields.get(cluster))
