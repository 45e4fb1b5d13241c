"""Claims as cards: who says it, how, in which words, and where they stand. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publishing.pages import words
from publishing.pages.links import passage_hrefs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publishing.pages.documents import Body, Names


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of the chain of attribution; no slug where words only describe it."""

    name: str
    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a claim where they stand."""

    quote: str
    quoted: str
    prefix: str
    suffix: str
    href: str
    article: int
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Card:
    """A claim, ready to be shown."""

    id: int
    slug: str
    number: int
    kind: str
    statement: str
    chain: list[Voice]
    modality: str
    modality_name: str
    modality_meaning: str
    denies: bool
    figure: str
    passages: list[Passage]

    @property
    def href(self) -> str:
        return self.passages[0].href


def card(claim: Body, names: Names, *, number: int = 0) -> Card:
    """The card of a claim document."""
    return Card(
        id=claim["id"],
        slug=claim["slug"],
        number=number,
        kind=names.name("claim-kind", claim["kind"]),
        statement=claim["statement"],
        chain=_chain(claim),
        modality=claim["modality"],
        modality_name=names.name("claim-modality", claim["modality"]),
        modality_meaning=names.meaning("claim-modality", claim["modality"]),
        denies=claim["polarity"] == "negative",
        figure=_figure(claim, names),
        passages=_passages(claim),
    )


def _chain(claim: Body) -> list[Voice]:
    """Who says it, from the one nearest to the article to the one at the end."""
    links = [_voice(link["actor"], link["text"]) for link in claim["attributed_to"]]
    speaker = _voice(claim["speaker"], claim["speaker_text"])
    return [link for link in (*links, speaker) if link]


def _voice(actor: Mapping[str, Any] | None, text: str | None) -> Voice | None:
    if actor:
        return Voice(name=actor["name"], slug=actor["slug"], text=text or "")
    return Voice(name="", slug="", text=text) if text else None


def _figure(claim: Body, names: Names) -> str:
    if not claim["measure"]:
        return ""
    return f"{words.bounds(claim)} {words.counted(claim, names)}"


def _passages(claim: Body) -> list[Passage]:
    return [
        Passage(
            quote=evidence["quote"],
            quoted=words.quoted(evidence["quote"]),
            prefix=words.before(evidence["prefix"], evidence["start"]),
            suffix=words.after(evidence["suffix"]),
            href=href,
            article=evidence["article"]["id"],
            title=words.article_title(evidence["article"]),
            start=evidence["start"],
            end=evidence["end"],
        )
        for evidence, href in zip(claim["evidence"], passage_hrefs(claim), strict=True)
    ]


def numbered(claims: Iterable[Body], names: Names) -> list[Card]:
    """Cards in the order of their first passages, numbered from 1."""

    def place(claim: Body) -> tuple[int, int, str]:
        first = claim["evidence"][0]
        return first["article"]["id"], first["start"], claim["slug"]

    ordered = sorted(claims, key=place)
    return [card(claim, names, number=n) for n, claim in enumerate(ordered, 1)]
