"""The four verbs, each one transaction with who and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Count, Q

from curation.deciding.making import check_edits, make
from curation.deciding.undoing import take_back
from curation.models import Judgement, Proposal, Run, Verdict
from sources.refusals import refusing
from sources.services import recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

PRECISE = 0.9  # accept_all takes rules of at least this live precision …
LONGEST = 500  # characters of a reason
ENOUGH = 20  # … measured on at least so many decisions …
NEWEST = 5_000  # … of the newest

Decided = dict[str, tuple[int, int]]  # rule → accepted unchanged, of how many decided


def accept(
    proposal: Proposal,
    *,
    by: AbstractUser,
    why: str = "",
    edits: Mapping[str, Any] | None = None,
) -> Judgement:
    """Make what the proposal suggests, as coded rows; with `edits`, changed so.

    Raises ValidationError when it is decided already, when the latest run did not find
    it, when an edit is of no field of its kind or would be lost, or when the rows break
    a rule; PermissionDenied when `by` may not decide.
    """
    _allow(by, "curation.decide_proposal")
    why = _reason(why)
    edits = dict(edits or {})
    check_edits(proposal.kind, edits)
    why = why or f"accepted: {proposal.reason}"
    with refusing(), recorded(by=by, why=why):
        before = _last(proposal)
        _check_open(proposal, before)
        _check_current(proposal)
        made = make(proposal, {**proposal.fields, **edits}, by=by, why=why)
        verdict = Verdict.EDITED if edits else Verdict.ACCEPTED
        return _judge(proposal, verdict, before, by=by, why=why, edits=edits, made=made)


def reject(
    proposals: Iterable[Proposal], *, by: AbstractUser, why: str = ""
) -> list[Judgement]:
    """Say no to each; the same words are not proposed again by the same rule."""
    _allow(by, "curation.decide_proposal")
    why = _reason(why)
    proposals = list(proposals)
    with recorded(by=by, why=why or "rejected"):
        _hold(proposals)
        judgements = []
        for each in proposals:
            before = _last(each)
            _check_open(each, before)
            judgements.append(_judge(each, Verdict.REJECTED, before, by=by, why=why))
        return judgements


def undo(judgement: Judgement, *, by: AbstractUser, why: str = "") -> Judgement:
    """Take a decision back: the rows that it made go, the proposal is open again.

    The rows stay in their history. Raises ValidationError when that would take away
    what somebody else did (see undoing.take_back).
    """
    _allow(by, "curation.decide_proposal")
    why = _reason(why)
    if judgement.verdict == Verdict.UNDONE:
        raise ValidationError("This is undone already.")
    with refusing(), recorded(by=by, why=why or f"undone: {judgement}"):
        last = _last(judgement.proposal)
        if last != judgement:
            raise ValidationError(f"“{judgement.proposal}” was decided anew since.")
        take_back(judgement, by=by)
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
    return accept_together(proposals, by=by, why=why or "accepted all of precise rules")


def accept_together(
    proposals: Iterable[Proposal], *, by: AbstractUser, why: str
) -> list[Judgement]:
    """Accept each, as one decision: all or none. For the mentions of one actor.

    Raises ValidationError that names the words of those that cannot be accepted.
    """
    proposals = list(proposals)
    wrong: list[str] = []
    judgements = []
    with recorded(by=by, why=why):
        _hold(proposals)
        for each in proposals:
            try:
                judgements.append(accept(each, by=by, why=why))
            except ValidationError as error:
                wrong += [f"“{each.quote[:80]}”: {words}" for words in error.messages]
        if wrong:
            raise ValidationError(wrong)
    return judgements


def precise_rules(live: Decided | None = None) -> set[str]:
    """The rules that people agree with often enough to be accepted all at once.

    `live`: what decided_by_rule says, where it was asked already.
    """
    live = decided_by_rule() if live is None else live
    return {
        rule
        for rule, (right, decided) in live.items()
        if decided >= ENOUGH and right >= PRECISE * decided
    }


def decided_by_rule() -> Decided:
    """By rule: how many of its proposals were accepted unchanged, of how many decided.

    Of the NEWEST decisions: a rule is what it is today, and each page of the desk asks.
    An edited one counts as wrong: what the rule suggested was not right.
    """
    keys = Judgement.objects.order_by("-pk").values_list("pk", flat=True)
    least = keys[NEWEST - 1 : NEWEST].first() or 0
    rows = (
        Judgement.objects.standing()
        .filter(pk__gte=least)
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


def _reason(why: str) -> str:
    """The reason as it is kept. Raises ValidationError when it is too long or odd."""
    return str(forms.CharField(required=False, max_length=LONGEST).clean(why))


def _hold(proposals: Iterable[Proposal]) -> None:
    """Hold proposals until the transaction ends, so that nobody else decides them.

    In one order, whoever asks: lists that overlap wait for each other. New sightings
    of them are not kept out.
    """
    keys = [each.pk for each in proposals]
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=keys).order_by("pk").values_list("pk"))


def _last(proposal: Proposal) -> Judgement | None:
    """The last judgement about a proposal, held so that nobody else adds one."""
    _hold([proposal])
    return proposal.judgements.filter(superseded_by__isnull=True).first()


def _check_open(proposal: Proposal, before: Judgement | None) -> None:
    if before and before.verdict != Verdict.UNDONE:
        raise ValidationError(
            f"“{proposal}” was {before.verdict} by {before.by} already; "
            "undo that first."
        )


def _check_current(proposal: Proposal) -> None:
    """What the latest run of its extractor did not find again is no longer proposed."""
    runs = Run.objects.filter(
        article=proposal.article_id, extractor=proposal.extractor
    ).order_by("-pk")
    latest = runs.values_list("pk", flat=True).first()
    if latest and not proposal.sightings.filter(run=latest).exists():
        raise ValidationError(
            f"The latest reading of the article does not find “{proposal}” any more: "
            "decide what it proposes instead, or code this by hand."
        )


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
    judgement = Judgement(
        proposal=proposal,
        verdict=verdict,
        by=by,  # type: ignore[misc]  # whichever user model is set
        at=transaction_time(),  # that of the rows in the history, too
        why=why,
        changes=edits or {},
        made=[[row._meta.label, row.pk] for row in made],
        supersedes=before,
    )
    judgement.full_clean(exclude=["supersedes"])
    judgement.save()
    return judgement


def transaction_time() -> Any:
    """When the transaction began: the time of its rows in the history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        return cursor.fetchone()[0]
