"""Attempts to break the rules of `curation` with raw SQL."""

from __future__ import annotations

import pytest

from tests.factories.curation import OmissionFactory
from tests.factories.sources import TEXT, ArticleFactory
from tests.rules import allowed, copy, delete, insert_like, refused, row_of, update

pytestmark = pytest.mark.django_db


@pytest.fixture
def omission():
    return OmissionFactory(article=ArticleFactory(text=TEXT), quote="police")


@pytest.mark.parametrize(
    "rule",
    [
        "curation_omission:quote_is_text_on_insert",
        "curation_omission:quote_is_text_on_update",
    ],
)
def test_an_omission_quotes_the_text(omission, rule):
    right = row_of(omission) | {"start": 0, "end": 5, "quote": TEXT[:5]}
    wrong = right | {"quote": "Herat"}
    with refused("curation_omission_quote_is_text"):
        if rule.endswith("insert"):
            insert_like(omission, **wrong)
        else:
            update(omission, **wrong)
    with refused("curation_omission_quote_is_text"):
        copy("curation_omission", right, wrong | {"start": 1, "end": 6})
    with allowed():
        if rule.endswith("insert"):
            copy("curation_omission", right)
        else:
            update(omission, **right)


def test_an_omission_stands_once_and_says_why(omission):
    with refused("curation_omission_once"):
        insert_like(omission, reason="another reason")
    for nothing in ("", " ", "\n\t"):
        with refused("curation_omission_reason_not_blank"):
            update(omission, reason=nothing)
    with refused("curation_omission_start_before_end"):
        update(omission, start=7, end=7, quote="")
    with allowed():
        update(omission, reason="a greeting")
        delete(omission)
