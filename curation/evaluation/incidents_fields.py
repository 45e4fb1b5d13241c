"""ISAF press releases: province, group and kind of the incident, read off findings.

The names of provinces, groups and kinds are those of the set's codebook; tables that
turn names into them belong to the measuring and not to the extractors. With date and
counts (curation.evaluation.incidents) a release has six fields; a field is right when
it is exactly as coded, and the score is the mean share of right fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from curation.evaluation.held_out import looked_at
from curation.evaluation.incidents import incident_count
from curation.evaluation.incidents_days import incident_date
from curation.evaluation.isaf import release, releases
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Counts, Result
from curation.extraction.context import folded
from curation.extraction.documents import Document
from curation.extraction.findings import ActorMention, Event, Finding, PlaceMention

TARGET = 0.85
FIELDS = ("date", "province", "group", "type", "killed", "captured")
_LABELS = frozenset({"dateline", "date", "noise", "title"})

# Names as they are spelt in releases and gazetteers -> the codebook's.
_PROVINCES = {
    spelling: code
    for code, spellings in {
        "badakhshan": "badakhshan",
        "badghis": "badghis",
        "baghlan": "baghlan",
        "balkh": "balkh",
        "bamyan": "bamyan bamian bamiyan",
        "day_kundi": "daykundi daikundi day-kundi day_kundi",
        "farah": "farah",
        "faryab": "faryab",
        "ghazni": "ghazni",
        "ghor": "ghor",
        "helmand": "helmand hilmand",
        "herat": "herat",
        "jowzjan": "jowzjan jawzjan",
        "kabul": "kabul",
        "kandahar": "kandahar qandahar",
        "kapisa": "kapisa",
        "khost": "khost khowst",
        "kunar": "kunar konar",
        "kunduz": "kunduz konduz qunduz",
        "laghman": "laghman",
        "logar": "logar lowgar",
        "nangarhar": "nangarhar nangahar",
        "nimroz": "nimroz nimruz",
        "nuristan": "nuristan",
        "paktya": "paktya paktia paktiya",
        "paktika": "paktika",
        "panjshir": "panjshir panjsher",
        "parwan": "parwan",
        "samangan": "samangan",
        "sar_e_pul": "sar-e-pul sari-pul sar-i-pul sar_e_pul",
        "takhar": "takhar",
        "uruzgan": "uruzgan oruzgan urozgan",
        "wardak": "wardak maidan-wardak",
        "zabul": "zabul",
    }.items()
    for spelling in spellings.split()
}
_PROVINCE = re.compile(
    rf"\b({'|'.join(sorted(map(re.escape, _PROVINCES), key=len, reverse=True))})\b"
)
# What names of groups have in them, in folded form; the first that fits.
_GROUPS = (
    ("haqqani", "haqqani"),
    ("islamic movement of uzbekistan", "imu"),
    ("imu", "imu"),
    ("hezb", "hig"),
    ("hizb", "hig"),
    ("hig", "hig"),
    ("lashkar", "let"),
    ("tehrik", "ttp"),
    ("islamic jihad union", "iju"),
    ("qaida", "aq"),
    ("qaeda", "aq"),
    ("taliban", "taliban"),
)
_GROUP = re.compile(rf"\b(?:{'|'.join(name for name, _ in _GROUPS)})")


def fields(findings: Sequence[Finding], document: Document) -> Mapping[str, Any]:
    """What a release tells of its incident, in the words of the codebook."""
    killed = incident_count(findings, document, "killed")
    captured = incident_count(findings, document, "captured")
    return {
        "date": incident_date(findings, document),
        "province": province(findings, document),
        "group": group(findings, document),
        "type": kind(findings, killed, captured),
        "killed": killed,
        "captured": captured,
    }


def kind(findings: Iterable[Finding], killed: int, captured: int) -> str:
    """airstrike, captureandkill, insurgentskilled or detention."""
    if killed and captured:
        return "captureandkill"
    aerial = any(
        isinstance(finding.fields, Event)
        and finding.fields.mode in {"aerial", "drone"}
        and finding.fields.modality == "occurred"
        for finding in findings
    )
    if aerial and not captured:
        return "airstrike"
    return "insurgentskilled" if killed else "detention"


def province(findings: Sequence[Finding], document: Document) -> str:
    """The first province that the body names; the dateline's city is none.

    Where no place was found (a reader without a gazetteer), the words decide.
    """
    named = [
        (finding.span.start, code)
        for finding in findings
        if isinstance(finding.fields, PlaceMention) and not _label(document, finding)
        for code in [_of_place(finding.fields)]
        if code and not _dateline(document, finding)
    ]
    if not named:
        found = _PROVINCE.search(_body(document)) or _PROVINCE.search(
            _folded_same(document.normal)
        )
        return _PROVINCES[found[1]] if found else ""
    return min(named)[1]


def _dateline(document: Document, finding: Finding) -> bool:
    """Whether a place is the one that the release was written at."""
    end = finding.span.end
    return document.text[end : end + 13].lower().startswith(", afghanistan")


def _of_place(place: PlaceMention) -> str | None:
    for name in (place.name, place.admin1 or ""):
        words = folded(name).replace(" ", "-").removesuffix("-province")
        if words in _PROVINCES:
            return _PROVINCES[words]
    return None


def group(findings: Sequence[Finding], document: Document) -> str:
    """The first insurgent group that is named, in the body before the title."""
    named = [
        (finding.span.start, code)
        for finding in findings
        if isinstance(finding.fields, ActorMention)
        for code in [_of_actor(finding.fields, finding.span.text)]
        if code
    ]
    if not named:
        named = [
            (found.start(), _code(found[0]))
            for found in _GROUP.finditer(_folded_same(document.normal))
        ]
    body = [each for each in named if document.kind_at(each[0]) not in _LABELS]
    return min(body or named, default=(0, ""))[1]


def _of_actor(actor: ActorMention, words: str) -> str | None:
    name = folded(f"{actor.name} {words}")
    return next((code for part, code in _GROUPS if part in name), None)


def _code(words: str) -> str:
    return next(code for part, code in _GROUPS if part == words)


def _label(document: Document, finding: Finding) -> bool:
    return document.kind_at(finding.span.start) in _LABELS


def _body(document: Document) -> str:
    """The text in small letters with headings and datelines blanked."""
    letters = list(_folded_same(document.normal))
    for mark in document.marks:
        if mark.kind in _LABELS:
            letters[mark.start : mark.end] = " " * (mark.end - mark.start)
    return re.sub(r"kabul, afghanistan", lambda m: " " * len(m[0]), "".join(letters))


def _folded_same(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def results(data: Path, runner: Runner) -> list[Result]:
    """The mean of the six fields, and some by themselves; all and the unseen half."""
    records = releases(data)
    if not records:
        return []
    return [
        *_measured(records, runner, year_given=True),
        *_measured(records, runner, year_given=False)[:2],
    ]


def _measured(
    records: Sequence[Mapping[str, Any]], runner: Runner, *, year_given: bool
) -> list[Result]:
    counts: dict[str, dict[bool, list[Counts]]] = {
        name: {True: [], False: []} for name in ("six fields", *FIELDS)
    }
    for record in records:
        document = release(record, year_given=year_given)
        told = fields(runner.findings(document), document)
        half, right = looked_at(record["id"]), 0
        for name in FIELDS:
            good = as_coded(name, told[name], record["gold"])
            right += good
            counts[name][half].append(Counts(int(good), 1, 1))
        counts["six fields"][half].append(Counts(right, len(FIELDS), len(FIELDS)))
    given = " (year given)" if year_given else ""
    return [
        Result(f"incident: {name}", f"ISAF{given}{tail}", "accuracy", found, target)
        for name in ("six fields", "province", "group", "type")
        for target in [TARGET if name == "six fields" and year_given else None]
        for tail, found in (
            ("", counts[name][True] + counts[name][False]),
            (", unseen half", counts[name][False]),
        )
    ]


def as_coded(name: str, told: Any, gold: Mapping[str, Any]) -> bool:
    """Whether a field is exactly as coded; of several codes all are wanted."""
    if name == "date":
        return bool(told and told.isoformat() == gold["start_date"])
    if name in {"killed", "captured"}:
        return bool(told == gold[f"min_{name}"])
    column = {"group": "target_group", "type": "event_type"}.get(name, name)
    return [told] == list(gold[column])
