"""Findings of several extractors that say the same become one item."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from curation.extraction.documents import Document, Span
from curation.extraction.findings import (
    ActorMention,
    Claim,
    DateMention,
    Event,
    Figure,
    Finding,
    Office,
    Pair,
    PlaceMention,
    Speaker,
    Structure,
)
from curation.extraction.grouping import compatible, group, shared

TEXT = "General Ada Roe said that at least 40 people were killed in Lower Brock."
DOCUMENT = Document.of_text("t", TEXT)


def words(text: str) -> Span:
    at = TEXT.index(text)
    return DOCUMENT.span(at, at + len(text))


def found(fields: Any, text: str, extractor: str, score: float = 0.5) -> Finding:
    return Finding(fields, (words(text),), "a.rule", "", score, extractor, "1")


def mention(actor: str | None, name: str = "Ada Roe") -> ActorMention:
    return ActorMention(name, actor, 0, "alias")


def test_two_extractors_on_the_same_words_become_one_item_best_first() -> None:
    weak = found(mention(None), "General Ada Roe", "llm", 0.6)
    strong = found(mention("roe"), "Ada Roe", "actors", 0.9)
    (item,) = group([weak, strong])
    assert item.findings == (strong, weak)
    assert item.best is strong
    assert item.score == 0.9
    assert item.proposed_by == ("actors", "llm")


def test_fields_that_contradict_stay_apart() -> None:
    items = group(
        [
            found(mention("roe"), "Ada Roe", "actors"),
            found(mention("doe"), "Ada Roe", "llm"),
        ]
    )
    assert [item.proposed_by for item in items] == [("actors",), ("llm",)]


def test_other_kinds_and_other_words_stay_apart_in_the_order_of_the_text() -> None:
    place = PlaceMention("Lower Brock")
    items = group(
        [
            found(place, "Lower Brock", "places"),
            found(mention(None, "Lower Brock"), "Lower Brock", "actors"),
            found(mention(None), "Ada Roe", "llm"),
        ]
    )
    assert [item.best.span.text for item in items] == [
        "Ada Roe",
        "Lower Brock",
        "Lower Brock",
    ]


def test_less_than_half_of_the_words_in_common_is_another_thing() -> None:
    assert len(group([
        found(mention(None), "Roe", "actors"),
        found(mention(None), "General Ada Roe said", "llm"),
    ])) == 2  # fmt: skip


def test_one_extractor_is_taken_at_its_word() -> None:
    one = found(mention(None), "Ada Roe", "actors")
    other = found(mention(None), "General Ada Roe", "actors")
    assert len(group([one, other])) == 2
    assert len(group([one, replace(other, version="2")])) == 1


def test_a_finding_joins_the_item_it_shares_most_with() -> None:
    near = found(mention(None), "Ada Roe", "rules", 0.9)
    far = replace(found(mention(None), "General Ada", "rules", 0.95), version="2")
    joins = found(mention(None), "General Ada Roe", "llm", 0.1)
    items = group([near, joins, far])
    assert {item.proposed_by for item in items} == {("rules", "llm"), ("rules",)}
    (pair,) = (item for item in items if len(item.findings) == 2)
    assert pair.best is far


def test_every_finding_is_kept() -> None:
    findings = [
        found(mention(actor), text, extractor)
        for actor in (None, "roe", "doe")
        for text in ("Ada Roe", "General Ada Roe", "Lower Brock")
        for extractor in ("a", "b", "c")
    ]
    items = group(findings)
    assert sorted(map(id, findings)) == sorted(
        id(finding) for item in items for finding in item.findings
    )
    assert group([]) == []


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (Structure("title"), Structure("title"), True),
        (Structure("title"), Structure("body"), False),
        (Office("leads", 1, None, "head"), Office("leads", 7, 2, "chief"), True),
        (Office("leads", 1, 2, "head"), Office("works_for", 1, 2, "head"), False),
        (PlaceMention("B", place="b"), PlaceMention("B", entry="7"), True),
        (PlaceMention("B", entry="6"), PlaceMention("B", entry="7"), False),
        (
            DateMention(dt.date(2024, 3, 4), dt.date(2024, 3, 4), "day", "stated"),
            DateMention(None, None, "unknown", "stated"),
            True,
        ),
        (
            Figure("killed", "all", 40, None, "at_least"),
            Figure("killed", None, 40, None, "vague"),
            True,
        ),
        (
            Figure("killed", "all", 40, None, "at_least"),
            Figure("killed", "all", 40, 40, "exact"),
            False,
        ),
        (Event("ASSAULT", None, None, "occurred", "x"),
         Event(None, None, None, "occurred", "y", linked="z"), True),
        (Event("ASSAULT", None, None, "occurred", "x"),
         Event("PROTEST", None, None, "occurred", "x"), False),
        (Pair("related", "b", "w"), Pair("same_event", "b", "w"), False),
        (Structure("title"), Pair("related", "b", "w"), False),
    ],
)  # fmt: skip
def test_what_fits(one: Any, other: Any, fits: bool) -> None:
    assert compatible(one, other) is fits
    assert compatible(other, one) is fits


def test_claims_of_one_speaker_fit_unless_one_is_negative() -> None:
    def claim(polarity: str, actor: str | None) -> Claim:
        speaker = Speaker("Roe", "named", actor=actor)
        return Claim(True, speaker, "direct", "asserted", polarity, "occurrence")

    assert compatible(claim("positive", None), claim("positive", "roe"))
    assert not compatible(claim("positive", "doe"), claim("positive", "roe"))
    assert not compatible(claim("positive", "roe"), claim("negative", "roe"))


def test_shared_is_the_f1_of_the_characters() -> None:
    assert shared(words("Ada Roe"), words("Ada Roe")) == 1
    assert shared(words("Ada Roe"), words("General Ada Roe")) == pytest.approx(14 / 22)
    assert shared(words("Ada Roe"), words("Lower Brock")) == 0


def test_a_thousand_findings_take_no_time() -> None:
    import time

    text = "word " * 20_000
    document = Document.of_text("t", text)
    findings = [
        Finding(mention(None), (document.span(at, at + 9),), "r", "", 0.5, name, "1")
        for at in range(0, 50_000, 10)
        for name in ("a", "b")
    ]
    started = time.perf_counter()
    assert len(group(findings)) == 5_000
    assert time.perf_counter() - started < 2
