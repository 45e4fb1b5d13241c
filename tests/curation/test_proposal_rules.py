"""Attempts to break the rules of runs, proposals and judgements with raw SQL."""

from __future__ import annotations

import json

import pytest

from curation.models import ArticleDigest
from tests.factories.curation import (
    JudgementFactory,
    ProposalFactory,
    RunFactory,
    SightingFactory,
)
from tests.factories.sources import TEXT, ArticleFactory
from tests.rules import (
    allowed,
    copy,
    delete,
    factory_of,
    insert,
    insert_like,
    refused,
    row_of,
    sql,
    update,
)

pytestmark = pytest.mark.django_db

GROWING = ["curation_run", "curation_proposal", "curation_sighting"]
GROWING += ["curation_judgement"]
RULES = [
    "curation_run:never_changes",
    "curation_run:stays",
    "curation_run:not_emptied",
    "curation_proposal:never_changes",
    "curation_proposal:stays",
    "curation_proposal:not_emptied",
    "curation_sighting:never_changes",
    "curation_sighting:stays",
    "curation_sighting:not_emptied",
    "curation_judgement:never_changes",
    "curation_judgement:stays",
    "curation_judgement:not_emptied",
]


@pytest.fixture
def proposal():
    return ProposalFactory(article=ArticleFactory(text=TEXT))


@pytest.mark.parametrize("rule", RULES)
def test_what_was_suggested_and_decided_only_grows(rule):
    table, _, trigger = rule.partition(":")
    if trigger == "not_emptied":
        with refused(f"{table}_not_emptied"):
            sql(f"TRUNCATE {table} CASCADE")
        return
    row = factory_of(table)()
    with refused(rule):
        delete(row) if trigger == "stays" else update(row, id=row.pk)


def test_a_run_reads_the_text_of_its_article_once():
    run = RunFactory()
    other = ArticleFactory()
    with refused("curation_run_read_the_text"):  # curation_run:read_the_text
        insert_like(run, article_id=other.pk, digest="x")
    with refused("curation_run_once_per_configuration"):
        insert_like(run, version="2")
    with refused("curation_run_takes_time"):
        insert_like(run, digest="x", configuration="{}", seconds=-1.0)
    with refused("curation_run_takes_time"):
        insert_like(run, digest="x", configuration="{}", seconds=float("nan"))
    with refused("curation_run_started_at_in_calendar"):
        insert_like(run, digest="x", configuration="{}", started_at="infinity")
    for nothing in ("", " \n"):
        with refused("curation_run_extractor_not_blank"):
            insert_like(run, digest="x", extractor=nothing)
        with refused("curation_run_version_not_blank"):
            insert_like(run, digest="x", version=nothing)
    columns = row_of(run) | {"configuration": "{}", "digest": "y"}
    with allowed():
        copy("curation_run", columns)


# The trigger on updates cannot speak: never_changes is faster. It stands behind it.
QUOTES = [
    "curation_proposal:quote_is_text_on_insert",
    "curation_proposal:quote_is_text_on_update",
]


def test_a_proposal_quotes_the_text(proposal):
    right = row_of(proposal) | {"fields": "{}", "spans": "[]", "key": "k"}
    with refused("curation_proposal_quote_is_text"):
        copy("curation_proposal", right | {"quote": "Police"})
    with refused("curation_proposal_start_before_end"):
        copy("curation_proposal", right | {"end": right["start"], "quote": ""})
    with allowed():
        copy("curation_proposal", right)


@pytest.mark.parametrize(
    "span",
    [
        {"start": 0, "end": 5, "text": "Herat", "role": "place"},
        {"start": -1, "end": 5, "text": "Kabul", "role": "place"},
        {"start": 0, "end": 500, "text": TEXT, "role": "place"},
        {"start": 0, "end": 5, "role": "place"},
        {"text": "Kabul", "role": "place"},
        {"start": 0, "end": 5, "text": "Kabul"},
        {"start": "0", "end": 5, "text": "Kabul", "role": "place"},
        {"start": 0.5, "end": 5, "text": "Kabul", "role": "place"},
        {"start": 10**12, "end": 10**12 + 5, "text": "Kabul", "role": "place"},
        {"start": 3, "end": 3, "text": "", "role": "place"},
        {"start": None, "end": None, "text": None, "role": None},
        {},
        [],
        "Kabul",
        None,
    ],
)
def test_further_words_stand_in_the_text_too(proposal, span):
    row = row_of(proposal) | {"fields": "{}", "key": "k"}
    good = {"start": 0, "end": 5, "text": "Kabul", "role": "place"}
    # curation_proposal:spans_are_text
    with refused("curation_proposal_spans_are_text"):
        copy("curation_proposal", row | {"spans": json.dumps([good, span])})
    with allowed():
        copy("curation_proposal", row | {"spans": json.dumps([good])})


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("curation_proposal_kind_is_known", {"kind": "rumour"}),
        ("curation_proposal_rule_not_blank", {"rule": " "}),
        ("curation_proposal_reason_not_blank", {"reason": ""}),
        ("curation_proposal_once_per_article", {"key": None}),
        ("curation_proposal_score_is_a_share", {"score": 1.01}),
        ("curation_proposal_score_is_a_share", {"score": -0.01}),
        ("curation_proposal_score_is_a_share", {"score": float("nan")}),
        ("curation_proposal_fields_is_object", {"fields": "[]"}),
        ("curation_proposal_fields_is_object", {"fields": '"x"'}),
        ("curation_proposal_spans_is_array", {"spans": "{}"}),
    ],
)
def test_a_proposal_is_one_of_a_kind(proposal, rule, changes):
    row = row_of(proposal) | {"fields": "{}", "spans": "[]", "key": "k"}
    if changes.get("key", "") is None:
        changes = {"key": proposal.key}
    with refused(rule):
        copy("curation_proposal", row | changes)


def test_a_run_finds_what_its_extractor_proposes_in_its_article():
    sighting = SightingFactory()
    strange = ProposalFactory()
    other = ProposalFactory(article=sighting.run.article, extractor="other")
    for proposal in (strange, other):
        # curation_sighting:of_one_article
        with refused("curation_sighting_of_one_article"):
            insert_like(sighting, proposal_id=proposal.pk)
    with refused("curation_sighting_once_per_run"):
        insert_like(sighting)
    again = ProposalFactory(article=sighting.run.article)
    with allowed():
        insert_like(sighting, proposal_id=again.pk)


def _judge(judgement, **changes):
    """One more judgement like this one, as raw SQL."""
    made = row_of(judgement) | {"changes": "{}", "made": "[]"} | changes
    copy("curation_judgement", made)
    return sql("SELECT max(id) FROM curation_judgement")[0][0]


def test_a_decision_is_undone_before_the_next():
    first = JudgementFactory()
    with refused("curation_judgement_one_first_per_proposal"):
        _judge(first, verdict="rejected")
    with refused("curation_judgement_undoes_a_decision"):
        _judge(first, verdict="undone", proposal_id=ProposalFactory().pk)
    # curation_judgement:turns_with_decisions
    with refused("curation_judgement_turns_with_decisions"):
        _judge(first, verdict="rejected", supersedes_id=first.pk)
    other = ProposalFactory()
    with refused("curation_judgement_turns_with_decisions"):
        _judge(first, verdict="undone", supersedes_id=first.pk, proposal_id=other.pk)
    with allowed():
        undone = _judge(first, verdict="undone", supersedes_id=first.pk)
        with refused("curation_judgement_turns_with_decisions"):
            _judge(first, verdict="undone", supersedes_id=undone)
        _judge(first, verdict="rejected", supersedes_id=undone)


def test_a_judgement_says_what_it_is():
    judgement = JudgementFactory()
    fresh = {"proposal_id": ProposalFactory().pk}
    with refused("curation_judgement_verdict_is_known"):
        _judge(judgement, verdict="maybe", **fresh)
    with refused("curation_judgement_at_in_calendar"):
        _judge(judgement, at="infinity", **fresh)
    with refused("curation_judgement_made_is_array"):
        _judge(judgement, made='"x"', **fresh)
    with refused("curation_judgement_changes_is_object"):
        _judge(judgement, verdict="edited", changes="[]", **fresh)
    with refused("curation_judgement_only_accepting_makes"):
        _judge(judgement, verdict="rejected", made='[["a.B", 1]]', **fresh)
    with refused("curation_judgement_only_edits_change"):
        _judge(judgement, changes='{"name": "x"}', **fresh)
    with allowed():
        _judge(judgement, verdict="edited", changes='{"name": "x"}', **fresh)


def test_an_article_with_proposals_stays(proposal):
    with pytest.raises(Exception, match="violates RESTRICT"):
        delete(proposal.article)


def test_a_digest_has_a_version_and_is_not_emptied():
    # curation_articledigest:not_emptied
    with refused("curation_articledigest_not_emptied"):
        sql("TRUNCATE curation_articledigest")
    run = RunFactory()
    digest = ArticleDigest(article=run.article, run=run, record={"version": 1})
    with allowed():
        digest.save()
    with refused("curation_articledigest_has_a_version"):
        sql("UPDATE curation_articledigest SET record = '{}'")


def test_a_sighting_does_not_come_before_what_it_joins():
    with refused("curation_sighting_of_one_article"):
        insert("curation_sighting", run_id=777_777, proposal_id=888_888)
