"""Tokens made, listed and revoked: by command, and in the admin."""

from __future__ import annotations

import io
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from publishing.access.tokens import token_of
from publishing.models import Token
from tests.factories.publishing import TokenFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:publishing_token_changelist")
ADD = reverse("admin:publishing_token_add")
SECRET = re.compile(r"ndb_[A-Za-z0-9_-]{43}")


def run(*args, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(*args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


# --- Commands -------------------------------------------------------------------------


def test_the_token_stands_alone_on_standard_output(curator):
    out, err = run("make_token", "curator", scopes="read, propose", expires="90d")
    token = token_of(out.strip())
    assert SECRET.fullmatch(out.strip())
    assert (token.user, token.scopes) == (curator, ["read", "propose"])
    assert (token.expires_at - token.made_at).days in {89, 90}
    assert (token.name, token.made_by) == ("curator-api", "make_token")
    assert "not shown again" in err
    assert not SECRET.search(err)


def test_it_expires_on_a_day_or_never(curator):
    run("make_token", "curator", name="a", expires="2099-06-30")
    run("make_token", "curator", name="b", expires="never")
    ends = dict(Token.objects.values_list("name", "expires_at"))
    assert f"{ends['a']:%Y-%m-%d}" == "2099-06-30"
    assert ends["b"] is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"scopes": "admin"}, "No scope is called admin"),
        ({"scopes": "publish"}, "may do nothing of publish"),
        ({"scopes": ""}, "scopes"),
        ({"expires": "soon"}, "YYYY-MM-DD"),
        ({"expires": "2020-01-01"}, "expired already"),
        ({"per_minute": 0}, "at least one request"),
        ({"name": "taken"}, "choose another name"),
    ],
)
def test_what_makes_no_token_is_said(curator, options, said):
    TokenFactory(name="taken")
    with pytest.raises(CommandError) as caught:
        run("make_token", "curator", **options)
    if said != "scopes":
        assert said in str(caught.value)
    assert Token.objects.count() == 1


def test_there_must_be_a_user(db):
    with pytest.raises(CommandError, match="no user “nobody”"):
        run("make_token", "nobody")


def test_the_list_has_what_opens_something(curator):
    assert "make_token USER" in run("list_tokens")[0]
    secret = run("make_token", "curator", name="one")[0].strip()
    run("make_token", "curator", name="two")
    run("revoke_token", "two", why="lost")
    out, _ = run("list_tokens")
    assert "one" in out
    assert secret[:12] in out
    assert secret not in out
    assert "two" not in out
    assert "revoked by revoke_token: lost" in run("list_tokens", all=True)[0]


def test_a_token_is_revoked_by_name_or_beginning(curator):
    for name in ("one", "two"):
        secret = run("make_token", "curator", name=name)[0].strip()
        run("revoke_token", name if name == "one" else secret[:12], why="done")
        assert token_of(secret) is None
    with pytest.raises(CommandError, match="There is no “one”"):
        run("revoke_token", "one", why="again")


# --- Admin ----------------------------------------------------------------------------


def form(user, **more):
    return {
        "user": user.pk,
        "name": "notebook",
        "scopes": ["read"],
        "days": "30",
    } | more


def test_the_page_shows_the_secret_once(client, curator):
    client.force_login(curator)
    answer = client.post(ADD, form(curator))
    assert answer.status_code == 200
    [secret] = set(SECRET.findall(answer.content.decode()))
    token = token_of(secret)
    assert (token.user, token.made_by, token.name) == (curator, "curator", "notebook")
    assert "no-store" in answer.headers["Cache-Control"]
    assert secret not in str(client.cookies)
    page = reverse("admin:publishing_token_change", args=[token.pk])
    for path in (LIST, page, reverse("admin:index")):
        again = client.get(path)
        assert again.status_code == 200
        assert secret[12:] not in again.content.decode()
    assert token.digest in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scopes": ["publish"]}, "may do nothing of publish"),
        ({"scopes": []}, "required"),
        ({"name": "taken"}, "choose another name"),
        ({"days": "0"}, "greater than or equal to 1"),
        ({"per_minute": "0"}, "at least one request"),
    ],
)
def test_what_is_wrong_is_said_in_the_form(client, curator, change, said):
    TokenFactory(name="taken")
    client.force_login(curator)
    answer = client.post(ADD, form(curator, **change))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Token.objects.count() == 1


def test_people_see_and_make_their_own_tokens_only(client, curator, admin_user):
    other = TokenFactory(name="of another")
    mine = TokenFactory(name="of mine", user=curator)
    client.force_login(curator)
    page = client.get(LIST).content.decode()
    assert mine.name in page
    assert other.name not in page
    path = reverse("admin:publishing_token_change", args=[other.pk])
    assert client.get(path).status_code == 302
    assert client.post(path, {"revoke": "1", "why": "mine"}).status_code == 403
    assert not Token.objects.exclude(revoked_at=None).exists()
    client.post(ADD, form(other.user))
    assert Token.objects.count() == 2
    client.force_login(admin_user)
    assert other.name in client.get(LIST).content.decode()
    assert SECRET.search(client.post(ADD, form(other.user)).content.decode())


def test_a_token_is_revoked_with_a_reason(client, curator):
    token = TokenFactory(user=curator)
    client.force_login(curator)
    page = reverse("admin:publishing_token_change", args=[token.pk])
    assert 'name="revoke"' in client.get(page).content.decode()
    client.post(page, {"revoke": "1", "why": " "})
    token.refresh_from_db()
    assert token.revoked_at is None
    client.post(page, {"revoke": "1", "why": "the laptop is gone"})
    token.refresh_from_db()
    assert (token.revoked_by, token.revoked_why) == ("curator", "the laptop is gone")
    seen = client.get(page).content.decode()
    assert 'name="revoke"' not in seen
    assert "the laptop is gone" in seen


def test_nobody_changes_or_deletes_a_token(client, admin_user):
    token = TokenFactory()
    client.force_login(admin_user)
    page = reverse("admin:publishing_token_change", args=[token.pk])
    assert client.post(page, {"name": "x"}).status_code == 403
    path = reverse("admin:publishing_token_delete", args=[token.pk])
    assert client.post(path, {"post": "yes"}).status_code == 403


def test_who_may_make_none_is_not_asked_to(client):
    user = User.objects.create_user("staff", is_staff=True)
    client.force_login(user)
    assert client.get(ADD).status_code == 403
