"""Every filter of every list, tried on the seeds: it finds the right ones."""

from __future__ import annotations

import json

import pytest

from publishing.api.filters import FILTERS
from publishing.api.filters.numbers import MEASURES
from publishing.api.views import VIEWS
from publishing.facets import FACETS, FOLDED
from publishing.models import Document, Kind
from sources.models import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

LISTS = {view.kind: name for name, view in VIEWS.items()}
BOUNDS = ("low__gte", "high__lte")
ATTACK = "kabul-airport-attack"
SHA_003 = "3ab29a2d9b4ef1b5e54cbbf5b547befd34142a6317e874ee5dda82e4ccd02555"


def slugs(*, of):
    return lambda document: {item["slug"] for item in document[of]}


def participants(document):
    return {p["actor"]["slug"] for p in document["participants"]}


# kind → filter → (value, whether a document matches). A new filter has no case here
# and fails test_every_filter_has_a_case.
CASES = {
    Kind.OUTLET: {
        "id": (None, None),
        "slug": ("trt-world", lambda d: d["slug"] == "trt-world"),
        "q": ("TRT", lambda d: "TRT" in d["name"]),
        "modified_since": ("2000-01-01T00:00:00Z", lambda d: True),
        "modified_before": ("2999-01-01T00:00:00Z", lambda d: True),
        "name": ("trt world", lambda d: d["name"] == "TRT World"),
        "country": ("TUR", lambda d: d["country"] == "TUR"),
        "reliability": ("A", lambda d: d["reliability"] == "A"),
    },
    Kind.ARTICLE: {
        "id": (None, None),
        "slug": (SHA_003, lambda d: d["sha256"] == SHA_003),
        "sha256": (SHA_003, lambda d: d["sha256"] == SHA_003),
        "q": ("Marandi", lambda d: "Marandi" in d["text"]),
        "modified_since": ("2999-01-01T00:00:00Z", lambda d: False),
        "modified_before": ("2999-01-01T00:00:00Z", lambda d: True),
        "date_from": ("2023-01-01", lambda d: later(d["published"], "2023-01-01")),
        "date_to": ("2021-08-31", lambda d: earlier(d["published"], "2021-08-31")),
        "date_overlaps": (
            "2021-08-01/2021-12-31",
            lambda d: (
                later(d["published"], "2021-08-01")
                and earlier(d["published"], "2021-12-31")
            ),
        ),
        "date_within": (
            "2021-08-01/2021-12-31",
            lambda d: (
                (d["published"]["earliest"] or "0000") >= "2021-08-01"
                and (d["published"]["latest"] or "9999") <= "2021-12-31"
            ),
        ),
        "date_precision": ("day", lambda d: d["published"]["precision"] == "day"),
        "outlet": (
            "trt-world",
            lambda d: (d["outlet"] or {}).get("slug") == "trt-world",
        ),
        "origin": (
            "pentagon-conference-2021-09-01",
            lambda d: d["origin"] is not None,
        ),
        "actor": (
            "ahmad-massoud",
            lambda d: any(m["actor"]["slug"] == "ahmad-massoud" for m in d["mentions"]),
        ),
        "alias": (
            "ahmed masood",
            lambda d: any(m["actor"]["slug"] == "ahmad-massoud" for m in d["mentions"]),
        ),
        "claim": ("003-01", lambda d: "003-01" in slugs(of="claims")(d)),
        "language": ("en", lambda d: d["language"] == "en"),
    },
    Kind.ACTOR: {
        "id": (None, None),
        "slug": ("taliban", lambda d: d["slug"] == "taliban"),
        "q": ("Khorasan", None),
        "modified_since": ("2000-01-01T00:00:00Z", lambda d: True),
        "modified_before": ("2999-01-01T00:00:00Z", lambda d: True),
        "kind": ("person", lambda d: d["kind"] == "person"),
        "country": ("USA", lambda d: d["country"] == "USA"),
        "alias": ("iyas khorasan", lambda d: d["slug"] == "isis-k"),
        "relation": (
            "leads",
            lambda d: any(r["kind"] == "leads" for r in d["relations"]),
        ),
        "related_to": (
            "haqqani-network",
            lambda d: any(
                "haqqani-network" in {r["subject"]["slug"], r["object"]["slug"]}
                for r in d["relations"]
            ),
        ),
        "identifier": (
            "61b02d56-da70-59e6-8cd5-5c26b36ce2bf",
            lambda d: d["slug"] == "isis-k",
        ),
    },
    Kind.RELATION: {
        "id": (None, None),
        "slug": (
            "haqqani-part-of-taliban",
            lambda d: d["slug"] == "haqqani-part-of-taliban",
        ),
        "q": ("Haqqani", None),
        "modified_since": ("2000-01-01T00:00:00Z", lambda d: True),
        "modified_before": ("2999-01-01T00:00:00Z", lambda d: True),
        "kind": ("part_of", lambda d: d["kind"] == "part_of"),
        "actor": (
            "taliban",
            lambda d: "taliban" in {d["subject"]["slug"], d["object"]["slug"]},
        ),
        "alias": (
            "taliban",
            lambda d: "taliban" in {d["subject"]["slug"], d["object"]["slug"]},
        ),
        "subject": (
            "haqqani-network",
            lambda d: d["subject"]["slug"] == "haqqani-network",
        ),
        "object": ("taliban", lambda d: d["object"]["slug"] == "taliban"),
        "disputed": ("true", lambda d: d["disputed"]),
        "denied": ("false", lambda d: not d["denied"]),
    },
    Kind.PLACE: {
        "id": (None, None),
        "slug": ("kabul-airport", lambda d: d["slug"] == "kabul-airport"),
        "q": ("Kunar", None),
        "modified_since": ("2000-01-01T00:00:00Z", lambda d: True),
        "modified_before": ("2999-01-01T00:00:00Z", lambda d: True),
        "kind": ("province", lambda d: d["kind"] == "province"),
        "country": ("AFG", lambda d: d["country"] == "AFG"),
        "parent": (
            "afghanistan-country",
            lambda d: (d["parent"] or {}).get("slug") == "afghanistan-country",
        ),
        "name": ("kabul airport", lambda d: d["slug"] == "kabul-airport"),
        "identifier": (None, None),
        "near": (None, None),
        "within_km": (None, None),
    },
    Kind.EVENT: {
        "id": (None, None),
        "slug": (ATTACK, lambda d: d["slug"] == ATTACK),
        "q": ("airport", None),
        "modified_since": ("2000-01-01T00:00:00Z", lambda d: True),
        "modified_before": ("2999-01-01T00:00:00Z", lambda d: True),
        "date_from": ("2022-01-01", lambda d: later(d["date"], "2022-01-01")),
        "date_to": ("2002-01-01", lambda d: earlier(d["date"], "2002-01-01")),
        "date_overlaps": (
            "2021-08-26/2021-08-31",
            lambda d: (
                later(d["date"], "2021-08-26") and earlier(d["date"], "2021-08-31")
            ),
        ),
        "date_within": (
            "2021-08-26/2021-08-31",
            lambda d: (
                (d["date"]["earliest"] or "0000") >= "2021-08-26"
                and (d["date"]["latest"] or "9999") <= "2021-08-31"
            ),
        ),
        "date_precision": ("day", lambda d: d["date"]["precision"] == "day"),
        "actor": ("isis-k", lambda d: "isis-k" in participants(d)),
        "actor_tree": ("haqqani-network", None),
        "alias": ("DAESH-K", lambda d: "isis-k" in participants(d)),
        "near": (None, None),
        "within_km": (None, None),
        "origins__gte": (
            "2",
            lambda d: any(estimate["origins"] >= 2 for estimate in d["estimates"]),
        ),
        "said_by": ("mark-milley", None),
        "actor_country": (
            "USA",
            lambda d: any(p["actor"]["country"] == "USA" for p in d["participants"]),
        ),
        "role": (
            "claimant",
            lambda d: any(p["role"] == "claimant" for p in d["participants"]),
        ),
        "event_type": ("ASSAULT", lambda d: d["type"] == "ASSAULT"),
        "mode": (
            "ASSAULT.suicide-attack",
            lambda d: d["mode"] == "ASSAULT.suicide-attack",
        ),
        "context": ("terrorism", lambda d: "terrorism" in d["contexts"]),
        "acled_sub_event": (
            "Suicide bomb",
            lambda d: d["acled_sub_event"] == "Suicide bomb",
        ),
        "modality": ("predicted", lambda d: d["modality"] == "predicted"),
        "country": ("AFG", lambda d: (d["place"] or {}).get("country") == "AFG"),
        "place": (
            "kabul-airport",
            lambda d: (d["place"] or {}).get("slug") == "kabul-airport",
        ),
        "place_precision": (
            "province",
            lambda d: (d["place"] or {}).get("precision") == "province",
        ),
        "measure": ("killed", lambda d: has_estimate(d, measure="killed")),
        "group": ("militants", lambda d: has_estimate(d, group="militants")),
        "verdict": ("compatible", lambda d: has_estimate(d, verdict="compatible")),
        "article": (SHA_003, lambda d: SHA_003 in {a["sha256"] for a in d["articles"]}),
        "outlet": (
            "trt-world",
            lambda d: any(
                (a["outlet"] or {}).get("slug") == "trt-world" for a in d["articles"]
            ),
        ),
        "reported_by": (
            "trt-world",
            lambda d: any(
                (a["outlet"] or {}).get("slug") == "trt-world" for a in d["articles"]
            ),
        ),
        "claim": ("003-01", lambda d: "003-01" in slugs(of="claims")(d)),
        "identifier": ("Q1", lambda d: False),
    },
    Kind.CLAIM: {
        "id": (None, None),
        "slug": ("003-01", lambda d: d["slug"] == "003-01"),
        "q": ("Massoud", None),
        "modified_since": ("2000-01-01T00:00:00Z", lambda d: True),
        "modified_before": ("2999-01-01T00:00:00Z", lambda d: True),
        "kind": ("figure", lambda d: d["kind"] == "figure"),
        "modality": ("hinted", lambda d: d["modality"] == "hinted"),
        "polarity": ("negative", lambda d: d["polarity"] == "negative"),
        "voice": ("attributed", lambda d: d["voice"] == "attributed"),
        "speaker": (
            "mark-milley",
            lambda d: (d["speaker"] or {}).get("slug") == "mark-milley",
        ),
        "said_by": (
            "mark-milley",
            lambda d: (d["speaker"] or {}).get("slug") == "mark-milley",
        ),
        "reported_by": ("trt-world", None),
        "hearsay_max": ("0", lambda d: not d["attributed_to"]),
        "alias": (
            "rutting",
            lambda d: (d["speaker"] or {}).get("slug") == "thomas-ruttig",
        ),
        "attributed_to": (
            "abdul-sayed",
            lambda d: any(
                (link["actor"] or {}).get("slug") == "abdul-sayed"
                for link in d["attributed_to"]
            ),
        ),
        "event": (ATTACK, lambda d: (d["event"] or {}).get("slug") == ATTACK),
        "relation": (
            "haqqani-part-of-taliban",
            lambda d: (d["relation"] or {}).get("slug") == "haqqani-part-of-taliban",
        ),
        "article": (
            SHA_003,
            lambda d: SHA_003 in {e["article"]["sha256"] for e in d["evidence"]},
        ),
        "measure": ("killed", lambda d: d["measure"] == "killed"),
        "group": ("all", lambda d: d["group"] == "all"),
        "quantifier": ("up_to", lambda d: d["quantifier"] == "up_to"),
    },
}

for measure in MEASURES:
    CASES[Kind.EVENT][f"{measure}_low__gte"] = (
        "2",
        lambda d, measure=measure: any(
            low is not None and low >= 2 for low, _ in bounds(d, measure)
        ),
    )
    CASES[Kind.EVENT][f"{measure}_high__lte"] = (
        "200000",
        lambda d, measure=measure: any(
            high is not None and high <= 200_000 for _, high in bounds(d, measure)
        ),
    )


def bounds(document, measure):
    """Of the estimates of that measure, for all groups together."""
    return [
        (estimate["low"], estimate["high"])
        for estimate in document["estimates"]
        if estimate["measure"] == measure and estimate["group"] in {"all", None}
    ]


def has_estimate(document, **wanted):
    return any(
        all(estimate[name] == value for name, value in wanted.items())
        for estimate in document["estimates"]
    )


def known(date):
    return bool(date["earliest"] or date["latest"])


def later(date, day):
    """It can have been on or after that day; an open end reaches on."""
    return known(date) and (date["latest"] or "9999") >= day


def earlier(date, day):
    """It can have been on or before that day."""
    return known(date) and (date["earliest"] or "0000") <= day


def found(client, kind, parameters):
    address = f"/api/v1/{LISTS[kind]}/"
    answer = client.get(address, {**parameters, "limit": 1000})
    assert answer.status_code == 200, answer.content
    return {document["id"] for document in answer.json()["results"]}


EVERY = [(kind, name) for kind in Kind for name in FILTERS[kind]]


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_every_filter_has_a_case(kind, name):
    assert name in CASES[kind], f"add a case for the filter {name} of {kind}"


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, name in EVERY if CASES[kind].get(name, (0, 0))[1]],
)
def test_filter_finds_exactly_what_it_says(client, kind, name):
    value, matches = CASES[kind][name]
    documents = [
        json.loads(body)
        for body in Document.objects.current().of(kind).values_list("body", flat=True)
    ]
    expected = {d["id"] for d in documents if matches(d)}
    assert found(client, kind, {name: value}) == expected


def test_the_measures_are_those_of_the_code_list():
    codes = Term.objects.filter(list="measure").values_list("code", flat=True)
    assert set(MEASURES) == set(codes), "publishing/api/filters/numbers.py"


EMPTY_ON_THE_SEEDS = {
    *(
        (Kind.EVENT, f"{m}_{bound}")
        for m in MEASURES
        for bound in BOUNDS
        if m != "killed"
    ),
    (Kind.OUTLET, "reliability"),
    (Kind.ARTICLE, "modified_since"),
    (Kind.EVENT, "identifier"),
}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, name)
        for kind, name in EVERY
        if CASES[kind].get(name, (0, 0))[0] and (kind, name) not in EMPTY_ON_THE_SEEDS
    ],
)
def test_filter_finds_something(client, kind, name):
    """So that the test above cannot pass on two empty sets."""
    assert found(client, kind, {name: CASES[kind][name][0]})


@pytest.mark.parametrize("kind", Kind)
def test_ids_select_exactly_those(client, kind):
    ids = set(
        Document.objects.current().of(kind).values_list("object_id", flat=True)[:2]
    )
    assert found(client, kind, {"id": ",".join(map(str, ids))}) == ids


@pytest.mark.parametrize("kind", Kind)
def test_every_facet_is_a_filter(kind):
    facets = set(FACETS[kind]) | set(FOLDED.get(kind, {}))
    assert facets <= set(FILTERS[kind]), (
        f"publishing/facets.py keeps facets of {kind} that no filter reads"
    )


@pytest.mark.parametrize("kind", Kind)
def test_unknown_filter_is_named_with_those_there_are(client, kind):
    answer = client.get(f"/api/v1/{LISTS[kind]}/", {"colour": "red"})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["parameter"] == "colour"
    assert set(FILTERS[kind]) <= set(error["allowed"])


def test_all_that_is_wrong_is_said_at_once(client):
    answer = client.get(
        "/api/v1/events/",
        {
            "colour": "red",
            "verdict": "maybe",
            "date_from": "soon",
            "limit": "0",
            "ordering": "size",
            "cursor": "x",
        },
    )
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    named = {error["parameter"] for error in answer.json()["errors"]}
    assert named == {"colour", "verdict", "date_from", "limit", "ordering", "cursor"}


def test_several_values_mean_any_of_them(client):
    both = found(client, Kind.CLAIM, {"modality": "hinted,predicted"})
    assert both == found(client, Kind.CLAIM, {"modality": "hinted"}) | found(
        client, Kind.CLAIM, {"modality": "predicted"}
    )
