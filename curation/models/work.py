"""Who works on what now, and what they did: for queues, undo and the first page."""

from __future__ import annotations

import uuid
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from curation.models.proposal import only_grows
from sources.constraints import (
    filled_constraint,
    in_calendar,
    json_constraint,
    not_emptied,
)
from sources.models import Article


class LeaseQuerySet(models.QuerySet[Any]):
    def running(self) -> Self:
        """Those that have not run out."""
        return self.filter(until__gt=timezone.now())


class Lease(models.Model):
    """That an article is on somebody's desk until a time: nobody else gets it."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="lease"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leases"
    )
    taken_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(help_text="Free for others from then on.")
    objects = LeaseQuerySet.as_manager()

    class Meta:
        ordering = ("until",)
        indexes = [models.Index("by", name="curation_lease_of")]
        constraints = [
            in_calendar("taken_at"),
            in_calendar("until"),
            models.CheckConstraint(
                name="curation_lease_ends", condition=Q(until__gt=F("taken_at"))
            ),
        ]
        triggers = [not_emptied()]

    def __str__(self) -> str:
        return f"{self.article} on the desk of {self.by}"


class Visit(models.Model):
    """When somebody was here last, and the time before: what has changed since."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="visit",
    )
    seen_at = models.DateTimeField(default=timezone.now)
    before = models.DateTimeField(
        null=True, blank=True, help_text="The end of the visit before this one."
    )

    class Meta:
        ordering = ("user",)
        constraints = [
            in_calendar("seen_at"),
            models.CheckConstraint(
                name="curation_visit_in_order",
                condition=Q(before=None) | Q(before__lte=F("seen_at")),
            ),
        ]
        triggers = [not_emptied()]

    def __str__(self) -> str:
        return f"{self.user} at {self.seen_at}"


class StepQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Step(models.Model):
    """One thing that somebody did on the desk of an article; undo takes it back.

    `token` is chosen by the page before it asks: the same one twice is the same step,
    so that a page that lost the connection may ask again.
    """

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="steps")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="steps"
    )
    at = models.DateTimeField(default=timezone.now)
    what = models.TextField(help_text="In words, for the list of steps.")
    made = models.JSONField(
        default=list,
        blank=True,
        help_text="The rows that it added, decisions among them: model and id.",
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "token")
        indexes = [
            models.Index("by", "article", "at", name="curation_step_of"),
            BrinIndex("at", name="curation_step_at"),
        ]
        constraints = [
            filled_constraint("what"),
            json_constraint("made", "array"),
            in_calendar("at"),
            models.CheckConstraint(
                name="curation_step_undone_later",
                condition=Q(undone_at=None) | Q(undone_at__gte=F("at")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="as_written", exclude=["undone_at"]),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
            not_emptied(),
        ]

    def __str__(self) -> str:
        return self.what


class Batch(models.Model):
    """A change of many rows at once: what, by whom, why; undone as one.

    The states before and after stand in the history of the rows, under `context`.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="batches"
    )
    at = models.DateTimeField(default=timezone.now)
    what = models.TextField(help_text="In words: Publish 12 claims.")
    why = models.TextField(blank=True)
    rows = models.PositiveIntegerField(help_text="How many rows it changed.")
    context = models.UUIDField(unique=True, help_text="Of the history.")
    undoes = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="undone_by",
        help_text="The change that this one took back.",
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = "change made at once"
        verbose_name_plural = "changes made at once"
        constraints = [
            filled_constraint("what"),
            in_calendar("at"),
            models.CheckConstraint(
                name="curation_batch_not_of_itself",
                condition=Q(undoes=None) | ~Q(undoes=F("pk")),
            ),
        ]
        triggers = only_grows()

    def __str__(self) -> str:
        return self.what
