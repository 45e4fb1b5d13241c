"""The page of a claim, and the page that explains how to read all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render

from publishing.models import Kind
from publishing.pages import words
from publishing.pages.claims import card
from publishing.pages.documents import article_heads, find, names, with_ids
from publishing.pages.doors import public_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST_PASSAGES = 50
_EXPLAINED = ("verdict", "claim-modality", "date-precision", "date-basis")


@public_page
def claim(request: HttpRequest, key: str) -> HttpResponse:
    """One claim: its words where they stand, and who says them."""
    document = find(Kind.CLAIM, key)
    if document["slug"] != key:
        return redirect("claim", document["slug"], permanent=True)
    coded = names(
        *("claim-kind", "claim-modality", "claim-voice", "quantifier"),
        *("measure", "group", "relation-kind"),
    )
    relation = document["relation"]
    relations = with_ids(Kind.RELATION, [relation["id"]] if relation else [], limit=1)
    ids = [evidence["article"]["id"] for evidence in document["evidence"]]
    articles = article_heads(ids=ids, limit=MOST_PASSAGES)
    outlets = {article["id"]: words.outlet_name(article) for article in articles}
    shown = card(document, coded)
    context = {
        "claim": document,
        "card": shown,
        "passages": [(p, outlets.get(p.article, "")) for p in shown.passages],
        "kind_meaning": coded.meaning("claim-kind", document["kind"]),
        "voice_meaning": coded.meaning("claim-voice", document["voice"]),
        "quantifier": coded.name("quantifier", document["quantifier"]),
        "quantifier_meaning": coded.meaning("quantifier", document["quantifier"]),
        "relation": relations[0] if relations else None,
        "relation_kind": coded.name("relation-kind", relation and relation["kind"]),
    }
    return render(request, "publishing/claim.html", context)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """How to read verdicts, precision and modality; licence; the API."""
    coded = names(*_EXPLAINED, "place-precision")
    context = {
        "verdicts": [
            (code, words.SIGNS.get(code, ""), name, meaning)
            for code, name, meaning in coded.of("verdict")
        ],
        "modalities": coded.of("claim-modality"),
        "date_precisions": coded.of("date-precision"),
        "date_bases": coded.of("date-basis"),
        "place_precisions": coded.of("place-precision"),
    }
    return render(request, "publishing/about.html", context)
