"""“With what belongs to it”: its plan, the deed, what keeps a row from the public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, OperationalError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from curation.belonging import (
    ROOTS,
    MoveChangedError,
    belonging,
    carry_out,
    plan_of,
    seen,
)
from curation.belonging.moving import VERBS
from curation.belonging.naming import counted, listed, names_of, noun
from curation.belonging.unseen import unseen_of
from sources.admin.bulk_page import CHANGED, NO_REASON, refused, told_after
from sources.admin.offers import Offer, offering
from sources.admin.pages import add_page, frame_of
from sources.models import Article, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from curation.belonging import KindPlan, MovePlan, Seen
    from sources.models import Curated

NAMED = 20  # rows of each kind that are shown by name
_NAMED_LEFT = 5
MOVES = {"review": Status.REVIEWED, "publish": Status.PUBLISHED}
_LABELS = {
    "review": "Review with what belongs to it",
    "publish": "Publish with what belongs to it",
}
# The reason that the page offers.
OFFERED_WHY = {
    Status.REVIEWED: "Reviewed with what belongs to it",
    Status.PUBLISHED: "Published with what belongs to it",
}
# What is offered of a row in which state.
_OFFERED = {Status.CODED: ("review", "publish"), Status.REVIEWED: ("publish",)}
BUSY = (
    "Somebody is changing some of these rows at this moment, so nothing was changed: "
    "try again in a minute."
)


def address(row: Curated, move: str) -> str:
    """The page of the plan."""
    return reverse("admin:curation_together", args=[_kind(row), row.pk, move])


def _kind(row: Curated) -> str:
    return str(row._meta.model_name)


def _may(request: HttpRequest, move: str) -> bool:
    return request.user.has_perm(f"sources.{move}")


def site_of(row: Curated) -> str:
    """The public page of a row."""
    key = getattr(row, "slug", row.pk)
    return reverse(_kind(row), args=[key])


# --- Beside the state of a row, and after it was moved ------------------------------


@offering
def offer_together(request: HttpRequest, row: Any) -> Iterator[Offer]:
    """On the page of an article, event or claim: what belongs to it, what it lacks."""
    if type(row) not in ROOTS.values():
        return
    if row.status == Status.PUBLISHED:
        yield from _of_published(request, row)
        return
    for move in _OFFERED.get(Status(row.status), ()):
        if _may(request, move):
            yield Offer(_LABELS[move], address(row, move))


def _of_published(request: HttpRequest, row: Any) -> Iterator[Offer]:
    found = seen(belonging(row))
    if found.words:
        yield _way_out(request, row, found)
    if found.public:
        yield Offer("See it on the site", site_of(row))


def _way_out(request: HttpRequest, row: Any, found: Seen) -> Offer:
    """What is missing, with the page on which it is mended or at least seen."""
    if _may(request, "publish"):
        return Offer(_LABELS["publish"], address(row, "publish"), found.words)
    asking = f"{found.words} A reviewer publishes that."
    return Offer("See all problems", reverse("admin:curation_problems"), asking)


@told_after
def tell_seen(
    request: HttpRequest, rows: QuerySet[Any], to: Status
) -> Iterator[tuple[int, str]]:
    """After publishing: whether it is public now, and what to do where it is not."""
    if to != Status.PUBLISHED or rows.model not in ROOTS.values():
        return
    some = list(_plain(rows)[:2])
    if len(some) == 1:
        yield from told_of(request, some[0])
    elif unseen := list(_plain(unseen_of(rows))[: NAMED + 1]):
        number = f"more than {NAMED}" if len(unseen) > NAMED else str(len(unseen))
        words = f"Not public yet: {number} of them, such as “{unseen[0]}”."
        yield _linked(words, "What they lack", address(unseen[0], "publish"))


def told_of(request: HttpRequest, row: Any) -> Iterator[tuple[int, str]]:
    """One message of a row that was published, or two."""
    found = seen(belonging(row))
    if found.words:
        offer = _way_out(request, row, found)
        yield _linked(offer.note, offer.words, offer.href)
    if found.public:
        text = f"“{row}” is public."
        _, words = _linked(text, "See it on the site", site_of(row))
        yield messages.SUCCESS, words


def _linked(words: str, label: str, href: str) -> tuple[int, str]:
    link = '{} <a class="nd-undo" href="{}">{}</a>'
    return messages.WARNING, format_html(link, words, href, label)


def _plain(rows: QuerySet[Any]) -> QuerySet[Any]:
    rows = rows.order_by("pk")
    return rows.defer("text") if rows.model is Article else rows


# --- The page of the plan -----------------------------------------------------------


def together(request: HttpRequest, kind: str, pk: int, move: str) -> HttpResponse:
    """What would be moved with a row, and what not and why; done when agreed to."""
    model, to = ROOTS.get(kind), MOVES.get(move)
    if model is None or to is None:
        raise Http404(f"There is no plan to {move} a {kind} with what belongs to it.")
    registered = admin.site.get_model_admin(model)
    if not (registered.has_view_permission(request) and _may(request, move)):
        raise PermissionDenied
    root = _plain(model._default_manager.filter(pk=pk)).first()
    if root is None:
        raise Http404(f"There is no {kind} {pk}.")
    wrong: list[str] = []
    if request.method == "POST":
        answer = _carry_out(request, root, to)
        if not isinstance(answer, list):
            return answer
        wrong = answer
    return _page(request, root, to, wrong)


add_page("together/<str:kind>/<int:pk>/<str:move>/", together, name="curation_together")


def _carry_out(request: HttpRequest, root: Any, to: Status) -> HttpResponse | list[str]:
    """Do it, and back to the row's page; or why not."""
    why = request.POST.get("why", "").strip()
    if not why:
        return [NO_REASON]
    try:
        plan, batch = carry_out(
            *(root,),
            to=to,
            by=request.user,  # type: ignore[arg-type]
            seen=request.POST.get("plan", ""),
            why=why,
        )
    except MoveChangedError:
        return [CHANGED]
    except OperationalError:
        return [BUSY]
    except (ValidationError, PermissionDenied, DatabaseError) as error:
        return refused(error)
    _tell(request, plan, batch.pk)
    meta = root._meta
    page = f"admin:{meta.app_label}_{meta.model_name}_change"
    return HttpResponseRedirect(reverse(page, args=[root.pk]))


def _tell(request: HttpRequest, plan: MovePlan, batch: int) -> None:
    moved = [counted(kind.model, len(kind.keys)) for kind in plan.kinds if kind.keys]
    words = f"{listed(moved)} {'is' if plan.number == 1 else 'are'} now {plan.to}."
    undo = reverse("admin:curation_batch_change", args=[batch])
    _, text = _linked(words, "See what changed, or undo it", undo)
    messages.success(request, text)
    root = plan.found.root
    root.refresh_from_db(fields=["status"])
    if root.status == Status.PUBLISHED:
        for level, told in told_of(request, root):
            messages.add_message(request, level, told)


def _page(
    request: HttpRequest, root: Any, to: Status, wrong: list[str]
) -> HttpResponse:
    meta = root._meta
    row = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[root.pk])
    try:
        plan = plan_of(root, to=to, by=request.user)  # type: ignore[arg-type]
    except ValidationError as error:  # too many rows for a plan
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(row)
    context = frame_of(request, title=f"{plan.what}?") | {
        "opts": meta,
        "plan": plan,
        "wrong": wrong,
        "kinds": [_drawn(kind, plan) for kind in plan.kinds],
        "after": seen(plan.found, published=plan.published),
        "publishing": to == Status.PUBLISHED,
        "verb": VERBS[to],
        "why": request.POST.get("why", OFFERED_WHY[to]).strip(),
        "back": row,
    }
    return TemplateResponse(request, "curation/admin/together.html", context)


def _drawn(kind: KindPlan, plan: MovePlan) -> dict[str, Any]:
    """One table of the plan: what moves by name, what stays and why."""
    shown = kind.keys[:NAMED]
    left = [pk for keys in kind.left.values() for pk in keys[:_NAMED_LEFT]]
    names = names_of(kind.model, [*shown, *left])
    meta = kind.model._meta
    page = f"admin:{meta.app_label}_{meta.model_name}_change"
    states = {pk: state for state, keys in kind.moving.items() for pk in keys}
    return {
        "name": counted(kind.model, len(plan.found.rows[kind.model])),
        "changing": counted(kind.model, len(kind.keys)),
        "one": noun(kind.model, 1),
        "moving": [(len(keys), state) for state, keys in sorted(kind.moving.items())],
        "already": kind.already,
        "left": [
            {
                "number": len(keys),
                "why": why,
                "rows": [
                    {"name": names.get(pk, ""), "href": reverse(page, args=[pk])}
                    for pk in keys[:_NAMED_LEFT]
                ],
                "more": len(keys[_NAMED_LEFT:]),
            }
            for why, keys in kind.left.items()
        ],
        "rows": [
            {
                "name": names.get(pk, ""),
                "href": reverse(page, args=[pk]),
                "state": states[pk],
                "way": _way(states[pk], plan.to),
            }
            for pk in shown
        ],
        "more": len(kind.keys) - len(shown),
    }


def _way(state: Status, to: Status) -> str:
    """ "reviewed", or "reviewed, then published"."""
    if state == Status.CODED and to == Status.PUBLISHED:
        return f"{Status.REVIEWED}, then {Status.PUBLISHED}"
    return str(to)
