from __future__ import annotations

from django.db import models

from sources.models.term import Term


class Identifier(models.Model):
    """What another database calls the same thing (Wikidata, UCDP, GeoNames …).

    Abstract: each room keeps the identifiers of its own objects.
    """

    scheme = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.scheme_id.partition('/')[2]}:{self.value}"
