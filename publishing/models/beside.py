"""What stands beside the documents so that lists need not open them.

All of it is derived from bodies by publishing.beside, which `verify` proves. Postings
are kept of current documents alone; the rest of every version, as the log keeps it, so
that the past can be asked like the present.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import F, Func

if TYPE_CHECKING:
    import datetime as dt


class Posting(models.Model):
    """A current document bears a token: `kind:facet:value`, and `kind:` always.

    Pages are found here without touching a document: each index holds all that a list
    compares, in the order in which it is read.
    """

    pk = models.CompositePrimaryKey("document_id", "token")
    document_id = models.BigIntegerField()
    token = models.TextField()
    object_id = models.BigIntegerField()
    date_earliest = models.DateField(null=True)
    date_latest = models.DateField(null=True)
    by_date = models.GeneratedField(
        expression=Func(
            F("date_earliest"),
            F("object_id"),
            template="((date_earliest - DATE '0001-01-01')::bigint << 41) | object_id",
        ),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
        help_text="Its place in lists by date, as place_by_date says it.",
    )

    objects: models.Manager[Posting] = models.Manager()

    class Meta:
        ordering = ("token", "object_id")
        constraints = [
            models.UniqueConstraint(
                fields=["token", "object_id"],
                include=["document_id", "date_earliest", "date_latest"],
                name="publishing_posting_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["token", "by_date", "object_id"],
                include=["document_id", "date_earliest", "date_latest"],
                name="publishing_posting_by_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.object_id}"


# Of an object's id; the day stands above them.
ID_BITS = 41


def place_by_date(day: dt.date, object_id: int) -> int:
    """Where an object of that first day stands in lists by date.

    One number instead of two columns, so that PostgreSQL, which takes those to be
    independent, knows how many objects bear two tokens.
    """
    within = max(0, min(object_id, (1 << ID_BITS) - 1))
    return (day.toordinal() - 1 << ID_BITS) | within


class Magnitude(models.Model):
    """A number that a document states, as bounds; null where open.

    Of events the estimates of all together by measure, and `origins`, the most
    independent voices behind one estimate; of claims `hearsay`, how many pass it on.
    """

    pk = models.CompositePrimaryKey("document_id", "name")
    document_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    low = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)

    objects: models.Manager[Magnitude] = models.Manager()

    class Meta:
        ordering = ("document_id", "name")
        indexes = [
            models.Index(
                fields=["name", "low"],
                include=["document_id"],
                name="publishing_magnitude_low",
            ),
            models.Index(
                fields=["name", "high"],
                include=["document_id"],
                name="publishing_magnitude_high",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.low}–{self.high}"


class Area(models.Model):
    """Where a document's place lies: a point, a radius, and the box around both.

    Degrees, WGS 84; the box may reach beyond ±180° where it crosses that meridian.
    """

    document_id = models.BigIntegerField(primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_m = models.BigIntegerField()
    south = models.FloatField()
    west = models.FloatField()
    north = models.FloatField()
    east = models.FloatField()

    objects: models.Manager[Area] = models.Manager()

    class Meta:
        ordering = ("document_id",)
        indexes = [
            GistIndex(
                OpClass(
                    Func(
                        Func(F("west"), F("south"), function="point"),
                        Func(F("east"), F("north"), function="point"),
                        function="box",
                        output_field=models.TextField(),
                    ),
                    name="box_ops",
                ),
                name="publishing_area_box",
            )
        ]

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude} ± {self.radius_m} m"


class NameForm(models.Model):
    """A name that a document gives to what it is about, without case and accents."""

    pk = models.CompositePrimaryKey("document_id", "folded")
    document_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    folded = models.TextField()

    objects: models.Manager[NameForm] = models.Manager()

    class Meta:
        ordering = ("document_id", "folded")
        indexes = [
            GinIndex(
                fields=["folded"],
                opclasses=["gin_trgm_ops"],
                name="publishing_nameform_alike",
            )
        ]

    def __str__(self) -> str:
        return self.folded
