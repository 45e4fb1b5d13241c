"""Accepting a proposed event: the event, who took part, the claim that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from curation.coding.claims import Passage, new_claim, sentence_of
from curation.coding.keys import by_key, free_slug
from curation.coding.setting import parts_given
from curation.deciding.actors import actor_of
from curation.deciding.places import known_place
from curation.models import Proposal
from events.models import Event, Participation, Support, SupportedPart
from sources.models import Status, Term
from sources.services import save_curated

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import Model


def make_event(
    proposal: Proposal, fields: Mapping[str, Any], *, by: AbstractUser, why: str
) -> list[Model]:
    """A new event, or what the article adds to the known one that it is linked to."""
    made: list[Model] = []
    event = _linked(fields)
    if event is None:
        event = _new_event(proposal, fields)
        save_curated(event, by=by, why=why)
        made.append(event)
    passages = _passages(proposal)
    claim_and_proof = new_claim(
        proposal.article,
        start=proposal.start,
        kind="occurrence",
        statement=fields["title"],
        passages=passages,
        columns={"event": event},
        by=by,
        why=why,
    )
    claim: Any = claim_and_proof[0]
    taking_part = _participations(proposal, fields, event, by=by, why=why)
    quotes = [proposal.article.text[slice(*passage)] for passage in passages]
    given = parts_given(event, quotes) if made else []
    supports = [
        Support(claim=claim, event=event, part=part)
        for part in (SupportedPart.OCCURRENCE, *given)
    ]
    supports += [
        Support(
            claim=claim,
            event=event,
            part=SupportedPart.PARTICIPATION,
            participation=each,
        )
        for each in taking_part
    ]
    for support in supports:
        save_curated(support, by=by, why=why)
    return [*made, *taking_part, *claim_and_proof, *supports]


def _passages(proposal: Proposal) -> list[Passage]:
    """The sentence that tells of it, then those that give its date and its place."""
    spans = [(proposal.start, proposal.end)]
    spans += [
        (each["start"], each["end"])
        for role in ("date", "place")
        for each in proposal.spans
        if each["role"] == role
    ]
    sentences = (sentence_of(proposal.article, *span) for span in spans)
    return list(dict.fromkeys(sentences))


def _linked(fields: Mapping[str, Any]) -> Event | None:
    key = fields.get("linked")
    if not key:
        return None
    return by_key(Event, key)


def _new_event(proposal: Proposal, fields: Mapping[str, Any]) -> Event:
    place = known_place(fields.get("place"))
    return Event(
        slug=free_slug(Event, fields["title"]),
        title=fields["title"][:200],
        type_id=fields.get("type") and f"plover-type/{fields['type']}",
        mode=_term("plover-mode", fields.get("type"), fields.get("mode")),
        acled_sub_event=_term("acled-sub-event", None, fields.get("acled")),
        contexts=[
            f"plover-context/{context}" for context in fields.get("contexts") or ()
        ],
        modality=fields["modality"],
        place=place,
        place_precision=_term("place-precision", None, _precision(fields))
        if place
        else None,
        place_text=_words(proposal, "place") if place else "",
        status=Status.CODED,
        **_date(proposal, fields.get("date")),
    )


def _date(proposal: Proposal, date: Mapping[str, Any] | None) -> dict[str, Any]:
    """The date's columns; nothing where it is unknown."""
    if not date or not date.get("earliest"):
        return {}
    return {
        "date_earliest": date["earliest"],
        "date_latest": date["latest"],
        "date_precision": date["precision"],
        "date_basis": date["basis"],
        "date_text": _words(proposal, "date"),
        "date_note": date.get("note") or "",
    }


def _participations(
    proposal: Proposal,
    fields: Mapping[str, Any],
    event: Event,
    *,
    by: AbstractUser,
    why: str,
) -> list[Participation]:
    """Roles of actors that are recorded and not in the event with them yet."""
    present = set(event.participations.values_list("actor", "role"))
    made = []
    for each in fields.get("participants") or ():
        actor, role = actor_of(proposal, each), f"role/{each['role']}"
        if actor is None or (actor.pk, role) in present:
            continue
        present.add((actor.pk, role))
        row = Participation(event=event, actor=actor, role_id=role, status=Status.CODED)
        save_curated(row, by=by, why=why)
        made.append(row)
    return made


def _precision(fields: Mapping[str, Any]) -> str | None:
    return (fields.get("place") or {}).get("precision")


def _term(code_list: str, parent: str | None, code: str | None) -> Term | None:
    """The entry of a code list; of a child of `parent` for modes ("TYPE.mode").

    Raises ValidationError when there is none.
    """
    if not code:
        return None
    key = f"{code_list}/{parent}.{code}" if parent else f"{code_list}/{code}"
    term = Term.objects.filter(pk=key).first()
    if term is None:
        of = f" of {parent}" if parent else ""
        raise ValidationError(
            f"There is no {code_list.replace('-', ' ')} “{code}”{of}: choose another "
            "one, or leave it empty."
        )
    return term


def _words(proposal: Proposal, role: str) -> str:
    """The words of the proposal that have this role."""
    return next((s["text"] for s in proposal.spans if s["role"] == role), "")[:200]
