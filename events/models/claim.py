from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value

from actors.models import Actor, Relation
from events.bounds import Quantifier
from events.models.event import Event
from sources.constraints import (
    choice_constraint,
    filled_constraint,
    not_inside_itself,
    permanent,
    slug_constraint,
    term_constraint,
)
from sources.indexes import words_index
from sources.models import Curated, Term, tracked

# Keys with their numbers as numbers: 003-2 before 003-10. Each number gets leading
# zeros, and of those so many are kept that it has ten digits.
NATURAL = Func(
    Func(
        "slug",
        *(Value(r"(\d+)"), Value(r"0000000000\1"), Value("g")),
        function="regexp_replace",
    ),
    *(Value(r"\d*(\d{10})"), Value(r"\1"), Value("g")),
    function="regexp_replace",
    output_field=models.CharField(),
)


class ClaimKind(models.TextChoices):
    """What sort of thing is claimed (fixtures/reference/claim-kind.yaml)."""

    OCCURRENCE = "occurrence"
    FIGURE = "figure"
    ROLE = "role"
    RELATION = "relation"
    TIME = "time"
    PLACE = "place"
    CAUSE = "cause"
    INTENTION = "intention"
    ATTRIBUTE = "attribute"
    ASSESSMENT = "assessment"


class Voice(models.TextChoices):
    """Whether the article says it, or says that somebody says it."""

    NARRATOR = "narrator"
    ATTRIBUTED = "attributed"


class Modality(models.TextChoices):
    """How the speaker puts it (fixtures/reference/claim-modality.yaml)."""

    ASSERTED = "asserted"
    HINTED = "hinted"
    REPORTED = "reported"
    HYPOTHETICAL = "hypothetical"
    PREDICTED = "predicted"
    DENIED = "denied"


class Polarity(models.TextChoices):
    """Whether the claim says that it is so, or that it is not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


def _bounds_fit_quantifier() -> Q:
    """Which bounds each quantifier has; the rule of events.bounds.check_bounds."""
    low, high = Q(low__isnull=False), Q(high__isnull=False)
    return (
        Q(quantifier__in=["", Quantifier.SUM])
        | Q(quantifier=Quantifier.EXACT, low=F("high")) & low & high
        | Q(quantifier=Quantifier.BETWEEN) & low & high
        | Q(quantifier=Quantifier.ABOUT) & (low & high | ~low & ~high)
        | Q(
            quantifier__in=[Quantifier.MORE_THAN, Quantifier.AT_LEAST, Quantifier.VAGUE]
        )
        & low
        & ~high
        | Q(quantifier__in=[Quantifier.UP_TO, Quantifier.FEWER_THAN, Quantifier.NEARLY])
        & ~low
        & high
    )


@tracked()
class Claim(Curated):
    """Who says what about which event or relation, proved by quotes.

    A figure has integer bounds, null where open: "more than 100" is low 101, high
    null. The database refuses a claim that has no evidence when it commits.
    """

    slug = models.SlugField(
        max_length=100, unique=True, help_text="Its key; never changes."
    )
    kind = models.CharField(max_length=12, choices=ClaimKind)
    statement = models.TextField(help_text="What is claimed, in one plain sentence.")
    voice = models.CharField(max_length=12, choices=Voice, default=Voice.NARRATOR)
    speaker = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims_made",
        help_text="Who says it, at the end of the chain of attribution.",
    )
    speaker_text = models.CharField(
        max_length=300, blank=True, help_text="The words that name the speaker."
    )
    modality = models.CharField(
        max_length=12, choices=Modality, default=Modality.ASSERTED
    )
    polarity = models.CharField(
        max_length=8, choices=Polarity, default=Polarity.POSITIVE
    )
    event = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="The event it is about.",
    )
    relation = models.ForeignKey(
        Relation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="The relation it asserts or, negative, disputes.",
    )
    measure = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who is counted. Empty for things and durations.",
    )
    low = models.BigIntegerField(
        null=True, blank=True, help_text="At least so many. Empty: open."
    )
    high = models.BigIntegerField(
        null=True, blank=True, help_text="At most so many. Empty: open."
    )
    quantifier = models.CharField(
        max_length=12, choices=[(q, q) for q in Quantifier], blank=True
    )
    figure_text = models.CharField(
        max_length=200, blank=True, help_text='The words: "more than 100 people".'
    )
    part_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text="The figure inside which this one is counted.",
    )
    note = models.TextField(blank=True)

    class Meta(Curated.Meta):
        ordering = ("slug",)
        indexes = [
            models.Index(NATURAL, F("id").desc(), name="events_claim_natural"),
            words_index("events_claim_words", "statement", "slug"),
            # The articles whose claims wait, without looking at the claims themselves.
            models.Index("status", "id", name="events_claim_by_state"),
        ]
        constraints = [
            *Curated.Meta.constraints,
            slug_constraint(),
            filled_constraint("statement"),
            choice_constraint("kind", ClaimKind.values),
            choice_constraint("voice", Voice.values),
            choice_constraint("modality", Modality.values),
            choice_constraint("polarity", Polarity.values),
            choice_constraint("quantifier", ["", *Quantifier]),
            term_constraint("measure", "measure"),
            term_constraint("group", "group"),
            models.CheckConstraint(
                name="events_claim_low_before_high",
                condition=Q(high__gte=F("low"))
                | Q(low__isnull=True)
                | Q(high__isnull=True),
                violation_error_message="The low bound lies above the high one.",
            ),
            models.CheckConstraint(
                name="events_claim_no_negative_numbers",
                condition=(Q(low__gte=0) | Q(low__isnull=True))
                & (Q(high__gte=0) | Q(high__isnull=True)),
            ),
            models.CheckConstraint(
                name="events_claim_figure_iff_kind_figure",
                condition=Q(kind=ClaimKind.FIGURE, measure__isnull=False)
                & ~Q(quantifier="")
                | ~Q(kind=ClaimKind.FIGURE)
                & Q(
                    measure=None,
                    group=None,
                    low=None,
                    high=None,
                    quantifier="",
                    figure_text="",
                    part_of=None,
                ),
                violation_error_message=(
                    "A figure needs measure and quantifier; other kinds have none."
                ),
            ),
            models.CheckConstraint(
                name="events_claim_attributed_has_speaker",
                condition=~Q(voice=Voice.ATTRIBUTED)
                | Q(speaker__isnull=False)
                | ~Q(speaker_text=""),
                violation_error_message=(
                    "An attributed claim needs a speaker or the words that name one."
                ),
            ),
            models.CheckConstraint(
                name="events_claim_bounds_fit_quantifier",
                condition=_bounds_fit_quantifier(),
                violation_error_message=(
                    "The bounds do not fit the quantifier: exact has one number as "
                    "both; between has both, about both or none; more than, at least "
                    "and vague have no high one; up to, fewer than and nearly no low "
                    "one."
                ),
            ),
        ]
        triggers = [
            *permanent(),
            not_inside_itself("events_claim", "part_of_id"),
            pgtrigger.Trigger(
                name="has_evidence",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT FROM public.events_claim c WHERE c.id = NEW.id)
                       AND NOT EXISTS (SELECT FROM public.events_evidence e
                                       WHERE e.claim_id = NEW.id) THEN
                        RAISE EXCEPTION 'claim % has no evidence', NEW.slug
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'events_claim_has_evidence';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.statement}"
