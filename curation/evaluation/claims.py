"""Claims: attributed ones on the seeds and on PolNeAR, the outlet's own on the seeds.

**PolNeAR** (coverage, because its annotators join '"X," he said. "Y."' into one): a
proposal is right if the F1 of its words with a content of the gold is .5 or more, or
if three of four of its words lie inside one; a content is found if a proposal is right
with regard to it. The speaker, asked where a content was matched and has a source: the
F1 of the words is .5 or more, or one of the two is part of the other ("Ali" and "Ali,
an analyst").

**Seeds**: one attributed sentence carries several coded claims, each with the words it
needs. So what one speaker is said to say in one sentence is one attribution: the words
from the first to the last coded passage (of a claim with several, the first: others
often only show what a word refers to). A proposal is right if its F1 with one of them
is .5 or more, or if three of four of its words lie in attributions of one speaker. An
attribution is found if right proposals hold half of its words, those of their cues and
sources left aside. Hearsay without a speaker ("is said to") is coded as the outlet's
own statement with modality reported; a proposal with an unknown speaker is held
against those too. The speaker is right if it is the coded actor (same key, or a name
in common for actors that the run does not know) or somebody of the chain that passes
it on, as coded or as proposed; for speakers that are only described, if the words
overlap. Modality and kind are right if a coded claim inside the proposal has them.

**The outlet's own**: a proposal is right if it shares half the words of the shorter of
itself and a coded passage; a coded claim is found if three of four of the words of one
of its passages lie inside one proposal.
"""

from __future__ import annotations

from pathlib import Path

from curation.evaluation.claim_polnear import of_record
from curation.evaluation.claim_seeds import Seed
from curation.evaluation.gold import Gold
from curation.evaluation.held_out import json_lines
from curation.evaluation.runner import Runner
from curation.evaluation.scores import Result, by_rule


def seeds(gold: Gold, runner: Runner) -> list[Result]:
    """Attributed claims, speakers, modality, kinds, and the outlet's own statements."""
    scored = [Seed(article, gold, runner) for article in gold.articles]
    inside = "of right proposals; a coded claim inside has it"
    return [
        Result(
            "attributed claims", "seeds", "F1", [s.attributed() for s in scored], 0.93,
            by_rule(judged for s in scored for judged in s.judged),
            "what a speaker says in a sentence is one; coverage",
        ),
        Result(
            "speaker of a claim", "seeds", "accuracy",
            [s.speakers() for s in scored], 0.93, {},
            "of right proposals: the coded actor, or the words of a described speaker",
        ),
        Result(
            "modality of a claim", "seeds", "accuracy",
            [s.having("modality") for s in scored], None, {}, inside,
        ),
        Result(
            "kind of a claim", "seeds", "accuracy",
            [s.having("kind") for s in scored], None, {}, inside,
        ),
        Result(
            "outlet's own statements, recall", "seeds", "R",
            [s.own() for s in scored], 0.80,
            by_rule(judged for s in scored for judged in s.judged_own),
            "three of four words of a passage inside one proposal",
        ),
        Result(
            "outlet's own statements, precision", "seeds", "P",
            [s.own() for s in scored], 0.85, {},
            "half the words of the shorter are shared",
        ),
    ]  # fmt: skip


def held_out(data: Path, runner: Runner, part: str = "dev") -> list[Result]:
    """PolNeAR, of `data`; the part nobody reads unless another is asked for."""
    path = data / "polnear" / f"{part}.jsonl"
    if not path.exists():
        return []
    scored = [of_record(record, runner) for record in json_lines(path)]
    dataset = f"PolNeAR {part}"
    statements = [each.statements for each in scored]
    rules = by_rule(judged for each in scored for judged in each.judged)
    cue = "attributions whose cue is a verb or noun of reporting"
    return [
        Result(
            "attributed claims", dataset, "F1", statements, 0.85, rules,
            f"coverage; recall counts {cue}",
        ),
        Result(
            "attributed claims, precision", dataset, "P", statements, 0.92, {},
            "coverage",
        ),
        Result(
            "attributed claims, all attitudes", dataset, "F1",
            [each.everything for each in scored], None, {},
            "coverage; recall counts wishes, support and other attitudes too",
        ),
        Result(
            "speaker of a claim", dataset, "accuracy",
            [each.speakers for each in scored], 0.85, {},
            "of matched contents that have a source: F1 of the words ≥ .5 or one is "
            "part of the other",
        ),
    ]  # fmt: skip
