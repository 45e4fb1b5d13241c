"""References and codes: that everything a file names exists, and may be named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from curation.format.entries import CurationSet, Entry
from curation.format.known import Known
from curation.format.problems import Problem, did_you_mean
from curation.format.reading import Where

SINGULAR = {
    "outlets": "outlet",
    "origins": "origin",
    "actors": "actor",
    "places": "place",
    "relations": "relation",
    "events": "event",
    "claims": "claim",
}
_SHORT_LIST = 16  # codes; longer lists are not written out
_SUPPORTS = ("claims", "disputed_by")

Reference = tuple[str, str, Where]  # section, key, where inside the entry
Code = tuple[str, str, Where]  # code list, code, where inside the entry


# Section → field → the section that the field's key belongs to.
_REFERENCES = {
    "actors": {"outlet": "outlets"},
    "places": {"parent": "places"},
    "relations": {"subject": "actors", "object": "actors"},
    "articles": {"outlet": "outlets", "origin": "origins"},
    "claims": {"speaker": "actors", "event": "events", "relation": "relations"},
}
# Section → field → the code list that the field's code belongs to.
_CODES = {
    "outlets": {"country": "country", "reliability": "admiralty-reliability"},
    "origins": {"kind": "origin-kind"},
    "actors": {"kind": "actor-kind", "country": "country"},
    "places": {"kind": "place-kind", "country": "country"},
    "relations": {"kind": "relation-kind"},
    "events": {"type": "plover-type", "acled_sub_event": "acled-sub-event"},
}


def references(entry: Entry) -> Iterator[Reference]:
    """Every key of another object that the entry names."""
    for name, section in _REFERENCES.get(entry.section, {}).items():
        if key := entry.get(name):
            yield section, key, (name,)
    match entry.section:
        case "events":
            yield from _of_event(entry)
        case "mentions":
            yield "actors", entry.key, ()
        case "claims":
            yield from _of_claim(entry)


def _of_event(entry: Entry) -> Iterator[Reference]:
    if key := entry.get("place", "place"):
        yield "places", key, ("place", "place")
    participants = entry.items("participants")
    for position, participant in enumerate(participants):
        where: Where = ("participants", position)
        yield "actors", participant["actor"], (*where, "actor")
    holders: list[Where] = [(), ("date",), ("place",)]
    holders += [("participants", position) for position in range(len(participants))]
    for where in holders:
        for name in _SUPPORTS:
            keys = entry.get(*where, name) or []
            for position, key in enumerate(keys):
                yield "claims", key, (*where, name, position)


def _of_claim(entry: Entry) -> Iterator[Reference]:
    for position, step in enumerate(entry.items("via")):
        if key := step.get("actor"):
            yield "actors", key, ("via", position, "actor")
    if key := entry.get("figure", "part_of"):
        yield "claims", key, ("figure", "part_of")


def codes(entry: Entry) -> Iterator[Code]:
    """Every code that the entry uses, with its list."""
    for name, code_list in _CODES.get(entry.section, {}).items():
        if code := entry.get(name):
            yield code_list, code, (name,)
    match entry.section:
        case "actors":
            yield from _names(entry, "aliases")
        case "places":
            yield from _names(entry, "names")
        case "events":
            yield from _event_codes(entry)
        case "claims":
            yield from _figure_codes(entry)
    for scheme in entry.get("ids") or {}:
        yield "external-id-scheme", scheme, ("ids", scheme)


def _figure_codes(entry: Entry) -> Iterator[Code]:
    for name in ("measure", "group"):
        if code := entry.get("figure", name):
            yield name, code, ("figure", name)


def _names(entry: Entry, name: str) -> Iterator[Code]:
    for position, item in enumerate(entry.items(name)):
        yield "alias-kind", item["kind"], (name, position, "kind")


def _event_codes(entry: Entry) -> Iterator[Code]:
    kind, mode = entry.get("type"), entry.get("mode")
    if kind and mode:
        yield "plover-mode", f"{kind}.{mode}", ("mode",)
    for position, context in enumerate(entry.items("contexts")):
        yield "plover-context", context, ("contexts", position)
    if code := entry.get("place", "precision"):
        yield "place-precision", code, ("place", "precision")
    for position, participant in enumerate(entry.items("participants")):
        yield "role", participant["role"], ("participants", position, "role")


@dataclass
class Resolver:
    """Looks names up among the files and what the database knows."""

    found: CurationSet
    known: Known

    def problems(self) -> Iterator[Problem]:
        for entries in self.found.entries.values():
            for entry in entries:
                for section, key, where in references(entry):
                    if not self.exists(section, key):
                        yield self._unknown(entry, section, key, where)
                for code_list, code, where in codes(entry):
                    yield from self._code_problems(entry, code_list, code, where)

    def exists(self, section: str, key: str) -> bool:
        return key in self.found.declared.get(section, {}) or (
            key in self.known.keys.get(section, {})
        )

    def _unknown(self, entry: Entry, section: str, key: str, where: Where) -> Problem:
        what = f"the {SINGULAR[section]} “{key}” is unknown"
        keys = {*self.found.names(section), *self.known.suggest(section)}
        return entry.problem(what, *where, suggestion=did_you_mean(key, keys))

    def _code_problems(
        self, entry: Entry, code_list: str, code: str, where: Where
    ) -> Iterator[Problem]:
        term = f"{code_list}/{code}"
        if self.known.terms.get(term):
            return
        if term in self.known.borne.get((entry.section, entry.key), ()):
            return  # switched off since: a row keeps the meaning it was coded with
        kind = f"{code_list} of {code.partition('.')[0]}"
        shown = code_list if code_list != "plover-mode" else kind
        if term in self.known.terms:
            what = f"“{code}” of the code list {code_list} is switched off"
            yield entry.problem(what, *where, suggestion=self._choices(term))
        else:
            bare = code.partition(".")[2] if code_list == "plover-mode" else code
            what = f"“{bare}” is no {shown}"
            yield entry.problem(what, *where, suggestion=self._choices(term))

    def _choices(self, term: str) -> str:
        code_list, _, code = term.partition("/")
        choices = self._active.get(code_list, [])
        if code_list == "plover-mode":
            kind, _, code = code.partition(".")
            modes = [c.partition(".") for c in choices]
            choices = [mode for of, _, mode in modes if of == kind]
        if near := did_you_mean(code, choices):
            return near
        if not choices:
            return "write null"
        return f"choose of {', '.join(choices)}" if len(choices) <= _SHORT_LIST else ""

    @cached_property
    def _active(self) -> dict[str, list[str]]:
        active: dict[str, list[str]] = {}
        for term, usable in self.known.terms.items():
            code_list, _, code = term.partition("/")
            if usable:
                active.setdefault(code_list, []).append(code)
        return active
