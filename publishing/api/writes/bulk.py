"""Many rows of one kind at once: created or changed, with one result for each."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from rest_framework.exceptions import NotFound
from rest_framework.views import APIView

from curation.storing import (
    WRITTEN,
    RowsRefusedError,
    Sent,
    Stored,
    store_each,
)
from publishing.access.scopes import Door
from publishing.api.idempotency import Answer, once
from publishing.api.writes.base import (
    LONGEST_WHY,
    Error,
    by_token,
    error,
    object_in,
    refuse_body,
    text_in,
)
from publishing.api.writes.bodies import Bodies
from publishing.api.writes.rows import save
from publishing.api.writes.states import State, find_row

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

MOST_ROWS = 1_000
MODES = ("all", "each")
REFUSED = "refused"


class Bulk(APIView):
    """POST …/bulk/{kind}/: rows by key or by external id, all or each by itself."""

    doors: ClassVar[dict[str, Door]] = {"post": Door.WRITE_ROWS}

    def post(self, request: Request, kind: str) -> Response:
        if kind not in WRITTEN:
            raise NotFound(f"No rows are called {kind}: {', '.join(WRITTEN)} are.")
        body = object_in(request, ("mode", "rows", "why"))
        rows, mode, why = _read(body)

        def work() -> Answer:
            bodies = Bodies(kind, rows, [f"#/rows/{n}" for n in range(len(rows))])
            _check_versions(kind, bodies)
            if mode == "all":
                refuse_body([e for errors in bodies.errors.values() for e in errors])
                found = dict(enumerate(save(request, bodies, why)))
                results = [_told(n, found[n], bodies) for n in sorted(found)]
            else:
                results = _each(request, bodies, why)
            return Answer(HTTPStatus.OK, {"mode": mode, **_summed(results)})

        return once(request, work)


def _read(body: dict[str, Any]) -> tuple[list[Any], str, str]:
    errors: list[Error] = []
    why = text_in(body, "why", errors, longest=LONGEST_WHY)
    mode = body.get("mode")
    if mode not in MODES:
        message = "Say whether all rows stand or fall together, or each by itself."
        errors.append(error("#/mode", message, MODES))
    rows = body.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ROWS:
        errors.append(error("#/rows", f"Send a list of 1 to {MOST_ROWS:,} rows."))
    refuse_body(errors)
    assert isinstance(rows, list)
    assert isinstance(mode, str)
    return rows, mode, why


def _check_versions(kind: str, bodies: Bodies) -> None:
    """A row that is sent with an ETag is written only where it is still that one."""
    for number, value in enumerate(bodies.given):
        sent = bodies.sent[number]
        if sent is None or "etag" not in value:
            continue
        try:
            now = State(kind, find_row(kind, sent.key, held=True)).etag
        except NotFound:
            now = "none: there is no such row"
        if value["etag"] != now:
            at = f"{bodies.pointers[number]}/etag"
            wrong = error(at, f"The row has changed: its ETag is {now}.")
            bodies.errors.setdefault(number, []).append(wrong)
            bodies.sent[number] = None


def _each(request: Request, bodies: Bodies, why: str) -> list[dict[str, Any]]:
    """Every row by itself: stored, or refused with its errors."""
    good = [number for number, sent in enumerate(bodies.sent) if sent is not None]
    rows = [sent for sent in bodies.sent if sent is not None]
    with by_token(request, why) as author:
        stored = store_each(rows, by=author.by, why=author.why)
    done = dict(zip(good, stored, strict=True))
    return [
        _told(number, done.get(number), bodies) for number in range(len(bodies.given))
    ]


def _told(
    number: int,
    result: Stored | RowsRefusedError | PermissionDenied | None,
    bodies: Bodies,
) -> dict[str, Any]:
    if isinstance(result, Stored):
        sent = bodies.sent[number]
        assert isinstance(sent, Sent)
        return {
            "row": number,
            "result": result.what,
            "id": result.pk,
            "key": sent.key,
        }
    if isinstance(result, PermissionDenied):
        errors = [error(bodies.pointers[number], str(result))]
    elif isinstance(result, RowsRefusedError):
        errors = [bodies.of_fault(fault, number) for fault in result.faults]
    else:
        errors = bodies.errors[number]
    return {"row": number, "result": REFUSED, "errors": errors}


def _summed(results: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("created", "changed", "same", REFUSED)
    counts = {name: sum(r["result"] == name for r in results) for name in names}
    return {**counts, "results": results}
