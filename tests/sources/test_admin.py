"""What the admin of every curated row does: reasons, history, states, refusals."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sources.models import Outlet, Status, Term
from tests.admin_forms import errors_of, filled, said
from tests.factories.events import ClaimFactory
from tests.factories.sources import (
    ArticleFactory,
    OriginFactory,
    OutletFactory,
    term,
)

pytestmark = pytest.mark.django_db

OUTLETS = "admin:sources_outlet_changelist"


def page_of(row, kind="change"):
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_{kind}", args=[row.pk])


def act(client, action, *rows, **more):
    """Run an action of the list on rows."""
    name = f"{rows[0]._meta.app_label}_{rows[0]._meta.model_name}"
    data = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(reverse(f"admin:{name}_changelist"), data, follow=True)


def agreed(client, action, *rows):
    """Run an action on several rows and agree to its plan."""
    plan = act(client, action, *rows).context["plan"]["fingerprint"]
    return act(client, action, *rows, plan=plan, why="checked")


@pytest.fixture
def outlet():
    return OutletFactory(name="Old name")


def test_a_change_is_kept_with_who_and_why(admin_client, outlet):
    page = admin_client.get(page_of(outlet))
    sent = filled(page, name="New name", why="the masthead says so")
    admin_client.post(page_of(outlet), sent)
    last = outlet.history.order_by("pgh_id").last()
    assert last.name == "New name"
    assert last.pgh_context.metadata["by"] == "admin"
    assert last.pgh_context.metadata["why"] == "the masthead says so"


def test_a_change_without_a_reason_is_not_saved(admin_client, outlet):
    sent = filled(admin_client.get(page_of(outlet)), name="New name")
    page = admin_client.post(page_of(outlet), sent)
    assert "This field is required" in errors_of(page)
    outlet.refresh_from_db()
    assert outlet.name == "Old name"


def test_the_history_page_shows_old_new_who_and_why(admin_client, outlet):
    sent = filled(admin_client.get(page_of(outlet)), name="New name", why="masthead")
    admin_client.post(page_of(outlet), sent)
    shown = admin_client.get(page_of(outlet, "history")).content.decode()
    for words in ("Old name", "New name", "masthead", "admin"):
        assert words in shown


def test_a_state_is_never_typed(admin_client, outlet):
    page = admin_client.get(page_of(outlet))
    assert "status" not in page.context["adminform"].form.fields
    admin_client.post(page_of(outlet), filled(page, status="published", why="x"))
    outlet.refresh_from_db()
    assert outlet.status == Status.DRAFT


def test_an_action_moves_all_rows_chosen(client, reviewer):
    client.force_login(reviewer)
    rows = OutletFactory.create_batch(2, status=Status.REVIEWED)
    page = agreed(client, "publish", *rows)
    (message,) = said(page)
    assert message.startswith("2 outlets are now published.")
    assert "undo it</a>" in message
    assert set(Outlet.objects.values_list("status", flat=True)) == {"published"}


def test_a_move_that_is_not_allowed_names_the_row_and_moves_none(client, reviewer):
    client.force_login(reviewer)
    ready, draft = OutletFactory(status="reviewed"), OutletFactory(name="Half done")
    (message,) = act(client, "publish", ready, draft).context["plan"]["barred"]
    assert "Half done" in message
    assert "is draft; it cannot become published" in message
    ready.refresh_from_db()
    assert ready.status == Status.REVIEWED


def test_a_curator_is_not_offered_to_review_or_publish(client, curator, outlet):
    client.force_login(curator)
    page = client.get(reverse(OUTLETS))
    offered = {name for name, _ in page.context["action_form"].fields["action"].choices}
    assert "mark_coded" in offered
    assert offered.isdisjoint({"publish", "retract", "mark_reviewed"})


def test_an_action_sent_without_the_right_does_nothing(client, curator):
    client.force_login(curator)
    row = OutletFactory(status="reviewed")
    act(client, "publish", row)
    row.refresh_from_db()
    assert row.status == Status.REVIEWED


def test_a_curator_who_rejects_what_is_coded_is_told_no(client, curator):
    client.force_login(curator)
    row = OutletFactory(status="coded")
    (message,) = said(act(client, "reject", row, why="wrong"))
    assert "may not move" in message


def test_rejecting_asks_for_a_reason_first(client, reviewer, outlet):
    client.force_login(reviewer)
    page = act(client, "reject", outlet)
    assert b"Reason, kept in the history" in page.content
    outlet.refresh_from_db()
    assert outlet.status == Status.DRAFT
    page = act(client, "reject", outlet, why="no outlet at all", confirmed="yes")
    outlet.refresh_from_db()
    assert outlet.status == Status.REJECTED
    last = outlet.history.order_by("pgh_id").last()
    assert last.pgh_context.metadata["why"] == "no outlet at all"


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "yes"}])
def test_white_space_is_no_reason(client, reviewer, outlet, confirmed):
    client.force_login(reviewer)
    page = act(client, "reject", outlet, why=" \t ", **confirmed)
    assert "The reason is empty. Say in words why" in page.content.decode()
    outlet.refresh_from_db()
    assert outlet.status == Status.DRAFT
    act(client, "reject", outlet, why="  no outlet ", confirmed="yes")
    last = outlet.history.order_by("pgh_id").last()
    assert last.pgh_context.metadata["why"] == "no outlet"


def test_an_action_leads_back_to_the_page_it_was_started_from(client, reviewer, outlet):
    client.force_login(reviewer)
    page = act(client, "mark_coded", outlet, next=page_of(outlet))
    assert page.redirect_chain == [(page_of(outlet), 302)]


def test_an_action_never_leads_to_another_site(client, reviewer, outlet):
    client.force_login(reviewer)
    page = act(client, "mark_coded", outlet, next="https://evil.example/")
    assert all("evil" not in address for address, _ in page.redirect_chain)


def test_the_page_of_a_row_offers_the_moves_from_its_state(client, reviewer):
    client.force_login(reviewer)
    page = client.get(page_of(OutletFactory(status="reviewed")))
    assert {m.name for m in page.context["moves"]} == {
        "mark_coded",
        "publish",
        "reject",
    }


def test_a_rule_of_the_database_is_an_error_in_the_form(admin_client, outlet):
    OutletFactory(slug="taken")
    sent = filled(admin_client.get(page_of(outlet)), slug="taken", why="x")
    page = admin_client.post(page_of(outlet), sent)
    assert page.status_code == 200
    assert "already has this key" in errors_of(page)


def test_what_was_public_once_is_not_deleted_and_says_so(admin_client):
    outlet = OutletFactory(status="published")
    url = page_of(outlet, "delete")
    page = admin_client.post(url, {"post": "yes"}, follow=True)
    assert page.redirect_chain[0][0].endswith("/change/")
    (message,) = said(page)
    assert message.startswith("Not deleted: Cannot delete")
    assert Outlet.objects.filter(pk=outlet.pk).exists()


def test_rows_are_never_deleted_by_the_handful(admin_client, outlet):
    page = admin_client.get(reverse(OUTLETS))
    choices = page.context["action_form"].fields["action"].choices
    assert "delete_selected" not in {name for name, _ in choices}


def test_a_field_offers_the_active_entries_of_its_own_list(admin_client, outlet):
    Term.objects.filter(pk="country/AFG").update(active=False)
    field = admin_client.get(page_of(outlet)).context["adminform"].form.fields
    offered = [str(key) for key, _ in field["country"].choices]
    assert "country/PAK" in offered
    assert "country/AFG" not in offered
    assert all(key == "" or key.startswith("country/") for key in offered)


def test_an_entry_switched_off_stays_where_it_is_used(admin_client):
    outlet = OutletFactory(country=term("country/AFG"))
    Term.objects.filter(pk="country/AFG").update(active=False)
    sent = filled(admin_client.get(page_of(outlet)), name="New", why="x")
    admin_client.post(page_of(outlet), sent)
    outlet.refresh_from_db()
    assert (outlet.name, outlet.country_id) == ("New", "country/AFG")


def test_another_lists_entry_is_refused(admin_client, outlet):
    sent = filled(admin_client.get(page_of(outlet)), country="role/victim", why="x")
    assert "valid choice" in errors_of(admin_client.post(page_of(outlet), sent))


def test_code_lists_are_switched_but_neither_added_to_nor_cut(admin_client):
    assert admin_client.get(reverse("admin:sources_term_add")).status_code == 403
    entry = Term.objects.get(pk="role/victim")
    assert admin_client.get(page_of(entry, "delete")).status_code == 403
    url = page_of(entry)
    form = admin_client.get(url).context["adminform"].form
    assert set(form.fields) == {"active"}


def test_a_filter_offers_what_some_row_has(admin_client):
    OriginFactory()
    OriginFactory(kind=term("origin-kind/report"))
    page = admin_client.get(reverse("admin:sources_origin_changelist"))
    kinds = next(s for s in page.context["cl"].filter_specs if s.title == "kind")
    offered = {key for key, _ in kinds.lookup_choices}
    assert offered == {"origin-kind/wire_copy", "origin-kind/report"}


def test_who_may_only_look_sees_no_field_to_type_into(client, django_user_model):
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("reader", is_staff=True)
    may = Permission.objects.filter(codename="view_outlet")
    reader.user_permissions.set(may)
    client.force_login(reader)
    page = client.get(page_of(OutletFactory()))
    assert page.status_code == 200
    assert b'name="why"' not in page.content
    assert b'name="name"' not in page.content
    assert not page.context["moves"]


def test_the_first_page_says_what_to_do_when_there_is_nothing(admin_client):
    shown = admin_client.get(reverse("admin:index")).content.decode()
    assert "./manage.py import_articles" in shown
    assert 'href="#content"' in shown


def first_page(client):
    return client.get(reverse("admin:index")).content.decode()


def test_the_first_page_names_the_next_article_and_what_waits(admin_client):
    article = ArticleFactory(title="Unread", status="coded")
    assert "What to do next" in first_page(admin_client)
    assert "Read the next article without a claim: Unread" in first_page(admin_client)
    ClaimFactory(evidence__article=article, status="rejected")
    assert "without a claim: Unread" in first_page(admin_client)
    ClaimFactory(evidence__article=article)
    shown = first_page(admin_client)
    assert "next article without a claim" not in shown
    assert "1 claim waits to be coded" in shown


def test_the_first_page_says_that_nothing_waits(admin_client):
    ClaimFactory(status="published")
    assert "Nothing waits" in first_page(admin_client)
