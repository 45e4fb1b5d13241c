"""The yardstick of places: what counts as wanted, as right and as near enough."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.evaluation import places
from curation.evaluation.gold import Gold, GoldArticle, GoldClaim, GoldMention
from curation.extraction.documents import Document
from curation.extraction.findings import Finding, PlaceMention

TEXT = (
    "Two men were killed at Kabul airport in Afghanistan on Monday, the army said. "
    "Afghanistan thanked Doha. The Kabul Times reported it."
)


class Entry:
    def __init__(self, key, data):
        self.key, self.data = key, data


class Coded:
    def __init__(self, **sections):
        self.sections = sections

    def of(self, name):
        return [Entry(k, v) for k, v in self.sections.get(name, {}).items()]


def place(name, kind, latitude=None, longitude=None, radius_m=None, *names, **more):
    return {
        "name": name,
        "kind": kind,
        "latitude": latitude,
        "longitude": longitude,
        "radius_m": radius_m,
        "names": [{"name": each} for each in names],
        **more,
    }


PLACES = {
    "kabul-city": place("Kabul", "city", 34.53, 69.17, 20_000, parent="afghanistan"),
    "kabul-airport": place("Kabul airport", "facility", 34.57, 69.21, 2000),
    "afghanistan": place("Afghanistan", "country", 33, 66, 800_000),
    "doha": place("Doha", "city", 25.3, 51.5, 25_000),
    "atlantis": place("Atlantis", "region"),
}
EVENTS = {"attack": {"place": {"place": "kabul-airport", "claims": ["1-1"]}}}


class Runner:
    """Finds what it is told to find: (words, occurrence, fields)."""

    def __init__(self, *told):
        self.told = told

    def findings(self, document):
        for words, rule, fields in self.told:
            start = document.text.index(words)
            span = document.span(start, start + len(words))
            yield Finding(fields, (span,), rule, "told")


@pytest.fixture
def gold():
    document = Document.of_text("1", TEXT)
    second = TEXT.rindex("Afghanistan")
    paper = TEXT.index("Kabul Times")
    article = GoldArticle(
        document,
        "1",
        {},
        mentions=[
            GoldMention("afghanistan-state", second, second + 11),
            GoldMention("kabul-times", paper, paper + 11),
        ],
        claims=[GoldClaim("1-1", {}, ())],
    )
    return Gold([article], Coded(places=PLACES, events=EVENTS))


def mention(name, latitude=None, longitude=None, **more):
    return PlaceMention(name, latitude=latitude, longitude=longitude, **more)


AIRPORT = ("Kabul airport", "place.a", mention("Hamid Karzai", 34.566, 69.212))
COUNTRY = ("Afghanistan", "place.b", mention("Afghanistan", 33.9, 67.7))
DOHA = ("Doha", "place.a", mention("Doha", 25.28, 51.53))


def score(gold, *told):
    [result] = places.seeds(gold, Runner(*told))
    total = result.total
    return total.right, total.proposed, total.wanted, result


def test_wanted_are_places_of_events_and_places_named_outside_actors(gold):
    right, proposed, wanted, _ = score(gold, AIRPORT, COUNTRY, DOHA)
    assert (right, proposed, wanted) == (3, 3, 3)


def test_a_place_counts_once_and_a_wrong_one_too(gold):
    wrong = ("Kabul", "place.c", mention("Kabul", 41.0, 29.0, entry="g:other"))
    right, proposed, wanted, result = score(gold, DOHA, DOHA, wrong, wrong)
    assert (right, proposed, wanted) == (1, 2, 3)
    assert (result.rules["place.c"].right, result.rules["place.c"].proposed) == (0, 2)


def test_what_an_actor_is_named_after_and_what_contains_is_neither(gold):
    inside = ("Kabul", "place.a", mention("Kabul", 34.5, 69.2))
    right, proposed, _, _ = score(gold, inside)
    assert (right, proposed) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        (mention("Doha", 25.28, 51.53), "doha"),
        (mention("Doha", 25.28, 51.9), None),
        (mention("Doha"), "doha"),
        (mention("Doha city", 25.3, 51.5), "doha"),
        (mention("DOHA", 25.3, 51.5), "doha"),
        (mention("Another", 25.3, 51.5, place="doha"), "doha"),
        (mention("Another", 25.3, 51.5), None),
        (mention("Atlantis", 1, 2), "atlantis"),
    ],
)
def test_a_proposal_means_a_coded_place_by_key_or_by_name_and_point(gold, fields, key):
    assert places._key(gold, fields.name, fields) == key


def write(folder: Path, name: str, text: str, toponyms: list[dict]) -> None:
    path = folder / "geoparsing" / f"{name}.jsonl"
    path.parent.mkdir(exist_ok=True)
    record = {"id": "1", "text": text, "toponyms": toponyms}
    path.write_text(json.dumps(record) + "\n")


def test_toponyms_are_detected_by_overlap_and_resolved_within_161_km(tmp_path):
    text = "They went from Paris and Lyon to Nowhere by way of Nice and Metz."

    def at(name, lat, lon):
        start = text.index(name)
        return {"start": start, "end": start + len(name), "lat": lat, "lon": lon}

    gold = [at("Paris", 48.9, 2.4), at("Lyon", 45.8, 4.8), at("Nowhere", None, None)]
    gold.append(at("Metz", 49.1, 6.2))
    write(tmp_path, "lgl", text, gold)
    runner = Runner(
        ("Paris", "place.a", mention("Paris", 49.9, 2.4)),
        ("Lyon", "place.a", mention("Lyon", 48.9, 2.4)),
        ("Nowhere", "place.b", mention("Nowhere")),
        ("Nice", "place.b", mention("Nice", 43.7, 7.3)),
    )
    detected, resolved, of_detected = places.held_out(tmp_path, runner)
    total = detected.total
    assert (total.right, total.proposed, total.wanted) == (3, 4, 4)
    assert (resolved.total.right, resolved.total.wanted) == (1, 3)
    assert (of_detected.total.right, of_detected.total.wanted) == (1, 2)
    assert (resolved.dataset, resolved.target) == ("lgl", 0.70)


def test_one_proposal_meets_one_toponym(tmp_path):
    text = "He lives in Paris, Texas."
    gold = [
        {"start": 12, "end": 17, "lat": 33.7, "lon": -95.6},
        {"start": 19, "end": 24, "lat": 31.3, "lon": -99.3},
    ]
    write(tmp_path, "GeoVirus", text, gold)
    runner = Runner(("Paris, Texas", "place.a", mention("Paris", 33.66, -95.56)))
    detected, resolved, _ = places.held_out(tmp_path, runner)
    assert (detected.total.right, resolved.total.right) == (1, 1)


def test_sets_that_are_not_there_are_left_out(tmp_path):
    assert places.held_out(tmp_path, Runner()) == []
