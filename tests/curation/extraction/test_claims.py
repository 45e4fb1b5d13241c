"""Claims in other words: which words are said, by which cue, how surely."""

from __future__ import annotations

import pytest

from curation.extraction.claims import Claims
from tests.curation.extraction.claims_helper import claims, contents, only


@pytest.fixture(scope="module")
def said(read):
    return lambda text, **kw: read(text, extractors=[Claims()], **kw)


def test_clause_under_a_verb_of_saying(said):
    found = only(said("The minister said that the bridge had collapsed on Monday."))
    assert contents(found) == ["that the bridge had collapsed on Monday"]
    assert found.rule == "claim.say-that"
    assert found.role("cue").text == "said"
    assert found.role("speaker").text == "The minister"
    assert found.fields.quoted == "indirect"
    assert found.fields.modality == "asserted"
    assert "said" in found.reason


def test_cue_at_the_end_takes_the_whole_sentence(said):
    found = only(
        said("There are many problems and a lot depends on the rain, Miller adds.")
    )
    assert contents(found) == ["There are many problems and a lot depends on the rain"]
    assert found.fields.speaker.words == "Miller"


def test_cue_in_the_middle_joins_both_halves(said):
    found = only(said("Any attempt to cross, the general said, becomes hopeless."))
    assert set(contents(found)) == {"Any attempt to cross", "becomes hopeless"}


def test_according_to_before_and_after(said):
    first = only(said("According to the report, the army lost three villages."))
    last = only(said("The army lost three villages, according to the report."))
    assert contents(first) == ["the army lost three villages"]
    assert contents(last) == ["The army lost three villages"]
    assert first.fields.speaker.words == last.fields.speaker.words == "the report"
    assert first.rule == "claim.according-to"


def test_wishes_and_promises(said):
    found = only(said("The president vowed to rebuild the port."))
    assert contents(found) == ["to rebuild the port"]
    assert found.fields.statement == "intention"


def test_object_of_an_accusation(said):
    found = only(said("Mr Brown accused the company of lying to the court."))
    assert contents(found) == ["the company of lying to the court"]


def test_seeing_something_as_something(said):
    found = only(said("The council described the plan as a serious mistake."))
    assert contents(found) == ["the plan as a serious mistake"]
    assert found.rule == "claim.as"


def test_preposition_with_its_own_strength(said):
    found = only(said("The general has hinted at possible talks with the rebels."))
    assert contents(found) == ["possible talks with the rebels"]
    assert found.fields.modality == "hinted"


def test_responsibility_without_what_the_outlet_adds(said):
    found = only(
        said(
            "The group claimed responsibility for the attack on the station, "
            "which killed four people."
        )
    )
    assert contents(found) == ["responsibility for the attack on the station"]
    assert found.fields.statement == "role"


def test_noun_with_its_owner(said):
    found = only(
        said("People were angry at the mayor's claim that the water was safe.")
    )
    assert contents(found) == ["that the water was safe"]
    assert found.fields.speaker.words == "the mayor"


def test_light_verb_lends_its_subject(said):
    found = next(
        f
        for f in claims(said("The envoy expressed hope for a new agreement."))
        if f.role("cue").text == "hope for"
    )
    assert contents(found) == ["a new agreement"]
    assert found.fields.speaker.words == "The envoy"


def test_passive_without_a_speaker_is_hearsay(said):
    found = only(said("The commander is said to have fled across the border."))
    assert found.fields.speaker.how == "unknown"
    assert found.fields.modality == "reported"


def test_hearsay_about_a_speaker_is_under_his_verb(said):
    found = only(said("He is reported to have said that the talks will go on."))
    assert contents(found) == ["that the talks will go on"]
    assert found.fields.modality == "reported"


def test_adverb_of_hearsay(said):
    found = only(said("The soldiers reportedly left the town at night."))
    assert found.fields.modality == "reported"
    assert found.rule == "claim.hearsay"


def test_passive_with_a_speaker(said):
    found = only(said("The accusation was denied by the ministry."))
    assert contents(found) == ["The accusation"]
    assert found.fields.speaker.words == "the ministry"
    assert found.fields.modality == "denied"


def test_accusation_without_a_speaker(said):
    found = only(said("The officer was accused of selling weapons to the rebels."))
    assert contents(found) == ["selling weapons to the rebels"]
    assert found.fields.speaker.how == "unknown"
    assert found.rule == "claim.accused-of"


def test_agency_at_the_end_where_the_parse_goes_wrong(said):
    text = (
        "Brown has urged the army to withdraw its troops from the region, "
        "the Fars news agency reported on Saturday."
    )
    found = next(f for f in claims(said(text)) if f.role("cue").text == "reported")
    assert contents(found) == [
        "Brown has urged the army to withdraw its troops from the region"
    ]
    assert found.fields.speaker.words == "the Fars news agency"


def test_participle_that_only_names_is_no_claim(said):
    assert not claims(said("They met in a town called Springfield."))


def test_what_was_not_said_is_a_rule_of_its_own(said):
    found = only(said("The mayor did not say whether the bridge was safe."))
    assert found.rule == "claim.not-said"
    assert found.fields.modality == "hypothetical"


def test_who_rejects_a_claim_did_not_make_it(said):
    found = claims(said("Brown rejected claims that the army had sold weapons."))
    noun = next(f for f in found if f.role("cue").text == "claims")
    assert noun.fields.speaker.how == "unknown"


def test_headline_with_a_colon(said):
    text = "Police: Two men arrested after robbery\n\nTwo men were held on Monday."
    found = only(said(text))
    assert contents(found) == ["Two men arrested after robbery"]
    assert found.fields.speaker.words == "Police"


def test_saying_nothing_is_no_claim(said):
    assert not claims(said("The mayor did not elaborate on his remark."))


def test_let_us_hope_is_nobodys(said):
    assert not claims(said("Let's hope that the rain stops soon."))


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The mayor said the bridge might collapse.", "hinted"),
        ("The mayor said the bridge will collapse.", "predicted"),
        ("The mayor said he will rebuild the bridge.", "asserted"),
        (
            "The mayor said that if it rained, the bridge would collapse.",
            "hypothetical",
        ),
        ("The mayor suggested the bridge was unsafe.", "hinted"),
        ("The mayor denied that the bridge was unsafe.", "denied"),
        ("The mayor said the bridge was unsafe.", "asserted"),
    ],
)
def test_modality(said, text, modality):
    assert only(said(text)).fields.modality == modality


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The mayor said the bridge did not collapse.", "negative"),
        ("The mayor does not think that the bridge will collapse.", "negative"),
        ("The mayor said the bridge collapsed.", "positive"),
    ],
)
def test_polarity(said, text, polarity):
    assert only(said(text)).fields.polarity == polarity


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police said the bomb killed 13 people.", "figure"),
        ("Police said it will hunt down the attackers.", "intention"),
        ("Police said the group is an enemy of the state.", "relation"),
        ("Police said the town must be evacuated.", "assessment"),
        ("Police said the roof fell because the beams were old.", "cause"),
        ("Police said the man crossed the border.", "occurrence"),
        ("Police said the car is a red one.", "attribute"),
    ],
)
def test_kind_of_statement(said, text, kind):
    assert only(said(text)).fields.statement == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        '""',
        "said",
        "according to",
        "“”“",
        "he said, “",
        "ALL SAID",
        "😀: “😀”",
    ],
)
def test_odd_input_does_not_crash(said, text):
    for variant in (text, text.lower(), f"{text}\n\n{text}"):
        for finding in said(variant):
            assert finding.spans
