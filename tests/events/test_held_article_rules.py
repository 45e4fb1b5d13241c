"""Attempts to put another text under a quote, or a quote where there is no text."""

from __future__ import annotations

import hashlib

import pytest

from tests.factories.actors import MentionFactory
from tests.factories.curation import OmissionFactory
from tests.factories.events import EvidenceFactory
from tests.factories.sources import TEXT, ArticleFactory, SpanFactory
from tests.rules import (
    allowed,
    copy,
    delete,
    full_row_of,
    insert,
    insert_like,
    refused,
    row_of,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

OTHER = TEXT.replace("13", "31")
# Whatever quotes an article, and the rule that compares it with the text.
QUOTING = [
    (EvidenceFactory, "events_evidence_quote_is_text"),
    (MentionFactory, "actors_mention_quote_is_text"),
    (OmissionFactory, "curation_omission_quote_is_text"),
]


def key_of(row):
    """The name of the foreign key that holds its article."""
    [(name,)] = sql(
        "SELECT conname FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid = %s::regclass AND confrelid = 'sources_article'::regclass",
        row._meta.db_table,
    )
    return name


def other_text(article):
    """The row of an article with another text in it."""
    digest = hashlib.sha256(OTHER.encode()).hexdigest()
    return full_row_of(article) | {"text": OTHER, "sha256": digest}


@pytest.fixture(params=[*(make for make, _ in QUOTING), SpanFactory])
def held(request):
    """What holds an article: evidence, a mention, an omission or a span."""
    return request.param(article=ArticleFactory(text=TEXT))


def test_ids_of_articles_are_not_exchanged(held):
    other = ArticleFactory(text=OTHER)
    with refused("sources_article:id_never_changes"):
        ids = (other.pk + held.article_id, other.pk, held.article_id)
        sql("UPDATE sources_article SET id = %s - id WHERE id IN (%s, %s)", *ids)
    with refused("sources_article:id_never_changes"):
        delete(other)
        update(held.article, id=other.pk)


def test_an_article_is_not_written_anew(held):
    values = other_text(held.article)
    with refused(key_of(held)):
        delete(held.article)
        insert("sources_article", **values)
    with refused(key_of(held)):
        delete(held.article)
        copy("sources_article", values)
    with refused(key_of(held)):  # not even as it was
        values = full_row_of(held.article)
        delete(held.article)
        insert("sources_article", **values)
    free = ArticleFactory()
    values = other_text(free)
    with allowed():  # nothing quotes it
        delete(free)
        insert("sources_article", **values)


def test_an_article_is_not_exchanged_in_one_statement(held):
    columns = [*row_of(held.article)]
    changed = {"text": "%s::text", "sha256": "encode(sha256(%s), 'hex')"}
    written = {"text": OTHER, "sha256": OTHER.encode()}
    chosen = ", ".join(changed.get(column, column) for column in columns)
    values = [written[column] for column in columns if column in written]
    with refused(key_of(held)):
        sql(
            "WITH gone AS (DELETE FROM sources_article WHERE id = %s RETURNING *)"
            f" INSERT INTO sources_article (id, {', '.join(columns)})"
            f" SELECT id, {chosen} FROM gone",
            held.article_id,
            *values,
        )


def test_a_text_is_not_replaced_by_an_upsert(held):
    with refused("sources_article:text_never_changes"):
        sql(
            "INSERT INTO sources_article SELECT * FROM sources_article WHERE id = %s"
            " ON CONFLICT (id) DO UPDATE SET text = %s",
            held.article_id,
            OTHER,
        )


@pytest.mark.parametrize(("make", "rule"), QUOTING)
def test_a_quote_needs_an_article(make, rule):
    """Its foreign key is checked only at commit, when the text could be any."""
    row = make(article=ArticleFactory(text=TEXT))
    absent = {"article_id": 900_001}
    with refused(rule):
        update(row, **absent)
    with refused(rule):
        copy(row._meta.db_table, row_of(row) | absent)
    with refused(rule):
        insert_like(row, **absent)
        insert("sources_article", **other_text(row.article) | {"id": 900_001})


@pytest.mark.parametrize(("make", "rule"), QUOTING)
@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (len(TEXT), len(TEXT) + 5, ""),
        (len(TEXT) + 100, len(TEXT) + 105, ""),
        (len(TEXT) - 5, len(TEXT) + 5, TEXT[-5:]),
        (len(TEXT), len(TEXT) + 1, " "),
        (0, 2_147_483_647, TEXT),
        (0, 5, ""),
        (6, 7, " "),
        (0, 5, "     "),
    ],
)
def test_a_quote_is_within_the_text_and_not_blank(make, rule, start, end, quote):
    row = make(article=ArticleFactory(text=TEXT))
    passage = {"start": start, "end": end, "quote": quote}
    with refused(rule):
        update(row, **passage)
    with refused(rule):
        insert_like(row, **passage)
    with refused(rule):
        copy(row._meta.db_table, row_of(row) | passage)
    with allowed():
        update(row, start=len(TEXT) - 5, end=len(TEXT), quote=TEXT[-5:])


@pytest.mark.parametrize(("make", "rule"), QUOTING)
def test_a_temporary_table_does_not_stand_for_the_articles(make, rule):
    row = make(article=ArticleFactory(text=TEXT))
    sql("CREATE TEMP TABLE sources_article (id bigint, text text) ON COMMIT DROP")
    sql("INSERT INTO sources_article VALUES (%s, %s)", row.article_id, "Herat.")
    with refused(rule):
        update(row, start=0, end=6, quote="Herat.")
    with refused(rule):
        insert_like(row, start=0, end=6, quote="Herat.")
    with allowed():
        update(row, start=0, end=6, quote="Kabul.")


def test_a_temporary_table_does_not_stand_for_evidence_or_spans_of_texts():
    proof, span = EvidenceFactory(), SpanFactory()
    sql("CREATE TEMP TABLE sources_article (id bigint, text text) ON COMMIT DROP")
    sql("INSERT INTO sources_article VALUES (%s, %s)", span.article_id, "x" * 999)
    with refused("sources_span_ends_within_text"):
        update(span, end=999)
    sql("CREATE TEMP TABLE events_evidence (claim_id bigint) ON COMMIT DROP")
    sql("INSERT INTO events_evidence VALUES (%s)", proof.claim_id)
    with refused("events_claim_has_evidence"):
        sql("DELETE FROM public.events_evidence WHERE id = %s", proof.pk)
