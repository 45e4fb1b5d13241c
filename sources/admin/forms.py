"""Forms of the admin: the reason for a change, code lists, quotes, known labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from unfold.widgets import UnfoldAdminTextInputWidget

from sources.admin.terms import TermField
from sources.models import Article
from sources.quotes import QuoteError, passage
from sources.services import is_public

if TYPE_CHECKING:
    from collections.abc import Sequence

    BaseForm = forms.ModelForm[Any]
else:
    BaseForm = forms.ModelForm

WHY_ADDED = "Entered in the admin"


class KnownAutocomplete(AutocompleteSelect):
    """An autocomplete that draws a row it has already been given without a query.

    The stock one asks the database once per field and row of a formset.
    """

    known: dict[str, str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {}

    def optgroups(
        self, name: str, value: Sequence[str], attr: Any = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        chosen = [str(key) for key in value if str(key)]
        if not all(key in self.known for key in chosen):
            return super().optgroups(name, list(value), attr)
        options = [] if self.is_required else [("", "")]
        options += [(key, self.known[key]) for key in chosen]
        drawn = [
            self.create_option(name, key, label, key in chosen, index)
            for index, (key, label) in enumerate(options)
        ]
        return [(None, drawn, 0)]


class PreparedForm(BaseForm):
    """A form that knows the row it edits: its code-list entries and related rows.

    What a published row says is not typed over by those who may not publish.
    """

    may_publish = True  # set by PartInline on the class of one request

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.may_publish and is_public(self.instance):
            for field in self.fields.values():
                field.disabled = True
        for name, field in self.fields.items():
            key = getattr(self.instance, f"{name}_id", None)
            if isinstance(field, TermField):
                field.keep(key)
            widget = getattr(field.widget, "widget", field.widget)
            if key and isinstance(widget, KnownAutocomplete):
                widget.known = {str(key): str(getattr(self.instance, name))}


class CuratedForm(PreparedForm):
    """Asks why, and shows what the database refused when it was tried."""

    refusal: str | None = None  # set by CuratedAdmin on the class of one request

    why = forms.CharField(
        label="Reason for this change",
        help_text="Kept in the history, with your name.",
        max_length=500,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "why" in self.fields and self.instance.pk:
            self.fields["why"].required = True

    def clean(self) -> dict[str, Any] | None:
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        return super().clean()


class QuoteForm(PreparedForm):
    """A passage of an article: the words suffice where they stand only once.

    Offsets that are typed win; offsets that were there before follow the words when
    only the words are changed.
    """

    whole_words = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"start", "end", "quote"} & self.fields.keys():
            self.fields[name].required = False
        if "quote" in self.fields:
            self.fields["quote"].strip = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        article = data.get("article")
        if not self.has_changed() or not isinstance(article, Article):
            return data  # unchanged, or the article itself is missing: said there
        try:
            found = passage(
                article.text, whole_words=self.whole_words, **self._typed(data)
            )
        except QuoteError as error:
            raise forms.ValidationError({"quote": str(error)}) from error
        data.update(start=found.start, end=found.end, quote=found.quote)
        return data

    def _typed(self, data: dict[str, Any]) -> dict[str, Any]:
        """Of quote and offsets those that the person means."""
        changed = set(self.changed_data)
        moved = bool(changed & {"start", "end"})
        words_stay = "quote" not in changed
        if moved and words_stay and self.instance.pk:
            return {"start": data.get("start"), "end": data.get("end"), "quote": ""}
        if moved or (words_stay and "article" not in changed):
            return {name: data.get(name) for name in ("start", "end")} | {
                "quote": data.get("quote") or ""
            }
        return {"quote": data.get("quote") or ""}
