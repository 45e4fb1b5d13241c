from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from actors.models import Actor
from events.models.claim import Claim
from events.models.event import Event, Participation
from sources.constraints import (
    choice_constraint,
    not_emptied,
    quote_constraints,
    quote_triggers,
)
from sources.models import Article, tracked


@tracked()
class Attribution(models.Model):
    """One who passes a claim on: outlet, then analyst, then the one they quote."""

    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="attributions"
    )
    position = models.PositiveSmallIntegerField(help_text="1 is the outermost.")
    actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(
        max_length=300, blank=True, help_text="The words that say so."
    )

    class Meta:
        ordering = ("claim", "position")
        constraints = [
            models.UniqueConstraint(
                "claim", "position", name="events_attribution_one_per_position"
            ),
            models.CheckConstraint(
                name="events_attribution_names_somebody",
                condition=Q(actor__isnull=False) | ~Q(text=""),
            ),
        ]
        triggers = [not_emptied()]

    def __str__(self) -> str:
        return str(self.actor or self.text)


@tracked()
class Evidence(models.Model):
    """The verbatim quote that proves a claim: `article.text[start:end] == quote`."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="evidence"
    )
    start = models.PositiveIntegerField(help_text="First code point, from 0.")
    end = models.PositiveIntegerField(help_text="The code point after the last.")
    quote = models.TextField(help_text="The words, exactly as they stand.")

    class Meta:
        ordering = ("claim", "article", "start", "id")
        verbose_name_plural = "evidence"
        indexes = [
            models.Index("article", "start", "end", name="events_evidence_by_words")
        ]
        constraints = [
            *quote_constraints(),
            models.UniqueConstraint(
                "claim", "article", "start", "end", name="events_evidence_once"
            ),
        ]
        triggers = [
            *quote_triggers(),
            not_emptied(),
            pgtrigger.Trigger(
                name="claim_keeps_evidence",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Delete | pgtrigger.UpdateOf("claim_id"),
                timing=pgtrigger.Deferred,
                func="""
                    -- Two sessions that each remove one of two take turns.
                    PERFORM FROM public.events_claim c WHERE c.id = OLD.claim_id
                        FOR NO KEY UPDATE;
                    IF FOUND
                       AND NOT EXISTS (SELECT FROM public.events_evidence e
                                       WHERE e.claim_id = OLD.claim_id) THEN
                        RAISE EXCEPTION 'claim % would lose its last evidence',
                            OLD.claim_id
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'events_claim_has_evidence';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.quote}”"


class SupportedPart(models.TextChoices):
    """Which part of an event's record rests on a claim."""

    OCCURRENCE = "occurrence"
    DATE = "date"
    PLACE = "place"
    PARTICIPATION = "participation"


class Stance(models.TextChoices):
    """Whether the claim says so or says otherwise."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"


@tracked()
class Support(models.Model):
    """A claim that an event's date, place, a role in it, or its happening rests on.

    What has no support is not published: see publishing.kinds.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="supports")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="supports")
    part = models.CharField(max_length=14, choices=SupportedPart)
    participation = models.ForeignKey(
        Participation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="supports",
    )
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.SUPPORTS)

    class Meta:
        ordering = ("event", "part", "id")
        constraints = [
            choice_constraint("part", SupportedPart.values),
            choice_constraint("stance", Stance.values),
            models.CheckConstraint(
                name="events_support_participation_iff_part",
                condition=Q(part="participation", participation__isnull=False)
                | ~Q(part="participation") & Q(participation__isnull=True),
            ),
            models.UniqueConstraint(
                "claim",
                "event",
                "part",
                "participation",
                name="events_support_once",
                nulls_distinct=False,
            ),
        ]
        triggers = [
            not_emptied(),
            pgtrigger.Trigger(
                name="participation_is_in_event",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("event_id", "participation_id"),
                condition=pgtrigger.Q(new__participation__isnull=False),
                func="""
                    -- Held, so that no other session moves the role meanwhile.
                    PERFORM FROM public.events_participation p
                        WHERE p.id = NEW.participation_id AND p.event_id = NEW.event_id
                        FOR KEY SHARE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'participation % is not in event %',
                            NEW.participation_id, NEW.event_id
                            USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'events_support_participation_is_in_event';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.stance} {self.part}"
