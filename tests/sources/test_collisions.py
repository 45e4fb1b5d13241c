"""Two people with the same form open: no text is lost, and none is overwritten."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor, Alias
from events.models import Claim, Evidence
from sources.models import Outlet
from tests.admin_forms import added_line, errors_of, filled
from tests.factories.actors import ActorFactory, AliasFactory
from tests.factories.events import ClaimFactory, EvidenceFactory, PlaceNameFactory
from tests.factories.sources import ArticleFactory, OutletFactory, SpanFactory, term

pytestmark = pytest.mark.django_db


def page_of(row):
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_change", args=[row.pk])


@pytest.fixture
def berta(django_user_model, client):
    """A second person, and a browser of theirs."""
    from django.contrib.auth.models import Group

    user = django_user_model.objects.create_user("berta", is_staff=True)
    user.groups.add(Group.objects.get(name="Reviewer"))
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def anna(curator, client):
    client.force_login(curator)
    return client


@pytest.fixture
def outlet():
    return OutletFactory(name="Old", slug="old")


def save(browser, row, page, **changes):
    sent = filled(page, **{"why": "because", **changes})
    return browser.post(page_of(row), sent)


def rows_of(stopped):
    """What the page of a collision shows: label → before, theirs, mine, stands."""
    return {
        row.label: (row.before, row.theirs, row.mine, row.picked)
        for row in stopped.context["rows"]
    }


def settle(browser, row, stopped, how="save", **choices):
    """Answer the page of a collision; `choices` by label, in Python's spelling."""
    ids = {shown.label: shown.difference.id for shown in stopped.context["rows"]}
    picked = {ids[label.replace("_", " ")]: pick for label, pick in choices.items()}
    data = {"collision": stopped.context["collision"], "settle": how, **picked}
    return browser.post(page_of(row), data)


def test_the_second_save_is_refused_with_both_versions_side_by_side(
    anna, berta, outlet
):
    mine, theirs = anna.get(page_of(outlet)), berta.get(page_of(outlet))
    assert save(berta, outlet, theirs, name="Berta’s").status_code == 302
    stopped = save(anna, outlet, mine, name="Anna’s")
    assert stopped.status_code == 200
    assert rows_of(stopped) == {"Name": ("Old", "Berta’s", "Anna’s", "")}
    words = stopped.content.decode()
    assert re.search(r"berta,\s+<time datetime=", words)
    assert "because" in words  # why they did
    outlet.refresh_from_db()
    assert outlet.name == "Berta’s"


def test_mine_is_saved_over_it_knowingly(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    save(berta, outlet, berta.get(page_of(outlet)), name="Berta’s")
    stopped = save(anna, outlet, mine, name="Anna’s")
    again = settle(anna, outlet, stopped)
    assert "Choose whose stands" in again.content.decode()
    outlet.refresh_from_db()
    assert outlet.name == "Berta’s"
    assert settle(anna, outlet, again, Name="mine").status_code == 302
    outlet.refresh_from_db()
    assert outlet.name == "Anna’s"
    last = outlet.history.order_by("pgh_id").last()
    assert last.pgh_context.metadata["why"] == "because"


def test_one_button_saves_mine_wherever_both_changed(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    theirs = berta.get(page_of(outlet))
    save(berta, outlet, theirs, name="Berta’s", country="country/PAK")
    stopped = save(anna, outlet, mine, name="Anna’s")
    settle(anna, outlet, stopped, "mine")
    outlet.refresh_from_db()
    assert (outlet.name, outlet.country_id) == ("Anna’s", "country/PAK")


def test_theirs_is_taken_field_by_field(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    save(
        *(berta, outlet, berta.get(page_of(outlet))),
        name="Berta’s",
        country="country/PAK",
    )
    stopped = save(
        anna, outlet, mine, name="Anna’s", reliability="admiralty-reliability/A"
    )
    shown = rows_of(stopped)
    assert shown["Country"] == ("—", "Pakistan", "—", "theirs")
    assert shown["Reliability"][3] == "mine"
    settle(anna, outlet, stopped, Name="theirs")
    outlet.refresh_from_db()
    assert outlet.name == "Berta’s"
    assert outlet.country_id == "country/PAK"
    assert outlet.reliability_id == "admiralty-reliability/A"


def test_what_nobody_else_touched_may_be_taken_back_too(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    save(berta, outlet, berta.get(page_of(outlet)), country="country/PAK")
    stopped = save(anna, outlet, mine, name="Anna’s")
    settle(anna, outlet, stopped, Country="mine")
    outlet.refresh_from_db()
    assert (outlet.name, outlet.country_id) == ("Anna’s", None)


def test_the_form_is_there_again_with_my_text(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    save(berta, outlet, berta.get(page_of(outlet)), country="country/PAK")
    stopped = save(anna, outlet, mine, name="Anna’s")
    back = settle(anna, outlet, stopped, "edit")
    assert "Not saved yet" in errors_of(back)
    sent = filled(back)
    assert (sent["name"], sent["country"]) == ("Anna’s", "country/PAK")
    assert anna.post(page_of(outlet), sent).status_code == 302
    outlet.refresh_from_db()
    assert (outlet.name, outlet.country_id) == ("Anna’s", "country/PAK")


def test_a_third_save_in_between_is_seen_as_well(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    save(berta, outlet, berta.get(page_of(outlet)), name="Berta’s")
    stopped = save(anna, outlet, mine, name="Anna’s")
    save(berta, outlet, berta.get(page_of(outlet)), name="Berta’s second")
    again = settle(anna, outlet, stopped, Name="mine")
    assert rows_of(again)["Name"] == ("Berta’s", "Berta’s second", "Anna’s", "")
    settle(anna, outlet, again, Name="mine")
    outlet.refresh_from_db()
    assert outlet.name == "Anna’s"


def test_an_error_in_what_i_typed_comes_after_and_loses_nothing(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    save(berta, outlet, berta.get(page_of(outlet)), country="country/PAK")
    stopped = save(anna, outlet, mine, name="Anna’s", why="")
    page = settle(anna, outlet, stopped)
    assert "This field is required" in errors_of(page)
    anna.post(page_of(outlet), filled(page, why="now with a reason"))
    outlet.refresh_from_db()
    assert (outlet.name, outlet.country_id) == ("Anna’s", "country/PAK")


def test_both_typing_the_same_is_no_collision(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    save(berta, outlet, berta.get(page_of(outlet)), name="Same")
    assert save(anna, outlet, mine, name="Same").status_code == 302


def test_a_change_of_state_is_a_change(anna, berta, outlet):
    mine = anna.get(page_of(outlet))
    Outlet.objects.filter(pk=outlet.pk).update(status="rejected")
    stopped = save(anna, outlet, mine, name="Anna’s")
    assert rows_of(stopped)["State"][:2] == ("draft", "rejected")
    assert settle(anna, outlet, stopped).status_code == 302
    outlet.refresh_from_db()
    assert (outlet.name, outlet.status) == ("Anna’s", "rejected")


def test_my_own_other_window_counts_and_is_called_mine(anna, outlet):
    mine, other = anna.get(page_of(outlet)), anna.get(page_of(outlet))
    save(anna, outlet, other, name="First")
    stopped = save(anna, outlet, mine, name="Second")
    assert "you, in another window" in stopped.content.decode()


def test_a_write_past_the_admin_counts_too(anna, outlet):
    mine = anna.get(page_of(outlet))
    Outlet.objects.filter(pk=outlet.pk).update(name="By SQL")
    stopped = save(anna, outlet, mine, name="Anna’s")
    assert "a direct write to the database" in stopped.content.decode()


@pytest.mark.parametrize("version", ["", "nonsense"])
def test_a_form_without_its_version_is_asked_again(anna, outlet, version):
    sent = filled(anna.get(page_of(outlet)), name="Anna’s", why="x")
    page = anna.post(page_of(outlet), sent | {"version": version})
    assert "which version of this" in errors_of(page)
    outlet.refresh_from_db()
    assert outlet.name == "Old"
    assert anna.post(page_of(outlet), filled(page)).status_code == 302


# --- lines ---


@pytest.fixture
def claim():
    text = "Kabul. The attack killed 13 people, the police said. It was on Monday."
    article = ArticleFactory(title="Attack", text=text)
    claim = ClaimFactory(evidence__article=article, statement="13 people died.")
    EvidenceFactory(claim=claim, article=article, quote="It was on Monday")
    return claim


def line(page, prefix, row):
    """How the fields of a row's line begin."""
    inlines = page.context["inline_admin_formsets"]
    formset = next(i.formset for i in inlines if i.formset.prefix == prefix)
    return next(f.prefix for f in formset.initial_forms if f.instance.pk == row.pk)


def test_a_line_that_both_changed(anna, berta, claim):
    quote = claim.evidence.last()
    mine, theirs = anna.get(page_of(claim)), berta.get(page_of(claim))
    name = f"{line(mine, 'evidence', quote)}-quote"
    save(berta, claim, theirs, **{name: "on Monday"})
    stopped = save(anna, claim, mine, **{name: "Monday"})
    label = "Evidence “on Monday”: Quote"
    assert rows_of(stopped)[label][:3] == ("It was on Monday", "on Monday", "Monday")
    settle(anna, claim, stopped, "mine")
    quote.refresh_from_db()
    assert quote.quote == "Monday"


def test_different_lines_of_one_row_go_together(anna, berta, claim):
    first, last = claim.evidence.order_by("pk")
    mine, theirs = anna.get(page_of(claim)), berta.get(page_of(claim))
    save(berta, claim, theirs, **{f"{line(theirs, 'evidence', first)}-quote": "13"})
    changed = {f"{line(mine, 'evidence', last)}-quote": "Monday"}
    stopped = save(anna, claim, mine, statement="Thirteen died.", **changed)
    assert settle(anna, claim, stopped).status_code == 302
    claim.refresh_from_db()
    quotes = set(claim.evidence.values_list("quote", flat=True))
    assert (claim.statement, quotes) == ("Thirteen died.", {"13", "Monday"})


def test_a_line_that_they_added_stays(anna, berta, claim):
    mine, theirs = anna.get(page_of(claim)), berta.get(page_of(claim))
    article = claim.evidence.first().article
    added = added_line(theirs, "evidence", article=article.pk, quote="police", id="")
    save(berta, claim, theirs, **added)
    stopped = save(anna, claim, mine, statement="Thirteen died.")
    before, now, _, _ = rows_of(stopped)["Evidence “police”"]
    assert before == "not there"
    assert "Quote: police" in now
    assert "Attack" in now  # the article by its name
    assert settle(anna, claim, stopped).status_code == 302
    assert claim.evidence.count() == 3


def test_a_line_that_they_removed_goes_unless_i_changed_it(anna, berta, claim):
    quote = claim.evidence.last()
    mine = anna.get(page_of(claim))
    quote.delete()
    stopped = save(anna, claim, mine, statement="Thirteen died.")
    assert any(theirs == "removed" for _, theirs, _, _ in rows_of(stopped).values())
    assert settle(anna, claim, stopped).status_code == 302
    claim.refresh_from_db()
    assert (claim.statement, claim.evidence.count()) == ("Thirteen died.", 1)


@pytest.mark.parametrize(("pick", "count"), [("mine", 2), ("theirs", 1)])
def test_a_line_that_they_removed_and_i_changed(anna, claim, pick, count):
    first, quote = claim.evidence.order_by("pk")
    mine = anna.get(page_of(claim))
    name = line(mine, "evidence", quote)
    quote.delete()
    sent = {f"{name}-quote": "on Monday", f"{name}-start": "", f"{name}-end": ""}
    stopped = save(anna, claim, mine, **sent)
    ((shown,),) = [[s for s in stopped.context["rows"] if s.theirs == "removed"]]
    assert shown.picked == ""
    assert "on Monday" in shown.mine
    data = {"collision": stopped.context["collision"], shown.difference.id: pick}
    assert anna.post(page_of(claim), data).status_code == 302
    quotes = list(claim.evidence.values_list("quote", flat=True))
    assert len(quotes) == count
    assert ("on Monday" in quotes) is (pick == "mine")


@pytest.mark.parametrize(("pick", "left"), [("mine", 1), ("theirs", 2)])
def test_a_line_that_i_remove_and_they_changed(anna, berta, claim, pick, left):
    quote = claim.evidence.order_by("pk").last()
    mine, theirs = anna.get(page_of(claim)), berta.get(page_of(claim))
    name = line(mine, "evidence", quote)
    save(berta, claim, theirs, **{f"{name}-quote": "on Monday"})
    stopped = save(anna, claim, mine, **{f"{name}-DELETE": "on"})
    (shown,) = stopped.context["rows"]
    assert (shown.mine, shown.picked) == ("removed", "")
    data = {"collision": stopped.context["collision"], shown.difference.id: pick}
    assert anna.post(page_of(claim), data).status_code == 302
    assert claim.evidence.count() == left


def test_a_line_that_both_removed_is_simply_gone(anna, claim):
    quote = claim.evidence.order_by("pk").last()
    mine = anna.get(page_of(claim))
    name = line(mine, "evidence", quote)
    quote.delete()
    Claim.objects.filter(pk=claim.pk).update(note="Theirs")
    stopped = save(anna, claim, mine, **{f"{name}-DELETE": "on"}, statement="Died.")
    assert settle(anna, claim, stopped).status_code == 302
    assert claim.evidence.count() == 1


def test_lines_without_a_history_are_compared_as_well(anna, berta):
    article = ArticleFactory(text="Kabul. It was on Monday, they say.")
    span = SpanFactory(article=article, start=0, end=3)
    mine = anna.get(page_of(article))
    span.end = 5
    span.save()
    stopped = save(anna, article, mine, title="Anna’s")
    assert any("5" in theirs for _, theirs, _, _ in rows_of(stopped).values())


def test_a_line_on_another_page_by_now_is_still_saved(anna, monkeypatch):
    from actors.admin.actors import AliasInline

    monkeypatch.setattr(AliasInline, "per_page", 2)
    actor = ActorFactory()
    aliases = [AliasFactory(actor=actor, name=f"Name {n}") for n in range(1, 5)]
    address = f"{page_of(actor)}?aliases-page=2"
    page = anna.get(address)
    name = line(page, "aliases", aliases[3])
    aliases[0].delete()  # so that the second page begins later
    sent = filled(page, why="x", **{f"{name}-name": "Renamed"})
    anna.post(address, sent)
    assert Alias.objects.get(pk=aliases[3].pk).name == "Renamed"


# --- deleted, public ---


def test_a_row_deleted_meanwhile_does_not_come_back(anna, outlet):
    mine = anna.get(page_of(outlet))
    pk = outlet.pk
    outlet.delete()
    page = save(anna, Outlet(pk=pk), mine, name="Anna’s")
    assert not Outlet.objects.exists()
    assert "deleted this outlet" in page.content.decode()
    assert ("Name", "Anna’s") in page.context["typed"]


def test_it_can_be_entered_anew_with_its_lines(anna, claim):
    pk = claim.pk
    mine = anna.get(page_of(claim))
    claim.delete()
    page = anna.post(
        reverse("admin:events_claim_change", args=[pk]),
        filled(mine, why="because", statement="Anna’s"),
    )
    sent = dict(page.context["anew"])
    assert anna.post(page.context["add"], sent).status_code == 302
    anew = Claim.objects.get()
    assert (anew.statement, anew.evidence.count()) == ("Anna’s", 2)
    assert anew.pk != pk


def test_a_row_that_never_was_is_answered_as_ever(anna, outlet):
    missing = reverse("admin:sources_outlet_change", args=[outlet.pk + 1])
    for address in (missing, reverse("admin:sources_outlet_change", args=["x"])):
        assert anna.post(address, {"name": "x"}).status_code == 302


def test_a_row_published_meanwhile_is_left_to_those_who_publish(anna, outlet):
    mine = anna.get(page_of(outlet))
    Outlet.objects.filter(pk=outlet.pk).update(status="published")
    page = save(anna, outlet, mine, name="Anna’s")
    assert "public at once" in page.content.decode()
    assert ("Name", "Anna’s") in page.context["typed"]
    outlet.refresh_from_db()
    assert outlet.name == "Old"


# --- cost, and at the same moment ---


def test_saving_asks_no_more_for_thirty_lines_than_for_three(anna):
    def asked():
        page = anna.get(page_of(actor))
        Actor.objects.filter(pk=actor.pk).update(description=f"{page.content[:0]}x")
        Alias.objects.filter(actor=actor).update(note=f"Theirs {len(asked_for)}")
        with CaptureQueriesContext(connection) as caught:
            stopped = save(anna, actor, page, name=f"Mine {len(asked_for)}")
        assert stopped.context["rows"]
        asked_for.append([query["sql"] for query in caught])

    asked_for = []
    actor = ActorFactory()
    AliasFactory.create_batch(3, actor=actor)
    anna.get(page_of(actor))
    asked()
    AliasFactory.create_batch(27, actor=actor)
    asked()
    assert len(asked_for[1]) <= len(asked_for[0]), "\n".join(asked_for[1])


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_stops(anna, berta, outlet):
    """The second waits for the first, then sees what it wrote."""
    pages = {anna: anna.get(page_of(outlet)), berta: berta.get(page_of(outlet))}
    sent = {
        browser: filled(page, name=f"Name {n}", why="x")
        for n, (browser, page) in enumerate(pages.items())
    }

    def post(browser):
        try:
            return browser.post(page_of(outlet), sent[browser]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        with transaction.atomic():
            Outlet.objects.select_for_update().get(pk=outlet.pk)
            waiting = [pool.submit(post, browser) for browser in (anna, berta)]
            with pytest.raises(TimeoutError):
                waiting[0].result(timeout=1)
            assert not waiting[1].done()
        assert sorted(each.result(timeout=20) for each in waiting) == [200, 302]
    assert Outlet.objects.get().history.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_line_changed_at_the_same_moment_is_seen(anna, claim):
    """Somebody holds the line; the save waits for them, then stops."""
    page = anna.get(page_of(claim))
    quote = claim.evidence.order_by("pk").last()

    def post():
        try:
            return save(anna, claim, page, statement="Mine")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            start = quote.start + 7
            Evidence.objects.filter(pk=quote.pk).update(quote="on Monday", start=start)
            waiting = pool.submit(post)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=1)
        stopped = waiting.result(timeout=20)
    assert stopped.status_code == 200
    assert any("on Monday" in shown.theirs for shown in stopped.context["rows"])


def test_a_reader_gets_no_version(client, django_user_model, outlet):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_outlet"))
    client.force_login(reader)
    assert "version" not in client.get(page_of(outlet)).context
    assert client.post(page_of(outlet), {"name": "x"}).status_code == 403


def test_a_part_on_a_page_of_its_own_is_held_too(anna):
    name = PlaceNameFactory(name="Old", kind=term("alias-kind/former"))
    mine = anna.get(page_of(name))
    type(name).objects.filter(pk=name.pk).update(name="Theirs")
    stopped = save(anna, name, mine, name="Mine")
    assert rows_of(stopped)["Name"][:3] == ("Old", "Theirs", "Mine")
