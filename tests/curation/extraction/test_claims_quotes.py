"""Direct and mixed quotes, and who speaks in them."""

from __future__ import annotations

import pytest

from curation.extraction.claims import Claims
from tests.curation.extraction.claims_helper import Named, claims, contents, only


@pytest.fixture(scope="module")
def said(read):
    def read_with(text, **actors):
        return read(text, extractors=[Named(**actors), Claims()])

    return read_with


def test_quote_before_its_cue(said):
    found = only(said("“We will not leave the town tonight,” Miller said."))
    assert contents(found) == ["“We will not leave the town tonight,”"]
    assert found.rule == "claim.quote-final-cue"
    assert found.fields.quoted == "direct"


def test_quote_after_its_cue_and_inverted_order(said):
    initial = only(said("Miller told reporters: “We will not leave the town.”"))
    inverted = only(said("“We will not leave,” said Anna Miller, a teacher."))
    assert initial.rule == "claim.quote-initial-cue"
    assert initial.fields.speaker.words == "Miller"
    assert inverted.fields.speaker.words.startswith("Anna Miller")


def test_quote_that_goes_on_belongs_to_the_same_claim(said):
    found = only(
        said("“We will not leave,” Miller said. “Nobody here wants to go away.”")
    )
    assert contents(found) == [
        "“We will not leave,”",
        "“Nobody here wants to go away.”",
    ]


def test_mixed_quote_is_part_of_the_clause(said):
    found = only(said("Miller said the plan was “a very bad idea” for the town."))
    assert found.fields.quoted == "mixed"
    assert contents(found)[0].startswith("the plan was")


def test_sentence_that_ends_with_a_quote_is_said_as_a_whole(said):
    found = next(
        f
        for f in claims(
            said("The new leader promised “a long war,” Miller also wrote.")
        )
        if f.role("cue").text == "wrote"
    )
    assert contents(found) == ["The new leader promised “a long war,”"]
    assert found.fields.speaker.words == "Miller"


def test_chain_names_who_passes_it_on(said):
    found = said(
        "Miller said that Brown claimed that the dam was safe.",
        miller=["Miller"],
        brown=["Brown"],
    )
    inner = next(f for f in claims(found) if f.fields.cue == "claimed")
    outer = next(f for f in claims(found) if f.fields.cue == "said")
    assert inner.fields.speaker.actor == "brown"
    assert [speaker.actor for speaker in inner.fields.via] == ["miller"]
    assert outer.fields.via == ()


def test_hearsay_passes_nothing_on(said):
    found = claims(said("Reportedly, Brown plans to sell the farm.", b=["Brown"]))
    assert {f.rule for f in found} == {"claim.hearsay", "claim.want-to"}
    assert [f.fields.via for f in found] == [(), ()]


def test_headline_names_by_office_only(said):
    text = (
        "Army general hints at talks with rebels\n\n"
        "Army General Anna Miller said on Monday that talks were possible."
    )
    found = claims(said(text, miller=["Anna Miller"]))
    assert [f.fields.speaker.actor for f in found] == ["miller", "miller"]
    assert found[0].fields.speaker.how == "described"


def test_name_of_a_programme_is_no_quote(said):
    found = only(said("Miller said on the programme “Morning News” that he was ill."))
    assert contents(found) == ["that he was ill"]


def test_cue_inside_a_quote_is_ignored(said):
    found = only(said("“My wife says that it is cold,” Miller told us."))
    assert found.fields.speaker.words == "Miller"


def test_wrong_way_round_mark_still_closes(said):
    found = only(said("“It is unusual for us,“ said Miller. Nothing else happened."))
    assert contents(found) == ["“It is unusual for us,“"]


def test_single_quotes(said):
    found = only(said("'We will not leave the town,' Miller said."))
    assert contents(found) == ["'We will not leave the town,'"]


def test_attribute_of_a_tag_is_no_quote(said):
    found = said('Readers tweet <a author="somebody else here"> about it daily.')
    assert not [f for f in claims(found) if "quote" in f.rule]


def test_quote_without_cue_is_inferred(said):
    text = (
        "“We will not leave,” Miller said.\n\n"
        "“The water is rising and nobody helps us at all.”"
    )
    found = claims(said(text, miller=["Miller"]))[1]
    assert found.rule == "claim.quote-alone"
    assert found.fields.speaker.how == "inferred"
    assert found.fields.speaker.actor == "miller"
    assert found.role("speaker").text == "Miller"


def test_quote_that_fills_two_paragraphs_goes_on(said):
    text = (
        "Miller said: “We will not leave the town.\n\n"
        "“The water is rising and nobody helps us at all.”"
    )
    found = claims(said(text, miller=["Miller"]))[1]
    assert found.rule == "claim.quote-goes-on"
    assert found.fields.speaker.actor == "miller"


def test_paragraph_that_ends_with_a_colon_announces_the_next(said):
    text = "Miller was very clear about it:\n\n“The water is rising every hour.”"
    found = only(said(text, miller=["Miller"]))
    assert found.rule == "claim.quote-after-colon"
    assert found.fields.speaker.actor == "miller"


def test_pronoun_and_description_stand_for_the_last_person(said):
    text = (
        "The dam is safe, Anna Miller said.\n\n“It will hold,” she added.\n\n"
        "The water is falling, the engineer noted."
    )
    found = claims(said(text, miller=["Anna Miller"]))
    assert [f.fields.speaker.how for f in found] == ["named", "pronoun", "described"]
    assert [f.fields.speaker.actor for f in found] == ["miller"] * 3
    assert found[1].role("speaker").text == "she"


def test_who_stands_for_the_name_before_it(said):
    found = only(
        said("Miller, who said that the dam was safe, left.", miller=["Miller"])
    )
    assert found.fields.speaker.actor == "miller"
    assert [s.text for s in found.spans if s.role == "speaker"] == ["Miller", "who"]


def test_who_adds_is_who_said(said):
    found = claims(
        said(
            "Miller said that the Reds are strong, adding that the Blues will win.",
            miller=["Miller"],
            reds=["Reds"],
        )
    )
    assert [f.fields.speaker.actor for f in found] == ["miller", "miller"]


def test_statement_speaks_for_its_issuer(said):
    found = only(
        said(
            "The Red Party released a statement saying that it would leave.",
            party=["Red Party"],
        )
    )
    assert found.fields.speaker.actor == "party"


def test_leadership_speaks_for_its_group(said):
    found = only(
        said("The Red Party leadership announced that it would leave.", p=["Red Party"])
    )
    assert found.fields.speaker.actor == "p"


def test_without_actors_the_words_are_kept(said):
    found = only(said("Top officials said that the dam was safe."))
    assert found.fields.speaker.words == "Top officials"
    assert found.fields.speaker.how == "described"
    assert found.fields.speaker.cluster is None
