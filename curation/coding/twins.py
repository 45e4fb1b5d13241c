"""What stands already of what is coded: the same words, for the same.

Two tabs, or two people one after the other, code the same words twice. That may be
meant, so nothing is refused here: whoever codes is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from actors.models import Mention
from events.models import Claim, ClaimKind, Evidence

if TYPE_CHECKING:
    from actors.models import Actor
    from curation.coding.claims import Coding, Passage
    from sources.models import Article

Made = Iterable[tuple[str, int]]  # rows by table and id, which are no twins


def twin_of_mention(
    article: Article, passage: Passage, actor: Actor | None, *, made: Made = ()
) -> Mention | None:
    """The mention of this actor by exactly these words, whatever its state."""
    start, end = passage
    rows = Mention.objects.filter(article=article, start=start, end=end, actor=actor)
    found: Mention | None = rows.exclude(pk__in=_of(Mention, made)).first()
    return found


def twin_of_claim(
    article: Article, passage: Passage, coding: Coding, *, made: Made = ()
) -> Claim | None:
    """An accepted claim of this kind by this speaker that exactly these words prove.

    Figures also have the same measure and group, roles the same actor: one sentence
    counts several groups and names several who took part.
    """
    start, end = passage
    proofs = Evidence.objects.filter(article=article, start=start, end=end)
    rows = Claim.objects.accepted().filter(pk__in=proofs.values("claim"))
    same = {"kind": coding.kind, **_same(coding)}
    found: Claim | None = (
        rows.filter(**same).exclude(pk__in=_of(Claim, made)).order_by("pk").first()
    )
    return found


def _same(coding: Coding) -> dict[str, Any]:
    columns = coding.columns
    names = ["voice", "speaker"]
    if columns.get("speaker") is None:
        names.append("speaker_text")
    if coding.kind == ClaimKind.FIGURE:
        names += ["measure_id", "group_id"]
    same = {name: columns.get(name) for name in names}
    if coding.kind == ClaimKind.ROLE:
        same["supports__participation__actor"] = coding.actor
    return same


def _of(model: type[Mention] | type[Claim], made: Made) -> list[int]:
    return [pk for label, pk in made if label == model._meta.label]
