"""The form in which a proposal is changed before it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from actors.models import Actor
from curation.deciding import EDITABLE, NEEDED
from curation.deciding.voices import speaker_words
from events.bounds import Quantifier
from events.models import ClaimKind, Event, EventModality, Modality, Place, Polarity
from sources.models import SpanKind, Term

if TYPE_CHECKING:
    from curation.models import Proposal

# Field → the code list whose codes it takes.
_LISTS = {
    "actor_kind": "actor-kind",
    "suggested_alias": "alias-kind",
    "relation": "relation-kind",
    "measure": "measure",
    "group": "group",
    "type": "plover-type",
    "acled": "acled-sub-event",
}
_CHOICES: dict[str, Any] = {
    "part": SpanKind.choices,
    "quantifier": [(each.value, each.value.replace("_", " ")) for each in Quantifier],
    "polarity": Polarity.choices,
}
# Field → the table whose key it takes.
_KEYS = {
    "actor": Actor,
    "subject": Actor,
    "object": Actor,
    "speaker": Actor,
    "place": Place,
    "event": Event,
    "linked": Event,
}
_HELP = {
    "actor": "Key of a known actor; empty for a new one of this name and kind.",
    "speaker": "Key of the actor who says it; empty leaves the words.",
    "speaker_text": "The words that stand for the speaker; of hearsay: reportedly.",
    "name": "Of a new one. A known one is renamed on its own page.",
    "place": "Key of a known place; empty for a new one.",
    "event": "Key of the event that it is about.",
    "linked": "Key of the known event that it is; empty for a new event.",
    "suggested_alias": "What kind of name the words are; empty adds no alias.",
    "statement": "What is claimed, in one plain sentence.",
    "low": "At least so many; empty: open.",
    "high": "At most so many; empty: open.",
    "mode": "PLOVER mode of the type, such as suicide-attack; may be empty.",
}


class EditForm(forms.Form):
    """The fields that may be edited, filled with what is suggested."""

    why = forms.CharField(required=False, max_length=500, help_text="Kept with it.")

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        super().__init__(data)
        self.suggested = {
            name: _shown(proposal.fields.get(name))
            for name in sorted(EDITABLE[proposal.kind])
        }
        if proposal.kind == "claim":
            self.suggested["kind"] = self.suggested["statement"]
            self.suggested["statement"] = proposal.quote
            self.suggested["speaker_text"] = speaker_words(proposal.fields)
        for name, value in self.suggested.items():
            field = _field(name, proposal.kind)
            field.initial = value
            field.help_text = _HELP.get(name, "")
            field.required = name in NEEDED[proposal.kind]
            self.fields[name] = field
        self.order_fields([*self.suggested, "why"])

    def edits(self) -> dict[str, Any]:
        """What differs from the suggestion; empty text is None."""
        return {
            name: _stored(self.cleaned_data[name])
            for name, before in self.suggested.items()
            if _stored(self.cleaned_data[name]) != _stored(before)
        }


def _shown(value: Any) -> Any:
    """A speaker and a place are shown by their key."""
    if isinstance(value, dict):
        return value.get("actor") or value.get("place") or ""
    return value


def _stored(value: Any) -> Any:
    return None if value == "" else value


def _field(name: str, kind: str) -> forms.Field:
    if name in {"low", "high"}:
        return forms.IntegerField(required=False, min_value=0)
    if name in _KEYS:
        keys = _KEYS[name].objects.order_by("slug").values_list("slug", flat=True)
        return KeyField(keys)
    if choices := _choices(name, kind):
        return forms.ChoiceField(required=False, choices=[("", "—"), *choices])
    widget = forms.Textarea(attrs={"rows": 2}) if name == "statement" else None
    return forms.CharField(required=False, max_length=2_000, widget=widget)


def _choices(name: str, kind: str) -> Any:
    """The codes a field takes; none for one that takes words."""
    code_list = "place-kind" if (kind, name) == ("place", "kind") else _LISTS.get(name)
    if code_list:
        terms = Term.objects.filter(list=code_list).order_by("position")
        return list(terms.values_list("code", "name"))
    if name == "kind":
        return ClaimKind.choices
    if name == "modality":
        return (EventModality if kind == "event" else Modality).choices
    return _CHOICES.get(name, ())


class KeyField(forms.CharField):
    """A key, with the known ones offered while it is typed."""

    def __init__(self, keys: Any) -> None:
        super().__init__(required=False, max_length=100, widget=KeyInput(keys))


class KeyInput(forms.TextInput):
    template_name = "curation/admin/key_input.html"

    def __init__(self, keys: Any) -> None:
        super().__init__()
        self.keys = keys

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["keys"] = self.keys
        context["widget"]["attrs"]["list"] = f"keys-{name}"
        return context
