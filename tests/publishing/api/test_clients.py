"""A client that is generated from the OpenAPI document, at work."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler

from actors.models import Actor
from curation.models import Proposal
from publishing.access.tokens import make_token
from publishing.management.commands.openapi import COMMITTED
from publishing.models import Scope
from sources.models import Article, Status

ALL = [Scope.READ, Scope.PROPOSE, Scope.CURATE]
TEXT = "Kabul. The attack killed 13 people, the police said."


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
            "--fail-on-warning",
        ],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module("newsdb_client")
    sys.path.remove(str(folder))


@pytest.fixture
def client_of(generated):
    """A client without a token, or with one that opens all doors to a user."""

    def made(user=None):
        options = {
            "base_url": "http://localhost",
            "httpx_args": {"transport": httpx.WSGITransport(app=WSGIHandler())},
            "raise_on_unexpected_status": True,
        }
        if user is None:
            return generated.Client(**options)
        _, secret = make_token(
            user=user, name=str(user), scopes=ALL, expires_at=None, by="tests"
        )
        return generated.AuthenticatedClient(token=secret, **options)

    return made


def operation(name):
    return importlib.import_module(f"newsdb_client.api.{name}")


def models():
    return importlib.import_module("newsdb_client.models")


def done(name, *values, client, body, **more):
    """The parsed answer of an operation that must succeed."""
    answer = operation(name).sync_detailed(*values, client=client, body=body, **more)
    assert answer.status_code in {200, 201}, answer.content
    return answer.parsed


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded", "one_transaction")
def test_a_generated_client_reads_what_is_there(client_of):
    event = operation("events.events_retrieve").sync(
        "kabul-airport-attack", client=client_of()
    )
    killed = next(e for e in event.estimates if e.measure == "killed")
    assert (killed.low, killed.high) == (164, 170)
    page = operation("claims.claims_list").sync(
        client=client_of(), event=["kabul-airport-attack"], limit=5
    )
    assert len(page.results) == 5
    assert all(claim.evidence[0].quote for claim in page.results)


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded", "one_transaction")
def test_a_generated_client_understands_a_problem(client_of, generated):
    answer = operation("events.events_retrieve").sync_detailed(
        "no-such-event", client=client_of()
    )
    assert answer.status_code == 404
    assert "no-such-event" in answer.parsed.detail


def test_a_generated_client_has_every_operation(generated):
    document = json.loads(COMMITTED.read_bytes())
    folder = Path(generated.__file__).parent / "api"
    there = {path.stem for path in folder.glob("*/*.py")} - {"__init__"}
    assert there == {
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("code_lists", "one_transaction")
def test_a_generated_client_submits_and_proposes(client_of, curator):
    made, client = models(), client_of(curator)
    article = done(
        "articles.articles_create",
        client=client,
        body=made.SubmittedArticle(text=TEXT, name="feeds/police/17"),
    )
    assert Article.objects.get(pk=article.id).text == TEXT
    fields = made.FigureFields(
        measure="killed",
        group="all",
        low=13,
        high=13,
        quantifier=made.QuantifierEnum.EXACT,
    )
    figure = made.ProposedFigure(
        quote="killed 13 people",
        reason="a number before a noun",
        kind=made.ProposedFigureKindEnum.FIGURE,
        fields=fields,
    )
    body = made.ProposalsBody(article=str(article.id), version="1", proposals=[figure])
    (taken,) = done("proposals.proposals_create", client=client, body=body).proposals
    assert (taken.result, taken.start) == ("proposed", TEXT.index("killed"))
    assert Proposal.objects.get(pk=taken.id).article_id == article.id


@pytest.mark.django_db
@pytest.mark.usefixtures("code_lists", "one_transaction")
def test_a_generated_client_creates_changes_and_moves_a_row(client_of, curator):
    made, client = models(), client_of(curator)
    row = made.ActorRow(
        name="Kabul police",
        kind="government_body",
        aliases=[made.RowAlias(name="KP", kind="acronym")],
    )
    created = done(
        "actors.actors_create",
        client=client,
        body=made.NewActor(row=row, key="kabul-police", why="from our list"),
        idempotency_key="once",
    )
    changed = done(
        "actors.actors_partial_update",
        created.key,
        client=client,
        body=made.ChangedActor(row=made.ActorChanges(country="AFG")),
        if_match=created.etag,
    )
    assert changed.etag != created.etag
    moved = done(
        "actors.actors_move_create",
        str(created.id),
        client=client,
        body=made.Move(to=made.StateOfRow.CODED),
    )
    assert moved.status == "coded"
    actor = Actor.objects.get(slug="kabul-police")
    assert (actor.country.code, actor.status) == ("AFG", Status.CODED)
    assert list(actor.aliases.values_list("name", flat=True)) == ["KP"]
    seen = operation("drafts.drafts_retrieve").sync(
        "actors", "kabul-police", client=client
    )
    assert (seen.id, seen.etag) == (actor.pk, moved.etag)


@pytest.mark.django_db
@pytest.mark.usefixtures("code_lists", "one_transaction")
def test_a_generated_client_writes_many_rows(client_of, curator):
    made, client = models(), client_of(curator)
    rows = [
        made.BulkRow(row=made.ActorRow(name=name, kind=kind))
        for name, kind in (("Kabul police", "government_body"), ("Nobody", "nothing"))
    ]
    told = done(
        "bulk.bulk_create",
        "actors",
        client=client,
        body=made.BulkRows(mode=made.BulkRowsMode.EACH, rows=rows, why="weekly import"),
    )
    assert [each.result for each in told.results] == ["created", "refused"]
    assert told.results[1].errors[0].pointer == "#/rows/1/row/kind"
    assert Actor.objects.get(pk=told.results[0].id).name == "Kabul police"


@pytest.mark.django_db
@pytest.mark.usefixtures("code_lists", "one_transaction")
@pytest.mark.parametrize("several", [False, True])
def test_a_generated_client_writes_claims_of_one_quote_or_several(
    client_of, curator, several
):
    made, client = models(), client_of(curator)
    article = done(
        "articles.articles_create", client=client, body=made.SubmittedArticle(text=TEXT)
    )
    said = {
        "kind": made.ClaimRowKind.OCCURRENCE,
        "statement": "An attack killed people.",
        "voice": made.ClaimRowVoice.ATTRIBUTED,
        "speaker_text": "the police",
        "modality": made.ClaimRowModality.ASSERTED,
    }
    quote = "The attack killed 13 people"
    if several:
        quotes = [made.RowPassage(quote=quote), made.RowPassage(quote="police said")]
        row = made.ClaimRowOfQuotes(quotes=quotes, **said)
    else:
        row = made.ClaimRowOfOneQuote(quote=quote, **said)
    claim = done(
        "claims.claims_create",
        client=client,
        body=made.NewClaim(row=row, article=article.id),
    )
    assert claim.status == "draft"
    assert claim.article == article.sha256
