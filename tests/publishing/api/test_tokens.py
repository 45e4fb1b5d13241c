"""Who gets through which door: tokens, scopes, groups; and that secrets stay secret."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from rest_framework.permissions import SAFE_METHODS

from publishing.access.scopes import NEEDS, OPENS, Door, opened_by
from publishing.access.tokens import make_token, note_use, revoke_token, token_of
from publishing.api.auth import ThroughDoors, door_of
from publishing.models import Scope, Token
from tests.factories.events import EventFactory
from tests.factories.publishing import TokenFactory
from tests.publishing.asking import Asking

pytestmark = pytest.mark.django_db

LIST = "/api/v1/events/"
GROUPS = ["Reader", "Curator", "Reviewer"]
# What each door is tried by: method, path and body of a request that passes it.
TRIES = {
    Door.READ: ("get", LIST, None),
    Door.SUBMIT: (
        "post",
        "/api/v1/articles/",
        {"text": "A text that nobody has sent."},
    ),
    Door.PROPOSE: ("post", "/api/v1/proposals/", {}),
    Door.SEE_ROWS: ("get", "/api/v1/drafts/events/tried/", None),
    Door.WRITE_ROWS: ("post", "/api/v1/events/", {}),
    Door.MOVE: ("post", "/api/v1/events/tried/move/", {"to": "retracted", "why": "x"}),
    Door.MOVE_CODED: ("post", "/api/v1/events/tried/move/", {"to": "coded"}),
    Door.MOVE_REVIEWED: ("post", "/api/v1/events/tried/move/", {"to": "reviewed"}),
    Door.MOVE_PUBLISHED: ("post", "/api/v1/events/tried/move/", {"to": "published"}),
}
STATE_BEFORE = {Door.MOVE_REVIEWED: "coded", Door.MOVE_PUBLISHED: "reviewed"}
MAY = {
    "Reader": {Door.READ},
    "Curator": set(Door) - {Door.MOVE_REVIEWED, Door.MOVE_PUBLISHED},
    "Reviewer": set(Door),
}


def member(group):
    user = User.objects.create_user(f"a {group}", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def token(user, *scopes):
    """A token, whatever scopes are of use to the user."""
    secret = "ndb_" + "x" * 43
    made = Token.objects.create(
        user=user,
        name="tried",
        scopes=list(scopes),
        start=secret[:12],
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        made_by="test",
    )
    return made, secret


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("door", Door, ids=lambda door: door.name.lower())
@pytest.mark.parametrize("scope", Scope)
@override_settings(ANONYMOUS_READ=False)
def test_a_door_opens_to_its_scope_and_to_who_may(client, scope, door, group):
    EventFactory(slug="tried", status=STATE_BEFORE.get(door, "draft"))
    _, secret = token(member(group), scope)
    method, path, body = TRIES[door]
    answer = getattr(client, method)(
        path,
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {secret}"},
    )
    opens = door in OPENS[scope] and door in MAY[group]
    assert (answer.status_code == 403) is not opens, answer.content
    assert answer.status_code != 401
    if not opens:
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_matrix_has_every_door_and_says_what_the_groups_may():
    assert set(TRIES) == set(Door) == opened_by(Scope.values) == set(NEEDS)
    for group, doors in MAY.items():
        user = member(group)
        may = {d for d in Door if not NEEDS[d] or user.has_perm(NEEDS[d])}
        assert may == doors


@pytest.mark.parametrize(
    "door", sorted(set(Door) - {Door.READ}), ids=lambda d: d.name.lower()
)
def test_without_a_token_nothing_but_reading_is_open(client, door):
    EventFactory(slug="tried", status="draft")
    method, path, body = TRIES[door]
    answer = getattr(client, method)(path, body, content_type="application/json")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_log_in_of_the_admin_opens_nothing_here(client, admin_user):
    """Cookies are not looked at, so no page elsewhere can use them."""
    client.force_login(admin_user)
    answer = client.post("/api/v1/articles/", {"text": "x"}, "application/json")
    assert answer.status_code == 401
    assert "csrftoken" not in answer.cookies


def test_a_superuser_does_with_a_token_what_its_scopes_open(client, admin_user):
    EventFactory(slug="tried", status="reviewed")
    ask = Asking(client, admin_user, "curate")
    answer = ask("post", "events/tried/move/", {"to": "published"})
    assert answer.status_code == 403
    assert answer.json()["scopes"] == ["publish"]
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


def views():
    def walk(patterns):
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns)
            elif isinstance(each, URLPattern):
                yield each

    for pattern in walk(get_resolver().url_patterns):
        view = getattr(pattern.callback, "cls", None)
        if view is not None:
            yield str(pattern.pattern), view, getattr(pattern.callback, "actions", {})


def test_everything_that_writes_is_behind_a_door():
    seen = set()
    for _path, view, actions in views():
        if ThroughDoors not in view.permission_classes:
            continue
        methods = actions or {m: m for m in view.http_method_names if hasattr(view, m)}
        for method, action in methods.items():
            if method.upper() in SAFE_METHODS:
                continue
            shown = view()
            shown.action = action
            setattr(shown, method, lambda: None)
            door = door_of(shown, method.upper())  # raises where there is none
            assert door is not Door.READ
            seen.add(door)
    assert seen == {Door.SUBMIT, Door.PROPOSE, Door.WRITE_ROWS, Door.MOVE}


# --- Tokens that open nothing ---------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "Bearer ndb_" + "y" * 43,
        "Bearer x",
        "Bearer",
        "Basic YTpi",
        "ndb_x",
        "",
        "Bearer é",
    ],
)
def test_what_is_no_token_opens_nothing(client, header):
    answer = client.get(LIST, headers={"authorization": header})
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_an_expired_a_revoked_and_an_inactive_users_token_look_alike(client, curator):
    revoked = Asking(client, curator, "read", name="b")
    asleep = Asking(client, User.objects.create_user("asleep"), "read", name="c")
    for ask in (revoked, asleep):
        assert ask("get", LIST).status_code == 200
    revoke_token(revoked.token, by="test", why="lost")
    User.objects.filter(username="asleep").update(is_active=False)
    past = timezone.now() - dt.timedelta(days=3)
    secret = "ndb_" + "e" * 43
    TokenFactory(
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        made_at=past,
        expires_at=past + dt.timedelta(days=1),
    )
    answers = [revoked("get", LIST), asleep("get", LIST)]
    answers.append(client.get(LIST, headers={"authorization": f"Bearer {secret}"}))
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.json()["detail"] for answer in answers}) == 1


# --- Secrets --------------------------------------------------------------------------


def test_the_secret_is_nowhere_but_its_hash(curator):
    made, secret = make_token(
        user=curator, name="x", scopes=["read"], expires_at=None, by=curator
    )
    assert made.digest == hashlib.sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text FROM publishing_token t")
        [(row,)] = cursor.fetchall()
    assert secret not in row
    assert secret[12:] not in row
    assert row.count(secret[:12]) == 1


def test_two_secrets_share_nothing_but_their_prefix(curator):
    secrets = {
        make_token(
            user=curator, name=f"{n}", scopes=["read"], expires_at=None, by="test"
        )[1]
        for n in range(20)
    }
    assert len({secret[4:8] for secret in secrets}) == 20
    assert all(secret.startswith("ndb_") and len(secret) == 47 for secret in secrets)


def test_a_token_is_found_by_its_hash_and_nothing_is_compared_in_python(curator):
    _, secret = token(curator, "read")
    with CaptureQueriesContext(connection) as caught:
        assert token_of(secret)
        assert token_of("ndb_" + "z" * 43) is None
        assert token_of("short") is None  # not even asked for
    assert len(caught) == 2
    assert not any(secret in query["sql"] for query in caught)


def test_no_log_has_the_secret(client, curator, caplog):
    ask = Asking(client, curator, "read", "curate")
    caplog.set_level(logging.DEBUG)
    for method, path in (("get", LIST), ("get", "nothing/"), ("post", "events/")):
        ask(method, path, {})
    assert ask.secret not in caplog.text
    assert ask.secret[12:] not in caplog.text


def test_no_answer_has_the_secret(client, curator):
    ask = Asking(client, curator, "read", "curate")
    for method, path in (("get", LIST), ("get", "x/"), ("post", "events/")):
        answer = ask(method, path, {})
        assert ask.secret not in str(answer.headers) + answer.content.decode()


# --- Making, using, revoking ----------------------------------------------------------


def test_a_scope_that_opens_nothing_for_the_user_is_refused(db):
    reader = member("Reader")
    with pytest.raises(ValidationError, match="may do nothing of publish"):
        make_token(
            user=reader, name="x", scopes=["publish"], expires_at=None, by="test"
        )
    with pytest.raises(ValidationError, match="No scope is called admin"):
        make_token(user=reader, name="x", scopes=["admin"], expires_at=None, by="test")


@pytest.mark.parametrize("group", GROUPS)
def test_everybody_makes_tokens_for_themselves_and_superusers_for_all(group):
    user = member(group)
    assert user.has_perm("publishing.make_token")
    assert not user.has_perm("publishing.manage_token")
    assert user.has_perm("publishing.propose") is (group != "Reader")


def test_people_make_and_revoke_tokens_for_themselves_only(curator, reviewer):
    own, _ = make_token(
        user=curator, name="x", scopes=["read"], expires_at=None, by=curator
    )
    with pytest.raises(PermissionDenied):
        make_token(
            user=curator, name="y", scopes=["read"], expires_at=None, by=reviewer
        )
    with pytest.raises(PermissionDenied):
        revoke_token(own, by=reviewer, why="mine")
    with pytest.raises(ValidationError, match="Say why"):
        revoke_token(own, by=curator, why=" ")
    revoke_token(own, by=curator, why="done")
    with pytest.raises(ValidationError, match="revoked already"):
        revoke_token(own, by=curator, why="again")


def test_the_last_use_is_not_written_at_each_use(client, curator):
    ask = Asking(client, curator, "read")
    ask("get", LIST)
    first = Token.objects.get().last_used_at
    assert first is not None
    with CaptureQueriesContext(connection) as caught:
        ask("get", LIST)
    assert not [q for q in caught if 'UPDATE "publishing_token"' in q["sql"]]
    Token.objects.update(last_used_at=first - dt.timedelta(hours=1))
    note_use(Token.objects.get())
    assert Token.objects.get().last_used_at >= first


# --- Reading without a token ----------------------------------------------------------


@override_settings(ANONYMOUS_READ=False)
def test_reading_can_be_for_those_with_a_token_only(client, curator):
    assert client.get(LIST).status_code == 401
    assert client.get("/api/v1/changes/").status_code == 401
    answer = Asking(client, curator, "read")("get", LIST)
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]
    assert "public" not in answer.headers["Cache-Control"]


@override_settings(ANONYMOUS_READ=False)
@pytest.mark.parametrize("path", ["/", "/actors/", "/events/x/", "/about/"])
def test_then_the_public_pages_are_for_those_who_log_in(client, curator, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")
    client.force_login(curator)
    assert client.get(path).status_code in {200, 404}


def test_a_read_without_a_token_asks_nothing_about_tokens(client):
    with CaptureQueriesContext(connection) as caught:
        client.get(LIST)
    assert not [query for query in caught if "publishing_token" in query["sql"]]
    assert not [query for query in caught if "INSERT" in query["sql"]]


def test_pages_from_elsewhere_are_let_in_by_setting_only(client):
    elsewhere = {"origin": "https://dashboard.example"}
    assert "Access-Control-Allow-Origin" not in client.get(LIST, headers=elsewhere)
    with override_settings(CORS_ALLOWED_ORIGINS=["https://dashboard.example"]):
        answer = client.get(LIST, headers=elsewhere)
        assert answer["Access-Control-Allow-Origin"] == "https://dashboard.example"
        assert "Access-Control-Allow-Credentials" not in answer
        asked = {"access-control-request-method": "PATCH", **elsewhere}
        asked["access-control-request-headers"] = "authorization, if-match"
        preflight = client.options(LIST, headers=asked)
        assert "authorization" in preflight["Access-Control-Allow-Headers"]
        assert "PATCH" in preflight["Access-Control-Allow-Methods"]
        other = client.get(LIST, headers={"origin": "https://other.example"})
        assert "Access-Control-Allow-Origin" not in other
