"""Event documents as pictures of time and place, and what is missing in them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from publishing.pages.clocks import clocks, missing, place_map
from publishing.pages.documents import Names

NAMES = Names({("date-precision", "month"): ("Month", "")})


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "newsdb.urls"


def date(earliest, latest, precision="day", text=None):
    return {
        "earliest": earliest,
        "latest": latest,
        "precision": precision,
        "text": text,
    }


@dataclass
class Said:
    """A claim document, as far as it is asked for."""

    speaker: int | None = None
    words: str | None = None
    measure: str | None = None
    via: int | None = None

    def body(self):
        return {
            "measure": self.measure,
            "speaker": {"id": self.speaker} if self.speaker else None,
            "speaker_text": self.words,
            "attributed_to": [{"actor": {"id": self.via}}] if self.via else [],
        }


def article(pk, published, *, outlet="Dawn", origin=None):
    return {
        "id": pk,
        "sha256": "f" * 64,
        "title": f"Report {pk}",
        "outlet": {"name": outlet} if outlet else None,
        "origin": {"id": origin} if origin else None,
        "published": published,
    }


def event(**more):
    return {
        "title": "Attack",
        "type": "ASSAULT",
        "modality": "occurred",
        "date": date("2021-08-26", "2021-08-26", text="Thursday"),
        "place": None,
        "participants": [
            {"actor": {"id": 7, "name": "ISIS-K"}, "role": "perpetrator"},
            {"actor": {"id": 8, "name": "Afghans"}, "role": "victim"},
        ],
        "estimates": [{"measure": "killed", "high": None}],
        **more,
    }


def test_the_clocks_lead_to_the_articles():
    said = [
        article(1, date("2021-09-01", "2021-09-30", "month")),
        article(2, None, outlet=None),
    ]
    drawn = clocks(event(), said, NAMES)
    assert "Dawn: Report 1" in drawn
    assert "6 to 35 days later" in drawn
    assert "<td>month</td>" in drawn
    assert 'href="/articles/1/"' in drawn
    assert "Without a date, so not on the line: " in drawn
    assert "Outlet not known: Report 2" in drawn
    assert "“Thursday”" in drawn


def test_a_place_is_drawn_as_exactly_as_it_is_known():
    place = {
        "name": "Takhar",
        "kind": "province",
        "country": "AFG",
        "latitude": 36.713,
        "longitude": 69.775,
        "radius_m": 105_000,
        "precision": "province",
        "text": "in Takhar",
    }
    drawn = place_map(place)
    assert "known to the province" in drawn
    assert "“in Takhar”" in drawn


def test_without_a_place_there_is_no_map():
    assert place_map(None) == ""


def test_what_is_missing_is_read_from_the_documents():
    claims = [
        Said(words="sources", measure="killed").body(),
        Said(words="sources").body(),
    ]
    reports = [article(1, None, origin=5), article(2, None, outlet="TRT", origin=5)]
    assert missing(event(), claims, reports) == [
        "None of those who took part is quoted in what is published.",
        "No place is published.",
        "No number of injured is published.",
        "No published claim says how many were killed at most.",
        "All 2 published articles go back to one origin; none confirms it.",
        "No speaker is published by name: the words for them are “sources”.",
    ]


@pytest.mark.parametrize("said", [Said(speaker=7), Said(via=7)])
def test_who_speaks_or_is_passed_on_is_quoted(said):
    found = missing(event(), [said.body()], [article(1, None)])
    assert "Not quoted in what is published: Afghans (victim)." in found
    assert not any("No speaker is published" in sentence for sentence in found)
