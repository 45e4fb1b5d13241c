"""The gazetteer: places of the world that machines look names up in.

Reference data like the code lists, loaded whole by `manage.py load_gazetteer` and
replaced whole by the next edition; no row is edited, none has a history. A curator's
Place is another thing: what claims and events refer to.
"""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramDistance
from django.db import models
from django.db.models import Case, Min, Q, Value, When

from events.place_names import lookup_form

_SHORT = 3  # letters; of fewer, a part of a name says nothing


class GazetteerEntryQuerySet(models.QuerySet[Any]):
    """Reads of the gazetteer."""

    def named(self, words: str, *, kind: str = "") -> Self:
        """Entries of that name in any spelling; of any kind, or one.

        First those called exactly so, then those whose names begin so, then those that
        hold the words; each the largest first. Words of one or two letters find only
        the first. No words find nothing.
        """
        form = lookup_form(words)
        rows = self.filter(kind=kind) if kind else self
        if not form:
            return rows.none()
        holds = Q(names__folded__contains=form)
        if len(form) < _SHORT:
            holds = Q(names__folded=form)
        rank = Case(
            When(names__folded=form, then=0),
            When(names__folded__startswith=form, then=1),
            default=Value(2),
            output_field=models.SmallIntegerField(),
        )
        found = rows.filter(holds).annotate(rank=Min(rank))
        return found.order_by("rank", "-population", "-radius_m", "id")

    def alike(self, words: str, *, kind: str = "") -> Self:
        """Entries one of whose names is spelt nearly so: "Jelalabad" for Jalalabad."""
        rows = self.filter(kind=kind) if kind else self
        form = lookup_form(words)
        if len(form) < _SHORT:
            return rows.none()
        likeness = TrigramDistance("names__folded", form)
        found = rows.filter(names__folded__trigram_similar=form)
        return found.annotate(far=Min(likeness)).order_by("far", "-population", "id")


class GazetteerEntry(models.Model):
    """A place as published gazetteers have it.

    `id` names the source and its own id there ("geonames:1138958") and does not change
    between editions. `kind` is a place-kind code, `country` ISO 3166-1 alpha-3, empty
    for what lies in several. The radius in metres holds the whole place.
    """

    id = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    country = models.CharField(max_length=3, blank=True)
    admin1 = models.CharField(
        max_length=200, blank=True, help_text="Name of its province or state."
    )
    admin1_entry = models.CharField(
        max_length=40, blank=True, help_text="Id of its province or state."
    )
    latitude = models.FloatField(help_text="Degrees, WGS 84.")
    longitude = models.FloatField(help_text="Degrees, WGS 84.")
    radius_m = models.PositiveIntegerField(
        help_text="Metres around the point that contain the whole place."
    )
    population = models.PositiveBigIntegerField(default=0, help_text="0: unknown.")
    source = models.CharField(max_length=40)

    objects = GazetteerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "gazetteer entry"
        verbose_name_plural = "gazetteer"
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(
                name="events_gazetteerentry_point_on_globe",
                condition=Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                    radius_m__gt=0,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.admin1 or self.country or self.kind})"


class GazetteerName(models.Model):
    """One name of an entry in the form of events.place_names.lookup_form."""

    entry = models.ForeignKey(
        GazetteerEntry,
        on_delete=models.CASCADE,
        related_name="names",
        db_constraint=False,  # both tables are only ever written together, as a whole
    )
    folded = models.CharField(max_length=200)
    country = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ("folded", "id")
        indexes = [
            models.Index(fields=["folded"], name="events_gazetteername_folded"),
            GinIndex(
                # Spelt alike within a country: both columns in one index.
                fields=["country", "folded"],
                opclasses=["text_ops", "gin_trgm_ops"],
                name="events_gazetteername_alike",
            ),
        ]

    def __str__(self) -> str:
        return self.folded
