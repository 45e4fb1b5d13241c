from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from sources.constraints import (
    filled_constraint,
    not_emptied,
    not_inside_itself,
    permanent,
    slug_constraint,
    term_constraint,
)
from sources.indexes import words_index
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
        indexes = [words_index("events_place_words", "name", "slug")]
        constraints = [
            *Curated.Meta.constraints,
            slug_constraint(),
            filled_constraint("name"),
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
            *permanent(),
            not_inside_itself("events_place", "parent_id"),
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
        triggers = [not_emptied()]

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
        triggers = [not_emptied()]
