"""The pages of the desk that are measured: (name, address) of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse

from bench.desk_rows import Size
from curation.models import Proposal
from curation.problems import PROBLEMS
from sources.models import Article
from sources.sentences import sentences

Page = tuple[str, str]

# Of each list: words that few rows have, and words that many have.
WORDS = {
    "sources.Article": ("Qasdretelbar", "report"),
    "sources.Outlet": ("Daily Barbarbarbar", "daily"),
    "events.Event": ("Qasdretelbar", "attack"),
    "events.Claim": ("Qasdretelbar", "people"),
    "events.Participation": ("Qasdretelbar", "attack"),
    "events.Place": ("Qasdretelbar", "bar"),
    "events.PlaceName": ("Qasdretelbar", "bar"),
    "actors.Actor": ("Qasdretelnal", "bar"),
    "actors.Alias": ("Qasdretelnal", "front"),
    "actors.Relation": ("Qasdretelnal", "bar"),
    "actors.Mention": ("Qasdretelnal", "bar"),
    "curation.Proposal": ("Qasdretelbar", "people"),
    "curation.Judgement": ("Qasdretelbar", "people"),
    "curation.Run": ("Qasdretelbar", "report"),
}
OURS = {"sources", "actors", "events", "curation", "publishing"}
BOXES = {  # to search in: the field that each is for, and what is typed
    "sources.Article": ("events.evidence.article", "qasdre"),
    "actors.Actor": ("events.claim.speaker", "qasdre"),
    "events.Claim": ("events.claim.part_of", "qasdre"),
    "events.Event": ("events.claim.event", "qasdre"),
    "events.Place": ("events.event.place", "qasdre"),
}


def pages(size: Size, reader: User) -> Iterator[Page]:
    """Every list with its search, filters and last page; every page of one row."""
    request = RequestFactory().get("/")
    request.user = reader
    for model, model_admin in admin.site._registry.items():
        ours = model._meta.app_label in OURS
        if ours and model_admin.has_view_permission(request):
            yield from _list(model._meta.label, model_admin, request)
    for label, (field, words) in BOXES.items():
        app, model, name = field.split(".")
        query = f"app_label={app}&model_name={model}&field_name={name}&term={words}"
        yield f"{label}: box to search in", f"{reverse('admin:autocomplete')}?{query}"
    rows = {
        "events.event": size.events // 2,
        "events.claim": size.events,
        "actors.actor": 700,
        "actors.relation": 700,
        "actors.mention": 701,
        "events.place": 50,
        "sources.article": size.articles // 2 + 1,
    }
    for name, pk in rows.items():
        for kind in ("change", "history"):
            view = f"admin:{name.replace('.', '_')}_{kind}"
            yield f"{name}: {kind}", reverse(view, args=[pk])
    yield "first page", reverse("admin:index")
    yield "queue", reverse("admin:curation_queue")
    yield "problems", reverse("admin:curation_problems")
    for problem in PROBLEMS:
        url = reverse("admin:curation_problem", args=[problem.key])
        yield f"problem: {problem.key}", url
    for name, article in (
        ("desk", rows["sources.article"]),
        ("desk, 200,000 characters", size.long_article),
    ):
        yield from _desk(name, article)
    long = reverse("admin:sources_article_change", args=[size.long_article])
    yield "sources.article: change, 200,000 characters", long


def _desk(name: str, article: int) -> Iterator[Page]:
    """The desk of an article, and what its scripts ask."""
    url = reverse("admin:curation_desk", args=[article])
    yield name, url
    row = Article.objects.get(pk=article)
    start, end = sentences(row.text, 0, len(row.text))[0]
    words = {"start": start, "end": end, "quote": row.text[start:end]}
    proposal = Proposal.objects.filter(article=article).earliest("pk")
    for asked in (
        {"suggest": "claim", **words},
        {"suggest": "mention", **words},
        {"find": "actor", "q": "qasdre"},
        {"find": "event", "q": "clash"},
        {"edit": proposal.pk},
    ):
        what = " ".join(map(str, list(asked.items())[0]))
        yield f"{name}: answer to {what}", f"{url}?{urlencode(asked)}"


def _list(label: str, model_admin: Any, request: Any) -> Iterator[Page]:
    url = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
    yield label, url
    for kind, words in zip(("rare", "common"), WORDS.get(label, ()), strict=False):
        yield f"{label}: search, {kind}", f"{url}?q={words.replace(' ', '+')}"
    changelist: Any = model_admin.get_changelist_instance(request)
    for spec in changelist.filter_specs:
        chosen = [each for each in spec.choices(changelist) if not each["selected"]]
        if chosen:
            name = getattr(spec, "field_path", spec.title)
            yield f"{label}: filter {name}", f"{url}{chosen[0]['query_string']}"
    last = changelist.paginator.num_pages
    if last > 1:
        yield f"{label}: last page", f"{url}?p={last}"
