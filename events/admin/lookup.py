"""Looking a place up in the gazetteer, and taking it over from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from events.models import GazetteerEntry, GazetteerName, Place
from events.pictures.map import draw_map, in_degrees, in_metres
from events.placing import Plan, plan_takeover, take_over
from events.spots import entry_spot, place_spot
from sources.admin.refused import told
from sources.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.admin import ModelAdmin
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

KINDS = ("country", "province", "district", "city", "village", "region")
_SHOWN = 20
_SPELLINGS = 8  # of each entry that is listed


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as the list shows it."""

    entry: GazetteerEntry
    point: str
    radius: str
    spellings: list[str]
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What the page was asked for; `place` is to be filled, None makes a new one.

    `came_from` is of the place's page, which leads back there.
    """

    words: str
    kind: str
    chosen: str
    place: Place | None
    came_from: str

    def url(self, entry: str = "") -> str:
        asked = {"q": self.words, "kind": self.kind, "entry": entry}
        asked["from"] = self.came_from
        if self.place is not None:
            asked["place"] = str(self.place.pk)
        kept = {name: value for name, value in asked.items() if value}
        return f"{reverse('admin:events_place_lookup')}?{urlencode(kept)}"


def lookup_view(model_admin: ModelAdmin[Place], request: HttpRequest) -> HttpResponse:
    """The page: a search, what was found, one of it on the map, and its button."""
    search = _search_of(request)
    if not _may(model_admin, request, search.place):
        raise PermissionDenied
    wrong = ""
    if request.method == "POST":
        wrong, done = _take(model_admin, request, search)
        if done is not None:
            return HttpResponseRedirect(done)
    entries, nearly = _entries(search)
    chosen = _chosen(entries, search)
    plan = plan_takeover(chosen, search.place) if chosen else None
    context = model_admin.admin_site.each_context(request) | {
        "title": "Gazetteer",
        "opts": model_admin.opts,
        "search": search,
        "kinds": KINDS,
        "found": _listed(entries[:_SHOWN], search, chosen),
        "nearly": nearly,
        "more": len(entries) > _SHOWN,
        "empty": not GazetteerEntry.objects.exists(),
        "chosen": chosen,
        "plan": plan,
        "map": _map(plan) if plan else "",
        "wrong": wrong,
    }
    return TemplateResponse(request, "events/admin/place_lookup.html", context)


def _search_of(request: HttpRequest) -> Search:
    asked = request.GET
    key = asked.get("place", "")
    place = None
    if key:
        rows = Place.objects.select_related("country", "kind", "parent")
        place = get_object_or_404(rows, pk=number_of(key) or 0)
    kind = asked.get("kind", "")
    return Search(
        words=asked.get("q", "").replace("\0", "")[:200],
        kind=kind if kind in KINDS else "",
        chosen=asked.get("entry", "").replace("\0", "")[:40],
        place=place,
        came_from=asked.get("from", "").replace("\0", "")[:40],
    )


def _may(
    model_admin: ModelAdmin[Place], request: HttpRequest, place: Place | None
) -> bool:
    """Whether the user may do here what the page is for."""
    if place is None:
        return model_admin.has_add_permission(request)
    return model_admin.has_change_permission(request, place)


def _entries(search: Search) -> tuple[list[GazetteerEntry], bool]:
    """Of the name, or else spelt nearly so (True); one more than are shown."""
    found = GazetteerEntry.objects.named(search.words, kind=search.kind)
    if rows := _fitting(found[: _SHOWN + 1], search):
        return rows, False
    alike = GazetteerEntry.objects.alike(search.words, kind=search.kind)
    rows = _fitting(alike[: _SHOWN + 1], search)
    return rows, bool(rows)


def _fitting(found: Iterable[GazetteerEntry], search: Search) -> list[GazetteerEntry]:
    """In their order, but first those that are what the place is known to be."""
    return sorted(found, key=lambda entry: not _fits(entry, search.place))


def _fits(entry: GazetteerEntry, place: Place | None) -> bool:
    """Whether it is of the place's kind, and in its country where that is known."""
    if place is None:
        return True
    own = place.country.code if place.country else entry.country
    return (entry.kind, entry.country) == (place.kind.code, own)


def _chosen(entries: list[GazetteerEntry], search: Search) -> GazetteerEntry | None:
    """The one that was asked for; else the first, if it is what the place is."""
    if search.chosen:
        return GazetteerEntry.objects.filter(pk=search.chosen).first()
    return entries[0] if entries and _fits(entries[0], search.place) else None


def _listed(
    entries: list[GazetteerEntry], search: Search, chosen: GazetteerEntry | None
) -> list[Found]:
    names: dict[str, list[str]] = {}
    spelt = GazetteerName.objects.filter(entry__in=[entry.pk for entry in entries])
    for ident, name in spelt.values_list("entry", "folded"):
        names.setdefault(ident, []).append(name)
    return [
        Found(
            entry=entry,
            point=in_degrees(entry.latitude, entry.longitude),
            radius=in_metres(entry.radius_m),
            spellings=names.get(entry.pk, [])[:_SPELLINGS],
            href=search.url(entry.pk),
            chosen=chosen is not None and entry.pk == chosen.pk,
        )
        for entry in entries
    ]


def _map(plan: Plan) -> SafeString:
    """The entry, and the place as it stands where that lies elsewhere."""
    spots = [entry_spot(plan.entry, detail="in the gazetteer")]
    if plan.place is not None and plan.moves:
        spots.append(place_spot(plan.place, detail="as it stands here now"))
    return draw_map(spots, title=f"{plan.entry} on the map", key="lookup")


def _take(
    model_admin: ModelAdmin[Place], request: HttpRequest, search: Search
) -> tuple[str, str | None]:
    """Do it: what was wrong, in words, or the address of the place."""
    entry = get_object_or_404(GazetteerEntry, pk=request.POST.get("entry", "")[:40])
    why = request.POST.get("why", "").strip() or f"Taken over from {entry.pk}"
    try:
        row = take_over(entry=entry, place=search.place, by=request.user, why=why)  # type: ignore[arg-type]
    except ValidationError as error:
        return " ".join(error.messages), None
    except PermissionDenied as error:
        return str(error), None
    except DatabaseError as error:
        if (refusal := told(error)) is None:
            raise
        return refusal, None
    made = "now has the gazetteer's point" if search.place else "is added as a draft"
    model_admin.message_user(request, f"“{row}” {made}.", messages.SUCCESS)
    back = {"from": search.came_from} if search.came_from else {}
    return "", reverse("admin:events_place_change", args=[row.pk], query=back)
