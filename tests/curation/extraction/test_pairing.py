"""Articles and claims that say the same, and figures that cannot both hold."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Sequence
from typing import Any

import pytest

from curation.extraction.documents import Document, Interval
from curation.extraction.findings import (
    ActorMention,
    Claim,
    DateMention,
    Event,
    Figure,
    Finding,
    Kind,
    Pair,
    Speaker,
)
from curation.extraction.pairing import (
    Digest,
    Frequencies,
    Index,
    Level,
    Pairing,
    Statement,
    compare_claims,
    conflicts,
    digest,
    level,
    pairs,
    statements,
)
from curation.extraction.pairing.days import days_in
from curation.extraction.pairing.frequencies import BACKGROUND, background
from curation.extraction.pairing.scores import Profile, compare, likeness
from curation.extraction.pairing.words import (
    content_words,
    names_in,
    overlap,
    sketch,
    without_furniture,
)
from sources.dates import Basis, Precision

FERRY = (
    "Ferry sinks off Port Marlow\n\n"
    "A ferry sank off Port Marlow on Tuesday night with 48 passengers aboard, and "
    "rescuers pulled 31 people from the water, harbour master Ines Calder said. The "
    "Silver Heron took on water after striking a reef near Gannet Point. Divers were "
    "searching the hull for survivors.\n"
)
FERRY_TOO = (
    "Search for survivors after Silver Heron disaster\n\n"
    "Divers searched the hull of the Silver Heron on Wednesday, a day after the ferry "
    "hit a reef at Gannet Point and went down. Ines Calder, the harbour master of Port "
    "Marlow, told reporters that 31 of 48 passengers had been rescued.\n"
)
OTHER_FERRY = (
    "Ferry fares to rise\n\n"
    "Passengers will pay more for the ferry to Lower Brock from March, the operator "
    "Brock Lines announced. Commuters said the new fares of 12 dollars were too high. "
    "The council of Lower Brock asked the company to think again.\n"
)
GROUPS = {
    "all": None,
    "civilians": "all",
    "militants": "all",
    "commanders": "militants",
}


def day(month: int, number: int, year: int = 2024) -> Interval:
    date = dt.date(year, month, number)
    return Interval(date, date, Precision.DAY, Basis.METADATA)


def made(name: str, text: str, published: Interval | None = None) -> Digest:
    return digest(Document.of_text(name, text, published=published))


# --- articles ---------------------------------------------------------------------


def test_two_reports_of_one_event_are_the_same_event_and_say_why() -> None:
    found = list(
        pairs(
            [
                made("a", FERRY, day(3, 6)),
                made("b", FERRY_TOO, day(3, 7)),
                made("c", OTHER_FERRY, day(3, 7)),
            ]
        )
    )
    assert [(m.one, m.other, m.relation) for m in found] == [("a", "b", "same_event")]
    why = found[0].why
    assert "Silver Heron" in why
    assert "both give “48”" in why
    assert "same days" in why or "day apart" in why


def test_the_order_of_two_articles_does_not_matter() -> None:
    index = Index([made("a", FERRY), made("b", FERRY_TOO)])
    one, other = (
        Profile.of(made(name, text), index.frequencies)
        for name, text in (("a", FERRY), ("b", FERRY_TOO))
    )
    assert compare(one, other).score == compare(other, one).score


def test_a_copy_with_another_first_line_is_a_repost() -> None:
    long = FERRY + "".join(
        f"Witness number {n} saw the boat tilt and heard cries from deck {n}.\n"
        for n in range(30)
    )
    index = Index([made("a", long)])
    (match,) = index.matches(made("b", "Agency copy\n\n" + long.split("\n", 1)[1]))
    assert match.relation == "repost"
    assert "word for word" in match.why


def test_other_days_make_one_event_less_likely() -> None:
    index = Index([made("c", OTHER_FERRY)])
    first = Profile.of(made("a", FERRY, day(3, 6)), index.frequencies)

    def score(published: Interval | None) -> float:
        text = FERRY_TOO.replace("on Wednesday, a day", "some time")
        other = made("b", text, published)
        return compare(first, Profile.of(other, index.frequencies)).score

    assert score(day(3, 7)) > score(day(9, 7)) > 0


def test_a_later_report_that_names_the_day_is_near_it() -> None:
    later = made("b", "In court\n\nThe ferry sank on March 5.\n", day(9, 20))
    assert (dt.date(2024, 3, 5), dt.date(2024, 3, 5)) in later.days
    index = Index([made("a", FERRY, day(3, 6))])
    one = Profile.of(made("a", FERRY, day(3, 6)), index.frequencies)
    match = compare(one, Profile.of(later, index.frequencies))
    assert match.measures is not None
    assert match.measures.days == 0  # FERRY says Tuesday: March 5


def test_a_day_that_the_whole_corpus_names_tells_nothing() -> None:
    def article(name: str, month: int) -> Digest:
        text = f"Report {name}\n\nSince the war began on February 1 trade fell.\n"
        return made(name, text, day(month, 20))

    few = Index([article("a", 5), article("b", 11)])
    many = Index(article(str(n), 1 + n % 12) for n in range(40))

    def between(index: Index) -> int | None:
        one, other = (
            Profile.of(each, index.frequencies)
            for each in (article("a", 5), article("b", 11))
        )
        return compare(one, other).measures.days  # type: ignore[union-attr]

    assert between(few) == 0
    assert between(many) == (dt.date(2024, 11, 20) - dt.date(2024, 5, 20)).days


def test_undated_articles_are_compared_without_days() -> None:
    index = Index([made("a", FERRY)])
    (match,) = index.matches(made("b", FERRY_TOO, day(3, 7)))
    assert match.measures is not None
    assert match.measures.days is None


def test_an_article_never_matches_itself_and_can_be_replaced_and_forgotten() -> None:
    index = Index([made("a", FERRY), made("b", FERRY_TOO)])
    assert [m.other for m in index.matches(made("a", FERRY))] == ["b"]
    index.add(made("b", OTHER_FERRY))
    assert len(index) == 2
    assert index.matches(made("a", FERRY)) == []
    index.add(made("b", FERRY_TOO))
    index.discard("b")
    assert "b" not in index
    assert index.matches(made("a", FERRY)) == []
    assert index.frequencies.documents == 1


def test_digests_survive_json_and_are_small() -> None:
    one = made("a", FERRY * 40, day(3, 6))
    written = json.dumps(one.as_record())
    assert Digest.from_record(json.loads(written)) == one
    assert len(written) < 6000


def test_a_digest_of_another_version_is_refused() -> None:
    record = made("a", FERRY).as_record() | {"version": 0}
    with pytest.raises(ValueError, match="make it anew"):
        Digest.from_record(record)


def test_findings_add_known_actors_days_and_what_a_number_counts() -> None:
    text = "Blast\n\nA blast killed 13 soldiers last week, Isis said.\n"
    document = Document.of_text("a", text)
    at = text.index("Isis")
    thirteen = text.index("13")
    when = text.index("last week")
    monday, sunday = dt.date(2024, 3, 4), dt.date(2024, 3, 10)
    found = digest(
        document,
        [
            Finding(
                ActorMention("Islamic State", "is", 0, "alias"),
                (document.span(at, at + 4),),
                "actor.alias",
                "",
            ),
            Finding(
                Figure("killed", "all", 13, 13, "exact"),
                (document.span(thirteen, thirteen + 11),),
                "figure.number",
                "",
            ),
            Finding(
                DateMention(monday, sunday, "week", "relative"),
                (document.span(when, when + 9),),
                "date.relative",
                "",
            ),
        ],
    )
    assert found.names["=is"] == "Islamic State"
    assert found.figures["13"] == "13 soldiers"
    assert found.days == ((monday, sunday),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "a",
        "🙂🙂",
        "lower case only here " * 30,
        "CAPITALS ONLY " * 50,
        '"“',
    ],
)
def test_odd_texts_neither_crash_nor_match(text: str) -> None:
    index = Index([made("a", FERRY), made("x", text)])
    assert index.matches(made("b", text), most=1) in (
        [],
        index.matches(made("b", text)),
    )
    assert all(m.relation != "same_event" for m in index.matches(made("b", text)))


def test_one_article_against_ten_thousand_takes_far_less_than_a_second() -> None:
    def article(n: int) -> Digest:
        """150 words out of 20,000; the first hundred stand in every third article."""
        numbers = {(n * 7919 + i * i * 31) % 20_000 for i in range(120)}
        numbers |= {(n + i) % 100 for i in range(0, 90, 3)}
        words = tuple(f"word{number}" for number in sorted(numbers))
        return Digest(
            str(n), None, words, (1,) * len(words), words[:20], {}, {}, (), ()
        )

    index = Index(article(n) for n in range(10_000))
    new = article(-1)
    started = time.perf_counter()
    index.matches(new)
    assert time.perf_counter() - started < 0.5


# --- words ------------------------------------------------------------------------


def test_names_are_capitals_inside_sentences_not_at_their_beginning() -> None:
    names = names_in("Yesterday the Silver Heron sank. Divers met Ines Calder's crew.")
    assert set(names) == {"silver", "heron", "ines", "calder"}
    assert names["heron"] == "Silver Heron"


def test_headlines_and_capitals_give_no_names() -> None:
    assert names_in("Ferry Sinks Near Coast As Many Fear Worst") == {}
    assert names_in("FERRY SINKS NEAR COAST") == {}


def test_words_keep_the_us_and_read_numbers() -> None:
    words = content_words(
        "The U.S. and the US told us that four of 124 000 left, 1,200"
    )
    assert words == ["usa", "usa", "4", "124000", "left", "1200"]


def test_sentences_of_the_page_are_dropped() -> None:
    text = "The mayor resigned. All rights reserved. Sign up for our newsletter!\nEnd."
    assert without_furniture(text) == "The mayor resigned.\nEnd."


def test_days_without_a_year_need_a_publication() -> None:
    text = "On 3 May 2021, on June 31, on December 24 and on Monday; in May."
    assert days_in(text, None) == [(dt.date(2021, 5, 3),) * 2]
    found = days_in(text, dt.date(2024, 3, 6))
    assert [first for first, _ in found] == [
        dt.date(2021, 5, 3),
        dt.date(2023, 12, 24),
        dt.date(2024, 3, 4),
    ]


def test_sketches_tell_copies_from_rewrites() -> None:
    words = content_words(FERRY * 3 + FERRY_TOO)
    assert overlap(sketch(words), sketch(words)) == 1
    assert overlap(sketch(content_words(FERRY)), sketch(content_words(FERRY_TOO))) < 0.2
    assert overlap((), ()) == 0


def test_the_background_is_small_and_serves_small_corpora() -> None:
    assert BACKGROUND.stat().st_size < 200_000
    assert background()["people"] > 0.3
    empty = Frequencies()
    assert empty.weight("gannet") > empty.weight("harbor") > empty.weight("people")


def test_the_corpus_outweighs_the_background_when_it_is_large() -> None:
    index = Index(
        made(str(n), f"Note {n}\n\nThe gannet came again.\n") for n in range(99)
    )
    assert index.frequencies.weight("gannet") < 1


def test_likeness_of_vectors() -> None:
    one, other = bytes([127, 0]), bytes([0, 127])
    assert likeness(one, one) == pytest.approx(1)
    assert likeness(one, other) == 0
    assert likeness(one, b"") is None


# --- claims -----------------------------------------------------------------------


def said(text: str, *, document: str = "a", **fields: Any) -> Statement:
    return Statement(document=document, start=0, end=len(text), text=text, **fields)


def compared(*both: Statement) -> list[tuple[str, str]]:
    found = compare_claims(both, both, Frequencies())
    return [(match.relation, match.rule) for match in found]


AVOWED = "the two factions are avowed enemies of the Northern Front"
SWORN = "the factions are sworn enemies of the Northern Front"


def test_two_claims_with_hardly_another_word_say_the_same() -> None:
    found = compared(said(AVOWED), said(SWORN, document="b"))
    assert [relation for relation, _ in found] == ["same_claim"]


def test_a_known_actor_is_the_same_under_two_names() -> None:
    one = said("enemies of the Northern Front", actors=("nf",), rest="enemies of the")
    other = said("enemies of NF-X", document="b", actors=("nf",), rest="enemies of")
    assert compared(one, other) == [("same_claim", "same-claim-close")]
    plain = [said(each.text, document=each.document) for each in (one, other)]
    assert compared(*plain) == []


def test_names_alone_make_no_same_claim() -> None:
    one = said("Ines Calder of Port Marlow")
    other = said("Ines Calder in Port Marlow", document="b")
    assert compared(one, other) == []


@pytest.mark.parametrize(
    "change",
    [
        {"modality": "predicted"},
        {"event": "flood"},
    ],
)
def test_another_event_or_a_prediction_is_not_the_same(change: dict[str, str]) -> None:
    one = said(AVOWED, event="war")
    other = said(SWORN, document="b", **{"event": "war", **change})
    assert compared(one, other) == []


def test_other_numbers_are_not_the_same_claim() -> None:
    one = said("rescuers pulled 31 people from the water near the reef")
    other = said("rescuers pulled 12 people from the water near the reef", document="b")
    assert compared(one, other) == []


def test_opposite_polarity_of_one_statement_is_a_conflict() -> None:
    one = said(AVOWED)
    denied = said(SWORN, document="b", polarity="negative")
    assert compared(one, denied) == [("conflict", "opposite")]
    hinted = said(SWORN, document="b", polarity="negative", modality="hinted")
    assert compared(one, hinted) == []


def test_words_inside_one_another_are_no_pair() -> None:
    inner = said(AVOWED)
    outer = Statement(document="a", start=0, end=200, text=f"He said that {AVOWED}")
    assert compared(inner, outer) == []


def test_the_same_speaker_makes_it_likelier() -> None:
    one = said("working with the rebels against smugglers is possible now")
    other = said(
        "it may be working with rebels and smugglers on tankers, convoys, depots",
        document="b",
    )
    assert compared(one, other) == []
    spoken = [
        Statement(**{**each.as_record(), "speaker": name})
        for each, name in ((one, "Mark Doe"), (other, "Doe"))
    ]
    assert compared(*spoken) == [("same_claim", "same-claim-speaker")]


# --- figures ----------------------------------------------------------------------


def killed(low: int | None, high: int | None, **fields: Any) -> Statement:
    values = {"document": f"{low}-{high}", "start": 0, "end": 5, "text": f"{low}"}
    values |= {"event": "blast", "measure": "killed", "group": "all"}
    return Statement(**(values | {"low": low, "high": high} | fields))


def clashing(*figures: Statement) -> int:
    return len(conflicts(figures, GROUPS))


def test_disjoint_figures_of_one_event_are_a_conflict_with_both_quoted() -> None:
    (match,) = conflicts([killed(12, 12), killed(20, None)], GROUPS)
    assert match.relation == "conflict"
    assert "exactly 12" in match.why
    assert "at least 20" in match.why


def test_compatible_bounds_are_never_a_conflict() -> None:
    assert clashing(killed(164, None), killed(None, 170), killed(40, None)) == 0
    assert clashing(killed(151, None), killed(101, None)) == 0


def test_other_events_measures_and_unlinked_figures_are_not_compared() -> None:
    twelve = killed(12, 12)
    assert clashing(twelve, killed(20, 20, event="flood")) == 0
    assert clashing(twelve, killed(20, 20, event=None)) == 0
    assert clashing(twelve, killed(20, 20, measure="injured")) == 0


def test_a_part_is_not_held_against_another_total() -> None:
    total = killed(100, 100, document="a")
    part = killed(13, 13, document="a", start=50, end=55, part_of=0)
    assert clashing(total, part, killed(100, 100)) == 0
    assert clashing(part, killed(100, 100)) == 0  # whose total nobody found


def test_a_narrower_group_bounds_a_wider_one_from_below_only() -> None:
    assert clashing(killed(20, 20, group="civilians"), killed(32, 32)) == 0
    assert clashing(killed(20, 20, group="civilians"), killed(12, 12)) == 1


def test_denied_and_predicted_figures_bound_nothing() -> None:
    twelve = killed(12, 12)
    assert clashing(twelve, killed(20, 20, modality="denied")) == 0
    assert clashing(twelve, killed(20, 20, modality="predicted")) == 0
    assert clashing(twelve, killed(20, 20, polarity="negative")) == 0


def test_broken_figures_are_left_out_not_fatal() -> None:
    upside_down = killed(30, 20)
    circle = [
        killed(5, 5, document="c", start=0, end=1, part_of=10),
        killed(6, 6, document="c", start=10, end=11, part_of=0),
    ]
    assert clashing(upside_down, *circle, killed(12, 12)) == 0


def test_three_levels() -> None:
    assert level(killed(12, 12), killed(13, 13)) is Level.DISJOINT
    assert level(killed(101, None), killed(None, 170)) is Level.COMPATIBLE
    assert level(killed(12, 12), killed(12, 12)) is Level.AGREE


# --- as an extractor --------------------------------------------------------------

TEXT = "Blast at market\n\nThe army said 12 people were killed in the blast.\n"


def found_in(document: Document) -> list[Finding]:
    def span(words: str, role: str = "") -> Any:
        at = document.text.index(words)
        return document.span(at, at + len(words), role)

    at = document.text.index("12 people")
    return [
        Finding(
            Claim(True, Speaker("The army", "named"), "indirect", "asserted",
                  "positive", "figure"),
            (span("12 people were killed in the blast"),), "claim.that", ""),
        Finding(
            Figure("killed", "all", 12, 12, "exact"), (span("12 people"),), "figure", ""
        ),
        Finding(
            Event("ASSAULT", None, None, "occurred", "Blast", figures=(at,),
                  linked="blast"),
            (span("blast"),), "event.noun", ""),
    ]  # fmt: skip


class Given:
    """An extractor that finds what it is told."""

    name = "given"
    version = "1"

    def extract(self, reading: Any) -> list[Finding]:
        return found_in(reading.document)


def test_statements_take_speaker_and_event_from_around_them() -> None:
    document = Document.of_text("t", TEXT)
    claim, figure = sorted(
        statements(document, found_in(document)), key=lambda s: s.measure or ""
    )
    assert (figure.speaker, figure.event, figure.low) == ("The army", "blast", 12)
    assert claim.measure is None
    assert Statement.from_record(json.loads(json.dumps(figure.as_record()))) == figure


def test_pairing_runs_last_and_finds_articles_and_conflicts(read: Any) -> None:
    stored = [killed(20, None, document="z")]
    asked: list[tuple[Any, Any]] = []

    def lookup(*, articles: Any, events: Any) -> Sequence[Statement]:
        asked.append((set(articles), set(events)))
        return stored

    index = Index([made("b", TEXT.replace("Blast at market", "Market blast"))])
    pairing = Pairing(index, stored=lookup, groups=GROUPS)
    found = [
        each for each in read(TEXT, extractors=[Given(), pairing])
        if each.kind == Kind.PAIR
    ]  # fmt: skip
    by_rule = {each.rule: each for each in found}
    assert asked == [({"b"}, {"blast"})]
    assert by_rule["pair.figures"].span.text == "12 people"
    fields = by_rule["pair.figures"].fields
    assert isinstance(fields, Pair)
    assert (fields.relation, fields.other, fields.other_start) == ("conflict", "z", 0)
    article = next(each for each in found if each.fields.other == "b")  # type: ignore[union-attr]
    assert article.score is not None
    assert article.span.text == "Blast at market"


def test_pairing_of_an_empty_article_finds_nothing(read: Any) -> None:
    assert read(" \n", extractors=[Pairing(Index([made("a", FERRY)]))]) == []


def test_reports_that_name_nobody_in_common_are_at_most_related() -> None:
    text = "Fire\n\nA fire broke out at the {} depot in {}, and {} crews put it out.\n"
    one = made("a", text.format("Elm Oil", "Lower Brock", "three"), day(3, 6))
    other = made("b", text.format("Hill Gas", "Port Marlow", "three"), day(3, 6))
    (match,) = Index([one]).matches(other)
    assert match.relation == "related"
