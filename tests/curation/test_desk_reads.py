"""What the desk reads for a page is bounded: newest decisions, the actors named."""

from __future__ import annotations

import pytest

from curation.deciding import decisions
from curation.desk import _actors_in
from tests.factories.curation import JudgementFactory

pytestmark = pytest.mark.django_db


def test_a_rule_is_judged_by_the_newest_decisions(monkeypatch):
    JudgementFactory.create_batch(3, verdict="rejected")
    JudgementFactory.create_batch(2, verdict="accepted")
    assert decisions.decided_by_rule() == {"actor.test": (2, 5)}
    monkeypatch.setattr(decisions, "NEWEST", 2)
    assert decisions.decided_by_rule() == {"actor.test": (2, 2)}


def test_fewer_decisions_than_that_are_all_counted(monkeypatch):
    monkeypatch.setattr(decisions, "NEWEST", 3)
    assert decisions.decided_by_rule() == {}
    JudgementFactory.create_batch(2, verdict="accepted")
    assert decisions.decided_by_rule() == {"actor.test": (2, 2)}


def test_actors_are_found_wherever_a_suggestion_names_them():
    fields = {
        "actor": "nato",
        "name": "not a key",
        "candidates": ["iskp", "is"],
        "speaker": {"actor": "taliban", "words": "they"},
        "via": [{"actor": "tolo", "words": "TOLO"}, {"actor": None}],
    }
    assert set(_actors_in(fields)) == {"nato", "iskp", "is", "taliban", "tolo"}
