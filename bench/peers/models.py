"""Tables as a plain project would have them; bench/peers/tables.sql makes them."""

from __future__ import annotations

from django.db import models


class Row(models.Model):
    class Meta:
        abstract = True
        managed = False
        app_label = "peers"


class Actor(Row):
    slug = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)

    class Meta(Row.Meta):
        db_table = "peer_actor"


class Place(Row):
    slug = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=3)
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_m = models.BigIntegerField()

    class Meta(Row.Meta):
        db_table = "peer_place"


class Article(Row):
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    outlet = models.CharField(max_length=100)

    class Meta(Row.Meta):
        db_table = "peer_article"


class Event(Row):
    slug = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    summary = models.TextField(null=True)
    type = models.CharField(max_length=40)
    mode = models.CharField(max_length=40, null=True)
    modality = models.CharField(max_length=40)
    date_earliest = models.DateField()
    date_latest = models.DateField()
    date_precision = models.CharField(max_length=20)
    date_basis = models.CharField(max_length=20)
    place = models.ForeignKey(Place, models.PROTECT)
    place_precision = models.CharField(max_length=20)
    article = models.ForeignKey(Article, models.PROTECT)

    class Meta(Row.Meta):
        db_table = "peer_event"


class Participation(Row):
    event = models.ForeignKey(Event, models.CASCADE, related_name="participants")
    actor = models.ForeignKey(Actor, models.PROTECT)
    role = models.CharField(max_length=40)

    class Meta(Row.Meta):
        db_table = "peer_participation"


class Claim(Row):
    event = models.ForeignKey(Event, models.CASCADE, related_name="claims")
    slug = models.CharField(max_length=100)
    measure = models.CharField(max_length=40)
    group = models.CharField(max_length=40)
    low = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)
    quantifier = models.CharField(max_length=20)
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()

    class Meta(Row.Meta):
        db_table = "peer_claim"
