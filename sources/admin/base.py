"""What the admin of every curated row does alike.

Saving is recorded with who and why; a rule that the database enforces becomes an error
in the form; the state is changed by actions only; history shows every field.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.db import DatabaseError, connection, models, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from unfold.admin import ModelAdmin
from unfold.decorators import display

from sources.admin.actions import STATUS_ACTIONS, allowed_moves
from sources.admin.collisions import stop
from sources.admin.forms import WHY_ADDED, CuratedForm
from sources.admin.history import changes_of
from sources.admin.lines import LONG_TEXT, FormFields, PartInline, QuoteInline
from sources.admin.offers import offers
from sources.admin.on_site import public_page
from sources.admin.paging import BoundedPaginator
from sources.admin.refused import told
from sources.admin.searching import WordSearch
from sources.admin.versions import sent_lines, token_of_page
from sources.expressions import folded
from sources.models import Curated, Status
from sources.services import (
    BY_ANOTHER,
    WHEN_EDITED,
    check_writable,
    may_edit,
    own_coding,
    recorded,
    take_back,
    unsettle,
    unsettle_owners,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

    from sources.admin.actions import Move

__all__ = [
    "STATUS_COLOURS",
    "CuratedAdmin",
    "PartInline",
    "QuoteInline",
    "RowAdmin",
    "date_fieldset",
    "folded",
]

UNSETTLED = (
    "What was reviewed here has changed, so it is coded again: it waits for another "
    "person to review it."
)
NEXT = {  # the usual way of a row
    Status.DRAFT: Status.CODED,
    Status.CODED: Status.REVIEWED,
    Status.REVIEWED: Status.PUBLISHED,
}
STATUS_COLOURS = {
    Status.DRAFT: "default",
    Status.CODED: "info",
    Status.REVIEWED: "primary",
    Status.PUBLISHED: "success",
    Status.REJECTED: "warning",
    Status.RETRACTED: "danger",
}


_LONGEST_STATE = 32  # characters of a coloured field, which takes one line on a phone


def date_fieldset(prefix: str, title: str) -> tuple[str, dict[str, Any]]:
    """The columns of one date, two to a line."""
    return title, {
        "fields": (
            (f"{prefix}_earliest", f"{prefix}_latest"),
            (f"{prefix}_precision", f"{prefix}_basis"),
            f"{prefix}_text",
            f"{prefix}_note",
        )
    }


class RowAdmin(FormFields, ModelAdmin):  # type: ignore[misc] # unfold has no types
    """A table in the admin: recorded, refusals in words, with its history.

    What is public is changed only by those who may publish; a save that would go over
    somebody else's stops and shows both (sources.admin.collisions).
    """

    form = CuratedForm
    formfield_overrides = LONG_TEXT
    show_full_result_count = False
    paginator = BoundedPaginator
    list_per_page = 50
    warn_unsaved_form = True
    object_history_template = "sources/admin/history.html"
    change_form_before_template = "sources/admin/version.html"
    # Models whose rows are part of this one's history, beside the inlines.
    history_parts: tuple[type[models.Model], ...] = ()

    class Media:
        css = {"all": ("sources/admin.css",)}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The fields, and last why they change; not for those who may only look."""
        groups = [
            (title, {**options, "fields": _without_why(options["fields"])})
            for title, options in super().get_fieldsets(request, obj)
        ]
        may_write = (
            self.has_change_permission(request, obj)
            if obj
            else self.has_add_permission(request)
        )
        return [*groups, (None, {"fields": ("why",)})] if may_write else groups

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        form: type[ModelForm[Any]] = super().get_form(request, obj, change, **kwargs)
        if issubclass(form, CuratedForm):
            form.refusal = getattr(request, "refusal", None)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        draw = super().changeform_view
        if request.method != "POST":
            return draw(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]
        try:
            with transaction.atomic():
                stopped = object_id and stop(self, request, object_id)
                if stopped:
                    return stopped
                why = request.POST.get("why", "").strip() or WHY_ADDED
                with recorded(by=request.user, why=why):  # type: ignore[arg-type]
                    return draw(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]
        except (DatabaseError, ValidationError) as error:
            if (refusal := told(error)) is None:
                raise
            request.refusal = refusal  # type: ignore[attr-defined]
        # The form again, as it was typed: CuratedForm shows the refusal as its error.
        return draw(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_change_permission(request, obj)
        return may and (obj is None or may_edit(request.user, obj))  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_delete_permission(request, obj)
        return may and (obj is None or may_edit(request.user, obj))  # type: ignore[arg-type]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """With the lines that were sent, on whichever page they are by now."""
        options: dict[str, Any] = super().get_formset_kwargs(
            request, obj, inline, prefix
        )
        if "data" in options:
            sent = sent_lines(request.POST, prefix)
            options["queryset"] = options["queryset"].filter(pk__in=sent)
            options["per_page"] = max(len(sent), 1)
        return options

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        check_writable(obj, by=request.user)  # type: ignore[arg-type]
        if unsettle(obj):
            request.unsettled = True  # type: ignore[attr-defined]
        obj.save(force_update=change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context.get("original")
        if row is not None and self.has_change_permission(request, row):
            context["version"] = token_of_page(request, context)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[no-any-return]

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        lines = sum(map(_unsettled, formsets))
        if lines or getattr(request, "unsettled", False):
            self.message_user(request, UNSETTLED, messages.WARNING)
        connection.check_constraints()  # also those deferred to the commit

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        draw = super().delete_view
        if request.method != "POST":
            return draw(request, object_id, extra_context)  # type: ignore[no-any-return]
        try:
            with recorded(by=request.user, why="Deleted in the admin"):  # type: ignore[arg-type]
                response = draw(request, object_id, extra_context)
                connection.check_constraints()
                return response  # type: ignore[no-any-return]
        except DatabaseError as error:
            if (refusal := told(error)) is None:
                raise
            self.message_user(request, f"Not deleted: {refusal}", messages.ERROR)
            return HttpResponseRedirect("../change/")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        unsettle_owners(obj)
        super().delete_model(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)  # one at a time, so that a refusal is told
        return actions

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404(f"There is no {self.opts.verbose_name} {object_id}.")
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        parts = [inline.model for inline in self.inlines]
        context = self.admin_site.each_context(request) | {
            "title": f"History of “{row}”",
            "opts": self.opts,
            "object": row,
            "changes": changes_of(row, [*parts, *self.history_parts]),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


def _unsettled(formset: Any) -> bool:
    """Take back what was reviewed and has other lines now; whether there was any."""
    changed = [row for row, _ in formset.changed_objects]
    if issubclass(formset.model, Curated):
        return sum(map(take_back, changed)) > 0
    rows = [*changed, *formset.new_objects, *formset.deleted_objects]
    return sum(map(unsettle_owners, rows)) > 0


def _without_why(fields: Sequence[Any]) -> list[Any]:
    return [name for name in fields if name != "why"]


class CuratedAdmin(WordSearch, RowAdmin):
    """A row that people decide on: its state is moved by actions, never by typing."""

    actions = STATUS_ACTIONS
    readonly_fields: tuple[str, ...] = ("status",)
    change_form_outer_before_template = "sources/admin/status_bar.html"
    # Of rooms above: by key, what they say of rows in place of their state.
    states_in_words: Callable[[Sequence[Any]], Mapping[int, str]] | None = None

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        self._say_states(changelist.result_list)
        return changelist

    def _say_states(self, rows: Sequence[Any]) -> None:
        words = self.states_in_words(rows) if self.states_in_words else {}
        for row in rows if words else ():
            row.state_in_words = words.get(row.pk)

    @display(  # type: ignore[untyped-decorator] # unfold has no types
        description="status", ordering="status", label=STATUS_COLOURS
    )
    def state(self, row: Curated) -> tuple[str, str]:
        words = getattr(row, "state_in_words", None) or row.status
        return row.status, Truncator(words).chars(_LONGEST_STATE)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        allowed = {move.name for move in allowed_moves(request)}
        names = {action.__name__ for action in STATUS_ACTIONS}
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if name not in names or name in allowed
        }

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        # The status bar above the form shows the state; a new row is a draft.
        return [
            (
                title,
                {**options, "fields": [f for f in options["fields"] if f != "status"]},
            )
            for title, options in super().get_fieldsets(request, obj)
        ]

    def view_on_site(self, row: Any) -> str | None:
        """The public page, where there is one: of what is published, nothing else."""
        return public_page(row) if row.status == Status.PUBLISHED else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context.get("original")
        if row is not None:
            if request.method == "POST":  # refused: the panels show what stands
                with suppress(ObjectDoesNotExist):
                    row.refresh_from_db()
            self._say_states([row])
            moves, coders = _moves(request, row)
            context |= {
                "moves": moves,
                "next_state": NEXT.get(Status(row.status)),
                "offers": offers(request, row),
                "coded_by": coders,
                "marks_own": _marks_own(request, row, moves),
                "is_locked": not may_edit(request.user, row),  # type: ignore[arg-type]
                "when_edited": WHEN_EDITED.get(Status(row.status)),
                "state": self.state(row)[1],
                "state_colour": STATUS_COLOURS[Status(row.status)],
                **self.panels(request, row),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def panels(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the templates around the form show of a row, beside its own fields."""
        return {}


def _marks_own(request: HttpRequest, row: Curated, moves: list[Move]) -> bool:
    """Whether one who reviews is offered to become the coder of it."""
    offered = any(move.to == Status.CODED for move in moves)
    draft = row.status == Status.DRAFT
    return draft and offered and request.user.has_perm("sources.review")


def _moves(request: HttpRequest, row: Curated) -> tuple[list[Move], str]:
    """The moves to offer of a row, and who coded it where that bars one of them."""
    moves = allowed_moves(request, row)
    barred = [move for move in moves if (Status(row.status), move.to) in BY_ANOTHER]
    own = own_coding(request.user, type(row), [row.pk]) if barred else {}  # type: ignore[arg-type]
    if row.pk not in own:
        return moves, ""
    return [move for move in moves if move not in barred], own[row.pk]
