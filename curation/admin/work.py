"""Leases, steps and changes of many rows: looked at, never typed in."""

from __future__ import annotations

from django.contrib import admin

from curation.models import Batch, Lease, Step
from sources.admin.derived import DerivedAdmin


@admin.register(Lease)
class LeaseAdmin(DerivedAdmin):
    """Which article is on whose desk."""

    list_display = ("article", "by", "taken_at", "until")
    list_filter = ("by",)
    list_select_related = ("article", "by")


@admin.register(Step)
class StepAdmin(DerivedAdmin):
    """What people did on the desk. Undone there."""

    list_display = ("what", "article", "by", "at", "undone_at")
    list_filter = ("by",)
    list_select_related = ("article", "by")
    search_fields = ("what",)


@admin.register(Batch)
class BatchAdmin(DerivedAdmin):
    """Changes of many rows at once."""

    list_display = ("what", "by", "at", "why")
    list_filter = ("by",)
    list_select_related = ("by",)
    search_fields = ("what", "why")
