"""What people look for while they type: actors, events, places, claims, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, F, Func, IntegerField, Min, Q, QuerySet, When
from django.db.models.functions import Greatest

from actors.models import Actor, Alias
from curation.models import Proposal
from events.models import (
    Claim,
    ClaimKind,
    Event,
    GazetteerEntry,
    Place,
    PlaceName,
)
from events.pictures.intervals import in_words
from sources.expressions import folded
from sources.models import Status

if TYPE_CHECKING:
    from sources.models import Article

MOST = 12
Passage = tuple[int, int]  # of the article's text: start, end
GAZETTEER = "gazetteer:"  # before the id of an entry that is no place of ours yet


class Option(NamedTuple):
    """One line of the list; `hint` tells apart what has the same name.

    `apart`: it does not match what was typed, and may be meant all the same.
    """

    key: str
    name: str
    hint: str
    apart: bool = False


def find(
    what: str, words: str, *, article: Article, at: Passage = (0, 0)
) -> list[Option]:
    """The best matches, at most twelve. Without words: what the article is about.

    Its claims and figures come as near as they are proved to the passage `at`.
    KeyError for something else than an actor, event, place, claim or figure.
    """
    words = words.strip()
    if what in _NEAR:
        return _NEAR[what](words, article, at)
    return _FINDERS[what](words, article)


def _actors(words: str, article: Article) -> list[Option]:
    rows: QuerySet[Any] = Actor.objects.accepted()
    if words:
        aliases = Alias.objects.accepted().filter(_has(words)).values("actor")
        rows = _ranked(rows.filter(_has(words) | Q(pk__in=aliases)), words)
    else:
        here = article.mentions.accepted().values("actor")
        rows = rows.filter(pk__in=here).order_by("name")
    return [
        Option(row.slug, row.name, row.kind.name)
        for row in rows.select_related("kind")[:MOST]
    ]


def _events(words: str, article: Article) -> list[Option]:
    """Those with all the words; apart from them the article's own, whatever they are
    called: a new name for one of them is soon typed.
    """
    rows = Event.objects.accepted().select_related("place")
    found: list[Event] = []
    if words:
        named = rows
        for word in words.split():
            named = named.filter(title__icontains=word)
        found = list(named[:MOST])
    here = Claim.objects.accepted().filter(evidence__article=article)
    linked = Proposal.objects.filter(
        article=article, kind="event", fields__linked__isnull=False
    ).current()
    # Both read first: so the database takes the indexes of both columns.
    about = {key for key in here.values_list("event", flat=True) if key}
    keys = {key for key in linked.values_list("fields__linked", flat=True) if key}
    own = rows.filter(Q(pk__in=about) | Q(slug__in=keys))
    both = dict.fromkeys([*found, *own[:MOST]])
    options = [
        Option(row.slug, row.title, _setting(row), bool(words) and row not in found)
        for row in both
    ]
    return options[:MOST]


def _setting(event: Event) -> str:
    place = f", {event.place}" if event.place else ""
    return f"{event.date_earliest or 'date unknown'}{place}"


def _places(words: str, article: Article) -> list[Option]:
    rows: QuerySet[Any] = Place.objects.accepted()
    if words:
        spelled = PlaceName.objects.filter(folded__contains=folded(words))
        rows = rows.filter(Q(name__icontains=words) | Q(pk__in=spelled.values("place")))
        rows = rows.order_by(Func(F("name"), function="length"), "name")
    else:
        here = Claim.objects.accepted().filter(evidence__article=article)
        rows = rows.filter(events__in=here.values("event")).distinct()
    known = [
        Option(row.slug, row.name, ", ".join(filter(None, _around_place(row))))
        for row in rows.select_related("kind", "parent", "country")[:MOST]
    ]
    return [*known, *_entries(words)][:MOST]


def _entries(words: str) -> list[Option]:
    """Places as the gazetteer has them; one that is chosen is taken over."""
    return [
        Option(
            f"{GAZETTEER}{entry.pk}",
            entry.name,
            ", ".join(
                filter(None, (entry.kind, entry.admin1, entry.country, "gazetteer"))
            ),
        )
        for entry in GazetteerEntry.objects.named(words)[:MOST]
    ]


def _around_place(row: Any) -> tuple[str, ...]:
    parent = row.parent.name if row.parent else ""
    return row.kind.name, parent, row.country.name if row.country else ""


def _claims(words: str, article: Article, at: Passage) -> list[Option]:
    rows: QuerySet[Any] = Claim.objects.accepted()
    rows = (
        rows.filter(statement__icontains=words) if words else _near(rows, article, at)
    )
    return [
        Option(row.slug, row.statement, ", ".join(filter(None, _about(row))))
        for row in rows.select_related("event")[:MOST]
    ]


def _about(claim: Claim) -> tuple[str, ...]:
    """What tells a claim from one that is stated alike; whether it is public."""
    figure = claim.kind == ClaimKind.FIGURE
    return (
        in_words(claim.low, claim.high) if figure else claim.get_kind_display(),
        claim.event.title if claim.event else "",
        "published: what is added is public at once"
        if claim.status == Status.PUBLISHED
        else claim.status,
    )


def _near(rows: QuerySet[Any], article: Article, at: Passage) -> QuerySet[Any]:
    """Those with words of the article as proof, the nearest to the passage first."""
    start, end = at
    after, before = F("evidence__start") - end, start - F("evidence__end")
    proved: QuerySet[Any] = rows.filter(evidence__article=article).annotate(
        away=Min(Greatest(after, before, 0))
    )
    return proved.order_by("away", "pk")


def _figures(words: str, article: Article, at: Passage) -> list[Option]:
    figures = Claim.objects.accepted().filter(kind=ClaimKind.FIGURE)
    rows = _near(figures, article, at)
    if words:
        rows = rows.filter(
            Q(statement__icontains=words) | Q(figure_text__icontains=words)
        )
    return [
        Option(row.slug, row.statement, in_words(row.low, row.high))
        for row in rows[:MOST]
    ]


def _has(words: str) -> Q:
    return Q(folded__contains=folded(words))


def _ranked(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those first whose own name begins with the words, then the shorter names."""
    begins = Case(
        When(folded__startswith=folded(words), then=0),
        default=1,
        output_field=IntegerField(),
    )
    return rows.order_by(begins, Func(F("name"), function="length"), "name")


_FINDERS: dict[str, Callable[[str, Article], list[Option]]] = {
    "actor": _actors,
    "event": _events,
    "place": _places,
}
_NEAR: dict[str, Callable[[str, Article, Passage], list[Option]]] = {
    "claim": _claims,
    "figure": _figures,
}
