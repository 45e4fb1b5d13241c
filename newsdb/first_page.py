"""What the admin's first page tells beside its list of tables (unfold calls it)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from curation import dashboard
from curation.belonging.naming import name_of
from curation.charts import day_bars, share_bars
from curation.leases import desk_url, leases_of, taken_from
from curation.queue import free, queue
from curation.visits import note_visit
from events.models import Claim
from newsdb.next_steps import next_steps
from newsdb.roles import in_words
from sources.models import Article

if TYPE_CHECKING:
    from django.http import HttpRequest

    from curation.queue import Waiting

OFFERED = 3  # articles of the queue
FIRST_TIME = dt.timedelta(days=7)  # what is new to who was never here


def first_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context of admin/index.html; each part for who may see what it is made of."""
    user: Any = request.user
    offered = free(queue()) if user.has_perm("sources.view_article") else []
    context |= {"steps": next_steps(user, offered), "role": in_words(user)}
    if not Article.objects.exists():
        return context  # the steps lead on; there is nothing to tell yet
    return context | {
        **_my_queue(user, offered),
        **_news(user),
        **_disputes(user),
        **_progress(user),
    }


def _my_queue(user: Any, offered: list[Waiting]) -> dict[str, Any]:
    if not user.has_perm("sources.view_article"):
        return {}
    return {
        "shows_queue": True,
        "leases": [(each, desk_url(each.article_id)) for each in leases_of(user)],
        "offered": [(each, desk_url(each.article.pk)) for each in offered[:OFFERED]],
        "may_take": user.has_perm("sources.code"),
        "taken_over": taken_from(user),
    }


def _news(user: Any) -> dict[str, Any]:
    """What others changed since the visit before this one."""
    visit = note_visit(by=user)
    since = visit.before or timezone.now() - FIRST_TIME
    kinds = [kind for kind in dashboard.KINDS if _may_view(user, kind[0])]
    changed = dashboard.changes_since(since, by_others_than=user, kinds=kinds)
    news = [
        (each.text, _address(each.model, "changelist"), _named(each))
        for each in changed
    ]
    decided = 0
    if user.has_perm("curation.view_judgement"):
        decided = dashboard.decisions_since(since, by_others_than=user)
    return {
        "shows_news": True,
        "first_visit": visit.before is None,
        "since": since,
        "news": news,
        "decided": decided,
    }


def _named(changed: dashboard.Changed) -> list[tuple[str, str, str]]:
    """The newest of them: name, the page of its history, who."""
    return [
        (name_of(each.row), _address(changed.model, "history", each.row.pk), each.by)
        for each in changed.named
    ]


def _may_view(user: Any, model: Any) -> bool:
    return bool(user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"))


def _address(model: Any, page: str, *args: Any) -> str:
    name = f"{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(f"admin:{name}", args=args)


def _disputes(user: Any) -> dict[str, Any]:
    if not (user.has_perm("events.view_event") and user.has_perm("events.view_claim")):
        return {}
    return {
        "shows_disputes": True,
        "disputes": dashboard.disputes(),
        "figures": dashboard.FIGURES,
    }


def _progress(user: Any) -> dict[str, Any]:
    """Charts: how far the articles are, how proposals fare, how much is done a day."""
    shown: dict[str, Any] = {"shows_progress": True}
    if user.has_perm("sources.view_article"):
        far = dashboard.progress()
        shown["coverage"] = [
            share_bars(
                [far.articles],
                ["coded", "begun", "untouched"],
                key="articles",
                title="Articles that are coded",
            ),
            share_bars(
                [far.sentences],
                ["dealt with", "not yet"],
                key="sentences",
                title="Sentences with a claim, or left out with a reason",
            ),
        ]
    if user.has_perm("curation.view_judgement"):
        shown["acceptance"] = share_bars(
            dashboard.acceptance(),
            ["accepted", "changed first", "rejected"],
            key="acceptance",
            title=f"Of the last {dashboard.DECISIONS} decisions, by extractor",
        )
        shown["throughput"] = _throughput(user)
    return shown


def _throughput(user: Any) -> list[dict[str, Any]]:
    charts = [("decisions", "Decisions", dashboard.decisions_by_day())]
    if _may_view(user, Claim):
        charts.append(("claims", "Claims added by people", dashboard.claims_by_day()))
    return [
        {
            "title": title,
            "daily": daily,
            "chart": day_bars(
                daily.days, key=f"by-day-{key}", title=f"{title} by day", noun=key
            ),
        }
        for key, title, daily in charts
    ]
