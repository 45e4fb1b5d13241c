from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Exact

from actors.models import Actor
from events.models.place import Place
from sources.constraints import (
    choice_constraint,
    date_constraints,
    filled_constraint,
    not_emptied,
    permanent,
    slug_constraint,
    term_constraint,
)
from sources.dates import Basis, Precision
from sources.indexes import words_index
from sources.models import Curated, Identifier, Term, tracked


class EventModality(models.TextChoices):
    """Whether it happened (fixtures/reference/event-modality.yaml)."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    PREDICTED = "predicted"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


@tracked()
class Event(Curated):
    """What happened (or is planned, feared, denied), where and when.

    Typed after PLOVER (type, mode, contexts), with the ACLED sub-event beside it,
    because neither covers the other.
    """

    slug = models.SlugField(
        max_length=100, unique=True, help_text="Its key and address; never changes."
    )
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    type = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="PLOVER type; empty where none of the 16 fits.",
    )
    mode = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="PLOVER mode of that type.",
    )
    contexts = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        help_text="PLOVER contexts, as keys of the code list.",
    )
    acled_sub_event = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    modality = models.CharField(
        max_length=12, choices=EventModality, default=EventModality.OCCURRED
    )
    date_earliest = models.DateField(null=True, blank=True)
    date_latest = models.DateField(null=True, blank=True)
    date_precision = models.CharField(
        max_length=10, choices=[(p, p) for p in Precision], default=Precision.UNKNOWN
    )
    date_basis = models.CharField(
        max_length=10, choices=[(b, b) for b in Basis], blank=True
    )
    date_text = models.CharField(
        max_length=200, blank=True, help_text="The words in the text."
    )
    date_note = models.TextField(blank=True, help_text="Inferred from what.")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    place_precision = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="How exactly the sources place it.",
    )
    place_text = models.CharField(
        max_length=200, blank=True, help_text="The words in the text."
    )

    class Meta(Curated.Meta):
        ordering = (F("date_earliest").desc(nulls_last=True), "-id")
        indexes = [
            models.Index(
                F("date_earliest").desc(nulls_last=True),
                F("id").desc(),
                name="events_event_latest_first",
            ),
            words_index("events_event_words", "title", "slug"),
        ]
        constraints = [
            *Curated.Meta.constraints,
            *date_constraints("date"),
            slug_constraint(),
            filled_constraint("title"),
            choice_constraint("modality", EventModality.values),
            term_constraint("type", "plover-type"),
            term_constraint("mode", "plover-mode"),
            term_constraint("acled_sub_event", "acled-sub-event"),
            term_constraint("place_precision", "place-precision"),
            models.CheckConstraint(
                name="events_event_mode_is_of_type",
                condition=Q(mode__isnull=True)
                | Q(type__isnull=False)
                & Q(
                    Exact(
                        F("type"),
                        Concat(
                            Value("plover-type/"),
                            Func(
                                F("mode"),
                                Value(r"^plover-mode/(\w+)\..*$"),
                                Value(r"\1"),
                                function="regexp_replace",
                                output_field=models.CharField(),
                            ),
                        ),
                    )
                ),
                violation_error_message="That mode belongs to another type.",
            ),
            models.CheckConstraint(
                name="events_event_place_has_precision",
                condition=Q(place__isnull=True, place_precision__isnull=True)
                | Q(place__isnull=False, place_precision__isnull=False),
                violation_error_message="A place needs its precision.",
            ),
        ]
        triggers = [
            *permanent(),
            pgtrigger.Trigger(
                name="contexts_are_known",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("contexts"),
                func="""
                    IF EXISTS (
                        SELECT FROM unnest(NEW.contexts) AS context
                        WHERE NOT EXISTS (
                            SELECT FROM public.sources_term t
                            WHERE t.id = context AND t.list = 'plover-context')
                    ) THEN
                        RAISE EXCEPTION 'unknown PLOVER context in %', NEW.contexts
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'events_event_contexts_are_known';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EventIdentifier(Identifier):
    """What another database calls an event."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="identifiers"
    )

    class Meta:
        ordering = ("scheme", "value")
        constraints = [
            term_constraint("scheme", "external-id-scheme"),
            models.UniqueConstraint(
                "scheme", "value", name="events_eventidentifier_names_one_event"
            ),
        ]
        triggers = [not_emptied()]


@tracked()
class Participation(Curated):
    """An actor's part in an event: perpetrator, victim, mediator …"""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="participations"
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="participations"
    )
    role = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")

    class Meta(Curated.Meta):
        ordering = ("event", "id")
        constraints = [
            *Curated.Meta.constraints,
            term_constraint("role", "role"),
            models.UniqueConstraint(
                "event", "actor", "role", name="events_participation_once"
            ),
        ]
        triggers = [
            *permanent(keyed=False),
            pgtrigger.Trigger(
                # The other side of Support's participation_is_in_event.
                name="supports_move_along",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("event_id"),
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (
                        SELECT FROM public.events_support s
                        JOIN public.events_participation p ON p.id = s.participation_id
                        WHERE p.id = NEW.id AND s.event_id <> p.event_id
                    ) THEN
                        RAISE EXCEPTION 'participation % is supported in another event',
                            NEW.id USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'events_participation_supports_move_along';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}, {self.role_id.partition('/')[2]}"
