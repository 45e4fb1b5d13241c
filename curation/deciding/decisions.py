"""The four verbs, each one transaction with who and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Count, ProtectedError, Q, RestrictedError

from curation.deciding.making import EDITABLE, make
from curation.models import Judgement, Proposal, Verdict
from sources.models import Curated, Status
from sources.services import recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

PRECISE = 0.9  # accept_all takes rules of at least this live precision …
ENOUGH = 20  # … measured on at least so many decisions


def accept(
    proposal: Proposal,
    *,
    by: AbstractUser,
    why: str = "",
    edits: Mapping[str, Any] | None = None,
) -> Judgement:
    """Make what the proposal suggests, as coded rows; with `edits`, changed so.

    Raises ValidationError when it is decided already, when an edit is of no field of
    its kind, or when the rows break a rule; PermissionDenied when `by` may not decide.
    """
    _allow(by, "curation.decide_proposal")
    edits = dict(edits or {})
    if unknown := sorted(edits.keys() - EDITABLE[proposal.kind]):
        known = ", ".join(sorted(EDITABLE[proposal.kind])) or "nothing"
        raise ValidationError(
            f"Of a proposed {proposal.kind}, {', '.join(unknown)} cannot be edited; "
            f"{known} can."
        )
    why = why or f"accepted: {proposal.reason}"
    with recorded(by=by, why=why):
        before = _last(proposal)
        made = make(proposal, {**proposal.fields, **edits}, by=by, why=why)
        verdict = Verdict.EDITED if edits else Verdict.ACCEPTED
        return _judge(proposal, verdict, before, by=by, why=why, edits=edits, made=made)


def reject(
    proposals: Iterable[Proposal], *, by: AbstractUser, why: str = ""
) -> list[Judgement]:
    """Say no to each; the same words are not proposed again by the same rule."""
    _allow(by, "curation.decide_proposal")
    with recorded(by=by, why=why or "rejected"):
        return [
            _judge(each, Verdict.REJECTED, _last(each), by=by, why=why)
            for each in proposals
        ]


def undo(judgement: Judgement, *, by: AbstractUser, why: str = "") -> Judgement:
    """Take a decision back: the rows that it made go, the proposal is open again.

    The rows stay in their history. Raises ValidationError when one of them is public
    (retract it instead) or something else rests on one.
    """
    _allow(by, "curation.decide_proposal")
    if judgement.verdict == Verdict.UNDONE:
        raise ValidationError("This is undone already.")
    with recorded(by=by, why=why or f"undone: {judgement}"):
        last = _last(judgement.proposal)
        if last != judgement:
            raise ValidationError(f"“{judgement.proposal}” was decided anew since.")
        for label, pk in reversed(judgement.made):
            _remove(label, pk)
        return _judge(judgement.proposal, Verdict.UNDONE, judgement, by=by, why=why)


def accept_all(
    proposals: Iterable[Proposal], *, by: AbstractUser, why: str = ""
) -> list[Judgement]:
    """Accept many at once, of rules whose live precision is high enough; for reviewers.

    All or none. Raises ValidationError that names every rule that is not precise.
    """
    _allow(by, "curation.decide_all_proposals")
    proposals = list(proposals)
    if bad := sorted({each.rule for each in proposals} - precise_rules()):
        raise ValidationError(
            [
                f"{rule}: accept these one by one. All at once needs {ENOUGH} "
                f"decisions about this rule, {PRECISE:.0%} of them yes."
                for rule in bad
            ]
        )
    with recorded(by=by, why=why or "accepted all of precise rules"):
        return [accept(each, by=by, why=why) for each in proposals]


def precise_rules() -> set[str]:
    """The rules that people agree with often enough to be accepted all at once."""
    return {
        rule
        for rule, (right, decided) in decided_by_rule().items()
        if decided >= ENOUGH and right >= PRECISE * decided
    }


def decided_by_rule() -> dict[str, tuple[int, int]]:
    """By rule: how many of its proposals were accepted unchanged, of how many decided.

    An edited one counts as wrong: what the rule suggested was not right.
    """
    rows = (
        Judgement.objects.standing()
        .order_by()
        .values_list("proposal__rule")
        .annotate(
            right=Count("pk", filter=Q(verdict=Verdict.ACCEPTED)), decided=Count("pk")
        )
    )
    return {rule: (right, decided) for rule, right, decided in rows}


def _allow(by: AbstractUser, permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied(f"{by} may not decide proposals ({permission}).")


def _last(proposal: Proposal) -> Judgement | None:
    """The last judgement about a proposal, held so that nobody else adds one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock('curation_judgement'::regclass::int, %s)",
            [proposal.pk],
        )
    return proposal.judgements.filter(superseded_by__isnull=True).first()


def _judge(
    proposal: Proposal,
    verdict: Verdict,
    before: Judgement | None,
    *,
    by: AbstractUser,
    why: str,
    edits: dict[str, Any] | None = None,
    made: Iterable[Any] = (),
) -> Judgement:
    if before and before.verdict != Verdict.UNDONE and verdict != Verdict.UNDONE:
        raise ValidationError(
            f"“{proposal}” was {before.verdict} by {before.by} already; "
            "undo that first."
        )
    judgement = Judgement(
        proposal=proposal,
        verdict=verdict,
        by=by,  # type: ignore[misc]  # whichever user model is set
        why=why,
        changes=edits or {},
        made=[[row._meta.label, row.pk] for row in made],
        supersedes=before,
    )
    judgement.full_clean(exclude=["supersedes"])
    judgement.save()
    return judgement


def _remove(label: str, pk: int) -> None:
    """Delete a row that a decision made, if it is nobody else's ground yet."""
    row = apps.get_model(label).objects.filter(pk=pk).first()
    if row is None:
        return
    if isinstance(row, Curated) and row.status in {Status.PUBLISHED, Status.RETRACTED}:
        raise ValidationError(f"“{row}” is {row.status}: retract it instead.")
    try:
        row.delete()
    except (ProtectedError, RestrictedError) as error:
        rows = error.args[1]
        resting = ", ".join(f"“{each}”" for each in list(rows)[:3])
        raise ValidationError(
            f"“{row}” stays: {resting} rests on it; undo or remove that first."
        ) from error
