"""`verify` says what holds, and names what does not."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from actors.models import Actor
from curation.models import Judgement, Proposal, Run, Sighting
from events.models import Claim, Event, Evidence
from publishing.models import Estimate
from publishing.rendering import refresh
from sources.models import Outlet, Status
from sources.services import change_status, recorded
from tests.factories.curation import (
    JudgementFactory,
    ProposalFactory,
    RunFactory,
    SightingFactory,
)
from tests.factories.sources import OutletFactory
from tests.rules import sql, without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def failures(capsys):
    """The lines of rules that fail, and of what fails them."""
    with pytest.raises(SystemExit) as ended:
        call_command("verify")
    assert ended.value.code == 1
    printed = capsys.readouterr().out.splitlines()
    return "\n".join(line for line in printed if not line.startswith("ok"))


def test_the_seeds_hold_every_rule(capsys):
    call_command("verify")
    printed = capsys.readouterr().out
    assert "FAIL" not in printed
    assert "rules hold" in printed


def test_a_rule_that_was_dropped_is_named(capsys):
    without("quote_is_text_on_insert", Evidence)
    assert "events_evidence: trigger quote_is_text_on_insert" in failures(capsys)


def test_a_quote_that_is_not_the_text_is_named(capsys):
    without("quote_is_text_on_update", Evidence)
    quote = Evidence.objects.order_by("pk").first()
    Evidence.objects.filter(pk=quote.pk).update(quote="Something else")
    assert f"events_evidence {quote.pk}: “Something else”" in failures(capsys)


def test_a_figure_without_its_words_in_the_evidence_is_named(capsys):
    claim = Claim.objects.exclude(figure_text="").first()
    Claim.objects.filter(pk=claim.pk).update(figure_text="99 people")
    refresh()
    assert f"claim {claim.pk} ({claim.slug}): “99 people”" in failures(capsys)


def test_a_document_that_was_not_rendered_is_named(capsys):
    actor = Actor.objects.get(slug="isis-k")
    Actor.objects.filter(pk=actor.pk).update(name="Renamed")
    assert f"actor {actor.pk}: rendered from an earlier state" in failures(capsys)


def test_an_estimate_that_was_typed_in_is_named(capsys):
    event = Event.objects.get(slug="kabul-airport-attack")
    Estimate.objects.filter(event_id=event.pk, high=170).update(high=171)
    assert f"event {event.pk}, killed/all" in failures(capsys)


def test_a_published_event_that_nothing_proves_is_named(capsys):
    event = Event.objects.get(slug="kabul-airport-attack")
    Claim.objects.filter(supports__event=event).update(status=Status.RETRACTED)
    Claim.objects.filter(event=event).update(status=Status.RETRACTED)
    refresh()
    assert "no published claim about it" in failures(capsys)


def test_a_setting_that_switches_rules_off_is_named(capsys):
    sql(
        "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)"
        " RETURNS BOOLEAN LANGUAGE sql AS 'SELECT true'"
    )
    assert "pgtrigger.ignore switches rules off" in failures(capsys)


def test_a_proposal_that_misquotes_is_named(capsys):
    for trigger in ("quote_is_text_on_insert", "spans_are_text"):
        without(trigger, Proposal)
    wrong = {"start": 0, "end": 3, "text": "XYZ", "role": "cue"}
    one = ProposalFactory(quote="police", end=1_000, spans=[])
    two = ProposalFactory(spans=[wrong])
    said = failures(capsys)
    assert f"curation_proposal {one.pk}: “police”" in said
    assert f"proposal {two.pk}: " in said


def test_runs_and_decisions_that_do_not_fit_are_named(capsys):
    without("read_the_text", Run)
    without("of_one_article", Sighting)
    without("turns_with_decisions", Judgement)
    run = RunFactory(text_sha256="0" * 64)
    sighting = SightingFactory(run=RunFactory(), proposal=ProposalFactory())
    first = JudgementFactory()
    again = JudgementFactory(proposal=first.proposal, supersedes=first)
    said = failures(capsys)
    assert f"run {run.pk} read another text" in said
    assert f"sighting {sighting.pk} joins run" in said
    assert f"judgement {again.pk} follows {first.pk}" in said


@pytest.mark.parametrize("then", ["reviewed", "published"])
def test_a_review_by_the_coder_is_named(capsys, reviewer, then):
    """Whoever wrote past the service: the history says who coded and who reviewed."""
    with recorded(by="a program", why="found"):
        row = OutletFactory(status="draft")
    for status in ("coded", "reviewed"):
        with recorded(by=reviewer, why="all by one"):
            Outlet.objects.filter(pk=row.pk).update(status=status)
    Outlet.objects.filter(pk=row.pk).update(status=then)
    refresh()
    words = f"sources_outlet {row.pk} was reviewed by reviewer, its coder"
    assert words in failures(capsys)


def test_a_change_that_the_history_did_not_see_is_named(capsys):
    without("update_update", Outlet)
    row = Outlet.objects.published().first()
    Outlet.objects.filter(pk=row.pk).update(name="Written with the triggers off")
    refresh()
    words = f"sources_outlet {row.pk} is another, and its history does not say so"
    assert words in failures(capsys)


def test_a_row_that_vanished_unseen_is_named(capsys):
    without("delete_delete", Outlet)
    row = OutletFactory()
    kept = row.pk
    row.delete()
    words = f"sources_outlet {kept} is gone, and its history does not say so"
    assert words in failures(capsys)


def test_a_row_that_was_deleted_in_the_open_is_nothing_to_name(capsys):
    OutletFactory().delete()
    call_command("verify")
    assert "FAIL" not in capsys.readouterr().out


def test_a_review_by_another_holds(capsys, reviewer, curator):
    with recorded(by=curator, why="coded"):
        row = OutletFactory(status="coded")
    change_status([row], to=Status.REVIEWED, by=reviewer, why="checked")
    change_status([row], to=Status.PUBLISHED, by=reviewer, why="checked")
    refresh()
    call_command("verify")
    assert "FAIL" not in capsys.readouterr().out
