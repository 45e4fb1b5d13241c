"""`manage.py export_proposals`: every proposal, for scoring elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from curation.models import Proposal
from sources.commands import ExampleCommand, written_to


class Command(ExampleCommand):
    help = (
        "Write what the machine proposes, one JSON object per line: article, kind,\n"
        "spans with their text, fields, score, rule, reason, extractor and what a\n"
        "person decided (docs/proposals.md). Of each extractor the latest run counts;\n"
        "what a person decided is always there."
    )
    examples = (
        "  manage.py export_proposals > proposals.jsonl\n"
        "  manage.py export_proposals --articles 3 4 --output two.jsonl"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["jsonl"], default="jsonl")
        parser.add_argument(
            "--articles", type=int, nargs="+", metavar="ID", help="only these"
        )
        parser.add_argument(
            "--output", type=Path, metavar="FILE", help="default: stdout"
        )

    def handle(
        self, *, articles: list[int] | None, output: Path | None, **_: Any
    ) -> None:
        rows = Proposal.objects.current_or_decided().with_judgement()
        rows = rows.select_related("article").defer("article__text")
        if articles is not None:
            rows = rows.filter(article__in=articles)
        with written_to(output) as stream:
            for row in rows.iterator(chunk_size=2_000):
                stream.write(json.dumps(_record(row), ensure_ascii=False) + "\n")


def _record(row: Any) -> dict[str, Any]:
    first = {"start": row.start, "end": row.end, "text": row.quote, "role": ""}
    return {
        "article": str(row.article_id),
        "source_name": row.article.source_name,
        "sha256": row.article.sha256,
        "id": row.pk,
        "kind": row.kind,
        "spans": [first, *row.spans],
        "fields": row.fields,
        "score": row.score,
        "rule": row.rule,
        "reason": row.reason,
        "extractor": row.extractor,
        "verdict": row.verdict,
    }
