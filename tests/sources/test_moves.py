"""Who may move what: groups × states × whose coding, in the service and the admin."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor
from events.models import Claim, Evidence, Support
from sources.models import Outlet, Status
from sources.services import (
    BY_ANOTHER,
    TRANSITIONS,
    change_status,
    own_coding,
    recorded,
    save_curated,
)
from tests.admin_forms import errors_of, filled, said
from tests.factories.actors import ActorFactory, AliasFactory
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    EvidenceFactory,
    ParticipationFactory,
    PlaceNameFactory,
    SupportFactory,
)
from tests.factories.sources import ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db

# What each group may do, written out: the table of the code is held to it.
CODES = {("draft", "coded"), ("draft", "rejected"), ("coded", "draft")}
REVIEWS = CODES | {
    ("coded", "reviewed"),
    ("coded", "rejected"),
    ("reviewed", "coded"),
    ("reviewed", "rejected"),
    ("rejected", "draft"),
    ("reviewed", "published"),
    ("published", "retracted"),
    ("retracted", "published"),
}
MAY = {"Reader": set(), "Curator": CODES, "Reviewer": REVIEWS, "Superuser": REVIEWS}
STATES = [status.value for status in Status]
WHOSE = ["their own", "another's", "a program's"]


@pytest.fixture
def people(django_user_model):
    """One of each group, and another who codes."""
    made = {}
    for name in (*MAY, "Other"):
        user = django_user_model.objects.create_user(name.lower(), is_staff=True)
        made[name] = user
    for name in ("Reader", "Curator", "Reviewer"):
        made[name].groups.add(Group.objects.get(name=name))
    made["Other"].groups.add(Group.objects.get(name="Reviewer"))
    made["Superuser"].is_superuser = True
    made["Superuser"].save()
    return made


def stand(row, status):
    """Put a row in a state, as nobody in particular."""
    type(row).objects.filter(pk=row.pk).update(status=status)
    row.refresh_from_db()


def coded(by, status="coded"):
    """An outlet coded by a user or a program, then put in a state by nobody."""
    with recorded(by=by, why="coded"):
        row = OutletFactory(status="coded")
    if status != "coded":
        stand(row, status)
    return row


def coder_of(people, group, whose):
    return {
        "their own": people[group],
        "another's": people["Other"],
        "a program's": "load_curation",
    }[whose]


def allowed(group, start, to, whose):
    """The rule in the test's own words."""
    own_review = whose == "their own" and (start, to) == ("coded", "reviewed")
    return (start, to) in MAY[group] and not own_review


def test_the_table_has_these_moves_and_no_others():
    assert {(str(start), str(to)) for start, to in TRANSITIONS} == REVIEWS
    assert TRANSITIONS.keys() >= BY_ANOTHER


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("group", MAY)
def test_the_service_moves_what_the_group_may_move(people, group, whose):
    by = people[group]
    for start, to in itertools.product(STATES, STATES):
        row = coded(coder_of(people, group, whose), start)
        expected = allowed(group, start, to, whose)
        try:
            moved = change_status([row], to=Status(to), by=by, why="because")
        except (ValidationError, PermissionDenied):
            moved = 0
        row.refresh_from_db()
        case = f"{group}: {start} → {to}, {whose}"
        assert (moved == 1) is expected, case
        assert row.status == (to if expected else start), case


ACTIONS = {
    "mark_draft": "draft",
    "mark_coded": "coded",
    "mark_reviewed": "reviewed",
    "publish": "published",
    "reject": "rejected",
    "retract": "retracted",
}


def run(client, action, row):
    """The action on one row, whatever page asks before."""
    address = reverse("admin:sources_outlet_changelist")
    data = {"action": action, "_selected_action": [row.pk], "why": "because"}
    page = client.post(address, data)
    if plan := (page.context or {}).get("plan"):
        data["plan"] = getattr(plan, "fingerprint", plan)
        page = client.post(address, data)
    return page


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("group", ["Reader", "Curator", "Reviewer", "Superuser"])
def test_the_actions_of_the_admin_move_the_same(client, people, group, whose):
    client.force_login(people[group])
    for start, (action, to) in itertools.product(STATES, ACTIONS.items()):
        row = coded(coder_of(people, group, whose), start)
        run(client, action, row)
        row.refresh_from_db()
        expected = to if allowed(group, start, to, whose) else start
        assert row.status == expected, f"{group}: {action} of {start}, {whose}"


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("group", ["Reviewer", "Superuser"])
def test_the_page_of_a_row_offers_the_same(client, people, group, whose):
    client.force_login(people[group])
    for start in STATES:
        row = coded(coder_of(people, group, whose), start)
        page = client.get(reverse("admin:sources_outlet_change", args=[row.pk]))
        offered = {str(move.to) for move in page.context["moves"]}
        assert offered == {to for to in STATES if allowed(group, start, to, whose)}
    row = coded(people[group])
    page = client.get(reverse("admin:sources_outlet_change", args=[row.pk]))
    assert f"Coded by {group.lower()}" in page.content.decode()


# --- whose coding ---


def review(row, by):
    return change_status([row], to=Status.REVIEWED, by=by, why="checked")


@pytest.fixture
def claim(people):
    with recorded(by="load_curation", why="loaded"):
        return ClaimFactory(status="draft")


def test_the_refusal_names_rows_coders_and_the_way_out(people):
    rows = [coded(people["Reviewer"]) for _ in range(2)]
    others = coded(people["Other"])
    with pytest.raises(ValidationError) as refused:
        change_status(
            [*rows, others], to=Status.REVIEWED, by=people["Reviewer"], why="x"
        )
    assert refused.value.messages == [
        f"“{row}” was coded by reviewer: nobody reviews their own coding. "
        "Ask another reviewer to mark it as reviewed."
        for row in rows
    ]
    others.refresh_from_db()
    assert others.status == "coded"


def test_who_set_it_coded_coded_it(people, claim):
    change_status([claim], to=Status.CODED, by=people["Reviewer"], why="coded")
    with pytest.raises(ValidationError, match="coded by reviewer"):
        review(claim, people["Reviewer"])
    assert review(claim, people["Other"]) == 1


def test_who_wrote_it_coded_it_though_another_set_it_coded(people, claim):
    with recorded(by=people["Reviewer"], why="written"):
        Claim.objects.filter(pk=claim.pk).update(statement="Mine.")
    change_status([claim], to=Status.CODED, by=people["Curator"], why="coded")
    with pytest.raises(ValidationError, match="coded by curator and reviewer"):
        review(claim, people["Reviewer"])


def test_who_changed_it_since_coded_it_with_them(people, claim):
    change_status([claim], to=Status.CODED, by=people["Curator"], why="coded")
    with recorded(by=people["Reviewer"], why="a typo"):
        Claim.objects.filter(pk=claim.pk).update(statement="A typo less.")
    with recorded(by=people["Curator"], why="better"):
        Claim.objects.filter(pk=claim.pk).update(statement="Better.")
    with pytest.raises(ValidationError, match="coded by curator and reviewer"):
        review(claim, people["Reviewer"])


def test_taken_over_by_another_it_is_theirs(people, claim):
    """Changed and set coded anew by another: that is who coded it now."""
    change_status([claim], to=Status.CODED, by=people["Reviewer"], why="coded")
    change_status([claim], to=Status.DRAFT, by=people["Curator"], why="again")
    with recorded(by=people["Curator"], why="read again"):
        Claim.objects.filter(pk=claim.pk).update(statement="Read again.")
    change_status([claim], to=Status.CODED, by=people["Curator"], why="coded")
    assert review(claim, people["Reviewer"]) == 1


@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_its_evidence_is_part_of_a_claims_coding(people, claim, change):
    second = EvidenceFactory(claim=claim)
    change_status([claim], to=Status.CODED, by=people["Curator"], why="coded")
    with recorded(by=people["Reviewer"], why="its proof"):
        if change == "added":
            EvidenceFactory(claim=claim)
        elif change == "changed":
            quote = second.quote[:4]
            Evidence.objects.filter(pk=second.pk).update(
                quote=quote, end=second.start + 4
            )
        else:
            second.delete()
    with pytest.raises(ValidationError, match="reviewer"):
        review(claim, people["Reviewer"])


def test_what_an_event_rests_on_is_part_of_its_coding(people):
    with recorded(by=people["Curator"], why="coded"):
        event = EventFactory(status="coded")
    with recorded(by=people["Reviewer"], why="linked"):
        SupportFactory(event=event, claim=ClaimFactory(event=event))
    with pytest.raises(ValidationError, match="reviewer"):
        review(event, people["Reviewer"])


def test_rows_with_a_state_of_their_own_are_coded_by_themselves(people):
    """An alias has its own review: adding one is no coding of the actor."""
    with recorded(by=people["Curator"], why="coded"):
        actor = ActorFactory(status="coded")
    with recorded(by=people["Reviewer"], why="a name"):
        AliasFactory(actor=actor)
    assert review(actor, people["Reviewer"]) == 1


def test_moving_a_row_back_is_not_coding_it(people):
    row = coded(people["Curator"])
    review(row, people["Reviewer"])
    change_status([row], to=Status.CODED, by=people["Reviewer"], why="too early")
    assert review(row, people["Reviewer"]) == 1


def test_writing_the_same_once_more_is_no_change(people):
    row = coded(people["Curator"])
    with recorded(by=people["Reviewer"], why="nothing"):
        Outlet.objects.filter(pk=row.pk).update(name=row.name)
    assert review(row, people["Reviewer"]) == 1


def test_what_a_program_wrote_is_nobodys(people):
    row = coded("load_curation")
    assert own_coding(people["Reviewer"], Outlet, [row.pk]) == {}
    assert review(row, people["Reviewer"]) == 1


def test_publishing_is_for_whoever_reviewed(people):
    row = coded(people["Curator"])
    review(row, people["Reviewer"])
    published = change_status(
        [row], to=Status.PUBLISHED, by=people["Reviewer"], why="checked"
    )
    assert published == 1


def test_many_rows_ask_no_more_than_one(people):
    def asked(count):
        with recorded(by=people["Curator"], why="coded"):
            rows = [ClaimFactory(status="coded") for _ in range(count)]
        with CaptureQueriesContext(connection) as caught:
            assert (
                change_status(
                    rows, to=Status.REVIEWED, by=people["Reviewer"], why="checked"
                )
                == count
            )
        return len(caught)

    asked(1)
    assert asked(40) <= asked(2)


# --- what is public ---


def address_of(row, kind="change"):
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_{kind}", args=[row.pk])


@pytest.mark.parametrize("group", MAY)
@pytest.mark.parametrize("status", STATES)
def test_what_is_published_is_changed_by_those_who_publish(
    client, people, group, status
):
    client.force_login(people[group])
    row = coded("load_curation", status)
    may = group != "Reader" and (status != "published" or group != "Curator")
    page = client.get(address_of(row))
    assert (b'name="name"' in page.content) is may
    reader = group == "Reader"
    locked = b"only those who may publish change it" in page.content
    assert locked is (not may and not reader) or reader
    told = b"what you save here is public at once" in page.content
    assert told is (may and status == "published")
    sent = filled(page, name="New", why="x") if may else {"name": "New", "why": "x"}
    assert client.post(address_of(row), sent).status_code == (302 if may else 403)
    row.refresh_from_db()
    assert (row.name == "New") is may


@pytest.mark.parametrize("group", ["Curator", "Reviewer"])
@pytest.mark.parametrize("status", STATES)
def test_the_service_holds_to_the_same(people, group, status):
    row = coded("load_curation", status)
    row.name = "New"
    if status == "published" and group == "Curator":
        with pytest.raises(PermissionDenied, match="public at once"):
            save_curated(row, by=people[group], why="x")
    else:
        save_curated(row, by=people[group], why="x")
    save_curated(row, by="a program", why="x")


def test_parts_of_what_is_published_are_held_like_it(client, people):
    name = PlaceNameFactory(place__status="published")
    evidence = EvidenceFactory(claim=ClaimFactory(status="published"))
    for row in (name, evidence):
        with pytest.raises(PermissionDenied):
            save_curated(row, by=people["Curator"], why="x")
        save_curated(row, by=people["Reviewer"], why="x")
    client.force_login(people["Curator"])
    assert client.post(address_of(name), {"name": "x"}).status_code == 403
    page = client.get(address_of(evidence.claim))
    assert b"evidence-0-quote" not in page.content


def test_what_only_will_be_public_may_be_prepared(people):
    """A draft's support of a published event shows nothing yet."""
    event = EventFactory(status="published")
    support = Support(claim=ClaimFactory(), event=event, part="occurrence")
    save_curated(support, by=people["Curator"], why="x")
    alias = AliasFactory.build(actor=ActorFactory(status="published"))
    alias.kind = AliasFactory().kind
    save_curated(alias, by=people["Curator"], why="x")


def test_a_published_line_under_an_unpublished_row_is_not_typed_over(client, people):
    actor = ActorFactory(status="coded")
    alias = AliasFactory(actor=actor, name="Public", status="published")
    event = EventFactory(status="coded")
    ParticipationFactory(event=event, status="published")
    client.force_login(people["Curator"])
    sent = filled(client.get(address_of(actor)), why="x", **{"aliases-0-name": "New"})
    client.post(address_of(actor), sent)
    alias.refresh_from_db()
    assert alias.name == "Public"
    client.force_login(people["Reviewer"])
    sent = filled(client.get(address_of(actor)), why="x", **{"aliases-0-name": "New"})
    client.post(address_of(actor), sent)
    alias.refresh_from_db()
    assert alias.name == "New"


# --- saving by the service ---


def test_saving_moves_no_state(people):
    row = coded("load_curation")
    row.status = "published"
    with pytest.raises(ValidationError, match="moved by its action"):
        save_curated(row, by=people["Reviewer"], why="x")
    new = OutletFactory.build(status="reviewed")
    with pytest.raises(ValidationError, match="cannot begin as reviewed"):
        save_curated(new, by=people["Reviewer"], why="x")


def test_a_row_deleted_meanwhile_is_not_brought_back(people):
    row = coded("load_curation")
    stale = Outlet.objects.get(pk=row.pk)
    row.delete()
    with pytest.raises(ValidationError, match="was deleted meanwhile"):
        save_curated(stale, by=people["Reviewer"], why="x")
    assert not Outlet.objects.exists()


def test_a_deleted_row_is_told_in_the_form_too(client, people, monkeypatch):
    """Should a row go in spite of the lock, its save finds none and says so."""
    from sources.admin import base

    row = coded("load_curation")
    client.force_login(people["Reviewer"])
    sent = filled(client.get(address_of(row)), name="New", why="x")
    monkeypatch.setattr(
        base, "check_writable", lambda row, by: Outlet.objects.all().delete()
    )
    page = client.post(address_of(row), sent)
    assert "deleted meanwhile" in errors_of(page)


def test_a_refused_review_is_told_in_the_admin(client, people):
    client.force_login(people["Reviewer"])
    row = coded(people["Reviewer"])
    page = client.get(run(client, "mark_reviewed", row).url)
    assert "own coding" in " ".join(said(page))


def test_an_actor_and_an_article_are_held_alike(people):
    with recorded(by=people["Reviewer"], why="coded"):
        rows = [ActorFactory(status="coded"), ArticleFactory(status="coded")]
    for row in rows:
        with pytest.raises(ValidationError, match="own coding"):
            review(row, people["Reviewer"])
    assert Actor.objects.get().status == "coded"
