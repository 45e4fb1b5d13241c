"""What rests on claims, articles, actors and places, and changes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q

from actors.models import Actor, Alias, Mention, Relation
from events.estimates import Estimate, Verdict
from events.estimating import estimates_of
from events.models import (
    Claim,
    Event,
    Evidence,
    Participation,
    Place,
    Stance,
    Support,
    SupportedPart,
)
from events.pictures.intervals import in_words
from sources.admin.ripple import MOST_SHOWN, Consequence, admin_page, fills, of_rows
from sources.models import ACCEPTED, Article

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from django.db.models import Model, QuerySet

    from sources.models import Status

_VERDICTS = {
    Verdict.AGREE: "sources agree",
    Verdict.COMPATIBLE: "sources differ, compatible",
    Verdict.CONFLICTING: "sources conflict",
    Verdict.SINGLE_SOURCE: "one source",
}
Key = tuple[int, str, str | None]


@fills(order=1)
def figures_and_proof(
    model: type[Model], keys: Collection[int], to: Status
) -> Iterator[Consequence]:
    """What the accepted claims that go with these rows carry."""
    gone = _claims_gone(model, keys)
    yield from _figures(model, keys, gone)
    yield from _unsupported(gone)
    if model is Article:
        yield of_rows("Claims that would have no evidence left", gone)


@fills(order=3)
def rows_that_name_it(
    model: type[Model], keys: Collection[int], to: Status
) -> Iterator[Consequence]:
    """Accepted rows that name these rows. They stay as they are."""
    for title, named, find in _NAMING:
        if named is model:
            yield of_rows(title, find(keys))


def _claims_gone(model: type[Model], keys: Collection[int]) -> QuerySet[Any]:
    """The accepted claims that count no more: these, or all whose proof goes."""
    accepted = Claim.objects.accepted().order_by("slug")
    if model is Claim:
        return accepted.filter(pk__in=keys)
    if model is Article:
        proof = Evidence.objects.filter(claim=OuterRef("pk"))
        elsewhere = proof.filter(article__status__in=ACCEPTED).exclude(article__in=keys)
        here = proof.filter(article__in=keys)
        return accepted.filter(Exists(here), ~Exists(elsewhere))
    return accepted.none()


def _figures(
    model: type[Model], keys: Collection[int], gone: QuerySet[Any]
) -> Iterator[Consequence]:
    """Estimates that would be others, or none."""
    about = gone.filter(event__isnull=False).order_by().values("event")
    events = (
        Event.objects.filter(pk__in=keys)
        if model is Event
        else Event.objects.filter(pk__in=about)
    )
    accepted = Claim.objects.accepted().filter(event__in=events.values("pk"))
    before = _by_key(accepted)
    left = accepted.none() if model is Event else accepted.exclude(pk__in=gone)
    after = _by_key(left)
    changed = [key for key in before if _stated(before[key]) != _stated(after.get(key))]
    titles = dict(events.values_list("pk", "title")) if changed else {}
    yield Consequence(
        "Figures that would change",
        len(changed),
        [
            (f"{titles[key[0]]}: {words}", admin_page(Event(pk=key[0])))
            for key in changed[:MOST_SHOWN]
            for words in [_change(before[key], after.get(key))]
        ],
    )


def _by_key(claims: QuerySet[Any]) -> dict[Key, Estimate]:
    return {
        (event, found.measure, found.group): found
        for event, estimates in sorted(estimates_of(claims).items())
        for found in estimates
    }


def _change(before: Estimate, after: Estimate | None) -> str:
    group = f" ({before.group.replace('_', ' ')})" if before.group else ""
    counted = before.measure.replace("_", " ")
    return f"{counted}{group} {_stated(before)} → {_stated(after)}"


def _stated(found: Estimate | None) -> str:
    """The interval and the verdict in words; two that read the same are the same."""
    if found is None:
        return "no figure"
    return f"{in_words(found.low, found.high)} ({_VERDICTS[found.verdict]})"


def _unsupported(gone: QuerySet[Any]) -> Iterator[Consequence]:
    """What of events no accepted claim would say any more."""
    says_so = Support.objects.filter(
        stance=Stance.SUPPORTS, claim__status__in=ACCEPTED
    ).order_by("event_id", "part", "participation_id")
    same = Q(participation=OuterRef("participation")) | Q(participation=None)
    others = says_so.filter(
        same, event=OuterRef("event"), part=OuterRef("part")
    ).exclude(claim__in=gone.order_by().values("pk"))
    lost = (
        says_so.filter(claim__in=gone.order_by().values("pk"))
        .filter(~Exists(others), event__status__in=ACCEPTED)
        .distinct("event_id", "part", "participation_id")
        .select_related("event", "participation__actor", "participation__role")
    )
    found = list(lost)
    yield Consequence(
        "Dates, places and roles that would rest on no claim",
        len(found),
        [(_part(each), admin_page(each.event)) for each in found[:MOST_SHOWN]],
    )


def _part(support: Support) -> str:
    what: str = SupportedPart(support.part).label.lower()
    if support.participation is not None:
        what = f"{support.participation.actor} as {support.participation.role.name}"
    elif support.part == SupportedPart.OCCURRENCE:
        what = "that it happened"
    return f"{support.event.title}: {what}"


def _by(
    model: Any, *columns: str, joined: tuple[str, ...] = ()
) -> Callable[[Collection[int]], QuerySet[Any]]:
    def find(keys: Collection[int]) -> QuerySet[Any]:
        names = Q()
        for column in columns:
            names |= Q(**{f"{column}__in": keys})
        found: QuerySet[Any] = (
            model.objects.accepted().filter(names).select_related(*joined)
        )
        return found.order_by(F("pk").asc())

    return find


_ROLE = ("event", "actor", "role")
_RELATION = ("subject", "kind", "object")
_NAMING: tuple[tuple[str, type[Model], Callable[..., QuerySet[Any]]], ...] = (
    ("Claims counted inside it", Claim, _by(Claim, "part_of")),
    ("Names marked in its text", Article, _by(Mention, "article")),
    ("Claims that it makes", Actor, _by(Claim, "speaker")),
    ("Claims that it passes on", Actor, _by(Claim, "attributions__actor")),
    ("Roles that it has in events", Actor, _by(Participation, "actor", joined=_ROLE)),
    ("Its relations", Actor, _by(Relation, "subject", "object", joined=_RELATION)),
    ("Its names", Actor, _by(Alias, "actor")),
    ("Where texts name it", Actor, _by(Mention, "actor")),
    ("Where texts name an actor so", Alias, _by(Mention, "alias")),
    ("Claims that are about it", Relation, _by(Claim, "relation")),
    ("Claims that are about it", Event, _by(Claim, "event")),
    ("Roles in it", Event, _by(Participation, "event", joined=_ROLE)),
    ("Events that happened there", Place, _by(Event, "place")),
    ("Places inside it", Place, _by(Place, "parent")),
    ("Claims that say so", Participation, _by(Claim, "supports__participation")),
)
