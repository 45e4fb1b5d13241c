"""Where the nodes of a graph stand: by networkx, the same for the same graph. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SEED = 7
_ROUNDS = 60  # of pushing nodes apart that lie upon another

Point = tuple[float, float]


def laid_out(
    steps: Mapping[int, int],
    edges: Iterable[tuple[int, int]],
    *,
    size: tuple[float, float],
    margin: float,
    apart: float,
) -> dict[int, Point]:
    """A point for each node; `steps` are their distances from the one centre, first.

    The centre stands in the middle; no two points are nearer than about `apart`.
    """
    graph = nx.Graph()
    graph.add_nodes_from(steps)
    graph.add_edges_from((one, other) for one, other in edges if one != other)
    [centre, *_] = steps
    if len(steps) == 1:
        return {centre: (size[0] / 2, size[1] / 2)}
    placed = nx.spring_layout(
        graph,
        pos=_rings(graph, steps),
        fixed=[centre],
        k=1.6 / math.sqrt(len(steps)),
        iterations=70,
        seed=_SEED,
    )
    points = _stretched(placed, centre, size=size, margin=margin)
    return _pushed_apart(points, centre, size=size, margin=margin, apart=apart)


def _rings(graph: nx.Graph[int], steps: Mapping[int, int]) -> dict[int, Point]:
    """To begin with: each step a ring, neighbours of one node side by side."""
    [centre, *_] = steps
    order = [node for node in nx.dfs_preorder_nodes(graph, centre) if node != centre]
    angles = {node: 2 * math.pi * i / len(order) for i, node in enumerate(order)}
    return {
        node: (
            step / 2 * math.cos(angles.get(node, 0)),
            step / 2 * math.sin(angles.get(node, 0)),
        )
        for node, step in steps.items()
    }


def _stretched(
    placed: Mapping[int, Iterable[float]],
    centre: int,
    *,
    size: tuple[float, float],
    margin: float,
) -> dict[int, Point]:
    """Over the whole picture, each side of the centre by itself."""
    cx, cy = placed[centre]
    raw = {node: (x - cx, y - cy) for node, (x, y) in placed.items()}
    points: dict[int, list[float]] = {node: [0, 0] for node in raw}
    for axis in (0, 1):
        half = size[axis] / 2 - margin
        for sign in (1, -1):
            far = max((sign * p[axis] for p in raw.values()), default=0)
            for node, point in raw.items():
                if sign * point[axis] >= 0:
                    share = point[axis] / far if far > 0 else 0
                    points[node][axis] = size[axis] / 2 + share * half
    return {node: (x, y) for node, (x, y) in points.items()}


def _pushed_apart(
    points: dict[int, Point],
    centre: int,
    *,
    size: tuple[float, float],
    margin: float,
    apart: float,
) -> dict[int, Point]:
    nodes = sorted(points)
    for _ in range(_ROUNDS):
        moved = False
        for index, one in enumerate(nodes):
            for other in nodes[index + 1 :]:
                if push := _push(points[one], points[other], apart):
                    moved = True
                    points[one] = _shifted(points[one], push, one == centre, -1)
                    points[other] = _shifted(points[other], push, other == centre, 1)
        points = {
            node: (
                min(max(x, margin), size[0] - margin),
                min(max(y, margin), size[1] - margin),
            )
            for node, (x, y) in points.items()
        }
        if not moved:
            break
    return points


def _push(one: Point, other: Point, apart: float) -> Point | None:
    """Half of what keeps two points from being `apart`; None where they are."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    if abs(dx) >= apart or abs(dy) >= apart:
        return None
    far = math.hypot(dx, dy)
    if far >= apart:
        return None
    if far < 1e-6:
        dx, dy, far = 1.0, 0.5, math.hypot(1, 0.5)
    share = (apart - far) / far / 2
    return dx * share, dy * share


def _shifted(point: Point, push: Point, fixed: bool, sign: int) -> Point:
    if fixed:
        return point
    return point[0] + sign * push[0], point[1] + sign * push[1]
