"""The log of documents: all that the public side ever reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from publishing.prepared import rows_of
from sources.constraints import not_emptied, sha256_of
from sources.numbers import number_of

if TYPE_CHECKING:
    import datetime as dt


class Kind(models.TextChoices):
    """Kinds of published object."""

    OUTLET = "outlet"
    ARTICLE = "article"
    ACTOR = "actor"
    RELATION = "relation"
    PLACE = "place"
    EVENT = "event"
    CLAIM = "claim"


def _is_json_object(column: str) -> Func:
    return Func(
        F(column),
        template="(%(expressions)s IS JSON OBJECT)",
        output_field=models.BooleanField(),
    )


def _says_where_it_went(column: str) -> Func:
    return Func(
        F(column),
        template="(CASE WHEN %(expressions)s IS JSON OBJECT THEN"
        " json_typeof(%(expressions)s::json -> 'merged_into') = 'object' END)",
        output_field=models.BooleanField(),
    )


class DocumentQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """What is public now."""
        return self.filter(valid_to__isnull=True, gone=False)

    def counted(self) -> dict[str, int]:
        """How many of each kind are public now."""
        kinds = self.current().order_by().values_list("kind")
        # Of a column of the index, which then is all that is read.
        found = dict(kinds.annotate(models.Count("object_id")))
        return {kind.value: found.get(kind, 0) for kind in Kind}

    def at(self, moment: dt.datetime | None) -> Self:
        """What was public at that moment; null is now."""
        if moment is None:
            return self.current()
        open_or_later = Q(valid_to__isnull=True) | Q(valid_to__gt=moment)
        return self.filter(open_or_later, valid_from__lte=moment, gone=False)

    def of(self, kind: Kind) -> Self:
        return self.filter(kind=kind)

    def last_version(
        self, kind: Kind, key: str, moment: dt.datetime | None = None
    ) -> Version | None:
        """The version now, or at that moment, of the object with that key or id.

        It may be `gone`; None for an object that was not public by then. A key goes
        before an id of the same look.
        """
        if "\x00" in key:  # which PostgreSQL cannot even be asked for
            return None
        number = number_of(key)
        # Not through the ORM, which takes longer than PostgreSQL takes to answer.
        if moment is None:
            found = rows_of(_NOW[kind], {"key": key, "id": number})
        else:
            values = {"key": key, "id": number, "moment": moment}
            found = rows_of(_THEN[kind], values)
        return Version(*found[0]) if found else None


class Version(NamedTuple):
    """One version of an object; a row of the log, without what makes a model of it."""

    kind: str
    object_id: int
    gone: bool
    sha256: str
    body: str

    @property
    def merged_into(self) -> dict[str, Any] | None:
        """Where a merged object went: id, slug, url and name; None for any other."""
        if not (self.gone and self.body):
            return None
        return json.loads(self.body)["merged_into"]  # type: ignore[no-any-return]


def _version_of(kind: Kind, valid: str) -> str:
    return f"""
        SELECT {", ".join(Version._fields)} FROM publishing_document d
        WHERE d.kind = '{kind.value}' AND {valid}
          AND (d.slug = %(key)s OR d.object_id = %(id)s::bigint)
        ORDER BY d.slug = %(key)s DESC LIMIT 1
    """


_NOW = {kind: _version_of(kind, "d.valid_to IS NULL") for kind in Kind}
_THEN = {
    kind: _version_of(
        kind,
        "d.valid_from <= %(moment)s AND coalesce(d.valid_to > %(moment)s, true)",
    )
    for kind in Kind
}


class Document(models.Model):
    """One version of one published object, as one JSON text.

    The log only grows; its order is the order of `id`. A version is current while
    `valid_to` is null. An object that leaves the public gets a last version that is
    `gone` and has no body; one that was merged into another, a body that says where it
    went. The columns after `body` are derived from it, for filters.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    object_id = models.BigIntegerField()
    slug = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    gone = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64, help_text="Of the body in UTF-8.")
    body = models.TextField(help_text="The JSON text as it is sent; empty when gone.")
    facets = ArrayField(
        models.TextField(), default=list, help_text="`filter:value` tokens of the body."
    )
    date_earliest = models.DateField(null=True)
    date_latest = models.DateField(null=True)
    search = SearchVectorField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                "kind", "object_id", "version", name="publishing_document_version_once"
            ),
            models.UniqueConstraint(
                "kind",
                "object_id",
                name="publishing_document_one_current",
                condition=Q(valid_to__isnull=True),
            ),
            models.CheckConstraint(
                name="publishing_document_body_iff_not_gone",
                condition=Q(gone=True, body="")
                | (Q(gone=False) & ~Q(body=""))
                | Q(gone=True) & Q(Coalesce(_says_where_it_went("body"), False)),
            ),
            models.CheckConstraint(
                name="publishing_document_kind_is_known",
                condition=Q(kind__in=Kind.values),
            ),
            models.CheckConstraint(
                name="publishing_document_version_from_1", condition=Q(version__gte=1)
            ),
            models.CheckConstraint(
                name="publishing_document_sha256_is_of_body",
                condition=Q(sha256=sha256_of("body")),
            ),
            models.CheckConstraint(
                name="publishing_document_body_is_json",
                condition=Q(gone=True) | Q(_is_json_object("body")),
            ),
            models.CheckConstraint(
                name="publishing_document_valid_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(
                "kind",
                "object_id",
                name="publishing_document_current",
                condition=Q(valid_to__isnull=True, gone=False),
            ),
            models.Index(
                "kind",
                "slug",
                name="publishing_document_slug",
                condition=Q(valid_to__isnull=True),
            ),
            models.Index(
                "kind",
                "date_earliest",
                "object_id",
                name="publishing_document_dates",
                condition=Q(valid_to__isnull=True, gone=False),
            ),
            # Where a merged object went, by its key or id, now or then.
            models.Index(
                "kind",
                "slug",
                name="publishing_document_merged",
                condition=Q(gone=True) & ~Q(body=""),
            ),
            models.Index(
                "kind",
                "object_id",
                name="publishing_document_merged_id",
                condition=Q(gone=True) & ~Q(body=""),
            ),
            # Of every version: the past is asked the same questions.
            GinIndex(fields=["facets"], name="publishing_document_tokens"),
            GinIndex(fields=["search"], name="publishing_document_words"),
            models.Index(
                "kind",
                "id",
                name="publishing_document_latest",
                condition=Q(valid_to__isnull=True, gone=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="log_only_grows", operation=pgtrigger.Delete),
            not_emptied(),
            # Before the first id is taken: see publishing.changes. Who renders has this
            # lock already; whoever else writes waits for its turn like them.
            pgtrigger.Trigger(
                name="one_after_the_other",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="versions_never_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.valid_to IS NOT NULL OR NEW.valid_to IS NULL
                       OR to_jsonb(OLD) - 'valid_to'
                          IS DISTINCT FROM to_jsonb(NEW) - 'valid_to' THEN
                        RAISE EXCEPTION 'a version of a document never changes (%)',
                            OLD.id USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'publishing_document_versions_never_change';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} v{self.version}"


class Estimate(models.Model):
    """What the published claims about one event, measure and group allow together.

    Derived by events.estimates when documents are rendered; never typed in.
    """

    event_id = models.BigIntegerField(db_index=True)
    measure = models.CharField(max_length=80)
    group = models.CharField(max_length=80, blank=True)
    low = models.BigIntegerField(null=True)
    best = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=16)
    origins = models.PositiveIntegerField()
    claims = ArrayField(models.BigIntegerField())
    low_claims = ArrayField(models.BigIntegerField())
    high_claims = ArrayField(models.BigIntegerField())
    conflicts = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("event_id", "position")
        constraints = [
            models.UniqueConstraint(
                "event_id", "measure", "group", name="publishing_estimate_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}/{self.group}: {self.low}–{self.high} {self.verdict}"
