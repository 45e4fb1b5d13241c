"""The OpenAPI document: committed, and never less than clients rely on."""

from __future__ import annotations

import copy
import json

import pytest
from django.core.management import CommandError, call_command

from publishing.api.compatibility import broken
from publishing.management.commands import openapi

COMMITTED = json.loads(openapi.COMMITTED.read_bytes())

pytestmark = pytest.mark.django_db


def changed(change):
    new = copy.deepcopy(COMMITTED)
    change(new)
    return broken(COMMITTED, new)


def test_the_committed_document_is_the_api_as_it_is():
    assert openapi.described() == COMMITTED, "run ./manage.py openapi"


def test_nothing_changed_is_nothing_broken():
    assert changed(lambda new: None) == []


def test_more_and_other_words_break_nothing():
    def change(new):
        new["paths"]["/api/v1/more/"] = {}
        new["components"]["schemas"]["Event"]["properties"]["more"] = {"type": "string"}
        new["components"]["schemas"]["Event"]["properties"]["id"]["description"] = "x"

    assert changed(change) == []


EVENTS = "/api/v1/events/"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda new: new["paths"].pop(EVENTS), f"GET {EVENTS} is gone"),
        (
            lambda new: new["paths"][EVENTS]["get"]["responses"].pop("400"),
            f"GET {EVENTS} no longer answers 400",
        ),
        (
            lambda new: new["paths"][EVENTS]["get"]["responses"]["200"]["content"].pop(
                "text/csv"
            ),
            f"GET {EVENTS} no longer answers text/csv",
        ),
        (
            lambda new: new["paths"][EVENTS]["get"]["parameters"].clear(),
            f"GET {EVENTS}: the parameter actor is gone",
        ),
        (
            lambda new: new["paths"][EVENTS]["get"]["parameters"].append(
                {"name": "key", "required": True, "schema": {"type": "string"}}
            ),
            f"GET {EVENTS}: the parameter key is required now",
        ),
        (
            lambda new: new["components"]["schemas"].pop("Estimate"),
            "Estimate is gone",
        ),
        (
            lambda new: new["components"]["schemas"]["Estimate"]["properties"].pop(
                "verdict"
            ),
            "Estimate.verdict is gone",
        ),
        (
            lambda new: new["components"]["schemas"]["Estimate"]["properties"][
                "measure"
            ].update(type="integer"),
            "Estimate.measure: type was string, is integer",
        ),
        (
            lambda new: new["components"]["schemas"]["VerdictCode"]["enum"].remove(
                "agree"
            ),
            "VerdictCode no longer takes agree",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_taken_away_is_named(change, said):
    assert said in changed(change)


def test_a_new_major_version_may_take_away():
    def change(new):
        del new["paths"][EVENTS]
        new["info"]["version"] = "2.0.0"

    assert changed(change) == []


def test_the_command_refuses_what_breaks_clients(tmp_path, monkeypatch):
    old = copy.deepcopy(COMMITTED)
    old["paths"]["/api/v1/older/"] = {"get": {"responses": {}}}
    there = tmp_path / "openapi.json"
    there.write_text(json.dumps(old))
    monkeypatch.setattr(openapi, "COMMITTED", there)
    with pytest.raises(CommandError, match="GET /api/v1/older/ is gone"):
        call_command("openapi")
    assert json.loads(there.read_text()) == old


def test_the_command_writes_and_then_is_content(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(openapi, "COMMITTED", tmp_path / "openapi.json")
    with pytest.raises(CommandError, match="not up to date"):
        call_command("openapi", "--check")
    call_command("openapi")
    call_command("openapi", "--check")
    assert "up to date" in capsys.readouterr().out
