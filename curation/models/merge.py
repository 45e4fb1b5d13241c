"""That two records are one: which was merged into which, and what moved with it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from actors.models import Actor
from curation.models.proposal import only_grows
from events.models import Event, Place
from sources.constraints import (
    filled_constraint,
    in_calendar,
    json_constraint,
    not_emptied,
)

# What can be merged, and the table of each; a Merge has a pair of columns for each.
MERGED = {"actor": "actors_actor", "event": "events_event", "place": "events_place"}


class MergeQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at=None)

    def of(self, row: models.Model) -> Self:
        """Those by which `row` was merged into another."""
        return self.filter(**{str(row._meta.model_name): row.pk})

    def into_row(self, row: models.Model) -> Self:
        """Those by which another was merged into `row`."""
        return self.filter(**{f"{row._meta.model_name}_into": row.pk})


def _row(model: type[models.Model], name: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        model, null=True, blank=True, on_delete=models.PROTECT, related_name=name
    )


def _one_pair() -> Q:
    """Exactly one kind of record, and both ends of it."""
    pairs = [
        Q(
            **{f"{each}__isnull": each != kind for each in MERGED},
            **{f"{each}_into__isnull": each != kind for each in MERGED},
        )
        for kind in MERGED
    ]
    return reduce(or_, pairs)


def _on_every_kind(statement: str) -> str:
    return "\n".join(
        statement.format(kind=kind, table=table) for kind, table in MERGED.items()
    )


def _both_stand() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="both_stand",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            -- Two sessions that each merge one end of what is wrong take turns.
            PERFORM pg_advisory_xact_lock('public.curation_merge'::regclass::bigint);
            IF EXISTS (
                SELECT FROM public.curation_merge m WHERE m.undone_at IS NULL AND (
                    m.actor_id = NEW.actor_into_id OR m.event_id = NEW.event_into_id
                    OR m.place_id = NEW.place_into_id)
            ) THEN
                RAISE EXCEPTION 'what others are merged into is not merged itself'
                    USING ERRCODE = 'check_violation',
                          CONSTRAINT = 'curation_merge_not_into_merged';
            END IF;
            {
            _on_every_kind('''
            PERFORM FROM public.{table} r
                WHERE r.id IN (NEW.{kind}_id, NEW.{kind}_into_id) FOR UPDATE;
            IF EXISTS (
                SELECT FROM public.{table} r
                WHERE r.id IN (NEW.{kind}_id, NEW.{kind}_into_id)
                  AND r.status IN ('rejected', 'retracted')
            ) THEN
                RAISE EXCEPTION 'what was rejected or retracted is not merged'
                    USING ERRCODE = 'check_violation',
                          CONSTRAINT = 'curation_merge_both_stand';
            END IF;''')
        }
            RETURN NEW;
        """,
    )


def _is_withdrawn() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="merged_is_withdrawn",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=f"""
            IF NOT EXISTS (SELECT FROM public.curation_merge m
                           WHERE m.id = NEW.id AND m.undone_at IS NULL) THEN
                RETURN NULL;
            END IF;
            {
            _on_every_kind('''
            IF EXISTS (SELECT FROM public.{table} r WHERE r.id = NEW.{kind}_id
                       AND r.status NOT IN ('rejected', 'retracted')) THEN
                RAISE EXCEPTION 'what is merged is withdrawn ({kind} %)',
                    NEW.{kind}_id USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'curation_merge_merged_is_withdrawn';
            END IF;''')
        }
            RETURN NULL;
        """,
    )


class Merge(models.Model):
    """That one record is another one: both are kept, and the first leads to it.

    Of `actor`, `event` and `place` one names the record that was merged, and the
    column beside it the one that stays. While it stands, what was merged is withdrawn
    and nothing new refers to it.
    """

    actor = _row(Actor, "merges")
    actor_into = _row(Actor, "merged_here")
    event = _row(Event, "merges")
    event_into = _row(Event, "merged_here")
    place = _row(Place, "merges")
    place_into = _row(Place, "merged_here")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="merges"
    )
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(help_text="Why they are one and the same.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merges_undone",
    )
    undone_why = models.TextField(blank=True)
    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            filled_constraint("why"),
            in_calendar("at"),
            models.CheckConstraint(
                name="curation_merge_of_one_kind", condition=_one_pair()
            ),
            models.CheckConstraint(
                name="curation_merge_not_into_itself",
                condition=~Q(actor=F("actor_into"))
                & ~Q(event=F("event_into"))
                & ~Q(place=F("place_into")),
            ),
            models.CheckConstraint(
                name="curation_merge_undone_by_somebody",
                condition=Q(undone_at=None, undone_by=None, undone_why="")
                | Q(
                    undone_at__gte=F("at"),
                    undone_at__isnull=False,
                    undone_by__isnull=False,
                )
                & Q(undone_why__regex=r"\S"),
            ),
            *(
                models.UniqueConstraint(
                    kind,
                    name=f"curation_merge_one_of_{kind}",
                    condition=Q(undone_at=None),
                )
                for kind in MERGED
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="as_merged",
                exclude=["undone_at", "undone_by", "undone_why"],
            ),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
            not_emptied(),
            _both_stand(),
            _is_withdrawn(),
        ]

    def __str__(self) -> str:
        return f"“{self.loser}” into “{self.into}”"

    @property
    def kind(self) -> str:
        """Of the records: actor, event or place."""
        return next(kind for kind in MERGED if getattr(self, f"{kind}_id") is not None)

    @property
    def loser(self) -> Any:
        """The record that was merged."""
        return getattr(self, self.kind)

    @property
    def into(self) -> Any:
        """The record that stays."""
        return getattr(self, f"{self.kind}_into")


class MergeMove(models.Model):
    """What a merge changed in some rows of one table: the columns before and after.

    Rows that it added have nothing before.
    """

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="moves")
    model = models.CharField(max_length=60, help_text="Label of the table's model.")
    before = models.JSONField(help_text="By column, what stood there.")
    after = models.JSONField(help_text="By column, what the merge put there.")
    rows = ArrayField(models.BigIntegerField(), help_text="Their ids.")

    class Meta:
        ordering = ("id",)
        constraints = [
            filled_constraint("model"),
            json_constraint("before", "object"),
            json_constraint("after", "object"),
        ]
        triggers = only_grows()

    def __str__(self) -> str:
        return f"{len(self.rows)} of {self.model}"
