"""Curated rows written by programs: created, changed and moved, one at a time.

A row is what the curation format says it is (docs/curation-format.md), and is written
by the rules that hold in the admin.
"""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from rest_framework.decorators import action

from curation.storing import CREATED, MOVED, RowsRefusedError, Sent, Stored, store
from publishing.access.scopes import MOVES, Door
from publishing.api.auth import acting, check_door
from publishing.api.idempotency import Answer, once
from publishing.api.parsers import MERGE_PATCH
from publishing.api.problems import BadBody, Refused
from publishing.api.writes.base import (
    LONGEST_WHY,
    by_token,
    error,
    object_in,
    refuse_body,
    text_in,
)
from publishing.api.writes.bodies import MEMBERS, Bodies
from publishing.api.writes.states import State, find_row, refuse_merged
from sources.models import Status
from sources.services import BY_ANOTHER, TRANSITIONS, change_status, own_coding

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response


# Fields that the format leaves out where nothing is to be said.
_NEVER_NULL = {"quote", "quotes", "occurrence", "occurrences", "polarity", "status"}


class _ThereError(Exception):
    """The row that was to be created is there already."""


class MovesRows:
    """POST …/{id}/move/: from draft to coded, to reviewed, to published, and back."""

    rows: ClassVar[str]
    doors: ClassVar[dict[str, Door]] = {"move": Door.MOVE}

    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        body = object_in(request, ("to", "why"))
        errors: list[dict[str, Any]] = []
        why = text_in(body, "why", errors, longest=LONGEST_WHY)
        to = body.get("to") or ""
        if to not in Status.values:
            errors.append(error("#/to", "Send one of the states.", Status.values))
        elif to in {Status.REJECTED, Status.RETRACTED} and not why.strip():
            errors.append(error("#/why", f"Say why it is {to}."))
        refuse_body(errors)

        def work() -> Answer:
            row = find_row(self.rows, pk, held=True)
            refuse_merged(request, self.rows, row)
            state = State(self.rows, row)
            state.check_match(request, needed=False)
            _check_move(request, state, Status(to))
            with by_token(request, why or f"moved to {to}") as author:
                try:
                    change_status([row], to=Status(to), by=author.by, why=author.why)
                except ValidationError as refused:
                    why_not = " ".join(refused.messages)
                    raise Refused(HTTPStatus.CONFLICT, why_not) from refused
            now = State(self.rows, find_row(self.rows, str(row.pk)))
            return Answer(HTTPStatus.OK, now.shown(), now.headers(request))

        return once(request, work)


def _check_move(request: Request, state: State, to: Status) -> None:
    """Raise Refused: 409 where no way leads from here to there, 403 where it is not
    this token's or its user's to go."""
    now = Status(state.row.status)
    ways = [str(there) for here, there in TRANSITIONS if here == now]
    if (now, to) not in TRANSITIONS:
        message = f"It is {now}; from there it cannot become {to}."
        raise Refused(
            HTTPStatus.CONFLICT,
            message,
            errors=[error("#/to", message, ways)],
            members={"current": state.shown()},
        )
    check_door(request, MOVES[TRANSITIONS[now, to]])
    if (now, to) in BY_ANOTHER:
        row = state.row
        own = own_coding(acting(request)[0], type(row), [row.pk])
        if row.pk in own:
            raise Refused(
                HTTPStatus.FORBIDDEN,
                f"“{row}” was coded by {own[row.pk]}: nobody reviews their own coding.",
            )


class WritesRows(MovesRows):
    """Beside moves: POST creates a row, PATCH changes it."""

    doors: ClassVar[dict[str, Door]] = {
        **MovesRows.doors,
        "create": Door.WRITE_ROWS,
        "partial_update": Door.WRITE_ROWS,
    }

    def create(self, request: Request) -> Response:
        body = object_in(request, (*MEMBERS, "why"))
        why = _why_of(body)

        def work() -> Answer:
            row = {name: value for name, value in body.items() if name != "why"}
            bodies = Bodies(self.rows, [row], ["#"])
            refuse_body(bodies.errors.get(0, []))
            state, new = self._create(request, bodies, why)
            if not new:
                raise _exists(state)
            headers = state.headers(request)
            headers["Location"] = headers["Content-Location"]
            return Answer(HTTPStatus.CREATED, state.shown(), headers)

        return once(request, work)

    def _create(self, request: Request, bodies: Bodies, why: str) -> tuple[State, bool]:
        """The new row; or the one that is there, as it was, and False."""
        stored: list[Stored] = []
        with suppress(_ThereError), transaction.atomic():
            stored += save(request, bodies, why)
            if stored[0].what != CREATED:
                raise _ThereError
        row = stored[0].model._default_manager.get(pk=stored[0].pk)
        return State(self.rows, row), stored[0].what == CREATED

    def partial_update(self, request: Request, pk: str) -> Response:
        body = object_in(request, ("row", "why"), MERGE_PATCH)
        why = _why_of(body)
        changes = body.get("row")
        if not isinstance(changes, dict):
            raise BadBody([error("#/row", "Send the fields that change as an object.")])

        def work() -> Answer:
            row = find_row(self.rows, pk, held=True)
            refuse_merged(request, self.rows, row)
            state = State(self.rows, row)
            state.check_match(request, needed=True)
            bodies = Bodies(self.rows, [], [])
            bodies.pointers = ["#"]
            bodies.sent = [merged(state.sent, changes)]
            if state.sent.article:
                bodies.texts[state.sent.article] = _text_of(state.sent.article)
            save(request, bodies, why)
            now = State(self.rows, find_row(self.rows, str(row.pk)))
            return Answer(HTTPStatus.OK, now.shown(), now.headers(request))

        return once(request, work)


def save(request: Request, bodies: Bodies, why: str) -> list[Stored]:
    """Store all rows of the bodies. Raises BadBody with every fault of every row."""
    rows = [row for row in bodies.sent if row is not None]
    try:
        with by_token(request, why) as author:
            return store(rows, by=author.by, why=author.why)
    except RowsRefusedError as refused:
        raise BadBody(
            [
                bodies.of_fault(fault, fault.row)
                if fault.row is not None
                else error("#", str(fault))
                for fault in refused.faults
            ]
        ) from refused


def merged(now: Sent, changes: dict[str, Any]) -> Sent:
    """The row with the changes, as RFC 7396 merges them: null takes a field away."""
    fields = _merge(now.fields, changes)
    if now.section == "claims":  # one quote, or several: whichever is sent
        gone = {"quotes": {"quote", "occurrence"}, "quote": {"quotes", "occurrence"}}
        for name in gone.keys() & changes.keys():
            for other in gone[name] - changes.keys():
                fields.pop(other, None)
    for name in _NEVER_NULL & changes.keys():
        if changes[name] is None:
            fields.pop(name, None)
    return Sent(now.section, now.key, fields, now.article)


def _merge(before: Any, changes: Any) -> Any:
    """Null stays as null: the format writes unknown so."""
    if not isinstance(changes, dict):
        return changes
    result = dict(before) if isinstance(before, dict) else {}
    for name, value in changes.items():
        result[name] = _merge(result.get(name), value)
    return result


def _exists(state: State) -> Refused:
    message = "There is this row already: change it with PATCH."
    return Refused(
        HTTPStatus.CONFLICT,
        message,
        errors=[error("#/key", message)],
        members={"current": state.shown()},
        headers={"ETag": state.etag},
    )


def _why_of(body: dict[str, Any]) -> str:
    errors: list[dict[str, Any]] = []
    why = text_in(body, "why", errors, longest=LONGEST_WHY)
    refuse_body(errors)
    return why


def _text_of(sha256: str) -> str:
    article: Any = MOVED["articles"]
    return str(article.objects.values_list("text", flat=True).get(sha256=sha256))
