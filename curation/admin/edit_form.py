"""The form in which a proposal is changed before it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from actors.models import Actor
from curation.admin.desk_passage import Combo
from curation.deciding import EDITABLE, NEEDED
from curation.deciding.voices import speaker_words
from curation.suggesting import suggest_claim
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
# Field → what it names, as the desk finds it.
_NAMED = {
    **dict.fromkeys(("actor", "subject", "object", "speaker"), "actor"),
    "place": "place",
    **dict.fromkeys(("event", "linked"), "event"),
}
_TABLES: dict[str, tuple[type[Any], str]] = {
    "actor": (Actor, "name"),
    "place": (Place, "name"),
    "event": (Event, "title"),
}
# In the order of the form: what it is, whom it names, how it was said.
_ORDER = (
    *("part", "title", "statement", "actor", "place", "name", "actor_kind", "kind"),
    *("suggested_alias", "relation", "subject", "object", "type", "mode", "acled"),
    *("measure", "group", "quantifier", "low", "high", "speaker", "speaker_text"),
    *("modality", "polarity", "event", "linked"),
)
_LABELS = {
    "name": "Name, if it is a new one",
    "actor_kind": "Kind of the new actor",
    "suggested_alias": "Remember the words as its name",
    "acled": "ACLED sub-event",
    "low": "At least",
    "high": "At most",
    "speaker_text": "Words that name the speaker",
    "subject": "Who",
    "object": "In or of what",
    "linked": "Is the known event",
    "polarity": "It says",
    "why": "Why you change it",
}
_HELP = {
    "actor": "A recorded one; empty for a new one of this name and kind.",
    "speaker": "The actor who says it; empty leaves the words.",
    "speaker_text": "The words that stand for the speaker; of hearsay: reportedly.",
    "name": "A known one is renamed on its own page.",
    "place": "A recorded one; empty for a new one.",
    "event": "What it is about.",
    "linked": "Empty for a new event.",
    "suggested_alias": "What kind of name the words are; empty adds none.",
    "statement": "What is claimed, in one plain sentence.",
    "low": "Empty: open.",
    "high": "Empty: open.",
    "mode": "PLOVER mode of the type, such as suicide-attack; may be empty.",
}


class EditForm(forms.Form):
    """The fields that may be edited, filled with what is suggested.

    What names a row is two fields: the name that a person sees and types, and the key
    of what was chosen.
    """

    why = forms.CharField(
        required=False, max_length=500, label=_LABELS["why"], help_text="Kept with it."
    )

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        super().__init__(data)
        names = sorted(EDITABLE[proposal.kind], key=_ORDER.index)
        self.suggested = {name: _shown(proposal.fields.get(name)) for name in names}
        if proposal.kind == "claim":
            self.suggested["kind"] = self.suggested["statement"]
            self.suggested["statement"] = proposal.quote
            self.suggested["speaker_text"] = speaker_words(proposal.fields)
        for name, value in self.suggested.items():
            if name in _NAMED:
                self._add_named(name, value)
                continue
            field = _field(name, proposal.kind)
            field.initial = value
            field.required = name in NEEDED[proposal.kind]
            field.label, field.help_text = _LABELS.get(name), _HELP.get(name, "")
            self.fields[name] = field
        if "event" in self.suggested and not self.suggested["event"]:
            self._offer_event(proposal)
        self.fields["why"] = self.fields.pop("why")  # last

    def _add_named(self, name: str, key: str | None) -> None:
        found = _NAMED[name]
        row = _row(found, slug=key) if key else None
        self.fields[f"{name}_name"] = forms.CharField(
            required=False,
            max_length=300,
            label=_LABELS.get(name, name.capitalize()),
            help_text=_HELP.get(name, ""),
            widget=Combo(found, name),
            initial=_name_of(found, row),
        )
        self.fields[name] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=key
        )

    def _offer_event(self, proposal: Proposal) -> None:
        """The event that the sentence is about already, or that is coded before it."""
        near = suggest_claim(proposal.article, proposal.start, proposal.end)
        self.fields["event"].initial = near.get("event")
        self.fields["event_name"].initial = near.get("event_name")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in self.suggested.keys() & _NAMED.keys():
            if f"{name}_name" in self.data:
                data[name] = self._chosen(name, data.get(name, ""))
        return data

    def _chosen(self, name: str, key: str) -> str:
        """The key of what is typed; adds an error where that is nothing known."""
        found, typed = _NAMED[name], self.cleaned_data.get(f"{name}_name", "")
        if not typed:
            return ""
        if key and typed == _name_of(found, _row(found, slug=key)):
            return key
        _, column = _TABLES[found]
        row = _row(found, **{f"{column}__iexact": typed}) or _row(found, slug=typed)
        if row is None:
            self.add_error(
                f"{name}_name",
                f"No {found} was chosen: pick one of the list that comes while you "
                "type, or empty the field.",
            )
        return row.slug if row else ""

    def edits(self) -> dict[str, Any]:
        """What differs from the suggestion; empty text is None."""
        return {
            name: _stored(self.cleaned_data[name])
            for name, before in self.suggested.items()
            if _stored(self.cleaned_data[name]) != _stored(before)
        }


def _row(found: str, **key: str) -> Any:
    """The only accepted row with this key or name; None for none and for several."""
    table, _ = _TABLES[found]
    rows = table.objects.accepted().filter(**key)[:2]
    return rows[0] if len(rows) == 1 else None


def _name_of(found: str, row: Any) -> str:
    return str(getattr(row, _TABLES[found][1])) if row else ""


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
