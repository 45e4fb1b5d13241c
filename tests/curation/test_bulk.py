"""Changes of many rows: the plan before, one transaction, undone as one."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curation.bulk import check_undo, undo
from curation.models import Batch
from events.models import Claim, Evidence
from sources.models import Outlet
from sources.services import change_status, recorded
from tests.admin_forms import said
from tests.factories.actors import ActorFactory, AliasFactory, MentionFactory
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    FigureFactory,
    PlaceFactory,
    SupportFactory,
)
from tests.factories.sources import (
    ArticleFactory,
    OriginFactory,
    OutletFactory,
    term,
)
from tests.rules import update

pytestmark = pytest.mark.django_db


def address(rows, query=""):
    meta = rows[0]._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_changelist"
    return reverse(name) + query


def ask(client, action, rows, *, query="", **sent):
    """The page of the plan of an action."""
    data = {"action": action, "_selected_action": [row.pk for row in rows], **sent}
    return client.post(address(rows, query), data)


def agree(client, page, rows, *, query="", why="checked", **sent):
    """What the button under the plan of `page` does."""
    context = page.context
    data = {
        "action": context["bulk"].name,
        "_selected_action": context["selected"],
        "select_across": context["select_across"],
        "plan": context["plan"]["fingerprint"],
        "why": why,
        **sent,
    }
    return client.post(address(rows, query), data, follow=True)


def states(rows):
    kept = type(rows[0]).objects.in_bulk([row.pk for row in rows])
    return [kept[row.pk].status for row in rows]


@pytest.fixture
def reviewing(client, reviewer):
    client.force_login(reviewer)
    return client


@pytest.fixture
def coding(client, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def ready():
    """Three outlets that may be published."""
    return OutletFactory.create_batch(3, status="reviewed")


def published(client, rows):
    """The batch that published `rows`."""
    agree(client, ask(client, "publish", rows), rows)
    return Batch.objects.latest("pk")


# --- The plan -----------------------------------------------------------------


def test_nothing_is_done_before_the_plan_is_agreed_to(reviewing, ready):
    page = ask(reviewing, "publish", ready)
    assert page.context["plan"]["button"] == "Publish 3 outlets"
    assert states(ready) == ["reviewed"] * 3
    assert not Batch.objects.exists()


def test_the_plan_counts_what_changes_and_says_what_cannot(reviewing, ready):
    out = OutletFactory(status="published")
    drafts = OutletFactory.create_batch(7)
    page = ask(reviewing, "publish", [*ready, out, *drafts])
    plan = page.context["plan"]
    assert plan["chosen"] == "11 outlets"
    assert plan["changing"] == "3 outlets"
    assert (plan["already"], plan["kept"]) == (1, 7)
    (words,) = plan["barred"]
    assert drafts[0].name in words
    assert "and 2 more: each is draft; it cannot become published." in words


def test_what_can_be_changed_is_and_the_rest_stays(reviewing, ready):
    rows = [*ready, OutletFactory()]
    page = agree(reviewing, ask(reviewing, "publish", rows), rows)
    assert said(page)[0].startswith("3 outlets are now published.")
    assert states(rows) == ["published"] * 3 + ["draft"]


def test_the_plan_names_twenty_rows_with_old_and_new(reviewing):
    rows = OutletFactory.create_batch(23, status="reviewed")
    plan = ask(reviewing, "publish", rows).context["plan"]
    assert len(plan["rows"]) == 20
    assert plan["more"] == 3
    assert plan["rows"][0]["changes"] == [("status", "reviewed", "published")]


def test_without_a_reason_nothing_is_taken_out(reviewing, ready):
    page = ask(reviewing, "reject", ready)
    assert "may be left empty" not in page.content.decode()
    page = agree(reviewing, page, ready, why=" \t ")
    assert "The reason is empty" in page.content.decode()
    assert states(ready) == ["reviewed"] * 3


def test_without_a_reason_nothing_gets_another_value(coding):
    articles = ArticleFactory.create_batch(2)
    sent = {"asked": "yes", "set-outlet": OutletFactory().pk, "set-origin": ""}
    page = ask(coding, "to_outlet", articles, **sent)
    page = agree(coding, page, articles, why=" ", **sent)
    assert "The reason is empty" in page.content.decode()


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("mark_coded", "draft", "coded"),
        ("mark_reviewed", "coded", "reviewed"),
        ("publish", "reviewed", "published"),
    ],
)
def test_a_step_forward_needs_no_reason(reviewing, action, before, after):
    rows = OutletFactory.create_batch(2, status=before)
    page = ask(reviewing, action, rows)
    assert "may be left empty" in page.content.decode()
    agree(reviewing, page, rows, why="")
    assert states(rows) == [after] * 2
    kept = [row.history.order_by("pgh_id").last().pgh_context for row in rows]
    label = page.context["bulk"].why
    assert label.endswith("(in the admin)")
    assert [each.metadata["why"] for each in kept] == [label] * 2


def test_a_reason_that_is_said_is_the_one_kept(reviewing, ready):
    agree(reviewing, ask(reviewing, "publish", ready), ready, why="all checked")
    last = ready[0].history.order_by("pgh_id").last()
    assert last.pgh_context.metadata["why"] == "all checked"


def test_a_plan_that_is_no_longer_true_is_shown_again(reviewing, ready):
    page = ask(reviewing, "publish", ready)
    update(ready[0], status="coded")
    page = agree(reviewing, page, ready, why="all checked")
    assert "The plan is another one now" in page.content.decode()
    assert page.context["plan"]["changing"] == "2 outlets"
    assert page.context["why"] == "all checked"
    assert states(ready) == ["coded", "reviewed", "reviewed"]


def test_a_plan_is_agreed_to_for_its_own_change_only(reviewing, ready):
    page = ask(reviewing, "publish", ready)
    page = agree(reviewing, page, ready, action="mark_coded")
    assert "The plan is another one now" in page.content.decode()
    assert states(ready) == ["reviewed"] * 3


def test_all_pages_of_a_filtered_list_and_no_other_rows(reviewing, ready):
    others = OutletFactory.create_batch(2, status="reviewed")
    Outlet.objects.filter(pk__in=[row.pk for row in ready]).update(name="Kabul Daily")
    query = "?q=kabul"
    page = ask(reviewing, "publish", ready[:1], query=query, select_across="1")
    assert page.context["plan"]["chosen"] == "3 outlets"
    assert f'action="{address(ready, query)}"' in page.content.decode()
    agree(reviewing, page, ready, query=query)
    assert states([*ready, *others]) == ["published"] * 3 + ["reviewed"] * 2


def test_more_rows_than_can_be_held_are_refused(reviewing, ready, monkeypatch):
    monkeypatch.setattr("sources.bulk.MOST_AT_ONCE", 2)
    page = reviewing.post(
        address(ready),
        {"action": "publish", "_selected_action": [row.pk for row in ready]},
        follow=True,
    )
    assert "Narrow the list" in said(page)[0]


def test_nobody_reviews_their_own_coding_in_bulk(reviewing, reviewer):
    own, others = OutletFactory.create_batch(2), OutletFactory.create_batch(2)
    change_status(own, to="coded", by=reviewer, why="read")
    Outlet.objects.filter(pk__in=[row.pk for row in others]).update(status="coded")
    rows = [*own, *others]
    page = ask(reviewing, "mark_reviewed", rows)
    assert page.context["plan"]["changing"] == "2 outlets"
    assert "is your own coding" in page.content.decode()
    agree(reviewing, page, rows)
    assert states(rows) == ["coded"] * 2 + ["reviewed"] * 2


def test_two_thousand_rows_ask_no_more_than_three(reviewing):
    article = ArticleFactory()

    def asked(number):
        rows = [
            Claim(
                slug=f"many-{number}-{i}",
                kind="occurrence",
                statement="It was so.",
                status="reviewed",
            )
            for i in range(number)
        ]
        Claim.objects.bulk_create(rows)
        Evidence.objects.bulk_create(
            Evidence(claim=row, article=article, start=0, end=5, quote="Kabul")
            for row in rows
        )
        query = f"?q=many-{number}-"
        with CaptureQueriesContext(connection) as caught:
            page = ask(reviewing, "publish", rows[:1], query=query, select_across="1")
            data = {
                "action": "publish",
                "_selected_action": [rows[0].pk],
                "select_across": "1",
                "plan": page.context["plan"]["fingerprint"],
                "why": "checked",
            }
            reviewing.post(address(rows, query), data)
            batch = Batch.objects.latest("pk")
            undo(batch, by=batch.by, why="a mistake")
            reviewing.get(reverse("admin:curation_batch_change", args=[batch.pk]))
        assert batch.rows == number
        return len(
            [
                q
                for q in caught
                # Rendering documents works in batches; after many it analyses, and
                # asks whether a worker could do it.
                if not re.search(
                    "publishing_|SAVEPOINT|ANALYZE|procrastinate_workers", q["sql"]
                )
            ]
        )

    asked(3)
    assert asked(2_000) <= asked(4)


# --- Other values --------------------------------------------------------------


def give(client, action, rows, **values):
    """Ask for the plan with these values, then agree to it."""
    sent = {"asked": "yes"} | {f"set-{k}": v for k, v in values.items()}
    page = ask(client, action, rows, **sent)
    if page.context["plan"] is None:
        return page
    return agree(client, page, rows, **sent)


def test_claims_go_to_another_event(coding):
    there = EventFactory(title="The other event")
    rows = [ClaimFactory(event=EventFactory()) for _ in range(2)]
    page = give(coding, "to_event", rows, event=there.pk)
    assert said(page)[0].startswith("2 claims are moved to the other event.")
    assert {c.event_id for c in Claim.objects.all()} == {there.pk}
    assert Batch.objects.get().what == "Move 2 claims to another event"


def test_a_claim_that_its_event_rests_on_does_not_leave_it(coding):
    event, there = EventFactory(), EventFactory()
    held = ClaimFactory(event=event)
    SupportFactory(claim=held, event=event)
    whole = FigureFactory(event=event)
    part = FigureFactory(event=event, part_of=whole)
    rows = [held, part]
    page = ask(coding, "to_event", rows, asked="yes", **{"set-event": there.pk})
    words = " ".join(page.context["plan"]["barred"])
    assert "its event rests on" in words
    assert "inside another figure that would stay" in words
    page = ask(coding, "to_event", [whole], asked="yes", **{"set-event": there.pk})
    assert "has figures counted inside it" in page.context["plan"]["barred"][0]
    page = ask(
        coding, "to_event", [whole, part], asked="yes", **{"set-event": there.pk}
    )
    assert page.context["plan"]["changing"] == "2 claims"


def test_an_event_to_move_to_has_to_be_chosen(coding):
    page = give(coding, "to_event", [ClaimFactory()], event="")
    assert page.context["form"].errors["event"] == ["This field is required."]


def test_mentions_name_another_actor_by_that_actors_alias(coding):
    actor = ActorFactory()
    alias = AliasFactory(actor=actor, name="attack")
    old = AliasFactory(name="attack")
    plain = MentionFactory(actor=old.actor, alias=old)
    twice = MentionFactory()
    MentionFactory(article=twice.article, actor=actor)
    give(coding, "to_actor", [plain, twice], actor=actor.pk)
    plain.refresh_from_db()
    twice.refresh_from_db()
    assert (plain.actor, plain.alias) == (actor, alias)
    assert twice.actor != actor
    undo(Batch.objects.get(), by=Batch.objects.get().by, why="no")
    plain.refresh_from_db()
    assert (plain.actor, plain.alias) == (old.actor, old)


def test_articles_get_another_outlet_and_another_origin(coding):
    rows, outlet, origin = (
        ArticleFactory.create_batch(2),
        OutletFactory(),
        OriginFactory(),
    )
    give(coding, "to_outlet", rows, outlet=outlet.pk)
    give(coding, "to_origin", rows, origin=origin.pk)
    for row in rows:
        row.refresh_from_db()
        assert (row.outlet, row.origin) == (outlet, origin)


def test_events_get_another_date_as_a_whole(coding):
    rows = EventFactory.create_batch(2)
    page = give(
        coding, "to_date", rows, date_earliest="2021-08-26", date_precision="day"
    )
    assert page.context["plan"] is None  # a rule that the form knows
    assert "precision does not fit" in page.content.decode()
    day = {"date_earliest": "2021-08-26", "date_latest": "2021-08-26"}
    give(coding, "to_date", rows, **day, date_precision="day", date_basis="stated")
    for row in rows:
        row.refresh_from_db()
        assert str(row.date_latest) == "2021-08-26"


def test_events_are_put_in_another_place(coding):
    rows, place = EventFactory.create_batch(2), PlaceFactory()
    city = term("place-precision/city").pk
    give(coding, "to_place", rows, place=place.pk, place_precision=city)
    for row in rows:
        row.refresh_from_db()
        assert (row.place, row.place_precision_id) == (place, city)


def test_what_is_public_is_changed_by_those_who_publish_only(coding):
    rows = [EventFactory(status="published"), EventFactory()]
    place, city = PlaceFactory(), term("place-precision/city").pk
    give(coding, "to_place", rows, place=place.pk, place_precision=city)
    for row in rows:
        row.refresh_from_db()
    assert [row.place for row in rows] == [None, place]


def test_who_may_not_change_a_row_is_not_offered_it(client, django_user_model):
    from django.contrib.auth.models import Group

    reader = django_user_model.objects.create_user("eva", is_staff=True)
    reader.groups.add(Group.objects.get(name="Reader"))
    client.force_login(reader)
    row = ClaimFactory()
    ask(client, "to_event", [row], asked="yes", **{"set-event": EventFactory().pk})
    assert not Batch.objects.exists()


# --- Undo ----------------------------------------------------------------------


def test_a_batch_says_what_by_whom_and_why(reviewing, reviewer, ready):
    batch = published(reviewing, ready)
    assert (batch.what, batch.by, batch.why, batch.rows) == (
        *("Publish 3 outlets", reviewer, "checked"),
        3,
    )


def test_undoing_a_rejection_gives_each_row_its_own_state_back(reviewing, reviewer):
    rows = [OutletFactory(status=s) for s in ("draft", "coded", "reviewed")]
    agree(reviewing, ask(reviewing, "reject", rows), rows, why="no outlets")
    assert states(rows) == ["rejected"] * 3
    done = undo(Batch.objects.get(), by=reviewer, why="they are")
    assert states(rows) == ["draft", "coded", "reviewed"]
    assert (done.what, done.rows) == ("Undo: Reject 3 outlets", 3)
    again = undo(done, by=reviewer, why="they are not")
    assert states(rows) == ["rejected"] * 3
    assert again.undoes == done


def test_what_was_published_by_mistake_is_retracted(reviewing, reviewer, ready):
    batch = published(reviewing, ready)
    assert check_undo(batch, by=reviewer).retracts == 3
    undo(batch, by=reviewer, why="too early")
    assert states(ready) == ["retracted"] * 3
    undo(Batch.objects.latest("pk"), by=reviewer, why="it was right")
    assert states(ready) == ["published"] * 3


def test_an_undo_is_kept_in_the_history_with_who_and_why(reviewing, reviewer, ready):
    undo(published(reviewing, ready), by=reviewer, why="too early")
    last = ready[0].history.latest("pgh_id")
    assert last.pgh_context.metadata["why"] == "too early"
    assert last.pgh_context.metadata["by"] == "reviewer"


def test_a_row_changed_since_is_named_and_none_is_undone(reviewing, reviewer, ready):
    batch = published(reviewing, ready)
    with recorded(by="anna", why="new masthead"):
        update(ready[1], name="New name")
    with pytest.raises(ValidationError) as caught:
        undo(batch, by=reviewer, why="too early")
    words = caught.value.messages[0]
    assert "“New name” was changed since by anna (new masthead)" in words
    assert "it is published now" in words
    assert states(ready) == ["published"] * 3


def test_a_batch_is_undone_once(reviewing, reviewer, ready):
    batch = published(reviewing, ready)
    undo(batch, by=reviewer, why="too early")
    with pytest.raises(ValidationError, match="undone already, by reviewer"):
        undo(batch, by=reviewer, why="once more")


def test_who_may_not_publish_does_not_undo_it(reviewing, curator, ready):
    batch = published(reviewing, ready)
    with pytest.raises(PermissionDenied, match="permission to publish"):
        undo(batch, by=curator, why="too early")
    assert states(ready) == ["published"] * 3


def test_an_undo_needs_a_reason(reviewing, reviewer, ready):
    with pytest.raises(ValidationError, match="Say in words why"):
        undo(published(reviewing, ready), by=reviewer, why=" ")


def test_undoing_is_no_way_to_review_what_one_coded(reviewing, reviewer, admin_user):
    rows = OutletFactory.create_batch(2)
    change_status(rows, to="coded", by=reviewer, why="read")
    change_status(rows, to="reviewed", by=admin_user, why="checked")
    agree(reviewing, ask(reviewing, "mark_coded", rows), rows)
    batch = Batch.objects.get()
    with pytest.raises(ValidationError, match="your own coding"):
        undo(batch, by=reviewer, why="they were right")
    undo(batch, by=admin_user, why="they were right")
    assert states(rows) == ["reviewed"] * 2


# --- The page of a batch --------------------------------------------------------


def page_of(client, batch, query="", **sent):
    url = reverse("admin:curation_batch_change", args=[batch.pk]) + query
    return client.post(url, sent, follow=True) if sent else client.get(url)


def test_the_page_shows_each_row_old_and_new(reviewing, ready):
    page = page_of(reviewing, published(reviewing, ready))
    (row, *_) = page.context["rows"]
    assert row["name"] == ready[0].name
    (change,) = row["changes"]
    assert (change.name, change.old, change.new) == ("status", "reviewed", "published")
    assert "3</strong> became public by this change" in page.content.decode()


def test_the_page_undoes_it_with_a_reason(reviewing, ready):
    batch = published(reviewing, ready)
    page = page_of(reviewing, batch, why=" ")
    assert "Say in words why you undo it." in page.content.decode()
    page = page_of(reviewing, batch, why="too early")
    assert said(page) == ["Undone: 3 rows are set back. This page shows it."]
    assert states(ready) == ["retracted"] * 3
    page = page_of(reviewing, batch)
    assert "was undone already" in page.content.decode()


@pytest.mark.parametrize(
    ("number", "button", "told"),
    [
        (1, "Undo it", "it is set back"),
        (2, "Undo it for all 2 rows", "2 rows are set back"),
    ],
)
def test_one_row_is_spoken_of_as_one(reviewing, number, button, told):
    rows = OutletFactory.create_batch(number, status="reviewed")
    page = ask(reviewing, "publish", rows, plan="another")  # else one needs no plan
    agree(reviewing, page, rows)
    batch = Batch.objects.get()
    shown = page_of(reviewing, batch).content.decode()
    assert f">{button}</button>" in shown
    assert ("rows together, or none" in shown) is (number > 1)
    assert ("It became public by this change" in shown) is (number == 1)
    undone = page_of(reviewing, batch, why="too early")
    assert said(undone) == [f"Undone: {told}. This page shows it."]


def test_one_name_for_them_everywhere(reviewing, ready):
    batch = published(reviewing, ready)
    listed = reviewing.get(reverse("admin:curation_batch_changelist"))
    shown = page_of(reviewing, batch).content.decode()
    for page in (listed.content.decode(), shown):
        assert page.count("Changes made at once") >= 2  # menu, and where one is
        assert "Batches" not in page


def test_the_page_of_many_rows_has_pages(reviewing):
    rows = OutletFactory.create_batch(53, status="reviewed")
    batch = published(reviewing, rows)
    second = page_of(reviewing, batch, "?p=2")
    assert [row["name"] for row in second.context["rows"]] == [
        r.name for r in rows[50:]
    ]
    assert "No more rows here" in page_of(reviewing, batch, "?p=9").content.decode()
    assert page_of(reviewing, batch, "?p=x").context["first"] == 1
