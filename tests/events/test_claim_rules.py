"""Attempts to break the rules of claims and their evidence with raw SQL."""

from __future__ import annotations

import unicodedata

import pytest

from tests.factories.actors import ActorFactory
from tests.factories.events import (
    AttributionFactory,
    ClaimFactory,
    EvidenceFactory,
    FigureFactory,
)
from tests.factories.sources import TEXT, ArticleFactory
from tests.rules import (
    allowed,
    copy,
    delete,
    insert_like,
    refused,
    row_of,
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
        update(proof, start=0, end=code_points, quote=before)
    other_form = unicodedata.normalize("NFD" if before == "\u00e9" else "NFC", before)
    if other_form != before:
        with refused(QUOTE_RULE):
            update(proof, quote=other_form)


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


# --- Claims -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "column", "value"),
    [
        ("events_claim_kind_is_known", "kind", "cause"),
        ("events_claim_voice_is_known", "voice", "narrator"),
        ("events_claim_modality_is_known", "modality", "hinted"),
        ("events_claim_polarity_is_known", "polarity", "negative"),
    ],
)
def test_words_are_known(rule, column, value):
    claim = ClaimFactory()
    with refused(rule):
        update(claim, **{column: "other"})
    with allowed():
        update(claim, **{column: value})


@pytest.mark.parametrize(
    ("rule", "column", "value"),
    [
        ("events_claim_quantifier_is_known", "quantifier", "about"),
        ("events_claim_measure_from_its_list", "measure_id", "measure/injured"),
        ("events_claim_group_from_its_list", "group_id", "group/civilians"),
    ],
)
def test_figures_use_the_code_lists(rule, column, value):
    figure = FigureFactory()
    with refused(rule):
        update(figure, **{column: "role/host"})
    with allowed():
        update(figure, **{column: value})


def test_bounds_are_in_order_and_not_negative():
    figure = FigureFactory()
    with refused("events_claim_low_before_high"):
        update(figure, low=14, high=13)
    with refused("events_claim_no_negative_numbers"):
        update(figure, low=-1)
    with refused("events_claim_no_negative_numbers"):
        update(figure, low=None, high=-1)
    for low, high in [(0, 0), (None, 5), (5, None), (None, None), (0, 2**62)]:
        with allowed():
            update(figure, low=low, high=high)


@pytest.mark.parametrize(
    "change",
    [
        {"low": 13},
        {"high": 13},
        {"measure_id": "measure/killed"},
        {"group_id": "group/all"},
        {"quantifier": "exact"},
        {"kind": "figure"},
        {"kind": "figure", "measure_id": "measure/killed"},
        {"kind": "figure", "quantifier": "exact"},
    ],
)
def test_figures_have_measures_and_only_figures(change):
    claim = ClaimFactory()
    with refused("events_claim_figure_iff_kind_figure"):
        update(claim, **change)
    whole = {"kind": "figure", "measure_id": "measure/killed", "quantifier": "about"}
    with allowed():
        update(claim, **whole)
    with refused("events_claim_figure_iff_kind_figure"):
        update(claim, kind="occurrence")


def test_only_a_figure_is_part_of_another_and_never_of_itself():
    claim, figure, part = ClaimFactory(), FigureFactory(), FigureFactory()
    with refused("events_claim_figure_iff_kind_figure"):
        update(claim, part_of_id=figure.pk)
    with refused("events_claim_not_part_of_itself"):
        update(part, part_of_id=part.pk)
    with allowed():
        update(part, part_of_id=figure.pk)


def test_an_attributed_claim_has_a_speaker():
    claim = ClaimFactory()
    with refused("events_claim_attributed_has_speaker"):
        update(claim, voice="attributed")
    with allowed():
        update(claim, voice="attributed", speaker_text="Top sources")
    with allowed():
        update(claim, speaker_text="", speaker_id=ActorFactory().pk)


def test_a_chain_of_attribution_names_somebody_at_each_place():
    link = AttributionFactory(position=1)
    with refused("events_attribution_names_somebody"):
        update(link, actor_id=None)
    with refused("events_attribution_one_per_position"):
        insert_like(link)
    with allowed():
        update(link, actor_id=None, text="an analyst")
        insert_like(link, position=2)
