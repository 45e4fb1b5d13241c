"""Logging in to the admin, the way there, and the page of an unforeseen error."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, RequestFactory
from django.urls import reverse

from newsdb.errors import server_error

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


@pytest.fixture
def newcomer():
    """In a group, without the staff status."""
    user = User.objects.create_user("nasrin", password="secret")
    user.groups.add(Group.objects.get_or_create(name="Curator")[0])
    return user


def log_in(**data):
    page = Client().post(LOGIN, data)
    return page.content.decode()


def test_who_is_no_staff_is_told_what_to_ask_for(newcomer):
    page = log_in(username="nasrin", password="secret")
    assert "The account “nasrin” may not enter the admin" in page
    assert "tick “May enter the admin”" in page
    assert page.count("errornote") == 1


def test_a_wrong_password_tells_nothing_of_the_account(newcomer):
    for name in ("nasrin", "nobody"):
        page = log_in(username=name, password="wrong")
        assert "There is no account with this name and password" in page
        assert "May enter the admin" not in page
        assert page.count("errornote") == 1


def test_the_form_of_a_user_says_that_they_may_not_enter(
    code_lists, newcomer, admin_client
):
    url = reverse("admin:auth_user_change", args=[newcomer.pk])
    data = {
        "username": "nasrin",
        "is_active": "on",
        "role": "Curator",
        "date_joined_0": "2024-01-01",
        "date_joined_1": "00:00",
    }
    page = admin_client.post(url, data, follow=True).content.decode()
    assert "“nasrin” is in a group, but may not enter the admin yet" in page
    page = admin_client.post(url, data | {"is_staff": "on"}, follow=True)
    assert "may not enter the admin" not in page.content.decode()


def test_a_new_person_gets_a_role_on_one_page(code_lists, admin_client):
    page = admin_client.get(reverse("admin:auth_user_add")).content.decode()
    assert "Reviewer: also reviews what others coded" in page
    secret = "a long pass phrase"
    data = {
        "username": "rahel",
        "password1": secret,
        "password2": secret,
        "role": "Reviewer",
        "is_staff": "on",
    }
    admin_client.post(reverse("admin:auth_user_add"), data)
    rahel = User.objects.get(username="rahel")
    assert rahel.is_staff
    assert rahel.check_password(secret)
    assert [group.name for group in rahel.groups.all()] == ["Reviewer"]
    listed = admin_client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert re.search(r'class="field-role [^>]*>Reviewer</td>', listed)


def test_a_role_takes_the_place_of_the_one_before(code_lists, newcomer, admin_client):
    own = Group.objects.create(name="Night shift")
    newcomer.groups.add(own)
    url = reverse("admin:auth_user_change", args=[newcomer.pk])
    form = admin_client.get(url).context["adminform"].form
    assert form.initial["role"] == "Curator"
    assert set(form.fields["groups"].queryset) == {own}
    data = {
        "username": "nasrin",
        "is_active": "on",
        "is_staff": "on",
        "role": "Reader",
        "groups": [own.pk],
        "date_joined_0": "2024-01-01",
        "date_joined_1": "00:00",
    }
    admin_client.post(url, data)
    assert {group.name for group in newcomer.groups.all()} == {"Reader", "Night shift"}
    admin_client.post(url, data | {"role": ""})
    assert {group.name for group in newcomer.groups.all()} == {"Night shift"}


def test_the_public_pages_lead_to_the_log_in():
    page = Client().get("/").content.decode()
    assert '<a href="/admin/">Log in</a>' in page
    assert "nonce" not in page


def test_an_empty_site_shows_no_commands_but_one_line_for_keepers():
    page = Client().get("/").content.decode()
    assert "Nothing is published yet" in page
    assert "manage.py" not in page
    assert page.count("<code>") == 1


@pytest.mark.parametrize(("path", "leads"), [("/admin/queue/", True), ("/", False)])
def test_an_error_below_the_admin_leads_back_there(path, leads):
    answer = server_error(RequestFactory().get(path))
    assert answer.status_code == 500
    assert ('href="/admin/"' in answer.content.decode()) is leads


def test_the_first_page_has_a_title_of_its_own(admin_client):
    page = admin_client.get("/admin/").content.decode()
    assert "Site administration" not in page
    assert "What to do" in page.partition("</title>")[0]
