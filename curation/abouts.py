"""What articles are about, in a few words: how they begin, who and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Substr

from curation.models import Proposal, ProposalKind
from sources.models import Article, SpanKind

BEGINS = 240  # characters of the text that are shown
READ = 1_000  # of the text, since it may begin with its title
NAMED = 4  # actors, and places, of each


@dataclass
class About:
    """How an article begins, and the names that are proposed in it most often."""

    begins: str = ""
    actors: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def abouts(articles: Sequence[int]) -> dict[int, About]:
    """What each of these articles is about. Two queries, whatever their number."""
    found: dict[int, About] = defaultdict(About)
    body = Min("spans__start", filter=Q(spans__kind=SpanKind.BODY))
    texts = Article.objects.filter(pk__in=articles).annotate(
        read=Substr("text", Coalesce(body, 0) + 1, READ)
    )
    for pk, title, text in texts.order_by().values_list("pk", "title", "read"):
        found[pk].begins = _begins(text, title)
    for pk, kind, name in _names(articles):
        about = found[pk]
        names = about.actors if kind == ProposalKind.ACTOR else about.places
        if name and name not in names and len(names) < NAMED:
            names.append(name)
    return found


def _begins(text: str, title: str) -> str:
    """The first words of the body; after the title, where that is not told apart."""
    text = " ".join(text.split())
    title = " ".join(title.split())
    rest = text.removeprefix(title).strip() if title else text
    if len(rest) <= BEGINS:
        return rest
    return f"{rest[:BEGINS].rpartition(' ')[0]}…"


def _names(articles: Sequence[int]) -> list[tuple[int, str, str]]:
    """Of each article the kinds and names proposed, those found most often first."""
    kinds = (ProposalKind.ACTOR, ProposalKind.PLACE)
    return list(
        Proposal.objects.filter(article__in=articles, kind__in=kinds)
        .current()
        .annotate(name=KT("fields__name"))
        .order_by()
        .values_list("article", "kind", "name")
        .annotate(found=Count("pk"))
        .order_by("-found", "name")
        .values_list("article", "kind", "name")
    )
