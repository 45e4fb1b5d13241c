"""The example notebook, executed."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from django.core.management import call_command

from publishing.management.commands.openapi import COMMITTED
from publishing.rendering import refresh

NOTEBOOK = COMMITTED.parent / "examples" / "newsdb.ipynb"
EXECUTE = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=120).execute()
nbformat.write(notebook, sys.argv[2])
"""


@pytest.mark.django_db(transaction=True)
def test_the_notebook_runs(live_server, seed_folder, monkeypatch, tmp_path):
    call_command("import_articles", str(seed_folder), verbosity=0)
    call_command("load_curation", str(seed_folder.parent / "curation"), verbosity=0)
    refresh()
    monkeypatch.setenv("NEWSDB_URL", live_server.url)
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    done = tmp_path / "done.ipynb"
    # In a process of its own: its event loop would stay behind and stop Playwright.
    ran = subprocess.run(
        [sys.executable, "-c", EXECUTE, NOTEBOOK, done],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    notebook = nbformat.read(done, as_version=4)
    shown = "".join(
        str(output.get("data", ""))
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    assert "164" in shown
    assert "image/png" in shown


def test_the_notebook_is_kept_without_results():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
