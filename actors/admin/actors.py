from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q

from actors.models import Actor, ActorIdentifier, Alias, Relation
from sources.admin.base import CuratedAdmin, PartInline, folded
from sources.admin.terms import TermFilter

if TYPE_CHECKING:
    from django.http import HttpRequest


class AliasInline(PartInline):
    model = Alias
    fields = ("name", "kind", "note", "status")
    readonly_fields = ("status",)
    show_change_link = True


class ActorIdentifierInline(PartInline):
    model = ActorIdentifier


@admin.register(Actor)
class ActorAdmin(CuratedAdmin):
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
    change_form_outer_after_template = "actors/admin/actor_panels.html"

    def found_by(self, word: str) -> Q:
        aliases = Alias.objects.filter(folded__contains=folded(word))
        return super().found_by(word) | Q(pk__in=aliases.values("actor"))

    def panels(self, request: HttpRequest, row: Actor) -> dict[str, Any]:
        relations = Relation.objects.filter(Q(subject=row) | Q(object=row))
        return {
            "relations": relations.select_related("subject", "kind", "object"),
            "mentions": row.mentions.count(),
            "articles": row.mentions.values("article").distinct().count(),
        }


@admin.register(Alias)
class AliasAdmin(CuratedAdmin):
    list_display = ("name", "actor", "kind", "state")
    list_filter = ("status", ("kind", TermFilter))
    list_select_related = ("actor", "kind")
    search_fields = ("folded", "actor__folded")
    autocomplete_fields = ("actor",)
    fields = ("actor", ("name", "kind"), "note")
