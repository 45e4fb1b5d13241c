"""The starter list of actors, and how it lives beside the curation of the seeds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from actors.models import Actor, ActorIdentifier, Alias
from curation.loading import load
from sources.models import Status

FIXTURES = Path(__file__).parents[2] / "fixtures"
STARTER = FIXTURES / "starter"
CURATION = FIXTURES / "curation"


def actors_in(folder: Path) -> dict[str, dict[str, Any]]:
    text = (folder / "actors.yaml").read_text(encoding="utf-8")
    actors: dict[str, dict[str, Any]] = yaml.safe_load(text)["actors"]
    return actors


def names_of(actor: dict[str, Any]) -> list[str]:
    return [actor["name"], *(each["name"] for each in actor.get("aliases") or ())]


@pytest.fixture(scope="module")
def starter() -> dict[str, dict[str, Any]]:
    return actors_in(STARTER)


def test_it_is_long_enough_and_of_every_general_kind(
    starter: dict[str, dict[str, Any]],
) -> None:
    assert len(starter) >= 300
    kinds = {actor["kind"] for actor in starter.values()}
    assert {"state", "government_body", "military", "armed_group", "person"} <= kinds


def test_no_actor_bears_a_name_twice(starter: dict[str, dict[str, Any]]) -> None:
    twice = {
        key
        for key, actor in starter.items()
        if len(set(names_of(actor))) < len(names_of(actor))
    }
    assert not twice


def test_every_name_is_trimmed_and_has_two_letters(
    starter: dict[str, dict[str, Any]],
) -> None:
    odd = [
        name
        for actor in starter.values()
        for name in names_of(actor)
        if sum(map(str.isalnum, name)) < 2 or name != " ".join(name.split())
    ]
    assert not odd


def test_it_names_nothing_that_only_stands_for_an_actor_where_it_stands(
    starter: dict[str, dict[str, Any]],
) -> None:
    kinds = {
        alias["kind"]
        for actor in starter.values()
        for alias in actor.get("aliases") or ()
    }
    assert not kinds & {"generic", "machine_translation"}


def test_actors_of_the_curation_are_the_same_here(
    starter: dict[str, dict[str, Any]],
) -> None:
    shared = {key: a for key, a in actors_in(CURATION).items() if key in starter}
    assert "taliban" in shared
    for key, actor in shared.items():
        for what in ("name", "kind"):
            assert (key, starter[key][what]) == (key, actor[what])
        assert starter[key].get("ids", {}) == actor["ids"], key


@pytest.mark.django_db
def test_curators_actors_stay_as_they_are_and_get_more_names(
    seed_folder: Path,
) -> None:
    call_command("import_articles", str(seed_folder), verbosity=0)
    load([CURATION], by="test", why="the fixture")
    before = dict(Actor.objects.values_list("slug", "status"))
    call_command("load_curation", str(STARTER), add_only=True, verbosity=0)
    assert before.items() <= dict(Actor.objects.values_list("slug", "status")).items()
    assert Alias.objects.get(actor__slug="taliban", name="Taleban").status == "reviewed"
    assert not load([STARTER], by="test", why="again", add_only=True).changed


@pytest.mark.django_db
def test_names_and_ids_outlive_the_curation_of_the_same_actor(
    seed_folder: Path,
) -> None:
    call_command("load_curation", str(STARTER), add_only=True, verbosity=0)
    ids = ActorIdentifier.objects.count()
    call_command("import_articles", str(seed_folder), verbosity=0)
    call_command("load_curation", str(CURATION), verbosity=0)
    taliban = Actor.objects.get(slug="taliban")
    assert taliban.status == Status.PUBLISHED
    assert taliban.aliases.filter(name="Taleban").exists()
    assert ActorIdentifier.objects.count() >= ids
    call_command("load_curation", str(STARTER), add_only=True, verbosity=0)
    assert not load([CURATION], by="test", why="again").changed
