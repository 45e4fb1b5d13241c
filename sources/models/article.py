from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from sources.constraints import (
    choice_constraint,
    date_constraints,
    not_emptied,
    permanent,
    quote_constraints,
    sha256_of,
)
from sources.dates import Basis, Precision
from sources.indexes import words_index
from sources.models.base import Curated, tracked
from sources.models.outlet import Origin, Outlet


@tracked(exclude=["text"])  # the text never changes; one copy is enough
class Article(Curated):
    """One published text exactly as received.

    `text` never changes; its structure is marked by spans over it. A changed article
    is a new row that `revises` the old one.
    """

    text = models.TextField(help_text="Exactly as received. Never edited.")
    sha256 = models.CharField(
        max_length=64, unique=True, help_text="Of the text in UTF-8."
    )
    title = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=10, default="en", help_text="BCP 47 tag.")
    outlet = models.ForeignKey(
        Outlet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        help_text="Empty unless the text or its address tells.",
    )
    origin = models.ForeignKey(
        Origin, null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    url = models.URLField(max_length=1000, blank=True)
    source_name = models.CharField(
        max_length=300, blank=True, help_text="The file or feed entry it came from."
    )
    received_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1)
    revises = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revised_by",
        help_text="The earlier text of the same article.",
    )
    published_earliest = models.DateField(null=True, blank=True)
    published_latest = models.DateField(null=True, blank=True)
    published_precision = models.CharField(
        max_length=10, choices=[(p, p) for p in Precision], default=Precision.UNKNOWN
    )
    published_basis = models.CharField(
        max_length=10, choices=[(b, b) for b in Basis], blank=True
    )
    published_text = models.CharField(
        max_length=200, blank=True, help_text="The words in the text."
    )
    published_note = models.TextField(blank=True, help_text="Inferred from what.")

    class Meta(Curated.Meta):
        ordering = ("-id",)
        indexes = [
            words_index(
                "sources_article_words", "title", "sha256", "source_name", "url"
            ),
            models.Index("language", name="sources_article_language"),
        ]
        permissions = [  # of every curated model; see sources.services.TRANSITIONS
            ("code", "Can code: from draft to coded"),
            ("review", "Can review what others coded"),
            ("publish", "Can publish and retract"),
        ]
        constraints = [
            *Curated.Meta.constraints,
            *date_constraints("published"),
            models.CheckConstraint(
                name="sources_article_sha256_is_of_text",
                condition=Q(sha256=sha256_of("text")),
            ),
            models.CheckConstraint(
                name="sources_article_text_not_blank",
                condition=Q(text__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="sources_article_revises_another",
                condition=~Q(revises=F("id")) | Q(revises__isnull=True),
            ),
            models.CheckConstraint(
                name="sources_article_first_revision_revises_nothing",
                condition=Q(revision=1, revises__isnull=True)
                | Q(revision__gt=1, revises__isnull=False),
            ),
        ]
        triggers = [
            *permanent(keyed=False),
            pgtrigger.Protect(
                name="text_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__text__df=pgtrigger.F("new__text"))
                | pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256")),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Untitled article {self.pk}"


class SpanKind(models.TextChoices):
    """Parts of an article's text (fixtures/reference/span-kind.yaml)."""

    TITLE = "title"
    DATELINE = "dateline"
    DATE = "date"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    NOISE = "noise"


class Span(models.Model):
    """A part of an article's text: what kind of text stands where."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="spans")
    kind = models.CharField(max_length=10, choices=SpanKind)
    start = models.PositiveIntegerField(help_text="First code point, from 0.")
    end = models.PositiveIntegerField(help_text="The code point after the last.")
    rule = models.CharField(max_length=60, blank=True, help_text="What marked it so.")

    class Meta:
        ordering = ("article", "start", "end", "id")
        constraints = [
            *quote_constraints(),
            choice_constraint("kind", SpanKind.values),
            models.UniqueConstraint(
                "article", "kind", "start", "end", name="sources_span_once"
            ),
        ]
        triggers = [
            not_emptied(),
            *(
                pgtrigger.Trigger(
                    name=f"ends_within_text_on_{name}",
                    level=pgtrigger.Statement,
                    when=pgtrigger.After,
                    operation=operation,
                    referencing=pgtrigger.Referencing(new="new_rows"),
                    declare=[("bad", "record")],
                    func="""
                        SELECT n.article_id, n.start, n."end" INTO bad
                        FROM new_rows n LEFT JOIN public.sources_article a
                          ON a.id = n.article_id
                        WHERE (n."end" <= char_length(a.text)) IS NOT TRUE LIMIT 1;
                        IF FOUND THEN
                            RAISE EXCEPTION
                                'span %–% ends after the text of article %',
                                bad.start, bad."end", bad.article_id
                                USING ERRCODE = 'check_violation',
                                    CONSTRAINT = 'sources_span_ends_within_text';
                        END IF;
                        RETURN NULL;
                    """,
                )
                for name, operation in (
                    ("insert", pgtrigger.Insert),
                    ("update", pgtrigger.Update),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end}"
