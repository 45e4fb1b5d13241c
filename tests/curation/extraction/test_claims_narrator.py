"""The outlet's own statements: what is left when the claims of others are taken."""

from __future__ import annotations

import pytest

from curation.extraction.claims import Claims
from tests.curation.extraction.claims_helper import claims


@pytest.fixture(scope="module")
def own(read):
    def read_own(text):
        found = read(text, extractors=[Claims()])
        return claims(found, attributed=False)

    return read_own


def test_sentence_without_a_speaker_is_the_outlets(own):
    (found,) = own("NATO troops left Kabul on Monday.")
    assert found.fields.speaker.how == "outlet"
    assert found.fields.attributed is False
    assert found.span.text == "NATO troops left Kabul on Monday"
    assert found.rule == "claim.own-event"


def test_what_somebody_says_is_not_the_outlets(own):
    assert not own("The minister said that NATO troops left Kabul on Monday.")


def test_what_is_said_of_the_speaker_is_the_outlets(own):
    (found,) = own(
        "“We will leave,” said Anna Miller, a director of the Berlin Institute."
    )
    assert found.span.text.startswith("Anna Miller, a director")
    assert found.rule == "claim.own-aside"


def test_bare_name_of_a_speaker_says_nothing(own):
    assert not own("“We will leave the town tonight,” said Anna Miller on Monday.")


def test_questions_are_no_statements(own):
    assert not own("Will NATO leave Kabul on Monday?")


def test_future_is_predicted(own):
    (found,) = own("NATO troops will leave Kabul on Monday.")
    assert found.fields.modality == "predicted"


TRANSCRIPT = """\
Roosevelt Room

THE PRESIDENT:  The banks of this country are safe.  Nobody has lost a cent.

The management of these banks was fired on Monday.

Q  The banks have closed, Mr. President.
"""


def test_a_transcript_is_told_by_the_one_announced(read):
    found = read(TRANSCRIPT, extractors=[Claims()])
    assert not [f for f in claims(found, attributed=False) if "banks" in f.span.text]
    spoken = [f for f in claims(found) if f.rule == "claim.transcript"]
    assert [f.span.text for f in spoken] == [
        "The banks of this country are safe",
        "Nobody has lost a cent",
        "The management of these banks was fired on Monday",
    ]
    assert {f.fields.speaker.words for f in spoken} == {"THE PRESIDENT"}
    assert {f.role("speaker").text for f in spoken} == {"THE PRESIDENT"}


def test_a_dateline_in_capitals_is_no_speaker(read):
    text = "KABUL: The army left the town on Monday, after a long siege of its walls."
    assert claims(read(text, extractors=[Claims()])) == []
