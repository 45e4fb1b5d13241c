"""From an accepted proposal to rows: by kind, which maker and what may be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from curation.deciding.actors import make_mention
from curation.deciding.claims import make_claim, make_figure
from curation.deciding.events import make_event
from curation.deciding.offices import make_relation
from curation.deciding.places import make_place
from curation.models import Proposal
from sources.models import Span, Status
from sources.services import save_curated

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model

# What these fields hold may be changed, not taken away.
NEEDED: Mapping[str, set[str]] = {
    "structure": {"part"},
    "actor": {"name"},
    "office": {"relation"},
    "place": {"name"},
    "figure": {"quantifier"},
    "claim": {"statement", "modality", "polarity"},
    "event": {"title", "modality"},
    "date": set(),
    "pair": set(),
}
Maker = Callable[..., "list[Model]"]


def make_span(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    """A part of the text; of a published article, only by those who may publish."""
    check_published(proposal, by=by)
    span = Span(
        article=proposal.article,
        kind=fields["part"],
        start=proposal.start,
        end=proposal.end,
        rule=proposal.rule,
    )
    save_curated(span, by=by, why=why)
    return [span]


def make_nothing(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    """A date alone is no row of its own, nor is it that two texts say the same."""
    return []


_MAKERS: dict[str, tuple[Maker, set[str]]] = {
    "structure": (make_span, {"part"}),
    "actor": (make_mention, {"actor", "name", "actor_kind", "suggested_alias"}),
    "office": (make_relation, {"relation", "title", "subject", "object"}),
    "place": (make_place, {"place", "name", "kind"}),
    "date": (make_nothing, set()),
    "figure": (
        make_figure,
        {"measure", "group", "low", "high", "quantifier", "event", "statement"},
    ),
    "claim": (
        make_claim,
        {
            "statement",
            "kind",
            "speaker",
            "speaker_text",
            "modality",
            "polarity",
            "event",
        },
    ),
    "event": (make_event, {"title", "type", "mode", "acled", "modality", "linked"}),
    "pair": (make_nothing, set()),
}
EDITABLE: Mapping[str, set[str]] = {kind: names for kind, (_, names) in _MAKERS.items()}


def make(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    """The rows that accepting `proposal` with these fields adds, in their order.

    Raises ValidationError.
    """
    maker, _ = _MAKERS[proposal.kind]
    return maker(proposal, fields, by=by, why=why)


def check_edits(kind: str, edits: Mapping[str, Any]) -> None:
    """Raise ValidationError: not of its kind, or emptied where something must stand."""
    if unknown := sorted(edits.keys() - EDITABLE[kind]):
        known = ", ".join(sorted(EDITABLE[kind])) or "nothing"
        raise ValidationError(
            f"Of a proposed {kind}, {', '.join(unknown)} cannot be edited; {known} can."
        )
    empty = [
        name for name in NEEDED[kind] if name in edits and edits[name] in {None, ""}
    ]
    if empty:
        words = " and ".join(sorted(empty)).replace("_", " ")
        raise ValidationError(f"The {words} of a proposed {kind} cannot be empty.")


def check_published(proposal: Proposal, *, by: AbstractUser) -> None:
    """Raise ValidationError: parts of a published text are what the public reads."""
    published = proposal.article.status == Status.PUBLISHED
    if published and not by.has_perm("sources.publish"):
        raise ValidationError(
            "The article is published and its parts are what the public reads: only "
            "those who may publish change them."
        )
