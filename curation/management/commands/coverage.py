"""`manage.py coverage`: what of the articles is not coded yet."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError, CommandParser

from curation.coverage import Coverage, coverage, percent
from sources.commands import ExampleCommand
from sources.models import Article

SHOWN = 100  # characters of a sentence


class Command(ExampleCommand):
    help = (
        "List the sentences that neither a claim nor an omission deals with.\n\n"
        "Counted are the sentences of the body; one that the quote of a claim or of\n"
        "an omission (not_coded) overlaps is covered."
    )
    examples = (
        "  manage.py coverage                  all articles\n"
        "  manage.py coverage --article 3 4    two of them\n"
        "  manage.py coverage --min 95         exit code 1 below 95 % of all sentences"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--article", type=int, nargs="+", metavar="ID", help="only these articles"
        )
        parser.add_argument(
            "--min",
            type=_percentage,
            default=0.0,
            metavar="PERCENT",
            help="exit with 1 when less is covered in total (default 0)",
        )

    def handle(self, *, article: list[int] | None, **options: Any) -> None:
        found = coverage(_articles(article))
        for each in found:
            self._report(each)
        covered = sum(each.covered for each in found)
        total = sum(each.total for each in found)
        share = percent(covered, total)
        line = f"Total: {covered} of {total} sentences ({share:.1f} %)"
        if share < options["min"]:
            raise CommandError(
                f"{line}, below the {options['min']:g} % asked for.", returncode=1
            )
        self.stdout.write(f"{line}.")

    def _report(self, found: Coverage) -> None:
        self.stdout.write(
            f"Article {found.article.pk}, {found.article}: {found.covered} of "
            f"{found.total} sentences ({found.percent:.1f} %)"
        )
        for sentence in found.open:
            text = " ".join(sentence.text.split())
            shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
            self.stdout.write(f"  {sentence.start}–{sentence.end}  {shown}")


def _articles(only: list[int] | None) -> Any:
    articles = Article.objects.order_by("pk")
    if only is None:
        return articles
    articles = articles.filter(pk__in=only)
    if missing := set(only) - set(articles.values_list("pk", flat=True)):
        names = ", ".join(map(str, sorted(missing)))
        raise CommandError(f"There is no article {names}.", returncode=1)
    return articles


def _percentage(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number <= 100:
        raise ArgumentTypeError(f"{value} is not a percentage from 0 to 100")
    return number
