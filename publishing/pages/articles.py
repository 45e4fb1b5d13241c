"""The page of an article: its text, with every claim and every name marked in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
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
from publishing.pages.links import claim_anchor, mention_anchor, paragraph_anchor
from publishing.pages.passages import Over, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """A claim in the margin, and the passage in the text it points to."""

    passage: Over
    card: Card
    event: Body | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the claims that begin in it."""

    anchor: str
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
    passages = [_passages(document, claim) for claim in claims]
    numbered = [*_numbered(document["text"], passages)]
    notes = {
        first.anchor: Note(first, card(claim, coded), claim["event"])
        for claim, (first, *_) in zip(claims, numbered, strict=True)
    }
    overs = [*chain.from_iterable(numbered), *_mentions(document, coded)]
    return [
        Paragraph(
            paragraph_anchor(block.start),
            block.kind,
            block.html,
            [notes[anchor] for anchor in block.anchors if anchor in notes],
        )
        for block in blocks(document["text"], overs, document["spans"])
    ]


def _passages(document: Body, claim: Body) -> list[Over]:
    """A claim's passages in this article; its note stands beside the first."""
    places = [e for e in claim["evidence"] if e["article"]["id"] == document["id"]]
    return [
        Over(
            place["start"],
            place["end"],
            claim_anchor(claim["slug"], nth),
            claim["statement"],
        )
        for nth, place in enumerate(places, 1)
    ]


def _numbered(text: str, claims: list[list[Over]]) -> Iterator[list[Over]]:
    """Each claim's passages with the number of its note where that is beside them."""
    notes: Counter[int] = Counter()
    for passages in claims:
        lines = [text.rfind("\n", 0, passage.start) for passage in passages]
        notes[lines[0]] += 1
        yield [
            replace(passage, note=notes[line] if line == lines[0] else 0)
            for passage, line in zip(passages, lines, strict=True)
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
