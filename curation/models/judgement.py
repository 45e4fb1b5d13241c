from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from curation.models.proposal import Proposal, only_grows
from sources.constraints import choice_constraint, in_calendar, json_constraint


class Verdict(models.TextChoices):
    """What a person made of a proposal."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    UNDONE = "undone"


DECIDED = (Verdict.ACCEPTED, Verdict.EDITED, Verdict.REJECTED)


class JudgementQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """The latest of each proposal, unless that one undid the decision."""
        return self.filter(superseded_by__isnull=True).exclude(verdict=Verdict.UNDONE)


class Judgement(models.Model):
    """What a person decided about a proposal. Superseded, never overwritten."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="judgements"
    )
    verdict = models.CharField(max_length=10, choices=Verdict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements"
    )
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)
    changes = models.JSONField(
        default=dict, blank=True, help_text="What was edited: field and new value."
    )
    made = models.JSONField(
        default=list,
        blank=True,
        help_text="The rows that accepting made: model and id; what undoing rejects.",
    )
    supersedes = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
    )
    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ("proposal", "id")
        constraints = [
            choice_constraint("verdict", Verdict.values),
            models.UniqueConstraint(
                "proposal",
                name="curation_judgement_one_first_per_proposal",
                condition=Q(supersedes__isnull=True),
            ),
            models.CheckConstraint(
                name="curation_judgement_undoes_a_decision",
                condition=Q(supersedes__isnull=False) | ~Q(verdict=Verdict.UNDONE),
            ),
            in_calendar("at"),
            json_constraint("made", "array"),
            json_constraint("changes", "object"),
            models.CheckConstraint(
                name="curation_judgement_only_accepting_makes",
                condition=Q(made=[])
                | Q(verdict__in=[Verdict.ACCEPTED, Verdict.EDITED]),
            ),
            models.CheckConstraint(
                name="curation_judgement_only_edits_change",
                condition=Q(changes={}) | Q(verdict=Verdict.EDITED),
            ),
        ]
        triggers = [
            *only_grows(),
            pgtrigger.Trigger(
                name="turns_with_decisions",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__supersedes__isnull=False),
                func="""
                    -- A decision is undone before another one is taken.
                    IF NOT EXISTS (
                        SELECT FROM public.curation_judgement j
                        WHERE j.id = NEW.supersedes_id
                          AND j.proposal_id = NEW.proposal_id
                          AND (j.verdict = 'undone') <> (NEW.verdict = 'undone')
                    ) THEN
                        RAISE EXCEPTION 'judgement % is not what this one follows',
                            NEW.supersedes_id USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'curation_judgement_turns_with_decisions';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.proposal}"
