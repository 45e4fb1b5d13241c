"""Claims against articles: what each of them says, or leaves out, of the same thing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from events.admin.reading import ReadClaim, sentence_href
from events.models import ClaimKind, Modality, Polarity, Stance, SupportedPart
from events.pictures.intervals import in_words
from sources.admin.terms import spoken
from sources.dates import in_words as date_in_words
from sources.models import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from events.models import Claim, Evidence, Support
    from sources.models import Article


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """What is claimed: a line of the matrix. Sorted as people ask."""

    rank: int
    position: str
    label: str


_PARTS = {
    SupportedPart.OCCURRENCE: Topic(0, "", "That it happened"),
    SupportedPart.DATE: Topic(1, "", "When"),
    SupportedPart.PLACE: Topic(2, "", "Where"),
}
_KINDS = {
    ClaimKind.OCCURRENCE: _PARTS[SupportedPart.OCCURRENCE],
    ClaimKind.TIME: _PARTS[SupportedPart.DATE],
    ClaimKind.PLACE: _PARTS[SupportedPart.PLACE],
}
_ROLE, _FIGURE, _OTHER = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim in one article: what it says and how, with the way to its sentence.

    `also` are its further sentences there: words and way.
    """

    slug: str
    figure: str
    words: str
    how: str
    said_by: str
    href: str
    also: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """One article."""

    pk: int
    outlet: str
    title: str
    published: str
    origin: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing claimed; a cell for each column, empty where the article is silent."""

    label: str
    cells: list[list[Entry]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Lines of claims under columns of articles."""

    columns: list[Column]
    lines: list[Line]


def compare(
    read: Sequence[ReadClaim], supports: Mapping[int, Sequence[Support]]
) -> Matrix:
    """The claims by what they claim and by the article that carries them.

    `supports`, by claim, are the parts of the event's record that rest on it.
    """
    articles = _articles(read)
    cells: dict[Topic, dict[int, list[Entry]]] = {}
    for claim in read:
        resting = supports.get(claim.claim.pk, ())
        for topic, stance in _topics(claim, resting):
            line = cells.setdefault(topic, {})
            for article, (first, *more) in _by_article(claim.evidence):
                entry = _entry(claim, first, more, stance)
                line.setdefault(article, []).append(entry)
    return Matrix(
        [_column(article) for article in articles],
        [
            Line(topic.label, [line.get(article.pk, []) for article in articles])
            for topic, line in sorted(cells.items())
        ],
    )


def _by_article(evidence: Iterable[Evidence]) -> Iterable[tuple[int, list[Evidence]]]:
    found: dict[int, list[Evidence]] = {}
    for each in evidence:
        found.setdefault(each.article_id, []).append(each)
    return found.items()


def _articles(read: Iterable[ReadClaim]) -> list[Article]:
    """Each article once, in the order of publication; undated ones last."""
    found = {e.article_id: e.article for claim in read for e in claim.evidence}

    def published(article: Article) -> tuple[dt.date, int]:
        return article.published_latest or dt.date.max, article.pk

    return sorted(found.values(), key=published)


def _topics(
    read: ReadClaim, supports: Sequence[Support]
) -> Iterator[tuple[Topic, str]]:
    """What a claim is about: its count, else what rests on it, else its kind."""
    claim = read.claim
    if claim.kind == ClaimKind.FIGURE:
        yield _count(claim), ""
    elif supports:
        yield from {_rested_on(each): each.stance for each in supports}.items()
    else:
        kind = ClaimKind(claim.kind)
        yield _KINDS.get(kind, Topic(_OTHER, kind, kind.label.capitalize())), ""


def _count(claim: Claim) -> Topic:
    """The deaths first, and everybody before some."""
    measure, group = spoken(claim.measure_id), claim.group
    label = measure[:1].upper() + measure[1:]
    if group is not None:
        label = f"{label} ({'all' if group.code == 'all' else group.name})"
    first = (measure != "killed", measure, group is not None and group.code != "all")
    return Topic(_FIGURE, f"{first} {claim.group_id}", label)


def _rested_on(support: Support) -> Topic:
    part = support.participation
    if part is None:
        return _PARTS[SupportedPart(support.part)]
    role = spoken(part.role_id).capitalize()
    return Topic(_ROLE, f"{part.role_id} {part.pk}", f"{role}: {part.actor}")


def _entry(
    read: ReadClaim, evidence: Evidence, more: Sequence[Evidence], stance: str
) -> Entry:
    claim = read.claim
    figure = claim.kind == ClaimKind.FIGURE
    return Entry(
        slug=claim.slug,
        figure=in_words(claim.low, claim.high) if figure else "",
        words=(claim.figure_text if figure else "") or evidence.quote,
        how=", ".join(_how(read, stance)),
        said_by=_speaker(claim),
        href=sentence_href(evidence),
        also=[(each.quote, sentence_href(each)) for each in more],
    )


def _speaker(claim: Claim) -> str:
    if claim.speaker is not None:
        return str(claim.speaker)
    return f"“{claim.speaker_text}”" if claim.speaker_text else "the article itself"


def _how(read: ReadClaim, stance: str) -> Iterator[str]:
    """What sets a claim apart from a plain accepted statement."""
    claim = read.claim
    if claim.modality != Modality.ASSERTED:
        yield claim.modality
    if claim.polarity == Polarity.NEGATIVE:
        yield "says it is not so"
    if stance == Stance.DISPUTES:
        yield "disputes it"
    if claim.status not in ACCEPTED:
        yield str(claim.status)


def _column(article: Article) -> Column:
    return Column(
        pk=article.pk,
        outlet=str(article.outlet) if article.outlet else "Outlet not known",
        title=str(article),
        published=date_in_words(article.published_earliest, article.published_latest),
        origin=str(article.origin) if article.origin else "",
        href=reverse("admin:sources_article_change", args=[article.pk]),
    )
