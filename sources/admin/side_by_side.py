"""What differs between two people's changes, in words: labels and names for values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import ModelChoiceField

from sources.admin.merging import LINE, Difference
from sources.admin.versions import ROW, STATE, tidy
from sources.numbers import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.contrib.admin import ModelAdmin
    from django.db.models import Model
    from django.forms import Field
    from django.http import HttpRequest, QueryDict

    from sources.admin.versions import Sheet, Values, Version

NOTHING = "—"
_HIDDEN = {"why", "id"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference as a person reads it; `picked` is whose value stands so far."""

    difference: Difference
    label: str
    before: str
    theirs: str
    mine: str
    picked: str


def rows_to_show(
    found: Sequence[Difference],
    form: Any,
    formsets: Sequence[Any],
    sheets: tuple[Version, Version, Sheet],
    choices: Mapping[str, str],
) -> list[Shown]:
    """The differences in words. Queries: one per table that they name rows of."""
    base, now, typed = sheets
    keys = {each.key for each in found}
    sheets_shown = [
        {key: sheet[key] for key in keys & sheet.keys()}
        for sheet in (base.sheet, now.sheet, typed)
    ]
    words = _Words(form, formsets, sheets_shown)
    return [
        Shown(
            each,
            words.label(each),
            words.side(each, each.before, base.sheet),
            words.side(each, each.theirs, now.sheet),
            words.side(each, each.mine, typed),
            choices.get(each.id) or each.chosen or "",
        )
        for each in found
    ]


class _Words:
    """Labels of fields and names of values of one page."""

    def __init__(self, form: Any, formsets: Sequence[Any], sheets: list[Sheet]) -> None:
        self.fields = {ROW: form.fields} | {
            formset.prefix: formset.empty_form.fields for formset in formsets
        }
        self.titles = {
            formset.prefix: str(formset.model._meta.verbose_name)
            for formset in formsets
        }
        self.lines = {
            f"{formset.prefix}/{line.instance.pk}": str(line.instance)
            for formset in formsets
            for line in formset.initial_forms
        }
        self.names = _names_of_rows(self._references(sheets))

    def label(self, each: Difference) -> str:
        name = "State" if each.name == STATE else self._label_of(each.key, each.name)
        if each.key == ROW:
            return name
        prefix = each.key.rpartition("/")[0]
        line = self.lines.get(each.key)
        what = self.titles[prefix] + (f" {line}" if line else "")
        words = what if each.name == LINE else f"{what}: {name}"
        return words[:1].upper() + words[1:]

    def side(self, each: Difference, values: list[str] | None, sheet: Sheet) -> str:
        if values is None:
            return "not there" if each.before is None else "removed"
        if each.name != LINE:
            return self._text(each.key, each.name, values)
        return "\n".join(self._line(each.key, sheet.get(each.key) or {}))

    def _line(self, key: str, values: Values) -> Iterator[str]:
        for name, each in values.items():
            if each and name != STATE:
                label = self._label_of(key, name)
                yield f"{label}: {self._text(key, name, each)}"

    def _label_of(self, key: str, name: str) -> str:
        field = self._field(key, name)
        label = getattr(field, "label", None)
        return str(label or name.replace("_", " ").capitalize())

    def _field(self, key: str, name: str) -> Field | None:
        prefix = key.rpartition("/")[0] if key != ROW else ROW
        found: Field | None = self.fields[prefix].get(name)
        return found

    def _text(self, key: str, name: str, values: list[str]) -> str:
        field = self._field(key, name)
        if model := _model_of(field):
            values = [self.names.get((model, value), value) for value in values]
        elif choices := getattr(field, "choices", None):
            known = dict(_flat(choices))
            values = [known.get(value, value) for value in values]
        return ", ".join(values) or NOTHING

    def _references(self, sheets: list[Sheet]) -> Iterator[tuple[Any, str]]:
        for sheet in sheets:
            for key, values in sheet.items():
                for name, each in values.items():
                    if model := _model_of(self._field(key, name)):
                        yield from ((model, value) for value in each)


def _model_of(field: Field | None) -> type[Model] | None:
    """Whose rows are the values of the field."""
    rows = field.queryset if isinstance(field, ModelChoiceField) else None
    return None if rows is None else rows.model


def _names_of_rows(wanted: Iterable[tuple[Any, str]]) -> dict[tuple[Any, str], str]:
    keys: dict[Any, set[str]] = {}
    for model, value in wanted:
        if is_number(value):
            keys.setdefault(model, set()).add(value)
    return {
        (model, str(row.pk)): str(row)
        for model, some in keys.items()
        for row in model._default_manager.filter(pk__in=some)
    }


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, str]]:
    """Choices without their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)


def typed_to_show(
    admin: ModelAdmin[Any], request: HttpRequest, sent: QueryDict
) -> list[tuple[str, str]]:
    """What was typed into a form, by label: the row's fields, then those of its lines.

    Values are as they were sent, but for those with a list of choices.
    """
    form = admin.get_form(request, None, change=False)()
    shown = list(_typed("", "", form.fields, sent))
    for made, _inline in admin.get_formsets_with_inlines(request, None):
        fields, prefix = made.form.base_fields, made.get_default_prefix()
        title = str(made.model._meta.verbose_name).capitalize()
        for index in range(_total(sent, prefix)):
            start = f"{prefix}-{index}-"
            shown += _typed(start, f"{title} {index + 1}: ", fields, sent)
    return shown


def _typed(
    start: str, title: str, fields: Mapping[str, Field], sent: QueryDict
) -> Iterator[tuple[str, str]]:
    for name, field in fields.items():
        values = tidy(sent.getlist(start + name))
        if values and name not in _HIDDEN:
            label = str(field.label or name.replace("_", " ").capitalize())
            if not isinstance(field, ModelChoiceField):
                known = dict(_flat(getattr(field, "choices", ())))
                values = [known.get(value, value) for value in values]
            yield title + label, ", ".join(values)


def _total(sent: QueryDict, prefix: str) -> int:
    text = sent.get(f"{prefix}-TOTAL_FORMS") or ""
    return min(int(text), 1000) if text.isascii() and text.isdigit() else 0
