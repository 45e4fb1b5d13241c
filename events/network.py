"""The network around an actor: who is tied to whom, one or two steps away. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 200  # nodes; more cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relation as the network knows it: `source` label `target`, ids of actors."""

    source: int
    target: int
    label: str
    when: str = ""
    disputed: bool = False
    ended: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """The nodes with their distance from the centre, and every tie between them.

    `left_out` counts the actors that lie as near, but one picture has no room for.
    """

    centre: int
    steps: dict[int, int]
    ties: list[Tie]
    left_out: int

    def degree(self) -> Counter[int]:
        """How many ties each node has."""
        ends = (end for tie in self.ties for end in (tie.source, tie.target))
        return Counter(ends)


def network_around(
    centre: int, ties: Sequence[Tie], *, steps: int, most: int = MOST
) -> Network:
    """The actors at most `steps` ties away, `most` of them with the centre.

    Where there are more, the nearer stay; of those as near, the ones with most ties.
    """
    beside = _neighbours(ties)
    reached, left_out = {centre: 0}, 0
    edge = [centre]
    for step in range(1, steps + 1):
        found = {
            node for each in edge for node in beside.get(each, ())
        } - reached.keys()
        ranked = sorted(found, key=lambda node: (-len(beside[node]), node))
        edge = ranked[: max(most - len(reached), 0)]
        left_out += len(ranked) - len(edge)
        reached.update(dict.fromkeys(edge, step))
    within = [tie for tie in ties if {tie.source, tie.target} <= reached.keys()]
    return Network(centre, reached, within, left_out)


def _neighbours(ties: Iterable[Tie]) -> dict[int, set[int]]:
    beside: dict[int, set[int]] = {}
    for tie in ties:
        beside.setdefault(tie.source, set()).add(tie.target)
        beside.setdefault(tie.target, set()).add(tie.source)
    return beside
