"""The end of the work on an article: what is left of it, and that it is coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from curation.coverage import coverage
from curation.desk import desk_of
from curation.leases import release, take
from curation.queue import open_by_kind
from events.models import Evidence
from sources.models import Article, Status
from sources.services import change_status

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

    from curation.desk import Desk

MOST = 100  # articles whose texts are read to say what is left of them
_GONE = (Status.REJECTED, Status.RETRACTED)


@dataclass(frozen=True, slots=True)
class Left:
    """What nobody has decided or dealt with yet, beside the claims that were made."""

    proposals: int
    open_sentences: int
    sentences: int
    claims: int

    @property
    def nothing(self) -> bool:
        return not (self.proposals or self.open_sentences)

    @property
    def claims_said(self) -> str:
        noun = "claim rests" if self.claims == 1 else "claims rest"
        return f"{self.claims or 'No'} {noun} on it."

    @property
    def lines(self) -> list[str]:
        """Each in words, for who is about to end the work."""
        proposals = "proposal is" if self.proposals == 1 else "proposals are"
        verb = "is" if self.open_sentences == 1 else "are"
        left = [f"{self.proposals} {proposals} undecided."] if self.proposals else []
        if self.open_sentences:
            left.append(
                f"{self.open_sentences} of {self.sentences} sentences {verb} neither "
                "covered by a claim nor left out."
            )
        return [*left, self.claims_said]


def left_of(article: Article, desk: Desk | None = None) -> Left:
    """What is left of an article; `desk`, where it is read already."""
    (read,) = coverage(Article.objects.filter(pk=article.pk))
    claims = (
        Evidence.objects.filter(article=article)
        .exclude(claim__status__in=_GONE)
        .order_by()
        .values("claim")
        .distinct()
    )
    return Left(
        proposals=(desk or desk_of(article)).open,
        open_sentences=len(read.open),
        sentences=read.total,
        claims=claims.count(),
    )


def left_in(articles: QuerySet[Any]) -> list[str]:
    """What is left of one article; of several, how many proposals and sentences are.

    Nothing of more than MOST: to read so many texts would take too long.
    """
    if articles.order_by()[: MOST + 1].count() > MOST:
        return []
    found = coverage(articles)
    if len(found) == 1:
        return left_of(found[0].article).lines
    left = sum(len(each.open) for each in found)
    total = sum(each.total for each in found)
    waiting = open_by_kind([each.article.pk for each in found])
    proposals = sum(sum(kinds.values()) for kinds in waiting.values())
    return [
        f"{proposals} proposals of claims, figures and events are undecided.",
        f"{left} of {total} sentences are neither covered by a claim nor left out.",
    ]


def finish(article: Article, *, by: AbstractUser) -> None:
    """The article is coded, and on nobody's desk any more.

    Raises LeaseHeldError when it is on somebody else's, and what change_status raises.
    """
    _move(article, Status.CODED, by=by, why="Marked as coded on the desk")
    release(article, by=by)


def reopen(article: Article, *, by: AbstractUser) -> None:
    """The article is a draft again, on the desk of `by`. Raises as `finish` does."""
    _move(article, Status.DRAFT, by=by, why="Returned to draft on the desk")


def _move(article: Article, to: Status, *, by: AbstractUser, why: str) -> None:
    with transaction.atomic():
        take(article, by=by)
        change_status([article], to=to, by=by, why=why)
    article.refresh_from_db(fields=["status"])
