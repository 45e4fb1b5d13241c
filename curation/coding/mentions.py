"""Mentions coded by hand: whom words name, and which name of theirs it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from actors.models import Actor, Alias, Mention
from curation.coding.claims import Passage, allow_coding
from curation.coding.keys import free_slug, standing
from curation.models import Omission
from sources.models import ACCEPTED, Status
from sources.services import recorded, save_curated

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

    from sources.models import Article, Term


@dataclass(frozen=True, kw_only=True)
class Naming:
    """Whom the words name: a known actor, or a new one of this name and kind.

    `alias` is the kind of name that the words are, to add them to the actor's names.
    """

    actor: Actor | None = None
    name: str = ""
    kind: Term | None = None
    alias: Term | None = None


def code_mention(
    article: Article, passage: Passage, naming: Naming, *, by: AbstractUser, why: str
) -> list[Model]:
    """Add a mention, the new actor and the new name of it. Raises ValidationError."""
    allow_coding(by)
    start, end = passage
    quote = article.text[start:end]
    with recorded(by=by, why=why):
        made: list[Model] = []
        actor = naming.actor
        if actor is None:
            actor = _new_actor(naming)
            save_curated(actor, by=by, why=why)
            made.append(actor)
        alias = standing(actor).aliases.filter(name=quote).first()
        if alias is None and naming.alias and quote != actor.name:
            alias = Alias(
                actor=actor, name=quote, kind=naming.alias, status=Status.CODED
            )
            save_curated(alias, by=by, why=why)
            made.append(alias)
        mention = Mention(
            article=article,
            start=start,
            end=end,
            quote=quote,
            actor=actor,
            alias=alias if alias and alias.status in ACCEPTED else None,
            status=Status.CODED,
        )
        save_curated(mention, by=by, why=why)
        return [*made, mention]


def leave_out(
    article: Article, passage: Passage, *, reason: str, by: AbstractUser
) -> list[Model]:
    """Say that a passage is left without a claim, and why. Raises ValidationError."""
    allow_coding(by)
    start, end = passage
    omission = Omission(
        article=article,
        start=start,
        end=end,
        quote=article.text[start:end],
        reason=reason,
    )
    save_curated(omission, by=by, why=f"left without a claim: {reason}")
    return [omission]


def _new_actor(naming: Naming) -> Actor:
    if not naming.name.strip() or naming.kind is None:
        raise ValidationError(
            "Choose the actor that the words name, or give the name and the kind of a "
            "new one."
        )
    return Actor(
        slug=free_slug(Actor, naming.name),
        name=naming.name,
        kind=naming.kind,
        status=Status.CODED,
    )
