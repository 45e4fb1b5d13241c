"""Names of actors; an actor's own page stands in events.admin, with its claims."""

from __future__ import annotations

from django.contrib import admin

from actors.models import ActorIdentifier, Alias
from sources.admin.base import CuratedAdmin, PartInline
from sources.admin.terms import TermFilter


class AliasInline(PartInline):
    model = Alias
    fields = ("name", "kind", "note", "status")
    readonly_fields = ("status",)
    show_change_link = True


class ActorIdentifierInline(PartInline):
    model = ActorIdentifier


@admin.register(Alias)
class AliasAdmin(CuratedAdmin):
    list_display = ("name", "actor", "kind", "state")
    list_filter = ("status", ("kind", TermFilter))
    list_select_related = ("actor", "kind")
    search_fields = ("folded", "actor__folded")
    autocomplete_fields = ("actor",)
    fields = ("actor", ("name", "kind"), "note")
