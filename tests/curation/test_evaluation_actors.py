"""How proposals of actors are judged: on made-up gold and a made-up held-out set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from curation.evaluation import actors
from curation.evaluation.gold import Gold, GoldArticle, GoldClaim, GoldMention
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Result
from curation.extraction.context import Context, KnownActor, Name
from curation.extraction.documents import Document
from curation.extraction.findings import ActorMention, Finding, Office
from curation.extraction.parsing import Parser
from curation.extraction.reading import Reading

TEXT = "Elm attacked Oak. Ann Ash, head of Oak, fled. The group left. A source said so."


def actor(key: str, kind: str, *names: str) -> KnownActor:
    return KnownActor(
        key, names[0], kind, None, tuple(Name(name, "official") for name in names)
    )


CODED = {
    "elm": actor("elm", "armed_group", "Elm"),
    "oak": actor("oak", "armed_group", "Oak"),
    "ash": actor("ash", "person", "Ann Ash"),
}
OFFICE = {"ash-oak": {"subject": "ash", "kind": "leads", "object": "oak"}}


@dataclass
class FakeGold:
    """What the module asks of Gold."""

    articles: list[GoldArticle]
    actors: dict[str, KnownActor] = field(default_factory=lambda: dict(CODED))
    relations: dict[str, dict[str, Any]] = field(default_factory=lambda: dict(OFFICE))


@dataclass
class Says:
    """An extractor that finds what it is told to."""

    found: Sequence[tuple[str, str | None, int]]  # words, key of the actor, cluster
    offices: list[Office] = field(default_factory=list)
    name: str = "says"
    version: str = "1"

    def extract(self, reading: Reading) -> Iterable[Finding]:
        return list(self._findings(reading.document))

    def _findings(self, document: Document) -> Iterator[Finding]:
        for words, key, cluster in self.found:
            if words in document.text:
                start = document.text.index(words)
                span = document.span(start, start + len(words))
                fields = ActorMention(words, key, cluster, "alias")
                rule = "unnamed-speaker" if words == "source" else "test"
                yield Finding(fields, (span,), f"actor.{rule}", "")
        for office in self.offices:
            yield Finding(office, (document.span(0, 1),), "office.test", "")


def gold() -> Gold:
    mentions = [
        GoldMention(key, TEXT.index(words), TEXT.index(words) + len(words))
        for key, words in (
            ("elm", "Elm"),
            ("oak", "Oak"),
            ("ash", "Ann Ash"),
            ("elm", "The group"),
        )
    ]
    claims = [
        GoldClaim("1", {"relation": "ash-oak", "speaker_text": None}, ((0, 5),)),
        GoldClaim("2", {"speaker": None, "speaker_text": "A source"}, ((62, 70),)),
    ]
    article = GoldArticle(
        Document.of_text("a", TEXT), "a", {}, mentions=mentions, claims=claims
    )
    return cast(Gold, FakeGold([article]))


def rows(
    found: Sequence[tuple[str, str | None, int]],
    *,
    listed: Iterable[KnownActor] = (),
    offices: Iterable[Office] = (),
) -> dict[str, Result]:
    runner = Runner(
        [Says(found, list(offices))], Context(actors=tuple(listed)), Parser()
    )
    results = actors.seeds(gold(), runner)
    return {r.task: r for r in results if r.dataset == "seeds"}


def counts(result: Result) -> tuple[int, int, int]:
    return result.total.right, result.total.proposed, result.total.wanted


def test_listed_actor_must_be_named_by_its_key() -> None:
    right = rows([("Elm", "elm", 0)], listed=[CODED["elm"]])
    wrong = rows([("Elm", "oak", 0)], listed=[CODED["elm"], CODED["oak"]])
    nobody = rows([("Elm", None, 0)], listed=[CODED["elm"]])
    assert counts(right["actor mentions"]) == (1, 1, 4)
    assert counts(wrong["actor mentions"]) == (0, 1, 4)
    assert counts(nobody["actor mentions"]) == (0, 1, 4)
    assert counts(nobody["actor mentions, spans"]) == (1, 1, 4)


def test_listed_under_another_key_is_the_same_by_its_full_name() -> None:
    other = actor("elm-movement", "armed_group", "Elm")
    found = rows([("Elm", "elm-movement", 0)], listed=[other])
    assert counts(found["actor mentions"]) == (1, 1, 4)


def test_unknown_actor_is_who_most_of_its_cluster_is() -> None:
    found = rows([("Elm", None, 0), ("The group", None, 0), ("Oak", None, 0)])
    assert counts(found["actor mentions"]) == (2, 3, 4)


def test_two_proposals_for_one_mention_count_once() -> None:
    found = rows([("Ann", None, 0), ("Ann Ash", None, 0)])
    assert counts(found["actor mentions"]) == (1, 2, 4)


def test_named_leaves_out_generic_mentions() -> None:
    found = rows([("Elm", None, 0), ("The group", None, 0)])
    assert counts(found["actor mentions, named"]) == (1, 1, 3)


def test_second_cluster_of_an_actor_is_false() -> None:
    found = rows([("Elm", None, 0), ("The group", None, 1)])
    assert counts(found["actors per article"]) == (1, 2, 3)
    assert counts(found["actor mentions"]) == (2, 2, 4)


def test_unnamed_speakers_are_judged_by_the_words_of_claims() -> None:
    found = rows([("source", None, 0)])
    assert counts(found["actor mentions"]) == (0, 0, 4)
    assert counts(found["unnamed speakers"]) == (1, 1, 1)


def test_office_needs_person_relation_and_organisation() -> None:
    people = [("Ann Ash", None, 0), ("Oak", None, 1), ("Elm", None, 2)]
    right = rows(people, offices=[Office("leads", 0, 1, "head")])
    wrong = rows(people, offices=[Office("leads", 0, 2, "head")])
    alone = rows(people, offices=[Office("leads", 0, None, "head")])
    other = rows(people, offices=[Office("works_for", 0, 1, "head")])
    assert counts(right["offices of persons"]) == (1, 1, 1)
    assert counts(wrong["offices of persons"]) == (0, 1, 1)
    assert counts(alone["offices of persons"]) == (1, 1, 1)
    assert counts(other["offices of persons"]) == (0, 1, 1)


def test_leaving_one_out_never_knows_the_articles_own_names() -> None:
    both = gold()
    other = GoldArticle(
        Document.of_text("b", "The Oaks fled."), "b", {}, [GoldMention("oak", 4, 8)]
    )
    both.articles.append(other)
    seen: list[tuple[str, set[str]]] = []

    class Looks(Says):
        def extract(self, reading: Reading) -> Iterable[Finding]:
            known = {n.text for a in reading.context.actors for n in a.names}
            seen.append((reading.document.id, known))
            return []

    runner = Runner([Looks([])], Context(actors=(CODED["ash"],)), Parser())
    actors.seeds(both, runner)
    assert ("a", {"Ann Ash", "Oaks"}) in seen
    assert ("b", {"Ann Ash", "Elm", "Oak", "The group"}) in seen


def entity(kind: str, text: str, words: str) -> str:
    start = text.index(words)
    return json.dumps(
        {
            "documentId": "d",
            "type": kind,
            "begin": start,
            "end": start + len(words),
            "value": words,
        }
    )


@pytest.fixture
def re3d(tmp_path: Path) -> Path:
    part = tmp_path / "re3d" / "Somewhere"
    part.mkdir(parents=True)
    text = "The Elm Group met Minister Ann Ash in Oakland while fighters waited."
    (part / "documents.json").write_text(json.dumps({"_id": "d", "text": text}))
    entities = [
        entity("Organisation", text, "The Elm Group"),
        entity("Person", text, "Minister Ann Ash"),
        entity("Person", text, "Ann Ash"),
        entity("Location", text, "Oakland"),
        entity("Organisation", text, "fighters"),
    ]
    (part / "entities.json").write_text("\n".join(entities))
    return tmp_path


def test_re3d_counts_outermost_spans_with_capitals(re3d: Path) -> None:
    found = [("Elm Group", None, 0), ("Ann Ash", None, 1), ("Oakland", None, 2)]
    runner = Runner([Says([*found, ("fighters", None, 3)])], Context(), Parser())
    whole, unseen = actors.held_out(re3d, runner)
    assert counts(whole) == (2, 3, 2)
    assert len(unseen.documents) <= 1


def test_without_the_set_there_is_no_row(tmp_path: Path) -> None:
    assert actors.held_out(tmp_path, Runner([], Context(), Parser())) == []
