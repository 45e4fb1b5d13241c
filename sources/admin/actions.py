"""Moving rows from state to state, from the list and from a row's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

from sources.admin.refused import told
from sources.models import Curated, Status
from sources.services import TRANSITIONS, change_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.admin import ModelAdmin
    from django.db.models import QuerySet
    from django.http import HttpRequest

    Action = Callable[
        [ModelAdmin[Any], HttpRequest, QuerySet[Any]], HttpResponse | None
    ]


class Move(NamedTuple):
    """One action: its name, what the list calls it, and where it leads."""

    name: str
    label: str
    to: Status


MOVES = (
    Move("mark_draft", "Return to draft", Status.DRAFT),
    Move("mark_coded", "Mark as coded", Status.CODED),
    Move("mark_reviewed", "Mark as reviewed", Status.REVIEWED),
    Move("publish", "Publish", Status.PUBLISHED),
    Move("reject", "Reject", Status.REJECTED),
    Move("retract", "Retract", Status.RETRACTED),
)
_NEED_A_REASON = {Status.REJECTED, Status.RETRACTED}


def allowed_moves(request: HttpRequest, row: Curated | None = None) -> list[Move]:
    """The moves that the user may make: with `row`, or with some row."""
    return [
        move
        for move in MOVES
        if any(
            request.user.has_perm(f"sources.{verb}")
            for (start, to), verb in TRANSITIONS.items()
            if to == move.to and (row is None or start == row.status)
        )
    ]


def _action(move: Move) -> Action:
    @admin.action(description=move.label)
    def run(
        model_admin: ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        why = request.POST.get("why", "").strip()
        if move.to in _NEED_A_REASON and not why:
            return _ask_why(model_admin, request, queryset, move)
        _move(model_admin, request, queryset, move, why)
        return _back(request)

    run.__name__ = move.name
    return run


STATUS_ACTIONS = [_action(move) for move in MOVES]


def _move(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    queryset: QuerySet[Any],
    move: Move,
    why: str,
) -> None:
    why = why or f"{move.label} (in the admin)"
    try:
        moved = change_status(queryset, to=move.to, by=request.user, why=why)  # type: ignore[arg-type]
    except ValidationError as error:
        for message in error.messages:
            model_admin.message_user(request, message, messages.ERROR)
    except PermissionDenied as error:
        model_admin.message_user(request, str(error), messages.ERROR)
    except DatabaseError as error:
        if (refusal := told(error)) is None:
            raise
        model_admin.message_user(request, refusal, messages.ERROR)
    else:
        model = model_admin.model._meta
        name = str(model.verbose_name if moved == 1 else model.verbose_name_plural)
        verb = "is" if moved == 1 else "are"
        model_admin.message_user(
            request, f"{moved} {name} {verb} now {move.to}.", messages.SUCCESS
        )


def _ask_why(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    queryset: QuerySet[Any],
    move: Move,
) -> HttpResponse:
    context = model_admin.admin_site.each_context(request) | {
        "title": f"{move.label}?",
        "opts": model_admin.model._meta,
        "move": move,
        "count": queryset.count(),
        "rows": queryset[:20],
        "selected": request.POST.getlist("_selected_action"),
        "select_across": request.POST.get("select_across", "0"),
        "next": request.POST.get("next", ""),
        "missing": "why" in request.POST,
    }
    return TemplateResponse(request, "sources/admin/ask_why.html", context)


def _back(request: HttpRequest) -> HttpResponse | None:
    """To the page that the action was started from, if it said so."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return HttpResponseRedirect(target)
    return None
