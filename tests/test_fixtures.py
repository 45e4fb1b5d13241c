"""The fixtures of conftest.py keep their promises, in whatever order tests run."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from sources.models import Term


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "after a flush"])
def test_code_lists_survive_tests_that_empty_the_tables(time: str) -> None:
    assert Term.objects.filter(pk="role/victim").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "after a flush"])
def test_people_survive_them_too(curator: User, reviewer: User, time: str) -> None:
    assert curator.has_perm("sources.code")
    assert not curator.has_perm("sources.review")
    assert not curator.has_perm("sources.publish")
    assert reviewer.has_perms(["sources.code", "sources.review", "sources.publish"])
    assert curator.has_perm("events.change_claim")


def test_code_lists_come_with_the_fixture_alone(db: None) -> None:
    assert Term.objects.filter(pk="plover-type/ASSAULT").exists()


def test_people_log_in(client: object, curator: User) -> None:
    assert client.login(username="curator", password="secret")  # type: ignore[attr-defined]


def test_seeds(seeds: dict[str, str]) -> None:
    assert list(seeds) == ["000", "001", "002", "003", "004"]
    assert seeds["002"].startswith(" date 2023-04-26 ")
