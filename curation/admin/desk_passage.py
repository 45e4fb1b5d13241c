"""What the forms of the desk are made of: their fields, and the passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from curation.coding.keys import by_key
from sources.models import Term

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model
    from django.forms.boundfield import BoundField

    from curation.coding.twins import Made
    from sources.models import Article

CHOSEN = SafeString(" selected")
Entries = tuple[tuple[str, str, str], ...]  # of lists of codes: list, code, name
NEW = "+"  # in place of a key: a new one of the name beside it


class Combo(forms.TextInput):
    """Names to choose from while typing; the key of the chosen one stands beside."""

    template_name = "curation/admin/desk/combo.html"

    def __init__(self, find: str, key: str, *, new: str = "") -> None:
        super().__init__()
        self.combo = {"find": find, "key": key, "new": new}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "combo": self.combo}


class PlainSelect(forms.Select):
    """The same element put together at once: Django's takes a template per option."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (code, CHOSEN if str(code) == chosen else "", words)
                for code, words in self.choices
            ),
        )
        told = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", told, options)


class TermChoice(forms.ChoiceField):
    """A code of a list; an empty one stands for none. `offer` fills in the lists."""

    widget = PlainSelect

    def __init__(self, code_list: str, **options: Any) -> None:
        self.code_list = code_list
        super().__init__(**options)

    def key(self, code: str) -> str | None:
        return f"{self.code_list}/{code}" if code else None


def entries_for(forms_: Iterable[type[forms.Form]]) -> Entries:
    """What the fields for codes of these forms offer; one query for all."""
    lists = {
        field.code_list
        for form in forms_
        for field in form.base_fields.values()
        if isinstance(field, TermChoice)
    }
    active = Term.objects.filter(list__in=lists, active=True)
    rows = active.order_by("list", "position").values_list("list", "code", "name")
    return tuple(rows)


def offer(form: forms.Form, entries: Entries) -> None:
    """Let the fields for codes offer the entries of their lists."""
    choices: dict[str, list[tuple[str, str]]] = defaultdict(lambda: [("", "—")])
    for code_list, code, name in entries:
        choices[code_list].append((code, name))
    for field in form.fields.values():
        if isinstance(field, TermChoice):
            field.choices = choices[field.code_list]


class PassageForm(forms.Form):
    """Something coded from a passage; the words must be those of the article."""

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    quote = forms.CharField(strip=False, widget=forms.HiddenInput)

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        if self.is_bound:
            offer(self, entries_for([type(self)]))

    @property
    def shown_fields(self) -> list[BoundField]:
        """The fields in their order; those that stand apart are left out."""
        return self.visible_fields()

    @property
    def passage(self) -> tuple[int, int]:
        return self.cleaned_data["start"], self.cleaned_data["end"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end, quote = (data.get(name) for name in ("start", "end", "quote"))
        if None not in (start, end, quote):
            # A browser sends line ends in its own way.
            there = self.article.text[start:end].replace("\r\n", "\n")
            if there != str(quote).replace("\r\n", "\n"):
                raise ValidationError(
                    f"At {start}–{end} stands “{there}”, not “{quote}”: choose the "
                    "words in the text again."
                )
        return data

    def code(self, *, by: AbstractUser) -> list[Model]:
        """Add the rows. Raises ValidationError."""
        raise NotImplementedError

    def twin(self, made: Made) -> Model | None:
        """What stands already for the same; `made`: what this form added before."""
        return None

    @property
    def step(self) -> str:
        """What it does, in words, for the list of steps."""
        raise NotImplementedError

    def _row(self, model: type[Any], name: str) -> Any:
        """The row whose key was chosen; None without one. Adds an error otherwise."""
        key = self.cleaned_data.get(name)
        if not key or key == NEW:
            return None
        try:
            return by_key(model, key)
        except ValidationError as error:
            self.add_error(f"{name}_name", error)
            return None

    def _short(self) -> str:
        words = " ".join(str(self.cleaned_data["quote"]).split())
        return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
