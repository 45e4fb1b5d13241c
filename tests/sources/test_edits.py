"""What was reviewed and is changed afterwards waits for its review again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse

from curation.bulk import undo
from curation.models import Batch
from events.models import Evidence
from sources.models import Status
from sources.services import change_status, recorded, save_curated
from tests.admin_forms import filled, said
from tests.factories.actors import ActorFactory, AliasFactory
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    EvidenceFactory,
    PlaceFactory,
    PlaceNameFactory,
    SupportFactory,
)
from tests.factories.sources import OutletFactory

pytestmark = pytest.mark.django_db

AFTER = {status: status for status in Status} | {Status.REVIEWED: Status.CODED}
GROUPS = ["Curator", "Reviewer", "Superuser"]


@pytest.fixture
def people(django_user_model):
    made = {}
    for name in (*GROUPS, "Other"):
        user = django_user_model.objects.create_user(
            name.lower(), is_staff=True, is_superuser=name == "Superuser"
        )
        group = "Reviewer" if name in {"Other", "Superuser"} else name
        user.groups.add(Group.objects.get(name=group))
        made[name] = user
    return made


def address(row):
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def state(row):
    row.refresh_from_db()
    return row.status


def sent(client, row, **changes):
    return client.post(
        address(row), filled(client.get(address(row)), why="x", **changes)
    )


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("group", [*GROUPS, "a program"])
def test_saving_takes_back_a_review_and_moves_nothing_else(people, group, status):
    if status == Status.PUBLISHED and group == "Curator":
        pytest.skip("refused, see test_moves")
    row = OutletFactory(status=status)
    row.name = "New"
    save_curated(row, by=people.get(group, group), why="x")
    assert row.status == AFTER[status]
    assert state(row) == AFTER[status]
    assert row.name == "New"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("group", GROUPS)
def test_the_form_of_the_admin_does_the_same(client, people, group, status):
    if status == Status.PUBLISHED and group == "Curator":
        pytest.skip("refused, see test_moves")
    client.force_login(people[group])
    row = OutletFactory(status=status)
    page = client.get(address(row))
    warned = b"A change takes it back to coded" in page.content
    assert warned is (status == Status.REVIEWED)
    answer = sent(client, row, name="New")
    assert state(row) == AFTER[status]
    told = "coded again" in " ".join(said(client.get(answer.url)))
    assert told is (status == Status.REVIEWED)


def test_saving_without_a_change_keeps_the_review(client, people):
    row = OutletFactory(status="reviewed")
    save_curated(row, by=people["Curator"], why="x")
    client.force_login(people["Curator"])
    sent(client, row)
    assert state(row) == "reviewed"


def test_whoever_changed_it_does_not_review_it_again(people):
    with recorded(by=people["Curator"], why="coded"):
        row = OutletFactory(status="coded")
    change_status([row], to=Status.REVIEWED, by=people["Reviewer"], why="checked")
    row.refresh_from_db()
    row.name = "New"
    save_curated(row, by=people["Reviewer"], why="better")
    with pytest.raises(ValidationError, match="own coding"):
        change_status([row], to=Status.REVIEWED, by=people["Reviewer"], why="again")
    change_status([row], to=Status.REVIEWED, by=people["Other"], why="checked")
    assert state(row) == "reviewed"


def test_the_history_says_who_took_the_review_back(people):
    row = OutletFactory(status="reviewed")
    row.name = "New"
    save_curated(row, by=people["Curator"], why="a better name")
    last = row.history.latest("pgh_id")
    assert (last.name, last.status) == ("New", "coded")
    assert last.pgh_context.metadata["by"] == "curator"


# --- parts ---


@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_other_evidence_is_another_claim(client, people, change):
    claim = ClaimFactory(status="reviewed")
    article = claim.evidence.get().article
    row = EvidenceFactory(claim=claim, article=article, quote="the police said")
    client.force_login(people["Curator"])
    if change == "added":
        quote = row.article.text[:1]
        new = Evidence(claim=claim, article=row.article, start=0, end=1, quote=quote)
        save_curated(new, by=people["Curator"], why="x")
    elif change == "changed":
        quote = row.quote[:-1]
        sent(client, claim, **{"evidence-1-quote": quote})
    else:
        sent(client, claim, **{"evidence-1-DELETE": "on"})
    assert state(claim) == "coded"


def test_other_spellings_are_another_place(client, people):
    name = PlaceNameFactory(place__status="reviewed")
    client.force_login(people["Curator"])
    page = reverse("admin:events_place_change", args=[name.place.pk])
    client.post(page, filled(client.get(page), why="x", **{"names-0-name": "New"}))
    assert state(name.place) == "coded"


def test_a_part_of_several_is_checked_with_any_of_them(people):
    """A draft's support is looked at with the draft; that of two reviewed is not."""
    event = EventFactory(status="reviewed")
    draft = SupportFactory.build(
        event=event, claim=ClaimFactory(event=event), part="occurrence"
    )
    save_curated(draft, by=people["Curator"], why="x")
    assert state(event) == "reviewed"
    claim = ClaimFactory(event=event, status="published")
    support = SupportFactory.build(event=event, claim=claim, part="occurrence")
    save_curated(support, by=people["Curator"], why="x")
    assert (state(event), state(claim)) == ("coded", "published")


def test_a_line_with_a_state_loses_its_own_review_only(client, people):
    actor = ActorFactory(status="reviewed")
    alias = AliasFactory(actor=actor, status="reviewed")
    client.force_login(people["Curator"])
    sent(client, actor, **{"aliases-0-name": "New"})
    assert (state(actor), state(alias)) == ("reviewed", "coded")


# --- many at once ---


def ask(client, rows, action, **data):
    meta = rows[0]._meta
    where = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(where, chosen | data)


def test_many_are_taken_back_as_one_and_the_plan_says_so(client, people):
    place = PlaceFactory()
    rows = [EventFactory(status=s) for s in ("reviewed", "coded", "reviewed")]
    client.force_login(people["Curator"])
    asked = {
        "asked": "yes",
        "set-place": place.pk,
        "set-place_precision": "place-precision/exact",
    }
    page = ask(client, rows, "to_place", **asked)
    assert page.context["plan"]["unsettled"] == 2
    assert "will be coded again" in page.content.decode()
    plan = page.context["plan"]["fingerprint"]
    ask(client, rows, "to_place", **asked, plan=plan, why="looked up")
    assert [state(row) for row in rows] == ["coded"] * 3
    assert {row.place for row in rows} == {place}


def test_undone_they_say_what_they_said_and_wait_for_their_review(client, people):
    rows = [EventFactory(status=s, place=None) for s in ("reviewed", "draft")]
    client.force_login(people["Curator"])
    asked = {
        "asked": "yes",
        "set-place": PlaceFactory().pk,
        "set-place_precision": "place-precision/exact",
    }
    plan = ask(client, rows, "to_place", **asked).context["plan"]["fingerprint"]
    ask(client, rows, "to_place", **asked, plan=plan, why="looked up")
    undo(Batch.objects.get(), by=people["Curator"], why="another one")
    assert [state(row) for row in rows] == ["coded", "draft"]
    assert {row.place for row in rows} == {None}
