"""Every rule that never breaks, checked over all rows.

The database refuses what breaks a rule; this proves that it did, also after a restore
or a repair with the triggers off. Each check is a SELECT of what fails, in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from pgtrigger import registered

from curation.merging.references import KINDS, merge_triggers
from publishing import public
from publishing.beside import differences
from publishing.dependents import stale_triggers
from publishing.estimates import derived_estimates
from publishing.models import Document, Estimate, Kind
from publishing.rendering import fresh_documents
from publishing.verifying_history import untold_changes
from publishing.verifying_merged import left_behind, merged_addresses, merged_rows
from sources.coders import reviewed_by_coder
from sources.models import Curated, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOMS = ("sources", "actors", "events", "curation", "publishing")


@dataclass(frozen=True, slots=True)
class Check:
    """A rule in words, and what breaks it, one sentence each."""

    rule: str
    failures: Callable[[], Iterable[str]]


def _sql(rule: str, sql: str) -> Check:
    def failures() -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            for (failure,) in cursor.fetchall():
                yield failure

    return Check(rule, failures)


def _quotes(table: str) -> Check:
    return _sql(
        f"Each quote in {table} is the text of its article",
        f"""
        SELECT format('%s %s: “%s” is not what stands at %s–%s of article %s',
                      '{table}', q.id, q.quote, q.start, q."end", q.article_id)
        FROM {table} q JOIN sources_article a ON a.id = q.article_id
        WHERE substr(a.text, q.start + 1, q."end" - q.start) IS DISTINCT FROM q.quote
        ORDER BY q.id
        """,
    )


def _no_circle(table: str, child: str, parent: str, where: str = "true") -> Check:
    return _sql(
        f"No row of {table} contains itself",
        f"""
        WITH RECURSIVE up(start, at) AS (
            SELECT {child}, {parent} FROM {table} WHERE {parent} IS NOT NULL AND {where}
            UNION
            SELECT up.start, t.{parent} FROM up JOIN {table} t ON t.{child} = up.at
            WHERE t.{parent} IS NOT NULL AND {where}
        )
        SELECT DISTINCT format('{table}: %s contains itself', start)
        FROM up WHERE start = at
        """,
    )


def _unproved() -> Iterator[str]:
    """Published rows that no public claim proves: they stay invisible."""
    for visible, what in (
        (public.claims(), "no evidence in a published article"),
        (public.events(), "no published claim about it"),
        (public.relations(), "no published claim about it, or an unpublished actor"),
        (public.participations(), "no published claim that says so"),
    ):
        model = visible.model
        hidden = model.objects.filter(status=Status.PUBLISHED).exclude(
            Exists(visible.filter(pk=OuterRef("pk")))
        )
        for row in hidden.exclude(left_behind(model)).order_by("pk"):
            yield f"{model._meta.verbose_name} {row.pk} “{row}” is published: {what}"


def _stale_documents() -> Iterator[str]:
    """Documents that are not what their rows say now."""
    for kind in Kind:
        fresh, parameters = fresh_documents(kind)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT format('%%s %%s: %%s', %s, coalesce(f.object_id, d.object_id),
                    CASE WHEN f.object_id IS NULL THEN 'still public'
                         WHEN d.object_id IS NULL THEN 'not rendered yet'
                         ELSE 'rendered from an earlier state' END)
                FROM ({fresh}) AS f
                FULL JOIN (SELECT object_id, body FROM publishing_document
                           WHERE kind = %s AND valid_to IS NULL AND NOT gone) AS d
                  USING (object_id)
                WHERE f.body IS DISTINCT FROM d.body
                """,
                [kind.value, *parameters, kind.value],
            )
            for (failure,) in cursor.fetchall():
                yield failure


def _estimates() -> Iterator[str]:
    """Stored estimates that their claims do not give."""
    wanted = {
        (row.event_id, row.measure, row.group): _bounds(row)
        for row in derived_estimates(list(public.events().values_list("pk", flat=True)))
    }
    stored = {
        (row.event_id, row.measure, row.group): _bounds(row)
        for row in Estimate.objects.filter(
            event_id__in=public.events().values("pk")
        ).iterator()
    }
    for key in sorted(wanted.keys() | stored.keys()):
        if wanted.get(key) != stored.get(key):
            yield (
                f"event {key[0]}, {key[1]}/{key[2]}: stored {stored.get(key)}, "
                f"its claims give {wanted.get(key)}"
            )


def _bounds(row: Estimate) -> tuple[Any, ...]:
    return row.low, row.best, row.high, row.verdict, sorted(row.claims)


def _missing_triggers() -> Iterator[str]:
    """Rules of the models whose trigger is not there, or is switched off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
        working = set(cursor.fetchall())
    for model, trigger in registered():
        table = model._meta.db_table
        if (trigger.get_pgid(model), table) not in working:
            yield f"{table}: trigger {trigger.name} is missing or switched off"
    for table, names in chain(stale_triggers().items(), merge_triggers().items()):
        for name in sorted(names):
            if (name, table) not in working:
                yield f"{table}: trigger {name} is missing or switched off"


def _ignored_triggers() -> Iterator[str]:
    """Whether a setting can switch rules off (publishing's migration 0004)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{any}', true)")
        cursor.execute("SELECT public._pgtrigger_should_ignore('any')")
        ignored = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
    if ignored:
        yield "pgtrigger.ignore switches rules off: migration 0004 is undone"


def _missing_constraints() -> Iterator[str]:
    """Constraints of the models that the database lacks or has not validated."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE convalidated"
            " UNION SELECT indexname FROM pg_indexes"
        )
        valid = {name for (name,) in cursor.fetchall()}
    for model in apps.get_models():
        if model._meta.app_label in ROOMS:
            for constraint in model._meta.constraints:
                if constraint.name not in valid:
                    yield f"{model._meta.db_table}: {constraint.name} is missing"


def _machine_rows() -> Iterator[str]:
    """Public rows that were published by no person."""
    for model in _curated():
        published = model.objects.filter(status=Status.PUBLISHED)
        for pk in published.filter(history__isnull=True).values_list("pk", flat=True):
            yield f"{model._meta.db_table} {pk} is published and has no history"


def _own_reviews() -> Iterator[str]:
    """Rows that stand on a review by the person who coded them."""
    for model in _curated():
        yield from reviewed_by_coder(model)


def _curated() -> Iterator[type[Curated]]:
    for model in apps.get_models():
        if issubclass(model, Curated) and model._meta.app_label in ROOMS:
            yield model


CHECKS: tuple[Check, ...] = (
    Check("Every rule's trigger is in place", _missing_triggers),
    Check("No setting switches a rule off", _ignored_triggers),
    Check("Every rule's constraint is in place", _missing_constraints),
    _quotes("events_evidence"),
    _quotes("actors_mention"),
    _quotes("curation_omission"),
    _quotes("curation_proposal"),
    _sql(
        "Each further span of a proposal is the text of its article",
        """
        SELECT format('proposal %s: %s', p.id, s.value)
        FROM curation_proposal p JOIN sources_article a ON a.id = p.article_id
        CROSS JOIN LATERAL jsonb_array_elements(p.spans) s
        WHERE CASE WHEN s.value->>'start' ~ '^[0-9]{1,9}$' THEN
                  substr(a.text, (s.value->>'start')::int + 1,
                         char_length(s.value->>'text')) = s.value->>'text'
              END IS NOT TRUE
        ORDER BY p.id
        """,
    ),
    _sql(
        "Every run read the text of its article and found proposals of its own",
        """
        SELECT format('run %s read another text than that of article %s', r.id, a.id)
        FROM curation_run r JOIN sources_article a ON a.id = r.article_id
        WHERE r.text_sha256 <> a.sha256
        UNION ALL
        SELECT format('sighting %s joins run %s and proposal %s', s.id, r.id, p.id)
        FROM curation_sighting s JOIN curation_run r ON r.id = s.run_id
        JOIN curation_proposal p ON p.id = s.proposal_id
        WHERE (r.article_id, r.extractor) <> (p.article_id, p.extractor)
        """,
    ),
    _sql(
        "Every decision is undone before the next is taken",
        """
        SELECT format('judgement %s follows %s', j.id, b.id)
        FROM curation_judgement j JOIN curation_judgement b ON b.id = j.supersedes_id
        WHERE j.proposal_id <> b.proposal_id
           OR (b.verdict = 'undone') = (j.verdict = 'undone')
        ORDER BY j.id
        """,
    ),
    _sql(
        "Every claim has evidence",
        """
        SELECT format('claim %s (%s) has no evidence', c.id, c.slug)
        FROM events_claim c WHERE NOT EXISTS
            (SELECT FROM events_evidence e WHERE e.claim_id = c.id) ORDER BY c.id
        """,
    ),
    _sql(
        "Every figure's words stand in its evidence",
        """
        SELECT format('claim %s (%s): “%s” stands in none of its quotes',
                      c.id, c.slug, c.figure_text)
        FROM events_claim c WHERE c.figure_text <> '' AND NOT EXISTS
            (SELECT FROM events_evidence e WHERE e.claim_id = c.id
                AND position(c.figure_text IN e.quote) > 0) ORDER BY c.id
        """,
    ),
    _sql(
        "Every article's hash is that of its text",
        """
        SELECT format('article %s: sha256 is not that of its text', id)
        FROM sources_article
        WHERE sha256 <> encode(sha256(convert_to(text, 'UTF8')), 'hex') ORDER BY id
        """,
    ),
    _sql(
        "Every span lies within its text",
        """
        SELECT format('span %s ends after the text of article %s', s.id, a.id)
        FROM sources_span s JOIN sources_article a ON a.id = s.article_id
        WHERE s."end" > char_length(a.text) ORDER BY s.id
        """,
    ),
    _no_circle(
        "actors_relation",
        "subject_id",
        "object_id",
        "kind_id = 'relation-kind/part_of' AND status NOT IN ('rejected', 'retracted')",
    ),
    _no_circle("events_place", "id", "parent_id"),
    _no_circle("events_claim", "id", "part_of_id"),
    *(
        _no_circle(
            "curation_merge", f"{kind}_id", f"{kind}_into_id", "undone_at IS NULL"
        )
        for kind in KINDS
    ),
    Check("What was merged is out of use", merged_rows),
    _sql(
        "No person is part of a person",
        """
        SELECT format('relation %s (%s)', r.id, r.slug) FROM actors_relation r
        JOIN actors_actor s ON s.id = r.subject_id
        JOIN actors_actor o ON o.id = r.object_id
        WHERE r.kind_id = 'relation-kind/part_of'
          AND r.status NOT IN ('rejected', 'retracted')
          AND s.kind_id = 'actor-kind/person' AND o.kind_id = 'actor-kind/person'
        ORDER BY r.id
        """,
    ),
    Check("Every published row has a history", _machine_rows),
    Check("Every row is what its history says last", untold_changes),
    Check("No row was reviewed by the person who coded it", _own_reviews),
    Check("Whatever is published is proved", _unproved),
    Check("Every estimate is what its claims give", _estimates),
    _sql(
        "Every document's hash is that of its body",
        """
        SELECT format('document %s (%s %s)', id, kind, object_id)
        FROM publishing_document
        WHERE sha256 <> encode(sha256(convert_to(body, 'UTF8')), 'hex') ORDER BY id
        """,
    ),
    Check("What stands beside a document is what it says", differences),
    Check("What was merged leads to what stays", merged_addresses),
    Check("No document is stale, and nothing unpublished is public", _stale_documents),
)


def counted() -> str:
    """How much there was to check, in words."""
    current = Document.objects.current().count()
    return f"{current} current documents"
