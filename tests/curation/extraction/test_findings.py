"""Findings: made of words of the text, written as JSON and read back."""

from __future__ import annotations

import datetime as dt

import pytest

from curation.extraction.documents import Document
from curation.extraction.findings import (
    KINDS,
    ActorMention,
    Claim,
    DateMention,
    Event,
    Figure,
    Finding,
    Kind,
    Office,
    Pair,
    Participant,
    PlaceMention,
    Speaker,
    Structure,
    as_record,
    checked,
    fields_from,
)
from curation.models import ProposalKind

TEXT = "“Ada Roe” spoke in Herat 🌧 today."
DAY = DateMention(dt.date(2021, 8, 31), dt.date(2021, 8, 31), "day", "relative")
HERAT = PlaceMention("Herat", entry="geonames:1", latitude=34.3, longitude=62.2)
ALL = [
    Structure("quote"),
    ActorMention("Ada Roe", None, 0, "name", "person", candidates=("a", "b")),
    Office("leads", 0, None, "head"),
    HERAT,
    DAY,
    Figure("killed", "all", 3, None, "more_than"),
    Claim(
        True,
        Speaker("Ada Roe", "named", 0),
        "direct",
        "asserted",
        "positive",
        "figure",
        via=(Speaker("an agency", "described"),),
    ),
    Event(
        "ASSAULT",
        None,
        "Attack",
        "occurred",
        "An attack",
        participants=(Participant("victim", "Ada Roe", 0),),
        date=DAY,
        place=HERAT,
        figures=(3,),
    ),
    Pair("same_event", "7", "both name Herat"),
]


@pytest.fixture
def document():
    return Document.of_text("d", TEXT)


@pytest.mark.parametrize("fields", ALL, ids=lambda fields: KINDS[type(fields)])
def test_fields_are_written_and_read_back(document, fields):
    finding = Finding(fields, (document.span(1, 8),), "x.y", "because", 0.5, "e", "1")
    record = as_record(document, finding)
    assert record["spans"] == [{"start": 1, "end": 8, "text": "Ada Roe", "role": ""}]
    again = fields_from(record["kind"], record["fields"])
    assert type(again) is type(fields)
    assert (
        as_record(document, Finding(again, finding.spans, "x.y", "because"))["fields"]
        == (record["fields"])
    )


def test_every_kind_is_tried():
    assert {type(fields) for fields in ALL} == set(KINDS)


def test_spans_are_words_of_the_text(document):
    at = TEXT.index("🌧")
    assert document.span(at, at + 1).text == "🌧"
    for start, end in ((-1, 3), (3, 3), (5, 2), (0, len(TEXT) + 1)):
        with pytest.raises(ValueError, match="not inside"):
            document.span(start, end)
    with pytest.raises(ValueError, match="rests on no words"):
        Finding(DAY, (), "x.y", "because")
    moved = Document.of_text("d", "x" + TEXT)
    with pytest.raises(ValueError, match="does not stand at 1–8"):
        checked(moved, Finding(DAY, (document.span(1, 8),), "x.y", "because"))


def test_the_normal_form_has_the_same_length(document):
    assert len(document.normal) == len(TEXT)
    assert document.normal.startswith('"Ada Roe" spoke')


def test_proposals_have_the_kinds_of_findings():
    assert ProposalKind.values == [str(kind) for kind in Kind]
