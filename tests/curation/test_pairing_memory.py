"""What a worker remembers, when records in the database are not what it wrote."""

from __future__ import annotations

import pytest

from curation import pairing
from curation.extraction.pairing import Statement, digest
from curation.knowledge import document_of
from curation.models import ArticleDigest
from curation.pairing import Memory, stored_statements
from tests.factories.curation import RunFactory

pytestmark = pytest.mark.django_db


def remember(text, **changes):
    """An article that was read, with its digest as it is written and changed."""
    run = RunFactory(article__text=text)
    record = digest(document_of(run.article), []).as_record() | changes
    ArticleDigest.objects.create(article=run.article, run=run, record=record)
    return run.article


@pytest.mark.parametrize(
    "changes",
    [
        {"words": 7},
        {"words": [["a"]]},
        {"names": ["a"]},
        {"figures": 3},
        {"counts": ["many"]},
        {"counts": []},
        {"published": "May"},
        {"vector": 9},
        {"id": ["a"]},
        {"version": 0},
    ],
)
def test_a_record_that_is_no_digest_is_passed_over_and_told_once(changes, caplog):
    bad = remember("Rain fell on Kabul today.", **changes)
    good = remember("Snow fell on Herat yesterday.")
    memory = Memory()

    memory.refresh()
    memory.refresh()

    assert list(memory.index._place) == [str(good.pk)]
    assert caplog.text.count(f"The digest of article {bad.pk}:") == 1


@pytest.mark.parametrize("record", [{"version": 1}, ["version"]])
def test_a_record_of_another_shape_is_passed_over(record, caplog):
    run = RunFactory()
    ArticleDigest.objects.create(article=run.article, run=run, record=record)

    Memory().refresh()

    assert f"article {run.article_id}" in caplog.text


def test_what_is_remembered_is_not_taken_in_again(monkeypatch):
    first = remember("Rain fell on Kabul today.", statements=[{"text": "Rain"}])
    memory = Memory()
    taken = []
    add = memory.index.add
    monkeypatch.setattr(memory.index, "add", lambda d: (taken.append(d.id), add(d)))

    memory.refresh()
    memory.refresh()
    second = remember("Snow fell on Herat yesterday.")
    memory.refresh()
    again = RunFactory(article=first)
    ArticleDigest.objects.filter(article=first).update(run=again)
    memory.refresh()

    assert taken == [str(first.pk), str(second.pk), str(first.pk)]


def test_the_oldest_is_forgotten(monkeypatch):
    monkeypatch.setattr(pairing, "REMEMBERED", 2)
    memory = Memory()
    articles = []
    for place in ("Kabul", "Herat", "Kunduz"):
        articles.append(remember(f"Rain fell on {place} today."))
        memory.refresh()

    assert [*memory.index._place] == [str(each.pk) for each in articles[1:]]


def said_by(article):
    return Statement(document=str(article.pk), start=0, end=4, text="Rain")


@pytest.mark.parametrize(
    "bad", [7, {}, {"document": "0"}, {"start": "one"}, {"actors": 3}, {"speaker": []}]
)
def test_a_statement_that_is_none_is_passed_over(bad, caplog):
    article = remember("Rain fell on Kabul today.")
    good = said_by(article).as_record()
    if isinstance(bad, dict) and bad:
        bad = good | bad
    kept = ArticleDigest.objects.get()
    kept.record["statements"] = [bad, good]
    kept.save()

    (found,) = stored_statements(articles=[str(article.pk)], events=[])

    assert found == said_by(article)
    assert f"A statement of article {article.pk}" in caplog.text


@pytest.mark.parametrize("statements", [7, "text", {"a": 1}, None])
def test_statements_that_are_no_list_are_none(statements):
    article = remember("Rain fell on Kabul today.", statements=statements)

    assert list(stored_statements(articles=[str(article.pk)], events=[])) == []
