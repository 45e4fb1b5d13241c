"""Static files as a site serves them: collected, each under a name of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

STORAGE = "newsdb.static_files.StaticFiles"
IMPORTED = re.compile(rb"""^(?:import|\}?\s*from)[^"']*["'](\.[^"']+)["']""", re.M)


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder that a site would serve."""
    folder = tmp_path_factory.mktemp("static")
    named = {**settings.STORAGES, "staticfiles": {"BACKEND": STORAGE}}
    with override_settings(STATIC_ROOT=str(folder), STORAGES=named):
        call_command("collectstatic", "--noinput", verbosity=0)
    return folder


def test_what_modules_import_is_there_when_collected(collected):
    found = 0
    for module in collected.rglob("*.js"):
        if not {"curation", "events", "sources", "publishing"} & set(module.parts):
            continue
        for imported in IMPORTED.findall(module.read_bytes()):
            found += 1
            there = module.parent / Path(imported.decode())
            assert there.resolve().exists(), (module.name, imported)
    assert found > 4
