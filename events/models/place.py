from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from sources.constraints import stays_once_public, term_constraint
from sources.models import Curated, Identifier, Term, tracked


@tracked()
class Place(Curated):
    """A gazetteer entry. A point never stands without the radius it is true to."""

    slug = models.SlugField(
        max_length=100, unique=True, help_text="Its key; never changes."
    )
    name = models.CharField(max_length=200)
    kind = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text="The place that contains it.",
    )
    country = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees, WGS 84.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees, WGS 84.")
    radius_m = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Metres around the point that contain the whole place.",
    )

    class Meta(Curated.Meta):
        ordering = ("name", "id")
        constraints = [
            *Curated.Meta.constraints,
            term_constraint("kind", "place-kind"),
            term_constraint("country", "country"),
            models.CheckConstraint(
                name="events_place_point_has_radius",
                condition=Q(latitude=None, longitude=None, radius_m=None)
                | Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                    radius_m__gt=0,
                    radius_m__isnull=False,
                    latitude__isnull=False,
                    longitude__isnull=False,
                ),
                violation_error_message=(
                    "Latitude, longitude and radius come together or not at all."
                ),
            ),
        ]
        triggers = [
            stays_once_public(),
            pgtrigger.Trigger(
                name="not_inside_itself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
                condition=pgtrigger.Q(new__parent__isnull=False),
                func="""
                    PERFORM pg_advisory_xact_lock('events_place'::regclass::bigint);
                    IF EXISTS (
                        WITH RECURSIVE above(id) AS (
                            VALUES (NEW.parent_id)
                            UNION
                            SELECT p.parent_id FROM events_place p
                            JOIN above ON p.id = above.id
                            WHERE p.parent_id IS NOT NULL AND p.id <> NEW.id
                        )
                        SELECT FROM above WHERE id = NEW.id
                    ) THEN
                        RAISE EXCEPTION 'place % would contain itself', NEW.id
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'events_place_not_inside_itself';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=["folded"])
class PlaceName(models.Model):
    """Another spelling or language of a place's name."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    kind = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    folded = models.GeneratedField(
        expression=Func(F("name"), function="newsdb_fold"),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        ordering = ("name", "id")
        indexes = [
            GinIndex(
                fields=["folded"],
                name="events_placename_folded_trgm",
                opclasses=["gin_trgm_ops"],
            )
        ]
        constraints = [
            term_constraint("kind", "alias-kind"),
            models.UniqueConstraint(
                "place", "name", name="events_placename_once_per_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceIdentifier(Identifier):
    """What another gazetteer calls a place."""

    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="identifiers"
    )

    class Meta:
        ordering = ("scheme", "value")
        constraints = [
            term_constraint("scheme", "external-id-scheme"),
            models.UniqueConstraint(
                "scheme", "value", name="events_placeidentifier_names_one_place"
            ),
        ]
