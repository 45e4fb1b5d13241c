"""The actions of the lists: from state to state, and other changes of many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError

from sources.admin.bulk_page import Bulk, PlanPage, refused
from sources.bulk import Bar, Change, edit_bars, status_change
from sources.models import Curated, Status
from sources.services import TRANSITIONS, change_status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.contrib.admin import ModelAdmin
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    Action = Callable[
        [ModelAdmin[Any], HttpRequest, QuerySet[Any]], HttpResponse | None
    ]
    # From the rows chosen and what was asked for.
    Bars = Callable[[QuerySet[Any], dict[str, Any]], Sequence[Bar]]
    Follow = Callable[[QuerySet[Any], dict[str, Any]], Mapping[str, Any]]
    Notes = Callable[[QuerySet[Any]], Sequence[str]]


class Move(NamedTuple):
    """One action: its name, what the list calls it, where it leads, and how."""

    name: str
    label: str
    to: Status
    what: str


MOVES = (
    Move("mark_draft", "Return to draft", Status.DRAFT, "Return {rows} to draft"),
    Move("mark_coded", "Mark as coded", Status.CODED, "Mark {rows} as coded"),
    Move(
        "mark_reviewed", "Mark as reviewed", Status.REVIEWED, "Mark {rows} as reviewed"
    ),
    Move("publish", "Publish", Status.PUBLISHED, "Publish {rows}"),
    Move("reject", "Reject", Status.REJECTED, "Reject {rows}"),
    Move("retract", "Retract", Status.RETRACTED, "Retract {rows}"),
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


def _move_action(
    move: Move, *, notes: Notes | None = None, then: tuple[str, str] | None = None
) -> Action:
    def change(
        request: HttpRequest, rows: QuerySet[Any], values: dict[str, Any]
    ) -> Change:
        return status_change(move.label, rows, to=move.to, by=request.user)  # type: ignore[arg-type]

    bulk = Bulk(
        *(move.name, move.what, f"now {move.to}", change),
        to=move.to,
        notes=notes,
        then=then,
        why="" if move.to in _NEED_A_REASON else f"{move.label} (in the admin)",
    )

    @admin.action(description=move.label)
    def run(
        model_admin: ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        page = PlanPage(bulk, model_admin, request, queryset)
        asks = notes is not None or "plan" in request.POST
        if page.why and not asks and _is_one(request):
            return _outright(page, move)
        return page.answer()

    run.__name__ = move.name
    return run


STATUS_ACTIONS: Sequence[Action] = [_move_action(move) for move in MOVES]


def asking(name: str, *, notes: Notes, then: tuple[str, str]) -> Sequence[Action]:
    """STATUS_ACTIONS, of which the one called `name` says `notes` about the rows first.

    `then`: words and the name of the page that comes next.
    """
    return [
        _move_action(move, notes=notes, then=then) if move.name == name else action
        for move, action in zip(MOVES, STATUS_ACTIONS, strict=True)
    ]


def _is_one(request: HttpRequest) -> bool:
    """Whether a single row is chosen: it needs no plan, unless it needs a reason."""
    chosen = request.POST.getlist("_selected_action")
    return len(chosen) == 1 and request.POST.get("select_across", "0") != "1"


def _outright(page: PlanPage, move: Move) -> HttpResponse | None:
    try:
        keys = list(page.rows.values_list("pk", flat=True))
        change_status(page.rows, to=move.to, by=page.request.user, why=page.why)  # type: ignore[arg-type]
    except (ValidationError, PermissionDenied, DatabaseError) as error:
        for message in refused(error):
            page.model_admin.message_user(page.request, message, messages.ERROR)
    else:
        page.tell(keys)
    return page.back()


def change_action(
    name: str,
    label: str,
    *,
    what: str,
    done: str,
    fields: tuple[str, ...],
    optional: bool = False,
    hint: str = "",
    bars: Bars | None = None,
    follow: Follow | None = None,
) -> Action:
    """An action that gives the rows of a list new values in `fields`.

    For those who may change such rows. `bars` are the rows that it must leave, `follow`
    what has to change with them; both are told the rows chosen and the new values.
    """

    def change(
        request: HttpRequest, rows: QuerySet[Any], values: dict[str, Any]
    ) -> Change:
        return Change(
            verb=label,
            values={each: values[each] for each in fields},
            follow=follow(rows, values) if follow else {},
            bars=[
                *edit_bars(rows.model, request.user),  # type: ignore[arg-type]
                *(bars(rows, values) if bars else ()),
            ],
        )

    bulk = Bulk(
        *(name, what, done, change),
        fields=fields,
        hint=hint,
        optional=optional,
    )

    @admin.action(description=label, permissions=["change"])
    def run(
        model_admin: ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        return PlanPage(bulk, model_admin, request, queryset).answer()

    run.__name__ = name
    return run
