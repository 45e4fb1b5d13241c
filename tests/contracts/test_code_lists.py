"""Enumerations in code and the code lists that explain them are the same lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from events.bounds import Quantifier
from events.estimates import Verdict
from events.models import ClaimKind, EventModality, Modality, Polarity, Voice
from sources.dates import Basis, Precision
from sources.models import SpanKind, Status, Term

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/reference"
ENUMERATIONS = {
    "quantifier": Quantifier,
    "verdict": Verdict,
    "claim-kind": ClaimKind,
    "event-modality": EventModality,
    "claim-modality": Modality,
    "claim-polarity": Polarity,
    "claim-voice": Voice,
    "date-precision": Precision,
    "date-basis": Basis,
    "span-kind": SpanKind,
    "status": Status,
}
FILES = sorted(FOLDER.glob("*.yaml"))
# The lists whose entries need no sentence: a country is a country.
SELF_EXPLAINING = {"country"}


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_code_and_list_have_the_same_entries(name):
    listed = [entry["code"] for entry in read(FOLDER / f"{name}.yaml")["entries"]]
    assert set(listed) == {str(member.value) for member in ENUMERATIONS[name]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_entry_has_a_meaning_and_a_source(path):
    listing = read(path)
    assert listing["list"] == path.stem
    assert listing["meaning"]
    for entry in listing["entries"]:
        assert entry.get("source") or listing["source"], entry["code"]
        assert entry.get("meaning") or path.stem in SELF_EXPLAINING, entry["code"]


@pytest.mark.django_db
def test_every_list_is_in_the_database():
    stored = set(Term.objects.values_list("list", flat=True))
    assert stored == {path.stem for path in FILES}


def read(path):
    return YAML(typ="safe").load(path.read_text())
