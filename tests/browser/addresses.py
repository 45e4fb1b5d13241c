"""Every page that newsdb has, by name, with rows in it that are worth looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import URLResolver, get_resolver, reverse

from actors.models import Actor
from curation.merging.services import merge
from curation.models import Proposal
from curation.problems import PROBLEMS
from curation.tasks import enqueue_waiting
from events.models import Claim, Event, Place
from publishing.access.tokens import make_token
from publishing.models import Document, Kind, Stale
from publishing.rendering import refresh
from sources.models import Article
from tests.factories.actors import ActorFactory
from tests.factories.curation import (
    BatchFactory,
    JudgementFactory,
    LeaseFactory,
    OmissionFactory,
    RunFactory,
    StepFactory,
)
from tests.factories.events import GazetteerEntryFactory, GazetteerNameFactory
from tests.factories.publishing import TokenFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ATTACK = "kabul-airport-attack"
ISIS_K = "isis-k"

# Addresses that show no page, by name or by how their route ends, and why.
NO_PAGE = {
    "<path:object_id>/": "leads on to the page of the row",
    "proposal/article/<int:article>/": "leads on to the desk",
    "admin:logout": "takes a form only; where it leads is looked at apart",
    "admin:jsi18n": "a script",
    "admin:autocomplete": "rows for a field, for scripts",
    "admin:view_on_site": "leads on to the row's public page",
    "admin:actors_actor_settle": "takes a form only; it leads back to the actor",
    "admin:search": "lines for the box of the menu, no page",
}


def load_everything(seed_folder: Path, *, by: User) -> None:
    """The seeds with their curation and proposals, and a row in every other table."""
    call_command("import_articles", str(seed_folder), verbosity=0)
    call_command("load_curation", str(seed_folder.parent / "curation"), verbosity=0)
    enqueue_waiting()
    call_command("propose", verbosity=0)
    article = Article.objects.latest("pk")
    LeaseFactory(article=article, by=by)
    StepFactory(article=article, by=by)
    TokenFactory(user=by)
    BatchFactory(by=by)
    twins = (ActorFactory(name=name) for name in ("Bakhtar News", "Bakhtar Agency"))
    merge(**dict(zip(("loser", "into"), twins, strict=True)), by=by, why="one office")
    RunFactory(article=article)
    OmissionFactory(article=article, quote=article.text[:20], start=0, end=20)
    for proposal, verdict in zip(
        Proposal.objects.order_by("pk")[:3],
        ("accepted", "edited", "rejected"),
        strict=True,
    ):
        JudgementFactory(proposal=proposal, verdict=verdict, by=by)
    GazetteerNameFactory(entry=GazetteerEntryFactory(name="Kabul"))
    make_token(user=by, name="notebook", scopes=["read"], expires_at=None, by=by)
    refresh()
    Stale.objects.create(kind="event", object_id=0)


def models() -> list[Any]:
    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def of_model(model: Any, page: str, *args: Any) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def worth_seeing(model: Any) -> Any:
    """The row whose pages show most; any, where all are alike."""
    best = {
        Event: {"slug": ATTACK},
        Actor: {"slug": ISIS_K},
        Place: {"slug": "kabul"},
        Claim: {"kind": "figure", "event__slug": ATTACK},
        Article: {"text__contains": "up to 170"},
    }
    rows = model._default_manager.order_by("pk")
    row = rows.filter(**best.get(model, {})).first() or rows.first()
    assert row, f"Make a row of {model._meta.label} in load_everything: its pages."
    return row


def admin_lists() -> Iterator[tuple[str, str]]:
    """The pages that need no row: (name, path)."""
    yield "dashboard", reverse("admin:index")
    yield "queue", reverse("admin:curation_queue")
    yield "problems", reverse("admin:curation_problems")
    for problem in PROBLEMS:
        path = reverse("admin:curation_problem", args=[problem.key])
        yield f"problem-{problem.key}", path
    yield "gazetteer", reverse("admin:events_place_lookup") + "?q=Kabul"
    yield "password", reverse("admin:password_change")
    yield "password-done", reverse("admin:password_change_done")
    yield "no-admin-page", reverse("admin:index") + "nothing/like/it/"
    for label in sorted({model._meta.app_label for model in models()}):
        yield f"app-{label}", reverse("admin:app_list", args=[label])
    for model in models():
        name = model._meta.model_name
        yield f"{name}-list", of_model(model, "changelist")
        yield f"{name}-add", of_model(model, "add")


def admin_rows() -> Iterator[tuple[str, str]]:
    """The pages of one row of each table."""
    article = worth_seeing(Article)
    yield "desk", reverse("admin:curation_desk", args=[article.pk])
    user = worth_seeing(User)
    yield (
        "user-password",
        reverse("admin:auth_user_password_change", args=[user.pk]),
    )
    one, other = (Actor.objects.get(slug=slug) for slug in (ISIS_K, "islamic-state"))
    merging = reverse("admin:curation_merging", args=["actor", one.pk])
    yield "merging", merging
    yield "merging-plan", f"{merging}?into={other.pk}"
    for kind, row in (("article", article), ("event", worth_seeing(Event))):
        for move in ("review", "publish"):
            path = reverse("admin:curation_together", args=[kind, row.pk, move])
            yield f"{kind}-{move}-together", path
    for model in models():
        name, row = model._meta.model_name, worth_seeing(model)
        for page in ("change", "history", "delete"):
            yield f"{name}-{page}", of_model(model, page, row.pk)


def public_pages() -> Iterator[tuple[str, str]]:
    """The pages for everybody."""
    current = Document.objects.current()
    claim = current.of(Kind.CLAIM).order_by("pk").first()
    yield "front-page", "/"
    yield "front-page-found", "/?q=attack"
    yield "front-page-place", "/?place=kabul-airport"
    yield "front-page-nothing", "/?q=nothing+like+it"
    yield "front-page-refused", "/?verdict=nope"
    yield "public-event", f"/events/{ATTACK}/"
    yield "public-actors", "/actors/"
    yield "public-actor", f"/actors/{ISIS_K}/"
    yield "public-claim", f"/claims/{claim.slug}/"
    for document in current.of(Kind.ARTICLE).order_by("pk"):
        yield f"public-article-{document.object_id}", f"/articles/{document.object_id}/"
    yield "about", "/about/"
    yield "not-found", "/events/nothing-like-it/"
    yield "api-docs", "/api/v1/docs/"


def routes(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every address that may show a page: (name, route).

    Not those of the API but its documentation: they are for programs.
    """
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern).removeprefix("^")  # as resolve() tells it
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        elif not route.startswith("api/") or each.name == "api-docs":
            space = "admin:" if route.startswith("admin/") else ""
            yield f"{space}{each.name}", route


def shows_none(name: str, route: str) -> bool:
    return name in NO_PAGE or any(route.endswith(end) for end in NO_PAGE)
