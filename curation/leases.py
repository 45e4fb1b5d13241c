"""Whose desk an article is on: taken, kept, given back, taken over.

One article is on one desk at a time. All who want it lock the article first, so that
two who ask at the same moment take turns; who asks for the next one passes over what
others are just taking.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from curation.models import Lease, Step
from curation.queue import Waiting, free, queue
from sources.models import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AbstractUser

LASTS = dt.timedelta(minutes=30)
TOLD = dt.timedelta(days=2)  # how long somebody is told that an article was taken over
OFFERED = 50  # articles that are tried, one after the other, for the next one


class LeaseHeldError(ValidationError):
    """Somebody else has the article; `lease` says who and since when."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        super().__init__(
            f"{lease.by} has had “{lease.article}” since {_clock(lease.taken_at)}. "
            f"It is free again at {_clock(lease.until)}, or when {lease.by} gives it "
            "back. Take another article from the queue meanwhile."
        )


@dataclass(frozen=True, slots=True)
class LeaseState:
    """How an article stands to a person: on their desk, on another one, or free."""

    mine: Lease | None = None
    theirs: Lease | None = None
    taken_over: Step | None = None  # who took it from this person lately, and why

    @property
    def free(self) -> bool:
        return self.mine is None and self.theirs is None


def lease_state(article: Article, user: AbstractUser) -> LeaseState:
    """Whose desk the article is on, as `user` sees it. Two queries."""
    lease = Lease.objects.running().select_related("by").filter(article=article).first()
    lost = None
    if lease is not None and lease.by_id == user.pk:
        return LeaseState(mine=lease)
    if lease is not None:
        lost = taken_from(user).filter(article=article, at=lease.taken_at).first()
    return LeaseState(theirs=lease, taken_over=lost)


def leases_of(user: AbstractUser) -> QuerySet[Any]:
    """What is on the desk of `user`, the latest taken first."""
    rows = Lease.objects.running().filter(by=user).select_related("article__outlet")
    return rows.defer("article__text").order_by("-taken_at")


def next_for(user: AbstractUser) -> Waiting | None:
    """What `user` would get next; None when nothing waits, or for who may not code."""
    if not user.has_perm("sources.code"):
        return None
    return next(iter(free(queue())), None)


def take(article: Article, *, by: AbstractUser) -> Lease:
    """Put the article on the desk of `by`, or keep it there for another half an hour.

    Raises LeaseHeldError when it is on another one, PermissionDenied for who may not
    code, Article.DoesNotExist when it is gone.
    """
    _allow(by, "sources.code", "take articles")
    with transaction.atomic():
        _locked(article.pk)
        return _put_on_desk(article.pk, by=by)


def take_next(*, by: AbstractUser, but: int | None = None) -> Lease | None:
    """Put the article that waits most urgently on the desk of `by`; None: none waits.

    `but` is the one that they have just finished.

    What others are taking at the same moment is passed over, not waited for. Raises
    PermissionDenied for who may not code.
    """
    _allow(by, "sources.code", "take articles")
    waiting = [each.article.pk for each in free(queue())]
    best = [pk for pk in waiting if pk != but][:OFFERED]
    with transaction.atomic():
        for article in _one_unlocked(best):
            return _put_on_desk(article, by=by)
    return None


def renew(article: Article, *, by: AbstractUser) -> Lease:
    """Work went on: the article stays on the desk of `by` for another half an hour.

    Also when its time had run out and nobody took it. Raises LeaseHeldError when
    somebody did, ValidationError when it was given back.
    """
    until = timezone.now() + LASTS
    kept = Lease.objects.filter(article=article, by=by.pk).update(until=until)
    lease = Lease.objects.select_related("by").filter(article=article).first()
    if lease is not None and kept:
        return lease  # type: ignore[no-any-return]
    if lease is not None and lease.until > timezone.now():
        raise LeaseHeldError(lease)
    raise ValidationError(f"“{article}” is not on your desk: take it first.")


def release(article: Article, *, by: AbstractUser) -> bool:
    """Give the article back; False when it was not on the desk of `by`."""
    gone, _ = Lease.objects.filter(article=article, by=by.pk).delete()
    return bool(gone)


def take_over(article: Article, *, by: AbstractUser, why: str) -> Lease:
    """Put the article of somebody else on the desk of `by`, who says why.

    For reviewers. The former holder is told (see taken_from). Raises ValidationError
    without a reason, PermissionDenied for who may not review.
    """
    _allow(by, "sources.review", "take over what others work on")
    if not (why := why.strip()):
        raise ValidationError("Say why you take it over: the other one is told.")
    with transaction.atomic():
        _locked(article.pk)
        former = _running(article.pk)
        if former is None or former.by_id == by.pk:
            return _put_on_desk(article.pk, by=by)
        now = timezone.now()
        lease = _write(article.pk, by=by, now=now)
        Step.objects.create(
            article_id=article.pk,
            by=by,  # type: ignore[misc]  # whichever user model is set
            at=now,
            undone_at=now,  # nothing that undo would take back
            what=f"Took it over from {former.by}: {why}",
            made=[[Lease._meta.label, article.pk], _of(former.by)],
        )
        return lease


def taken_from(user: AbstractUser) -> QuerySet[Any]:
    """Who took an article over from `user` in the last two days, and why."""
    since = timezone.now() - TOLD
    rows = Step.objects.filter(
        at__gte=since, made__contains=[_lease_label(), _of(user)]
    )
    return rows.select_related("by", "article").defer("article__text")


def desk_url(article_id: int) -> str:
    """Where the article is worked on."""
    try:
        return reverse("admin:curation_desk", args=[article_id])
    except NoReverseMatch:
        return reverse("admin:curation_proposal_article", args=[article_id])


def _put_on_desk(article: int, *, by: AbstractUser) -> Lease:
    """A lease for `by`; the article is locked. Raises LeaseHeldError."""
    held = _running(article)
    if held is not None and held.by_id != by.pk:
        raise LeaseHeldError(held)
    if held is not None:
        held.until = timezone.now() + LASTS
        held.save(update_fields=["until"])
        return held
    return _write(article, by=by, now=timezone.now())


def _write(article: int, *, by: AbstractUser, now: dt.datetime) -> Lease:
    values = {"by": by, "taken_at": now, "until": now + LASTS}
    lease, _ = Lease.objects.update_or_create(article_id=article, defaults=values)
    return lease


def _running(article: int) -> Lease | None:
    """The lease as it stands after the lock: a statement of its own sees it."""
    running = Lease.objects.running().select_related("by", "article")
    return running.defer("article__text").filter(article=article).first()


def _locked(article: int) -> None:
    """Hold the article until the transaction ends, without hindering who quotes it."""
    rows = Article.objects.select_for_update(no_key=True)
    rows.values_list("pk").get(pk=article)


def _one_unlocked(articles: Sequence[int]) -> list[int]:
    """Lock the first of these that nobody locks and nobody has taken; [] for none.

    One that was taken between the two looks is passed over too.
    """
    place = Case(
        *(When(pk=pk, then=Value(i)) for i, pk in enumerate(articles)),
        output_field=IntegerField(),
    )
    rows = (
        Article.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
        .filter(pk__in=articles)
        .order_by(place)
        .values_list("pk", flat=True)
    )
    tried: list[int] = []
    while found := list(rows.exclude(pk__in=tried)[:1]):
        if _running(found[0]) is None:
            return found
        tried += found
    return []


def _allow(by: AbstractUser, permission: str, what: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied(f"{by} may not {what}.")


def _lease_label() -> list[str]:
    return [Lease._meta.label]


def _of(user: Any) -> list[Any]:
    return [get_user_model()._meta.label, user.pk]


def _clock(at: dt.datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
