"""Form fields that all admins share, and the lines of a row's parts on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminExpandableTextareaWidget

from sources.admin.forms import KnownAutocomplete, PreparedForm, QuoteForm
from sources.admin.terms import TermField, code_list_of, entries
from sources.models import Term

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import Field
    from django.http import HttpRequest

# Two lines that grow with what is typed, instead of ten.
LONG_TEXT = {models.TextField: {"widget": UnfoldAdminExpandableTextareaWidget}}


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

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:  # a line has no label of its own beside its fields
            field.widget.attrs.setdefault("aria-label", str(field.label))
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.may_publish = request.user.has_perm("sources.publish")
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related(*self.select_related)


class QuoteInline(PartInline):
    """Passages of an article; see QuoteForm."""

    form = QuoteForm
