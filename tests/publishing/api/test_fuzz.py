"""Whatever the OpenAPI document allows, and some that it does not, answered truly."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from newsdb.wsgi import application
from publishing.access.tokens import make_token
from publishing.management.commands.openapi import COMMITTED
from publishing.models import Scope

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("seeded", "one_transaction"),
]

SCHEMA = schemathesis.openapi.from_path(COMMITTED)
SCHEMA.app = application


@SCHEMA.hook
def map_query(context, query):
    """Without what only an answer of the server can give; other tests follow those."""
    return {k: v for k, v in (query or {}).items() if k not in {"cursor", "since"}}


OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
TRIES = settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def secret(reviewer):
    """A token that opens every door."""
    return make_token(
        user=reviewer, name="fuzz", scopes=list(Scope), expires_at=None, by="tests"
    )[1]


def asked(operation, headers):
    @TRIES
    @given(case=operation.as_strategy())
    def ask(case):
        # Werkzeug's test client does not decompress.
        case.call_and_validate(headers={"Accept-Encoding": "identity", **headers})

    return ask


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_operation_answers_anybody_as_described(operation):
    asked(operation, {})()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_operation_answers_who_has_a_token_as_described(operation, secret):
    asked(operation, {"Authorization": f"Bearer {secret}"})()
