"""The forms of the desk: a claim, a mention, further evidence, a passage left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from actors.models import Actor
from curation.admin.desk_claim import ClaimForm
from curation.admin.desk_passage import NEW, Combo, PassageForm, TermChoice
from curation.coding.claims import add_evidence
from curation.coding.mentions import Naming, code_mention, leave_out
from curation.coding.twins import twin_of_mention
from events.models import Claim
from sources.models import Term

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

    from curation.coding.twins import Made


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
        label="Remember the words as its name",
        help_text="Choose what kind of name they are. Empty: they mean it only here.",
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

    def twin(self, made: Made) -> Model | None:
        known = self.known
        return known and twin_of_mention(self.article, self.passage, known, made=made)

    def _term(self, name: str) -> Term | None:
        field: Any = self.fields[name]
        key = field.key(self.cleaned_data.get(name) or "")
        return Term.objects.get(pk=key) if key else None

    @property
    def step(self) -> str:
        return f"Coded a mention: “{self._short()}”"


class EvidenceForm(PassageForm):
    """Further words that prove a claim."""

    proved_name = forms.CharField(
        label="Claim",
        widget=Combo("claim", "proved"),
        help_text="What the words prove.",
    )
    proved = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.known = self._row(Claim, "proved")
        if data.get("proved_name") and not data.get("proved"):
            self.add_error("proved_name", "No claim was chosen: pick one of the list.")
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
