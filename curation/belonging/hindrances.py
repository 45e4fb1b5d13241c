"""Why the public does not see a row, or not the whole of it, in words.

What is public is for publishing.public to say, which stands above this room; a test
holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.models import Alias, Mention
from curation.belonging.naming import counted, listed, names_of, noun
from curation.belonging.rows import KINDS
from events.models import Claim, Event, Stance, SupportedPart
from sources.models import Article, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from curation.belonging.rows import Belonging
    from sources.models import Curated

    Published = Mapping[type[Curated], Collection[int]]

_TOLD = 4  # reasons in one sentence
_WAITING = (Status.CODED, Status.REVIEWED)
_OPEN = (Status.DRAFT, *_WAITING)
_PARTS = (
    (SupportedPart.DATE, "no claim is linked to its date"),
    (SupportedPart.PLACE, "no claim is linked to its place"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether a row is public, and what of it is missing there."""

    public: bool
    because: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """One sentence; empty for what is public as a whole."""
        if not self.because:
            return ""
        start = "Public, but not whole" if self.public else "Not public yet"
        shown = list(self.because[:_TOLD])
        if more := len(self.because) - len(shown):
            shown.append(f"{more} more")
        return f"{start}: {listed(shown)}."


def seen(found: Belonging, *, published: Published | None = None) -> Seen:
    """What the public sees of the root of `found` once what stands in `published` is
    that, too. Names what stands alone of its kind: a query for each such kind at most.
    """
    view = _View(found, published or {})
    if reasons := tuple(view.keeps_back()):
        return Seen(public=False, because=reasons)
    return Seen(public=True, because=tuple(view.leaves_out()))


@dataclass(frozen=True, slots=True)
class _View:
    """The rows as the public would find them."""

    found: Belonging
    published: Published

    def is_published(self, model: type[Curated], pk: int) -> bool:
        state = self.found.rows[model].get(pk)
        return state == Status.PUBLISHED or pk in self.published.get(model, ())

    def keeps_back(self) -> Iterator[str]:
        """Why the root is not public."""
        root = self.found.root
        model = type(root)
        if not self.is_published(model, root.pk):
            yield f"it is {self.found.rows[model].get(root.pk, root.status)}"
        if isinstance(root, Article) or self._proved():
            return
        claims = {claim["pk"] for claim in self._about()}
        if not any(self.is_published(Claim, pk) for pk in claims):
            drafts = self._keys(Claim, _OPEN)
            yield from (
                self._groups(Claim, drafts)
                if drafts
                else ("no claim that stands is about it",)
            )
        yield from self._groups(Article, self._keys(Article, tuple(Status)))

    def leaves_out(self) -> Iterator[str]:
        """What of the root is not public while it is."""
        for model in KINDS:
            if model in {Mention, Alias} and not isinstance(self.found.root, Article):
                continue
            states = _OPEN if model is Article else _WAITING
            yield from self._groups(model, self._keys(model, states))
        yield from self._unsaid()

    def _about(self) -> list[dict[str, int]]:
        """The claims that prove the root: of an event, those that speak of it."""
        root = self.found.root
        if not isinstance(root, Event):
            return self.found.claims
        resting = {
            each.claim_id
            for each in self.found.supports
            if each.event_id == root.pk and each.stance == Stance.SUPPORTS
        }
        return [
            claim
            for claim in self.found.claims
            if claim["event"] == root.pk or claim["pk"] in resting
        ]

    def _proved(self) -> bool:
        """Whether a published claim about the root stands in a published article."""
        about = {claim["pk"] for claim in self._about()}
        return any(
            claim in about
            and self.is_published(Claim, claim)
            and self.is_published(Article, article)
            for claim, article in self.found.evidence
        )

    def _keys(
        self, model: type[Curated], states: Collection[Status]
    ) -> dict[int, Status]:
        """The rows in one of these states that are not published."""
        return {
            pk: state
            for pk, state in self.found.rows[model].items()
            if state in states and not self.is_published(model, pk)
        }

    def _groups(
        self, model: type[Curated], rows: Mapping[int, Status]
    ) -> Iterator[str]:
        """ "the article “…” is coded", "2 claims are reviewed"."""
        by_state: dict[Status, list[int]] = {}
        for pk, state in rows.items():
            by_state.setdefault(state, []).append(pk)
        alone = [keys[0] for keys in by_state.values() if len(keys) == 1]
        names = names_of(model, alone)
        for state, keys in by_state.items():
            if len(keys) == 1:
                name = names.get(keys[0], "")
                yield f"the {noun(model, 1)} “{name}” is {state}"
            else:
                yield f"{counted(model, len(keys))} are {state}"

    def _unsaid(self) -> Iterator[str]:
        """Parts of an event that no claim speaks of: nothing makes them public."""
        event = self.found.events.get(self.found.root.pk)
        if event is None or not isinstance(self.found.root, Event):
            return
        said = {
            each.part
            for each in self.found.supports
            if each.event_id == event["pk"] and each.stance == Stance.SUPPORTS
        }
        has = {
            SupportedPart.DATE: event["date_earliest"] or event["date_latest"],
            SupportedPart.PLACE: event["place"],
        }
        for part, words in _PARTS:
            if has[part] and part not in said:
                yield words
        if number := self.found.unsaid:
            verb = "has" if number == 1 else "have"
            yield f"{number} {'role' if number == 1 else 'roles'} {verb} no claim"
