from __future__ import annotations

from django.db import models

from sources.constraints import (
    filled_constraint,
    permanent,
    slug_constraint,
    term_constraint,
)
from sources.models.base import Curated, tracked
from sources.models.term import Term


@tracked()
class Outlet(Curated):
    """Who publishes."""

    slug = models.SlugField(
        max_length=100, unique=True, help_text="Its key; never changes."
    )
    name = models.CharField(max_length=200)
    country = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reliability = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Admiralty letter A–E. Empty: cannot be judged (F).",
    )
    url = models.URLField(blank=True)
    note = models.TextField(blank=True)

    class Meta(Curated.Meta):
        ordering = ("name", "id")
        constraints = [
            *Curated.Meta.constraints,
            slug_constraint(),
            filled_constraint("name"),
            term_constraint("country", "country"),
            term_constraint("reliability", "admiralty-reliability"),
        ]
        triggers = permanent()

    def __str__(self) -> str:
        return self.name


@tracked()
class Origin(Curated):
    """The one occasion or wire copy behind several articles.

    Articles of one origin repeat each other; they do not corroborate each other.
    """

    slug = models.SlugField(
        max_length=100, unique=True, help_text="Its key; never changes."
    )
    name = models.CharField(max_length=200)
    kind = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, help_text="How it is known.")

    class Meta(Curated.Meta):
        ordering = ("name", "id")
        constraints = [
            *Curated.Meta.constraints,
            slug_constraint(),
            filled_constraint("name"),
            term_constraint("kind", "origin-kind"),
        ]
        triggers = permanent()

    def __str__(self) -> str:
        return self.name
