from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.forms import ModelChoiceField, MultipleChoiceField
from unfold.widgets import UnfoldAdminSelect2MultipleWidget, UnfoldAdminSelectWidget

from events.admin.bulk import TO_DATE, TO_PLACE
from events.admin.event_page import event_panels
from events.models import Event, EventIdentifier, Participation, Support
from sources.admin.actions import STATUS_ACTIONS
from sources.admin.base import CuratedAdmin, PartInline, date_fieldset
from sources.admin.terms import TermFilter, choices, entries

if TYPE_CHECKING:
    from django.db import models
    from django.forms import Field
    from django.http import HttpRequest


class ParticipationInline(PartInline):
    model = Participation
    fields = ("actor", "role", "status")
    readonly_fields = ("status",)
    autocomplete_fields = ("actor",)
    select_related = ("actor",)
    show_change_link = True


class SupportInline(PartInline):
    model = Support
    fields = ("part", "participation", "stance", "claim")
    autocomplete_fields = ("claim",)
    select_related = ("claim",)
    verbose_name_plural = "what date, place and roles rest on"

    def get_formset(
        self, request: HttpRequest, obj: Event | None = None, **kwargs: Any
    ) -> Any:
        request.__dict__["event"] = obj  # whose participations to offer
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        if db_field.name != "participation":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        event = request.__dict__.get("event")
        own = Participation.objects.filter(event=event).select_related("actor")
        field = ModelChoiceField(
            own, required=False, widget=UnfoldAdminSelectWidget, label="Participation"
        )
        # Listed once, not once per line.
        field.choices = [("", "—"), *((row.pk, str(row)) for row in own)]
        return field


class EventIdentifierInline(PartInline):
    model = EventIdentifier


@admin.register(Event)
class EventAdmin(CuratedAdmin):
    actions = (*STATUS_ACTIONS, TO_DATE, TO_PLACE)
    list_display = ("title", "type", "when", "place", "modality", "state")
    list_filter = (
        "status",
        "modality",
        ("type", TermFilter),
        "date_precision",
        ("place_precision", TermFilter),
    )
    list_select_related = ("type", "place")
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("place",)
    fieldsets = (
        (None, {"fields": (("title", "slug"), "summary")}),
        (
            "What",
            {
                "fields": (
                    ("type", "mode"),
                    ("acled_sub_event", "modality"),
                    "contexts",
                )
            },
        ),
        date_fieldset("date", "When"),
        ("Where", {"fields": ("place", ("place_precision", "place_text"))}),
    )
    inlines = (ParticipationInline, SupportInline, EventIdentifierInline)
    change_form_outer_before_template = "events/admin/event_panels.html"

    class Media:
        css = {"all": ("events/pictures.css", "events/map.css", "events/event.css")}

    @admin.display(description="date", ordering="date_earliest")
    def when(self, row: Event) -> str:
        if row.date_earliest == row.date_latest:
            return str(row.date_earliest or "unknown")
        return f"{row.date_earliest or '…'} – {row.date_latest or '…'}"

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        if db_field.name != "contexts":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return MultipleChoiceField(
            choices=choices(entries(request, "plover-context")),
            required=False,
            widget=UnfoldAdminSelect2MultipleWidget,
            help_text="PLOVER contexts.",
        )

    def panels(self, request: HttpRequest, row: Event) -> dict[str, Any]:
        return event_panels(row)


@admin.register(Participation)
class ParticipationAdmin(CuratedAdmin):
    list_display = ("actor", "role", "event", "state")
    list_filter = ("status", ("role", TermFilter))
    list_select_related = ("actor", "role", "event")
    search_fields = ("actor__folded", "event__title", "event__slug")
    autocomplete_fields = ("event", "actor")
    fields = ("event", ("actor", "role"))
    history_parts = (Support,)
