"""Documents and the schema that describes them say the same, field by field."""

from __future__ import annotations

import json

import pytest
from rest_framework import serializers

from publishing.api.schemas import SCHEMAS
from publishing.models import Document, Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

PLAIN = {
    serializers.CharField: str,
    serializers.IntegerField: int,
    serializers.FloatField: (int, float),
    serializers.BooleanField: bool,
    serializers.DateField: str,
}


def differences(value, field, path):
    """Where `value` is not what `field` describes."""
    if value is None:
        if not field.allow_null:
            yield f"{path} is null"
    elif isinstance(field, serializers.ListSerializer | serializers.ListField):
        if not isinstance(value, list):
            yield f"{path} is no list"
            return
        for number, item in enumerate(value):
            yield from differences(item, field.child, f"{path}[{number}]")
    elif isinstance(field, serializers.Serializer):
        if list(value) != list(field.fields):
            yield f"{path} has {list(value)}, described are {list(field.fields)}"
            return
        for name, child in field.fields.items():
            yield from differences(value[name], child, f"{path}.{name}")
    elif not isinstance(value, PLAIN[type(field)]):
        yield f"{path} is {value!r}"


@pytest.mark.parametrize("kind", Kind)
def test_every_document_is_as_described(kind):
    documents = list(Document.objects.current().of(kind))
    assert documents, f"the seeds have no {kind}"
    field = SCHEMAS[kind]()
    found = [
        difference
        for document in documents
        for difference in differences(json.loads(document.body), field, document.slug)
    ]
    assert not found, (
        f"publishing/kinds and publishing/api/schemas.py differ for {kind}: "
        f"{found[:10]}"
    )


def test_the_contract_can_fail():
    field = SCHEMAS[Kind.OUTLET]()
    right = {
        "id": 1,
        "slug": "a",
        "name": "A",
        "country": None,
        "reliability": None,
        "url": None,
    }
    assert not list(differences(right, field, "outlet"))
    assert list(differences({**right, "name": 3}, field, "outlet"))
    assert list(differences({**right, "extra": 3}, field, "outlet"))


NAMES_THAT_STAY = {
    Kind.ARTICLE: "id title outlet published origin sha256 text",
    Kind.ACTOR: "id name kind country aliases relations",
    Kind.EVENT: (
        "id slug title type mode acled_sub_event modality date place participants "
        "estimates articles"
    ),
    Kind.CLAIM: (
        "id statement kind modality polarity speaker speaker_text attributed_to event "
        "relation measure group low high quantifier evidence"
    ),
}


@pytest.mark.parametrize("kind", NAMES_THAT_STAY)
def test_names_that_clients_build_on_stay(kind):
    described = set(SCHEMAS[kind]().fields)
    assert set(NAMES_THAT_STAY[kind].split()) <= described
