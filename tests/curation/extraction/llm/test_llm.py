"""The language model as an extractor, against a stub server on this machine."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from curation.extraction.context import Context, KnownActor, Name
from curation.extraction.dates import Dates
from curation.extraction.findings import ActorMention, Claim, Event, Figure, Finding
from curation.extraction.llm import ServerFailedError
from curation.extraction.llm.asking import BudgetSpentError
from curation.extraction.reading import Reading
from curation.extraction.running import Extraction
from tests.curation.extraction.llm.conftest import KEY, Ask, recorded
from tests.curation.extraction.llm.stub import (
    Stub,
    completion,
    schema_refused,
    serving,
)

NAME = {"name": "x", "kind": None}
EMPTY: dict[str, list[Any]] = {"actors": [], "claims": [], "figures": [], "events": []}


def fields(done: Extraction, kind: type) -> list[Any]:
    return [each.fields for each in done.findings if isinstance(each.fields, kind)]


def words(done: Extraction, rule: str) -> list[str]:
    return [each.span.text for each in done.findings if each.rule == rule]


def test_quotes_become_findings_at_the_places_where_they_stand(ask: Ask) -> None:
    with serving(Stub((200, completion(recorded("answer.json"))))) as stub:
        done = ask(stub.url, before=(Dates(),))
    text = done.document.text
    first = text.index("Taliban")
    places = [f.span.start for f in done.findings if f.span.text == "Taliban"]
    assert places == [first, text.index("Taliban", first + 1)]
    assert words(done, "llm.actor") == ["ISIS-K", "Joe Biden", "Taliban", "Taliban"]
    # Plain quotation marks and one space found the curly ones and two.
    assert words(done, "llm.claim") == [
        "“We will hunt you down,”",
        "their  guards had been warned",
    ]
    assert words(done, "llm.narrator") == ["The Taliban hold the city."]
    assert words(done, "llm.figure") == ["more than 100 people"]


def test_fields_are_codes_words_and_what_is_worked_out_here(ask: Ask) -> None:
    with serving(Stub((200, completion(recorded("answer.json"))))) as stub:
        done = ask(stub.url, before=(Dates(),))
    biden, denied, _narrator = fields(done, Claim)
    assert (biden.speaker.words, biden.speaker.how) == ("Joe Biden", "named")
    mention = fields(done, ActorMention)[1]
    assert biden.speaker.cluster == mention.cluster
    assert denied.modality == "denied"
    (figure,) = fields(done, Figure)
    assert (figure.low, figure.high, figure.quantifier) == (101, None, "more_than")
    (event,) = fields(done, Event)
    assert (event.type, event.mode) == ("ASSAULT", "suicide-attack")
    assert event.figures == (done.document.text.index("more than 100"),)
    assert event.date.earliest.isoformat() == "2021-08-26"
    roles = [(each.role, each.words) for each in event.participants]
    assert roles == [("perpetrator", "A suicide bomber"), ("claimant", "ISIS-K")]


def test_what_is_not_in_the_text_is_dropped_and_counted(ask: Ask) -> None:
    with serving(Stub((200, completion(recorded("answer.json"))))) as stub:
        done = ask(stub.url)
    # Lloyd Austin, what the Pentagon is made to say, 170 people; the third naming of
    # the Taliban is one too many and no invention.
    assert done.dropped == {"llm": 3}


def test_known_actors_and_earlier_mentions_are_joined(ask: Ask) -> None:
    taliban = KnownActor(
        "taliban", "Taliban", "armed_group", None, (Name("Taliban", "official"),)
    )
    with serving(Stub((200, completion(recorded("answer.json"))))) as stub:
        done = ask(stub.url, context=Context(actors=(taliban,)))
    mentions = fields(done, ActorMention)
    assert [each.actor for each in mentions] == [None, None, "taliban", "taliban"]
    assert mentions[2].cluster == mentions[3].cluster != mentions[1].cluster


def test_a_mention_found_before_gives_its_cluster(ask: Ask) -> None:
    class Before:
        name = "before"
        version = "1"

        def extract(self, reading: Reading) -> list[Finding]:
            start = reading.document.text.index("President Joe Biden")
            span = reading.document.span(start, start + len("President Joe Biden"))
            mention = ActorMention("Biden", "joe-biden", 41, "name")
            return [Finding(mention, (span,), "actor.made-up", "made up")]

    with serving(Stub((200, completion(recorded("answer.json"))))) as stub:
        done = ask(stub.url, before=(Before(),))
    again = next(f.fields for f in done.findings if f.span.text == "Joe Biden")
    assert isinstance(again, ActorMention)
    assert (again.cluster, again.actor) == (41, "joe-biden")
    biden = next(f for f in done.findings if f.rule == "llm.claim").fields
    assert isinstance(biden, Claim)
    assert (biden.speaker.cluster, biden.speaker.actor) == (41, "joe-biden")


def test_the_request_holds_the_text_as_data_and_no_tools(ask: Ask) -> None:
    with serving(Stub((200, completion(EMPTY)))) as stub:
        ask(stub.url)
    (asked,) = stub.asked
    assert stub.paths == ["/v1/chat/completions"]
    assert stub.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert asked["model"] == "stub-1"
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert not {"tools", "functions", "stream"} & asked.keys()
    mark, data, end = asked["messages"][1]["content"].split("\n")
    assert mark.removeprefix("ARTICLE ") == end.removeprefix("END ")
    shown = json.loads(data)
    assert [each["number"] for each in shown["paragraphs"]] == [1, 2, 3]
    assert shown["paragraphs"][0]["text"] == "Blast at Kabul airport kills dozens"


def test_an_answer_that_is_no_json_is_asked_for_once_more(ask: Ask) -> None:
    answer = completion(recorded("answer.json"))
    with serving(Stub((200, completion("Sure! Here: {")), (200, answer))) as stub:
        done = ask(stub.url)
    assert len(stub.asked) == 2
    assert stub.asked[1]["messages"][2]["content"] == "Sure! Here: {"
    assert words(done, "llm.figure") == ["more than 100 people"]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "[]",
        "null",
        '{"actors": []}',
        json.dumps(EMPTY | {"actors": [{"paragraph": "1"}]}),
        json.dumps(EMPTY | {"figures": [{}] * 500}),
        json.dumps(EMPTY | {"more": []}),
        json.dumps(EMPTY | {"actors": [{"paragraph": 1, "quote": "x" * 5000} | NAME]}),
        "[" * 5000 + "]" * 5000,
        '{"actors": ' + "[" * 900 + "]" * 900 + "}",
    ],
)
def test_an_answer_of_another_shape_gives_nothing_twice(
    ask: Ask, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(Stub((200, completion(wrong)))) as stub:
        done = ask(stub.url)
    assert len(stub.asked) == 2
    assert done.findings == []
    assert "no usable answer" in caplog.text


def test_fenced_json_is_read(ask: Ask) -> None:
    fenced = f"```json\n{json.dumps(recorded('answer.json'))}\n```"
    with serving(Stub((200, completion(fenced)))) as stub:
        done = ask(stub.url)
    assert len(stub.asked) == 1
    assert words(done, "llm.figure")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(
    ask: Ask, waits: list[float], status: int
) -> None:
    busy = (status, b"")
    with serving(Stub(busy, busy, (200, completion(EMPTY)))) as stub:
        ask(stub.url)
    assert len(stub.asked) == 3
    assert 0 < waits[0] < waits[1] < 60


def test_the_wait_that_a_server_asks_for_is_kept_and_capped(
    ask: Ask, waits: list[float]
) -> None:
    stub = Stub((429, b""), (200, completion(EMPTY)))
    for asked, kept in (("7", 7.0), ("86400", 60.0), ("-5", 0.0)):
        stub.extra = {"Retry-After": asked}
        stub.asked.clear()
        with serving(stub):
            ask(stub.url, model=f"stub-{asked}")
        assert waits.pop() == kept


def test_a_server_that_stays_busy_fails_with_its_status(ask: Ask) -> None:
    body = f'{{"error": "quota of {KEY} is used up"}}'.encode()
    with (
        serving(Stub((429, body))) as stub,
        pytest.raises(ServerFailedError, match="HTTP status 429") as failure,
    ):
        ask(stub.url)
    assert len(stub.asked) == 4
    assert KEY not in str(failure.value)


def test_a_wrong_key_is_told_at_once_and_not_shown(ask: Ask) -> None:
    body = f'{{"error": "Incorrect API key provided: {KEY}"}}'.encode()
    with (
        serving(Stub((401, body))) as stub,
        pytest.raises(ServerFailedError, match="401") as failure,
    ):
        ask(stub.url)
    assert len(stub.asked) == 1
    assert KEY not in repr(failure.value)
    assert failure.value.__cause__ is None


def test_a_slow_server_is_given_up(ask: Ask) -> None:
    stub = Stub((200, completion(EMPTY)))
    stub.delay = 0.5
    with (
        serving(stub),
        pytest.raises(ServerFailedError, match=r"within 0\.1 seconds"),
    ):
        ask(stub.url, timeout=0.1)
    assert len(stub.asked) == 4


def test_no_server_is_told(ask: Ask) -> None:
    with serving(Stub()) as stub:
        url = stub.url
    with pytest.raises(ServerFailedError, match="could not be reached"):
        ask(url)


def test_a_redirect_is_not_followed(ask: Ask) -> None:
    other = Stub((200, completion(EMPTY)))
    stub = Stub((302, b""))
    with serving(other), serving(stub):
        stub.extra = {"Location": other.url}
        with pytest.raises(ServerFailedError, match="302"):
            ask(stub.url)
    assert other.asked == []


def test_a_server_without_schemas_is_asked_for_an_object(ask: Ask) -> None:
    class Plain(Stub):
        def next(self, payload: dict[str, Any]) -> tuple[int, bytes]:
            if schema_refused(payload):
                return 400, b'{"error": "response_format is not supported"}'
            return super().next(payload)

    with serving(Plain((200, completion(recorded("answer.json"))))) as stub:
        done = ask(stub.url, max_chars=140)
    kinds = [each["response_format"]["type"] for each in stub.asked]
    # What the server refused for the first part is not tried for the others.
    assert kinds == ["json_schema", "json_schema", *["json_object"] * (len(kinds) - 2)]
    assert len(kinds) > 3
    assert words(done, "llm.figure")


def test_a_server_that_refuses_every_form_fails(ask: Ask) -> None:
    with (
        serving(Stub((400, b""))) as stub,
        pytest.raises(ServerFailedError, match="400"),
    ):
        ask(stub.url)
    assert len(stub.asked) == 4
    assert "max_completion_tokens" in stub.asked[-1]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'{"choices": []}', b'{"choices": [null]}']
)
def test_a_reply_that_is_no_completion_fails(ask: Ask, body: bytes) -> None:
    with (
        serving(Stub((200, body))) as stub,
        pytest.raises(ServerFailedError, match="no chat completion"),
    ):
        ask(stub.url)


def test_a_huge_reply_is_not_read_to_its_end(ask: Ask) -> None:
    with (
        serving(Stub((200, completion("x" * 2_000_000)))) as stub,
        pytest.raises(ServerFailedError, match="1,000,000 bytes"),
    ):
        ask(stub.url)


def test_a_refusal_without_text_gives_nothing(ask: Ask) -> None:
    reply = b'{"choices": [{"message": {"content": null, "refusal": "no"}}]}'
    with serving(Stub((200, reply))) as stub:
        assert ask(stub.url).findings == []


def test_the_same_text_is_asked_for_once(ask: Ask, tmp_path: Path) -> None:
    with serving(Stub((200, completion(recorded("answer.json"))))) as stub:
        first, second = ask(stub.url), ask(stub.url)
        assert len(stub.asked) == 1
        assert first.findings == second.findings
        ask(stub.url, model="stub-2")
        assert len(stub.asked) == 2
    kept = [path.read_text() for path in tmp_path.rglob("*.json")]
    assert len(kept) == 2
    assert not any(KEY in each for each in kept)


def test_a_spoilt_or_foreign_kept_answer_is_asked_for_again(
    ask: Ask, tmp_path: Path
) -> None:
    with serving(Stub((200, completion(recorded("answer.json"))))) as stub:
        ask(stub.url)
        (kept,) = tmp_path.rglob("*.json")
        for spoilt in ('{"actors"', '{"actors": 1}'):
            kept.write_text(spoilt)
            assert words(ask(stub.url), "llm.figure")
    assert len(stub.asked) == 3


def test_an_unusable_answer_is_not_kept(ask: Ask, tmp_path: Path) -> None:
    with serving(Stub((200, completion("no")))) as stub:
        ask(stub.url)
    assert not list(tmp_path.rglob("*.json"))


def test_a_long_article_is_read_in_parts(ask: Ask) -> None:
    sentence = "The Taliban took a village in the north, officials said. "
    text = "\n\n".join([sentence * 4] * 6 + [sentence * 40])
    with serving(Stub((200, completion(EMPTY)))) as stub:
        ask(stub.url, text=text, max_chars=500)
    shown = [
        each
        for asked in stub.asked
        for each in json.loads(asked["messages"][1]["content"].split("\n")[1])[
            "paragraphs"
        ]
    ]
    assert [each["number"] for each in shown] == list(range(1, len(shown) + 1))
    assert max(len(each["text"]) for each in shown) <= 500
    together = "".join(each["text"] for each in shown)
    assert together.replace(" ", "") == "".join(text.split())


def test_an_article_takes_no_more_tokens_than_allowed(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    text = "\n\n".join(["The Taliban took a village, officials said. " * 10] * 6)
    reply = completion(EMPTY, prompt_tokens=2_000, completion_tokens=1_000)
    with serving(Stub((200, reply))) as stub:
        ask(stub.url, text=text, max_chars=500, max_tokens=8_000)
    assert len(stub.asked) == 3
    assert all(asked["max_tokens"] <= 8_000 for asked in stub.asked)
    assert "NEWSDB_LLM_MAX_TOKENS is reached" in caplog.text


def test_a_day_costs_no_more_than_allowed(ask: Ask) -> None:
    reply = completion(EMPTY, prompt_tokens=1_000_000, completion_tokens=0)
    with serving(Stub((200, reply))) as stub:
        capped = {"prices": (2.0, 8.0), "max_cost": 3.0, "max_tokens": 10**7}
        for number in range(2):
            ask(stub.url, text=f"Text {number} of the day.", **capped)
        with pytest.raises(BudgetSpentError, match="NEWSDB_LLM_MAX_COST"):
            ask(stub.url, text="One more text.", **capped)
    assert len(stub.asked) == 2


@pytest.mark.parametrize("text", ["", "\n\n", "“", "🙂" * 50, "a" * 30_000])
def test_odd_texts_do_not_fail(ask: Ask, text: str) -> None:
    with serving(Stub((200, completion(recorded("answer.json"))))) as stub:
        ask(stub.url, text=text or " ")


def test_nothing_of_a_run_shows_the_key(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(Stub((200, completion("no")))) as stub:
        ask(stub.url)
    assert KEY not in caplog.text
