"""The page of an article: its text, with every claim and every name marked in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse

from publishing.models import Kind
from publishing.pages import words
from publishing.pages.claims import Card, card
from publishing.pages.documents import (
    Body,
    Names,
    article_heads,
    bearing,
    find,
    names,
)
from publishing.pages.doors import public_page
from publishing.pages.links import claim_anchor, mention_anchor
from publishing.pages.passages import Block, Over, blocks

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

MOST_CLAIMS = 1_000
MOST_SIBLINGS = 50
_CODE_LISTS = (
    *("claim-kind", "claim-modality", "measure", "group", "actor-kind"),
    *("date-precision", "date-basis"),
)


@dataclass(frozen=True, slots=True)
class Note:
    """A claim in the margin, and where in the text it points."""

    anchor: str
    card: Card
    event: Body | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the claims that begin in it."""

    kind: str
    html: SafeString
    notes: list[Note]


@public_page
def article(request: HttpRequest, key: str) -> HttpResponse:
    """One article; `key` is its id or its sha256, which leads to the id."""
    document = find(Kind.ARTICLE, key)
    if key != str(document["id"]):
        return redirect("article", document["id"], permanent=True)
    coded = names(*_CODE_LISTS)
    claims = bearing(Kind.CLAIM, [f"article:{document['id']}"], limit=MOST_CLAIMS)
    paragraphs = _paragraphs(document, claims, coded)
    origin = document["origin"]
    siblings = (
        article_heads(token=f"origin:{origin['id']}", limit=MOST_SIBLINGS)
        if origin
        else []
    )
    context = {
        "article": document,
        "title": words.article_title(document),
        "outlet": words.outlet_name(document),
        "published": words.date_in_words(document["published"]),
        "published_details": words.date_details(document["published"], coded),
        "paragraphs": paragraphs,
        "claim_count": len(claims),
        "siblings": [
            (sibling["id"], words.article_title(sibling))
            for sibling in siblings
            if sibling["id"] != document["id"]
        ],
    }
    return render(request, "publishing/article.html", context)


def _paragraphs(document: Body, claims: list[Body], coded: Names) -> list[Paragraph]:
    notes = _notes(document, claims, coded)
    overs = [*_passages(document, claims), *_mentions(document, coded)]
    return [
        Paragraph(block.kind, block.html, _notes_of(block, notes))
        for block in blocks(document["text"], overs, document["spans"])
    ]


def _notes_of(block: Block, notes: dict[str, Note]) -> list[Note]:
    return [notes[anchor] for anchor in block.anchors if anchor in notes]


def _here(document: Body, claim: Body) -> list[tuple[str, int, int]]:
    """A claim's passages in this article: anchor, start, end."""
    places = [e for e in claim["evidence"] if e["article"]["id"] == document["id"]]
    return [
        (claim_anchor(claim["slug"], nth), place["start"], place["end"])
        for nth, place in enumerate(places, 1)
    ]


def _notes(document: Body, claims: list[Body], coded: Names) -> dict[str, Note]:
    return {
        anchor: Note(anchor, card(claim, coded), claim["event"])
        for claim in claims
        for anchor, _, _ in _here(document, claim)[:1]
    }


def _passages(document: Body, claims: list[Body]) -> list[Over]:
    return [
        Over(start, end, anchor, claim["statement"])
        for claim in claims
        for anchor, start, end in _here(document, claim)
    ]


def _mentions(document: Body, coded: Names) -> list[Over]:
    return [
        Over(
            mention["start"],
            mention["end"],
            mention_anchor(mention["start"]),
            f"{mention['actor']['name']}"
            f" ({coded.name('actor-kind', mention['actor']['kind']).lower()})",
            reverse("actor", args=[mention["actor"]["slug"]]),
        )
        for mention in document["mentions"]
    ]
