"""The OpenAPI document: committed, and never less than clients rely on."""

from __future__ import annotations

import copy
import json

import pytest
from django.core.management import CommandError, call_command

from curation.format.schema import SCHEMA_PATH
from publishing.api.compatibility import broken
from publishing.management.commands import openapi

COMMITTED = json.loads(openapi.COMMITTED.read_bytes())

pytestmark = pytest.mark.django_db


OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in COMMITTED["paths"].items()
    for method, operation in methods.items()
}


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
NAMED = "#/components/schemas"


def schemas(document):
    return document["components"]["schemas"]


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
        (
            lambda new: new["paths"][EVENTS]["get"]["responses"]["429"]["headers"].pop(
                "Retry-After"
            ),
            f"GET {EVENTS}: 429 no longer has Retry-After",
        ),
        (
            lambda new: new["paths"][EVENTS]["get"].update(operationId="events"),
            f"GET {EVENTS}: operationId was events_list, is events",
        ),
        (
            lambda new: schemas(new)["Estimate"]["required"].remove("verdict"),
            "Estimate.verdict may be missing now",
        ),
        (
            lambda new: schemas(new)["RowAlias"]["required"].append("note"),
            "RowAlias.note is needed now",
        ),
        (
            lambda new: schemas(new)["ActorRow"]["properties"].pop("outlet"),
            "ActorRow.outlet is gone",
        ),
        (
            lambda new: schemas(new)["BulkRow"]["properties"]["row"]["anyOf"].pop(),
            "BulkRow.row: anyOf/8 is gone",
        ),
        (
            lambda new: new["paths"][f"{EVENTS}{{id}}/"]["patch"]["requestBody"][
                "content"
            ].pop("application/merge-patch+json"),
            f"PATCH {EVENTS}{{id}}/ no longer takes application/merge-patch+json",
        ),
        (
            lambda new: new["paths"][EVENTS]["post"]["requestBody"]["content"][
                "application/json"
            ]["schema"].update({"$ref": f"{NAMED}/NewActor"}),
            f"POST {EVENTS}: the body: $ref was {NAMED}/NewEvent, is {NAMED}/NewActor",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_taken_away_is_named(change, said):
    assert said in changed(change)


def test_what_gets_a_name_is_what_it_was():
    old, new = copy.deepcopy(COMMITTED), COMMITTED
    body = old["paths"][EVENTS]["post"]["requestBody"]["content"]["application/json"]
    body["schema"] = copy.deepcopy(schemas(old)["NewEvent"])
    date = schemas(old)["EventRow"]["properties"]["date"]
    date["anyOf"][0] = schemas(old)["RowEventDate"]
    assert broken(old, new) == []
    body["schema"]["required"] = []
    assert broken(old, new) == [f"POST {EVENTS}: the body.row is needed now"]


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


def test_the_document_is_valid_and_nothing_in_it_is_guessed(tmp_path):
    """drf-spectacular warns where it cannot make out a type or must make up a name."""
    written = tmp_path / "schema.json"
    call_command(
        "spectacular",
        validate=True,
        fail_on_warn=True,
        format="openapi-json",
        file=str(written),
    )
    assert json.loads(written.read_text())["openapi"] == "3.1.1"


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def test_whatever_is_referred_to_is_there_and_whatever_is_there_is_used():
    found = set(references(COMMITTED))
    there = {
        f"#/components/{part}/{name}"
        for part in ("schemas", "headers")
        for name in COMMITTED["components"][part]
    }
    assert found <= there
    unused = there - found - {"#/components/headers/Location"}  # of 301, not sent yet
    assert not unused


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_described_with_its_headers(name):
    for status, answer in OPERATIONS[name]["responses"].items():
        assert answer["description"], status
        assert {"RateLimit", "RateLimit-Policy", "Vary"} <= set(answer["headers"])
        if int(status) >= 400:
            assert set(answer["content"]) == {"application/problem+json"}
    answers = OPERATIONS[name]["responses"]
    assert {"401", "403", "429", "500"} <= set(answers)
    assert "Retry-After" in answers["429"]["headers"]
    assert "WWW-Authenticate" in answers["401"]["headers"]


def test_every_row_of_a_bulk_write_is_one_of_the_kinds():
    row = COMMITTED["components"]["schemas"]["BulkRow"]["properties"]["row"]
    names = {each["$ref"].rpartition("/")[2] for each in row["anyOf"]}
    assert names == {
        *("OutletRow", "OriginRow", "ActorRow", "PlaceRow", "RelationRow"),
        *("EventRow", "ArticleRow", "ClaimRow", "MentionRow"),
    }


def test_the_rows_are_those_of_the_curation_format():
    """What the format has of a row that a body can say, and nothing else."""
    format_ = json.loads(SCHEMA_PATH.read_text())["$defs"]
    around = {"key", "sha256", "mentions", "claims", "not_coded"}
    for name in ("outlet", "origin", "actor", "place", "relation", "mention"):
        row = COMMITTED["components"]["schemas"][f"{name.title()}Row"]
        assert set(row["properties"]) == set(format_[name]["properties"]) | {"status"}
        assert row["required"] == format_[name]["required"]
    claim = set(format_["claim"]["properties"]) - around
    shapes = ("ClaimRowOfOneQuote", "ClaimRowOfQuotes")
    one, several = (COMMITTED["components"]["schemas"][each] for each in shapes)
    assert set(one["properties"]) == claim - {"quotes"}
    assert set(several["properties"]) == claim - {"quote", "occurrence"}
