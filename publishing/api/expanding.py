"""`expand`: references in documents replaced by the documents they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from publishing.api.pagination import limit_problems
from publishing.models import Document, Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

# Pages that are expanded are no longer than this, and take in no more documents for
# each path; the references beyond stay short, and the page says how many.
MOST_EXPANDED_PAGE = 100
MOST_EXPANDED = 2_000

EXPANDABLE: dict[Kind, dict[str, Kind]] = {
    Kind.OUTLET: {},
    Kind.ARTICLE: {
        "outlet": Kind.OUTLET,
        "mentions.actor": Kind.ACTOR,
        "claims": Kind.CLAIM,
    },
    Kind.ACTOR: {"outlet": Kind.OUTLET, "relations": Kind.RELATION},
    Kind.RELATION: {
        "subject": Kind.ACTOR,
        "object": Kind.ACTOR,
        "claims": Kind.CLAIM,
    },
    Kind.PLACE: {"parent": Kind.PLACE},
    Kind.EVENT: {
        "place": Kind.PLACE,
        "participants.actor": Kind.ACTOR,
        "articles": Kind.ARTICLE,
        "claims": Kind.CLAIM,
    },
    Kind.CLAIM: {
        "speaker": Kind.ACTOR,
        "attributed_to.actor": Kind.ACTOR,
        "event": Kind.EVENT,
        "relation": Kind.RELATION,
        "evidence.article": Kind.ARTICLE,
    },
}


def asked_expansions(parameters: Mapping[str, str]) -> list[str]:
    given = parameters.get("expand", "")
    return [part.strip() for part in given.split(",")] if given else []


def expanding_problems(
    parameters: Mapping[str, str], kind: Kind
) -> list[dict[str, Any]]:
    """What is wrong with `expand`, for BadParameters."""
    asked = asked_expansions(parameters)
    problems: list[dict[str, Any]] = []
    there = EXPANDABLE[kind]
    if unknown := [path for path in asked if path not in there]:
        problems.append(
            {
                "parameter": "expand",
                "message": f"This cannot be expanded: {', '.join(unknown)}.",
                "allowed": list(there),
            }
        )
    if (
        asked
        and not limit_problems(parameters)
        and limit_problems(parameters, MOST_EXPANDED_PAGE)
    ):
        message = f"With expand, limit is at most {MOST_EXPANDED_PAGE}."
        problems.append({"parameter": "limit", "message": message})
    return problems


def expanded(
    bodies: Sequence[str],
    kind: Kind,
    paths: Sequence[str],
    moment: dt.datetime | None,
) -> tuple[list[str], int]:
    """The documents with what stands at `paths` whole, and how many stay short.

    One query for each path. A reference keeps fields that its document lacks, as a
    place's precision in an event.
    """
    documents = [orjson.loads(body) for body in bodies]
    short = 0
    for path in paths:
        *outer, last = path.split(".")
        holders = [h for document in documents for h in _holders(document, outer)]
        references = [r for holder in holders for r in _references(holder[last])]
        ids = list(dict.fromkeys(reference["id"] for reference in references))
        chosen = ids[:MOST_EXPANDED]
        short += len(ids) - len(chosen)
        found = (
            Document.objects.at(moment)
            .of(EXPANDABLE[kind][path])
            .filter(object_id__in=chosen)
            .values_list("object_id", "body")
        )
        whole = {pk: orjson.loads(body) for pk, body in found}
        for holder in holders:
            holder[last] = _exchanged(holder[last], whole)
    return [orjson.dumps(document).decode() for document in documents], short


def _holders(value: Any, outer: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The objects below `outer`, through lists."""
    if isinstance(value, list):
        for item in value:
            yield from _holders(item, outer)
    elif isinstance(value, dict):
        if outer:
            yield from _holders(value[outer[0]], outer[1:])
        else:
            yield value


def _references(value: Any) -> list[dict[str, Any]]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _exchanged(value: Any, whole: Mapping[int, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_exchanged(item, whole) for item in value]
    return {**whole.get(value["id"], {}), **value} if value else value
