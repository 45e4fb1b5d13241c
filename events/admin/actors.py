"""An actor's page is read with claims and events, so it stands in this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.db.models import Q
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from unfold.widgets import UnfoldBooleanSwitchWidget

from actors.admin.actors import ActorIdentifierInline, AliasInline
from actors.models import Actor, Alias, Mention
from actors.same_names import named, settle_mention
from events.admin.actor_page import actor_panels
from sources.admin.base import CuratedAdmin, folded
from sources.admin.forms import CuratedForm
from sources.admin.refused import told
from sources.admin.ripple import admin_page
from sources.admin.terms import TermFilter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

_LONGEST = 19  # digits of a number that a database knows
_NAMESAKES = 5  # that are named


class ActorForm(CuratedForm):
    """Asks before it adds somebody who may be there under this name already."""

    another = forms.BooleanField(
        required=False,
        label="Another one of this name",
        help_text="Tick it if none of those named above is meant, and save again.",
        widget=UnfoldBooleanSwitchWidget,
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        asking = self.instance.pk is None and not data.get("another")
        if not (asking and data.get("name")):
            return data
        if found := list(named(data["name"])[:_NAMESAKES]):
            self.add_error("name", _is_known(data["name"], found))
        return data


def _is_known(name: str, actors: list[Actor]) -> SafeString:
    links = format_html_join(
        ", ",
        '<a class="nd-undo" href="{}">{}</a>',
        ((admin_page(actor), actor) for actor in actors),
    )
    return format_html(
        "“{}” is a name of {} already: add what is new there, or say below that this "
        "is another one.",
        *(name, links),
    )


@admin.register(Actor)
class ActorAdmin(CuratedAdmin):
    form = ActorForm
    list_display = ("name", "kind", "country", "slug", "state")
    list_filter = ("status", ("kind", TermFilter), ("country", TermFilter))
    list_select_related = ("kind", "country")
    search_fields = ("folded", "slug")
    search_help_text = "Name, alias or key, with or without accents"
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("outlet",)
    fields = (
        ("name", "slug"),
        ("kind", "country"),
        "outlet",
        "description",
    )
    inlines = (AliasInline, ActorIdentifierInline)
    change_form_outer_before_template = "events/admin/actor_panels.html"

    class Media:
        css = {"all": ("events/pictures.css", "events/graph.css", "events/pages.css")}

    def get_fields(self, request: HttpRequest, obj: Actor | None = None) -> Any:
        """On a new one that was sent once, also the answer to what it asked."""
        asked = obj is None and request.method == "POST"
        return (*self.fields, "another") if asked else self.fields

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.settle_view)
        return [
            path("<int:actor>/settle/", view, name="actors_actor_settle"),
            *super().get_urls(),
        ]

    def found_by(self, word: str) -> Q:
        aliases = Alias.objects.filter(folded__contains=folded(word))
        return super().found_by(word) | Q(pk__in=aliases.values("actor"))

    def panels(self, request: HttpRequest, row: Actor) -> dict[str, Any]:
        steps = 2 if request.GET.get("steps") == "2" else 1
        may_settle = request.user.has_perm("actors.change_mention")
        return actor_panels(row, steps=steps) | {"may_settle": may_settle}

    def settle_view(self, request: HttpRequest, actor: int) -> HttpResponse:
        """A button of “Which one is meant?”: it is this actor, or that one."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm("actors.change_mention"):
            raise PermissionDenied
        mention = get_object_or_404(Mention, pk=_number(request, "mention"))
        # As the page showed it: what was decided meanwhile is not decided again.
        mention.actor_id, mention.note = actor, ""
        chosen = get_object_or_404(Actor, pk=_number(request, "actor"))
        try:
            row = settle_mention(
                mention=mention,
                actor=chosen,
                by=request.user,  # type: ignore[arg-type]
                why=request.POST.get("why", ""),
            )
        except (ValidationError, PermissionDenied, DatabaseError) as error:
            if not (words := _words(error)):
                raise
            self.message_user(request, f"Not decided: {words}", messages.ERROR)
        else:
            done = f"“{row.quote}” is {chosen} there."
            self.message_user(request, done, messages.SUCCESS)
        page = reverse("admin:actors_actor_change", args=[actor])
        return HttpResponseRedirect(f"{page}#unclear")


def _number(request: HttpRequest, name: str) -> int:
    """A key from a form; 0, which no row has, where it is none."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < _LONGEST else 0


def _words(error: Exception) -> str:
    """What was wrong; empty if it is no refusal but a failure."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, DatabaseError):
        return told(error) or ""
    return str(error)
