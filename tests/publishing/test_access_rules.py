"""Attempts to break the rules of tokens and kept answers, past Django."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.factories.publishing import KeptAnswerFactory, TokenFactory
from tests.rules import allowed, delete, insert_like, refused, sql, update

pytestmark = pytest.mark.django_db

NEW = {"digest": "a" * 64, "name": "another"}
NOW = "2026-11-21T12:00Z"
LONG_AGO = "2020-01-01T00:00Z"


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("publishing_token_name_not_blank", {"name": " "}),
        ("publishing_token_made_by_not_blank", {"made_by": ""}),
        ("publishing_token_made_at_in_calendar", {"made_at": "infinity"}),
        ("publishing_token_digest_is_sha256", {"digest": "A" * 64}),
        ("publishing_token_digest_is_sha256", {"digest": "ndb_secret"}),
        ("publishing_token_scopes_are_known", {"scopes": []}),
        ("publishing_token_scopes_are_known", {"scopes": ["read", "admin"]}),
        ("publishing_token_scopes_are_known", {"scopes": ["read", None]}),
        ("publishing_token_allows_some_requests", {"per_minute": 0}),
        ("publishing_token_expires_later", {"expires_at": LONG_AGO}),
    ],
)
def test_what_a_token_cannot_be(rule, changes):
    token = TokenFactory()
    with refused(rule):
        insert_like(token, **{**NEW, **changes})
    with allowed():
        insert_like(token, **NEW)


@pytest.mark.parametrize(
    "changes",
    [
        {"revoked_at": "2027-01-01T00:00Z"},
        {"revoked_at": "2027-01-01T00:00Z", "revoked_by": "anna"},
        {"revoked_by": "anna", "revoked_why": "lost"},
        {"revoked_at": LONG_AGO, "revoked_by": "anna", "revoked_why": "lost"},
    ],
)
def test_a_token_is_revoked_by_somebody_for_a_reason(changes):
    token = TokenFactory()
    with refused("publishing_token_revoked_by_somebody_for_a_reason"):
        insert_like(token, **NEW, **changes)


def revoke(token):
    changes = {"revoked_by": "anna", "revoked_why": "lost"}
    update(token, revoked_at="2099-01-01T00:00Z", **changes)


def test_two_live_tokens_never_have_one_name():
    token = TokenFactory()
    with refused("publishing_token_name_once"):
        insert_like(token, digest="a" * 64)
    revoke(token)
    with allowed():
        TokenFactory(name=token.name, digest="a" * 64)


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": ["read", "publish"]},
        {"digest": "b" * 64},
        {"expires_at": None},
        {"per_minute": 1_000_000},
        {"name": "other"},
    ],
)
def test_a_token_stays_as_it_was_made(changes):
    token = TokenFactory(expires_at="2099-01-01T00:00Z")
    with refused("publishing_token:as_made"):
        update(token, **changes)
    with allowed():
        update(token, last_used_at=NOW)


def test_what_is_revoked_stays_revoked():
    token = TokenFactory()
    revoke(token)
    back = {"revoked_at": None, "revoked_by": "", "revoked_why": ""}
    for changes in (back, {"revoked_why": "x"}, {"last_used_at": NOW}):
        with refused("publishing_token:revoked_for_ever"):
            update(token, **changes)


def test_tokens_are_not_deleted():
    token = TokenFactory()
    with refused("publishing_token:stays"):
        delete(token)


def test_no_token_is_lost_by_emptying_the_table():
    with refused("publishing_token_not_emptied"):  # publishing_token:not_emptied
        sql("TRUNCATE publishing_token CASCADE")


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("publishing_keptanswer_key_not_blank", {"key": " "}),
        ("publishing_keptanswer_at_in_calendar", {"at": "-infinity"}),
        ("publishing_keptanswer_headers_is_object", {"headers": "[]"}),
        ("publishing_keptanswer_request_is_sha256", {"request": "x"}),
        ("publishing_keptanswer_of_what_was_done", {"status": 422}),
        ("publishing_keptanswer_of_what_was_done", {"status": 199}),
        ("publishing_keptanswer_once_per_key", {"key": "known"}),
    ],
)
def test_what_a_kept_answer_cannot_be(rule, changes):
    kept = KeptAnswerFactory(key="known")
    with refused(rule):
        insert_like(kept, **{"key": "new", "headers": "{}", **changes})
    with allowed():
        insert_like(kept, key="new", headers="{}")


def test_a_kept_answer_never_changes():
    kept = KeptAnswerFactory()
    with refused("publishing_keptanswer:never_changes"):
        update(kept, body="another")


def test_counts_of_a_minute_are_not_logged():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relpersistence FROM pg_class"
            " WHERE oid = 'publishing_quota'::regclass"
        )
        assert cursor.fetchone() == ("u",)
