from __future__ import annotations

from django.db import models
from django.db.models import Q

from curation.models.proposal import Run
from sources.constraints import not_emptied
from sources.models import Article


class ArticleDigest(models.Model):
    """What is kept of an article to compare it with thousands of others.

    Derived from its text and findings (curation.extraction.pairing.Digest), made anew
    whenever the article is read.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="digest"
    )
    record = models.JSONField(help_text="Words, names, numbers and days.")
    run = models.ForeignKey(
        Run,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The reading that it comes from: what is new to a worker.",
    )

    class Meta:
        ordering = ("article",)
        constraints = [
            models.CheckConstraint(
                name="curation_articledigest_has_a_version",
                condition=Q(record__has_key="version"),
            )
        ]
        triggers = [not_emptied()]

    def __str__(self) -> str:
        return f"digest of article {self.article_id}"
