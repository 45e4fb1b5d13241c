"""The page of an event in the admin: all that is said of it, and what is not."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse

from tests.factories.actors import ActorFactory
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    FigureFactory,
    ParticipationFactory,
    PlaceFactory,
    SupportFactory,
)
from tests.factories.sources import ArticleFactory, OriginFactory, OutletFactory, term

pytestmark = pytest.mark.django_db


def change(row):
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_change", args=[row.pk])


def dated(prefix, day):
    return {
        f"{prefix}_earliest": day,
        f"{prefix}_latest": day,
        f"{prefix}_precision": "day",
        f"{prefix}_basis": "stated",
    }


@pytest.fixture
def event():
    place = PlaceFactory(
        name="Takhar",
        kind=term("place-kind/province"),
        country=term("country/AFG"),
        latitude=36.713,
        longitude=69.775,
        radius_m=105_000,
    )
    return EventFactory(
        title="Attack in Takhar",
        mode=term("plover-mode/ASSAULT.suicide-attack"),
        place=place,
        place_precision=term("place-precision/province"),
        **dated("date", dt.date(2021, 8, 26)),
    )


@pytest.fixture
def articles():
    """Three of two outlets; one nobody has dated."""
    return [
        ArticleFactory(
            title="Early",
            outlet=OutletFactory(name="Dawn"),
            **dated("published", dt.date(2021, 8, 27)),
        ),
        ArticleFactory(
            title="Late",
            outlet=OutletFactory(name="TRT"),
            **dated("published", dt.date(2021, 9, 5)),
        ),
        ArticleFactory(title="Undated", outlet=None),
    ]


def panels(client, event):
    return client.get(change(event)).context


def cells(client, event):
    """The matrix as its labels and the slugs in each cell."""
    return {
        line.label: [[entry.slug for entry in cell] for cell in line.cells]
        for line in panels(client, event)["matrix"].lines
    }


def test_what_happened_stands_in_one_line(admin_client, event):
    FigureFactory(event=event, status="coded")
    line = panels(admin_client, event)["one_line"]
    assert line == (
        "Assault, suicide attack · 26 August 2021 (day) · Takhar (province)"
        " · 13 killed (all)"
    )


def test_its_figure_leads_to_the_sentences_that_decide_it(admin_client, event):
    ends = [
        FigureFactory(
            event=event, status="coded", low=low, high=high, quantifier=quantifier
        )
        for low, high, quantifier in ((9, None, "at_least"), (None, 15, "up_to"))
    ]
    between = FigureFactory(
        event=event, status="coded", low=1, high=None, quantifier="at_least"
    )
    page = admin_client.get(change(event))
    assert page.context["one_line"].endswith("9–15 killed (all)")
    (drawn,) = page.context["estimates"]
    assert [read.claim for read in drawn.decided_by] == ends
    head = page.content.decode().partition("What the accepted claims")[0]
    for claim in (*ends, between):
        proof = claim.evidence.get()
        link = f'href="{change(proof.article)}#c{proof.start}"'
        assert (link in head) is (claim != between)


def test_a_bare_event_says_what_is_not_known(admin_client):
    event = EventFactory(type=None, modality="planned")
    context = panels(admin_client, event)
    assert context["one_line"] == ("Event (planned) · date not known · place not known")
    assert context["silences"] == ["No claim says anything about it yet."]
    shown = admin_client.get(change(event)).content.decode()
    assert "No place is recorded yet" in shown
    assert "Nobody’s part is recorded yet" in shown
    assert f"{reverse('admin:events_claim_add')}?event={event.pk}" in shown


def test_articles_stand_side_by_side_in_the_order_of_publication(
    admin_client, event, articles
):
    early, late, undated = articles
    for article, slug in ((undated, "u-1"), (late, "l-1"), (early, "e-1")):
        FigureFactory(event=event, slug=slug, evidence__article=article)
    matrix = panels(admin_client, event)["matrix"]
    assert [(c.outlet, c.published) for c in matrix.columns] == [
        ("Dawn", "27 August 2021"),
        ("TRT", "5 September 2021"),
        ("Outlet not known", "date not known"),
    ]
    assert cells(admin_client, event) == {"Killed (all)": [["e-1"], ["l-1"], ["u-1"]]}


def test_a_line_for_each_thing_claimed_as_people_ask(admin_client, event, articles):
    early, late, _ = articles
    part = ParticipationFactory(event=event, actor=ActorFactory(name="ISIS-K"))
    FigureFactory(event=event, slug="dead", evidence__article=early)
    FigureFactory(
        event=event,
        slug="hurt",
        measure=term("measure/injured"),
        evidence__article=late,
    )
    ClaimFactory(event=event, slug="that", evidence__article=early)
    ClaimFactory(event=event, slug="cause", kind="cause", evidence__article=late)
    when = ClaimFactory(event=event, slug="when", evidence__article=late)
    SupportFactory(claim=when, event=event, part="date")
    who = ClaimFactory(event=event, slug="who", kind="role", evidence__article=early)
    SupportFactory(claim=who, event=event, part="participation", participation=part)
    assert cells(admin_client, event) == {
        "That it happened": [["that"], []],
        "When": [[], ["when"]],
        "Perpetrator: ISIS-K": [["who"], []],
        "Killed (all)": [["dead"], []],
        "Injured (all)": [[], ["hurt"]],
        "Cause": [[], ["cause"]],
    }
    assert list(cells(admin_client, event))[0] == "That it happened"
    assert list(cells(admin_client, event))[-1] == "Cause"


def test_an_entry_tells_bounds_words_speaker_and_how_and_leads_to_its_sentence(
    admin_client, event, articles
):
    FigureFactory(
        event=event,
        slug="hint",
        low=50,
        high=None,
        quantifier="at_least",
        figure_text="at least 50",
        modality="hinted",
        polarity="negative",
        speaker=ActorFactory(name="General Milley"),
        evidence__article=articles[0],
    )
    matrix = panels(admin_client, event)["matrix"]
    ((entry,),) = matrix.lines[0].cells
    assert (entry.figure, entry.words, entry.said_by) == (
        "at least 50",
        "at least 50",
        "General Milley",
    )
    assert entry.how == "hinted, says it is not so, draft"
    start = articles[0].evidence.get().start
    assert entry.href == f"{change(articles[0])}#c{start}"
    assert entry.href in admin_client.get(change(event)).content.decode()


def test_rejected_claims_are_not_compared(admin_client, event):
    FigureFactory(event=event, status="rejected")
    context = panels(admin_client, event)
    assert context["matrix"].lines == []
    assert context["silences"] == ["No claim says anything about it yet."]


def test_the_bars_lead_to_the_sentences(admin_client, event, articles):
    FigureFactory(event=event, status="coded", evidence__article=articles[0])
    (drawn,) = panels(admin_client, event)["estimates"]
    start = articles[0].evidence.get().start
    assert f'<a href="{change(articles[0])}#c{start}" tabindex="-1">' in drawn.picture
    assert drawn.verdict == ("Single source: one source only; 1 independent voice.")


def test_estimates_that_conflict_come_first_and_are_no_range(admin_client, event):
    FigureFactory(event=event, status="coded")
    for low, high, quantifier in ((None, 5, "up_to"), (9, None, "at_least")):
        FigureFactory(
            event=event,
            status="coded",
            measure=term("measure/injured"),
            low=low,
            high=high,
            quantifier=quantifier,
        )
    first, second = panels(admin_client, event)["estimates"]
    assert first.title == "Injured (all): disputed, 5 to 9"
    assert first.picture.count(">in conflict<") == 2
    assert second.title == "Killed (all): 13"


def test_two_clocks_tell_how_long_after_it_was_said(admin_client, event, articles):
    for article in articles:
        ClaimFactory(event=event, evidence__article=article)
    clocks = panels(admin_client, event)["timeline"]
    assert "26 August 2021" in clocks
    assert "10 days later" in clocks
    assert "Without a date, so not on the line" in clocks
    assert change(articles[1]) in clocks


def test_a_province_is_an_area_on_the_map(admin_client, event):
    drawn = panels(admin_client, event)["map"]
    assert "Takhar" in drawn
    assert "known to the province" in drawn


def test_participants_stand_with_the_claims_for_and_against(admin_client, event):
    part = ParticipationFactory(event=event, actor=ActorFactory(name="ISIS-K"))
    lone = ParticipationFactory(event=event, actor=ActorFactory(name="Nobody"))
    yes, no = ClaimFactory(event=event), ClaimFactory(event=event)
    for claim, stance in ((yes, "supports"), (no, "disputes")):
        SupportFactory(
            claim=claim,
            event=event,
            part="participation",
            participation=part,
            stance=stance,
        )
    first, second = panels(admin_client, event)["parts"]
    assert (first.actor, first.role, first.href) == (
        "ISIS-K",
        "Perpetrator",
        change(part.actor),
    )
    assert [read.claim for read in first.claims] == [yes]
    assert [read.claim for read in first.disputed_by] == [no]
    assert (second.actor, second.claims) == (str(lone.actor), [])
    assert (
        "No claim is recorded for the part of Nobody."
        in (panels(admin_client, event)["silences"])
    )


def test_what_no_article_says_is_read_from_the_claims(admin_client, event, articles):
    origin = OriginFactory()
    for article in articles[:2]:
        article.origin = origin
        article.save()
        FigureFactory(
            event=event,
            status="coded",
            high=None,
            quantifier="at_least",
            evidence__article=article,
            voice="attributed",
            speaker_text="sources",
        )
    victim = ParticipationFactory(event=event, role=term("role/victim"))
    assert panels(admin_client, event)["silences"] == [
        "No perpetrator is named.",
        "None of those who took part is quoted; others speak about them.",
        f"No claim is recorded for the part of {victim.actor}.",
        "No place below the province is given: Takhar.",
        "No number of injured is given.",
        "No claim says how many were killed at most.",
        "All 2 articles go back to one origin; none confirms it.",
        "No source is named: the only speakers are “sources”.",
    ]


def test_a_speaker_who_is_passed_on_is_not_silent(admin_client, event):
    part = ParticipationFactory(event=event)
    claim = ClaimFactory(event=event)
    claim.attributions.create(position=1, actor=part.actor)
    assert not any("quoted" in s for s in panels(admin_client, event)["silences"])


def test_every_heading_and_id_of_the_panels_stands_once(admin_client, event, articles):
    for article in articles:
        FigureFactory(event=event, status="coded", evidence__article=article)
    page = admin_client.get(change(event)).content.decode()
    above = page.split('class="ev-page"')[1].split("<form")[0]
    ids = re.findall(r'\bid="([^"]+)"', above)
    assert len(ids) == len(set(ids))
    assert "style=" not in above
    headings = [unescape(h) for h in re.findall(r"<h2[^>]*>([^<]+)</h2>", above)]
    assert headings[:2] == [
        "What the accepted claims allow together",
        "What no claim says",
    ]
