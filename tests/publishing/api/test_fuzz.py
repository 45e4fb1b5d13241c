"""Whatever the OpenAPI document allows, and some that it does not, answered truly."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

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
READS = [each for each in OPERATIONS if each.method == "get"]
WRITES = [each for each in OPERATIONS if each.method != "get"]
TRIES = settings(
    max_examples=4,
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


# A schema cannot say all: a quote must stand in its text, a cursor must be ours. And
# the checks send no other token than the one given here: that is tested elsewhere.
LEFT_OUT = [positive_data_acceptance, ignored_auth]


def asked(operation, headers):
    @TRIES
    @given(case=operation.as_strategy())
    def ask(case):
        answer = case.call_and_validate(
            # Werkzeug's test client does not decompress.
            headers={"Accept-Encoding": "identity", **headers},
            excluded_checks=LEFT_OUT,
        )
        if answer.status_code in {400, 422}:
            problem = answer.json()
            assert problem.get("errors") or problem["detail"]

    return ask


@pytest.mark.parametrize("operation", READS, ids=lambda each: each.label)
def test_every_read_answers_anybody_as_described(operation):
    asked(operation, {})()


@pytest.mark.parametrize("operation", WRITES, ids=lambda each: each.label)
def test_every_write_answers_who_has_a_token_as_described(operation, secret):
    asked(operation, {"Authorization": f"Bearer {secret}"})()


def test_what_one_answer_leads_to_is_answered_as_described(secret):
    class Steps(SCHEMA.as_state_machine()):
        def get_call_kwargs(self, case):
            headers = {"Accept-Encoding": "identity"}
            return {"headers": {**headers, "Authorization": f"Bearer {secret}"}}

        def validate_response(self, response, case, **kwargs):
            case.validate_response(response, excluded_checks=LEFT_OUT)

    run_state_machine_as_test(
        Steps, settings=settings(TRIES, max_examples=3, stateful_step_count=4)
    )
