"""How proposals of events are counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.evaluation import events, incidents_fields, muc
from curation.extraction.documents import Document, Span
from curation.extraction.findings import (
    ActorMention,
    Event,
    Finding,
    Participant,
    PlaceMention,
)

TEXT = "Armed men killed Juan Perez with a rifle."


def finding(*spans: Span, score: float = 0.9, **changed) -> Finding:
    values = {
        "type": "ASSAULT",
        "mode": None,
        "acled": "Attack",
        "modality": "occurred",
        "title": "Killing",
    }
    fields = Event(**{**values, **changed})
    rested = (Span(0, len(TEXT), TEXT), *spans)
    return Finding(fields, rested, "event.violence.who", "because", score)


MEN = Span(0, 9, "Armed men", "perpetrator")
PEREZ = Span(17, 27, "Juan Perez", "victim")


def template(**slots) -> dict:
    empty = {slot: [] for slot in muc.SLOTS}
    return {"incident_type": "attack", **empty, **slots}


def incident(found: Finding) -> muc.Incident:
    made = muc.incident(found, found.fields)
    assert made is not None
    return made


def test_pairs_are_one_to_one_and_as_many_as_can_be() -> None:
    fits = {("a", 1), ("a", 2), ("b", 1)}
    pairs = events.paired(["a", "b"], [1, 2], lambda x, y: (x, y) in fits)
    assert pairs == {0: 1, 1: 0}
    assert events.paired(["a", "b"], [1], lambda x, y: True) in ({0: 0}, {1: 0})


def test_only_shown_findings_count() -> None:
    assert events.shown([finding(score=0.39)]) == []
    assert len(events.shown([finding(score=0.4)])) == 1


def test_half_of_the_filled_slots() -> None:
    made = incident(finding(MEN, PEREZ))
    perez, men = [[["juan perez", 17]]], [[["men", 6]]]
    gun, body = [[["rifle", 35]]], [[["army of x", 60]]]
    assert muc.template_fits(made, template(Victim=perez))
    assert muc.template_fits(made, template(Victim=perez, PerpOrg=body))
    assert not muc.template_fits(made, template(Victim=perez, PerpOrg=body, Weapon=gun))
    assert muc.template_fits(made, template(Victim=perez, PerpInd=men, Weapon=gun))
    assert not muc.template_fits(
        made, {**template(Victim=perez), "incident_type": "bombing"}
    )


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"mode": "abduct"}, "kidnapping"),
        ({"mode": "explosives"}, "bombing"),
        (
            {"mode": "primitive", "acled": "Looting/property destruction"},
            "arson",
        ),
        (
            {
                "type": "COERCE",
                "mode": "seize",
                "acled": "Looting/property destruction",
            },
            "robbery",
        ),
        ({"type": "PROTEST", "mode": "strike"}, "forced work stoppage"),
    ],
)
def test_incident_types(changed: dict, kind: str) -> None:
    assert incident(finding(**changed)).type == kind


@pytest.mark.parametrize(
    "changed",
    [
        {"acled": "Armed clash"},
        {"mode": "aerial"},
        {"type": "CONSULT"},
        {"modality": "planned"},
    ],
)
def test_what_muc_does_not_count(changed: dict) -> None:
    found = finding(**changed)
    assert muc.incident(found, found.fields) is None


def test_attacks_on_soldiers_are_no_incidents() -> None:
    found = finding(Span(0, 12, "two soldiers", "victim"))
    assert muc.incident(found, found.fields) is None


def test_members_of_a_body_fill_both_slots() -> None:
    made = incident(finding(Span(0, 25, "members of the Red Column", "perpetrator")))
    assert made.slots["PerpInd"] == ("members of red column",)
    assert made.slots["PerpOrg"] == ("red column",)


def test_fillers_are_counted_over_the_best_pairs() -> None:
    counts = events.fillers(
        [incident(finding(PEREZ))],
        [template(Weapon=[[["rifle", 35]]]), template(Victim=[[["juan perez", 17]]])],
    )
    assert (counts.right, counts.proposed, counts.wanted) == (1, 1, 2)


def test_coded_events_fit_by_type_and_words() -> None:
    event = {"type": "COERCE", "acled_sub_event": None}
    assert events.coded_fits((finding(), finding().fields), event, [(5, 10)])
    assert not events.coded_fits((finding(), finding().fields), event, [(90, 95)])
    consult = {"type": "CONSULT", "acled_sub_event": None}
    assert not events.coded_fits((finding(), finding().fields), consult, [(5, 10)])
    untyped = finding(type=None, acled="Change to group/activity")
    joined = {"type": None, "acled_sub_event": "Change to group/activity"}
    assert events.coded_fits((untyped, untyped.fields), joined, [(5, 10)])
    assert not events.coded_fits(
        (untyped, untyped.fields), {"type": None, "acled_sub_event": None}, [(5, 10)]
    )


def test_a_missing_folder_gives_no_results(tmp_path: Path) -> None:
    assert events.held_out(tmp_path, runner=None) == []


class Fixed:
    """Finds the same in every document."""

    def __init__(self, *found: Finding) -> None:
        self.found = list(found)

    def findings(self, document: Document) -> list[Finding]:
        return self.found


def test_documents_of_muc_are_counted() -> None:
    record = {
        "docid": "A",
        "doctext": TEXT.lower(),
        "templates": [template(Victim=[[["juan perez", 17]]])],
    }
    empty = {"docid": "B", "doctext": TEXT.lower(), "templates": []}
    runner = Fixed(finding(PEREZ))
    whole, *_, has = events.muc_results([record, empty], runner, "made up")
    assert (whole.total.right, whole.total.proposed, whole.total.wanted) == (1, 2, 1)
    assert (has.total.right, has.total.proposed, has.total.wanted) == (1, 2, 1)
    assert whole.rules["event.violence.who"].right == 1


def test_rules_are_measured_on_train_and_not_on_dev(tmp_path: Path) -> None:
    folder = tmp_path / "muc4"
    folder.mkdir()
    record = {"docid": "A", "doctext": TEXT.lower(), "templates": [template()]}
    for name in ("dev", "train"):
        (folder / f"{name}.json").write_text(json.dumps(record) + "\n")
    found = events.held_out(tmp_path, Fixed(finding(PEREZ)))
    assert [r.dataset for r in found if r.rules] == ["MUC-4 train, sample"]
    assert {r.dataset for r in found} == {"MUC-4 dev", "MUC-4 train, sample"}


def test_province_and_group_of_a_release() -> None:
    text = (
        "KABUL, Afghanistan (May 3, 2011) - In Zormat district, Paktiya province, a "
        "patrol detained a Haqqani leader who armed Taliban fighters yesterday."
    )
    document = Document.of_text("r", text)
    assert incidents_fields.province([], document) == "paktya"
    assert incidents_fields.group([], document) == "haqqani"

    def at(words: str, fields) -> Finding:
        start = text.index(words)
        span = document.span(start, start + len(words))
        return Finding(fields, (span,), "x.y", "because")

    places = [
        at("KABUL", PlaceMention("Kabul", kind="city")),
        at("Zormat", PlaceMention("Zormat", admin1="Paktia")),
    ]
    assert incidents_fields.province(places, document) == "paktya"
    actors = [at("Taliban", ActorMention("Taliban", "taliban", 0, "alias"))]
    assert incidents_fields.group(actors, document) == "taliban"


def test_kind_of_a_release() -> None:
    strike = finding(mode="aerial", participants=(Participant("victim", "x"),))
    assert incidents_fields.kind([strike], 2, 0) == "airstrike"
    assert incidents_fields.kind([], 2, 0) == "insurgentskilled"
    assert incidents_fields.kind([strike], 2, 1) == "captureandkill"
    assert incidents_fields.kind([], 0, 1) == "detention"


def test_fields_are_held_against_the_codes() -> None:
    gold = {
        "start_date": "2011-05-02",
        "province": ["paktya"],
        "target_group": [""],
        "event_type": ["detention"],
        "min_killed": 0,
        "min_captured": 2,
    }
    assert incidents_fields.as_coded("group", "", gold)
    assert not incidents_fields.as_coded("province", "khost", gold)
    assert incidents_fields.as_coded("captured", 2, gold)
    assert not incidents_fields.as_coded("date", None, gold)
