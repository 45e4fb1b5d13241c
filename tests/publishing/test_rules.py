"""Attempts to break the rules of `publishing` with raw SQL."""

from __future__ import annotations

import datetime as dt
import hashlib
from importlib import import_module

import pytest

from publishing.models import Document, Estimate, Stale
from tests.factories.actors import ActorFactory
from tests.factories.events import ClaimFactory, EvidenceFactory
from tests.factories.sources import ArticleFactory
from tests.rules import (
    allowed,
    copy,
    delete,
    factory_of,
    full_row_of,
    insert,
    insert_like,
    refused,
    row_of,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

TABLES = import_module("publishing.migrations.0003_stale_triggers").TABLES
NOW = dt.datetime(2021, 9, 1, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def document():
    """The current version of a document."""
    body = '{"name": "Kabul"}'
    return Document.objects.create(
        kind="place",
        object_id=1,
        slug="kabul",
        version=1,
        valid_from=NOW,
        sha256=sha256(body),
        body=body,
    )


# --- The log of documents -----------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"body": "{}"},
        {"sha256": "0" * 64},
        {"kind": "event"},
        {"object_id": 2},
        {"version": 2},
        {"gone": True, "body": ""},
        {"valid_from": NOW - dt.timedelta(days=1)},
        {"id": 0},
        {"slug": "herat"},
        {"facets": ["country:IRN"]},
        {"date_earliest": "2021-08-26"},
        {"date_latest": "2021-08-26"},
        {"search": "herat"},
        {"valid_to": None},
    ],
)
def test_a_version_never_changes(document, change):
    """The trigger publishing_document:versions_never_change."""
    rule = "publishing_document_versions_never_change"
    with refused(rule):
        update(document, **change)
    if "valid_to" not in change:
        with refused(rule):
            update(document, **{"valid_to": LATER} | change)
    with allowed():
        update(document, valid_to=LATER)
    with refused(rule):
        update(document, **{"valid_to": LATER} | change)


@pytest.mark.parametrize("rule", ["publishing_document:log_only_grows"])
def test_no_version_is_deleted(document, rule):
    with refused(rule):
        delete(document)
    with allowed():
        update(document, valid_to=LATER)
    with refused(rule):
        delete(document)


def test_one_version_is_current(document):
    with refused("publishing_document_one_current"):
        insert_like(document, version=2)
    with allowed():
        update(document, valid_to=LATER)
        insert_like(document, version=2, valid_from=LATER)
    with refused("publishing_document_version_once"):
        insert_like(document, version=2, valid_to=LATER)


def test_what_is_gone_has_no_body_and_only_that(document):
    nothing = sha256("")
    with refused("publishing_document_body_iff_not_gone"):
        insert_like(document, object_id=2, gone=True)
    with refused("publishing_document_body_iff_not_gone"):
        insert_like(document, object_id=2, body="", sha256=nothing)
    with allowed():
        insert_like(document, object_id=2, gone=True, body="", sha256=nothing)


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("publishing_document_kind_is_known", {"kind": "mention"}),
        ("publishing_document_kind_is_known", {"kind": ""}),
        ("publishing_document_version_from_1", {"version": 0}),
        ("publishing_document_sha256_is_of_body", {"sha256": "0" * 64}),
        ("publishing_document_sha256_is_of_body", {"body": "{}"}),
        ("publishing_document_sha256_is_of_body", {"gone": True, "body": ""}),
    ],
)
def test_a_document_is_what_it_says(document, wrong, rule):
    with refused(rule):
        insert_like(document, **{"object_id": 2} | wrong)
    with refused(rule):
        copy("publishing_document", row_of(document) | {"object_id": 2} | wrong)
    with allowed():
        insert_like(document, object_id=2)


@pytest.mark.parametrize(
    "body", ["Kabul", "[]", '[{"name": "Kabul"}]', '"{}"', "null", "1", "{", "{} {}"]
)
def test_a_body_is_a_json_object(document, body):
    with refused("publishing_document_body_is_json"):
        insert_like(document, object_id=2, body=body, sha256=sha256(body))
    with allowed():
        insert_like(document, object_id=2, body="{}", sha256=sha256("{}"))


def test_versions_follow_each_other_in_time(document):
    with refused("publishing_document_valid_in_order"):
        update(document, valid_to=NOW - dt.timedelta(seconds=1))
    with allowed():
        update(document, valid_to=NOW)


def test_an_event_has_one_estimate_of_a_kind():
    columns = {"event_id": 1, "measure": "killed", "group": "all", "position": 0}
    columns |= {"verdict": "single_source", "origins": 1}
    columns |= dict.fromkeys(("claims", "low_claims", "high_claims"), [])
    estimate = Estimate.objects.create(**columns)
    with refused("publishing_estimate_once"):
        insert_like(estimate, conflicts="[]")
    with allowed():
        insert_like(estimate, conflicts="[]", group="civilians")


# --- Whatever is written is noted as stale ------------------------------------


def noted():
    """What has been noted since the last call."""
    found = {(s.kind, s.object_id) for s in Stale.objects.all()}
    sql("DELETE FROM publishing_stale")
    return found


@pytest.mark.parametrize(
    ("table", "kind", "column"), [row for row in TABLES if row[0] != "sources_term"]
)
def test_raw_sql_is_noted(table, kind, column):
    row = factory_of(table)()
    values = full_row_of(row)
    if values[column] is None:  # a claim names an event or a relation, not always
        name = column.removesuffix("_id")
        owner = type(row)._meta.get_field(name).related_model._meta.db_table
        values[column] = factory_of(owner)().pk
        update(row, **{column: values[column]})
    owner = (kind, values[column])
    noted()
    update(row, **{column: values[column]})
    assert owner in noted()
    delete(row)
    assert owner in noted()
    insert(table, **values)
    assert owner in noted()
    delete(row)
    noted()
    copy(table, values)
    assert owner in noted()


def test_a_changed_code_is_noted():
    sql("DELETE FROM publishing_stale")
    sql("UPDATE sources_term SET parent_id = NULL WHERE id = 'group/civilians'")
    assert {kind for kind, _ in noted()} == {"term"}


def test_what_moves_is_noted_where_it_was_and_where_it_is():
    proof, other = EvidenceFactory(), ClaimFactory()
    article = ArticleFactory(text=proof.article.text + " ")
    noted()
    update(proof, claim_id=other.pk, article_id=article.pk)
    assert noted() == {
        ("claim", proof.claim_id),
        ("claim", other.pk),
        ("article", proof.article_id),
        ("article", article.pk),
    }
    update(proof, claim_id=proof.claim_id)


def test_many_rows_are_noted_once_each():
    actors = [ActorFactory() for _ in range(3)]
    noted()
    sql("UPDATE actors_actor SET name = name || '!'")
    assert Stale.objects.count() == len(actors)


def test_what_is_rolled_back_is_not_noted():
    actor = ActorFactory()
    noted()
    with refused("actors_actor_status_is_known"):
        update(actor, name="Another")
        update(actor, status="?")
    assert noted() == set()


def test_an_object_bears_a_token_once():
    row = {"document_id": 1, "token": "event:", "object_id": 1}
    with allowed():
        copy("publishing_posting", row)
    with refused("publishing_posting_once"):
        copy("publishing_posting", {**row, "document_id": 2})
