"""The queue: which articles wait, why, and on whose desk they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from curation.abouts import About, abouts
from curation.leases import (
    desk_url,
    release,
    take,
    take_next,
    take_over,
    taken_from,
)
from curation.queue import WINDOW, Waiting, free, queue
from sources.admin.pages import add_page, frame_of
from sources.models import Article, Outlet, Status
from sources.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

SHOWN = 50
COUNTED = 1_000  # drafts; beyond that, "more than"
LONGEST_WORDS = 200  # characters that are looked for


def queue_view(request: HttpRequest) -> HttpResponse:
    """The articles that wait, the most urgent first; its buttons take and give back."""
    if not request.user.has_perm("sources.view_article"):
        raise PermissionDenied
    if request.method == "POST":
        return HttpResponseRedirect(_act(request))
    outlet = _outlet(request)
    mine = "mine" in request.GET
    words = request.GET.get("q", "")[:LONGEST_WORDS].replace("\0", "").strip()
    rows = [_Row(each, request.user) for each in queue(outlet=outlet, words=words)]
    if mine:
        rows = [row for row in rows if row.mine]
    found = abouts([row.article.pk for row in rows[:SHOWN]])
    for row in rows[:SHOWN]:
        row.about = found[row.article.pk]
    context = frame_of(request, title="Queue: which articles wait") | {
        "rows": rows[:SHOWN],
        "more": len(rows) - SHOWN,
        "offered": len(free(row.waiting for row in rows)),
        "drafts": _drafts(),
        "counted": COUNTED,
        "window": WINDOW,
        "outlets": _outlets_with_articles(),
        "outlet": outlet,
        "mine": mine,
        "words": words,
        "taken_over": taken_from(request.user),  # type: ignore[arg-type]
        "may_take": request.user.has_perm("sources.code"),
        "may_take_over": request.user.has_perm("sources.review"),
        "any_article": Article.objects.exists(),
    }
    return TemplateResponse(request, "curation/admin/queue.html", context)


def _outlets_with_articles() -> QuerySet[Outlet]:
    articles = Article.objects.filter(outlet=OuterRef("pk"))
    return Outlet.objects.filter(Exists(articles)).order_by("name").only("name")


class _Row:
    """A line of the table, as one person sees it."""

    def __init__(self, waiting: Waiting, user: Any) -> None:
        self.waiting = waiting
        self.article = waiting.article
        self.lease = waiting.lease
        self.mine = bool(self.lease and self.lease.by_id == user.pk)
        self.desk = desk_url(waiting.article.pk)
        self.about = About()


def _drafts() -> int:
    """How many articles are drafts, counted no further than it says."""
    drafts = Article.objects.filter(status=Status.DRAFT).order_by()
    return drafts.values("pk")[: COUNTED + 1].count()


def _outlet(request: HttpRequest) -> int | None:
    return number_of(request.GET.get("outlet", ""))


def _act(request: HttpRequest) -> str:
    """Do what the button that was pressed asks for; answers where to go then."""
    for verb, act in _VERBS.items():
        if verb in request.POST:
            try:
                return act(request)
            except (ValidationError, PermissionDenied) as error:
                wrong = getattr(error, "messages", [str(error)])
                for message in wrong:
                    messages.error(request, message)
                return request.get_full_path()
    messages.warning(request, "Choose an article, or take the next one.")
    return request.get_full_path()


def _take_next(request: HttpRequest) -> str:
    but = number_of(request.POST.get("but", ""))
    lease = take_next(by=request.user, but=but)  # type: ignore[arg-type]
    if lease is None:
        raise ValidationError("Nothing waits that is not on somebody’s desk already.")
    return desk_url(lease.article_id)


def _chosen(request: HttpRequest, verb: str) -> Article:
    pk = number_of(request.POST.get(verb, ""))
    article: Article = get_object_or_404(Article.objects.defer("text"), pk=pk)
    return article


def _open(request: HttpRequest) -> str:
    article = _chosen(request, "open")
    take(article, by=request.user)  # type: ignore[arg-type]
    return desk_url(article.pk)


def _release(request: HttpRequest) -> str:
    article = _chosen(request, "release")
    if release(article, by=request.user):  # type: ignore[arg-type]
        messages.success(request, f"“{article}” is free for others again.")
    else:
        messages.warning(request, f"“{article}” was not on your desk any more.")
    return request.get_full_path()


def _take_over(request: HttpRequest) -> str:
    article = _chosen(request, "take_over")
    take_over(article, by=request.user, why=request.POST.get("why", ""))  # type: ignore[arg-type]
    return desk_url(article.pk)


_VERBS: dict[str, Callable[[HttpRequest], str]] = {
    "next": _take_next,
    "open": _open,
    "release": _release,
    "take_over": _take_over,
}

add_page("curation/queue/", queue_view, name="curation_queue")
