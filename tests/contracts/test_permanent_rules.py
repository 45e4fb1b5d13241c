"""Attempts to take back, rename or empty what is kept, with raw SQL, in every table."""

from __future__ import annotations

import pytest

from tests.rules import allowed, delete, factory_of, refused, sql, update

pytestmark = pytest.mark.django_db

ONCE_PUBLIC = [
    "sources_outlet:stays_once_public",
    "sources_origin:stays_once_public",
    "sources_article:stays_once_public",
    "actors_actor:stays_once_public",
    "actors_alias:stays_once_public",
    "actors_mention:stays_once_public",
    "actors_relation:stays_once_public",
    "events_place:stays_once_public",
    "events_event:stays_once_public",
    "events_participation:stays_once_public",
    "events_claim:stays_once_public",
]
NEVER_A_DRAFT = [
    "sources_outlet:never_a_draft_again",
    "sources_origin:never_a_draft_again",
    "sources_article:never_a_draft_again",
    "actors_actor:never_a_draft_again",
    "actors_alias:never_a_draft_again",
    "actors_mention:never_a_draft_again",
    "actors_relation:never_a_draft_again",
    "events_place:never_a_draft_again",
    "events_event:never_a_draft_again",
    "events_participation:never_a_draft_again",
    "events_claim:never_a_draft_again",
]
SAME_ID = [
    "sources_outlet:id_never_changes",
    "sources_origin:id_never_changes",
    "sources_article:id_never_changes",
    "actors_actor:id_never_changes",
    "actors_alias:id_never_changes",
    "actors_mention:id_never_changes",
    "actors_relation:id_never_changes",
    "events_place:id_never_changes",
    "events_event:id_never_changes",
    "events_participation:id_never_changes",
    "events_claim:id_never_changes",
]
KEYED = [
    "sources_outlet:id_never_changes",
    "sources_origin:id_never_changes",
    "actors_actor:id_never_changes",
    "actors_relation:id_never_changes",
    "events_place:id_never_changes",
    "events_event:id_never_changes",
    "events_claim:id_never_changes",
]
NOT_EMPTIED = [
    "sources_outlet:not_emptied",
    "sources_origin:not_emptied",
    "sources_article:not_emptied",
    "actors_actor:not_emptied",
    "actors_alias:not_emptied",
    "actors_mention:not_emptied",
    "actors_relation:not_emptied",
    "events_place:not_emptied",
    "events_event:not_emptied",
    "events_participation:not_emptied",
    "events_claim:not_emptied",
    "events_attribution:not_emptied",
    "events_support:not_emptied",
    "events_placename:not_emptied",
    "events_placeidentifier:not_emptied",
    "events_eventidentifier:not_emptied",
    "actors_actoridentifier:not_emptied",
    "sources_span:not_emptied",
    "sources_term:not_emptied",
    "curation_omission:not_emptied",
    "events_evidence:not_emptied",
    "publishing_document:not_emptied",
]


def row_for(rule, **columns):
    """A row of the table that `rule` stands on."""
    return factory_of(rule.partition(":")[0])(**columns)


@pytest.mark.parametrize("rule", ONCE_PUBLIC)
@pytest.mark.parametrize("status", ["published", "retracted"])
def test_what_was_public_is_not_deleted(rule, status):
    public = row_for(rule, status=status)
    with refused(rule):
        delete(public)
    with refused(rule):
        sql(f"DELETE FROM {public._meta.db_table}")
    draft = row_for(rule, status="reviewed")
    with allowed():
        if rule.startswith("events_claim"):
            sql("DELETE FROM events_evidence WHERE claim_id = %s", draft.pk)
        delete(draft)


@pytest.mark.parametrize("rule", NEVER_A_DRAFT)
@pytest.mark.parametrize("status", ["published", "retracted"])
def test_what_was_public_does_not_become_a_draft(rule, status):
    public = row_for(rule, status=status)
    for before in ("draft", "coded", "reviewed", "rejected"):
        with refused(rule):
            update(public, status=before)
    table = public._meta.db_table
    with refused(rule):
        sql(
            f"MERGE INTO {table} t USING (VALUES (%s)) AS v(id) ON t.id = v.id"
            " WHEN MATCHED THEN UPDATE SET status = 'draft'",
            public.pk,
        )
    for after in ("retracted", "published"):
        with allowed():
            update(public, status=after)
    with allowed():
        update(row_for(rule, status="reviewed"), status="draft")


@pytest.mark.parametrize("rule", SAME_ID)
@pytest.mark.parametrize("status", ["draft", "published"])
def test_an_id_never_changes(rule, status):
    row, other = (row_for(rule, status=status) for _ in range(2))
    table = row._meta.db_table
    with refused(rule):
        update(row, id=row.pk + 1_000)
    with refused(rule):  # an exchange
        ids = (row.pk + other.pk, row.pk, other.pk)
        sql(f"UPDATE {table} SET id = %s - id WHERE id IN (%s, %s)", *ids)
    with allowed():
        update(row, id=row.pk, status="published")


@pytest.mark.parametrize("rule", KEYED)
@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_slug_never_changes(rule, status):
    row = row_for(rule, status=status)
    with refused(rule):
        update(row, slug="another")
    with allowed():
        update(row, slug=row.slug)


@pytest.mark.parametrize("rule", NOT_EMPTIED)
@pytest.mark.parametrize("how", ["CASCADE", "RESTART IDENTITY CASCADE"])
def test_no_table_is_emptied(rule, how):
    with refused(rule):
        sql(f"TRUNCATE {rule.partition(':')[0]} {how}")
