from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from sources.constraints import (
    choice_constraint,
    filled_constraint,
    in_calendar,
    json_constraint,
    not_emptied,
    quote_constraints,
    quote_triggers,
)
from sources.indexes import words_index
from sources.models import Article


class ProposalKind(models.TextChoices):
    """What a proposal is about; curation.extraction.findings.Kind."""

    STRUCTURE = "structure"
    ACTOR = "actor"
    OFFICE = "office"
    PLACE = "place"
    DATE = "date"
    FIGURE = "figure"
    CLAIM = "claim"
    EVENT = "event"
    PAIR = "pair"


def only_grows() -> list[pgtrigger.Trigger]:
    """Rows are added; they are neither changed nor taken away."""
    return [
        pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update),
        pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
        not_emptied(),
    ]


class Run(models.Model):
    """One reading of one article by one extractor. Kept for ever.

    Two runs of the same extractor, version and configuration over the same text would
    find the same, so there is only one (`digest` is of all these).
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="runs")
    extractor = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    configuration = models.JSONField(
        default=dict, help_text="Model, other extractors' versions, names known."
    )
    text_sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    started_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(help_text="Of this extractor, without the parse.")
    found = models.PositiveIntegerField(help_text="Findings of this run.")
    dropped = models.PositiveIntegerField(
        default=0, help_text="Findings whose quote is not in the text: inventions."
    )

    class Meta:
        ordering = ("-id",)
        # The list of runs names its days.
        indexes = [models.Index("started_at", name="curation_run_began")]
        constraints = [
            filled_constraint("extractor"),
            filled_constraint("version"),
            models.UniqueConstraint(
                "article", "digest", name="curation_run_once_per_configuration"
            ),
            models.CheckConstraint(
                name="curation_run_takes_time",  # NaN is above every number
                condition=Q(seconds__gte=0, seconds__lt=1e9),
            ),
            in_calendar("started_at"),
        ]
        triggers = [
            *only_grows(),
            pgtrigger.Trigger(
                name="read_the_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM public.sources_article a
                        WHERE a.id = NEW.article_id AND a.sha256 = NEW.text_sha256
                    ) THEN
                        RAISE EXCEPTION 'run read another text than that of article %',
                            NEW.article_id USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'curation_run_read_the_text';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extractor} {self.version}"


class ProposalQuerySet(models.QuerySet[Any]):
    """Reads of proposals. `objects` itself is never filtered."""

    def with_judgement(self) -> Self:
        """Adds `verdict`: the one that stands, None where nobody decided yet."""
        from curation.models.judgement import Judgement

        standing = Judgement.objects.standing().filter(proposal=OuterRef("pk"))
        verdict = standing.order_by().values("verdict")[:1]
        return self.annotate(verdict=Subquery(verdict))

    def current(self) -> Self:
        """Those that the latest run of their extractor over their article found.

        Two single values are compared: joined, the database would make all such rows
        before a list takes fifty of them. No run is later than the latest; by "not
        earlier" the planner expects many rows, as there are, where "the same" is few.
        """
        runs = Run.objects.filter(
            article=OuterRef("article"), extractor=OuterRef("extractor")
        )
        sightings = Sighting.objects.filter(proposal=OuterRef("pk"))
        return self.alias(
            latest=Subquery(runs.order_by("-pk").values("pk")[:1]),
            seen=Subquery(sightings.order_by("-run_id").values("run_id")[:1]),
        ).filter(seen__gte=F("latest"))

    def current_or_decided(self) -> Self:
        """Those of the latest runs, and all that a person has decided."""
        from curation.models.judgement import Judgement

        standing = Judgement.objects.standing().filter(proposal=OuterRef("pk"))
        found = self.current().order_by().values("pk")
        return self.filter(Q(pk__in=found) | Exists(standing))

    def undecided(self) -> Self:
        """Those that nobody has decided, or whose decision was undone."""
        from curation.models.judgement import Judgement

        standing = Judgement.objects.standing().filter(proposal=OuterRef("pk"))
        return self.filter(~Exists(standing))


class Proposal(models.Model):
    """What a machine suggests about an article, with the words it rests on.

    It never changes, and no run touches a decided one: a decision is a Judgement.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="proposals"
    )
    kind = models.CharField(max_length=10, choices=ProposalKind)
    start = models.PositiveIntegerField(help_text="First code point, from 0.")
    end = models.PositiveIntegerField(help_text="The code point after the last.")
    quote = models.TextField(help_text="The words, exactly as they stand.")
    spans = models.JSONField(
        default=list,
        blank=True,
        help_text="Further words with their role: cue, speaker, trigger, date …",
    )
    fields = models.JSONField(default=dict, help_text="What is suggested.")
    score = models.FloatField(
        help_text="0 to 1: how often the rule was right where it was measured."
    )
    rule = models.CharField(max_length=100)
    reason = models.TextField(help_text="Why, in words.")
    extractor = models.CharField(max_length=60)
    key = models.CharField(
        max_length=64,
        help_text="Digest of extractor, kind, rule, place and what is suggested.",
    )
    words = models.CharField(
        max_length=64,
        db_index=True,
        help_text="Digest of kind, rule, the words and what is suggested, wherever "
        "they stand: what a rejection is remembered by.",
    )
    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("article", "start", "end", "id")
        permissions = [
            ("decide_proposal", "Can accept, edit and reject proposals"),
            ("decide_all_proposals", "Can accept all of a precise rule at once"),
        ]
        indexes = [
            models.Index("rule", name="curation_proposal_rule"),
            GinIndex(fields=["fields"], name="curation_proposal_fields"),
            words_index("curation_proposal_words", "quote", "rule"),
        ]
        constraints = [
            *quote_constraints(),
            choice_constraint("kind", ProposalKind.values),
            filled_constraint("rule"),
            filled_constraint("reason"),
            models.UniqueConstraint(
                "article", "key", name="curation_proposal_once_per_article"
            ),
            json_constraint("fields", "object"),
            json_constraint("spans", "array"),
            models.CheckConstraint(
                name="curation_proposal_score_is_a_share",
                condition=Q(score__gte=0, score__lte=1),
            ),
        ]
        triggers = [
            *only_grows(),
            *quote_triggers(),
            pgtrigger.Trigger(
                name="spans_are_text",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                declare=[("bad", "record")],
                func="""
                    SELECT n.article_id, s.value INTO bad
                    FROM new_rows n
                    LEFT JOIN public.sources_article a ON a.id = n.article_id
                    CROSS JOIN LATERAL jsonb_array_elements(n.spans) s
                    CROSS JOIN LATERAL (
                        -- Numbers only where they are whole and small enough.
                        SELECT CASE WHEN s.value->>'start' ~ '^[0-9]{1,9}$'
                                    THEN (s.value->>'start')::int END AS first,
                               CASE WHEN s.value->>'end' ~ '^[0-9]{1,9}$'
                                    THEN (s.value->>'end')::int END AS last
                    ) AS at
                    WHERE (jsonb_typeof(s.value) = 'object'
                       AND jsonb_typeof(s.value->'start') = 'number'
                       AND jsonb_typeof(s.value->'end') = 'number'
                       AND jsonb_typeof(s.value->'role') = 'string'
                       AND at.first < at.last
                       AND char_length(s.value->>'text') = at.last - at.first
                       AND substr(a.text, at.first + 1, at.last - at.first)
                           = s.value->>'text') IS NOT TRUE
                    LIMIT 1;
                    IF FOUND THEN
                        RAISE EXCEPTION 'words are not in the text of article %: %',
                            bad.article_id, bad.value
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'curation_proposal_spans_are_text';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: “{self.quote}”"


class Sighting(models.Model):
    """That a run found a proposal: the first time or again."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="sightings")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="sightings"
    )

    class Meta:
        ordering = ("run", "proposal")
        constraints = [
            models.UniqueConstraint(
                "run", "proposal", name="curation_sighting_once_per_run"
            )
        ]
        triggers = [
            *only_grows(),
            pgtrigger.Trigger(
                name="of_one_article",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func="""
                    IF EXISTS (
                        SELECT FROM new_rows n
                        LEFT JOIN public.curation_run r ON r.id = n.run_id
                        LEFT JOIN public.curation_proposal p ON p.id = n.proposal_id
                        WHERE r.id IS NULL OR p.id IS NULL
                           OR (r.article_id, r.extractor)
                              IS DISTINCT FROM (p.article_id, p.extractor)
                    ) THEN
                        RAISE EXCEPTION 'a run finds only what its extractor proposes '
                            'in its own article'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'curation_sighting_of_one_article';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} by {self.run}"
