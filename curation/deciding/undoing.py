"""Taking back the rows that a decision made: these, all of them, and no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector

from curation.deciding.making import check_published
from curation.models import Judgement
from events.models import PlaceIdentifier
from sources.models import Curated, Span, Status
from sources.services import unsettle_owners

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# What accepting and coding make. A row of any other table is nothing that undoing may
# take.
MADE = frozenset(
    {
        "actors.Actor",
        "actors.Alias",
        "actors.Mention",
        "actors.Relation",
        "curation.Omission",
        "events.Attribution",
        "events.Claim",
        "events.Event",
        "events.Evidence",
        "events.Participation",
        "events.Place",
        "events.PlaceIdentifier",
        "events.Support",
        "sources.Span",
    }
)
_BIGGEST = 2**63 - 1

Key = tuple[str, int]


def take_back(judgement: Judgement, *, by: AbstractUser) -> None:
    """Delete what the decision made, last first.

    Raises ValidationError, and deletes nothing, when a row is public, reviewed,
    changed since, not of this decision, or has something else resting on it.
    """
    _take_back(
        keys_of(judgement.made, of=judgement),
        lambda row: _check(row, judgement, by=by),
        by=by,
    )


def take_back_coded(made: list[Key], *, at: dt.datetime, by: AbstractUser) -> None:
    """Delete rows that were coded by hand in the transaction of that time.

    Raises ValidationError as `take_back` does.
    """
    _take_back(made, lambda row: _check_history(row, at), by=by)


def keys_of(made: Any, *, of: Any) -> list[Key]:
    """Model and id of each row that `of` made. Raises ValidationError."""
    pairs = made if isinstance(made, list) else [made]
    for pair in pairs:
        if not _is_key(pair):
            raise ValidationError(
                f"“{of}” does not say plainly what it made ({str(pair)[:80]}): "
                "take its rows back by hand."
            )
    return list(dict.fromkeys((label, pk) for label, pk in pairs))


def _take_back(
    keys: list[Key], check: Callable[[Any], None], *, by: AbstractUser
) -> None:
    held = {}
    for label, pk in sorted(keys):  # in one order, so that two undoings do not block
        rows = apps.get_model(label)._default_manager.select_for_update(of=("self",))
        held[label, pk] = rows.filter(pk=pk).first()
    rows = [row for key in keys if (row := held[key]) is not None]
    for row in rows:
        check(row)
        if isinstance(row, Curated):
            _check_status(row, by=by)
    for row in reversed(rows):
        _remove(row)


def _is_key(pair: Any) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and isinstance(pair[0], str)
        and pair[0] in MADE
        and type(pair[1]) is int
        and 0 < pair[1] <= _BIGGEST
    )


def _check(row: Any, judgement: Judgement, *, by: AbstractUser) -> None:
    """Raise ValidationError unless the row is of this decision and as it made it."""
    if isinstance(row, Span):
        check_published(judgement.proposal, by=by)
        _check_span(row, judgement)
    elif isinstance(row, PlaceIdentifier):
        if judgement.proposal.fields.get("entry") != f"{row.scheme.code}:{row.value}":
            _changed(row, "somebody")
    else:
        _check_history(row, judgement.at)


def _check_span(row: Span, judgement: Judgement) -> None:
    proposal = judgement.proposal
    part = judgement.changes.get("part", proposal.fields.get("part"))
    suggested = (proposal.article_id, proposal.start, proposal.end, part)
    if (row.article_id, row.start, row.end, row.kind) != suggested:
        _changed(row, "somebody")


def _check_history(row: Any, at: dt.datetime) -> None:
    """The row was added at that time, and nothing but its status moved since.

    Both carry the time of their transaction, so a row of another one differs.
    """
    history = row.history.select_related("pgh_context").order_by("pgh_id")
    added, *later = [each for each in history if each.pgh_label != "delete"] or [None]
    if added is None or added.pgh_created_at != at:
        raise ValidationError(
            f"“{row}” was not made by this decision: take it back by hand."
        )
    for each in later:
        if _content(each) != _content(added):
            _changed(row, _who(each))


def _content(state: Any) -> list[Any]:
    """A state in the history, without what the history adds and without status."""
    return [
        getattr(state, field.attname)
        for field in state._meta.fields
        if not field.name.startswith("pgh_") and field.name != "status"
    ]


def _who(state: Any) -> str:
    context = state.pgh_context
    return str((context.metadata if context else {}).get("by") or "somebody")


def _changed(row: Any, who: str) -> None:
    raise ValidationError(f"“{row}” was changed since by {who}: undo by hand.")


def _check_status(row: Curated, *, by: AbstractUser) -> None:
    if row.status in {Status.PUBLISHED, Status.RETRACTED}:
        raise ValidationError(f"“{row}” is {row.status}: retract it instead.")
    settled = row.status in {Status.REVIEWED, Status.REJECTED}
    if settled and not by.has_perm("sources.review"):
        raise ValidationError(
            f"“{row}” is {row.status}: only a reviewer may take it back."
        )


def _remove(row: Any) -> None:
    """Delete one row, if nothing else would go with it."""
    collector = Collector(using=row._state.db or DEFAULT_DB_ALIAS, origin=row)
    try:
        collector.collect([row])
        resting = [each for each in _collected(collector) if each != row]
    except (ProtectedError, RestrictedError) as error:
        resting = list(error.args[1])
    if resting:
        names = ", ".join(f"“{each}”" for each in resting[:3])
        raise ValidationError(
            f"“{row}” stays: {names} rests on it; undo or remove that first."
        )
    unsettle_owners(row)
    row.delete()


def _collected(collector: Collector) -> Iterator[Any]:
    for rows in collector.data.values():
        yield from rows
    for quick in collector.fast_deletes:
        yield from quick
