"""Accepting a proposed mention: the actor it names, its alias, the mention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from actors.models import Actor, Alias, Mention
from curation.deciding.keys import by_key, free_slug
from curation.models import Proposal, Verdict
from sources.models import Status
from sources.services import save_curated

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

# How words of an unknown actor came to it → the kind of alias they are; words that
# name it only here (pronouns, descriptions) become no alias.
ALIAS_KINDS = {"surname": "short", "acronym": "acronym", "fuzzy": "misspelling"}


def make_mention(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    made: list[Model] = []
    actor = known_actor(fields)
    if actor is None:
        actor = _new_actor(fields, by=by, why=why)
        made.append(actor)
    alias = actor.aliases.filter(name=proposal.quote).first()
    if alias is None and (kind := _alias_kind(proposal, fields, actor)):
        alias = Alias(
            actor=actor,
            name=proposal.quote,
            kind_id=f"alias-kind/{kind}",
            status=Status.CODED,
        )
        save_curated(alias, by=by, why=why)
        made.append(alias)
    mention = Mention(
        article=proposal.article,
        start=proposal.start,
        end=proposal.end,
        quote=proposal.quote,
        actor=actor,
        alias=alias,
        status=Status.CODED,
    )
    if _coded(mention):
        return made
    save_curated(mention, by=by, why=why)
    return [*made, mention]


def known_actor(fields: Mapping[str, Any]) -> Actor | None:
    """The actor of these fields: by its key, or else the only one of that name."""
    if key := fields.get("actor"):
        return by_key(Actor, key)
    named = Actor.objects.filter(
        Q(name=fields["name"]) | Q(aliases__name=fields["name"])
    ).distinct()[:2]
    return named[0] if len(named) == 1 else None


def actor_of_cluster(proposal: Proposal, cluster: int | None) -> Actor | None:
    """Whom a person accepted as the actor of a cluster of the same article."""
    if cluster is None:
        return None
    accepted = (
        Proposal.objects.filter(
            article=proposal.article_id, kind="actor", fields__cluster=cluster
        )
        .with_judgement()
        .filter(verdict__in=[Verdict.ACCEPTED, Verdict.EDITED])
    )
    mention = Mention.objects.filter(
        article=proposal.article_id,
        start__in=accepted.values("start"),
        end__in=accepted.values("end"),
    ).first()
    return mention.actor if mention else None


def actor_of(proposal: Proposal, fields: Mapping[str, Any] | None) -> Actor | None:
    """The actor of a speaker or participant; None if nobody has recorded it yet."""
    if not fields:
        return None
    if key := fields.get("actor"):
        return Actor.objects.filter(slug=key).first()
    return actor_of_cluster(proposal, fields.get("cluster"))


def _new_actor(fields: Mapping[str, Any], *, by: AbstractUser, why: str) -> Actor:
    kind = fields.get("actor_kind")
    if not kind:
        raise ValidationError(
            f"Nobody has recorded “{fields['name']}” yet: choose what kind of actor it "
            "is, or which known actor is meant."
        )
    actor = Actor(
        slug=free_slug(Actor, fields["name"]),
        name=fields["name"],
        kind_id=f"actor-kind/{kind}",
        status=Status.CODED,
    )
    save_curated(actor, by=by, why=why)
    return actor


def _alias_kind(
    proposal: Proposal, fields: Mapping[str, Any], actor: Actor
) -> str | None:
    """The alias-kind code under which the words are added to the actor's names."""
    if proposal.quote == actor.name:
        return None
    return fields.get("suggested_alias") or ALIAS_KINDS.get(fields.get("how", ""))


def _coded(mention: Mention) -> bool:
    return Mention.objects.filter(
        article=mention.article,
        start=mention.start,
        end=mention.end,
        actor=mention.actor,
    ).exists()
