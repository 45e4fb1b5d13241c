"""Who is named: the list, names, links inside the article, groups of people."""

from __future__ import annotations

import pytest

from curation.extraction.actors import Actors
from curation.extraction.actors.aliases import table_of
from curation.extraction.context import Context, KnownActor, Name
from curation.extraction.findings import ActorMention, Finding
from tests.curation.extraction.conftest import Read


def known(key: str, kind: str, country: str | None, *names: str) -> KnownActor:
    """An actor; "acronym:UNO" gives the kind of a name, otherwise it is common."""
    parts = [name.rpartition(":") for name in names]
    aliases = tuple(Name(text, kind or "common") for kind, _, text in parts)
    return KnownActor(key, aliases[0].text, kind, country, aliases)


CONTEXT = Context(
    actors=(
        known("norway", "state", "NOR", "Norway", "metonym:Oslo", "metonym:Norwegians"),
        known("sweden", "state", "SWE", "Sweden"),
        known("usa", "state", "USA", "United States", "acronym:US", "acronym:U.S."),
        known("rowan-front", "armed_group", "NOR", "Rowan Front", "acronym:IT"),
        known("birch-network", "armed_group", "NOR", "Birch Network"),
        known("army", "military", "NOR", "Norwegian Armed Forces"),
        known("lee-union", "political_movement", None, "Lee Union", "acronym:LU"),
        known("lund-university", "think_tank", "SWE", "Lund University", "acronym:LU"),
        known("kari-nordmann", "person", "NOR", "Kari Nordmann", "short:Nordmann"),
        known("ahmad-masood", "person", None, "Ahmad Masood"),
        known("the-group", "armed_group", None, "Elm Cell", "generic:the group"),
    )
)


def mentions(read: Read, text: str, **options: object) -> list[Finding]:
    found = read(text, extractors=[Actors()], context=CONTEXT, **options)
    return [each for each in found if isinstance(each.fields, ActorMention)]


def named(read: Read, text: str) -> dict[str, str | None]:
    """The words of each mention with the actor's key; the last of equal words wins."""
    return {m.span.text: fields(m).actor for m in mentions(read, text)}


def fields(finding: Finding) -> ActorMention:
    assert isinstance(finding.fields, ActorMention)
    return finding.fields


def one(found: list[Finding], words: str) -> Finding:
    return next(each for each in found if each.span.text == words)


def test_longest_listed_name_wins_at_word_boundaries(read: Read) -> None:
    found = named(read, "The Rowan Front attacked. Rowan Fronts elsewhere did not.")
    assert found["Rowan Front"] == "rowan-front"
    assert "Rowan" not in found


def test_hyphens_accents_and_full_stops_do_not_matter(read: Read) -> None:
    found = named(read, "Officials of the U.S. blamed the Rowan-Front on Friday.")
    assert found["U.S."] == "usa"
    assert found["Rowan-Front"] == "rowan-front"


@pytest.mark.parametrize(
    "text", ["He told us that it was over.", "WHAT IT IS WORTH NOBODY KNOWS"]
)
def test_acronym_that_spells_a_word_needs_its_capitals(read: Read, text: str) -> None:
    assert not {"us", "it", "IT"} & set(named(read, text))


def test_generic_alias_never_names_by_itself(read: Read) -> None:
    assert "the group" not in named(read, "Nobody has heard of the group.")


def test_state_in_a_place_does_not_act(read: Read) -> None:
    found = mentions(read, "Norway warned Sweden. Bombs went off in Norway.")
    first, second = (m for m in found if m.span.text == "Norway")
    assert fields(first).acts
    assert first.rule == "actor.state"
    assert not fields(second).acts
    assert second.rule == "actor.state-as-place"


def test_country_behind_its_city_does_not_act(read: Read) -> None:
    found = mentions(read, "The talks were held in Bergen, Norway, on Monday.")
    assert not fields(one(found, "Norway")).acts


def test_capital_is_the_state_only_where_it_acts(read: Read) -> None:
    assert named(read, "Oslo rejected the claim.")["Oslo"] == "norway"
    assert "Oslo" not in named(read, "Two people were hurt in Oslo.")


def test_people_of_a_country_are_the_state_only_with_the_article(read: Read) -> None:
    found = mentions(read, "He met with the Norwegians. Some 40 Norwegians were hurt.")
    first, second = found
    assert fields(first).actor == "norway"
    assert fields(second).actor is None
    assert fields(second).actor_kind == "population_group"


def test_longer_unknown_name_is_not_the_state_in_it(read: Read) -> None:
    found = named(read, "The Norway Fisheries Council met on Monday.")
    assert found["Norway Fisheries Council"] is None
    assert "Norway" not in found


def test_new_place_is_not_the_country_behind_it(read: Read) -> None:
    assert "Sweden" not in named(read, "The plane landed in New Sweden on Monday.")


def test_forces_of_a_state_are_the_listed_ones(read: Read) -> None:
    found = named(read, "Norwegian troops arrived. Swedish troops stayed at home.")
    assert found == {"Norwegian troops": "army", "Swedish troops": None}


def test_counted_soldiers_are_people(read: Read) -> None:
    found = mentions(read, "The blast killed 13 Norwegian soldiers.")
    mention = one(found, "Norwegian soldiers")
    assert mention.rule == "actor.counted-soldiers"
    assert fields(mention).actor_kind == "population_group"


def test_owner_and_owned_are_two_mentions(read: Read) -> None:
    found = named(read, "Norway's security forces opened fire.")
    assert found["Norway"] == "norway"
    assert "security forces" in found


def test_government_of_a_country(read: Read) -> None:
    assert "government of Norway" in named(read, "The government of Norway resigned.")


def test_surname_joins_the_full_name(read: Read) -> None:
    text = "Peter Holmberg left on Monday. “I am tired,” Holmberg said."
    found = mentions(read, text)
    full, short = one(found, "Peter Holmberg"), one(found, "Holmberg")
    assert fields(full).cluster == fields(short).cluster
    assert fields(short).how == "surname"
    assert fields(short).name == "Peter Holmberg"


def test_surname_of_a_listed_person_by_full_name(read: Read) -> None:
    found = mentions(read, "Ahmad Masood spoke first. Masood then left the hall.")
    assert fields(one(found, "Masood")).actor == "ahmad-masood"


def test_title_is_no_part_of_the_name(read: Read) -> None:
    found = named(read, "General Peter Holmberg and President Anna Lindqvist met.")
    assert {"Peter Holmberg", "Anna Lindqvist"} <= set(found)


def test_listed_name_with_an_initial_is_offered_as_alias(read: Read) -> None:
    mention = one(mentions(read, "Minister Kari B. Nordmann left."), "Kari B. Nordmann")
    assert fields(mention).actor == "kari-nordmann"
    assert fields(mention).suggested_alias == "official"


def test_misspelling_is_offered_and_never_merged(read: Read) -> None:
    found = mentions(read, "The resistance is led by Ahmed Massoud, officials said.")
    mention = fields(one(found, "Ahmed Massoud"))
    assert mention.actor is None
    assert mention.candidates == ("ahmad-masood",)
    assert mention.suggested_alias == "misspelling"


def test_different_name_is_not_offered(read: Read) -> None:
    found = mentions(read, "The resistance is led by Ahmad Masri, officials said.")
    assert fields(one(found, "Ahmad Masri")).candidates == ()


def test_acronym_in_brackets_joins_its_name(read: Read) -> None:
    text = "The Harbour Workers Council (HWC) met. The HWC called a strike."
    found = mentions(read, text)
    clusters = {fields(m).cluster for m in found}
    assert [m.span.text for m in found] == ["Harbour Workers Council", "HWC", "HWC"]
    assert len(clusters) == 1


def test_ambiguous_alias_is_settled_by_the_longer_name(read: Read) -> None:
    text = "Researchers at Lund University disagree. LU has published a report."
    mention = one(mentions(read, text), "LU")
    assert fields(mention).actor == "lund-university"
    assert fields(mention).candidates == ("lee-union",)
    assert mention.rule == "actor.alias-by-context"


def test_ambiguous_alias_alone_says_that_it_is_unsure(read: Read) -> None:
    mention = one(mentions(read, "Nothing was heard from LU on Monday."), "LU")
    assert mention.rule == "actor.alias-ambiguous"
    assert len(fields(mention).candidates) == 1


def test_the_group_is_the_armed_group_named_last(read: Read) -> None:
    text = "The Birch Network and the Rowan Front fought. Police blamed the group."
    assert named(read, text)["the group"] == "rowan-front"


def test_the_group_without_a_group_is_nobody(read: Read) -> None:
    assert "the group" not in named(read, "Kari Nordmann met the group on Monday.")


def test_shared_noun_makes_two_groups(read: Read) -> None:
    text = "A rift between the Birch and Willow groups was reported on Monday."
    found = named(read, text)
    assert found["Birch"] == "birch-network"
    assert found["Willow"] is None


def test_other_noun_behind_a_groups_name(read: Read) -> None:
    assert named(read, "The Birch group denied it.")["Birch group"] == "birch-network"


def test_the_country_is_the_one_the_article_is_set_in(read: Read) -> None:
    text = "Unrest goes on in Norway. In Norway and in Sweden many left the country."
    mention = one(mentions(read, text), "the country")
    assert fields(mention).actor == "norway"
    assert not fields(mention).acts


def test_the_analyst_is_the_person_who_spoke_last(read: Read) -> None:
    text = "Peter Holmberg disagrees. “It will not last,” the analyst said."
    found = mentions(read, text)
    analyst, person = one(found, "the analyst"), one(found, "Peter Holmberg")
    assert fields(analyst).cluster == fields(person).cluster


def test_the_general_is_who_bears_that_title(read: Read) -> None:
    text = "General Peter Holmberg met Anna Lindqvist. Later the general left."
    found = mentions(read, text)
    general, person = one(found, "the general"), one(found, "Peter Holmberg")
    assert fields(general).cluster == fields(person).cluster


def test_somebody_close_to_a_named_person(read: Read) -> None:
    text = "A top aide to Peter Holmberg was hurt. Officials blamed nobody."
    mention = one(mentions(read, text), "top aide")
    assert mention.rule == "actor.close-to-named"
    assert fields(mention).actor_kind == "person"


def test_unnamed_speakers_keep_the_words_that_say_which(read: Read) -> None:
    text = "Top sources in Norway said so. The sources were not named."
    found = mentions(read, text)
    speakers = [m.span.text for m in found if m.rule == "actor.unnamed-speaker"]
    assert speakers == ["Top sources in Norway"]


def test_group_of_people_keeps_its_noun(read: Read) -> None:
    text = "Norwegian spies fled the town. The spies were never seen again."
    found = mentions(read, text)
    spies = [m for m in found if m.span.text.lower().endswith("spies")]
    assert [m.span.text for m in spies] == ["Norwegian spies", "spies"]
    assert len({fields(m).cluster for m in spies}) == 1


def test_fighters_of_a_named_group_are_the_group(read: Read) -> None:
    found = named(read, "Rowan Front fighters entered the town.")
    assert found == {"Rowan Front": "rowan-front"}


def test_those_for_or_against_somebody_are_not_that_somebody(read: Read) -> None:
    found = named(read, "The anti-Birch forces withdrew on Monday.")
    assert list(found) == ["anti-Birch forces"]


def test_place_that_looks_like_a_person_is_dropped(read: Read) -> None:
    text = "The bomb went off in Markov. Markov district is calm. Markov is small."
    assert "Markov" not in named(read, text)


def test_things_with_capitals_are_no_actors(read: Read) -> None:
    text = "The Geneva Convention and Operation Autumn Rain were discussed on Monday."
    assert named(read, text) == {}


def test_text_without_capitals_still_finds_listed_names(read: Read) -> None:
    found = named(read, "the rowan front attacked a convoy near the border on monday.")
    assert found["rowan front"] == "rowan-front"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "?",
        "“",
        "The",
        "the the the group",
        "😀 Norway 😀\n\n😀",
        "'s 's of of General",
        "Norway's",
        "US" * 400,
        "Norway, " * 300,
        "((((Norway) (IT)",
        "İSTANBUL ﬁne ß Norway",
    ],
)
def test_odd_input_does_no_harm(read: Read, text: str) -> None:
    for found in mentions(read, text):
        assert text[found.span.start : found.span.end] == found.span.text


def test_nothing_known_still_finds_names(read: Read) -> None:
    found = read("Peter Holmberg left.", extractors=[Actors()], context=Context())
    assert [m.span.text for m in found if m.rule.startswith("actor.")] == [
        "Peter Holmberg"
    ]


def test_table_is_built_once_per_set_of_names() -> None:
    again = Context(actors=CONTEXT.actors)
    assert table_of(CONTEXT) is table_of(again)
    assert table_of(Context()) is not table_of(CONTEXT)


def test_no_two_mentions_share_a_character(read: Read) -> None:
    text = (
        "US Army General Peter Holmberg, head of the Norway Fisheries Council (NFC), "
        "told the Rowan Front's fighters and the Norwegians to leave Oslo, Norway."
    )
    found = mentions(read, text)
    for first, second in zip(found, found[1:], strict=False):
        assert first.span.end <= second.span.start
