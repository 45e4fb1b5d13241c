"""Names that several actors share, and saying which of them a mention means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q

from actors.models import Actor, Alias, Mention
from sources.expressions import folded
from sources.sentences import sentences
from sources.services import recorded, save_curated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

_AROUND = 400  # code points in which the sentence of a mention is looked for


@dataclass(frozen=True, slots=True)
class Unclear:
    """A mention whose words are also a name of others, in its sentence."""

    mention: Mention
    before: str
    after: str
    others: list[Actor]


def sharers(actor: Actor) -> dict[str, list[Actor]]:
    """The names of `actor` that others have too, folded, with those others.

    Names and aliases; rejected and retracted ones do not count. Three queries.
    """
    own = {actor.folded, *actor.aliases.standing().values_list("folded", flat=True)}
    found: dict[str, dict[int, Actor]] = defaultdict(dict)
    others = Actor.objects.standing().exclude(pk=actor.pk)
    for other in others.filter(folded__in=own):
        found[other.folded][other.pk] = other
    aliases = Alias.objects.standing().filter(folded__in=own, actor__in=others)
    for alias in aliases.select_related("actor"):
        found[alias.folded][alias.actor_id] = alias.actor
    return {
        form: sorted(each.values(), key=lambda other: (other.name, other.pk))
        for form, each in found.items()
    }


def named(name: str) -> QuerySet[Actor]:
    """Actors of this name, their own or an alias; case and accents do not count."""
    form = folded(name)
    aliases = Alias.objects.standing().filter(folded=form)
    actors = Actor.objects.standing()
    return actors.filter(Q(folded=form) | Q(pk__in=aliases.values("actor")))


def unclear_mentions(
    actor: Actor, shared: dict[str, list[Actor]], *, most: int
) -> list[Unclear]:
    """Mentions of `actor` under a shared name that nobody has said why it is this one.

    `shared` is what `sharers` found. One query.
    """
    if not shared:
        return []
    rows = (
        Mention.objects.filter(actor=actor, note="")
        .standing()
        .with_form()
        .filter(form__in=list(shared))
        .in_context(_AROUND)
        .select_related("article__outlet")
        .defer("article__text")
        .order_by("article", "start", "pk")
    )
    return [_unclear(row, shared[row.form]) for row in rows[:most]]


def _unclear(mention: Mention, others: list[Actor]) -> Unclear:
    before, after = around_sentence(
        mention.before,  # type: ignore[attr-defined] # in_context
        mention.quote,
        mention.after,  # type: ignore[attr-defined] # in_context
    )
    return Unclear(mention, before, after, others)


def around_sentence(before: str, quote: str, after: str) -> tuple[str, str]:
    """What stands of the quote's sentence before it and after it."""
    text, start = before + quote + after, len(before)
    end = start + len(quote)
    for first, last in sentences(text, 0, len(text)):
        if first <= start < last:
            return text[first:start], text[end : max(last, end)]
    return before, after


def settle_mention(
    *, mention: Mention, actor: Actor, by: AbstractUser | str, why: str = ""
) -> Mention:
    """Say that the mention names `actor`, and keep why; then it is no longer unclear.

    Raises ValidationError when somebody decided it meanwhile, or when the same words
    already name that actor; PermissionDenied as sources.services.save_curated does.
    """
    why = why.strip() or f"“{mention.quote}” here is {actor}."
    with recorded(by=by, why=why):
        row: Mention = Mention.objects.select_for_update(of=("self",)).get(
            pk=mention.pk
        )
        if (row.actor_id, row.note) != (mention.actor_id, mention.note):
            raise ValidationError(
                f"“{row.quote}” was decided meanwhile: it is {row.actor}. "
                f"{row.note}".rstrip()
            )
        twins = Mention.objects.filter(
            article=row.article_id, start=row.start, end=row.end, actor=actor
        )
        if twins.exclude(pk=row.pk).exists():
            raise ValidationError(
                f"“{row.quote}” at {row.start} is already recorded as {actor} too. "
                "Reject the mention that is wrong."
            )
        row.actor, row.alias, row.note = actor, _alias(row, actor), why
        save_curated(row, by=by, why=why)
    return row


def _alias(mention: Mention, actor: Actor) -> Alias | None:
    """Which of the actor's names the words are: letter for letter, else folded."""
    form = Mention.objects.with_form().values_list("form", flat=True).get(pk=mention.pk)
    names: Iterable[Alias] = actor.aliases.standing().filter(folded=form)
    ranked = sorted(names, key=lambda each: (each.name != mention.quote, each.pk))
    return ranked[0] if ranked else None
