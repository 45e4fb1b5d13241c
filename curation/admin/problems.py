"""The queues of what is wrong or unfinished, and the list of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from curation.admin.batches import page_number
from curation.models import Lease
from curation.problems import COUNTED, PROBLEMS, Problem, count_of, problem_of
from sources.admin.offers import Offer, offering
from sources.admin.pages import add_page, frame_of
from sources.models import Article
from sources.numbers import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.contrib.admin import ModelAdmin
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50


def problems_view(request: HttpRequest) -> HttpResponse:
    """All queues that the user may look at, each with how much is in it."""
    found = [
        {"problem": problem, **_counted(problem)}
        for problem in PROBLEMS
        if _admin_of(problem).has_view_permission(request)
    ]
    if not found:
        raise PermissionDenied
    found.sort(key=lambda each: "tone" not in each)  # what is empty stands last
    context = frame_of(request, title="Problems") | {"found": found}
    return TemplateResponse(request, "curation/admin/problems.html", context)


def problem_view(request: HttpRequest, key: str) -> HttpResponse:
    """One queue, page by page; its actions mend the rows that are ticked."""
    problem = problem_of(key)
    if problem is None:
        raise Http404(f"There is no queue {key}.")
    model_admin = _admin_of(problem)
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    offered: dict[str, Any] = model_admin.get_actions(request)
    actions = {name: offered[name] for name in problem.actions if name in offered}
    if request.method == "POST":
        return _act(request, model_admin, actions)
    context = frame_of(request, title=problem.title) | {
        "problem": problem,
        "actions": [(name, label) for name, (_, _, label) in actions.items()],
        **_listed(problem, model_admin, page_number(request)),
    }
    return TemplateResponse(request, "curation/admin/problem.html", context)


@offering
def offer_way_back(request: HttpRequest, row: Any) -> Iterator[Offer]:
    """On the page of a row that a queue led to."""
    problem = problem_of(request.GET.get("from", ""))
    if problem is not None and problem.rows().model is type(row):
        page = reverse("admin:curation_problem", args=[problem.key])
        note = f"You came from the problem “{problem.title}”."
        yield Offer("Back to that list", page, note)


def _act(
    request: HttpRequest, model_admin: ModelAdmin[Any], actions: dict[str, Any]
) -> HttpResponse:
    """What the button asks for, with the rows ticked; then back to the queue."""
    chosen = [
        key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if is_number(key)
    ]
    action: Callable[..., HttpResponse | None] | None
    action, *_ = actions.get(request.POST.get("action", ""), (None,))
    if action is None:
        messages.error(request, "Nothing was done: that is not offered here.")
    elif not chosen:
        messages.warning(request, "Tick the rows first, then say what becomes of them.")
    else:
        rows = model_admin.get_queryset(request).filter(pk__in=chosen)
        if response := action(model_admin, request, rows):
            return response
    return HttpResponseRedirect(request.get_full_path())


def _counted(problem: Problem) -> dict[str, str]:
    number = count_of(problem)
    if number is None:
        return {"count": "many rows to look through", "tone": "unknown"}
    if number > COUNTED:
        return {"count": f"more than {COUNTED:,}", "tone": "some"}
    return {"count": f"{number:,}", "tone": "some"} if number else {"count": "none"}


def _listed(
    problem: Problem, model_admin: ModelAdmin[Any], page: int
) -> dict[str, Any]:
    """One page of the queue, and whether there is another. One query."""
    joined = model_admin.list_select_related
    rows = problem.rows()
    if problem.because is not None:
        rows = rows.annotate(because=problem.because())
    if isinstance(joined, (list, tuple)):
        rows = rows.select_related(*joined)
    if not rows.query.order_by:
        rows = rows.order_by("-pk")
    start = (page - 1) * PER_PAGE
    found = list(_without_text(rows)[start : start + PER_PAGE + 1])
    meta = model_admin.opts
    address = f"admin:{meta.app_label}_{meta.model_name}_change"
    return {
        "rows": [
            {
                "pk": row.pk,
                "name": str(row),
                "because": getattr(row, "because", ""),
                "status": getattr(row, "status", ""),
                "href": reverse(address, args=[quote(row.pk)]),
            }
            for row in found[:PER_PAGE]
        ],
        "explained": any(getattr(row, "because", "") for row in found),
        "states": any(getattr(row, "status", "") for row in found),
        "name": meta.verbose_name,
        "first": start + 1,
        "last": start + min(len(found), PER_PAGE),
        "earlier": page - 1,
        "later": page + 1 if len(found) > PER_PAGE else 0,
    }


def _without_text(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The texts of articles are long, and no list shows them."""
    if rows.model is Article:
        return rows.defer("text")
    return rows.defer("article__text") if rows.model is Lease else rows


def _admin_of(problem: Problem) -> ModelAdmin[Any]:
    return admin.site._registry[problem.rows().model]


add_page("curation/problems/", problems_view, name="curation_problems")
add_page("curation/problems/<slug:key>/", problem_view, name="curation_problem")
