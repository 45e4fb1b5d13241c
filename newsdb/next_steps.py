"""What to do next, as the admin's first page says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from curation.leases import desk_url
from curation.tasks import failed
from events.models import Claim, Evidence
from sources.models import Article, Status, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curation.queue import Waiting

CAP = 1_000  # rows that are counted; beyond that, "more than"


class Step(NamedTuple):
    """One thing to do: a sentence, and where (a page) or how (a command)."""

    text: str
    href: str = ""
    command: str = ""


def next_steps(user: Any, offered: Sequence[Waiting]) -> list[Step]:
    """What is missing or waiting; each step only where it applies.

    `offered` is the queue, the most urgent first.
    """
    if not Term.objects.exists():
        return [Step("No code lists yet:", command="./manage.py load_reference")]
    if not Article.objects.exists():
        return [
            Step(
                "No articles yet:", command="./manage.py import_articles fixtures/seeds"
            )
        ]
    steps = (
        _failed(user),
        _uncoded(offered),
        _to_code(),
        _to_review(),
        _to_publish(),
    )
    return [step for step in steps if step] or [
        Step("Nothing waits. New articles:", command="./manage.py import_articles PATH")
    ]


def _failed(user: Any) -> Step | None:
    """Jobs of the worker that were given up; for those who can have them retried."""
    if not (user and user.has_perm("curation.decide_all_proposals")):
        return None
    number = failed().count()
    if not number:
        return None
    href = reverse("admin:procrastinate_procrastinatejob_changelist")
    noun = "job" if number == 1 else "jobs"
    return Step(f"{number} {noun} of the worker failed", f"{href}?status__exact=failed")


def _uncoded(offered: Sequence[Waiting]) -> Step | None:
    """The first article that nobody has begun, or else the first to go on with."""
    if not offered:
        return None
    article = next((row.article for row in offered if row.facts.untouched), None)
    if article is None:
        begun = offered[0].article
        return Step(f"Go on with the article: {begun}", desk_url(begun.pk))
    if article.runs.exists():
        text = f"Decide what a machine read in the next article: {article}"
        return Step(text, desk_url(article.pk))
    href = reverse("admin:sources_article_change", args=[article.pk])
    return Step(f"Read the next article without a claim: {article}", href)


def _to_code() -> Step | None:
    return _waiting(Status.DRAFT, "be coded: still drafts")


def _to_review() -> Step | None:
    return _waiting(Status.CODED, "be reviewed")


def _to_publish() -> Step | None:
    return _waiting(Status.REVIEWED, "be published")


def _waiting(status: Status, what: str) -> Step | None:
    rows = Claim.objects.filter(status=status).order_by().values("pk")
    number = rows[: CAP + 1].count()
    if not number:
        return None
    noun = "claim waits" if number == 1 else "claims wait"
    counted = str(number) if number <= CAP else f"More than {CAP}"
    return Step(f"{counted} {noun} to {what}", _read(status, rows[: CAP + 1]))


def _read(status: Status, claims: Any) -> str:
    """Where such claims are read with their words: in their article, or several."""
    proof = Evidence.objects.filter(claim__in=claims).order_by()
    articles = list(proof.values_list("article", flat=True).distinct()[:2])
    if len(articles) == 1:
        page = reverse("admin:sources_article_change", args=articles)
        return f"{page}#claims-{status}"
    return f"{reverse('admin:sources_article_changelist')}?claims={status}"
