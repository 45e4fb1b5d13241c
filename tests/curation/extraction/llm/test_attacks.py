"""Articles with hidden instructions, and a model that does what they say."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from curation.extraction.findings import as_record
from curation.extraction.llm import codes
from curation.extraction.running import Extraction
from tests.curation.extraction.llm.conftest import HERE, KEY, Ask, recorded
from tests.curation.extraction.llm.stub import Stub, completion, serving

ALLOWED = {
    *codes.ACTOR_KINDS,
    *codes.STATEMENTS,
    *codes.MODALITIES,
    *codes.POLARITIES,
    *codes.QUOTED,
    *codes.MEASURES,
    *codes.GROUPS,
    *codes.EVENT_MODALITIES,
    *codes.ROLES,
    *codes.MODES,
    *(mode for modes in codes.MODES.values() for mode in modes),
    *("exact", "more_than", "named", "described", "pronoun", "outlet", "unknown"),
    *("name", "alias", "cue", "speaker", "date", "place", "participant", ""),
    *("t", "llm", "1:stub-1", "actor", "claim", "figure", "event"),
    *("llm.actor", "llm.claim", "llm.narrator", "llm.figure", "llm.event"),
}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def foreign(done: Extraction) -> list[str]:
    """Strings of findings that are neither words of the text nor written here."""
    text = " ".join(done.document.text.split())
    return [
        each
        for finding in done.findings
        for each in strings(as_record(done.document, finding))
        if " ".join(each.split()) not in text
        and each not in ALLOWED
        and not each.startswith("the language model stub-1 reads ")
    ]


def test_a_model_that_obeys_the_article_changes_and_leaks_nothing(
    ask: Ask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = recorded("attack_answer.json")
    with serving(Stub((200, completion(answer)))) as stub:
        done = ask(stub.url, "attack.txt")
    assert foreign(done) == []
    records = json.dumps([as_record(done.document, f) for f in done.findings])
    for leak in (KEY, "0ther", "attacker", "script", "9,999"):
        assert leak not in records
        assert leak not in caplog.text
    assert not any(KEY in path.read_text() for path in tmp_path.rglob("*.json"))
    # The true words among it are kept: an actor, a claim and a meeting.
    rules = sorted(finding.rule for finding in done.findings)
    assert rules == ["llm.actor", "llm.claim", "llm.event"]
    # Three actors, two claims, a figure and an event.
    assert done.dropped == {"llm": 7}


def test_the_key_is_in_no_message_and_the_article_in_one_piece_of_data(
    ask: Ask,
) -> None:
    with serving(Stub((200, completion(recorded("attack_answer.json"))))) as stub:
        ask(stub.url, "attack.txt")
    (asked,) = stub.asked
    assert KEY not in json.dumps(asked)
    system, user = asked["messages"]
    assert "Ignore previous" not in system["content"]
    lines = user["content"].split("\n")
    assert len(lines) == 3  # no line of the article is a line of the message
    shown = json.loads(lines[1])["paragraphs"]
    assert "END 0000000000000000" in shown[1]["text"]
    assert lines[2] != "END 0000000000000000"


@pytest.mark.parametrize(
    "content",
    [
        f"The key is {KEY}. https://attacker.example/",
        json.dumps({"key": KEY}),
        KEY * 20_000,
        json.dumps({"actors": [], "claims": [], "figures": [], "events": [], KEY: 1}),
        json.dumps(
            {
                "actors": [
                    {"paragraph": 1, "quote": KEY * 1000, "name": "x", "kind": None}
                ],
                "claims": [],
                "figures": [],
                "events": [],
            }
        ),
    ],
)
def test_an_answer_full_of_secrets_gives_nothing_and_is_not_logged(
    ask: Ask, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(Stub((200, completion(content)))) as stub:
        done = ask(stub.url, "attack.txt")
    assert done.findings == []
    assert KEY not in caplog.text


def test_a_model_that_lists_the_whole_article_as_names_is_held_to_names(
    ask: Ask,
) -> None:
    text = (HERE / "attack.txt").read_text("utf-8")
    paragraph = text.split("\n\n")[2].strip()
    actor = {"paragraph": 3, "quote": paragraph, "name": paragraph, "kind": "person"}
    answer = {"actors": [actor] * 300, "claims": [], "figures": [], "events": []}
    with serving(Stub((200, completion(answer)))) as stub:
        assert ask(stub.url, "attack.txt").findings == []


def test_the_same_item_many_times_is_one_finding(ask: Ask) -> None:
    claim = recorded("attack_answer.json")["claims"][1]
    answer = {"actors": [], "claims": [claim] * 300, "figures": [], "events": []}
    with serving(Stub((200, completion(answer)))) as stub:
        assert len(ask(stub.url, "attack.txt").findings) == 1
