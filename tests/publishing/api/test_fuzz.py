"""Whatever the OpenAPI document allows, and some that it does not, answered truly.

All checks of schemathesis run, with a token and without, one by one and one after the
other. Where an answer may be a refusal although the document allows the request, it is
said here for which parameter, and why a schema cannot say it.
"""

from __future__ import annotations

from functools import cache

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.specs.openapi.checks import positive_data_acceptance

from publishing.access.tokens import make_token
from publishing.management.commands.openapi import COMMITTED
from publishing.models import Scope

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("seeded", "one_transaction"),
]

application = cache(WSGIHandler)  # when first asked, by then with the tests' settings


def served(environ, start_response):
    return application()(environ, start_response)


SCHEMA = schemathesis.openapi.from_path(COMMITTED)
SCHEMA.app = served
# No text of a database holds it, and no schema can say so of every text; that it is
# refused is tested elsewhere.
SCHEMA.config.generation.update(allow_x00=False)
# A made-up token is none: without one is without one.
SCHEMA.config.generation.update(with_security_parameters=False)


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

# Parameters that a schema allows and the API refuses, and what a schema cannot say.
BEYOND_A_SCHEMA = {
    "as_of": "what will be public is not known",
    "date_overlaps": "an end lies before the beginning, or is no day",
    "date_within": "an end lies before the beginning, or is no day",
    "fields": "the names of all fields, and in CSV of all columns",
    "omit": "the names of all fields, and in CSV of all columns",
    "near": "goes with within_km, and is no farther than the poles",
    "within_km": "goes with near",
}
# The same of parameters that are refused beside another only.
BESIDE_ANOTHER = {
    "limit": lambda query: "expand" in query,  # it is smaller then
    "ordering": lambda query: query["ordering"] == "rank",  # which goes with q
}
# Well formed, and no such row, state, code, quote or day: only the server knows.
UNDERSTOOD = {412, 422}
# Headers that are not of the API: of every page of the site, or of HTTP itself.
OF_THE_SITE = {
    *("content-length", "content-type", "content-security-policy"),
    *("cross-origin-opener-policy", "referrer-policy"),
    *("x-content-type-options", "x-frame-options"),
}


def accepted_or_beyond_a_schema(ctx, response, case):
    """positive_data_acceptance, but for the refusals named above."""
    if response.status_code == 400:
        named = [error.get("parameter") for error in response.json().get("errors", [])]
        if named and all(_beyond_a_schema(name, case.query) for name in named):
            return
    if case.operation.method != "get" and response.status_code in UNDERSTOOD:
        return
    positive_data_acceptance(ctx, response, case)


def _beyond_a_schema(name, query):
    return name in BEYOND_A_SCHEMA or (
        name in BESIDE_ANOTHER and BESIDE_ANOTHER[name](query)
    )


def told_truly(ctx, response, case):
    """What is wrong is said, and no header is sent that the document does not name."""
    if response.status_code >= 400:
        problem = response.json()
        assert problem["status"] == response.status_code
        assert problem.get("errors") or problem["detail"]
    answers = case.operation.definition.raw["responses"]
    described = answers[str(response.status_code)]["headers"]
    named = {name.lower() for name in described} | OF_THE_SITE
    assert set(response.headers) <= named


def closed_without_a_token(ctx, response, case):
    """Also where the row that is asked for is not there (ignored_auth needs one)."""
    needs = {} not in case.operation.definition.raw["security"]
    missed = response.status_code == 404 and "/docs/" in response.json()["detail"]
    if needs and "Authorization" not in response.request.headers and not missed:
        assert response.status_code == 401


CHECKS = {
    "excluded_checks": [positive_data_acceptance],
    "additional_checks": [
        accepted_or_beyond_a_schema,
        told_truly,
        closed_without_a_token,
    ],
}


@pytest.fixture(params=["anonymous", "token"])
def headers(request, reviewer):
    """Of a reader without a token, and of one whose token opens every door."""
    plain = {"Accept-Encoding": "identity"}  # Werkzeug's client does not decompress
    if request.param == "anonymous":
        return plain
    secret = make_token(
        user=reviewer, name="fuzz", scopes=list(Scope), expires_at=None, by="tests"
    )[1]
    return {**plain, "Authorization": f"Bearer {secret}"}


def asked(operation, headers):
    @TRIES
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate(headers=headers, **CHECKS)

    return ask


@pytest.mark.parametrize("operation", READS, ids=lambda each: each.label)
def test_every_read_is_answered_as_described(operation, headers):
    asked(operation, headers)()


@pytest.mark.parametrize("operation", WRITES, ids=lambda each: each.label)
def test_every_write_is_answered_as_described(operation, headers):
    asked(operation, headers)()


@pytest.mark.parametrize("number", range(3))
def test_what_one_answer_leads_to_is_answered_as_described(headers, number):
    """Few tries of each seed: hypothesis repeats parts of tries after some, and wants
    the same answers then, which rows with new ids do not give.
    """

    class Steps(SCHEMA.as_state_machine()):
        """Each try begins with the same rows: what one wrote leads no other astray."""

        def setup(self):
            super().setup()
            self.before = transaction.savepoint()

        def teardown(self):
            transaction.savepoint_rollback(self.before)
            super().teardown()

        def get_call_kwargs(self, case):
            return {"headers": headers}

        def validate_response(self, response, case, **kwargs):
            case.validate_response(response, headers=headers, **CHECKS)

    run_state_machine_as_test(
        seed(number)(Steps),
        settings=settings(
            TRIES, max_examples=2, stateful_step_count=5, phases=[Phase.generate]
        ),
    )
