from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from actors.models.actor import PART_OF, PERSON, Actor
from sources.constraints import (
    date_constraints,
    permanent,
    slug_constraint,
    term_constraint,
)
from sources.dates import Basis, Precision
from sources.models import Curated, CuratedQuerySet, Term, tracked

if TYPE_CHECKING:
    from collections.abc import Collection


def _precision_field() -> models.CharField[str, str]:
    return models.CharField(
        max_length=10, choices=[(p, p) for p in Precision], default=Precision.UNKNOWN
    )


def _basis_field() -> models.CharField[str, str]:
    return models.CharField(max_length=10, choices=[(b, b) for b in Basis], blank=True)


class RelationQuerySet(CuratedQuerySet):
    """Reads of relations."""

    def of_actors(self, actors: Collection[int]) -> Self:
        """Those of which any of the actors is one end."""
        return self.filter(Q(subject__in=actors) | Q(object__in=actors))

    def among(self, actors: Collection[int]) -> Self:
        """Those of which two of the actors are the ends."""
        return self.filter(subject__in=actors, object__in=actors)


@tracked()
class Relation(Curated):
    """How one actor stands to another, between which dates.

    Whether it holds is for claims to say: it is disputed when claims of both
    polarities are about it.
    """

    slug = models.SlugField(
        max_length=100, unique=True, help_text="Its key; never changes."
    )
    subject = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="relations_from"
    )
    kind = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Read as a sentence: subject, kind, object.",
    )
    object = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="relations_to"
    )
    title = models.CharField(
        max_length=200, blank=True, help_text="The office, for who holds or leads."
    )
    start_earliest = models.DateField(null=True, blank=True)
    start_latest = models.DateField(null=True, blank=True)
    start_precision = _precision_field()
    start_basis = _basis_field()
    start_text = models.CharField(max_length=200, blank=True)
    start_note = models.TextField(blank=True)
    end_earliest = models.DateField(null=True, blank=True)
    end_latest = models.DateField(null=True, blank=True)
    end_precision = _precision_field()
    end_basis = _basis_field()
    end_text = models.CharField(max_length=200, blank=True)
    end_note = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = RelationQuerySet.as_manager()

    class Meta(Curated.Meta):
        ordering = ("subject", "kind", "object", "id")
        constraints = [
            *Curated.Meta.constraints,
            *date_constraints("start"),
            *date_constraints("end"),
            slug_constraint(),
            term_constraint("kind", "relation-kind"),
            models.CheckConstraint(
                name="actors_relation_not_with_itself",
                condition=~Q(subject=F("object")),
                violation_error_message="An actor has no relation with itself.",
            ),
            models.CheckConstraint(
                name="actors_relation_starts_before_it_ends",
                condition=Q(end_latest__gte=F("start_earliest"))
                | Q(end_latest__isnull=True)
                | Q(start_earliest__isnull=True),
            ),
        ]
        triggers = [
            *permanent(),
            pgtrigger.Trigger(
                name="part_of_is_sound",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("subject_id", "object_id", "kind_id", "status"),
                func=f"""
                    IF NEW.kind_id <> '{PART_OF}'
                       OR NEW.status IN ('rejected', 'retracted') THEN
                        RETURN NEW;
                    END IF;
                    -- Two sessions that each add half of what is wrong take turns.
                    PERFORM pg_advisory_xact_lock(
                        'public.actors_relation'::regclass::bigint);
                    IF (SELECT count(*) FROM public.actors_actor
                        WHERE id IN (NEW.subject_id, NEW.object_id)
                          AND kind_id = '{PERSON}') = 2 THEN
                        RAISE EXCEPTION 'a person is not part of a person (% of %)',
                            NEW.subject_id, NEW.object_id
                            USING ERRCODE = 'check_violation',
                                CONSTRAINT = 'actors_relation_person_part_of_person';
                    END IF;
                    IF EXISTS (
                        WITH RECURSIVE above(id) AS (
                            VALUES (NEW.object_id)
                            UNION
                            SELECT r.object_id FROM public.actors_relation r
                            JOIN above ON r.subject_id = above.id
                            WHERE r.kind_id = '{PART_OF}'
                              AND r.status NOT IN ('rejected', 'retracted')
                              AND r.id IS DISTINCT FROM NEW.id
                        )
                        SELECT FROM above WHERE id = NEW.subject_id
                    ) THEN
                        RAISE EXCEPTION 'part-of would run in a circle (% of %)',
                            NEW.subject_id, NEW.object_id
                            USING ERRCODE = 'check_violation',
                                CONSTRAINT = 'actors_relation_part_of_circle';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        kind = self.kind_id.partition("/")[2].replace("_", " ")
        return f"{self.subject} {kind} {self.object}"
