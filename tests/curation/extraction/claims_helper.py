"""Claims of a made-up text in a form that is easy to compare."""

from __future__ import annotations

import re

from curation.extraction.findings import ActorMention, Claim, Finding


class Named:
    """Stands in for the extractor of actors: every whole-word place of each name."""

    name = "named"
    version = "1"

    def __init__(self, **clusters: list[str]) -> None:
        self.clusters = clusters

    def extract(self, reading):
        for number, (key, names) in enumerate(self.clusters.items()):
            for name in names:
                for found in re.finditer(
                    rf"\b{re.escape(name)}\b", reading.document.normal
                ):
                    yield Finding(
                        ActorMention(names[0], key, number, "alias"),
                        (reading.document.span(*found.span()),),
                        "actor.test",
                        "for the test",
                    )


def claims(findings: list[Finding], *, attributed: bool = True) -> list[Finding]:
    return [
        f
        for f in findings
        if isinstance(f.fields, Claim) and f.fields.attributed is attributed
    ]


def contents(finding: Finding) -> list[str]:
    return [s.text for s in finding.spans if s.role in {"", "content"}]


def only(findings: list[Finding]) -> Finding:
    found = claims(findings)
    assert len(found) == 1, [(f.rule, contents(f)) for f in found]
    return found[0]
