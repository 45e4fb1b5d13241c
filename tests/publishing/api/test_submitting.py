"""Articles and proposals that programs send."""

from __future__ import annotations

import pytest

from curation.deciding import accept, reject
from curation.models import Proposal, Run
from sources.models import Article
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory
from tests.factories.sources import TEXT, ArticleFactory
from tests.publishing.asking import Asking

pytestmark = pytest.mark.django_db

SENT = "The minister said on Tuesday that up to 30 people were killed in Kabul."


@pytest.fixture
def ask(client, curator):
    return Asking(client, curator, "propose", name="reader")


# --- Articles ---------------------------------------------------------------------


def test_a_text_is_taken_in_as_it_is(ask):
    text = "  Title\r\n\r\nBody with “quotes” – and é \U0001f600.\n"
    answer = ask("post", "articles/", {"text": text, "name": "feed/1"})
    assert answer.status_code == 201
    article = Article.objects.get()
    assert answer.json() == {
        "id": article.pk,
        "sha256": article.sha256,
        "status": "draft",
        "title": article.title,
    }
    assert (article.text, article.source_name) == (text, "feed/1")
    assert answer.headers["Location"].endswith(f"/api/v1/drafts/articles/{article.pk}/")
    metadata = article.history.get().pgh_context.metadata
    assert metadata["by"] == "curator"
    assert metadata["token"] == ask.token.pk
    assert metadata["why"] == "submitted (API token “reader”)"


def test_a_known_text_is_answered_with_the_one_that_is_there(ask):
    known = ArticleFactory(status="published")
    answer = ask("post", "articles/", {"text": known.text})
    assert answer.status_code == 200
    assert answer.json()["id"] == known.pk
    assert answer.json()["status"] == "published"
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, "#/text"),
        ({"text": 5}, 422, "#/text"),
        ({"text": "  \n "}, 422, "#/text"),
        ({"text": "x" * 1_000_001}, 422, "#/text"),
        ({"text": "\x01\x02\x03abc"}, 422, "#/text"),
        ({"text": SENT, "name": 5}, 422, "#/name"),
        ({"text": SENT, "nam": "x"}, 422, "#/nam"),
        ([], 422, "#"),
        ('{"text": "a\\u0000b"}', 400, None),
        ('{"text": "\\ud800"}', 400, None),
        ('{"text": NaN}', 400, None),
        ("{", 400, None),
        (b"\xff", 400, None),
        ("", 415, None),  # nothing, of no kind
    ],
)
def test_what_is_no_article_is_refused_with_its_place(ask, body, status, pointer):
    answer = ask("post", "articles/", body)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    if pointer:
        assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]
    assert not Article.objects.exists()


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "x"])
def test_only_json_is_understood(ask, kind):
    answer = ask("post", "articles/", {"text": SENT}, content_type=kind)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_a_body_that_is_too_long_is_not_read(ask, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert ask("post", "articles/", {"text": "x" * 200}).status_code == 413


# --- Proposals --------------------------------------------------------------------


def claim(**fields):
    return {
        "kind": "claim",
        "quote": "killed 13 people",
        "reason": "“said” with a subject",
        "fields": {
            "statement": "occurrence",
            "modality": "asserted",
            "speaker": {"words": "The minister"},
            **fields,
        },
    }


def mention(quote="Kabul", **fields):
    return {
        "kind": "actor",
        "quote": quote,
        "reason": "a name",
        "fields": {"name": quote, **fields},
    }


def body(article, *proposals, **more):
    return {
        "article": article.pk,
        "version": "1.0",
        "proposals": list(proposals),
        **more,
    }


@pytest.fixture
def article():
    return ArticleFactory(text=TEXT)


def first_words(article, n=3):
    return " ".join(article.text.split("\n")[0].split(" ")[:n])


def test_what_is_proposed_waits_for_a_person(ask, article, curator):
    ActorFactory(slug="kabul-police", status="coded")
    words = first_words(article)
    sent = body(
        article,
        mention(words, actor="kabul-police"),
        {**claim(), "quote": words},
        {
            "kind": "event",
            "quote": words,
            "reason": "a verb of violence",
            "fields": {
                "title": "An attack",
                "modality": "occurred",
                "type": "ASSAULT",
                "participants": [{"role": "perpetrator", "words": words}],
                "date": {
                    "earliest": "2021-08-26",
                    "latest": "2021-08-26",
                    "precision": "day",
                    "basis": "stated",
                },
            },
        },
        {
            "kind": "figure",
            "quote": words,
            "reason": "a number",
            "fields": {"measure": "killed", "low": 3, "quantifier": "at_least"},
        },
        {
            "kind": "place",
            "quote": words,
            "reason": "a name",
            "fields": {"name": "Kabul", "kind": "city"},
        },
    )
    answer = ask("post", "proposals/", sent)
    assert answer.status_code == 201, answer.content
    taken = answer.json()["proposals"]
    assert [each["result"] for each in taken] == ["proposed"] * 5
    proposals = Proposal.objects.current().undecided()
    assert set(proposals.values_list("pk", flat=True)) == {p["id"] for p in taken}
    assert set(proposals.values_list("extractor", flat=True)) == {"api:reader"}
    run = Run.objects.get()
    assert (run.version, run.configuration["token"]) == ("1.0", ask.token.pk)
    for proposal in proposals.order_by("pk"):
        accept(proposal, by=curator)
    assert Proposal.objects.get(kind="event").judgements.get().made


def test_the_same_again_changes_nothing(ask, article):
    sent = body(article, mention(first_words(article)))
    assert ask("post", "proposals/", sent).status_code == 201
    again = ask("post", "proposals/", sent)
    assert again.status_code == 200
    assert again.json()["proposals"][0]["result"] == "known"
    assert (Run.objects.count(), Proposal.objects.count()) == (1, 1)


def test_what_was_proposed_before_stays_unless_it_is_replaced(ask, article):
    one, two = first_words(article, 2), first_words(article, 4)
    ask("post", "proposals/", body(article, mention(one)))
    ask("post", "proposals/", body(article, mention(two)))
    assert Proposal.objects.current().count() == 2
    ask("post", "proposals/", body(article, mention(two), replaces=True))
    assert [p.quote for p in Proposal.objects.current()] == [two]
    ask("post", "proposals/", body(article, mention(one), replaces=True))
    assert [p.quote for p in Proposal.objects.current()] == [one]


def test_what_a_person_decided_is_not_asked_again(ask, article, curator):
    sent = body(article, mention(first_words(article)))
    ask("post", "proposals/", sent)
    reject([Proposal.objects.get()], by=curator, why="no actor")
    again = ask("post", "proposals/", body(article, sent["proposals"][0]))
    assert again.json()["proposals"][0]["result"] == "known"
    other = ArticleFactory(text=f"{TEXT} Again.")
    elsewhere = ask("post", "proposals/", body(other, mention(first_words(other))))
    assert elsewhere.json()["proposals"][0] | {"start": 0} == {
        "result": "decided",
        "id": None,
        "start": 0,
        "end": len(first_words(other)),
    }
    assert not Proposal.objects.undecided().exists()


def test_a_quote_that_is_not_in_the_text_is_refused_and_the_nearest_named(ask, article):
    words = first_words(article, 6)
    wrong = words.replace(" ", "  ", 1).replace(words[-3:], "xyz")
    answer = ask("post", "proposals/", body(article, mention(wrong)))
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["pointer"] == "#/proposals/0/quote"
    near = error["nearest"]
    assert article.text[near["start"] : near["end"]] == near["quote"]
    assert near["start"] == 0
    assert not Proposal.objects.exists()


def test_words_that_stand_twice_need_their_place(ask):
    article = ArticleFactory(text="Kabul fell. Kabul rose.")
    answer = ask("post", "proposals/", body(article, mention("Kabul")))
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["pointer"], error["allowed"]) == ("#/proposals/0/start", [0, 12])
    sent = body(article, {**mention("Kabul"), "start": 12})
    answer = ask("post", "proposals/", sent)
    assert answer.json()["proposals"][0]["start"] == 12


@pytest.mark.parametrize(
    ("change", "pointer", "allowed"),
    [
        (
            {"fields": {"name": "x", "actor_kind": "robot"}},
            "fields/actor_kind",
            "person",
        ),
        ({"fields": {"name": "x", "actor": "nobody"}}, "fields/actor", None),
        ({"fields": {}}, "fields/name", None),
        ({"kind": "fact"}, "kind", "claim"),
        ({"score": 2}, "score", None),
        ({"reason": ""}, "reason", None),
        ({"spans": [{"quote": "x", "role": "tail"}]}, "spans/0/role", "speaker"),
        ({"start": -1}, "start", None),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(
    ask, article, change, pointer, allowed
):
    sent = body(article, {**mention(first_words(article)), **change})
    answer = ask("post", "proposals/", sent)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["pointer"] == f"#/proposals/0/{pointer}"
    assert allowed is None or allowed in error["allowed"]


@pytest.mark.parametrize(
    "change",
    [
        {"article": 0},
        {"article": "x"},
        {"article": True},
        {"proposals": []},
        {"version": ""},
        {"replaces": "x"},
        {"extra": 1},
    ],
)
def test_what_is_wrong_with_the_whole_is_named(ask, article, change):
    sent = body(article, mention(first_words(article))) | change
    answer = ask("post", "proposals/", sent)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["pointer"] == f"#/{next(iter(change))}"


def test_an_event_may_be_one_that_is_known(ask, article, curator):
    EventFactory(slug="known", status="coded")
    words = first_words(article)
    fields = {"title": "x", "modality": "occurred", "linked": "known"}
    proposed = {"kind": "event", "quote": words, "reason": "r", "fields": fields}
    assert ask("post", "proposals/", body(article, proposed)).status_code == 201
    accept(Proposal.objects.get(), by=curator)
