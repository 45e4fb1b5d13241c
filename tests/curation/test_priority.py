"""Points and their reasons in words."""

from __future__ import annotations

import pytest

from curation.priority import Facts, Reason, reasons

DECIDED = "to be decided, beside names, places and dates"


def of(**facts):
    """The reasons, without the one for an outlet that nobody has judged."""
    found = reasons(Facts(**facts))
    return [each for each in found if "not judged" not in each.text]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (
            {"open_claims": {"figure": 2, "event": 1, "claim": 9}},
            Reason(f"2 figures, 1 event, 9 statements wait {DECIDED}", 24),
        ),
        (
            {"open_claims": {"claim": 1}},
            Reason(f"1 statement waits {DECIDED}", 2),
        ),
        ({"untouched": True}, Reason("nothing of the text is coded yet", 30)),
        (
            {"sentences": 45, "open_sentences": 30},
            Reason("30 of 45 sentences are not coded yet", 20),
        ),
        (
            {"sentences": 400, "open_sentences": 1},
            Reason("1 of 400 sentences is not coded yet", 1),
        ),
        (
            {"disputes": ["Attack", "Talks", "Visit"]},
            Reason("sources disagree on: Attack; Talks and 1 more", 20),
        ),
        ({"days": 19}, Reason("has waited 19 days", 6)),
        (
            {"outlet": "The Example", "letter": "B"},
            Reason("The Example: reliability B", 8),
        ),
    ],
)
def test_each_part_is_told_in_words(facts, reason):
    assert of(**facts) == [reason]


def test_what_has_no_points_is_not_told():
    assert of(sentences=9, days=2) == []


@pytest.mark.parametrize("letter", [None, "F"])
def test_an_outlet_that_cannot_be_judged_is_neither_best_nor_worst(letter):
    (reason,) = reasons(Facts(outlet="Radio", letter=letter))
    assert reason.text == "Radio: reliability not judged"
    points = [reasons(Facts(letter=each))[0].points for each in "AE"]
    assert points[0] > reason.points > points[1]


def test_the_parts_add_up_to_a_hundred_at_most():
    most = Facts(
        open_claims={"claim": 900},
        untouched=True,
        disputes=["a"] * 9,
        days=4_000,
        letter="A",
    )
    assert sum(reason.points for reason in reasons(most)) == 100


def test_the_weightiest_comes_first():
    found = reasons(Facts(open_claims={"claim": 1}, untouched=True, letter="C"))
    assert [reason.points for reason in found] == [30, 6, 2]
