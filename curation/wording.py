"""What a proposal suggests, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events.bounds import Quantifier
from events.models import ClaimKind
from events.pictures.intervals import in_words

Fields = Mapping[str, Any]
Names = Mapping[str, str]

_TIES = {
    "holds_office_in": "holds an office in",
    "leads": "leads",
    "member_of": "is a member of",
}
_VERBS = {
    "asserted": "says so",
    "hinted": "hints at it",
    "reported": "passes it on",
    "hypothetical": "thinks it possible",
    "predicted": "expects it",
    "denied": "denies it",
}
_ABOUT = {
    ClaimKind.OCCURRENCE: "what happened",
    ClaimKind.FIGURE: "a number",
    ClaimKind.ROLE: "who had which part",
    ClaimKind.RELATION: "how actors are tied",
    ClaimKind.TIME: "when it was",
    ClaimKind.PLACE: "where it was",
    ClaimKind.CAUSE: "why it was",
    ClaimKind.INTENTION: "what somebody means to do",
    ClaimKind.ATTRIBUTE: "what somebody or something is like",
    ClaimKind.ASSESSMENT: "how it is judged",
}
_QUOTED = {
    "direct": "word for word",
    "mixed": "partly word for word",
    "indirect": "in the article’s words",
}


def suggestion(proposal: Any, names: Names, *, said_by: str = "") -> str:
    """One line for people; `names` are the names of known actors by key.

    `said_by`: whose words a figure stands in.
    """
    line = _SAY[proposal.kind](proposal.fields, names)
    return f"{line}; said by {said_by}" if said_by else line


def _plain(code: str | None) -> str:
    return (code or "").replace("_", " ")


def _name(fields: Fields, names: Names) -> str:
    """The actor's name, or the words that stand for it."""
    known = names.get(fields.get("actor") or "")
    return known or fields.get("name") or fields.get("words") or "somebody"


def _actor(fields: Fields, names: Names) -> str:
    kind = _plain(fields["actor_kind"])
    if fields["actor"]:
        said = f"{_name(fields, names)}" + (f" ({kind})" if kind else "")
    else:
        said = f"{fields['name']}, a new name among the actors"
        said += f": {kind}" if kind else ""
    if others := [names.get(each, each) for each in fields["candidates"]]:
        said += f"; or {' or '.join(others)}"
    if alias := fields["suggested_alias"]:
        said += f"; a new {_plain(alias)} of the name"
    return said


def _office(fields: Fields, names: Names) -> str:
    tie = _TIES.get(fields["relation"], _plain(fields["relation"]))
    where = fields["organisation_words"] or "what is not named here"
    return f"{tie} {where}, as {fields['title']}"


def _place(fields: Fields, names: Names) -> str:
    if fields["latitude"] is None:
        return f"{fields['name']}, which no gazetteer knows"
    inside = ", ".join(part for part in (fields["admin1"], fields["country"]) if part)
    kilometres = (fields["radius_m"] or 0) / 1000
    return (
        f"{fields['name']}, {_plain(fields['kind'])} in {inside or 'the world'}; "
        f"{fields['latitude']:.2f}, {fields['longitude']:.2f} within {kilometres:g} km"
    )


def _date(fields: Fields, names: Names) -> str:
    first, last = fields["earliest"], fields["latest"]
    if not (first or last):
        return "no day can be worked out"
    days = first if first == last else f"{first or '…'} to {last or '…'}"
    note = f"; {fields['note']}" if fields["note"] else ""
    return f"{days} ({_plain(fields['precision'])}, {fields['basis']}{note})"


def _figure(fields: Fields, names: Names) -> str:
    what = " ".join(
        part for part in (_plain(fields["group"]), _plain(fields["measure"])) if part
    )
    part = ", counted inside another figure" if fields["part_of"] is not None else ""
    implicit = ", no number is written" if fields["implicit"] else ""
    return f"{what or fields['counted']}: {_bounds(fields)}{part}{implicit}"


def _bounds(fields: Fields) -> str:
    """As they are worded: "more than 100", which begins at 101."""
    low, high = fields["low"], fields["high"]
    if fields["quantifier"] == Quantifier.MORE_THAN and high is None:
        return f"more than {low - 1:,}"
    if fields["quantifier"] == Quantifier.FEWER_THAN and low is None:
        return f"fewer than {high + 1:,}"
    vague = fields["quantifier"] == Quantifier.VAGUE
    return in_words(low, high) + (", as the vague word is counted" if vague else "")


def _claim(fields: Fields, names: Names) -> str:
    verb = _VERBS.get(fields["modality"], str(fields["modality"]))
    if fields["polarity"] == "negative":
        verb += ": that it is not so"
    about = _ABOUT.get(fields["statement"], _plain(fields["statement"]))
    if not fields["attributed"]:
        return f"the article itself {verb}; it is about {about}"
    speaker = fields["speaker"]
    who = _name(speaker, names)
    if speaker["how"] == "unknown":
        who = f"somebody unknown (“{speaker['words'] or fields['cue']}”)"
    if speaker["how"] == "inferred":
        who += " (inferred)"
    chain = "".join(f"{_name(each, names)} > " for each in fields["via"])
    quoted = _QUOTED.get(fields["quoted"], fields["quoted"])
    return f"{chain}{who} {verb}, {quoted}; it is about {about}"


def _event(fields: Fields, names: Names) -> str:
    said = [fields["title"]]
    if fields["type"]:
        mode = f", {_plain(fields['mode']).replace('-', ' ')}" if fields["mode"] else ""
        said.append(f"{_plain(fields['type']).capitalize()}{mode}")
    if fields["modality"] != "occurred":
        said.append(_plain(fields["modality"]))
    if fields["date"]:
        said.append(_date(fields["date"], names))
    if fields["place"]:
        said.append(fields["place"]["name"])
    said += [
        f"{_plain(each['role'])}: {_name(each, names)}"
        for each in fields["participants"]
    ]
    if fields["linked"]:
        said.append(f"seems to be “{fields['linked']}”: {fields['why']}")
    return " · ".join(said)


def _pair(fields: Fields, names: Names) -> str:
    return f"{_plain(fields['relation'])} as article {fields['other']}: {fields['why']}"


def _structure(fields: Fields, names: Names) -> str:
    return str(fields["part"])


_SAY = {
    "actor": _actor,
    "office": _office,
    "place": _place,
    "date": _date,
    "figure": _figure,
    "claim": _claim,
    "event": _event,
    "pair": _pair,
    "structure": _structure,
}
