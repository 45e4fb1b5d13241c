"""The forms of the desk: a claim, a mention, further evidence, a passage left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from actors.models import Actor
from curation.coding.claims import Coding, add_evidence, code_claim
from curation.coding.keys import by_key
from curation.coding.mentions import Naming, code_mention, leave_out
from events.bounds import Quantifier, check_bounds
from events.models import Claim, ClaimKind, Event, Modality, Polarity, Voice
from sources.models import Term

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

    from sources.models import Article

NEW = "+"  # in place of a key: a new one of the name beside it
FIGURE = ("measure", "group", "low", "high", "quantifier", "figure_text", "part_of")


class Combo(forms.TextInput):
    """Names to choose from while typing; the key of the chosen one stands beside."""

    template_name = "curation/admin/desk/combo.html"

    def __init__(self, find: str, key: str, *, new: str = "") -> None:
        super().__init__()
        self.combo = {"find": find, "key": key, "new": new}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "combo": self.combo}


class TermChoice(forms.ChoiceField):
    """A code of a list; an empty one stands for none. `offer` fills in the lists."""

    def __init__(self, code_list: str, **options: Any) -> None:
        self.code_list = code_list
        super().__init__(**options)

    def key(self, code: str) -> str | None:
        return f"{self.code_list}/{code}" if code else None


def offer(forms_: Iterable[forms.Form]) -> None:
    """Let the fields for codes offer the entries of their lists; one query for all."""
    fields = [
        field
        for form in forms_
        for field in form.fields.values()
        if isinstance(field, TermChoice)
    ]
    lists = {field.code_list for field in fields}
    active = Term.objects.filter(list__in=lists, active=True)
    entries: dict[str, list[tuple[str, str]]] = defaultdict(lambda: [("", "—")])
    for term in active.order_by("list", "position"):
        entries[term.list].append((term.code, term.name))
    for field in fields:
        field.choices = entries[field.code_list]


class PassageForm(forms.Form):
    """Something coded from a passage; the words must be those of the article."""

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    quote = forms.CharField(strip=False, widget=forms.HiddenInput)

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        if self.is_bound:
            offer([self])

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
    modality = forms.ChoiceField(choices=Modality.choices)
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
    event_type = TermChoice(
        "plover-type", required=False, label="Type of the new event"
    )
    event_date = forms.DateField(
        required=False,
        label="Day of the new event",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="If the text gives it to the day.",
    )
    actor_name = forms.CharField(
        required=False, label="Who takes part", widget=Combo("actor", "actor")
    )
    actor = forms.CharField(required=False, widget=forms.HiddenInput)
    role = TermChoice("role", required=False)
    note = forms.CharField(required=False, max_length=2_000)

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
        self._clean_voice(data)
        if data.get("kind") == ClaimKind.FIGURE:
            self._clean_figure(data)
        else:
            data.update(dict.fromkeys(FIGURE, None))
        return data

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
        problems = check_bounds(data.get("low"), data.get("high"), data["quantifier"])
        for problem in problems:
            self.add_error("low", problem)

    def code(self, *, by: AbstractUser) -> list[Model]:
        return code_claim(
            self.article, self.passage, self._coding(), by=by, why=self.step
        )

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
        day = self.cleaned_data["event_date"]
        dated = {
            "date_earliest": day,
            "date_latest": day,
            "date_precision": "day",
            "date_basis": "stated",
        }
        return {
            "title": self.cleaned_data["event_name"],
            "type_id": self._term("event_type"),
            **(dated if day else {}),
        }

    def _term(self, name: str) -> str | None:
        field: Any = self.fields[name]
        return field.key(self.cleaned_data.get(name) or "")  # type: ignore[no-any-return]

    @property
    def step(self) -> str:
        return f"Coded a claim: “{self._short()}”"


class MentionForm(PassageForm):
    """Whom the words name."""

    actor_name = forms.CharField(
        max_length=200,
        label="Actor",
        widget=Combo("actor", "actor", new="New actor"),
        help_text="Whom the words name.",
    )
    actor = forms.CharField(required=False, widget=forms.HiddenInput)
    actor_kind = TermChoice("actor-kind", required=False, label="Kind of the new actor")
    alias = TermChoice(
        "alias-kind",
        required=False,
        label="Add the words to its names as",
        help_text="Empty: they name it only here.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.known = self._row(Actor, "actor")
        if data.get("actor") == NEW and not data.get("actor_kind"):
            self.add_error("actor_kind", "Choose what kind of actor it is.")
        if data.get("actor_name") and not data.get("actor"):
            self.add_error(
                "actor_name",
                "No actor was chosen: pick one of the list, or “New actor”.",
            )
        if len(data.get("quote") or "") > 300:
            self.add_error(None, "A mention has 300 characters at most: choose fewer.")
        return data

    def code(self, *, by: AbstractUser) -> list[Model]:
        data = self.cleaned_data
        new = data["actor"] == NEW
        naming = Naming(
            actor=self.known,
            name=data["actor_name"] if new else "",
            kind=self._term("actor_kind") if new else None,
            alias=self._term("alias"),
        )
        return code_mention(self.article, self.passage, naming, by=by, why=self.step)

    def _term(self, name: str) -> Term | None:
        field: Any = self.fields[name]
        key = field.key(self.cleaned_data.get(name) or "")
        return Term.objects.get(pk=key) if key else None

    @property
    def step(self) -> str:
        return f"Coded a mention: “{self._short()}”"


class EvidenceForm(PassageForm):
    """Further words that prove a claim."""

    claim_name = forms.CharField(
        label="Claim", widget=Combo("claim", "claim"), help_text="What the words prove."
    )
    claim = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.known = self._row(Claim, "claim")
        if data.get("claim_name") and not data.get("claim"):
            self.add_error("claim_name", "No claim was chosen: pick one of the list.")
        return data

    def code(self, *, by: AbstractUser) -> list[Model]:
        return add_evidence(
            self.known, self.article, self.passage, by=by, why=self.step
        )

    @property
    def step(self) -> str:
        return f"Added evidence: “{self._short()}”"


class OmissionForm(PassageForm):
    """Why a passage is left without a claim."""

    reason = forms.CharField(
        max_length=300,
        label="Why nothing is coded here",
        help_text="Says nothing new; advertising; a photo credit …",
    )

    def code(self, *, by: AbstractUser) -> list[Model]:
        reason = self.cleaned_data["reason"]
        return leave_out(self.article, self.passage, reason=reason, by=by)

    @property
    def step(self) -> str:
        return f"Left without a claim: “{self._short()}”"


FORMS: dict[str, type[PassageForm]] = {
    "claim": ClaimForm,
    "mention": MentionForm,
    "evidence": EvidenceForm,
    "omission": OmissionForm,
}
