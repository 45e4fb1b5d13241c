"""Whatever the OpenAPI document allows, and some that it does not, answered truly."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from newsdb.wsgi import application
from publishing.management.commands.openapi import COMMITTED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

SCHEMA = schemathesis.openapi.from_path(COMMITTED)
SCHEMA.app = application
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
TRIES = settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def one_transaction():
    """Requests leave the connection alone, which holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_operation_answers_as_described(operation):
    @TRIES
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate()

    ask()
