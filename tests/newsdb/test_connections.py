"""Kept connections are trusted while the server is silent, and mended when it spoke."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.test import RequestFactory

from newsdb.connections import trust_quiet_connections

pytestmark = pytest.mark.django_db(transaction=True)


def asked(*_):
    """A view that asks the database, as the first in a new request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.fixture
def answer(monkeypatch):
    """A request on the connection that the one before it left behind."""
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    connection.close()  # the next one is made with the setting
    middleware = trust_quiet_connections(asked)

    def send():
        connection.health_check_done = False
        return middleware(RequestFactory().get("/"))

    yield send
    connection.close()


def test_a_silent_server_is_not_asked_first(answer, monkeypatch):
    first = answer()
    monkeypatch.setattr(connection, "is_usable", lambda: pytest.fail("it was asked"))
    assert answer() == first


def test_a_connection_that_the_server_ended_is_made_anew(answer):
    ended = answer()
    with psycopg.connect(**parameters(), autocommit=True) as another:
        another.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    assert answer() != ended


def parameters():
    known = ("host", "port", "user", "password", "dbname")
    given = connection.get_connection_params()
    return {name: given[name] for name in known if given.get(name)}


def test_without_a_connection_there_is_nothing_to_look_at(answer):
    connection.close()
    assert answer()
