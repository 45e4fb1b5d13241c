"""Rooms stand on each other in one direction: imports (import-linter) and tables."""

from __future__ import annotations

from django.apps import apps

ROOMS = ["sources", "actors", "events", "curation", "publishing"]


def test_foreign_keys_point_down():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and field.related_model._meta.app_label in ROOMS
        and ROOMS.index(field.related_model._meta.app_label)
        > ROOMS.index(model._meta.app_label)
    ]
    assert not upward, (
        "a lower room must not know a higher one; move the field up, or the idea "
        f"down: {upward}"
    )


def test_the_roof_has_no_tables():
    assert not list(apps.get_app_config("newsdb").get_models())
