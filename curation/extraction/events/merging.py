"""One event per happening: triggers of an article that tell of the same are joined."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from curation.extraction.documents import Span
from curation.extraction.events.candidates import Candidate, keys
from curation.extraction.events.filters import dated
from curation.extraction.events.participants import Party
from curation.extraction.findings import DateMention, Figure, Finding, PlaceMention
from curation.extraction.lexicon.event_triggers import Sense

PATIENTS = ("victim", "target", "recipient", "beneficiary")
AGENTS = ("perpetrator", "initiator", "participant", "speaker", "claimant", "accused")
_BOMBS = frozenset({"explosives", "suicide-attack"})
_BATTLE = frozenset({"fighting", "offensive"})
_BOTH = 2  # the two sides of a fight or a talk
_NEAR = 2  # sentences
_OPEN = 60  # happenings of one family that a text can still speak of
_ENDS = 20
_LOOSE = frozenset({None, "targeted", "destroy"})
_SMALL = frozenset({"city", "village", "neighbourhood", "facility", "district"})


@dataclass
class Happening:
    """What one or several triggers tell of; its candidates in the order of the text."""

    told: list[Candidate] = field(default_factory=list)
    doers: list[Party] = field(default_factory=list)  # found in other clauses

    @property
    def ends(self) -> list[Candidate]:
        """The first and the last that tell of it; all, where they are not many."""
        told = self.told
        return told if len(told) <= 2 * _ENDS else told[:_ENDS] + told[-_ENDS:]

    @property
    def chief(self) -> Candidate:
        """The candidate that tells most: it gives the sentence to show."""
        return max(self.told, key=_worth)

    @property
    def sense(self) -> Sense:
        return max((each.sense for each in self.told), key=lambda s: s.rank)

    @property
    def at(self) -> int:
        """The number of the first sentence that tells of it."""
        return min(each.at for each in self.told)

    @property
    def passing(self) -> bool:
        """Whether it is only mentioned, once, beside what the sentence says."""
        if len({each.at for each in self.told}) > 1:
            return False
        return all(each.passing for each in self.told)

    @property
    def modality(self) -> str:
        return self.chief.modality

    @property
    def date(self) -> tuple[Finding, DateMention] | None:
        return next((each.date for each in self._by_worth() if each.date), None)

    @property
    def place(self) -> tuple[Finding, PlaceMention] | None:
        return next((each.place for each in self._by_worth() if each.place), None)

    @property
    def figures(self) -> list[tuple[Finding, Figure]]:
        found: dict[int, tuple[Finding, Figure]] = {}
        for each in self.told:
            for figure in each.figures:
                found.setdefault(figure[0].span.start, figure)
        return list(found.values())

    @property
    def weapons(self) -> list[Span]:
        found = {each.weapon.text: each.weapon for each in self.told if each.weapon}
        return list(found.values())

    @property
    def parties(self) -> list[Party]:
        """Each participant once per role, by its fullest words."""
        found: dict[tuple[str, str], Party] = {}
        told = (party for each in self.told for party in each.parties)
        for party in chain(told, self.doers):
            name = (party.role, _identity(party))
            kept = found.get(name)
            if kept is None or len(party.span.text) > len(kept.span.text):
                found[name] = party
        return list(found.values())

    def _by_worth(self) -> list[Candidate]:
        return sorted(self.told, key=_worth, reverse=True)


def _identity(party: Party) -> str:
    if party.participant.cluster is not None:
        return f"#{party.participant.cluster}"
    return party.participant.words.casefold()


def _worth(candidate: Candidate) -> tuple[int, int, int, int]:
    told = (
        2 * bool(candidate.date)
        + 2 * bool(candidate.place)
        + bool(candidate.figures)
        + min(2, len(candidate.parties))
    )
    return (
        int(candidate.modality == "occurred"),
        0 if candidate.headline else 1,
        told,
        -candidate.at,
    )


def merged(candidates: Iterable[Candidate]) -> list[Happening]:
    """Happenings, each with its candidates.

    A candidate joins the latest happening that fits, before all one that was done to
    the same people or things. Only the last happenings of its family are asked: a text
    of book length would take for ever.
    """
    found: list[Happening] = []
    families: defaultdict[str, deque[Happening]] = defaultdict(
        lambda: deque(maxlen=_OPEN)
    )
    for candidate in candidates:
        family = families[candidate.sense.family]
        fitting = [each for each in reversed(family) if _same(candidate, each)]
        shared = (each for each in fitting if _shares(candidate, each))
        happening = next(shared, fitting[0] if fitting else None)
        if happening is None:
            found.append(Happening([candidate]))
            family.append(found[-1])
        else:
            happening.told.append(candidate)
    return found


def _shares(candidate: Candidate, happening: Happening) -> bool:
    mine = candidate.heads(*PATIENTS)
    return any(mine & other.heads(*PATIENTS) for other in happening.ends)


def _same(candidate: Candidate, happening: Happening) -> bool:
    asked = happening.ends
    if any(_conflict(candidate, other) for other in asked):
        return False
    return any(_linked(candidate, other) for other in asked)


def _conflict(one: Candidate, other: Candidate) -> bool:
    if one.sense.family != other.sense.family:
        return True
    if _real(one) != _real(other) or one.other and one.at != other.at:
        return True
    modes = {one.sense.mode, other.sense.mode} - _LOOSE
    if len(modes) > 1 and modes != _BOMBS:
        return True
    clash = {one.sense.name, other.sense.name}
    if clash & _BATTLE and len(clash) > 1 and one.at != other.at:
        return True
    if _apart_in_time(one, other) or _apart_in_space(one, other):
        return True
    return _others(one, other) or _next(one, other)


def _next(one: Candidate, other: Candidate) -> bool:
    """Whether a later sentence goes on to the next event: it brings in somebody new.

    What an explosion does to people and windows is told in sentences of its own, so
    harm without a doer is no new event.
    """
    if 0 in {one.sense.rank, other.sense.rank}:
        return False
    before, now = other.heads(*PATIENTS), one.heads(*PATIENTS)
    if not before or not now or before & now:
        return False
    if one.at == other.at:
        return bool(one.date and other.date and one.date[0] is not other.date[0])
    if not any(p.new or p.named for p in one.parties if p.role in PATIENTS):
        return False
    return bool(one.heads(*AGENTS))


def _real(candidate: Candidate) -> bool:
    return candidate.modality in {"occurred", "ongoing"}


def _apart_in_time(one: Candidate, other: Candidate) -> bool:
    if not (one.date and other.date):
        return False
    a, b = one.date[1], other.date[1]
    if a.latest and b.earliest and a.latest < b.earliest:
        return True
    return bool(b.latest and a.earliest and b.latest < a.earliest)


def _apart_in_space(one: Candidate, other: Candidate) -> bool:
    if not (one.place and other.place):
        return False
    a, b = one.place[1], other.place[1]
    if a.name.casefold() == b.name.casefold():
        return False
    if a.country and b.country and a.country != b.country:
        return True
    if a.kind == b.kind == "province":
        return True
    return a.kind in _SMALL and b.kind in _SMALL and a.kind == b.kind


def _others(one: Candidate, other: Candidate) -> bool:
    """Whether each names its doers or sufferers, and nobody in common."""
    if one.at != other.at and _differ(one, other, AGENTS[:2]):
        return True
    return _differ(one, other, PATIENTS)


def _differ(one: Candidate, other: Candidate, roles: Sequence[str]) -> bool:
    a, b = _named(one, roles), _named(other, roles)
    return bool(a and b and not a & b)


def _named(candidate: Candidate, roles: Sequence[str]) -> set[str]:
    return {
        key
        for party in candidate.parties
        if party.role in roles and party.named
        for key in keys(party)
    }


def _linked(one: Candidate, other: Candidate) -> bool:
    if one.at == other.at or other.headline:
        return True
    if one.heads(*PATIENTS) & other.heads(*PATIENTS):
        return True
    if len(one.heads("participant") & other.heads("participant")) >= _BOTH:
        return True
    if _points_back(one) or one.at - other.at <= _NEAR:
        return True
    same_place = one.place and other.place and one.place[1].name == other.place[1].name
    return _same_day(one, other) or bool(same_place and one.definite)


def _points_back(one: Candidate) -> bool:
    """Whether a noun says nothing of its own: "the attack"."""
    if not one.definite or one.heads(*PATIENTS):
        return False
    return not dated(one.trigger.token)


def _same_day(one: Candidate, other: Candidate) -> bool:
    if not (one.date and other.date):
        return False
    a, b = one.date[1], other.date[1]
    if a.precision != "day" or b.precision != "day" or a.earliest is None:
        return False
    return a.earliest == b.earliest
