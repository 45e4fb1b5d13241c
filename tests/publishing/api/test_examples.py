"""The examples of the docs page, run as they stand but for the site's address."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
from django.core.management import call_command

from publishing.api.examples import SITE, examples
from publishing.management.commands.openapi import described
from publishing.models import Kind
from publishing.rendering import refresh


def code(language, text):
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def ran(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db(transaction=True)
def test_all_examples_run_and_find_something(live_server, seed_folder):
    call_command("import_articles", str(seed_folder), verbosity=0)
    call_command("load_curation", str(seed_folder.parent / "curation"), verbosity=0)
    refresh()
    for kind in Kind:
        text = examples(kind).replace(SITE, live_server.url)
        (shell,), (python,), (r,) = (code(name, text) for name in ("sh", "python", "r"))
        assert int(ran([sys.executable, "-c", python])) > 0, kind
        if shutil.which("curl"):
            assert '"results":[{' in ran(["sh", "-c", f"{shell.strip()} -sf"])
        if shutil.which("Rscript"):
            assert int(ran(["Rscript", "-e", f"{r}\ncat(NROW({kind}s))"])) > 0, kind


@pytest.mark.django_db
def test_the_docs_page_shows_them():
    for kind in Kind:
        operation = described()["paths"][f"/api/v1/{kind}s/"]["get"]
        assert examples(kind) in operation["description"]
