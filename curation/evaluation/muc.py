"""Events as MUC-4 sees them: incident types and slots of that corpus.

MUC-4 keys hold acts of terrorism and political violence; fighting between armed forces
and attacks on fighters alone are no incidents there, and neither is what armies do from
the air. These are conventions of the corpus, so they stand here and not in the
extractor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curation.extraction.findings import Event, Finding
from curation.extraction.lexicon.event_words import (
    FIGHTERS,
    PEOPLE,
    STRUCTURES,
    WEAPONS,
)

SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_DOERS = frozenset({"perpetrator", "accused", "claimant"})
_SUFFERERS = frozenset({"victim", "target"})
# What people are called who belong to no body by these words.
_UNNAMED = frozenset(
    """
    a an the some several two three four five six seven eight nine ten many unknown
    unidentified alleged suspected presumed armed heavily hooded masked young other
    about approximately group other same different
    """.split()  # noqa: SIM905  # a list of words
)
_BODIES = frozenset(
    """
    army band battalion brigade cell column commando company detachment faction force
    front gang government group military militia movement organization organisation
    party patrol platoon police regiment squad squadron unit
    """.split()  # noqa: SIM905  # a list of words
)
_MILITARY = frozenset({"garrison", "barrack", "position", "convoy", "officer", "post"})
_LOOTING = "Looting/property destruction"


@dataclass(frozen=True)
class Incident:
    """A proposal in the terms of MUC-4: its type, and the words in each slot."""

    type: str
    slots: Mapping[str, tuple[str, ...]]

    def met(self, template: Mapping[str, Any], slot: str) -> int:
        """How many of the template's fillers of this slot it has."""
        return sum(
            any(
                _same(words, mention[0])
                for words in self.slots[slot]
                for mention in one
            )
            for one in template[slot]
        )


def template_fits(incident: Incident, template: Mapping[str, Any]) -> bool:
    """The same type, and at least half of the filled slots met."""
    if not same_type(incident, template):
        return False
    filled = [slot for slot in SLOTS if template[slot]]
    met = sum(bool(incident.met(template, slot)) for slot in filled)
    return 2 * met >= len(filled)


def shares_filler(incident: Incident, template: Mapping[str, Any]) -> bool:
    """The same type, and a filler in common where the template has any."""
    if not same_type(incident, template):
        return False
    filled = [slot for slot in SLOTS if template[slot]]
    return not filled or any(incident.met(template, slot) for slot in filled)


def same_type(incident: Incident, template: Mapping[str, Any]) -> bool:
    """Whether both are of one incident type; a template may name two."""
    return incident.type in str(template["incident_type"]).split(" / ")


def incident(finding: Finding, event: Event) -> Incident | None:
    """The incident that an event proposal stands for; None for no incident."""
    kind = _type(finding, event)
    if kind is None or event.modality not in {"occurred", "ongoing"}:
        return None
    slots = _slots(finding)
    suffered = [*slots["Victim"], *slots["Target"]]
    if kind == "attack" and suffered and all(map(_fighter, suffered)):
        return None
    return Incident(kind, slots)


def _type(finding: Finding, event: Event) -> str | None:
    if event.type == "COERCE":
        return "robbery" if event.acled == _LOOTING else None
    if event.type == "PROTEST":
        return "forced work stoppage" if event.mode == "strike" else None
    if event.type != "ASSAULT" or event.acled == "Armed clash":
        return None
    if event.mode == "abduct":
        return "kidnapping"
    if event.mode == "primitive" and event.acled == _LOOTING:
        return "arson"
    if event.mode in {"aerial", "drone"}:
        return None
    bombs = any(_explosive(s.text) for s in finding.spans if s.role == "weapon")
    if bombs or event.mode in {"explosives", "suicide-attack"}:
        return "bombing"
    return "attack"


def _explosive(words: str) -> bool:
    return any(WEAPONS.get(_singular(w)) == "explosives" for w in _words(words))


def _slots(finding: Finding) -> dict[str, tuple[str, ...]]:
    slots: dict[str, list[str]] = {slot: [] for slot in SLOTS}
    for span in finding.spans:
        words = " ".join(_words(span.text))
        if not words:
            continue
        if span.role == "weapon":
            slots["Weapon"].append(words)
        elif span.role in _SUFFERERS:
            person = _person(words) or span.role == "victim"
            if person or not _thing(words):
                slots["Victim"].append(words)
            if not person:
                slots["Target"].append(words)
        elif span.role in _DOERS:
            _doer(words, slots)
    return {slot: tuple(dict.fromkeys(words)) for slot, words in slots.items()}


def _doer(words: str, slots: dict[str, list[str]]) -> None:
    """People go to PerpInd, bodies and names to both; "X guerrillas" to both.

    A proposal has one role for doers: it does not say whether a group or a name stands
    for men or for their organisation, and the keys have groups in either slot.
    """
    first, _, body = words.partition(" of ")
    if not _person(words) or _singular(first.split()[-1]) in _BODIES:
        slots["PerpOrg"].append(words)
        slots["PerpInd"].append(words)
        return
    slots["PerpInd"].append(words)
    named = [word for word in first.split()[:-1] if word not in _UNNAMED]
    if body or named:
        slots["PerpOrg"].append(body or " ".join(named))


def _person(words: str) -> bool:
    head = words.partition(" of ")[0].split()
    return bool(head) and _singular(head[-1]) in PEOPLE


def _thing(words: str) -> bool:
    head = words.partition(" of ")[0].split()
    return bool(head) and _singular(head[-1]) in STRUCTURES


def _fighter(words: str) -> bool:
    head = words.partition(" of ")[0].split()
    return bool(head) and _singular(head[-1]) in FIGHTERS | _MILITARY


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _words(text: str) -> Sequence[str]:
    kept = "".join(c if c.isalnum() or c in "-'" else " " for c in text.casefold())
    return [word for word in kept.split() if word not in {"the", "a", "an"}]


def _same(words: str, mention: str) -> bool:
    """Whether one's words are contained in the other's, or both end in one word."""
    other = _words(mention)
    if not other:
        return False
    a, b = f" {words} ", f" {' '.join(other)} "
    return a in b or b in a or words.partition(" of ")[0].split()[-1:] == other[-1:]
