"""How claims are measured: what counts as right, found, and as the right speaker."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from curation.evaluation import claims
from curation.evaluation.claim_matching import covers, f1, same_words, words_of
from curation.evaluation.gold import GoldArticle, GoldClaim
from curation.evaluation.runner import Runner
from curation.extraction.context import Context, KnownActor, Name
from curation.extraction.documents import Document
from curation.extraction.findings import ActorMention, Claim, Finding, Speaker
from curation.extraction.parsing import Parser

TEXT = "Miller said that the dam was safe. Rain fell in Berlin all night long."
MILLER = KnownActor("miller", "Anna Miller", "person", None, (Name("Miller", "short"),))
SAID, OWN = "that the dam was safe", "Rain fell in Berlin all night long"


class Told:
    """Finds what it is told to find: (words, speaker, attributed)."""

    name = "told"
    version = "1"

    def __init__(self, *found: tuple[str, Speaker, bool], **changes: str) -> None:
        self.found = found
        self.changes = changes

    def extract(self, reading: Any) -> Any:
        document = reading.document
        yield Finding(
            ActorMention("Miller", None, 7, "name"),
            (document.span(0, 6),),
            "actor.test",
            "for the test",
        )
        for words, speaker, attributed in self.found:
            fields = {"modality": "asserted", "statement": "attribute", **self.changes}
            start = document.text.index(words)
            spans = [document.span(start, start + len(words))]
            if attributed:
                spans.append(document.span(0, 6, "speaker"))
            yield Finding(
                Claim(attributed, speaker, "indirect", polarity="positive", **fields),
                tuple(spans),
                "claim.test",
                "for the test",
            )


def coded(key: str, words: str, **data: Any) -> GoldClaim:
    start = TEXT.index(words)
    usual = {"modality": "asserted", "kind": "attribute", "speaker_text": None}
    return GoldClaim(key, {**usual, **data}, ((start, start + len(words)),))


def gold(*, speaker: str | None = "miller", text: str = "Miller") -> Any:
    article = GoldArticle(
        Document.of_text("a", TEXT),
        "a",
        {},
        claims=[
            coded(
                "a-1",
                "the dam was safe",
                voice="attributed",
                speaker=speaker,
                speaker_text=text,
                via=[],
            ),
            coded("a-2", OWN, voice="narrator", speaker=None),
        ],
    )
    return SimpleNamespace(articles=[article], actors={"miller": MILLER})


def results(told: Told, wanted: Any = None) -> dict[str, Any]:
    runner = Runner((told,), Context(), Parser())
    return {r.task: r for r in claims.seeds(wanted or gold(), runner)}


NAMED = Speaker("Miller", "named", cluster=7)


def test_all_right():
    found = results(Told((SAID, NAMED, True), (OWN, Speaker("", "outlet"), False)))
    assert {task: r.value for task, r in found.items()} == {
        "attributed claims": 1.0,
        "speaker of a claim": 1.0,
        "modality of a claim": 1.0,
        "kind of a claim": 1.0,
        "outlet's own statements, recall": 1.0,
        "outlet's own statements, precision": 1.0,
    }
    assert found["attributed claims"].rules["claim.test"].right == 1


def test_attributing_the_outlets_words_is_wrong_and_misses_what_was_said():
    found = results(Told((OWN, NAMED, True)))
    assert found["attributed claims"].total.precision == 0
    assert found["attributed claims"].total.recall == 0
    assert found["outlet's own statements, recall"].value == 0


def test_another_speaker_is_wrong():
    other = Speaker("the mayor", "described")
    assert results(Told((SAID, other, True)))["speaker of a claim"].value == 0


def test_speaker_who_passes_it_on_is_right():
    chain = Told((SAID, Speaker("the mayor", "described"), True))
    chain.changes = {"via": (NAMED,)}
    assert results(chain)["speaker of a claim"].value == 1


def test_described_speaker_is_right_by_its_words():
    wanted = gold(speaker=None, text="the mayor")
    right = Told((SAID, Speaker("mayor of the town", "described"), True))
    wrong = Told((SAID, Speaker("the town", "described"), True))
    assert results(right, wanted)["speaker of a claim"].value == 1
    assert results(wrong, wanted)["speaker of a claim"].value == 0


def test_modality_and_kind_are_compared():
    told = Told((SAID, NAMED, True), modality="denied", statement="figure")
    found = results(told)
    assert found["modality of a claim"].value == 0
    assert found["kind of a claim"].value == 0


def test_coverage():
    gold_words = words_of(TEXT, [(12, 33)])
    assert covers(words_of(TEXT, [(17, 24)]), gold_words)  # a part of it
    assert not covers(words_of(TEXT, [(0, 16), (35, 69)]), gold_words)
    assert not covers(frozenset(), gold_words)
    assert f1(gold_words, gold_words) == 1


def test_speakers_words_may_be_part_of_one_another():
    name, whole = words_of(TEXT, [(0, 6)]), words_of(TEXT, [(0, 24)])
    assert same_words(name, whole)
    assert not same_words(name, words_of(TEXT, [(7, 24)]))
    assert not same_words(frozenset(), whole)


@pytest.fixture
def polnear(tmp_path: Path) -> Path:
    record = {
        "id": "a",
        "text": TEXT,
        "attributions": [
            {"content": [[12, 33]], "cue": [[7, 11]], "source": [[0, 6]]},
            {"content": [[35, 69]], "cue": [], "source": []},
            {"cue": [[7, 11]]},
        ],
    }
    folder = tmp_path / "polnear"
    folder.mkdir()
    (folder / "dev.jsonl").write_text(json.dumps(record) + "\n")
    return tmp_path


def test_polnear_counts_reporting_cues_and_all_attitudes(polnear: Path):
    runner = Runner((Told((SAID, NAMED, True)),), Context(), Parser())
    found = {r.task: r for r in claims.held_out(polnear, runner)}
    assert found["attributed claims"].total.recall == 1
    assert found["attributed claims, precision"].value == 1
    assert found["attributed claims, all attitudes"].total.recall == 0.5
    assert found["speaker of a claim"].value == 1


def test_without_polnear_there_is_nothing_to_measure(tmp_path: Path):
    assert claims.held_out(tmp_path, Runner((), Context(), Parser())) == []
