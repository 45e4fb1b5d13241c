"""Which articles wait, the most urgent first, and why each does.

To weigh all of a hundred thousand articles for every look at the queue would take
seconds. So a look weighs those that have waited longest, the newest, and those that are
on somebody's desk: `WINDOW` of each. The others move up as these are done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from curation.coverage import coverage
from curation.disputes import in_dispute
from curation.models import Lease, Omission, Proposal, ProposalKind
from curation.priority import Facts, Reason, reasons
from events.models import ClaimKind, Event, Evidence, Voice
from sources.models import ACCEPTED, Article, Status

WINDOW = 100
GONE = (Status.REJECTED, Status.RETRACTED)
TRUSTED = 0.7  # proposals below that are folded away on the desk
MATTER = (ProposalKind.CLAIM, ProposalKind.FIGURE, ProposalKind.EVENT)


@dataclass(frozen=True)
class Waiting:
    """An article that waits, with what is known of it."""

    article: Any
    facts: Facts

    @cached_property
    def reasons(self) -> list[Reason]:
        return reasons(self.facts)

    @cached_property
    def priority(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def lease(self) -> Lease | None:
        """The running lease, with `by`."""
        lease = getattr(self.article, "lease", None)
        return lease if lease and lease.until > timezone.now() else None


def queue(*, outlet: int | None = None, words: str = "") -> list[Waiting]:
    """The articles that wait for work, of one outlet or of all, the most urgent first.

    `words`: only those with all of them, each in the title or in the text; titles are
    searched everywhere, texts where articles are weighed without words too.

    What waits: articles of which nobody has dealt with a single passage; drafts with
    sentences left; those with open proposals that matter; what is on a desk. At most
    3 × WINDOW articles and those on desks are weighed, with a constant number of
    queries.
    """
    articles = list(_looked_at(outlet, words.split()))
    facts = _facts(articles)
    found = (Waiting(article, facts[article.pk]) for article in articles)
    return sorted(
        (each for each in found if _waits(each)),
        key=lambda each: (-each.priority, each.article.pk),
    )


def free(rows: Iterable[Waiting]) -> list[Waiting]:
    """Those that are on nobody's desk; first those that nobody has marked as coded."""
    found = [row for row in rows if row.lease is None]
    return sorted(found, key=lambda row: row.article.status != Status.DRAFT)


def _waits(row: Waiting) -> bool:
    facts = row.facts
    return bool(
        row.lease or facts.untouched or facts.open_sentences or facts.open_claims
    )


def _looked_at(outlet: int | None, words: Sequence[str]) -> QuerySet[Any]:
    """The articles that are weighed, with their outlet and lease."""
    rows = Article.objects.filter(outlet=outlet) if outlet else Article.objects.all()
    found = Q(pk__in=_window(rows))
    if words:
        titled, told = rows, Q()
        for word in words:
            titled = titled.filter(title__icontains=word)
            told &= Q(title__icontains=word) | Q(text__icontains=word)
        found = found & told | Q(pk__in=_window(titled))
    return (
        Article.objects.filter(found)
        .select_related("outlet__reliability", "lease__by")
        .defer("text")
        .order_by("pk")
    )


def _window(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The keys of those that have waited longest, of the newest, of those on desks."""
    drafts = rows.filter(status=Status.DRAFT)
    others = rows.exclude(status__in=[Status.DRAFT, *GONE])
    on_desks = rows.filter(pk__in=Lease.objects.running().values("pk"))
    first, *more = (
        each.order_by(order).values("pk")[:WINDOW]
        for each, order in (
            (drafts, "pk"),
            (drafts, "-pk"),
            (others, "-pk"),
            (on_desks, "pk"),
        )
    )
    return first.union(*more)


def _facts(articles: Sequence[Any]) -> dict[int, Facts]:
    """What the priority of each rests on. Ten queries."""
    pks = [article.pk for article in articles]
    waiting = open_by_kind(pks)
    begun = touched(pks)
    drafts = [a.pk for a in articles if a.pk in begun and a.status == Status.DRAFT]
    coded = {
        each.article.pk: each
        for each in coverage(Article.objects.filter(pk__in=drafts))
    }
    disputes = _disputes(pks)
    now = timezone.now()
    return {
        row.pk: Facts(
            open_claims=waiting.get(row.pk, {}),
            untouched=row.pk not in begun,
            sentences=coded[row.pk].total if row.pk in coded else 0,
            open_sentences=len(coded[row.pk].open) if row.pk in coded else 0,
            disputes=sorted(disputes[row.pk]),
            days=(now - row.received_at).days,
            outlet=row.outlet.name if row.outlet else "",
            letter=_letter(row),
        )
        for row in articles
    }


def _letter(article: Any) -> str | None:
    reliability = article.outlet and article.outlet.reliability
    return reliability.code if reliability else None


def open_proposals() -> QuerySet[Any]:
    """Proposals of the kinds that become claims, as the desk shows them: found by the
    latest run, of rules that are right often enough, not of the outlet's own voice;
    neither decided nor coded already."""
    in_own_voice = Q(kind=ProposalKind.CLAIM, fields__contains={"attributed": False})
    return (
        Proposal.objects.filter(kind__in=MATTER, score__gte=TRUSTED)
        .exclude(in_own_voice)
        .exclude(_coded_alike())
        .undecided()
        .current()
    )


def open_by_kind(articles: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many open proposals of each kind each article has; one query."""
    counted = (
        open_proposals()
        .filter(article__in=articles)
        .order_by()
        .values_list("article", "kind")
        .annotate(Count("pk"))
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for article, kind, number in counted:
        found[article][kind] = number
    return dict(found)


def _coded_alike() -> Q:
    """Whether a claim such as a proposal suggests quotes some of its words."""
    touching = Evidence.objects.filter(
        article=OuterRef("article"),
        start__lt=OuterRef("end"),
        end__gt=OuterRef("start"),
        claim__status__in=ACCEPTED,
    )
    proof = {
        ProposalKind.CLAIM: touching.filter(claim__voice=Voice.ATTRIBUTED),
        ProposalKind.FIGURE: touching.filter(claim__kind=ClaimKind.FIGURE),
        ProposalKind.EVENT: touching.filter(claim__kind=ClaimKind.OCCURRENCE),
    }
    # The kind first: the database then looks for one of the three only.
    return reduce(or_, (Q(kind=kind) & Q(Exists(rows)) for kind, rows in proof.items()))


def touched(articles: Sequence[int]) -> set[int]:
    """Those with a claim that stands, or with a passage left out; two queries."""
    quoted = Evidence.objects.filter(article__in=articles)
    standing = quoted.exclude(claim__status__in=GONE)
    left_out = Omission.objects.filter(article__in=articles)
    rows = (
        each.order_by().values_list("article").distinct()
        for each in (standing, left_out)
    )
    return {article for found in rows for (article,) in found}


def _disputes(articles: Sequence[int]) -> dict[int, set[str]]:
    """The disputed events of each: it has a claim about them, or seems to report them.

    Two queries.
    """
    claimed = (
        Evidence.objects.filter(article__in=articles, claim__status__in=ACCEPTED)
        .filter(in_dispute("claim__event"))
        .order_by()
        .values_list("article", "claim__event__title")
        .distinct()
    )
    linked = (
        Proposal.objects.filter(article__in=articles, kind=ProposalKind.EVENT)
        .annotate(slug=KT("fields__linked"))
        .exclude(slug=None)
        .undecided()
        .order_by()
        .values_list("article", "slug")
    )
    by_slug: dict[str, set[int]] = defaultdict(set)
    for article, slug in linked:
        by_slug[slug].add(article)
    found: dict[int, set[str]] = defaultdict(set)
    for article, title in claimed:
        found[article].add(title)
    known = Event.objects.filter(in_dispute("pk"), slug__in=by_slug)
    for slug, title in known.order_by().values_list("slug", "title"):
        for article in by_slug[slug]:
            found[article].add(title)
    return found
