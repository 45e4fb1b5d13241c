"""Attempts to break the rules of evidence with raw SQL."""

from __future__ import annotations

import unicodedata

import pytest

from tests.factories.events import (
    ClaimFactory,
    EvidenceFactory,
)
from tests.factories.sources import TEXT, ArticleFactory
from tests.rules import (
    allowed,
    copy,
    delete,
    insert_like,
    refused,
    refused_after_waiting,
    row_of,
    sessions,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

QUOTE_RULE = "events_evidence_quote_is_text"


@pytest.fixture
def article():
    return ArticleFactory(text=TEXT)


@pytest.fixture
def proof(article):
    """Evidence with the words "killed 13 people"."""
    return EvidenceFactory(article=article)


# --- No claim without proof: the quote is the text ----------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "killed 31 people"},
        {"quote": "Killed 13 people"},
        {"quote": "killed 13 people "},
        {"quote": "killed\u00a013 people"},
        {"quote": ""},
        {"start": 0},
        {"end": 33},
    ],
)
def test_a_wrong_quote_is_refused_however_it_comes(proof, change):
    """Triggers events_evidence:quote_is_text_on_insert and
    events_evidence:quote_is_text_on_update.
    """
    wrong = row_of(proof) | {"claim_id": ClaimFactory().pk} | change
    with refused(QUOTE_RULE):
        update(proof, **change)
    with refused(QUOTE_RULE):
        insert_like(proof, **wrong)
    with refused(QUOTE_RULE):
        copy("events_evidence", wrong)


def test_one_wrong_quote_among_many_is_refused(article):
    claims = [ClaimFactory(evidence__article=article).pk for _ in range(5)]
    good = row_of(EvidenceFactory(article=article)) | {"start": 0, "end": 5}
    rows = [good | {"claim_id": pk, "quote": article.text[:5]} for pk in claims]
    with refused(QUOTE_RULE):
        copy("events_evidence", *rows[:3], rows[3] | {"quote": "Herat"}, rows[4])
    with allowed():
        copy("events_evidence", *rows)
    with refused(QUOTE_RULE):
        sql(
            "UPDATE events_evidence SET quote = CASE claim_id WHEN %s THEN %s"
            ' ELSE quote END WHERE "end" = 5',
            claims[2],
            "Herat",
        )


def test_insert_select_is_checked(proof):
    copied = (
        'INSERT INTO events_evidence (claim_id, article_id, start, "end", quote)'
        ' SELECT %s, article_id, start, "end", {} FROM events_evidence WHERE id = %s'
    )
    other = ClaimFactory().pk
    with refused(QUOTE_RULE):
        sql(copied.format("upper(quote)"), other, proof.pk)
    with allowed():
        sql(copied.format("quote"), other, proof.pk)


def test_upserts_and_merges_are_checked(proof):
    upsert = (
        'INSERT INTO events_evidence (claim_id, article_id, start, "end", quote)'
        ' SELECT claim_id, article_id, start, "end", quote FROM events_evidence'
        ' WHERE id = %s ON CONFLICT (claim_id, article_id, start, "end")'
        " DO UPDATE SET quote = {}"
    )
    with refused(QUOTE_RULE):
        sql(upsert.format("'killed 99 people'"), proof.pk)
    with refused(QUOTE_RULE):
        sql(
            "MERGE INTO events_evidence e USING (VALUES (%s)) AS v(id) ON e.id = v.id"
            " WHEN MATCHED THEN UPDATE SET quote = 'killed 99 people'",
            proof.pk,
        )
    with allowed():
        sql(upsert.format("excluded.quote"), proof.pk)


def test_evidence_does_not_move_to_an_article_that_says_otherwise(proof):
    with refused(QUOTE_RULE):
        update(proof, article_id=ArticleFactory(text=f"Correction: {TEXT}").pk)
    with allowed():
        update(proof, article_id=ArticleFactory(text=f"{TEXT} (updated)").pk)


@pytest.mark.parametrize(
    ("before", "code_points"),
    [
        pytest.param("🙂", 1, id="emoji"),
        pytest.param("e\u0301", 2, id="combining-mark"),
        pytest.param("\u00e9", 1, id="composed"),
        pytest.param("\u00a0", 1, id="nbsp"),
        pytest.param("👨\u200d👩\u200d👧", 5, id="zwj-family"),
        pytest.param("خراسان", 6, id="right-to-left"),
        pytest.param("\u200f\ufeff\r\n", 4, id="marks-and-line-ends"),
        pytest.param("𐎠🇦🇫", 3, id="beyond-the-first-plane"),
    ],
)
def test_offsets_count_code_points(before, code_points):
    article = ArticleFactory(text=f"{before}killed 13 people")
    assert len(before) == code_points
    proof = EvidenceFactory(article=article, start=code_points)
    for start in {code_points - 1, code_points + 1, len(before.encode())}:
        if start != code_points:
            with refused(QUOTE_RULE):
                update(proof, start=start, end=start + 16)
    with allowed():
        update(proof, start=0, end=code_points + 6, quote=f"{before}killed")
    other_form = unicodedata.normalize("NFD" if before == "\u00e9" else "NFC", before)
    if other_form != before:
        with refused(QUOTE_RULE):
            update(proof, quote=f"{other_form}killed")


def test_a_quote_has_a_start_before_its_end(proof):
    with refused("events_evidence_start_before_end"):
        update(proof, start=5, end=5, quote="")
    with refused("events_evidence_start_before_end"):
        update(proof, start=9, end=5)
    with refused("events_evidence_start_before_end"):
        update(proof, start=-1)
    with refused("events_evidence_once"):
        insert_like(proof)


# --- No claim without proof: there is evidence --------------------------------


def test_a_claim_without_evidence_is_refused_at_commit(proof):
    """The trigger events_claim:has_evidence."""
    claim = ClaimFactory()
    with refused("events_claim_has_evidence"):
        insert_like(claim, slug="unproved")
    with refused("events_claim_has_evidence"):
        copy("events_claim", row_of(claim) | {"slug": "unproved"})
    with allowed():
        pk = insert_like(claim, slug="proved")
        insert_like(proof, claim_id=pk)


def test_the_last_evidence_of_a_claim_stays(article):
    """The trigger events_evidence:claim_keeps_evidence."""
    claim = ClaimFactory(evidence__article=article)
    second = EvidenceFactory(claim=claim, article=article, quote="police")
    with allowed():
        delete(second)
    with refused("events_claim_has_evidence"):
        sql("DELETE FROM events_evidence WHERE claim_id = %s", claim.pk)
    with allowed():  # another quote in its place
        sql("DELETE FROM events_evidence WHERE claim_id = %s", claim.pk)
        EvidenceFactory(claim=claim, article=article, quote="attack")
    with allowed():  # the claim goes with its evidence
        sql("DELETE FROM events_evidence WHERE claim_id = %s", claim.pk)
        delete(claim)


def test_the_last_evidence_does_not_move_to_another_claim(proof):
    other = ClaimFactory()
    with refused("events_claim_has_evidence"):
        update(proof, claim_id=other.pk)
    with allowed():
        insert_like(proof, start=proof.start + 7, quote="13 people")
        update(proof, claim_id=other.pk)


@pytest.fixture
def two_evidences():
    """Two sessions beside the test's own, and a committed claim with two proofs."""
    with sessions() as (one, two):
        [(article,)] = one.execute(
            "INSERT INTO sources_article (status, text, sha256, title, language, url,"
            " source_name, received_at, revision, published_precision,"
            " published_basis, published_text, published_note)"
            " VALUES ('draft', %s, encode(sha256(%s), 'hex'), '', 'en', '', '', now(),"
            " 1, 'unknown', '', '', '') RETURNING id",
            ["Two proofs.", b"Two proofs."],
        )
        [(claim,)] = one.execute(
            "INSERT INTO events_claim (status, slug, kind, statement, voice, modality,"
            " polarity, speaker_text, quantifier, figure_text, note) VALUES ('draft',"
            " 'two-proofs', 'occurrence', 'It.', 'narrator', 'asserted', 'positive',"
            " '', '', '', '') RETURNING id"
        )
        proofs = [
            one.execute(
                'INSERT INTO events_evidence (claim_id, article_id, start, "end",'
                " quote) VALUES (%s, %s, %s, %s, %s) RETURNING id",
                [claim, article, start, start + len(quote), quote],
            ).fetchone()[0]
            for start, quote in ((0, "Two"), (4, "proofs"))
        ]
        one.commit()
        yield one, two, proofs
        one.rollback()
        two.rollback()
        one.execute("DELETE FROM events_evidence WHERE claim_id = %s", [claim])
        one.execute("DELETE FROM events_claim WHERE id = %s", [claim])
        one.execute("DELETE FROM sources_article WHERE id = %s", [article])
        one.execute("DELETE FROM publishing_stale")
        one.commit()


def test_two_sessions_do_not_remove_both_evidences(two_evidences):
    one, two, proofs = two_evidences
    for session, proof in zip((one, two), proofs, strict=True):
        session.execute("DELETE FROM events_evidence WHERE id = %s", [proof])
    now = "SET CONSTRAINTS ALL IMMEDIATE"  # what a commit does first
    one.execute(now)
    refused_after_waiting("events_claim_has_evidence", one, lambda: two.execute(now))
