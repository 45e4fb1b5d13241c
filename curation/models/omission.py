from __future__ import annotations

from django.db import models

from sources.constraints import (
    filled_constraint,
    not_emptied,
    quote_constraints,
    quote_triggers,
)
from sources.models import Article, tracked


@tracked()
class Omission(models.Model):
    """A passage deliberately left without a claim, with why.

    Keeps "not worth coding" apart from "nobody has read it yet" (see coverage).
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="omissions"
    )
    start = models.PositiveIntegerField(help_text="First code point, from 0.")
    end = models.PositiveIntegerField(help_text="The code point after the last.")
    quote = models.TextField(help_text="The words, exactly as they stand.")
    reason = models.CharField(max_length=300, help_text="Why nothing is coded here.")

    class Meta:
        ordering = ("article", "start", "id")
        constraints = [
            *quote_constraints(),
            models.UniqueConstraint(
                "article", "start", "end", name="curation_omission_once"
            ),
            filled_constraint("reason"),
        ]
        triggers = [*quote_triggers(), not_emptied()]

    def __str__(self) -> str:
        return f"“{self.quote}”: {self.reason}"
