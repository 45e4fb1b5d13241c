"""What is written below reaches the documents, and nothing else does."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from actors.models import Actor
from events.models import Claim, Event, Evidence, Participation
from publishing.models import Document, Estimate, Kind, Stale
from publishing.rendering import refresh, render_all
from sources.models import Article, Outlet, Status
from tests.rules import without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

ATTACK = "kabul-airport-attack"


def body_of(kind: Kind, slug: str) -> dict:
    document = Document.objects.current().of(kind).get(slug=slug)
    return json.loads(document.body)


def killed(slug: str = ATTACK) -> dict:
    return next(
        estimate
        for estimate in body_of(Kind.EVENT, slug)["estimates"]
        if (estimate["measure"], estimate["group"]) == ("killed", "all")
    )


def test_nothing_is_left_stale_and_verify_agrees(capsys):
    assert not Stale.objects.exists()
    call_command("verify")
    assert "rules hold" in capsys.readouterr().out


def test_airport_attack_says_164_to_170_and_where_each_bound_stands():
    estimate = killed()
    assert (estimate["low"], estimate["high"]) == (164, 170)
    assert estimate["verdict"] == "compatible"
    low = [c for c in estimate["claims"] if c["binds_low"]]
    high = [c for c in estimate["claims"] if c["binds_high"]]
    assert "more than 150 Afghans and 13" in low[0]["evidence"]["quote"]
    assert "up to 170 people" in high[0]["evidence"]["quote"]
    for claim in estimate["claims"]:
        proof = claim["evidence"]
        text = Article.objects.get(pk=proof["article"]["id"]).text
        assert text[proof["start"] : proof["end"]] == proof["quote"]
        assert text[: proof["start"]].endswith(proof["prefix"])
        assert text[proof["end"] :].startswith(proof["suffix"])


def test_a_fourth_report_of_exactly_90_conflicts_and_names_the_pair():
    event = Event.objects.get(slug=ATTACK)
    article = Article.objects.create(
        text="Exactly 90 people died at the airport.",
        sha256=hashlib.sha256(b"Exactly 90 people died at the airport.").hexdigest(),
        status=Status.PUBLISHED,
    )
    claim = Claim.objects.create(
        slug="x-01",
        kind="figure",
        statement="90 people died.",
        event=event,
        measure_id="measure/killed",
        group_id="group/all",
        low=90,
        high=90,
        quantifier="exact",
        status=Status.PUBLISHED,
    )
    Evidence.objects.create(
        claim=claim, article=article, start=0, end=10, quote="Exactly 90"
    )
    refresh()
    estimate = killed()
    assert estimate["verdict"] == "conflicting"
    assert (estimate["low"], estimate["best"], estimate["high"]) == (90, None, 170)
    accused = {tuple(pair) for pair in estimate["conflicts"]}
    sums = Claim.objects.get(event=event, quantifier="sum")
    assert (sums.pk, claim.pk) in accused


def test_retracting_a_claim_moves_the_estimate_and_leaves_a_gone_version():
    claim = Claim.objects.get(event__slug=ATTACK, high=170)
    claim.status = Status.RETRACTED
    claim.save()
    refresh()
    assert (killed()["low"], killed()["high"]) == (164, None)
    last = Document.objects.of(Kind.CLAIM).get(object_id=claim.pk, valid_to=None)
    assert last.gone
    assert last.body == ""
    assert last.version == 2


def test_renaming_an_actor_renders_every_document_that_shows_the_name():
    actor = Actor.objects.get(slug="isis-k")
    shown = f'"{actor.name}"'
    before = set(
        Document.objects.current()
        .filter(body__contains=shown)
        .values_list("kind", "object_id")
    )
    Actor.objects.filter(pk=actor.pk).update(name="Renamed")
    changed = refresh()
    assert changed == len(before) > 10
    after = Document.objects.current().filter(body__contains='"Renamed"')
    assert set(after.values_list("kind", "object_id")) == before


def test_unchanged_objects_get_no_new_version():
    versions = Document.objects.count()
    Actor.objects.filter(slug="isis-k").update(status=Status.PUBLISHED)
    render_all()
    assert Document.objects.count() == versions


@pytest.mark.parametrize("status", [s for s in Status.values if s != Status.PUBLISHED])
@pytest.mark.parametrize(
    ("model", "where"),
    [
        (Outlet, {"slug": "trt-world"}),
        (Actor, {"slug": "isis-k"}),
        (Event, {"slug": ATTACK}),
    ],
)
def test_only_published_rows_have_a_current_document(model, where, status):
    without("never_a_draft_again", model)
    model.objects.filter(**where).update(status=status)
    refresh()
    kind = Kind(model._meta.model_name)
    row = model.objects.get(**where)
    assert not Document.objects.current().of(kind).filter(object_id=row.pk).exists()
    shown = f'"id" : {row.pk}, "slug" : "{row.slug}"'
    assert not Document.objects.current().filter(body__contains=shown).exists()


def test_an_event_without_a_public_claim_is_not_public():
    event = Event.objects.get(slug=ATTACK)
    Claim.objects.filter(supports__event=event).update(status=Status.RETRACTED)
    Claim.objects.filter(event=event).update(status=Status.RETRACTED)
    refresh()
    assert not Document.objects.current().of(Kind.EVENT).filter(slug=ATTACK).exists()


def test_a_role_without_a_public_claim_is_not_shown():
    without("never_a_draft_again", Claim)
    part = Participation.objects.filter(
        event__slug=ATTACK, actor__slug="isis-k", role="role/claimant"
    ).get()
    Claim.objects.filter(supports__participation=part).update(status=Status.REVIEWED)
    refresh()
    roles = {
        (p["actor"]["slug"], p["role"])
        for p in body_of(Kind.EVENT, ATTACK)["participants"]
    }
    assert ("isis-k", "claimant") not in roles


def test_a_date_without_a_public_claim_is_unknown():
    event = Event.objects.get(slug=ATTACK)
    event.supports.filter(part="date").delete()
    refresh()
    date = body_of(Kind.EVENT, ATTACK)["date"]
    assert (date["earliest"], date["precision"], date["claims"]) == (
        None,
        "unknown",
        [],
    )


def test_retracting_an_article_takes_its_claims_out():
    article = Article.objects.get(title__startswith="Will the Taliban")
    claims = set(
        Claim.objects.filter(evidence__article=article).values_list("pk", flat=True)
    )
    Article.objects.filter(pk=article.pk).update(status=Status.RETRACTED)
    refresh()
    current = Document.objects.current()
    assert not current.of(Kind.CLAIM).filter(object_id__in=claims).exists()
    assert not current.of(Kind.ARTICLE).filter(object_id=article.pk).exists()
    assert not current.filter(body__contains=article.sha256).exists()


def test_stored_estimates_follow_the_documents():
    stored = Estimate.objects.get(
        event_id=Event.objects.get(slug=ATTACK).pk, measure="killed", group="all"
    )
    assert (stored.low, stored.best, stored.high) == (164, None, 170)
    assert stored.verdict == "compatible"


def test_what_a_rolled_back_transaction_touched_is_not_rendered():
    with transaction.atomic():
        Actor.objects.filter(slug="isis-k").update(name="Never")
        transaction.set_rollback(True)
    assert refresh() == 0
    assert not Document.objects.filter(body__contains="Never").exists()


def test_rendering_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    def touch(count: int) -> int:
        ids = list(Claim.objects.values_list("pk", flat=True)[:count])
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO publishing_stale (kind, object_id)"
                " SELECT 'claim', unnest(%s::bigint[])",
                [ids],
            )
        with django_assert_max_num_queries(80) as captured:
            refresh()
        return len(captured)

    assert touch(150) == touch(300)
