from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from actors.models import Relation
from events.admin.reading import read_claims
from events.models import Claim, Polarity
from sources.admin.base import CuratedAdmin, date_fieldset
from sources.admin.terms import TermFilter

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Relation)
class RelationAdmin(CuratedAdmin):
    """In this room because a relation is read with the claims that are about it."""

    list_display = ("subject", "kind", "object", "title", "slug", "state")
    list_display_links = ("subject", "kind", "object")
    list_filter = ("status", ("kind", TermFilter))
    list_select_related = ("subject", "kind", "object")
    search_fields = ("slug", "subject__folded", "object__folded", "title")
    autocomplete_fields = ("subject", "object")
    fieldsets = (
        (
            None,
            {"fields": ("subject", "kind", "object", ("title", "slug"), "note")},
        ),
        date_fieldset("start", "Start"),
        date_fieldset("end", "End"),
    )
    change_form_outer_after_template = "events/admin/relation_panels.html"

    def panels(self, request: HttpRequest, row: Relation) -> dict[str, Any]:
        read = read_claims(Claim.objects.filter(relation=row))
        return {
            "claim_groups": [
                (title, [r for r in read if r.claim.polarity == polarity])
                for title, polarity in (
                    ("Claims that say so", Polarity.POSITIVE),
                    ("Claims that say it is not so", Polarity.NEGATIVE),
                )
            ]
        }
