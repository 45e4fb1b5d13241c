"""The examples of docs/api.md: run one after another, as they are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.factories.events import EventFactory
from tests.publishing.asking import Asking

DOCS = Path(__file__).resolve().parents[3] / "docs" / "api.md"

pytestmark = pytest.mark.django_db


def commands(*, token):
    """The curl commands with a token, or those without, each as its words."""
    for block in re.findall(r"(?ms)^```\n(.*?)^```", DOCS.read_text()):
        for command in re.split(r"(?m)^(?=curl |export )", block):
            if command.startswith("curl ") and ("$TOKEN" in command) is token:
                yield shlex.split(command.replace("\\\n", " "), comments=True)


def parts(words):
    """Method, address, body and headers of a command."""
    method, address, body, headers = "get", "", None, {}
    rest = iter(words[1:])
    for word in rest:
        if word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name.lower()] = value
        elif word == "-X":
            method = next(rest).lower()
        elif word == "-d":
            body, method = next(rest), "post" if method == "get" else method
        else:
            address = word.removeprefix("localhost:8000")
    return method, address, body, headers


def test_every_example_with_a_token_does_what_it_says(client, curator):
    EventFactory(slug="kabul-airport-attack")
    ask = Asking(client, curator, "read", "propose", "curate", name="docs")
    done, etag, article = [], "", None
    for words in commands(token=True):
        method, address, body, headers = parts(words)
        assert headers.pop("authorization") == "Bearer $TOKEN"
        headers.pop("content-type", None)
        if "if-match" in headers:
            headers["if-match"] = headers["if-match"].replace('"ETAG"', etag)
        if article and body:
            body = body.replace('"article": 1,', f'"article": {article},')
        sent = {name.replace("-", "_"): value for name, value in headers.items()}
        answer = ask(method, address, body, **sent)
        assert answer.status_code in {200, 201}, (words, answer.content)
        etag = answer.headers.get("ETag", etag)
        if address.endswith("/articles/"):
            article = answer.json()["id"]
        if "results" in answer.json():
            assert answer.json()["refused"] == 0
        done.append(f"{method} {address}")
    assert len(done) >= 8


@pytest.mark.usefixtures("seeded")
def test_every_example_without_a_token_finds_something(client):
    found = list(commands(token=False))
    assert len(found) >= 8
    for words in found:
        *_, address = words
        assert set(words[1:-1]) <= {"-o", "attacks.csv", "openapi.json"}
        answer = client.get(address.removeprefix("localhost:8000"))
        content = answer.getvalue()
        assert answer.status_code == 200, (words, content)
        something = b'"id"' in content or content.count(b"\n") > 1
        assert something is ("since=now" not in address), (words, content)
