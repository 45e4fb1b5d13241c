"""What the database knows, as the context that extractors read with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.db import connection

from actors.models import Actor, Alias
from curation.evaluation.gold import read_actors
from curation.extraction.context import Context, KnownActor, KnownEvent, KnownFigure
from curation.extraction.context import Name as KnownName
from curation.extraction.documents import Document, Interval
from curation.gazetteer import DatabaseGazetteer
from events.models import Claim, ClaimKind, Event, Participation
from sources.dates import Basis, Precision
from sources.models import Article
from sources.structure import Mark

STARTER_FOLDER = settings.BASE_DIR / "fixtures" / "starter"

# What a context is made of; their histories tell whether it is still true.
_TABLES = ("actors_actor", "actors_alias", "events_event", "events_participation")


def context() -> Context:
    """Accepted actors with their names, accepted events, the gazetteer.

    Kept until one of them changes; asking costs one query.
    """
    return _context(_stamp())


def document_of(article: Article) -> Document:
    """An article as extractors read it; its spans and its outlet are read from it."""
    published = None
    if article.published_earliest and article.published_latest:
        published = Interval(
            article.published_earliest,
            article.published_latest,
            Precision(article.published_precision),
            Basis(article.published_basis),
            article.published_note,
        )
    return Document(
        id=str(article.pk),
        text=article.text,
        marks=tuple(
            Mark(span.kind, span.start, span.end, span.rule)  # type: ignore[arg-type]
            for span in article.spans.all()
        ),
        published=published,
        title=article.title,
        outlet=article.outlet.name if article.outlet else "",
        language=article.language,
    )


def _stamp() -> tuple[str, ...]:
    """Changes when any row that a context is made of changes."""
    columns = ", ".join(
        f"(SELECT coalesce(max(pgh_id), 0) FROM {table}history)" for table in _TABLES
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_database(), {columns}")
        return tuple(str(value) for value in cursor.fetchone())


@lru_cache(maxsize=1)
def _context(stamp: tuple[str, ...]) -> Context:
    return Context(
        actors=tuple(_actors()),
        gazetteer=DatabaseGazetteer(),
        events=tuple(_events()),
    )


def _actors() -> list[KnownActor]:
    names: dict[int, list[KnownName]] = defaultdict(list)
    aliases = Alias.objects.accepted().filter(actor__in=Actor.objects.accepted())
    for actor, name, kind in aliases.values_list("actor", "name", "kind_id"):
        names[actor].append(KnownName(name, _code(kind)))
    rows = Actor.objects.accepted().order_by("slug")
    return [
        KnownActor(
            key=row.slug,
            name=row.name,
            kind=_code(row.kind_id),
            country=_code(row.country_id) if row.country_id else None,
            names=(KnownName(row.name, "official"), *names[row.pk]),
        )
        for row in rows
    ]


def _events() -> list[KnownEvent]:
    actors: dict[int, set[str]] = defaultdict(set)
    taking_part = Participation.objects.accepted()
    for event, actor in taking_part.values_list("event", "actor__slug"):
        actors[event].add(actor)
    figures: dict[int, list[KnownFigure]] = defaultdict(list)
    counted = Claim.objects.accepted().filter(
        kind=ClaimKind.FIGURE, event__isnull=False
    )
    for event, measure, group, low, high in counted.values_list(
        "event", "measure_id", "group_id", "low", "high"
    ):
        known = KnownFigure(_code(measure), _code(group) if group else None, low, high)
        figures[event].append(known)
    rows = Event.objects.accepted().select_related("place").order_by("slug")
    return [
        KnownEvent(
            key=row.slug,
            title=row.title,
            type=_code(row.type_id) if row.type_id else None,
            # A mode’s code is "TYPE.mode".
            mode=row.mode_id.rpartition(".")[2] if row.mode_id else None,
            earliest=row.date_earliest,
            latest=row.date_latest,
            place=row.place.slug if row.place else None,
            place_name=row.place.name if row.place else "",
            latitude=row.place.latitude if row.place else None,
            longitude=row.place.longitude if row.place else None,
            actors=frozenset(actors[row.pk]),
            figures=tuple(figures[row.pk]),
        )
        for row in rows
    ]


def _code(key: str) -> str:
    """The code of a term's key "list/code"."""
    return key.partition("/")[2]


@lru_cache(maxsize=1)
def loose_context() -> Context:
    """As `context`, for texts that are not stored: never without a list of actors.

    What the database lacks of the starter list is read from its file, so that loose
    texts are read alike on every machine.
    """
    known = context()
    actors = {actor.key: actor for actor in known.actors}
    for starter in read_actors(STARTER_FOLDER):
        actor = actors.get(starter.key, starter)
        names = dict.fromkeys((*actor.names, *starter.names))
        actors[starter.key] = replace(actor, names=tuple(names))
    return Context(tuple(actors.values()), known.gazetteer, known.events)
