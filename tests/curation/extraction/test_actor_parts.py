"""Groups without a name: whose they are, parts of groups, what is nobody."""

from __future__ import annotations

import pytest

from curation.extraction.findings import ActorMention
from tests.curation.extraction.conftest import Read
from tests.curation.extraction.test_actors import fields, mentions, one


def words(read: Read, text: str) -> set[str]:
    return {m.span.text for m in mentions(read, text)}


def clusters(read: Read, text: str) -> dict[str, int]:
    """The cluster of each mention; the last of equal words wins."""
    return {m.span.text: fields(m).cluster for m in mentions(read, text)}


def test_no_fighters_and_enough_fighters_are_nobody(read: Read) -> None:
    assert "fighters" in words(read, "Foreign fighters took the town.").pop()
    found = words(read, "No foreign fighters took the town.")
    assert not any("fighters" in each for each in found)
    found = words(read, "The Rowan Front does not have enough fighters.")
    assert found == {"The Rowan Front"} or found == {"Rowan Front"}


def test_one_of_its_allies_is_who_is_named_after_the_comma(read: Read) -> None:
    text = "One of its biggest allies, the Birch Network, fought in Norway."
    assert "allies" not in words(read, text)


def test_its_allies_beside_its_afghan_allies_are_others(read: Read) -> None:
    text = "The US met its Afghan allies. The US and its allies left Sweden."
    found = clusters(read, text)
    assert found["Afghan allies"] != found["allies"]


def test_the_forces_of_an_armed_group_are_its_fighters(read: Read) -> None:
    text = "Fighters of the Rowan Front left. The Rowan Front lost its forces."
    found = clusters(read, text)
    assert found["forces"] == found["Fighters"]
    text = "Fighters went to Norway. Norway lost its forces."
    found = clusters(read, text)
    assert found["forces"] != found["Fighters"]


def test_commanders_included_are_of_the_people_before(read: Read) -> None:
    text = "Four militants, including two senior commanders, were killed in Norway."
    found = clusters(read, text)
    assert found["commanders"] == found["militants"]


def test_the_main_faction_is_told_from_the_others(read: Read) -> None:
    text = (
        "The Rowan Front has several factions. The main group holds the city. "
        "The largest faction of the Rowan Front fought."
    )
    found = mentions(read, text)
    main = one(found, "The main group")
    assert main.rule == "actor.part-singled-out"
    assert fields(main).cluster == fields(one(found, "The largest faction")).cluster
    assert "The main group" not in words(read, "The main group of pupils sang.")


def test_a_network_told_by_its_place_is_part_of_somebody(read: Read) -> None:
    found = one(
        mentions(read, "The Rowan Front is dominated by its Norwegian branch."),
        "Norwegian branch",
    )
    assert found.rule == "actor.part-owned"
    assert isinstance(found.fields, ActorMention)
    assert found.fields.actor_kind == "faction"


def test_what_somebody_posts_on_is_a_platform(read: Read) -> None:
    text = "She posted the story on Chirper. On Monday he wrote on Sunday matters."
    found = mentions(read, text)
    assert one(found, "Chirper").rule == "actor.platform"
    assert not {"Monday", "Sunday"} & {m.span.text for m in found}


@pytest.mark.parametrize(
    "text",
    [
        "She sat on Chirper.",  # nothing is posted there
        "She wrote on walls. They wept on walls.",
        "She wrote on Chirper Lane.",
    ],
)
def test_what_nobody_posts_on_is_no_platform(read: Read, text: str) -> None:
    assert "actor.platform" not in {m.rule for m in mentions(read, text)}


def test_a_platform_is_meant_after_on_only(read: Read) -> None:
    text = "She wrote on Chirper. They sat on Chirper. Fans of Chirper wept."
    assert [m.span.start for m in mentions(read, text)] == [13, 34]


@pytest.mark.parametrize(
    "text",
    [
        "A main group of the Rowan Front fought.",  # one of several main groups
        "The Rowan Front is led by its main branch.",
        # Only told to be somebody who is named there.
        "The Rowan Front fought with the Birch Network, its Norwegian branch.",
        "The Rowan Front, its Norwegian branch, fought.",
    ],
)
def test_parts_that_nothing_tells_from_others(read: Read, text: str) -> None:
    found = mentions(read, text)
    assert found
    assert not [m for m in found if m.rule.startswith("actor.part")]


def test_whose_part_it_is_may_stand_behind_or_before_it(read: Read) -> None:
    found = words(read, "The main group of the Rowan Front fought.")
    assert "The main group" in found
    text = "The Rowan Front was beaten by the party's Norwegian wing."
    assert "Norwegian wing" in words(read, text)
