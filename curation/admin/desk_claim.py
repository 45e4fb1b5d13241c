"""The form of the desk in which a claim is coded, and with it a new event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from actors.models import Actor
from curation.admin.desk_passage import NEW, Combo, PassageForm, TermChoice
from curation.coding.claims import Coding, code_claim
from curation.coding.setting import place_of_entry
from curation.coding.twins import twin_of_claim
from curation.finding import GAZETTEER
from events.bounds import Quantifier, wrong_ends
from events.models import (
    Claim,
    ClaimKind,
    Event,
    GazetteerEntry,
    Modality,
    Place,
    Polarity,
    Voice,
)
from sources.dates import Basis, Precision, date_problems
from sources.models import Term

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model
    from django.forms.boundfield import BoundField

    from curation.coding.twins import Made

FIGURE = ("measure", "group", "low", "high", "quantifier", "figure_text", "part_of")
NEW_EVENT = (
    *("event_type", "event_date", "event_text"),
    *("event_place_name", "event_place_precision"),
)
# How exactly a place of such a kind is one, where the words differ.
AS_EXACT = {
    "village": "locality",
    "neighbourhood": "locality",
    "facility": "vicinity",
    "sea": "region",
}
DATING = ("event_until", "event_precision", "event_basis", "event_note")


class ClaimForm(PassageForm):
    """A claim, its speaker and the event it is about; of a figure, the bounds."""

    kind = forms.ChoiceField(choices=ClaimKind.choices)
    statement = forms.CharField(
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What is claimed, in one plain sentence.",
    )
    measure = TermChoice("measure", required=False)
    group = TermChoice("group", required=False, help_text="Who is counted.")
    quantifier = forms.ChoiceField(
        required=False,
        choices=[
            ("", "—"),
            *((q.value, q.value.replace("_", " ")) for q in Quantifier),
        ],
    )
    low = forms.IntegerField(
        required=False, min_value=0, label="At least", help_text="Empty: open."
    )
    high = forms.IntegerField(
        required=False, min_value=0, label="At most", help_text="Empty: open."
    )
    figure_text = forms.CharField(required=False, max_length=200, label="Its words")
    part_of_name = forms.CharField(
        required=False,
        label="Counted inside",
        widget=Combo("figure", "part_of"),
        help_text="The figure of which these are a part.",
    )
    part_of = forms.CharField(required=False, widget=forms.HiddenInput)
    voice = forms.ChoiceField(
        choices=[
            (Voice.NARRATOR, "the article itself"),
            (Voice.ATTRIBUTED, "somebody it quotes"),
        ],
        label="Said by",
    )
    speaker_name = forms.CharField(
        required=False,
        label="Speaker",
        widget=Combo("actor", "speaker"),
        help_text="An actor that is recorded; else the words below suffice.",
    )
    speaker = forms.CharField(required=False, widget=forms.HiddenInput)
    speaker_text = forms.CharField(
        required=False, max_length=300, label="Words that name the speaker"
    )
    modality = forms.ChoiceField(
        choices=Modality.choices, help_text="How sure of it the speaker is."
    )
    polarity = forms.ChoiceField(
        choices=[
            (Polarity.POSITIVE, "that it is so"),
            (Polarity.NEGATIVE, "that it is not so"),
        ],
        label="It says",
    )
    event_name = forms.CharField(
        required=False,
        max_length=200,
        label="Event",
        widget=Combo("event", "event", new="New event"),
        help_text="What it is about.",
    )
    event = forms.CharField(required=False, widget=forms.HiddenInput)
    event_type = TermChoice("plover-type", required=False, label="What kind of event")
    event_date = forms.DateField(
        required=False,
        label="When it happened",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day, or the first day that it may have been.",
    )
    event_until = forms.DateField(
        required=False,
        label="Until",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The last day that it may have been. Empty: the same day.",
    )
    event_precision = forms.ChoiceField(
        required=False,
        choices=[("", "—"), *((p.value, p.value.replace("_", " ")) for p in Precision)],
        label="How exact that is",
        help_text="Empty: to the day.",
    )
    event_basis = forms.ChoiceField(
        required=False,
        choices=[
            ("", "—"),
            (Basis.STATED, "the text gives the date"),
            (Basis.RELATIVE, "counted from another day: “last Friday”"),
            (Basis.METADATA, "from the article’s own date"),
            (Basis.INFERRED, "concluded; say from what"),
        ],
        label="How it is known",
        help_text="Empty: the text gives it.",
    )
    event_text = forms.CharField(
        required=False,
        max_length=200,
        label="The words that say when",
        help_text="Of those you chose. Without them the day is not public until a "
        "claim of the kind “Time” proves it.",
    )
    event_note = forms.CharField(
        required=False, max_length=500, label="Concluded from what"
    )
    event_place_name = forms.CharField(
        required=False,
        label="Where it happened",
        widget=Combo("place", "event_place"),
        help_text="Recorded, or in the gazetteer. If the words you chose do not name "
        "it, it is not public until a claim of the kind “Place” proves it.",
    )
    event_place = forms.CharField(required=False, widget=forms.HiddenInput)
    event_place_precision = TermChoice(
        "place-precision",
        required=False,
        label="How exactly the text says where",
        help_text="Empty: as exactly as the place is one.",
    )
    actor_name = forms.CharField(
        required=False, label="Who takes part", widget=Combo("actor", "actor")
    )
    actor = forms.CharField(required=False, widget=forms.HiddenInput)
    role = TermChoice("role", required=False)
    note = forms.CharField(required=False, max_length=2_000)

    @property
    def shown_fields(self) -> list[BoundField]:
        apart = {*NEW_EVENT, *DATING}
        return [field for field in self.visible_fields() if field.name not in apart]

    @property
    def event_fields(self) -> list[BoundField]:
        return [self[name] for name in NEW_EVENT]

    @property
    def dating_fields(self) -> list[BoundField]:
        return [self[name] for name in DATING]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.rows = {
            "speaker": self._row(Actor, "speaker"),
            "event": self._row(Event, "event"),
            "part_of": self._row(Claim, "part_of"),
            "actor": self._row(Actor, "actor"),
        }
        if data.get("event_name") and not data.get("event"):
            self.add_error(
                "event_name",
                "No event was chosen: pick one of the list, or “New event”.",
            )
        self.dating: dict[str, Any] = {}
        if data.get("event") == NEW:
            self._clean_new_event(data)
        self._clean_voice(data)
        if data.get("kind") == ClaimKind.FIGURE:
            self._clean_figure(data)
        else:
            data.update(dict.fromkeys(FIGURE, None))
        return data

    def _clean_new_event(self, data: dict[str, Any]) -> None:
        self._clean_place(data)
        day = data.get("event_date")
        if day is None:
            if data.get("event_until"):
                self.add_error("event_date", "Give the first day, too.")
            return
        until = data.get("event_until") or day
        precision = data.get("event_precision") or Precision.DAY
        basis, note = data.get("event_basis") or Basis.STATED, data["event_note"]
        for problem in date_problems(day, until, precision, basis, note):
            self.add_error("event_date", f"{problem[:1].upper()}{problem[1:]}.")
        self.dating = {
            "date_earliest": day,
            "date_latest": until,
            "date_precision": precision,
            "date_basis": basis,
            "date_text": data["event_text"],
            "date_note": note,
        }

    def _clean_place(self, data: dict[str, Any]) -> None:
        place = self.rows["event_place"] = self._place()
        if data.get("event_place_name") and not data.get("event_place"):
            self.add_error(
                "event_place_name",
                "No place was chosen: pick one of the list, or empty the field and "
                "add the place on the event’s page.",
            )
        if place is None:
            data["event_place_precision"] = ""
        elif not data.get("event_place_precision"):
            kind = place.kind_id if isinstance(place, Place) else place.kind
            code = kind.rpartition("/")[2]
            data["event_place_precision"] = AS_EXACT.get(code, code)

    def _place(self) -> Place | GazetteerEntry | None:
        """The recorded place that was chosen, or the gazetteer's entry."""
        key = self.cleaned_data.get("event_place") or ""
        if not key.startswith(GAZETTEER):
            return self._row(Place, "event_place")  # type: ignore[no-any-return]
        entry = GazetteerEntry.objects.filter(pk=key.removeprefix(GAZETTEER)).first()
        if entry is None:
            self.add_error("event_place_name", "The gazetteer has it no more.")
        return entry

    def _clean_voice(self, data: dict[str, Any]) -> None:
        attributed = data.get("voice") == Voice.ATTRIBUTED
        said = data.get("speaker_text") or data.get("speaker_name")
        if attributed and not (self.rows["speaker"] or said):
            self.add_error("speaker_name", "Say who says it, or the words for them.")
        if attributed and not self.rows["speaker"] and not data.get("speaker_text"):
            data["speaker_text"] = data.get("speaker_name") or ""

    def _clean_figure(self, data: dict[str, Any]) -> None:
        if not data.get("measure"):
            self.add_error("measure", "Choose what is counted.")
        if not data.get("quantifier"):
            self.add_error("quantifier", "Choose how the number is worded.")
            return
        wrong = wrong_ends(data.get("low"), data.get("high"), data["quantifier"])
        words = data["quantifier"].replace("_", " ")
        for end, problem in wrong:
            said = problem.replace(data["quantifier"], words)
            self.add_error(end, said.replace(f"a {end} bound", "a number here"))

    def code(self, *, by: AbstractUser) -> list[Model]:
        added: list[Model] = []
        entry = self.rows.get("event_place")
        if isinstance(entry, GazetteerEntry):
            place, added = place_of_entry(entry, by=by, why=self.step)
            self.rows["event_place"] = place
        coding = self._coding()
        made = code_claim(self.article, self.passage, coding, by=by, why=self.step)
        return [*added, *made]

    def twin(self, made: Made) -> Model | None:
        return twin_of_claim(self.article, self.passage, self._coding(), made=made)

    def _coding(self) -> Coding:
        data = self.cleaned_data
        attributed = data["voice"] == Voice.ATTRIBUTED
        columns = {
            "voice": data["voice"],
            "speaker": self.rows["speaker"] if attributed else None,
            "speaker_text": data["speaker_text"] if attributed else "",
            "modality": data["modality"],
            "polarity": data["polarity"],
            "event": self.rows["event"],
            "note": data["note"],
        }
        if data["kind"] == ClaimKind.FIGURE:
            columns |= {
                "measure_id": self._term("measure"),
                "group_id": self._term("group"),
                "low": data["low"],
                "high": data["high"],
                "quantifier": data["quantifier"],
                "figure_text": data["figure_text"] or "",
                "part_of": self.rows["part_of"],
            }
        role = self._term("role")
        return Coding(
            kind=data["kind"],
            statement=data["statement"],
            columns=columns,
            new_event=self._new_event() if data["event"] == NEW else None,
            actor=self.rows["actor"],
            role=Term.objects.get(pk=role) if role else None,
        )

    def _new_event(self) -> dict[str, Any]:
        return {
            "title": self.cleaned_data["event_name"],
            "type_id": self._term("event_type"),
            "place": self.rows["event_place"],
            "place_precision_id": self._term("event_place_precision"),
            **self.dating,
        }

    def _term(self, name: str) -> str | None:
        field: Any = self.fields[name]
        return field.key(self.cleaned_data.get(name) or "")  # type: ignore[no-any-return]

    @property
    def step(self) -> str:
        return f"Coded a claim: “{self._short()}”"
