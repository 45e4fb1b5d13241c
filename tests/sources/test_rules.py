"""Attempts to break the rules of `sources` with raw SQL."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from tests.factories.actors import MentionFactory
from tests.factories.events import EvidenceFactory
from tests.factories.sources import (
    TEXT,
    ArticleFactory,
    OriginFactory,
    OutletFactory,
    SpanFactory,
    term,
)
from tests.rules import (
    EDGES,
    allowed,
    copy,
    delete,
    insert,
    insert_like,
    refused,
    row_of,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

CURATED = {
    "sources_outlet": OutletFactory,
    "sources_origin": OriginFactory,
    "sources_article": ArticleFactory,
}


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "rule",
    [
        "sources_outlet_status_is_known",
        "sources_origin_status_is_known",
        "sources_article_status_is_known",
    ],
)
def test_states_are_known(rule):
    row = CURATED[rule.removesuffix("_status_is_known")]()
    with refused(rule):
        update(row, status="public")
    with allowed():
        update(row, status="coded")


# --- Code lists ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "column", "code"),
    [
        ("sources_outlet_country_from_its_list", "country_id", "country/AFG"),
        (
            "sources_outlet_reliability_from_its_list",
            "reliability_id",
            "admiralty-reliability/B",
        ),
        ("sources_origin_kind_from_its_list", "kind_id", "origin-kind/wire_copy"),
    ],
)
def test_codes_come_from_their_list(rule, column, code):
    row = CURATED[rule.partition(f"_{column.removesuffix('_id')}_")[0]]()
    with refused(rule):
        update(row, **{column: "role/victim"})
    with allowed():
        update(row, **{column: code})


def test_the_key_of_a_code_is_its_list_and_code():
    entry = {"name": "", "meaning": "", "source": "", "mappings": "{}", "active": True}
    entry |= {"list": "role", "code": "bystander", "position": 99}
    with refused("sources_term_id_is_list_and_code"):
        insert("sources_term", id="measure/bystander", **entry)
    with allowed():
        insert("sources_term", id="role/bystander", **entry)
    with refused("sources_term_code_once_per_list"):
        sql("ALTER TABLE sources_term DROP CONSTRAINT sources_term_id_is_list_and_code")
        insert("sources_term", id="role/bystander-2", **entry)


def test_a_list_has_no_slash():
    """Keys are cut at their first slash; codes may hold more of them."""
    entry = {"name": "", "meaning": "", "source": "", "mappings": "{}", "active": True}
    entry |= {"position": 99, "id": "role/other/guest"}
    with refused("sources_term_list_has_no_slash"):
        insert("sources_term", **entry, list="role/other", code="guest")
    with allowed():
        insert("sources_term", **entry, list="role", code="other/guest")


@pytest.mark.parametrize("rule", ["sources_term:id_never_changes"])
def test_the_key_of_a_code_never_changes(rule):
    with refused(rule):
        sql("UPDATE sources_term SET id = 'role/x', code = 'x' WHERE id = 'role/host'")
    with allowed():
        sql("UPDATE sources_term SET id = id, name = 'x' WHERE id = 'role/host'")


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_no_code_is_wider_than_itself(steps):
    """The trigger sources_term:not_inside_itself."""
    codes = [term(f"role/step-{n}") for n in range(steps)]
    with allowed():
        for wider, code in zip(codes, codes[1:], strict=False):
            update(code, parent_id=wider.pk)
    with refused("sources_term_not_inside_itself"):
        update(codes[0], parent_id=codes[-1].pk)
    with allowed():
        update(codes[0], parent_id=term("role/step-above").pk)


def test_codes_are_switched_off_never_deleted():
    with refused("sources_term:switched_off_never_deleted"):
        sql("DELETE FROM sources_term WHERE id = 'role/witness'")
    with allowed():
        sql("UPDATE sources_term SET active = false WHERE id = 'role/witness'")


# --- Articles -----------------------------------------------------------------


def test_the_text_of_an_article_never_changes():
    article = ArticleFactory()
    text = article.text + "!"
    with refused("sources_article:text_never_changes"):
        update(article, text=text, sha256=sha256(text))
    with refused("sources_article:text_never_changes"):
        update(article, sha256="0" * 64)
    with refused("sources_article:text_never_changes"):
        sql(
            "INSERT INTO sources_article SELECT * FROM sources_article WHERE id = %s"
            " ON CONFLICT (id) DO UPDATE SET text = excluded.text || '!'",
            article.pk,
        )
    with allowed():
        update(article, text=article.text, title="Another title")


def test_the_hash_is_of_the_text():
    article = ArticleFactory()
    with refused("sources_article_sha256_is_of_text"):
        insert_like(article, text="Other words", sha256="f" * 64)
    with refused("sources_article_sha256_is_of_text"):
        copy("sources_article", row_of(article) | {"text": "Other words"})
    with refused("sources_article_sha256_key"):
        insert_like(article)
    with allowed():
        insert_like(article, text="Café — 🙂", sha256=sha256("Café — 🙂"))


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n"])
def test_an_article_has_words(text):
    with refused("sources_article_text_not_blank"):
        insert_like(ArticleFactory(), text=text, sha256=sha256(text))
    with allowed():
        insert_like(ArticleFactory(), text=text + "x", sha256=sha256(text + "x"))


@pytest.mark.parametrize("make", [EvidenceFactory, MentionFactory, SpanFactory])
def test_an_article_that_something_rests_on_is_not_deleted(make):
    row = make(article=ArticleFactory(text=TEXT))
    table = row._meta.db_table
    [(key,)] = sql(
        "SELECT conname FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid = %s::regclass AND confrelid = 'sources_article'::regclass",
        table,
    )
    with refused(key):
        delete(row.article)
    with allowed():
        delete(ArticleFactory())


def test_the_first_revision_revises_nothing_and_later_ones_something():
    first, other = ArticleFactory(), ArticleFactory()
    with refused("sources_article_first_revision_revises_nothing"):
        update(other, revises_id=first.pk)
    with refused("sources_article_first_revision_revises_nothing"):
        update(other, revision=2)
    with refused("sources_article_first_revision_revises_nothing"):
        update(other, revision=0)
    with allowed():
        update(other, revision=2, revises_id=first.pk)
    with refused("sources_article_revises_id_key"):
        update(ArticleFactory(), revision=2, revises_id=first.pk)


def test_an_article_revises_another():
    article = ArticleFactory()
    with refused("sources_article_revises_another"):
        update(article, revision=2, revises_id=article.pk)
    text = "Its own revision"
    with refused("sources_article_revises_another"):
        own = {"id": 900_001, "revision": 2, "revises_id": 900_001}
        insert_like(article, **own, text=text, sha256=sha256(text))
    with allowed():
        update(article, revision=2, revises_id=ArticleFactory().pk)


# --- Dates --------------------------------------------------------------------


@pytest.mark.parametrize(("precision", "days", "fits"), EDGES)
def test_precision_agrees_with_the_interval(precision, days, fits):
    article = ArticleFactory()
    earliest = dt.date(2021, 8, 26)
    with allowed() if fits else refused("sources_article_published_precision_fits"):
        update(
            article,
            published_earliest=earliest,
            published_latest=earliest + dt.timedelta(days=days - 1),
            published_precision=precision,
            published_basis="stated",
        )


def test_dates_are_in_order_and_have_a_basis():
    article = ArticleFactory()
    with refused("sources_article_published_earliest_before_latest"):
        update(
            article,
            published_earliest="2021-08-27",
            published_latest="2021-08-26",
            published_basis="stated",
        )
    with refused("sources_article_published_has_basis"):
        update(article, published_latest="2021-08-26")
    with refused("sources_article_published_inferred_from"):
        update(article, published_latest="2021-08-26", published_basis="inferred")
    with allowed():
        update(
            article,
            published_latest="2021-08-26",
            published_basis="inferred",
            published_note="from the press conference it quotes",
        )


@pytest.mark.parametrize("given", ["published_earliest", "published_latest"])
def test_a_named_precision_needs_both_ends(given):
    with refused("sources_article_published_precision_fits"):
        update(
            ArticleFactory(),
            **{given: "2021-08-26"},
            published_precision="day",
            published_basis="stated",
        )


# --- Spans --------------------------------------------------------------------


def test_spans_lie_within_the_text_and_are_of_a_known_kind():
    span = SpanFactory(article=ArticleFactory(text=TEXT))
    with refused("sources_span_start_before_end"):
        update(span, start=5, end=5)
    with refused("sources_span_start_before_end"):
        update(span, start=6, end=5)
    with refused("sources_span_kind_is_known"):
        update(span, kind="headline")
    with refused("sources_span_once"):
        insert_like(span)
    with allowed():
        insert_like(span, kind="title", end=5)


@pytest.mark.parametrize(
    "rule",
    [
        "sources_span:ends_within_text_on_insert",
        "sources_span:ends_within_text_on_update",
    ],
)
@pytest.mark.parametrize("change", [{"end": 11}, {"article_id": 900_001}])
def test_a_span_ends_within_its_text(rule, change):
    span = SpanFactory(article=ArticleFactory(text="Ten 🙂 char"), end=10)
    # The emoji is one code point, though two in UTF-16 and four bytes in UTF-8.
    with refused("sources_span_ends_within_text"):
        if rule.endswith("insert"):
            copy("sources_span", row_of(span) | {"kind": "noise"} | change)
        else:
            update(span, **change)
    with allowed():
        if rule.endswith("insert"):
            copy("sources_span", row_of(span) | {"kind": "title"})
        else:
            update(span, start=1, end=10)
