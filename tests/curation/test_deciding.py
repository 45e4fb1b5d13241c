"""Accepting, editing, rejecting and undoing proposals."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from actors.models import Actor, Mention, Relation
from curation.deciding import accept, accept_all, reject, undo
from curation.desk import desk_of
from curation.models import Judgement, Proposal
from events.models import Claim, Event, Participation, Place
from sources.models import Article, Status
from sources.services import change_status, recorded
from tests.factories.actors import (
    ActorFactory,
    ActorIdentifierFactory,
    MentionFactory,
)
from tests.factories.curation import (
    JudgementFactory,
    ProposalFactory,
    RunFactory,
    SightingFactory,
)
from tests.factories.events import EventFactory, SupportFactory
from tests.factories.sources import ArticleFactory, SpanFactory

pytestmark = pytest.mark.django_db

TEXT = "General Ada Roe said 13 people died in Herat on Friday. Roe leads the police."


@pytest.fixture
def article():
    article = ArticleFactory(text=TEXT)
    SpanFactory(article=article)
    return article


def proposed(article, **values):
    """A proposal that the latest run found."""
    run = article.runs.first() or RunFactory(article=article)
    proposal = ProposalFactory(article=article, **values)
    SightingFactory(run=run, proposal=proposal)
    return proposal


def mention(article, quote="Ada Roe", **fields):
    made = {
        "name": quote,
        "actor": None,
        "cluster": article.text.index(quote),
        "how": "name",
        "actor_kind": "person",
        "candidates": [],
        "suggested_alias": None,
        "acts": True,
    }
    return proposed(article, quote=quote, fields=made | fields)


def figure(article, **fields):
    made = {
        "measure": "killed",
        "group": "all",
        "low": 13,
        "high": 13,
        "quantifier": "exact",
        "counted": "people",
        "part_of": None,
        "implicit": False,
    }
    return proposed(article, kind="figure", quote="13 people", fields=made | fields)


def claim(article, **fields):
    made = {
        "attributed": True,
        "speaker": {"words": "General Ada Roe", "how": "named", "cluster": 8},
        "quoted": "indirect",
        "modality": "asserted",
        "polarity": "positive",
        "statement": "figure",
        "cue": "said",
        "via": [],
    }
    spans = [
        {"start": 16, "end": 20, "text": "said", "role": "cue"},
        {"start": 0, "end": 15, "text": "General Ada Roe", "role": "speaker"},
    ]
    return proposed(
        article,
        kind="claim",
        quote="13 people died in Herat on Friday",
        fields=made | fields,
        spans=spans,
    )


def event(article, **fields):
    made = {
        "type": "ASSAULT",
        "mode": None,
        "acled": "Attack",
        "modality": "occurred",
        "title": "Deaths in Herat",
        "participants": [
            {"role": "accused", "words": "Ada Roe", "cluster": 8, "actor": None}
        ],
        "date": {
            "earliest": "2021-08-27",
            "latest": "2021-08-27",
            "precision": "day",
            "basis": "relative",
            "note": "",
        },
        "place": None,
        "figures": [21],
        "contexts": [],
        "linked": None,
        "why": "",
    }
    spans = [{"start": 48, "end": 54, "text": "Friday", "role": "date"}]
    return proposed(
        article, kind="event", quote="died", fields=made | fields, spans=spans
    )


def test_a_new_actor_comes_with_its_mention(article, curator):
    judgement = accept(mention(article), by=curator)
    made = Mention.objects.get()
    assert (made.quote, made.actor.name, made.status) == ("Ada Roe", "Ada Roe", "coded")
    assert made.actor.slug == "ada-roe"
    assert judgement.verdict == "accepted"
    # A second mention of that name is of the same actor; its surname is an alias.
    accept(mention(article, "Roe leads", name="Ada Roe", how="surname"), by=curator)
    assert Actor.objects.count() == 1
    assert list(Actor.objects.get().aliases.values_list("name", "kind_id")) == [
        ("Roe leads", "alias-kind/short")
    ]
    kept = Mention.objects.first().history.get().pgh_context.metadata
    assert kept["by"] == "curator"


def test_an_actor_without_a_kind_asks_for_it(article, curator):
    proposal = mention(article, actor_kind=None)
    with pytest.raises(ValidationError, match="choose what kind of actor"):
        accept(proposal, by=curator)
    assert not Judgement.objects.exists()
    judgement = accept(proposal, by=curator, edits={"actor_kind": "person"})
    assert judgement.verdict == "edited"
    assert judgement.changes == {"actor_kind": "person"}
    assert Actor.objects.get().kind_id == "actor-kind/person"


def test_an_edit_names_a_known_actor(article, curator):
    known = ActorFactory(slug="roe-a", name="A. Roe", status="coded")
    accept(mention(article), by=curator, edits={"actor": "roe-a"})
    assert Mention.objects.get().actor == known
    with pytest.raises(ValidationError, match="no actor with the key “nobody”"):
        accept(mention(article), by=curator, edits={"actor": "nobody"})
    with pytest.raises(ValidationError, match="colour cannot be edited; actor,"):
        accept(mention(article), by=curator, edits={"colour": "red"})


def test_undoing_takes_back_what_was_made(article, curator):
    proposal = mention(article)
    judgement = accept(proposal, by=curator)
    with pytest.raises(ValidationError, match="was accepted by curator already"):
        accept(proposal, by=curator)
    undo(judgement, by=curator, why="wrong Roe")
    assert not Mention.objects.exists()
    assert not Actor.objects.exists()
    history = apps.get_model("actors.MentionHistory").objects
    assert [each.pgh_label for each in history.order_by("pk")] == ["insert", "delete"]
    assert Proposal.objects.undecided().get() == proposal
    with pytest.raises(ValidationError, match="undone|anew"):
        undo(judgement, by=curator)
    accept(proposal, by=curator)
    assert Mention.objects.count() == 1


def test_what_is_public_or_needed_is_not_undone(article, curator, reviewer):
    made = accept(mention(article), by=curator)
    accept(claim(article), by=curator)
    with pytest.raises(ValidationError, match="rests on it"):
        undo(made, by=curator)
    assert Mention.objects.exists()
    Mention.objects.update(status="published")
    with pytest.raises(ValidationError, match="retract it instead"):
        undo(made, by=curator)


def test_a_claim_has_its_speaker_and_its_proof(article, curator):
    accept(mention(article), by=curator)
    accept(claim(article), by=curator)
    made = Claim.objects.get()
    assert (made.voice, made.speaker.name) == ("attributed", "Ada Roe")
    assert made.speaker_text == "General Ada Roe"
    assert made.kind == "occurrence"  # its number is a proposal of its own
    assert made.evidence.get().quote == (
        "General Ada Roe said 13 people died in Herat on Friday"
    )


def test_a_figure_is_said_by_who_says_the_sentence(article, curator):
    claim(article)
    accept(event(article), by=curator)
    accept(figure(article), by=curator)
    made = Claim.objects.get(kind="figure")
    assert (made.low, made.high, made.group_id) == (13, 13, "group/all")
    assert made.speaker_text == "General Ada Roe"
    assert made.event.title == "Deaths in Herat"
    assert made.figure_text == "13 people"
    with pytest.raises(ValidationError, match="what is counted"):
        accept(figure(article, measure=None), by=curator)


def test_an_event_rests_on_a_claim(article, curator):
    accept(mention(article), by=curator)
    accept(event(article), by=curator)
    made = Event.objects.get()
    assert (made.slug, str(made.date_earliest)) == ("deaths-in-herat", "2021-08-27")
    assert made.date_text == "Friday"
    assert made.acled_sub_event_id == "acled-sub-event/Attack"
    assert Participation.objects.get().role_id == "role/accused"
    supports = made.supports.order_by("part").values_list("part", flat=True)
    assert list(supports) == ["date", "occurrence", "participation"]
    assert made.claims.get().evidence.get().quote.startswith("General Ada Roe said")


def test_a_linked_event_is_added_to(article, curator):
    known = EventFactory(slug="herat-deaths", status="coded")
    accept(mention(article), by=curator)
    accept(event(article, linked="herat-deaths"), by=curator)
    assert Event.objects.get() == known
    assert known.claims.count() == 1
    assert known.participations.count() == 1


def test_a_place_comes_from_the_gazetteer_once(article, curator):
    fields = {
        "name": "Herat",
        "place": None,
        "entry": "geonames:1140026",
        "kind": "city",
        "country": "AFG",
        "admin1": "Herat",
        "latitude": 34.35,
        "longitude": 62.2,
        "radius_m": 8000,
        "precision": "city",
        "candidates": [],
    }
    place = {"article": article, "kind": "place", "quote": "Herat", "fields": fields}
    accept(proposed(**place), by=curator)
    made = Place.objects.get()
    assert (made.kind_id, made.radius_m) == ("place-kind/city", 8000)
    assert made.identifiers.get().value == "1140026"
    accept(proposed(**place), by=curator)
    assert Place.objects.count() == 1
    unknown = fields | {"entry": None, "kind": None, "latitude": None}
    with pytest.raises(ValidationError, match="No gazetteer knows"):
        accept(proposed(**place | {"fields": unknown}), by=curator)


def office(article, **fields):
    made = {
        "relation": "leads",
        "person": 8,
        "organisation": article.text.index("police"),
        "title": "",
        "organisation_words": "the police",
    }
    words = {"quote": "Roe leads the police", "fields": made | fields}
    return proposed(article, kind="office", **words)


def test_an_office_needs_both_ends(article, curator):
    proposal = office(article)
    with pytest.raises(
        ValidationError, match="the person and the organisation as actors"
    ):
        accept(proposal, by=curator)
    accept(mention(article), by=curator)
    with pytest.raises(ValidationError, match="organisation as an actor"):
        accept(proposal, by=curator)
    accept(mention(article, "police", actor_kind="government_body"), by=curator)
    accept(proposal, by=curator)
    relation = Relation.objects.get()
    assert str(relation) == "Ada Roe leads police"
    assert relation.claims.get().evidence.get().quote == "Roe leads the police."


def test_an_end_of_an_office_may_be_coded_by_hand(article, curator):
    start = article.text.index("police")
    proposal = office(article)
    accept(mention(article), by=curator)
    police = mention(article, "police", actor_kind="government_body")
    coded = {"article": article, "start": start, "end": start + 6, "quote": "police"}
    mine = MentionFactory(status="coded", actor__status="coded", **coded)
    assert (police.start, police.fields["cluster"]) == (start, start)
    accept(proposal, by=curator)
    assert Relation.objects.get().object == mine.actor


def test_an_office_that_is_coded_is_not_asked_again(article, curator):
    accept(mention(article), by=curator)
    accept(mention(article, "police", actor_kind="government_body"), by=curator)
    accept(office(article), by=curator)
    open_before = desk_of(article).open
    office(article, title="chief")
    assert desk_of(article).open == open_before
    Relation.objects.update(subject=ActorFactory())
    assert desk_of(article).open == open_before + 1


def test_rejected_ones_make_nothing(article, curator):
    (judgement,) = reject([mention(article)], by=curator, why="a ship")
    assert (judgement.verdict, judgement.why) == ("rejected", "a ship")
    assert not Actor.objects.exists()


def test_who_may_not_decide_is_refused(article, django_user_model):
    nobody = django_user_model.objects.create_user("nobody")
    proposal = mention(article)
    for act in (
        lambda: accept(proposal, by=nobody),
        lambda: reject([proposal], by=nobody),
        lambda: accept_all([proposal], by=nobody),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_all_of_a_rule_only_when_people_agreed_with_it(article, curator, reviewer):
    proposal = mention(article)
    with pytest.raises(PermissionDenied):
        accept_all([proposal], by=curator)
    with pytest.raises(ValidationError, match=r"actor\.test: accept these one by one"):
        accept_all([proposal], by=reviewer)
    for _ in range(18):
        JudgementFactory()
    JudgementFactory(verdict="rejected")
    JudgementFactory(verdict="edited")
    accept_all([proposal], by=reviewer)
    assert Mention.objects.count() == 1
    JudgementFactory(verdict="rejected")
    with pytest.raises(ValidationError, match="one by one"):
        accept_all([mention(article)], by=reviewer)


def test_undoing_spares_what_others_did(article, curator, reviewer):
    made = accept(mention(article), by=curator)
    actor = Actor.objects.get()
    identifier = ActorIdentifierFactory(actor=actor)
    with pytest.raises(ValidationError, match="“Ada Roe” stays: .* rests on it"):
        undo(made, by=curator)
    assert Mention.objects.exists()
    identifier.delete()
    with recorded(by=reviewer, why="the full title"):
        actor.description = "A general."
        actor.save()
    with pytest.raises(ValidationError, match="“Ada Roe” was changed since by review"):
        undo(made, by=curator)
    assert Actor.objects.get().description == "A general."


def test_what_is_reviewed_is_undone_by_reviewers_only(article, curator, reviewer):
    made = accept(mention(article), by=curator)
    change_status([Actor.objects.get()], to=Status.REVIEWED, by=reviewer, why="right")
    with pytest.raises(ValidationError, match="is reviewed: only a reviewer"):
        undo(made, by=curator)
    assert Mention.objects.exists()
    undo(made, by=reviewer)
    assert not Actor.objects.exists()


def test_undoing_an_event_takes_all_its_parts_and_no_other(article, curator):
    accept(mention(article), by=curator)
    made = accept(event(article), by=curator)
    labels = {label for label, _ in made.made}
    assert labels >= {"events.Evidence", "events.Support", "events.Participation"}
    other = SupportFactory(event=Event.objects.get(), part="date")
    with pytest.raises(ValidationError, match="rests on it"):
        undo(made, by=curator)
    assert Event.objects.get().supports.count() == 4
    other.delete()
    undo(made, by=curator)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "made",
    [
        [["auth.User", 1]],
        [["actors.Actor", "1"]],
        [["actors.Actor", 10**30]],
        [["nothing.Here", 1]],
        ["actors.Actor"],
        [["actors.Actor"]],
    ],
)
def test_undoing_refuses_what_no_decision_makes(article, curator, made):
    judgement = JudgementFactory(proposal=mention(article), made=made)
    with pytest.raises(ValidationError, match="does not say plainly"):
        undo(judgement, by=curator)


def test_undoing_refuses_rows_of_another_time(article, curator):
    actor = ActorFactory()
    made = [["actors.Actor", actor.pk]]
    judgement = JudgementFactory(proposal=mention(article), made=made)
    with pytest.raises(ValidationError, match="was not made by this decision"):
        undo(judgement, by=curator)
    assert Actor.objects.get() == actor


def test_a_figure_is_not_said_by_whom_a_person_rejected(article, curator):
    said = claim(article)
    reject([said], by=curator)
    accept(figure(article), by=curator)
    assert Claim.objects.get().voice == "narrator"


def test_a_figure_is_said_by_the_speaker_as_edited(article, curator):
    known = ActorFactory(slug="other", status="coded")
    accept(claim(article), by=curator, edits={"speaker": "other"})
    accept(figure(article), by=curator)
    assert Claim.objects.get(kind="figure").speaker == known


def test_hearsay_is_accepted_with_its_cue(article, curator):
    speaker = {"words": "", "how": "unknown", "cluster": None, "actor": None}
    accept(figure(article), by=curator)
    said = claim(article, speaker=speaker, cue="reportedly")
    accept(figure(article, low=12, high=12), by=curator)
    accept(said, by=curator)
    words = Claim.objects.order_by("pk").values_list("voice", "speaker_text")
    assert list(words) == [("narrator", "")] + [("attributed", "reportedly")] * 2


def test_fields_that_must_stand_are_not_emptied(article, curator):
    accept(claim(article), by=curator, edits={"speaker": None})
    assert Claim.objects.get().speaker_text == "General Ada Roe"
    with pytest.raises(ValidationError, match="title of a proposed event"):
        accept(event(article), by=curator, edits={"title": None})
    with pytest.raises(ValidationError, match="statement of a proposed claim"):
        accept(claim(article), by=curator, edits={"statement": ""})


def test_edits_that_would_be_lost_are_refused(article, curator):
    ActorFactory(slug="roe-a", name="A. Roe", status="coded")
    with pytest.raises(ValidationError, match="its name is changed on its own page"):
        accept(mention(article), by=curator, edits={"actor": "roe-a", "name": "Anna"})
    with pytest.raises(ValidationError, match="no plover mode “dance” of ASSAULT"):
        accept(event(article), by=curator, edits={"mode": "dance"})
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("status", ["draft", "rejected", "retracted"])
def test_withdrawn_rows_are_not_used_again(article, curator, status):
    old = ActorFactory(slug="roe", name="Ada Roe", status=status)
    with pytest.raises(ValidationError, match=f"is {status}: move it to coded"):
        accept(mention(article), by=curator, edits={"actor": "roe"})
    accept(mention(article), by=curator)
    assert Mention.objects.get().actor != old
    Mention.objects.update(status=status)
    said = claim(article)
    accept(said, by=curator)
    assert Claim.objects.get().speaker is None


def test_parts_of_a_published_article_need_who_may_publish(article, curator, reviewer):
    part = proposed(
        article, kind="structure", quote="Roe leads", fields={"part": "noise"}
    )
    Article.objects.update(status="published")
    part.refresh_from_db()
    with pytest.raises(ValidationError, match="those who may publish"):
        accept(part, by=curator)
    made = accept(part, by=reviewer)
    with pytest.raises(ValidationError, match="those who may publish"):
        undo(made, by=curator)
    undo(made, by=reviewer)
    assert article.spans.count() == 1


def test_what_the_latest_run_did_not_find_is_not_accepted(article, curator):
    proposal = mention(article)
    RunFactory(article=article, version="2")
    with pytest.raises(ValidationError, match="latest reading of the article does not"):
        accept(proposal, by=curator)


def test_reasons_are_short_and_plain(article, curator):
    for why in ("x" * 501, "nul \0"):
        with pytest.raises(ValidationError):
            reject([mention(article)], by=curator, why=why)


def test_the_same_made_by_another_at_once_is_told(article, curator, monkeypatch):
    ActorFactory(slug="ada-roe", status="draft")
    monkeypatch.setattr("curation.deciding.actors.free_slug", lambda *_: "ada-roe")
    monkeypatch.setattr("actors.models.Actor.full_clean", lambda self: None)
    with pytest.raises(ValidationError, match="Somebody else made the same"):
        accept(mention(article), by=curator)
    assert not Judgement.objects.exists()


def test_a_place_without_a_known_number_is_made_once(article, curator):
    """All mentions of it are accepted together; its id belongs to no scheme."""
    fields = {
        "place": None,
        "name": "Hamid Karzai Airport",
        "kind": "facility",
        "entry": "newsdb:kabul-airport",
        "country": None,
        "admin1": None,
        "latitude": 34.566,
        "longitude": 69.212,
        "radius_m": 3000,
        "precision": "vicinity",
        "candidates": [],
    }
    place = {"article": article, "kind": "place", "quote": "Herat"}
    for far in ({}, {"latitude": 34.57}, {"latitude": 34.9}):
        accept(proposed(**place, fields=fields | far), by=curator)
    assert sorted(Place.objects.values_list("latitude", flat=True)) == [34.566, 34.9]
