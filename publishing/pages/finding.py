"""Where else the words searched stand: in what is claimed, and in the articles."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString

from publishing.api.pagination import RANK
from publishing.models import Kind
from publishing.pages import words
from publishing.pages.links import article_href, paragraph_anchor, passage_hrefs
from publishing.pages.lists import listing
from publishing.pages.passages import paragraph_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from publishing.pages.documents import Body
    from publishing.pages.lists import Listing

MOST_SAID = 10
MOST_ARTICLES = 10
_MARKED = re.compile(r"<mark>(.*?)</mark>")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim that holds the words searched: its first quote, and what it is about."""

    slug: str
    quoted: str
    href: str
    event: Body | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article's text, those searched between <mark> and </mark>."""

    html: SafeString
    href: str
    found: int


@dataclass(frozen=True, slots=True)
class InArticle:
    """An article that holds the words searched, and where most of them stand.

    No passage where only its title has them; `alike` where it has none of them, but
    names somebody whose name is spelt alike.
    """

    href: str
    title: str
    outlet: str
    published: str
    passage: Passage | None
    alike: bool


def said(request: HttpRequest) -> list[Said]:
    """Claims with the words searched: an event holds the words of its figures only."""
    found = _with_words(request, Kind.CLAIM, limit=MOST_SAID)
    return [
        Said(
            slug=claim["slug"],
            quoted=words.quoted(claim["evidence"][0]["quote"]),
            href=passage_hrefs(claim)[0],
            event=claim["event"],
        )
        for claim in (found.bodies if found else ())
        if claim["evidence"]
    ]


def in_articles(request: HttpRequest) -> list[InArticle]:
    """Articles with the words searched, whether a claim quotes them or not."""
    found = _with_words(request, Kind.ARTICLE, limit=MOST_ARTICLES)
    if not found:
        return []
    return [
        _in_article(article, found.highlights[str(article["id"])])
        for article in found.bodies
    ]


def _with_words(request: HttpRequest, kind: Kind, *, limit: int) -> Listing | None:
    """The best of that kind for the words alone; none beyond the first page."""
    query = request.GET.get("q", "").strip()
    if not query or "cursor" in request.GET:
        return None
    asked = copy(request)
    asked.GET = QueryDict(urlencode({"q": query}))
    return listing(
        asked, kind, ordering=RANK, limit=limit, highlighted=kind == Kind.ARTICLE
    )


def _in_article(article: Body, fragments: list[str]) -> InArticle:
    passages = [p for each in fragments for p in _passages(article, each)]
    best = max(passages, key=lambda passage: passage.found, default=None)
    return InArticle(
        href=article_href(article["id"]),
        title=words.article_title(article),
        outlet=words.outlet_name(article),
        published=words.date_in_words(article["published"]),
        passage=best,
        alike=not fragments,
    )


def _passages(article: Body, fragment: str) -> Iterator[Passage]:
    """The lines of a fragment with the words; a line stands in one paragraph."""
    text = article["text"]
    for line in fragment.split("\n"):
        plain = unescape(_MARKED.sub(r"\1", line))
        marked = {word.casefold() for word in _MARKED.findall(line)}
        start = text.find(plain)
        if not marked or start < 0:  # in the title, which stands before the text
            continue
        around = paragraph_at(text, start)
        before = "" if start == around.start else "… "
        after = "" if start + len(plain) == around.end else " …"
        yield Passage(
            SafeString(before + line.replace("</mark> <mark>", " ") + after),
            article_href(article["id"], paragraph_anchor(around.start)),
            len(marked),
        )
