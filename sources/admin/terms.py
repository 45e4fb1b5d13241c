"""Code lists in forms and filters: a field offers the entries of its own list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin import RelatedFieldListFilter
from django.db.models import Exists, OuterRef
from django.db.models.lookups import StartsWith
from unfold.widgets import UnfoldAdminSelect2Widget, UnfoldAdminSelectWidget

from sources.models import Term

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db import models
    from django.http import HttpRequest

_LONG = 30  # a list longer than this gets a box to search in


def code_list_of(field: models.Field[Any, Any]) -> str:
    """The code list that the database holds this foreign key to."""
    name = f"{field.model._meta.app_label}_{field.model._meta.model_name}"
    rule = f"{name}_{field.name}_from_its_list"
    for constraint in field.model._meta.constraints:
        if constraint.name == rule:
            condition = constraint.condition  # type: ignore[attr-defined]
            begins = next(c for c in condition.flatten() if isinstance(c, StartsWith))
            return str(begins.rhs.value).rstrip("/")
    raise LookupError(f"{field} has no constraint {rule}: give it term_constraint().")


def entries(request: HttpRequest, code_list: str) -> list[Term]:
    """The active entries of a list, in its order; read once per request."""
    read: dict[str, list[Term]] = request.__dict__.setdefault("_terms", {})
    if code_list not in read:
        read[code_list] = list(
            Term.objects.filter(list=code_list, active=True)
            .select_related("parent")
            .order_by("position")
        )
    return read[code_list]


def choices(terms: list[Term]) -> list[Any]:
    """Choices of a select, grouped where the entries belong to another list's."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for term in terms:
        foreign = term.parent is not None and term.parent.list != term.list
        group = term.parent.name if foreign and term.parent else ""
        groups.setdefault(group, []).append((term.pk, term.name))
    flat = groups.pop("", [])
    return [*flat, *list(groups.items())]


class TermField(forms.TypedChoiceField):
    """One active entry of a code list; a switched-off one stays where it is used."""

    def __init__(self, terms: list[Term], **options: Any) -> None:
        self.terms = {term.pk: term for term in terms}
        widget = UnfoldAdminSelectWidget
        if len(terms) > _LONG:
            widget = UnfoldAdminSelect2Widget
        super().__init__(
            choices=[("", "Select value"), *choices(terms)],
            coerce=self._entry,
            empty_value=None,
            widget=widget,
            **options,
        )

    def _entry(self, key: str) -> Term:
        return self.terms.get(key) or Term(pk=key)

    def __deepcopy__(self, memo: Any) -> TermField:
        memo[id(self.terms)] = self.terms  # shared by all rows of a formset
        copied: TermField = super().__deepcopy__(memo)
        copied.coerce = copied._entry
        return copied

    def keep(self, key: str | None) -> None:
        """Offer `key` too: the row has it, though it may be switched off."""
        if key and key not in self.terms:
            code = key.partition("/")[2]
            offered: Any = self.choices
            self.choices = [*offered, (key, f"{code} (switched off)")]


class TermFilter(RelatedFieldListFilter):
    """Offers those entries of the field's list that some row has."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> Any:
        rows = field.model._default_manager.filter(**{field.name: OuterRef("pk")})
        terms = Term.objects.filter(Exists(rows), list=code_list_of(field))
        return list(terms.values_list("pk", "name"))


def spoken(key: str | None) -> str:
    """A key as words: "relation-kind/part_of" is "part of"."""
    return re.sub(r"[_-]", " ", (key or "").partition("/")[2])
