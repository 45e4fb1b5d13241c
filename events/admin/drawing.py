"""What the claims about one event allow together, as pictures for the admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString

from events.estimates import Verdict
from events.estimating import BINDING
from events.models import Claim, Polarity
from events.pictures.intervals import Bar, Tone, in_words, interval_svg
from sources.models import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.admin.reading import ReadClaim
    from events.estimates import Estimate
    from sources.models import Term

_NAMED = 4
_VERDICTS = {
    Verdict.AGREE: "independent sources give the same bounds",
    Verdict.COMPATIBLE: "the sources differ, and these numbers satisfy them all",
    Verdict.CONFLICTING: "no number satisfies every source",
    Verdict.SINGLE_SOURCE: "one source only",
}


@dataclass(frozen=True, slots=True)
class DrawnEstimate:
    """One estimate of an event, in words and as a picture."""

    title: str
    verdict: str
    picture: SafeString
    decided_by: list[ReadClaim]  # the first of them whose words are its ends


def draw_estimates(
    found: Sequence[Estimate], read: Sequence[ReadClaim]
) -> list[DrawnEstimate]:
    """Each estimate over the claims it rests on, those that decide its ends marked."""
    return [_drawn(one, read, key=f"iv{index}") for index, one in enumerate(found)]


def telling(found: Estimate) -> tuple[bool, bool, bool]:
    """Sorts estimates: conflicts first, then deaths, then everybody together."""
    return (
        found.verdict != Verdict.CONFLICTING,
        found.measure != "killed",
        found.group not in {None, "all"},
    )


def counted(found: Estimate, read: Sequence[ReadClaim] = ()) -> str:
    """What an estimate counts: "killed (US service members)".

    Among `read` the group's name is found; else its code stands for it.
    """
    measure = found.measure.replace("_", " ")
    if not found.group:
        return measure
    groups = (each.claim.group for each in read)
    named = (_name(group) for group in groups if group and group.code == found.group)
    return f"{measure} ({next(named, found.group.replace('_', ' '))})"


def _other_group(claim: Claim, found: Estimate) -> str:
    other = claim.group if claim.group and claim.group.code != found.group else None
    return _name(other) if other else ""


def _name(group: Term) -> str:
    return "all" if group.code == "all" else group.name


def allowed(found: Estimate) -> str:
    """The range, or for claims that exclude each other what they name."""
    if found.verdict == Verdict.CONFLICTING:
        return f"disputed, {found.low:,} to {found.high:,}"
    return in_words(found.low, found.high)


def _drawn(found: Estimate, read: Sequence[ReadClaim], *, key: str) -> DrawnEstimate:
    title = _capital(counted(found, read))
    conflicting = found.verdict == Verdict.CONFLICTING
    together = Bar(
        label="All accepted claims together",
        low=found.low,
        high=found.high,
        tone=Tone.CONFLICT if conflicting else Tone.ESTIMATE,
        words=allowed(found),
        detail=_VERDICTS[found.verdict],
    )
    shown = [r for r in read if r.claim.pk in found.claims or _beside(r.claim, found)]
    voices = f"{found.origins} independent voice{'' if found.origins == 1 else 's'}"
    return DrawnEstimate(
        title=f"{title}: {allowed(found)}",
        verdict=f"{found.verdict.replace('_', ' ').capitalize()}: "
        f"{_VERDICTS[found.verdict]}; {voices}.",
        picture=interval_svg(
            [together, *(_claim_bar(r, found) for r in shown)], key=key, title=title
        ),
        decided_by=[r for r in read if _decides(r.claim, found)][:_NAMED],
    )


def _decides(claim: Claim, found: Estimate) -> bool:
    return claim.pk in found.low_claims or claim.pk in found.high_claims


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _binds(claim: Claim) -> bool:
    return claim.modality in BINDING and claim.polarity == Polarity.POSITIVE


def _beside(claim: Claim, found: Estimate) -> bool:
    """An accepted claim about the same count that bounds nothing."""
    group = f"group/{found.group}" if found.group else None
    same = (claim.measure_id, claim.group_id) == (f"measure/{found.measure}", group)
    return same and claim.status in ACCEPTED and not _binds(claim)


def _claim_bar(read: ReadClaim, found: Estimate) -> Bar:
    claim = read.claim
    conflicting = found.verdict == Verdict.CONFLICTING
    return Bar(
        label=_who(read),
        low=claim.low,
        high=claim.high,
        tone=_tone(claim, found),
        said=f"“{claim.figure_text}”" if claim.figure_text else claim.statement,
        group=_name(claim.group)
        if claim.group and claim.group.code != found.group
        else "",
        href=read.href,
        claim=claim.slug,
        claim_href=reverse("admin:events_claim_change", args=[claim.pk]),
        detail=f"{claim.modality}, {read.figure}",
        binds_low=not conflicting and claim.pk in found.low_claims,
        binds_high=not conflicting and claim.pk in found.high_claims,
    )


def _who(read: ReadClaim) -> str:
    """Who says it and where: "Pentagon, in TRT World"."""
    where = read.printed_in
    return where if read.said_by == where else f"{read.said_by}, in {where}"


def _tone(claim: Claim, found: Estimate) -> Tone:
    if not _binds(claim):
        return Tone.LOOSE
    clashes = any(claim.pk in pair for pair in found.conflicts)
    return Tone.CLASH if clashes else Tone.CLAIM
