"""Whom words mean: actors found before, actors known by that name, or somebody new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curation.extraction.context import Context, folded
from curation.extraction.documents import Span
from curation.extraction.findings import ActorMention, Participant, Speaker
from curation.extraction.reading import Reading

_PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "who", "his", "her"])


@dataclass(frozen=True, slots=True)
class Who:
    """An actor in one article: its cluster, and its key if it is known."""

    cluster: int
    actor: str | None
    kind: str | None = None


class Namings:
    """The mentions of one article so far, of extractors before and of this one."""

    def __init__(self, reading: Reading) -> None:
        self._places: list[tuple[Span, Who]] = []
        self._names: dict[str, Who] = {}
        self._keys: dict[str, Who] = {}
        self._known = _by_name(reading.context)
        for finding, mention in reading.of(ActorMention):
            who = Who(mention.cluster, mention.actor, mention.actor_kind)
            self._note(finding.span, mention.name, who)
            if mention.how in {"name", "alias"}:
                self._names.setdefault(folded(finding.span.text), who)

    def of(self, span: Span, name: str) -> Who:
        """Whom the words at `span` name, the actor's fullest name being `name`."""
        who = (
            self.at(span)
            or self._names.get(folded(name))
            or self._of_known(self._known.get(folded(span.text)))
            or self._of_known(self._known.get(folded(name)))
            or Who(self._next(), None)
        )
        self._note(span, name, who)
        return who

    def at(self, span: Span) -> Who | None:
        """The actor whose mention fills these words best; None without one."""
        inside = [(place, who) for place, who in self._places if span.meets(place)]
        return max(
            inside, key=lambda each: each[0].end - each[0].start, default=(None, None)
        )[1]

    def speaker(self, span: Span) -> Speaker:
        how = "pronoun" if span.text.lower() in _PRONOUNS else ""
        if who := self.at(span):
            return Speaker(span.text, how or "named", who.cluster, who.actor)
        return Speaker(span.text, how or "described")

    def participant(self, role: str, span: Span) -> Participant:
        who = self.at(span)
        if who is None:
            return Participant(role, span.text)
        return Participant(role, span.text, who.cluster, who.actor)

    def _note(self, span: Span, name: str, who: Who) -> None:
        self._places.append((span, who))
        self._names.setdefault(folded(name), who)
        if who.actor:
            self._keys.setdefault(who.actor, who)

    def _of_known(self, known: tuple[str, str] | None) -> Who | None:
        if known is None:
            return None
        key, kind = known
        return self._keys.get(key) or Who(self._next(), key, kind)

    def _next(self) -> int:
        return max((who.cluster for _, who in self._places), default=-1) + 1


def _by_name(context: Context) -> Mapping[str, tuple[str, str]]:
    """Names that only one known actor bears, with its key and kind."""
    bearers: dict[str, set[tuple[str, str]]] = {}
    for actor in context.actors:
        for name in actor.names:
            if name.kind != "generic":
                bearers.setdefault(folded(name.text), set()).add(
                    (actor.key, actor.kind)
                )
    return {name: next(iter(of)) for name, of in bearers.items() if len(of) == 1}
