"""Forms of verbs, and the lists."""

from __future__ import annotations

import pytest

from curation.extraction.lexicon import claim_verbs
from curation.extraction.lexicon.claim_inflection import forms, lookup


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("say", {"say", "says", "saying", "said"}),
        ("hope", {"hope", "hopes", "hoping", "hoped"}),
        ("deny", {"deny", "denies", "denying", "denied"}),
        ("agree", {"agree", "agrees", "agreeing", "agreed"}),
        ("admit", {"admit", "admits", "admitting", "admitted"}),
        ("plan", {"plan", "plans", "planning", "planned"}),
        ("offer", {"offer", "offers", "offering", "offered"}),
        ("slam", {"slam", "slams", "slamming", "slammed"}),
        ("know", {"know", "knows", "knowing", "knew", "known"}),
        ("stress", {"stress", "stresses", "stressing", "stressed"}),
        ("view", {"view", "views", "viewing", "viewed"}),
        ("claim", {"claim", "claims", "claiming", "claimed"}),
    ],
)
def test_forms(verb, expected):
    assert forms(verb) == expected


def test_lookup_leads_from_each_form_to_its_verb():
    table = lookup(["tell", "warn"])
    assert table["told"] == "tell"
    assert table["warning"] == "warn"


def test_modalities_are_codes():
    codes = {"asserted", "hinted", "reported", "hypothetical", "predicted", "denied"}
    lists = [
        claim_verbs.SAY,
        claim_verbs.THINK,
        claim_verbs.OBJECT,
        claim_verbs.IMPERSONAL,
        *claim_verbs.PREPOSITION.values(),
    ]
    assert {code for words in lists for code in words.values()} <= codes
