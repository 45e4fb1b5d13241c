"""The OpenAPI document at its address."""

from __future__ import annotations

import json

import pytest
import yaml
from drf_spectacular.generators import SchemaGenerator

from publishing.api.served_schema import _document
from publishing.management.commands import openapi

pytestmark = pytest.mark.django_db

COMMITTED = json.loads(openapi.COMMITTED.read_bytes())
ADDRESS = "/api/v1/schema/"


@pytest.mark.parametrize(
    ("accept", "media_type", "read"),
    [
        ("*/*", "application/vnd.oai.openapi; charset=utf-8", yaml.safe_load),
        ("application/yaml", "application/yaml; charset=utf-8", yaml.safe_load),
        ("application/json", "application/json", json.loads),
        (
            "application/vnd.oai.openapi+json",
            "application/vnd.oai.openapi+json",
            json.loads,
        ),
    ],
)
def test_it_is_the_committed_one_in_the_form_asked_for(
    client, accept, media_type, read
):
    answer = client.get(ADDRESS, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert "Accept" in answer.headers["Vary"]
    assert read(answer.content) == COMMITTED


def test_another_form_is_not_there(client):
    assert client.get(ADDRESS, headers={"accept": "text/csv"}).status_code == 406


def test_it_is_made_once(client, monkeypatch):
    made = []
    make = SchemaGenerator.get_schema

    def counted(*args, **kwargs):
        made.append(1)
        return make(*args, **kwargs)

    monkeypatch.setattr(SchemaGenerator, "get_schema", counted)
    _document.cache_clear()
    first = client.get(ADDRESS, headers={"accept": "application/json"}).content
    assert client.get(ADDRESS, headers={"accept": "application/json"}).content == first
    assert made == [1]
