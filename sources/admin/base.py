"""What the admin of every curated row does alike.

Saving is recorded with who and why; a rule that the database enforces becomes an error
in the form; the state is changed by actions only; history shows every field.
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models
from django.db.models import Func, Q, Value
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import smart_split, unescape_string_literal
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminExpandableTextareaWidget

from sources.admin.actions import STATUS_ACTIONS, allowed_moves
from sources.admin.forms import (
    WHY_ADDED,
    CuratedForm,
    KnownAutocomplete,
    PreparedForm,
    QuoteForm,
)
from sources.admin.history import changes_of
from sources.admin.refused import told
from sources.admin.terms import TermField, code_list_of, entries
from sources.models import Curated, Status, Term
from sources.services import recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.forms import Field, ModelForm
    from django.http import HttpRequest, HttpResponse

STATUS_COLOURS = {
    Status.DRAFT: "default",
    Status.CODED: "info",
    Status.REVIEWED: "primary",
    Status.PUBLISHED: "success",
    Status.REJECTED: "warning",
    Status.RETRACTED: "danger",
}

# Two lines that grow with what is typed, instead of ten.
LONG_TEXT = {models.TextField: {"widget": UnfoldAdminExpandableTextareaWidget}}


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


class FormFields:
    """Form fields that all admins and inlines share. A mixin, before unfold's class."""

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        if db_field.related_model is Term:
            return TermField(
                entries(request, code_list_of(db_field)),
                required=not db_field.blank,
                label=str(db_field.verbose_name).capitalize(),
                help_text=db_field.help_text,
            )
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field: Field | None = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        names = self.get_autocomplete_fields(request)  # type: ignore[attr-defined]
        if db_field.name in names and "widget" not in kwargs:
            site = self.admin_site  # type: ignore[attr-defined]
            kwargs["widget"] = KnownAutocomplete(db_field, site)
        field: Field | None = super().formfield_for_foreignkey(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        return field

    def formfield_for_choice_field(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        # unfold offers no blank for a required choice, so that its first option is
        # preselected and an untouched row of a formset counts as filled in.
        kwargs.setdefault("choices", db_field.get_choices())
        field: Field | None = super().formfield_for_choice_field(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        return field


class PartInline(FormFields, TabularInline):  # type: ignore[misc] # unfold: no types
    """Parts of a row, one line each."""

    form = PreparedForm
    formfield_overrides = LONG_TEXT
    extra = 0
    hide_title = True
    # Long lists in pages: Django takes no more than 1000 fields from a form.
    per_page = 40
    # What __str__ and the fields of a line need.
    select_related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related(*self.select_related)


class QuoteInline(PartInline):
    """Passages of an article; see QuoteForm."""

    form = QuoteForm


class RowAdmin(FormFields, ModelAdmin):  # type: ignore[misc] # unfold has no types
    """A table in the admin: recorded, refusals in words, with its history."""

    form = CuratedForm
    formfield_overrides = LONG_TEXT
    show_full_result_count = False
    list_per_page = 50
    warn_unsaved_form = True
    object_history_template = "sources/admin/history.html"
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
        why = request.POST.get("why", "").strip() or WHY_ADDED
        try:
            with recorded(by=request.user, why=why):  # type: ignore[arg-type]
                return draw(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]
        except DatabaseError as error:
            if (refusal := told(error)) is None:
                raise
            request.refusal = refusal  # type: ignore[attr-defined]
        # The form again, as it was typed: CuratedForm shows the refusal as its error.
        return draw(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
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


def _without_why(fields: Sequence[Any]) -> list[Any]:
    return [name for name in fields if name != "why"]


class CuratedAdmin(RowAdmin):
    """A row that people decide on: its state is moved by actions, never by typing."""

    actions = STATUS_ACTIONS
    readonly_fields: tuple[str, ...] = ("status",)
    change_form_outer_before_template = "sources/admin/status_bar.html"

    @display(  # type: ignore[untyped-decorator] # unfold has no types
        description="status", ordering="status", label=STATUS_COLOURS
    )
    def state(self, row: Curated) -> str:
        return row.status

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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows in which every word typed is found, in any of the columns searched."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(
            reduce(and_, (self.found_by(word) for word in _words(search_term)))
        ), False

    def found_by(self, word: str) -> Q:
        """Where one word is looked for; `folded` columns have a trigram index."""
        plain = Q()
        for name in self.search_fields:
            if name.endswith("folded"):
                plain |= Q(**{f"{name}__contains": folded(word)})
            else:
                plain |= Q(**{f"{name}__icontains": word})
        return plain

    def view_on_site(self, row: Any) -> str | None:
        """The public page, once there is one."""
        address: Callable[[], str] | None = getattr(row, "get_absolute_url", None)
        return address() if address and row.status == Status.PUBLISHED else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context.get("original")
        if row is not None:
            context |= {
                "moves": allowed_moves(request, row),
                "state_colour": STATUS_COLOURS[Status(row.status)],
                **self.panels(request, row),
            }
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[no-any-return]

    def panels(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the templates around the form show of a row, beside its own fields."""
        return {}


def folded(word: str) -> Func:
    """`word` as the folded columns keep names: lower case, without accents."""
    return Func(Value(word), function="newsdb_fold")


def _words(search_term: str) -> list[str]:
    return [
        unescape_string_literal(bit) if bit[0] in "\"'" and bit[0] == bit[-1] else bit
        for bit in smart_split(search_term)
    ]
