"""What the worker has to do, does and did: procrastinate's jobs, to look at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import BigIntegerField, Case, OuterRef, Q, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

# Registers the models as it is imported; the page below takes their place.
from procrastinate.contrib.django import admin as _registered  # noqa: F401
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from unfold.decorators import display

from curation.tasks import TASK, cancel, retry
from sources.admin.derived import DerivedAdmin
from sources.models import Article

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest

admin.site.unregister(ProcrastinateJob)

DECIDES = "curation.decide_all_proposals"
NUMBER = r"^[0-9]{1,18}$"  # that PostgreSQL can hold
STATUS_COLOURS = {
    "todo": "info",
    "doing": "primary",
    "succeeded": "success",
    "failed": "danger",
    "cancelled": "warning",
    "aborted": "warning",
}


@admin.register(ProcrastinateJob)
class JobAdmin(DerivedAdmin):
    """Jobs of the worker. procrastinate does not keep what went wrong with one."""

    list_display = ("task", "where", "state", "attempts", "asked", "last")
    list_filter = ("status", "task_name")
    search_fields = ("task_name",)  # so that there is a box; see get_search_results
    search_help_text = "An article's number"
    ordering = ("-id",)
    actions = ("retry", "cancel")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("task", "where", "state", "attempts", "args"),
                    *("scheduled_at", "worker", "events"),
                ),
                "description": "The error of a failed job is in its worker’s log.",
            },
        ),
    )
    readonly_fields = ("task", "where", "state", "events")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_decides_permission(request) or bool(
            super().has_view_permission(request, obj)
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_decides_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(DECIDES))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        events = ProcrastinateEvent.objects.filter(job=OuterRef("pk"))
        events = events.exclude(type="scheduled")  # that one lies in the future
        titles = Article.objects.filter(pk=OuterRef("article")).values("title")
        jobs: QuerySet[Any] = (
            rows.select_related("worker")
            .annotate(written=KT("args__article_id"))
            .annotate(
                # Only what is a number: PostgreSQL casts nothing in a branch not taken.
                article=Case(
                    When(written__regex=NUMBER, then=Cast("written", BigIntegerField()))
                )
            )
            .annotate(
                title=Subquery(titles[:1]),
                first_at=Subquery(events.order_by("id").values("at")[:1]),
                last_at=Subquery(events.order_by("-id").values("at")[:1]),
            )
        )
        return jobs

    def get_object(self, request: HttpRequest, object_id: str, *rest: Any) -> Any:
        row = super().get_object(request, object_id, *rest)
        if row is not None and not isinstance(row.args, dict):
            row.args = {"no names": row.args}  # procrastinate's title needs names
        return row

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        words = search_term.split()
        numbers = [int(word) for word in words if re.fullmatch(NUMBER, word)]
        if not search_term.strip():
            return queryset, False
        return queryset.filter(Q(article__in=numbers)), False

    @admin.display(description="task", ordering="task_name")
    def task(self, row: Any) -> str:
        if row.task_name == TASK:
            return "Read an article"
        return str(row.task_name).rpartition(".")[2].replace("_", " ").capitalize()

    @admin.display(description="article")
    def where(self, row: Any) -> str:
        if row.article is None:
            return ""
        if row.title is None:
            return f"{row.article} (is gone)"
        href = reverse("admin:curation_desk", args=[row.article])
        return format_html(
            '<a href="{}">{}</a>', href, row.title or f"Untitled article {row.article}"
        )

    @display(  # type: ignore[untyped-decorator] # unfold has no types
        description="status", ordering="status", label=STATUS_COLOURS
    )
    def state(self, row: Any) -> str:
        return str(row.status)

    @admin.display(description="asked for", ordering="id")
    def asked(self, row: Any) -> datetime | None:
        return row.first_at  # type: ignore[no-any-return]

    @admin.display(description="last change", ordering="last_at")
    def last(self, row: Any) -> datetime | None:
        return row.last_at  # type: ignore[no-any-return]

    @admin.display(description="what happened")
    def events(self, row: Any) -> str:
        events = row.procrastinateevent_set.order_by("id")
        lines = [(_moment(each.at), each.type.replace("_", " ")) for each in events]
        return format_html_join("", "{} {}<br>", lines)

    @admin.action(description="Try again", permissions=["decides"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        done = retry(queryset.values_list("pk", flat=True))
        self._say(request, done, "tried again", "failed, cancelled or aborted")

    @admin.action(description="Cancel", permissions=["decides"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        done = cancel(queryset.values_list("pk", flat=True))
        self._say(request, done, "cancelled", "waiting")

    def _say(self, request: HttpRequest, done: int, what: str, only: str) -> None:
        if done:
            jobs = "1 job is" if done == 1 else f"{done} jobs are"
            self.message_user(request, f"{jobs} {what}.", messages.SUCCESS)
        else:
            text = f"Nothing is {what}: only jobs that are {only} can be."
            self.message_user(request, text, messages.WARNING)


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "Y-m-d H:i:s") if at else ""
