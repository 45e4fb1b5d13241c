"""What several claims allow together: the seed case, tables, and properties."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from events.estimates import ClaimId, Estimate, Figure, Verdict, estimate

PARENTS = {
    "all": None,
    "civilians": "all",
    "afghans": "all",
    "americans": "all",
    "us_service_members": "americans",
    "us_evacuees": "americans",
}


def figure(
    claim: ClaimId,
    low: int | None = None,
    high: int | None = None,
    *,
    group: str | None = "all",
    origin: str = "X",
    **more: object,
) -> Figure:
    """A figure; the quantifier only matters where a test gives one."""
    known = {"measure": "killed", "quantifier": "between", **more}
    return Figure(claim=claim, low=low, high=high, group=group, origin=origin, **known)


def of(figures: Sequence[Figure], group: str | None = "all") -> Estimate:
    """The one estimate for a group."""
    [found] = [each for each in estimate(figures, PARENTS) if each.group == group]
    return found


def interval(found: Estimate) -> tuple[int | None, int | None]:
    return found.low, found.high


# The Kabul airport attack as articles 001, 003 (text and caption) and 004 tell it.
US = "us_service_members"
KABUL = [
    figure("001-afghans", 151, group="afghans", origin="P", part_of="001-sum"),
    figure("001-us", 13, 13, group=US, origin="P", part_of="001-sum"),
    figure("001-sum", 164, origin="P", quantifier="sum"),
    figure("003-all", 101, quantifier="more_than"),
    figure("003-us", 13, 13, group=US, part_of="003-all"),
    figure("003-caption", 40, quantifier="vague"),
    figure("003-caption-us", 13, 13, group=US, part_of="003-caption"),
    figure("004-all", None, 170, origin="P", quantifier="up_to"),
    figure("004-us", 13, 13, group=US, origin="P", part_of="004-all"),
]


def test_kabul_reports_meet_at_164_to_170() -> None:
    assert of(KABUL) == Estimate(
        measure="killed",
        group="all",
        low=164,
        best=None,
        high=170,
        verdict=Verdict.COMPATIBLE,
        claims=sorted(each.claim for each in KABUL),
        low_claims=["001-sum"],
        high_claims=["004-all"],
        conflicts=[],
        origins=2,
    )


def test_kabul_reports_agree_on_thirteen_service_members() -> None:
    found = of(KABUL, US)
    assert (found.low, found.best, found.high) == (13, 13, 13)
    assert found.verdict == Verdict.AGREE
    assert found.low_claims == ["001-us", "003-caption-us", "003-us", "004-us"]
    assert found.claims == sorted([*found.low_claims, "004-all"])
    assert found.origins == 2


def test_kabul_afghans_rest_on_one_source_and_are_bounded_by_all() -> None:
    found = of(KABUL, "afghans")
    assert interval(found) == (151, 170)
    assert found.verdict == Verdict.SINGLE_SOURCE
    assert (found.low_claims, found.high_claims) == (["001-afghans"], ["004-all"])


def test_kabul_fourth_report_conflicts_and_names_the_pairs() -> None:
    found = of([*KABUL, figure("005", 90, 90, origin="Y", quantifier="exact")])
    assert found.verdict == Verdict.CONFLICTING
    assert (found.low, found.best, found.high) == (90, None, 170)
    assert found.conflicts == [("001-sum", "005"), ("003-all", "005")]
    assert (found.low_claims, found.high_claims) == (["005"], ["004-all"])
    assert found.origins == 3


def test_estimates_are_sorted_by_measure_then_from_the_widest_group_down() -> None:
    figures = [
        figure(1, 1, group=US),
        figure(2, 1, group="afghans"),
        figure(3, 1),
        figure(4, 1, measure="injured", group="americans"),
        figure(5, 1, measure="devices", group=None),
        figure(6, 1, group="civilians"),
    ]
    assert [(each.measure, each.group) for each in estimate(figures, PARENTS)] == [
        ("devices", None),
        ("injured", "americans"),
        ("killed", "all"),
        ("killed", "afghans"),
        ("killed", "civilians"),
        ("killed", US),
    ]


def test_nothing_is_estimated_from_nothing() -> None:
    assert estimate([], PARENTS) == []


# Groups -----------------------------------------------------------------------------


def test_different_groups_and_measures_never_conflict_by_themselves() -> None:
    figures = [
        figure(1, 150, 150, group="afghans"),
        figure(2, 13, 13, group="americans", origin="Y"),
        figure(3, 2, 2, origin="Z", measure="injured"),
    ]
    assert not any(each.conflicts for each in estimate(figures, PARENTS))


def test_a_subgroup_bounds_every_group_above_it_from_below() -> None:
    figures = [
        figure(1, 13, 13, group=US),
        figure(2, None, 50),
        figure(3, 2, group="americans"),
    ]
    assert interval(of(figures)) == (13, 50)
    assert interval(of(figures, "americans")) == (13, 50)
    assert of(figures).low_claims == [1]


def test_a_group_bounds_every_group_below_it_from_above() -> None:
    figures = [figure(1, 2, group=US), figure(2, None, 50)]
    assert interval(of(figures, US)) == (2, 50)
    assert of(figures, US).high_claims == [2]


def test_a_subgroups_high_bound_says_nothing_of_the_group() -> None:
    figures = [figure(1, 2, 5, group=US), figure(2, 2)]
    assert interval(of(figures)) == (2, None)
    assert of(figures).claims == [1, 2]


def test_a_group_that_the_hierarchy_does_not_know_stands_alone() -> None:
    figures = [figure(1, 20, group="drivers"), figure(2, 5, 5)]
    assert interval(of(figures)) == (5, 5)
    assert interval(of(figures, "drivers")) == (20, None)


def test_a_group_inside_itself_is_an_error() -> None:
    with pytest.raises(ValueError, match="inside itself"):
        estimate([figure(1, 1, group="a")], {"a": "b", "b": "a"})


# Parts ------------------------------------------------------------------------------


def test_parts_of_a_total_add_up_to_its_low_bound() -> None:
    figures = [
        figure("total", None, 50, quantifier="up_to"),
        figure("a", 20, 25, group="afghans", part_of="total"),
        figure("u", 13, 13, group=US, part_of="total"),
    ]
    assert interval(of(figures)) == (33, 50)
    assert of(figures).low_claims == ["total"]


def test_nested_parts_are_not_added_twice() -> None:
    figures = [
        figure("total", quantifier="sum"),
        figure("am", 20, 30, group="americans", part_of="total"),
        figure("us", 13, 13, group=US, part_of="total"),
        figure("ev", 9, 9, group="us_evacuees", part_of="total"),
        figure("af", 5, 5, group="afghans", part_of="total"),
    ]
    # 13 + 9 service members and evacuees say more of the Americans than "20" does.
    assert interval(of(figures)) == (22 + 5, 30 + 5)
    fewer = [each for each in figures if each.claim != "ev"]
    assert interval(of(fewer)) == (20 + 5, 30 + 5)


@pytest.mark.parametrize(
    ("stated", "afghans", "expected"),
    [
        ((164, None), (151, None), (164, None)),
        ((999, 999), (151, None), (164, None)),
        ((1, 2), (151, 160), (164, 173)),
        ((None, None), (None, 160), (13, 173)),
        ((500, None), (None, None), (13, None)),
    ],
)
def test_the_bounds_of_a_sum_are_those_of_its_parts(
    stated: tuple[int | None, int | None],
    afghans: tuple[int | None, int | None],
    expected: tuple[int | None, int | None],
) -> None:
    figures = [
        figure("sum", *stated, quantifier="sum"),
        figure("af", *afghans, group="afghans", part_of="sum"),
        figure("us", 13, 13, group=US, part_of="sum"),
    ]
    assert interval(of(figures)) == expected
    assert of(figures).claims == ["af", "sum", "us"]  # even a part without a low bound


def test_a_sum_of_sums() -> None:
    figures = [
        figure("sum", quantifier="sum"),
        figure("af", 5, 6, group="afghans", part_of="sum"),
        figure("am", quantifier="sum", group="americans", part_of="sum"),
        figure("us", 13, 13, group=US, part_of="am"),
        figure("ev", 1, 2, group="us_evacuees", part_of="am"),
    ]
    assert interval(of(figures)) == (19, 21)
    assert of(figures).claims == ["af", "am", "ev", "sum", "us"]


def test_a_sum_without_its_parts_keeps_the_stated_bounds() -> None:
    assert interval(of([figure("sum", 164, 170, quantifier="sum")])) == (164, 170)


def test_a_portion_of_a_group_bounds_it_from_below_only() -> None:
    figures = [
        figure("total", 17, 17),
        figure("in Kabul", 12, 12, part_of="total"),
        figure("soldiers in Kabul", 3, 3, group=US, part_of="in Kabul"),
        figure("soldiers", 4, 4, group=US, origin="Y"),
    ]
    assert interval(of(figures)) == (17, 17)
    assert interval(of(figures, US)) == (4, 4)
    assert not of(figures, US).conflicts


def test_two_portions_of_one_group_add_up_and_do_not_conflict() -> None:
    figures = [
        figure("sum", quantifier="sum", group=None),
        figure("rifles", 20, 20, group=None, part_of="sum"),
        figure("pistols", 30, 30, group=None, part_of="sum"),
    ]
    found = of(figures, None)
    assert (found.low, found.best, found.high) == (50, 50, 50)
    assert found.low_claims == ["sum"]


def test_portions_in_both_reports_do_not_spoil_agreement() -> None:
    figures = [
        part
        for origin in ("X", "Y")
        for part in (
            figure(f"total {origin}", 17, 17, origin=origin),
            figure(f"Kabul {origin}", 12, origin=origin, part_of=f"total {origin}"),
        )
    ]
    assert of(figures).verdict == Verdict.AGREE


def test_parts_that_exceed_their_own_total_are_named() -> None:
    figures = [
        figure("total", None, 30),
        figure("af", 20, 20, group="afghans", part_of="total"),
        figure("am", 15, 15, group="americans", part_of="total"),
        figure("us", None, 9, group=US, part_of="total"),
    ]
    found = of(figures)
    assert found.verdict == Verdict.CONFLICTING
    assert found.conflicts == [("af", "total"), ("am", "total")]
    assert interval(found) == (30, 35)


def test_a_portion_that_its_parts_exceed_is_named_too() -> None:
    figures = [
        figure("total", 40, 40),
        figure("in Kabul", 12, 12, part_of="total"),
        figure("soldiers in Kabul", 13, 13, group=US, part_of="in Kabul"),
    ]
    found = of(figures)
    assert found.conflicts == [("soldiers in Kabul", "in Kabul")]
    assert interval(found) == (12, 40)


def test_a_total_speaks_for_its_parts_in_a_conflict() -> None:
    figures = [
        figure("total", quantifier="at_least"),
        figure("af", 20, 20, group="afghans", part_of="total"),
        figure("am", 15, 15, group="americans", part_of="total"),
        figure("other", None, 18, origin="Y"),
    ]
    assert of(figures).conflicts == [("total", "other")]
    assert of(figures, "afghans").conflicts == [("af", "other")]


@pytest.mark.parametrize(
    "part",
    [
        figure("part", 99, 99, group="afghans", part_of="elsewhere"),
        figure("part", 99, 99, part_of="total", measure="injured"),
    ],
)
def test_a_part_of_nothing_here_is_a_claim_of_its_own(part: Figure) -> None:
    found = estimate([figure("total", 120, 120), part], PARENTS)
    assert sorted(map(interval, found)) == [(99, 99), (120, 120)]


def test_parts_in_a_circle_are_an_error_that_names_them() -> None:
    figures = [
        figure("a", 1, part_of="b"),
        figure("b", 1, part_of="c"),
        figure("c", 1, part_of="b"),
        figure("d", 1),
    ]
    with pytest.raises(ValueError, match="in a circle: b, c"):
        estimate(figures, PARENTS)
    with pytest.raises(ValueError, match="in a circle: 7"):
        estimate([figure(7, 1, part_of=7)], PARENTS)


def test_a_claim_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="Claim 1 is given twice"):
        estimate([figure(1, 1), figure(1, 2)], PARENTS)


def test_bounds_the_wrong_way_round_are_an_error() -> None:
    with pytest.raises(ValueError, match="low 5 is above high 4"):
        figure(1, 5, 4)


# What is not asserted ---------------------------------------------------------------


def test_what_is_not_asserted_never_counts() -> None:
    feared = figure("feared", 500, 500, origin="Y", asserted=False)
    plain = [figure("one", 10, 20)]
    assert of([*plain, feared]) == of(plain)
    assert estimate([feared], PARENTS) == []


def test_a_sum_with_a_part_that_is_not_asserted_has_no_high_bound() -> None:
    figures = [
        figure("sum", 15, 15, quantifier="sum"),
        figure("af", 5, 5, group="afghans", part_of="sum"),
        figure("am", 10, 10, group="americans", part_of="sum", asserted=False),
    ]
    assert interval(of(figures)) == (5, None)
    assert of(figures).claims == ["af", "sum"]


def test_a_part_that_is_not_asserted_makes_no_portions() -> None:
    figures = [
        figure("total", 40, 40),
        figure("us", 13, 13, group=US, part_of="total"),
        figure("feared", 20, 20, group=US, part_of="total", asserted=False),
    ]
    assert interval(of(figures, US)) == (13, 13)


def test_a_part_of_a_total_that_is_not_asserted_stands_alone() -> None:
    figures = [
        figure("total", 20, 20, asserted=False),
        figure("part", 12, 12, part_of="total"),
    ]
    assert interval(of(figures)) == (12, 12)


# Independence and verdicts ----------------------------------------------------------


@pytest.mark.parametrize(
    ("voices", "independent"),
    [
        ([("X", None)], 1),
        ([("X", None), ("X", None)], 1),
        ([("X", None), ("Y", None)], 2),
        ([("X", "Milley"), ("Y", "Milley")], 1),
        ([("X", "Milley"), ("Y", "Austin")], 2),
        ([("X", "Milley"), ("Y", None), ("Y", "Milley")], 1),
        ([("X", "a"), ("Y", "b"), ("Z", "a"), ("Z", "b")], 1),
        ([("X", "Y"), ("Y", None)], 2),  # a speaker is no origin of the same name
        ([("W", None), ("X", "a"), ("Y", "a"), ("Z", "b")], 3),
    ],
)
def test_voices_share_neither_origin_nor_speaker(
    voices: list[tuple[str, str | None]], independent: int
) -> None:
    figures = [
        figure(number, 5, 5, origin=origin, speaker=speaker)
        for number, (origin, speaker) in enumerate(voices)
    ]
    found = of(figures)
    assert found.origins == independent
    single = independent == 1
    assert found.verdict == (Verdict.SINGLE_SOURCE if single else Verdict.AGREE)
    assert found.best == 5


def test_only_claims_that_state_the_key_corroborate() -> None:
    figures = [
        figure(1, 20),
        figure(2, 13, group=US, origin="Y"),
        figure(3, 1, origin="X"),
    ]
    assert of(figures).origins == 1
    assert of(figures).verdict == Verdict.SINGLE_SOURCE


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ((10, 10), (10, 10), Verdict.AGREE),
        ((101, None), (101, None), Verdict.AGREE),
        ((10, 20), (15, 30), Verdict.COMPATIBLE),
        ((10, 20), (20, 30), Verdict.COMPATIBLE),
        ((None, None), (13, 13), Verdict.COMPATIBLE),
        ((None, None), (None, None), Verdict.COMPATIBLE),  # "about 20", "about 500"
        ((10, 10), (11, 11), Verdict.CONFLICTING),
        ((101, None), (None, 100), Verdict.CONFLICTING),
    ],
)
def test_verdicts(
    first: tuple[int | None, int | None],
    second: tuple[int | None, int | None],
    verdict: Verdict,
) -> None:
    figures = [figure(1, *first), figure(2, *second, origin="Y")]
    assert of(figures).verdict == verdict


def test_an_echo_can_still_conflict() -> None:
    found = of([figure(1, 100, 100), figure(2, 90, 90)])
    assert (found.verdict, found.origins) == (Verdict.CONFLICTING, 1)
    assert found.conflicts == [(1, 2)]
    assert (found.low_claims, found.high_claims) == ([2], [1])


def test_a_vague_word_can_conflict_but_names_no_number() -> None:
    scores = figure("scores", 40, origin="Y", quantifier="vague")
    alone = of([scores, figure("ten", 10, 10)])
    assert (alone.conflicts, interval(alone)) == ([("scores", "ten")], (10, 40))
    bystander = of([scores, figure("60", 60, 60), figure("80", 80, 80, origin="Z")])
    assert (bystander.conflicts, interval(bystander)) == ([("80", "60")], (60, 80))


def test_a_subgroup_outside_the_conflict_names_no_end_of_it() -> None:
    figures = [figure(1, 20), figure(2, None, 10), figure(3, 10, group=US)]
    found = of(figures)
    assert (found.conflicts, interval(found)) == ([(1, 2)], (10, 20))
    assert (found.low_claims, found.high_claims) == ([2], [1])


def test_ids_of_both_kinds_are_sorted() -> None:
    figures = [figure(claim, 1) for claim in ("b", 10, "a", 9)]
    assert of(figures).claims == [9, 10, "a", "b"]


# Size -------------------------------------------------------------------------------


CHAINS = {
    "parts in parts": lambda number: number - 1 if number else None,
    "parts of one total": lambda number: 0 if number else None,
    "no parts": lambda number: None,
}


@pytest.mark.parametrize(
    ("shape", "low"),
    [("parts in parts", 1), ("parts of one total", 9_999), ("no parts", 1)],
)
def test_ten_thousand_claims_of_one_long_voice(shape: str, low: int) -> None:
    figures = [
        figure(
            number,
            1,
            origin=f"article {number // 2}",
            speaker=f"speaker {(number + 1) // 2}",  # and in the next
            part_of=CHAINS[shape](number),
        )
        for number in range(10_000)
    ]
    found = of(figures)
    assert (found.low, len(found.claims), found.origins) == (low, 10_000, 1)


# Properties -------------------------------------------------------------------------

COUNT = st.integers(min_value=0, max_value=30)
GROUP = st.sampled_from(list(PARENTS))
VOICE = {
    "origin": st.sampled_from("PXYZ"),
    "speaker": st.sampled_from([None, "m", "n"]),
}


@st.composite
def loose_claims(draw: st.DrawFn) -> list[Figure]:
    """Claims that are no parts of each other; true or not."""
    figures = []
    for claim in range(draw(st.integers(1, 8))):
        ends = sorted(draw(st.tuples(COUNT, COUNT)))
        low, high = (draw(st.sampled_from([end, None])) for end in ends)
        voice = {name: draw(values) for name, values in VOICE.items()}
        figures.append(figure(claim, low, high, group=draw(GROUP), **voice))
    return figures


@st.composite
def wild_claims(draw: st.DrawFn) -> list[Figure]:
    """Claims with parts, sums, vague words and hypotheses in any combination."""
    figures = draw(loose_claims())
    return [
        replace(
            each,
            quantifier=draw(st.sampled_from(["between", "between", "sum", "vague"])),
            # A part comes after its total, so there are no circles.
            part_of=draw(st.sampled_from([None, *range(each.claim)])),
            asserted=draw(st.sampled_from([True, True, True, False])),
        )
        for each in figures
    ]


@st.composite
def true_claims(draw: st.DrawFn) -> tuple[dict[str, int], list[Figure]]:
    """A world, and reports that are all true of it, parts and sums among them."""
    afghans, service, evacuees, others = (draw(COUNT) for _ in range(4))
    americans = service + evacuees
    world = {
        "all": afghans + americans + others,
        "afghans": afghans,
        "americans": americans,
        US: service,
        "us_evacuees": evacuees,
    }

    def say(claim: str, group: str, number: int, **more: object) -> Figure:
        low = draw(st.sampled_from([None, number, max(0, number - draw(COUNT))]))
        high = draw(st.sampled_from([None, number, number + draw(COUNT)]))
        origin = draw(VOICE["origin"])
        return figure(claim, low, high, group=group, origin=origin, **more)

    figures = []
    for number in range(draw(st.integers(1, 5))):
        whole, parts = draw(
            st.sampled_from(
                [
                    ("all", ["afghans", "americans", US]),
                    ("all", ["afghans", US, "us_evacuees"]),
                    ("americans", [US, "us_evacuees"]),
                    ("americans", [US]),
                    (US, []),
                ]
            )
        )
        exhaustive = len(parts) > 1 and (whole == "americans" or not others)
        quantifier = "sum" if exhaustive and draw(st.booleans()) else "between"
        total = f"total {number}"
        figures.append(say(total, whole, world[whole], quantifier=quantifier))
        figures += [
            say(f"{part} {number}", part, world[part], part_of=total) for part in parts
        ]
        if quantifier != "sum" and not parts:
            some = draw(st.integers(0, world[whole]))
            figures.append(say(f"some {number}", whole, some, part_of=total))
    return world, figures


@given(true_claims())
def test_what_is_true_stays_possible(case: tuple[dict[str, int], list[Figure]]) -> None:
    world, figures = case
    for found in estimate(figures, PARENTS):
        truth = world[found.group or ""]
        assert found.conflicts == []
        assert found.low is None or found.low <= truth
        assert found.high is None or truth <= found.high


@given(wild_claims(), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(
    figures: list[Figure], chance: object
) -> None:
    shuffled = list(figures)
    chance.shuffle(shuffled)
    assert estimate(shuffled, PARENTS) == estimate(figures, PARENTS)


@given(wild_claims())
def test_every_estimate_is_in_order(figures: list[Figure]) -> None:
    stated = {(each.measure, each.group) for each in figures if each.asserted}
    asserted = {each.claim for each in figures if each.asserted}
    estimates = estimate(figures, PARENTS)
    assert {(each.measure, each.group) for each in estimates} == stated
    for found in estimates:
        assert (found.verdict == Verdict.CONFLICTING) == bool(found.conflicts)
        if found.low is not None and found.high is not None:
            assert found.low <= found.high
        meet = found.low == found.high is not None
        assert found.best == (found.low if meet else None)
        assert (found.low is None) == (not found.low_claims)
        assert (found.high is None) == (not found.high_claims)
        named = {*found.low_claims, *found.high_claims}
        named.update(claim for pair in found.conflicts for claim in pair)
        assert named <= set(found.claims) <= asserted
        assert found.claims == sorted(found.claims)
        assert found.origins >= 1


@given(wild_claims())
def test_parts_never_exceed_their_total_in_silence(figures: list[Figure]) -> None:
    # A sum is left out: its bounds come from its parts, whatever was typed in.
    plain = {
        each.claim: each
        for each in figures
        if each.asserted and each.quantifier != "sum"
    }
    estimates = {each.group: each for each in estimate(figures, PARENTS)}
    for part in plain.values():
        total = plain.get(part.part_of)
        if total and None not in (part.low, total.high) and part.low > total.high:
            found = estimates[total.group]
            assert found.verdict == Verdict.CONFLICTING
            assert (part.claim, total.claim) in found.conflicts


@given(loose_claims(), loose_claims())
def test_another_claim_never_widens_what_is_left(
    figures: list[Figure], others: list[Figure]
) -> None:
    more = [*figures, replace(others[0], claim="new")]
    after = {each.group: each for each in estimate(more, PARENTS)}
    for before in estimate(figures, PARENTS):
        now = after[before.group]
        if before.conflicts:
            assert set(before.conflicts) <= set(now.conflicts)
        elif not now.conflicts:
            assert before.low is None or before.low <= now.low
            assert before.high is None or before.high >= now.high


@given(wild_claims(), st.sampled_from([-1, 1]), GROUP)
def test_a_number_outside_the_interval_conflicts_with_what_binds_it(
    figures: list[Figure], side: int, group: str
) -> None:
    found = next((e for e in estimate(figures, PARENTS) if e.group == group), None)
    assume(found and not found.conflicts)
    bound, binding = {
        -1: (found.low, found.low_claims),
        1: (found.high, found.high_claims),
    }[side]
    assume(bound is not None)
    new = figure("new", bound + side, bound + side, group=group, origin="new")
    pairs = of([*figures, new], group).conflicts
    assert pairs
    partners = {claim for pair in pairs for claim in pair if claim != "new"}
    assert set(binding) <= partners


@given(COUNT, GROUP)
def test_one_exact_claim_is_its_own_estimate(number: int, group: str) -> None:
    [found] = estimate([figure(1, number, number, group=group)], PARENTS)
    assert (found.low, found.best, found.high) == (number, number, number)
    assert found.verdict == Verdict.SINGLE_SOURCE
    assert found.claims == found.low_claims == found.high_claims == [1]


@given(loose_claims())
def test_an_interval_that_stays_open_holds_no_exact_figure(
    figures: list[Figure],
) -> None:
    """Why `best` needs no vote: an exact figure closes the interval or conflicts."""
    for found in estimate(figures, PARENTS):
        if found.best is None and not found.conflicts:
            exact = [
                each
                for each in figures
                if each.group == found.group and each.low == each.high is not None
            ]
            assert exact == []
