"""The rows of the admin's lists are those of its theme, drawn once by column."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.admin.views.main import IS_POPUP_VAR
from django.urls import reverse
from django.utils.html import escape
from unfold.templatetags import unfold_list

from newsdb.list_rows import heads_of, rows_of
from tests.contracts.test_admin_queries import LISTS, url_of
from tests.factories.sources import OutletFactory, term

pytestmark = pytest.mark.django_db

# What the theme's rows can do, and these leave out because no list asks for it.
LEFT_OUT = ("list_editable", "ordering_field", "list_sections", "actions_row")


def plain(cells):
    """HTML without what makes no difference: white space, a class without a rule."""
    squeezed = " ".join("".join(cells).replace(' scope="row"', "").split())
    return squeezed.replace(" nowrap", "").replace('" >', '">')


@pytest.mark.parametrize("query", ["", "?status__exact=draft", f"?{IS_POPUP_VAR}=1"])
@pytest.mark.parametrize("label", LISTS)
def test_rows_are_those_of_the_theme(admin_client, label, query):
    LISTS[label](3)
    address = url_of(label, "changelist") + query
    cl = admin_client.get(address, follow=True).context["cl"]
    theirs = [
        plain(unfold_list.items_for_result(cl, row, None)) for row in cl.result_list
    ]
    ours = [plain([row]) for row in rows_of(cl, heads_of(cl))]
    assert theirs == ours
    assert theirs


def test_no_list_asks_for_what_the_rows_leave_out():
    asked = {
        f"{model._meta.label}: {name}"
        for model, model_admin in admin.site._registry.items()
        for name in LEFT_OUT
        if getattr(model_admin, name, None)
    }
    assert not asked, "draw it in newsdb/list_rows.py as well"


def test_what_a_row_says_is_text(admin_client):
    OutletFactory(name="<script>alert(1)</script>")
    page = admin_client.get(reverse("admin:sources_outlet_changelist"))
    assert b"&lt;script&gt;alert(1)" in page.content
    assert b"<script>alert(1)" not in page.content


def test_the_heads_of_a_list_are_worked_out_once(admin_client, monkeypatch):
    OutletFactory.create_batch(5)
    asked, label = [], unfold_list.label_for_field

    def counting(name, *args, **kwargs):
        asked.append(name)
        return label(name, *args, **kwargs)

    monkeypatch.setattr(unfold_list, "label_for_field", counting)
    page = admin_client.get(reverse("admin:sources_outlet_changelist"))
    assert len(page.context["cl"].result_list) == 5
    assert len(asked) == len(set(asked)) > 2


def test_a_row_leads_to_its_page_whatever_its_key_is(admin_client):
    keys = ["made up/a b", "made up/é'<_x>", "made up/-any-key-"]
    made = [term(key) for key in keys]
    address = reverse("admin:sources_term_changelist")
    cl = admin_client.get(f"{address}?list__exact=made+up").context["cl"]
    assert set(cl.result_list) == set(made)
    for row, cells in zip(cl.result_list, rows_of(cl, heads_of(cl)), strict=True):
        assert f'href="{escape(cl.url_for_result(row))}?_changelist' in cells


def test_only_a_list_that_leaves_rows_out_offers_to_show_all(admin_client):
    OutletFactory(name="Kabul Daily", status="draft")
    address = reverse("admin:sources_outlet_changelist")
    assert b"Show all" not in admin_client.get(address).content
    for query in ("?q=kabul", "?status__exact=draft"):
        page = admin_client.get(address + query).content.decode()
        assert "1 result (" in page
        assert "Show all" in page
