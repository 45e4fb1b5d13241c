"""What the admin's first page says beside its list of tables."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.db.models import Exists, OuterRef
from django.template import Context
from django.urls import reverse

from curation.models import Omission
from curation.tasks import failed
from events.models import Claim, Evidence
from sources.models import Article, Status, Term

register = template.Library()


class Step(NamedTuple):
    """One thing to do: a sentence, and where (a page) or how (a command)."""

    text: str
    href: str = ""
    command: str = ""


@register.simple_tag(takes_context=True)
def next_steps(context: Context) -> list[Step]:
    """What is missing or waiting; each step only where it applies."""
    if not Term.objects.exists():
        return [Step("No code lists yet:", command="./manage.py load_reference")]
    if not Article.objects.exists():
        return [
            Step(
                "No articles yet:", command="./manage.py import_articles fixtures/seeds"
            )
        ]
    steps = (
        _failed(context.get("user")),
        _uncoded(),
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


_GONE = (Status.REJECTED, Status.RETRACTED)


def _uncoded() -> Step | None:
    """The first article with neither a claim that stands nor a passage left out."""
    quoted = Evidence.objects.filter(article=OuterRef("pk"))
    left_out = Omission.objects.filter(article=OuterRef("pk"))
    uncoded = Article.objects.filter(
        ~Exists(quoted.exclude(claim__status__in=_GONE)), ~Exists(left_out)
    )
    article = uncoded.exclude(status__in=_GONE).defer("text").order_by("id").first()
    if article is None:
        return None
    if article.runs.exists():
        href = reverse("admin:curation_proposal_article", args=[article.pk])
        return Step(f"Decide what a machine read in the next article: {article}", href)
    href = reverse("admin:sources_article_change", args=[article.pk])
    return Step(f"Read the next article without a claim: {article}", href)


def _to_code() -> Step | None:
    return _waiting(Status.DRAFT, "be coded: still drafts")


def _to_review() -> Step | None:
    return _waiting(Status.CODED, "be reviewed")


def _to_publish() -> Step | None:
    return _waiting(Status.REVIEWED, "be published")


def _waiting(status: Status, what: str) -> Step | None:
    number = Claim.objects.filter(status=status).count()
    if not number:
        return None
    href = reverse("admin:events_claim_changelist")
    noun = "claim waits" if number == 1 else "claims wait"
    return Step(f"{number} {noun} to {what}", f"{href}?status__exact={status}")
