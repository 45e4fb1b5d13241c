"""A client that is generated from the OpenAPI document, at work."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from newsdb.wsgi import application
from publishing.management.commands.openapi import COMMITTED


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """A client that openapi-python-client made of the committed document."""
    folder = tmp_path_factory.mktemp("client")
    programs = Path(sys.executable).parent  # the generator runs ruff, from there too
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    made = subprocess.run(
        [
            programs / "openapi-python-client",
            "generate",
            "--path",
            COMMITTED,
            "--meta",
            "none",
        ],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    said = made.stdout + made.stderr
    assert made.returncode == 0, said
    # Of the writes it leaves out those whose rows hold lists of things: all reads stay.
    assert "parsing GET" not in said
    sys.path.insert(0, str(folder))
    yield importlib.import_module("newsdb_client")
    sys.path.remove(str(folder))


@pytest.fixture
def client_of(generated):
    return generated.Client(
        base_url="http://localhost",
        httpx_args={"transport": httpx.WSGITransport(app=application)},
        raise_on_unexpected_status=True,
    )


def operation(name):
    return importlib.import_module(f"newsdb_client.api.{name}")


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded", "one_transaction")
def test_a_generated_client_reads_what_is_there(client_of):
    event = operation("events.events_retrieve").sync(
        "kabul-airport-attack", client=client_of
    )
    killed = next(e for e in event.estimates if e.measure == "killed")
    assert (killed.low, killed.high) == (164, 170)
    page = operation("claims.claims_list").sync(
        client=client_of, event=["kabul-airport-attack"], limit=5
    )
    assert len(page.results) == 5
    assert all(claim.evidence[0].quote for claim in page.results)


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded", "one_transaction")
def test_a_generated_client_understands_a_problem(client_of, generated):
    answer = operation("events.events_retrieve").sync_detailed(
        "no-such-event", client=client_of
    )
    assert answer.status_code == 404
    assert "no-such-event" in answer.parsed.detail
