"""Where the quotes of mentions, claims and omissions stand in their articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from curation.format.entries import CurationSet, Entry, each_article
from curation.format.known import Known
from curation.format.mentions import ALL, fixed_spans, free_spans
from curation.format.problems import Problem
from curation.format.quotes import NotFoundError, Span, locate
from curation.format.reading import Where


@dataclass(frozen=True, slots=True)
class Passage:
    """`texts[sha256][start:end] == quote`."""

    sha256: str
    start: int
    end: int
    quote: str


@dataclass(slots=True)
class Passages:
    """The passages of every entry that quotes, and what could not be placed."""

    found: CurationSet
    known: Known
    of: dict[Entry, list[Passage]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def locate(self) -> None:
        for article in self.found.of("articles"):
            if article.key not in self.known.texts:
                self.problems.append(
                    article.problem(
                        f"no article with sha256 {article.key} has been imported",
                        "sha256",
                        suggestion="run import_articles first",
                    )
                )
        for claim in self.found.of("claims"):
            self._claim(claim)
        for omission in self.found.of("not_coded"):
            self._quote(omission, omission.data, ())
        for article, mentions in each_article(self.found, "mentions"):
            self._mentions(article, mentions)

    def _claim(self, claim: Entry) -> None:
        if "quote" in claim.data:
            self._quote(claim, claim.data, ())
        for position, item in enumerate(claim.items("quotes")):
            self._quote(claim, item, ("quotes", position))
        if len(set(self.of.get(claim, []))) < len(self.of.get(claim, [])):
            self.problems.append(
                claim.problem("two of its quotes are the same passage", "quotes")
            )

    def _quote(self, entry: Entry, item: dict[str, Any], where: Where) -> None:
        """Place one quote in the article that it names, or in the entry's own."""
        own = entry.article.key if entry.article else ""
        sha256 = item.get("article", own)
        text = self.known.texts.get(sha256)
        if text is None:
            if sha256 != own:
                what = f"no article with sha256 {sha256} has been imported"
                self.problems.append(entry.problem(what, *where, "article"))
            return
        quote = item["quote"]
        try:
            span = locate(text, quote, item.get("occurrence"))
        except NotFoundError as error:
            self._not_found(entry, quote, error, (*where, "quote"))
        else:
            self.of.setdefault(entry, []).append(Passage(sha256, *span, quote))

    def _mentions(self, article: Entry, mentions: list[Entry]) -> None:
        """Place the mentions of one article: listed ones, then `all`, longest first."""
        text = self.known.texts.get(article.key)
        if text is None:
            return
        taken: dict[Span, set[str]] = {}
        everywhere = {m for m in mentions if m.get("occurrences") == ALL}
        free = sorted(everywhere, key=lambda m: (-len(m.data["quote"]), m.line))
        for mention in [*(m for m in mentions if m not in everywhere), *free]:
            quote = mention.data["quote"]
            try:
                if mention in everywhere:
                    spans = free_spans(text, quote, list(taken))
                else:
                    spans = fixed_spans(text, quote, mention.get("occurrences"))
            except NotFoundError as error:
                self._not_found(mention, quote, error, ("quote",))
                continue
            self._take(mention, spans, taken)

    def _take(
        self, mention: Entry, spans: list[Span], taken: dict[Span, set[str]]
    ) -> None:
        sha256 = mention.article.key if mention.article else ""
        quote = mention.data["quote"]
        for span in spans:
            if mention.key in taken.setdefault(span, set()):
                what = f"“{quote}” at {span[0]} is a mention of {mention.key} already"
                self.problems.append(mention.problem(what, "quote"))
            taken[span].add(mention.key)
        self.of[mention] = [Passage(sha256, *span, quote) for span in spans]

    def _not_found(
        self, entry: Entry, quote: str, error: NotFoundError, where: Where
    ) -> None:
        shown = quote if len(quote) <= 80 else f"{quote[:80]}…"
        self.problems.append(
            entry.problem(f"“{shown}” {error}", *where, suggestion=error.suggestion)
        )


def alias_problems(found: CurationSet, known: Known) -> Iterator[Problem]:
    """Mentions whose `alias` is no name of their actor."""
    names = actor_names(found, known)
    for mention in found.of("mentions"):
        alias = mention.get("alias")
        if alias and mention.key in names and alias not in names[mention.key]:
            listed = ", ".join(f"“{name}”" for name in names[mention.key])
            yield mention.problem(
                f"“{alias}” is no name of {mention.key}",
                "alias",
                suggestion=f"its names are {listed}",
            )


def actor_names(found: CurationSet, known: Known) -> dict[str, list[str]]:
    """Key of an actor → its name first, then its aliases; files before database."""
    return known.names | {
        actor.key: [actor.data["name"], *(a["name"] for a in actor.items("aliases"))]
        for actor in found.of("actors")
    }
