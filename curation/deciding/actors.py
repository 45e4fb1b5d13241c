"""Accepting a proposed mention: the actor it names, its alias, the mention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from actors.models import Actor, Alias, Mention
from curation.coding.keys import accepted_by_key, by_key, free_slug, standing
from curation.deciding.keys import edited, refuse_dropped
from curation.models import Judgement, Proposal, Verdict
from sources.models import ACCEPTED, Status
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
    """The mention; a new actor and a new name of it where nobody has recorded them."""
    made: list[Model] = []
    actor = _meant(proposal, fields)
    if actor is None:
        actor = _new_actor(fields, by=by, why=why)
        made.append(actor)
    else:
        _check_edits(proposal, fields, actor)
    named = actor.aliases.filter(name=proposal.quote).first()
    alias = named if named and named.status in ACCEPTED else None
    kind = _alias_kind(proposal, fields, actor)
    if edited(proposal, fields, "suggested_alias") and (named or not kind):
        _refuse_alias(proposal, fields, actor)
    if named is None and kind:
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
    if same := _same(mention):
        standing(same)
        return made
    save_curated(mention, by=by, why=why)
    return [*made, mention]


def known_actor(fields: Mapping[str, Any]) -> Actor | None:
    """The actor of these fields: by its key, or else the only one of that name."""
    if key := fields.get("actor"):
        return by_key(Actor, key)
    name = fields["name"]
    aliases = Alias.objects.accepted().filter(name=name)
    named = Actor.objects.accepted().filter(
        Q(name=name) | Q(pk__in=aliases.values("actor"))
    )[:2]
    return named[0] if len(named) == 1 else None


def actor_of_cluster(proposal: Proposal, cluster: int | None) -> Actor | None:
    """Whom a person accepted as the actor of a cluster of the same article.

    Or else coded by hand where the cluster is mentioned, if that is one actor only.
    """
    if cluster is None:
        return None
    return _accepted_as(proposal, cluster) or _coded_at(proposal, cluster)


def _accepted_as(proposal: Proposal, cluster: int) -> Actor | None:
    yes = Judgement.objects.standing().filter(
        verdict__in=[Verdict.ACCEPTED, Verdict.EDITED],
        proposal__article=proposal.article_id,
        proposal__kind="actor",
        proposal__fields__cluster=cluster,
    )
    where, made = Q(pk__in=[]), []
    for judgement in yes.select_related("proposal"):
        mine = [pk for label, pk in judgement.made if label == Mention._meta.label]
        made += mine
        if not mine:  # it stood there already
            place = judgement.proposal
            where |= Q(start=place.start, end=place.end)
    mention = (
        Mention.objects.accepted()
        .filter(where | Q(pk__in=made), article=proposal.article_id)
        .filter(actor__status__in=ACCEPTED)
        .select_related("actor")
        .first()
    )
    return mention.actor if mention else None


def _coded_at(proposal: Proposal, cluster: int) -> Actor | None:
    same = Proposal.objects.filter(
        article=proposal.article_id, kind="actor", fields__cluster=cluster
    )
    here = same.filter(start=OuterRef("start"), end=OuterRef("end"))
    coded = Mention.objects.accepted().filter(Exists(here), article=proposal.article_id)
    actors = Actor.objects.accepted().filter(pk__in=coded.values("actor"))[:2]
    return actors[0] if len(actors) == 1 else None


def actor_of(proposal: Proposal, fields: Mapping[str, Any] | None) -> Actor | None:
    """The actor of a speaker or participant; None if nobody has recorded it yet."""
    if not fields:
        return None
    if key := fields.get("actor"):
        return accepted_by_key(Actor, key)
    return actor_of_cluster(proposal, fields.get("cluster"))


def _meant(proposal: Proposal, fields: Mapping[str, Any]) -> Actor | None:
    """Whom a person meant by the words, first of all in this article."""
    if not (fields.get("actor") or edited(proposal, fields, "name")):
        said = actor_of_cluster(proposal, fields.get("cluster"))
        if said is not None:
            return said
    return known_actor(fields)


def _check_edits(proposal: Proposal, fields: Mapping[str, Any], actor: Actor) -> None:
    """Refuse edits that a known actor would swallow: its name, its kind."""
    names = edited(proposal, fields, "name", "actor_kind")
    same = {
        "name": not fields.get("actor") or fields["name"] == actor.name,
        "actor_kind": actor.kind_id == f"actor-kind/{fields.get('actor_kind')}",
    }
    refuse_dropped([each for each in names if not same[each]], actor)


def _refuse_alias(proposal: Proposal, fields: Mapping[str, Any], actor: Actor) -> None:
    if fields.get("suggested_alias"):
        raise ValidationError(
            f"“{proposal.quote}” is a name of “{actor}” already: change what kind of "
            "name it is on the actor's own page."
        )


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


def _same(mention: Mention) -> Mention | None:
    """The mention that says so already."""
    return Mention.objects.filter(
        article=mention.article,
        start=mention.start,
        end=mention.end,
        actor=mention.actor,
    ).first()
