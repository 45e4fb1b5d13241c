"""One coded article with all that its event needs, as a curator leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from events.models import Claim
from sources.services import recorded
from tests.factories.actors import ActorFactory, AliasFactory, MentionFactory
from tests.factories.events import (
    AttributionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    ParticipationFactory,
    PlaceFactory,
    SupportFactory,
)
from tests.factories.sources import (
    ArticleFactory,
    OriginFactory,
    OutletFactory,
    term,
)

DATE = {
    "date_earliest": "2021-08-26",
    "date_latest": "2021-08-26",
    "date_precision": "day",
    "date_basis": "stated",
}


@dataclass(frozen=True, slots=True)
class Case:
    """The rows by their part in it."""

    article: Any
    event: Any
    said: Any  # the claim that tells what, when, where and who
    figure: Any
    role: Any
    place: Any
    city: Any  # in which the place lies
    actor: Any
    victim: Any
    speaker: Any
    mention: Any
    alias: Any
    outlet: Any
    origin: Any

    @property
    def all(self) -> list[Any]:
        """Every row of it that has a state."""
        return [getattr(self, name) for name in self.__dataclass_fields__]

    def states(self) -> set[str]:
        return {type(r).objects.get(pk=r.pk).status for r in self.all}

    def now(self, name: str) -> str:
        row = getattr(self, name)
        status: str = type(row).objects.get(pk=row.pk).status
        return status


def coded_by(user: Any, status: str = "coded") -> Case:
    """An attack on an airport, coded by `user` from one article."""
    with recorded(by=user, why="coding"):
        return _coded(status)


def _coded(status: str) -> Case:
    state = {"status": status}
    outlet, origin = OutletFactory(**state), OriginFactory(**state)
    article = ArticleFactory(outlet=outlet, origin=origin, **state)
    city = PlaceFactory(name="Kabul", **state)
    place = PlaceFactory(
        *(),
        **state,
        **{"name": "Kabul airport", "parent": city},
        **{"latitude": 34.5, "longitude": 69.2, "radius_m": 3000},
    )
    precise = term("place-precision/exact")
    event = EventFactory(
        *(),
        **state,
        **DATE,
        **{"title": "Attack", "place": place, "place_precision": precise},
    )
    actor, victim, speaker = (
        ActorFactory(name=name, **state) for name in ("ISIS-K", "Civilians", "Police")
    )
    said = ClaimFactory(
        event=event, evidence__article=article, speaker=speaker, **state
    )
    AttributionFactory(claim=said, actor=victim, position=1)
    figure = FigureFactory(event=event, evidence__article=article, **state)
    role = ParticipationFactory(event=event, actor=actor, **state)
    for part in ("occurrence", "date", "place"):
        SupportFactory(claim=said, event=event, part=part)
    SupportFactory(claim=said, event=event, part="participation", participation=role)
    alias = AliasFactory(actor=actor, name="attack", **state)
    mention = MentionFactory(article=article, actor=actor, alias=alias, **state)
    return Case(
        *(article, event, said, figure, role, place, city),
        *(actor, victim, speaker, mention, alias, outlet, origin),
    )


def more_of(case: Case, number: int) -> None:
    """So many more claims, roles and actors of the same article and event."""
    for _ in range(number):
        actor = ActorFactory(status="coded")
        claim: Claim = ClaimFactory(
            event=case.event,
            evidence__article=case.article,
            speaker=actor,
            status="coded",
        )
        role = ParticipationFactory(event=case.event, actor=actor, status="coded")
        SupportFactory(
            claim=claim, event=case.event, part="participation", participation=role
        )
        alias = AliasFactory(actor=actor, name="attack", status="coded")
        MentionFactory(article=case.article, actor=actor, alias=alias, status="coded")
