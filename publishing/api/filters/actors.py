"""Who: by any name, with everybody inside, and who said or reported it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Concat

from publishing.api.filters.base import Filter, bears_name
from publishing.models import Kind

if TYPE_CHECKING:
    from publishing.api.filters.conditions import Conditions, Span

# Relations by which one actor is inside another, read upwards.
INSIDE = ("part_of", "member_of", "leads", "holds_office_in")
DEEPEST = 10  # levels of organisation


class AliasFilter(Filter):
    """Objects in which an actor of that name takes the part `facet`."""

    def __init__(self, facet: str, help_text: str, example: str) -> None:
        super().__init__(help_text, example)
        self.facet = facet

    def narrow(self, conditions: Conditions, value: str) -> None:
        named = conditions.public(Kind.ACTOR).filter(bears_name("alias", value))
        ids = [str(pk) for pk in named.values_list("object_id", flat=True)]
        if ids:
            conditions.bears(self.facet, ids)
        else:
            conditions.nothing()


class LinkFilter(Filter):
    """Objects whose facet `link` names an object of another kind that bears `facet`."""

    def __init__(
        self, link: str, kind: Kind, facet: str, help_text: str, example: str
    ) -> None:
        super().__init__(help_text, example)
        self.link = link
        self.kind = kind
        self.facet = facet

    def narrow(self, conditions: Conditions, value: str) -> None:
        named = [part.strip() for part in value.split(",")]
        asked = [f"{self.facet}:{each}" for each in conditions.stays(self.facet, named)]
        linked = conditions.public(self.kind).filter(facets__overlap=asked)
        tokens = linked.values_list(
            Concat(
                Value(f"{self.link}:"),
                Cast("object_id", TextField()),
                output_field=TextField(),
            )
        )
        conditions.of_log(Q(facets__overlap=ArraySubquery(tokens)))


class Membership(NamedTuple):
    """An actor inside the one asked for, and between which days that may have been."""

    actor: int
    since: dt.date | None
    until: dt.date | None


class ActorTreeFilter(Filter):
    facet = "actor"

    def narrow(self, conditions: Conditions, value: str) -> None:
        named = [part.strip() for part in value.split(",")]
        roots = conditions.stays(self.facet, named)
        spans: dict[str, list[Span]] = {root: [(None, None)] for root in roots}
        for member in members_of(conditions, roots):
            spans.setdefault(str(member.actor), []).append(member[1:])
        conditions.bears_within(self.facet, spans)


def members_of(conditions: Conditions, roots: list[str]) -> set[Membership]:
    """Everybody inside `roots` (ids or keys) by published relations, at any depth.

    One query for each level. Who may have been inside is inside: relations count that
    some dispute, and dates as far as they may reach; what all deny does not count.
    """
    found: set[Membership] = set()
    level: dict[str, list[Span]] = {root: [(None, None)] for root in roots}
    for _ in range(DEEPEST):
        deeper: dict[str, list[Span]] = {}
        for relation in _relations_into(conditions, list(level)):
            above = {str(relation["object"]["id"]), relation["object"]["slug"]}
            for since, until in [s for key in above for s in level.get(key, ())]:
                member = Membership(
                    relation["subject"]["id"],
                    _later(since, _day(relation["start"]["earliest"])),
                    _earlier(until, _day(relation["end"]["latest"])),
                )
                empty = member.since and member.until and member.since > member.until
                if member not in found and not empty:
                    found.add(member)
                    deeper.setdefault(str(member.actor), []).append(member[1:])
        if not deeper:
            break
        level = deeper
    return found


def _relations_into(conditions: Conditions, above: list[str]) -> list[Any]:
    relations = conditions.public(Kind.RELATION).filter(
        facets__overlap=[f"object:{key}" for key in above]
    )
    relations = relations.filter(
        facets__overlap=[f"kind:{kind}" for kind in INSIDE]
    ).exclude(facets__contains=["denied:true"])
    return [orjson.loads(body) for body in relations.values_list("body", flat=True)]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max(filter(None, (one, other)), default=None)


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min(filter(None, (one, other)), default=None)
