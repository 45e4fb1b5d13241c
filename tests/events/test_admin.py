"""Claims and events in the admin: quotes, evidence, figures, what a person reads."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from events.models import Claim, Evidence, Support
from tests.admin_forms import added_line, errors_of, filled
from tests.factories.actors import ActorFactory, RelationFactory
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    EvidenceFactory,
    FigureFactory,
    ParticipationFactory,
    PlaceFactory,
    PlaceNameFactory,
)
from tests.factories.sources import ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db

ADD = "admin:events_claim_add"
TEXT = "Kabul. The attack killed 13 people. The attack was on Monday."


@pytest.fixture
def article():
    return ArticleFactory(text=TEXT, title="Kabul attack")


def change(row):
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_change", args=[row.pk])


def add_claim(client, article, quote, *, line=None, **fields):
    page = client.get(reverse(ADD))
    evidence = {"article": article.pk, "quote": quote, **(line or {})}
    sent = filled(page, slug="001-01", kind="occurrence", statement="It happened.")
    sent |= added_line(page, "evidence", **evidence) if quote is not None else {}
    return client.post(reverse(ADD), sent | fields)


def test_typing_the_words_is_enough(admin_client, article):
    add_claim(admin_client, article, "killed 13 people")
    evidence = Evidence.objects.get(claim__slug="001-01")
    assert (evidence.start, evidence.end) == (18, 34)


def test_a_claim_without_evidence_is_an_error_of_the_form(admin_client, article):
    page = add_claim(admin_client, article, None)
    assert page.status_code == 200
    assert "has no evidence (rule events_claim_has_evidence)" in errors_of(page)
    assert not Claim.objects.exists()
    assert page.context["adminform"].form["statement"].value() == "It happened."


def test_the_last_evidence_is_not_taken_away(admin_client):
    claim = ClaimFactory()
    sent = filled(admin_client.get(change(claim)), why="x")
    page = admin_client.post(change(claim), sent | {"evidence-0-DELETE": "on"})
    assert "evidence (rule events_claim_has_evidence)" in errors_of(page)
    assert claim.evidence.exists()


def test_a_misquote_is_answered_with_the_nearest_passage(admin_client, article):
    page = add_claim(admin_client, article, "killed 31 people")
    assert "Nearest, at" in errors_of(page)
    assert "killed 13 people" in errors_of(page)


def test_words_that_stand_twice_need_the_start(admin_client, article):
    page = add_claim(admin_client, article, "The attack")
    assert "stands 2 times" in errors_of(page)
    add_claim(admin_client, article, "The attack", line={"start": 36})
    assert Evidence.objects.get().end == 46


def test_offsets_that_are_typed_win_over_the_words(admin_client, article):
    line = {"start": 0, "end": 5}
    page = add_claim(admin_client, article, "The attack", line=line)
    assert "At 0–5 stands “Kabul”" in errors_of(page)


def test_offsets_follow_when_only_the_words_change(admin_client, article):
    claim = ClaimFactory(evidence__article=article)
    sent = filled(admin_client.get(change(claim)), why="the day is the point")
    admin_client.post(change(claim), sent | {"evidence-0-quote": "on Monday"})
    evidence = claim.evidence.get()
    assert (evidence.quote, evidence.start) == ("on Monday", 51)


def test_words_follow_when_only_the_offsets_change(admin_client, article):
    claim = ClaimFactory(evidence__article=article)
    sent = filled(admin_client.get(change(claim)), why="shorter")
    admin_client.post(change(claim), sent | {"evidence-0-end": 27})
    assert claim.evidence.get().quote == "killed 13"


def test_evidence_that_is_not_touched_stays_as_it_is(admin_client):
    twice = ArticleFactory(text="x\nx\nkilled 13 people")
    claim = ClaimFactory(evidence__article=twice, evidence__quote="x\n")
    sent = filled(admin_client.get(change(claim)), why="note", note="seen")
    admin_client.post(change(claim), sent)
    claim.refresh_from_db()
    assert claim.note == "seen"
    assert claim.evidence.get().quote == "x\n"


def test_evidence_added_later_is_in_the_claims_history(admin_client, article):
    claim = ClaimFactory()
    page = admin_client.get(change(claim))
    line = added_line(page, "evidence", article=article.pk, quote="on Monday")
    admin_client.post(change(claim), filled(page, why="a second source") | line)
    history = reverse("admin:events_claim_history", args=[claim.pk])
    shown = admin_client.get(history).content.decode()
    assert "on Monday" in shown
    assert "a second source" in shown


def figure(**fields):
    return {
        "kind": "figure",
        "measure": "measure/killed",
        "group": "group/all",
        "figure_text": "more than 100 people",
        **fields,
    }


MANY = "It killed more than 100 people."


@pytest.fixture
def many():
    return ArticleFactory(text=MANY, title="Many")


def test_bounds_are_read_from_plain_words(admin_client, many):
    add_claim(admin_client, many, MANY, **figure())
    claim = Claim.objects.get()
    assert (claim.low, claim.high, claim.quantifier) == (101, None, "more_than")


def test_bounds_that_are_typed_are_not_read(admin_client, many):
    typed = figure(low=7, high=7, quantifier="exact")
    add_claim(admin_client, many, MANY, **typed)
    assert Claim.objects.get().low == 7


@pytest.mark.parametrize("quantifier", ["more_than", "sum"])
def test_words_of_a_figure_stand_in_its_evidence(admin_client, article, quantifier):
    sent = figure(low=101, quantifier=quantifier)
    told = errors_of(add_claim(admin_client, article, "killed 13 people", **sent))
    assert "“more than 100 people” do not stand in its evidence: “killed 13 peo" in told
    assert not Claim.objects.exists()


def test_words_of_a_figure_may_stand_in_any_quote(admin_client, article):
    claim = FigureFactory(evidence__article=article)
    page = admin_client.get(change(claim))
    line = added_line(page, "evidence", article=article.pk, quote="on Monday")
    admin_client.post(change(claim), filled(page, why="x") | line)
    assert claim.evidence.count() == 2
    sent = filled(admin_client.get(change(claim)), why="x")
    page = admin_client.post(change(claim), sent | {"evidence-0-DELETE": "on"})
    assert "“13 people” do not stand in its evidence: “on Monday”" in errors_of(page)
    assert claim.evidence.count() == 2


def test_persons_are_counted_in_a_group(admin_client, many):
    told = errors_of(add_claim(admin_client, many, MANY, **figure(group="")))
    assert "Say who is counted; “all” if nobody in particular" in told
    things = figure(group="", measure="measure/devices")
    add_claim(admin_client, many, MANY, **things)
    assert Claim.objects.get().group is None


def test_a_low_bound_above_the_high_one_is_told_once(admin_client, many):
    wrong = figure(low=5, high=3, quantifier="between")
    told = errors_of(add_claim(admin_client, many, MANY, **wrong))
    assert "The low bound 5 is above the high bound 3." in told
    assert told.count("bound") - told.count("high bound 3") == 1


def test_a_rule_without_words_is_named_once(admin_client):
    from django.db import DatabaseError

    from sources.admin.refused import told

    claim = FigureFactory()
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(low=-1, high=-1)
    assert told(caught.value) == "Events claim no negative numbers."


def test_claims_are_listed_by_number_with_event_and_figure(admin_client):
    event = EventFactory(title="The attack")
    for slug in ("003-10", "003-2", "002-100"):
        ClaimFactory(slug=slug)
    shapes = [(101, None), (None, 7), (3, 5), (None, None), (13, 13)]
    for number, (low, high) in enumerate(shapes):
        FigureFactory(
            slug=f"004-{number}", event=event, low=low, high=high, quantifier="sum"
        )
    url = reverse("admin:events_claim_changelist")
    page = admin_client.get(url)
    listed = page.context["cl"]
    assert [row.slug for row in listed.result_list][:3] == [
        "002-100",
        "003-2",
        "003-10",
    ]
    figures = [listed.model_admin.figure(row) for row in listed.result_list]
    assert figures == [
        *("", "", ""),
        "≥ 101 killed (all)",
        "≤ 7 killed (all)",
        "3–5 killed (all)",
        "? killed (all)",
        "13 killed (all)",
    ]
    shown = page.content.decode()
    assert "≥ 101 killed (all)" in shown
    assert "The attack" in shown
    column = listed.list_display.index("figure")
    by_number = admin_client.get(url, {"o": column}).context["cl"].result_list
    numbers = [row.low or row.high for row in by_number]
    assert numbers[:4] == [3, 7, 13, 101]


def test_the_history_of_an_event_shows_its_contexts(admin_client):
    event = EventFactory(contexts=["plover-context/terrorism"])
    event.contexts = ["plover-context/terrorism", "plover-context/military"]
    event.save()
    page = admin_client.get(reverse("admin:events_event_history", args=[event.pk]))
    shown = page.content.decode()
    assert "<ins>plover-context/terrorism, plover-context/military</ins>" in shown


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (figure(low=5, high=3, quantifier="between"), "above the high"),
        (figure(measure="", low=1, quantifier="at_least"), "needs measure"),
        ({"voice": "attributed"}, "needs a speaker"),
        ({"kind": "occurrence", "low": 3}, "other kinds have none"),
    ],
)
def test_rules_of_the_claim_are_told_in_the_form(admin_client, article, fields, told):
    page = add_claim(admin_client, article, "killed 13 people", **fields)
    assert page.status_code == 200
    assert told in errors_of(page)


def test_a_deferred_rule_rolls_the_whole_change_back(admin_client, article):
    claim = ClaimFactory(statement="Before")
    sent = filled(admin_client.get(change(claim)), why="x", statement="After")
    admin_client.post(change(claim), sent | {"evidence-0-DELETE": "on"})
    claim.refresh_from_db()
    assert claim.statement == "Before"


def test_an_event_shows_what_the_accepted_claims_allow_together(admin_client):
    event = EventFactory()
    low = FigureFactory(
        event=event, status="coded", low=164, high=None, quantifier="at_least"
    )
    high = FigureFactory(
        event=event, status="coded", low=None, high=170, quantifier="up_to"
    )
    FigureFactory(event=event, low=900, high=900)  # a draft binds nothing
    page = admin_client.get(change(event))
    (drawn,) = page.context["estimates"]
    assert drawn.title == "Killed (all): 164–170"
    assert change(low) in drawn.picture
    assert change(high) in drawn.picture
    assert page.context["drafts"] == 1
    assert "iv-picture" in page.content.decode()


def test_a_figure_that_binds_nothing_is_drawn_beside(admin_client):
    event = EventFactory()
    FigureFactory(event=event, status="coded")
    hint = FigureFactory(
        event=event, status="coded", modality="hinted", low=50, high=50
    )
    (drawn,) = admin_client.get(change(event)).context["estimates"]
    assert drawn.title == "Killed (all): 13"
    assert change(hint) in drawn.picture


def test_an_event_shows_quotes_in_context_and_where_they_stand(admin_client, article):
    event = EventFactory()
    article.outlet = OutletFactory(name="Some Outlet")
    article.save()
    ClaimFactory(event=event, evidence__article=article)
    shown = admin_client.get(change(event)).content.decode()
    assert "…Kabul. The attack </span><mark>killed 13 people</mark>" in shown
    assert f"{change(article)}#c18" in shown
    assert "Some Outlet" in shown


def test_a_role_rests_on_a_claim_of_the_same_event(admin_client):
    event, other = EventFactory(), EventFactory()
    ours, theirs = ParticipationFactory(event=event), ParticipationFactory(event=other)
    claim = ClaimFactory()
    page = admin_client.get(change(event))
    line = {"part": "participation", "stance": "supports", "claim": claim.pk}
    sent = filled(page, why="x")
    bad = added_line(page, "supports", participation=theirs.pk, **line)
    assert "valid choice" in errors_of(admin_client.post(change(event), sent | bad))
    good = added_line(page, "supports", participation=ours.pk, **line)
    admin_client.post(change(event), sent | good)
    assert Support.objects.get().participation == ours


def test_a_relation_shows_the_claims_for_and_against(admin_client):
    relation = RelationFactory()
    ClaimFactory(relation=relation, statement="It is so.")
    ClaimFactory(relation=relation, statement="It is not.", polarity="negative")
    groups = admin_client.get(change(relation)).context["claim_groups"]
    assert [[r.claim.statement for r in read] for _, read in groups] == [
        ["It is so."],
        ["It is not."],
    ]


def test_a_circle_of_parts_is_told_in_the_form(admin_client):
    small, big = ActorFactory(), ActorFactory()
    kind = "relation-kind/part_of"
    RelationFactory(subject=small, object=big, kind_id=kind)
    url = reverse("admin:actors_relation_add")
    sent = filled(admin_client.get(url), subject=big.pk, object=small.pk, kind=kind)
    page = admin_client.post(url, sent | {"slug": "circle"})
    assert "circle (" in errors_of(page)
    assert "rule actors_relation_part_of_circle" in errors_of(page)


def test_a_place_is_found_by_any_of_its_names(admin_client):
    place = PlaceFactory(name="Kabul Airport")
    PlaceNameFactory(place=place, name="Flughafen Kâbul")
    url = reverse("admin:events_place_changelist")
    found = admin_client.get(url, {"q": "flughafen KABUL"}).context["cl"].queryset
    assert list(found) == [place]


def test_contexts_are_chosen_from_their_list(admin_client):
    event = EventFactory()
    sent = filled(admin_client.get(change(event)), why="x")
    sent["contexts"] = ["plover-context/terrorism"]
    admin_client.post(change(event), sent)
    event.refresh_from_db()
    assert event.contexts == ["plover-context/terrorism"]


def test_evidence_and_claim_are_read_in_the_order_of_the_text(admin_client, article):
    claim = ClaimFactory(evidence__article=article, evidence__quote="on Monday")
    EvidenceFactory(claim=claim, article=article)
    starts = [e.start for e in admin_client.get(change(claim)).context["evidence"]]
    assert starts == [18, 51]
