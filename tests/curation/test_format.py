"""Every kind of problem is found before the load, with file, line and remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel import yaml

from curation.format.checking import check
from curation.format.entries import collect
from curation.format.known import Known
from curation.format.passages import Passages
from curation.format.problems import CurationError, Problem
from curation.format.reading import parse
from curation.format.schema import SCHEMA_PATH, validator
from tests.curation.broken import BROKEN, Case
from tests.curation.sample import SHA256, TEXT, YAML, edited

REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference"


@pytest.fixture(scope="module")
def terms() -> dict[str, bool]:
    lists = [yaml.YAML(typ="safe").load(path) for path in REFERENCE.glob("*.yaml")]
    return {
        f"{each['list']}/{entry['code']}": entry.get("active", True)
        for each in lists
        for entry in each["entries"]
    }


def checked(text: str, terms: dict[str, bool], **known: Any) -> Passages:
    facts = Known(terms=terms, texts={SHA256: TEXT}, persons={"killed"}, **known)
    return check(collect([parse(text, file="x.yaml")]), facts)


def problems(text: str, terms: dict[str, bool], **known: Any) -> list[Problem]:
    with pytest.raises(CurationError) as caught:
        checked(text, terms, **known)
    return caught.value.problems


def test_sample_has_no_problem(terms: dict[str, bool]) -> None:
    assert checked(YAML, terms).problems == []


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_problem_names_file_line_and_remedy(case: Case, terms: dict[str, bool]) -> None:
    old, new, marker, what, suggestion = case
    text = edited((old, new))
    found = problems(text, terms)
    fitting = [p for p in found if what in p.what and suggestion in p.suggestion]
    assert fitting, "\n".join(map(str, found))
    assert fitting[0].file == "x.yaml"
    if marker is not None:
        line = text.splitlines()[fitting[0].line - 1]
        assert marker in line, f"{fitting[0]} is not in {line!r}"
    else:
        assert fitting[0].line > 0


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("actor: taliban, role: accused", "actor: isis-k, role: claimant", "twice in"),
        (
            "object: isis}",
            "object: isis}\n  r: {subject: isis, kind: part_of, object: isis-k}",
            "part of itself",
        ),
    ],
)
def test_pairs_are_checked(
    old: str, new: str, what: str, terms: dict[str, bool]
) -> None:
    assert any(what in p.what for p in problems(edited((old, new)), terms))


def test_person_is_not_part_of_a_person(terms: dict[str, bool]) -> None:
    text = edited(
        ("    kind: armed_group\n    aliases", "    kind: person\n    aliases"),
        ("isis: {name: ISIS, kind: armed_group", "isis: {name: ISIS, kind: person"),
    )
    assert any("a person is not part" in p.what for p in problems(text, terms))


def test_all_problems_are_listed_at_once(terms: dict[str, bool]) -> None:
    text = edited(
        ("role: claimant", "role: claimer"),
        ("low: 164", "low: 163"),
        ("contexts: [terrorism, military]", "contxts: [terrorism]"),
        ("{quote: Taliban}", "{quote: Talib}"),
    )
    # The event does not fit the schema: the rest of it is not looked at, but a claim
    # that refers to it is not reported as a second problem.
    told = [p.what for p in problems(text, terms)]
    assert len(told) == 3
    assert sum("contxts" in t or "163" in t or "Talib" in t for t in told) == 3


def test_files_are_one_set(terms: dict[str, bool]) -> None:
    head, _, rest = YAML.partition("events:\n")
    first = parse(head, file="a.yaml")
    second = parse(f"newsdb: 1\nevents:\n{rest}", file="b.yaml")
    facts = Known(terms=terms, texts={SHA256: TEXT})
    assert check(collect([second, first]), facts).problems == []


def test_key_in_two_files(terms: dict[str, bool]) -> None:
    other = parse("newsdb: 1\noutlets:\n  daily: {name: Other}\n", file="other.yaml")
    found = collect([parse(YAML, file="x.yaml"), other])
    [problem] = found.problems
    assert str(problem) == (
        "other.yaml:3: “daily” stands twice in outlets (first in x.yaml:4)"
    )


def test_reference_into_the_database(terms: dict[str, bool]) -> None:
    text = edited(("  taliban: {name: Taliban, kind: armed_group, country: AFG}\n", ""))
    assert [p.what for p in problems(text, terms)][0] == (
        "the actor “taliban” is unknown"
    )
    keys = {"actors": {"taliban": "published"}}
    names = {"taliban": ["Taliban"]}
    assert checked(text, terms, keys=keys, names=names).problems == []


def test_code_switched_off_may_be_kept_but_not_chosen(terms: dict[str, bool]) -> None:
    off = terms | {"role/claimant": False}
    [problem] = problems(YAML, off)
    assert "“claimant” of the code list role is switched off" in problem.what
    borne = {("events", "attack"): {"role/claimant"}}
    assert checked(YAML, off, borne=borne).problems == []


def test_dates_and_leading_zeros_stay_text() -> None:
    text = "[2021-08-26, 003, 13, 1.5, no, ~, true]"
    assert parse(text, file="x").data == [
        "2021-08-26",
        "003",
        13,
        1.5,
        "no",
        None,
        True,
    ]


def test_byte_that_is_not_utf8(tmp_path: Path) -> None:
    from curation.format.reading import read

    path = tmp_path / "latin.yaml"
    path.write_bytes(b"newsdb: 1\nstatus: \xe9\n")
    [problem] = read(path).problems
    assert problem.line == 2
    assert "0xe9 is not UTF-8" in problem.what


def test_schema_is_valid_and_says_what_the_models_say() -> None:
    from events.bounds import Quantifier
    from events.models import ClaimKind, EventModality, Modality, Polarity, Voice
    from sources.dates import Basis, Precision

    parts = json.loads(SCHEMA_PATH.read_text())["$defs"]
    claim = parts["claim"]["properties"]
    assert claim["kind"]["enum"] == ClaimKind.values
    assert claim["voice"]["enum"] == Voice.values
    assert claim["modality"]["enum"] == Modality.values
    assert claim["polarity"]["enum"] == Polarity.values
    assert parts["event"]["properties"]["modality"]["enum"] == EventModality.values
    assert parts["figure"]["properties"]["quantifier"]["enum"] == list(Quantifier)
    date = parts["date"]["properties"]
    assert date["precision"]["enum"] == list(Precision)
    assert date["basis"]["enum"] == [*Basis, None]
    assert validator()


@pytest.mark.parametrize(
    ("section", "model"),
    [
        ("outlet", "sources.Outlet"),
        ("actor", "actors.Actor"),
        ("alias", "actors.Alias"),
        ("relation", "actors.Relation"),
        ("place", "events.Place"),
        ("event", "events.Event"),
        ("claim", "events.Claim"),
        ("mention", "actors.Mention"),
    ],
)
def test_schema_knows_how_long_texts_may_be(section: str, model: str) -> None:
    from django.apps import apps

    schema = json.loads(SCHEMA_PATH.read_text())["$defs"][section]["properties"]
    for field in apps.get_model(model)._meta.concrete_fields:
        if field.name in schema and field.max_length and not field.is_relation:
            values = schema[field.name]
            if "type" in values:
                assert values.get("maxLength") == field.max_length, field.name
