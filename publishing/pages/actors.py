"""The pages of actors: under which names, in which relations, with which part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render

from publishing.api.problems import BadParameters
from publishing.models import Kind
from publishing.pages import words
from publishing.pages.chips import chips
from publishing.pages.claims import Card, card
from publishing.pages.documents import (
    Body,
    Names,
    bearing,
    find,
    latest_bearing,
    names,
)
from publishing.pages.doors import public_page
from publishing.pages.links import article_href, mention_anchor
from publishing.pages.lists import active_filters, listing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 60
# A page shows so many of each and names the list of all.
MOST = 100
_SHOWN_FILTERS = {"q", "kind"}


@public_page
def actors(request: HttpRequest) -> HttpResponse:
    """The actors, found by any of their names."""
    coded = names("actor-kind", "country")
    active = active_filters(request, Kind.ACTOR)
    others = [each for each in active if each.name not in _SHOWN_FILTERS]
    context: dict[str, Any] = {
        "asked": request.GET,
        "kinds": coded.of("actor-kind"),
        "active": active,
        "others": chips(others, Kind.ACTOR),
    }
    try:
        found = listing(request, Kind.ACTOR, ordering="id", limit=PER_PAGE)
    except BadParameters as error:
        context["errors"] = error.errors
        return render(request, "publishing/actors.html", context, status=400)
    context |= {
        "found": found,
        "plain": not request.GET,
        "lines": [
            {
                "slug": actor["slug"],
                "name": actor["name"],
                "kind": coded.name("actor-kind", actor["kind"]),
                "country": coded.name("country", actor["country"]),
                "description": actor["description"],
                "aliases": [a["name"] for a in actor["aliases"]][:6],
                "more_aliases": max(len(actor["aliases"]) - 6, 0),
            }
            for actor in found.bodies
        ],
    }
    return render(request, "publishing/actors.html", context)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the actor, and where it was seen first."""

    name: str
    kind: str
    meaning: str
    note: str
    mentions: int
    href: str
    title: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another actor, read from this actor's side."""

    subject: Body
    kind: str
    object: Body
    title: str
    disputed: bool
    denied: bool
    dates: str
    says_so: list[Card]
    says_not: list[Card]


@public_page
def actor(request: HttpRequest, key: str) -> HttpResponse:
    """One actor, each name, relation and role with where it is said."""
    document = find(Kind.ACTOR, key)
    if document["slug"] != key:
        return redirect("actor", document["slug"], permanent=True)
    me = document["id"]
    coded = names(
        *("actor-kind", "alias-kind", "relation-kind", "country", "role"),
        *("claim-kind", "claim-modality", "measure", "group", "event-modality"),
    )
    relations = bearing(Kind.RELATION, [f"actor:{me}"], limit=MOST)
    about = [f"relation:{relation['id']}" for relation in relations]
    proofs = bearing(Kind.CLAIM, about, limit=MOST * 10)
    events = latest_bearing(Kind.EVENT, f"actor:{me}", limit=MOST + 1)
    said = bearing(Kind.CLAIM, [f"speaker:{me}", f"attributed_to:{me}"], limit=MOST + 1)
    context = {
        "actor": document,
        "kind": coded.name("actor-kind", document["kind"]),
        "kind_meaning": coded.meaning("actor-kind", document["kind"]),
        "country": coded.name("country", document["country"]),
        "names": [_name(alias, coded) for alias in document["aliases"]],
        "relations": _relations(relations, proofs, coded),
        "events": [_part(event, me, coded) for event in events[:MOST]],
        "more_events": len(events) > MOST,
        "said": [card(claim, coded) for claim in said[:MOST]],
        "more_said": len(said) > MOST,
    }
    return render(request, "publishing/actor.html", context)


def _name(alias: Body, coded: Names) -> Name:
    seen = alias["first_mention"]
    return Name(
        name=alias["name"],
        kind=coded.name("alias-kind", alias["kind"]),
        meaning=coded.meaning("alias-kind", alias["kind"]),
        note=alias["note"] or "",
        mentions=alias["mentions"],
        href=article_href(seen["article"]["id"], mention_anchor(seen["start"]))
        if seen
        else "",
        title=words.article_title(seen["article"]) if seen else "",
        prefix=words.before(seen["prefix"], seen["start"]) if seen else "",
        suffix=words.after(seen["suffix"]) if seen else "",
    )


def _relations(relations: list[Body], proofs: list[Body], coded: Names) -> list[Link]:
    said: dict[int, list[Card]] = {}
    for proof in proofs:
        said.setdefault(proof["relation"]["id"], []).append(card(proof, coded))
    return [
        Link(
            subject=relation["subject"],
            kind=coded.name("relation-kind", relation["kind"]).lower(),
            object=relation["object"],
            title=relation["title"] or "",
            disputed=relation["disputed"],
            denied=relation["denied"],
            dates=_since(relation),
            says_so=[c for c in said.get(relation["id"], ()) if not c.denies],
            says_not=[c for c in said.get(relation["id"], ()) if c.denies],
        )
        for relation in relations
    ]


def _since(relation: Body) -> str:
    """From when to when the relation is said to hold, where that is known."""
    ends = [
        f"{word} {words.date_in_words(relation[end])}"
        for word, end in (("from", "start"), ("until", "end"))
        if relation[end]["earliest"] or relation[end]["latest"]
    ]
    return ", ".join(ends)


def _part(event: Body, me: int, coded: Names) -> dict[str, Any]:
    roles = [
        coded.name("role", part["role"])
        for part in event["participants"]
        if part["actor"]["id"] == me
    ]
    return {
        "slug": event["slug"],
        "title": event["title"],
        "date": words.date_in_words(event["date"]),
        "place": event["place"]["name"] if event["place"] else "",
        "roles": roles,
        "modality": ""
        if event["modality"] == "occurred"
        else coded.name("event-modality", event["modality"]),
    }
