"""What a retraction is said to change is what it then changes, no more and no less."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import events.admin.ripple
import publishing.ripple
import sources.admin.ripple
from actors.models import Actor, Alias, Relation
from curation.models import Batch
from events.models import Claim, Event, Participation, Place
from publishing.models import Document, Estimate, Stale
from publishing.rendering import refresh
from sources.admin.ripple import consequences
from sources.models import Article, Outlet, Status
from sources.services import change_status, recorded
from tests.admin_forms import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

ATTACK = "kabul-airport-attack"
PAGES = {"event", "article", "actor", "claim"}
VANISH = "Public pages and documents that would vanish"
CHANGE = "Public pages and documents that would change"
FIGURES = "Figures that would change"


@pytest.fixture(autouse=True)
def everything_is_listed(monkeypatch):
    for module in (sources.admin.ripple, events.admin.ripple, publishing.ripple):
        monkeypatch.setattr(module, "MOST_SHOWN", 10_000)


def asked(model, keys, to=Status.RETRACTED):
    return {each.title: each for each in consequences(model, keys, to)}


def addresses(consequence):
    return {href for _, href in consequence.examples} if consequence else set()


def documents():
    """Address → body of all that is public."""
    found = {}
    for each in Document.objects.current():
        if each.gone:
            continue
        view = each.kind if each.kind in PAGES else f"{each.kind}s-detail"
        found[reverse(view, args=[each.object_id])] = each.body
    return found


def figures():
    """What public events are said to have cost."""
    shown = Document.objects.current().filter(kind="event", gone=False)
    rows = Estimate.objects.filter(event_id__in=shown.values("object_id"))
    return {
        (row.event_id, row.measure, row.group): (row.low, row.high, row.verdict)
        for row in rows
    }


CASES = {
    "an article of the attack": lambda: Article.objects.filter(
        evidence__claim__event__slug=ATTACK
    ).distinct()[:1],
    "every article": lambda: Article.objects.published(),
    "the claim of 170": lambda: Claim.objects.filter(event__slug=ATTACK, high=170),
    "a claim within a sum": lambda: Claim.objects.filter(part_of__isnull=False)[:1],
    "all claims of the attack": lambda: Claim.objects.filter(event__slug=ATTACK),
    "an actor": lambda: Actor.objects.filter(slug="isis-k"),
    "a name": lambda: Alias.objects.filter(actor__slug="isis-k")[:1],
    "a relation": lambda: Relation.objects.published()[:1],
    "an outlet": lambda: Outlet.objects.filter(articles__isnull=False)[:1],
    "the event": lambda: Event.objects.filter(slug=ATTACK),
    "a role": lambda: Participation.objects.filter(event__slug=ATTACK)[:1],
    "a place": lambda: Place.objects.filter(events__slug=ATTACK),
}


@pytest.mark.parametrize("case", CASES)
def test_it_says_what_then_happens(case, reviewer):
    rows = list(CASES[case]())
    assert rows, "the seeds have such a row"
    model, keys = type(rows[0]), [row.pk for row in rows]
    before, counted = documents(), figures()
    told = asked(model, keys)

    change_status(rows, to=Status.RETRACTED, by=reviewer, why="withdrawn")
    refresh()

    after, counted_after = documents(), figures()
    gone = before.keys() - after.keys()
    other = {url for url in after if after[url] != before.get(url)}
    assert gone | other
    assert addresses(told.get(VANISH)) == gone
    assert addresses(told.get(CHANGE)) == other
    changed = {key for key in counted if counted[key] != counted_after.get(key)}
    said_changed = told[FIGURES].count if FIGURES in told else 0
    assert said_changed == len(changed)


def test_the_figure_is_named_with_what_it_becomes():
    claim = Claim.objects.get(event__slug=ATTACK, high=170)
    figures = asked(Claim, [claim.pk])[FIGURES].examples
    (figure,) = [each for each in figures if "killed (all)" in each[0]]
    words, page = figure
    event = claim.event
    assert words.startswith(f"{event.title}: killed (all) 164–170")
    assert words.endswith("→ at least 164 (sources differ, compatible)")
    assert page == reverse("admin:events_event_change", args=[event.pk])


def test_claims_that_lose_their_proof_with_an_article_are_named():
    article = CASES["an article of the attack"]()[0]
    told = asked(Article, [article.pk])["Claims that would have no evidence left"]
    only_here = [
        claim
        for claim in Claim.objects.filter(evidence__article=article).distinct()
        if not claim.evidence.exclude(article=article).exists()
    ]
    assert {words for words, _ in told.examples} == {str(each) for each in only_here}


def test_exports_and_copies_are_told_of():
    note = asked(Event, [Event.objects.get(slug=ATTACK).pk])[VANISH].note
    assert "Exports, feeds and copies" in note


def test_asking_changes_nothing():
    claim = Claim.objects.get(event__slug=ATTACK, high=170)
    before, counted, kept = documents(), figures(), claim.history.count()
    asked(Claim, [claim.pk])
    claim.refresh_from_db()
    assert claim.status == Status.PUBLISHED
    assert (documents(), figures()) == (before, counted)
    assert claim.history.count() == kept
    assert not Stale.objects.exists()


def test_a_draft_takes_nothing_with_it():
    with recorded(by="a program", why="test"):
        row = Outlet.objects.create(slug="new", name="New", status="draft")
    assert asked(Outlet, [row.pk], Status.REJECTED) == {}


def test_more_rows_ask_no_more_queries():
    def queries(keys):
        with CaptureQueriesContext(connection) as caught:
            asked(Claim, keys)
        return len(caught)

    keys = list(Claim.objects.published().values_list("pk", flat=True))
    half = keys[: len(keys) // 2]
    queries(half)
    assert queries(keys) <= queries(half)


def test_too_many_documents_are_counted_and_not_tried(monkeypatch):
    monkeypatch.setattr(publishing.ripple, "MOST_TRIED", 1)
    told = asked(Actor, [Actor.objects.get(slug="isis-k").pk])
    assert VANISH not in told
    assert told["Public pages and documents that may change"].count > 1


@pytest.mark.parametrize("model", [Article, Claim, Actor, Outlet])
def test_the_page_of_a_retraction_shows_it_and_wants_a_reason(client, reviewer, model):
    row = {
        Article: CASES["an article of the attack"],
        Claim: CASES["the claim of 170"],
        Actor: CASES["an actor"],
        Outlet: CASES["an outlet"],
    }[model]()[0]
    client.force_login(reviewer)
    meta = model._meta
    where = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    sent = {"action": "retract", "_selected_action": [row.pk]}
    page = client.post(where, sent)
    told = {each.title: each.count for each in page.context["consequences"]}
    assert told == {title: each.count for title, each in asked(model, [row.pk]).items()}
    assert VANISH in told
    assert f"({told[VANISH]})" in page.content.decode()
    plan = page.context["plan"]["fingerprint"]
    page = client.post(where, sent | {"plan": plan, "why": "  "})
    assert "Say in words why" in page.content.decode()
    row.refresh_from_db()
    assert row.status == Status.PUBLISHED
    answer = client.post(where, sent | {"plan": plan, "why": "withdrawn by them"})
    row.refresh_from_db()
    assert row.status == Status.RETRACTED
    assert "now retracted" in " ".join(said(client.get(answer.url)))
    assert Batch.objects.get().why == "withdrawn by them"
    last = row.history.latest("pgh_id")
    assert last.pgh_context.metadata["why"] == "withdrawn by them"
