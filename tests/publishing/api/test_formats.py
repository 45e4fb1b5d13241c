"""Lists and objects in other forms than JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.api.formats.columns import columns_of
from publishing.models import Document, Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

LISTS = [f"{kind}s" for kind in Kind]
ATOM = "{http://www.w3.org/2005/Atom}"


def got(client, address, **headers):
    answer = client.get(f"/api/v1/{address}", headers=headers)
    assert answer.status_code == 200
    return answer


def whole(client, address, **headers):
    answer = got(client, address, **headers)
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()
    return answer.content.decode()


def everything(client, name):
    found, address = [], f"/api/v1/{name}/?limit=1000"
    while address:
        page = client.get(address).json()
        found += page["results"]
        address = page["next"]
    return found


def table(client, address):
    return list(csv.DictReader(io.StringIO(whole(client, address), newline="")))


@pytest.mark.parametrize("name", LISTS)
def test_lines_are_the_stored_documents(client, name):
    lines = whole(client, f"{name}/?format=ndjson").split("\n")
    assert lines.pop() == ""
    stored = Document.objects.current().of(Kind(name[:-1])).order_by("object_id")
    assert lines == list(stored.values_list("body", flat=True))
    assert len(lines) >= 3


@pytest.mark.parametrize("name", LISTS)
def test_a_table_has_a_row_for_each_and_the_columns_of_the_schema(client, name):
    rows = table(client, f"{name}/?format=csv")
    documents = everything(client, name)
    assert [row["id"] for row in rows] == [str(each["id"]) for each in documents]
    assert list(rows[0]) == list(columns_of(Kind(name[:-1])))


def test_every_cell_is_what_the_document_says(client):
    rows = table(client, "events/?format=csv")
    for row, event in zip(rows, everything(client, "events"), strict=True):
        assert row["date.earliest"] == (event["date"]["earliest"] or "")
        assert row["place.name"] == (event["place"] or {"name": ""})["name"]
        assert json.loads(row["contexts"]) == event["contexts"]
        people = event["participants"]
        assert json.loads(row["participants.role"]) == [p["role"] for p in people]
        slugs = [p["actor"]["slug"] for p in people]
        assert json.loads(row["participants.actor.slug"]) == slugs
    attack = next(row for row in rows if row["slug"] == "kabul-airport-attack")
    assert (attack["killed_low"], attack["killed_high"]) == ("164", "170")
    assert attack["killed_verdict"] == "compatible"


def test_texts_survive_a_table_word_for_word(client):
    texts = [each["text"] for each in everything(client, "articles")]
    rows = table(client, "articles/?format=csv")
    assert [row["text"] for row in rows] == texts
    assert any("\n" in text and '"' in text for text in texts)


def test_parallel_columns_stay_parallel_where_something_is_unknown(client):
    for row in table(client, "relations/?format=csv"):
        lengths = {len(json.loads(v)) for k, v in row.items() if k[:7] == "claims."}
        assert len(lengths) == 1


def test_columns_can_be_chosen(client):
    rows = table(
        client, "events/?format=csv&fields=slug,date,killed_low&omit=date.note"
    )
    assert set(rows[0]) == {"slug", "killed_low"} | {
        f"date.{part}" for part in ("earliest", "latest", "precision", "basis", "text")
    } | {"date.claims.id", "date.claims.slug"} & set(rows[0])


@pytest.mark.parametrize("form", ["csv", "ndjson", "geojson"])
def test_filters_and_limit_hold_in_every_form(client, form):
    def ids(asked):
        text = whole(
            client, f"events/?format={form}&fields=&{asked}".replace("&fields=", "")
        )
        if form == "csv":
            return [int(r["id"]) for r in csv.DictReader(io.StringIO(text))]
        if form == "ndjson":
            return [json.loads(line)["id"] for line in text.splitlines()]
        return [each["id"] for each in json.loads(text)["features"]]

    page = client.get("/api/v1/events/?country=AFG&limit=1000").json()["results"]
    assert ids("country=AFG") == [event["id"] for event in page]
    assert ids("country=AFG&limit=3") == [event["id"] for event in page[:3]]
    assert ids("country=FJI") == []


def test_a_whole_result_is_one_statement(client):
    for form in ("csv", "ndjson", "geojson"):
        with CaptureQueriesContext(connection) as queries:
            whole(
                client,
                f"claims/?format={form}"
                if form != "geojson"
                else "events/?format=geojson",
            )
        assert len(queries) <= 1


def test_places_are_points_or_areas_and_never_pins_for_provinces(client):
    answer = json.loads(whole(client, "events/?format=geojson"))
    assert answer["type"] == "FeatureCollection"
    shapes = {}
    for each in answer["features"]:
        place = each["properties"]["place"]
        if place is None or place["latitude"] is None:
            assert each["geometry"] is None
        else:
            shapes.setdefault(place["kind"], set()).add(each["geometry"]["type"])
    assert shapes["facility"] == {"Point"}
    assert shapes["country"] == {"Polygon"}


def test_one_event_is_a_feature(client):
    attack = json.loads(whole(client, "events/kabul-airport-attack/?format=geojson"))
    assert attack["type"] == "Feature"
    assert attack["properties"]["slug"] == "kabul-airport-attack"


def test_a_feed_has_the_newest_first_with_pages_and_words(client):
    answer = got(client, "claims/?format=atom&measure=killed&limit=5")
    assert answer.headers["Content-Type"] == "application/atom+xml"
    feed = ET.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    for entry in entries:
        link = entry.find(f"{ATOM}link").get("href")
        assert client.get(link).status_code == 200
        assert client.get(entry.findtext(f"{ATOM}id")).status_code == 200
        assert entry.findtext(f"{ATOM}summary")


@pytest.mark.parametrize("name", LISTS)
def test_every_kind_has_a_feed(client, name):
    feed = ET.fromstring(got(client, f"{name}/?format=atom").content)
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    assert all(entry.findtext(f"{ATOM}title") for entry in entries)


def test_an_event_feed_says_the_figures(client):
    answer = got(client, "events/?format=atom&slug=kabul-airport-attack")
    summary = ET.fromstring(answer.content).find(f"{ATOM}entry/{ATOM}summary").text
    assert "164–170 killed" in summary


def test_a_claim_is_a_review_that_does_not_judge(client):
    claim = everything(client, "claims")[0]
    answer = got(client, f"claims/{claim['slug']}/", accept="application/ld+json")
    assert answer.headers["Content-Type"] == "application/ld+json"
    review = answer.json()
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == claim["statement"]
    quotes = [each["text"] for each in review["itemReviewed"]["appearance"]]
    assert quotes == [each["quote"] for each in claim["evidence"]]
    assert "ratingValue" not in review["reviewRating"]
    assert client.get(review["url"]).status_code == 200


def test_all_claims_are_a_graph_of_reviews(client):
    graph = json.loads(whole(client, "claims/?format=jsonld"))["@graph"]
    assert len(graph) == len(everything(client, "claims"))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0, application/json", "application/json"),
        ("application/atom+xml", "application/atom+xml"),
        ("text/html", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_the_accept_header_chooses(client, accept, media_type):
    answer = got(client, "events/?limit=1", accept=accept)
    assert answer.headers["Content-Type"] == media_type
    assert "Accept" in answer.headers["Vary"]


def test_a_tag_belongs_to_its_form(client):
    address = "claims/?limit=1"
    slug = got(client, address).json()["results"][0]["slug"]
    as_json = got(client, f"claims/{slug}/")
    as_review = got(client, f"claims/{slug}/?format=jsonld")
    assert as_json.headers["ETag"] != as_review.headers["ETag"]
    again = client.get(
        f"/api/v1/claims/{slug}/?format=jsonld",
        headers={"if-none-match": as_review.headers["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("events/?format=xml", "format"),
        ("claims/?format=geojson", "format"),
        ("events/kabul-airport-attack/?format=csv", "format"),
        ("events/?format=csv&cursor=abc", "cursor"),
        ("events/?format=csv&nonsense=1", "nonsense"),
        ("events/?format=ndjson&limit=0", "limit"),
    ],
)
def test_what_does_not_fit_is_named(client, address, parameter):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert parameter in [each["parameter"] for each in answer.json()["errors"]]


@pytest.mark.parametrize("form", ["json", "csv", "ndjson", "geojson", "atom"])
def test_head_has_the_type_and_no_body(client, form):
    answer = client.head(f"/api/v1/events/?format={form}")
    assert answer.status_code == 200
    assert not answer.streaming
    assert answer.content == b""
    expected = got(client, f"events/?format={form}&limit=1").headers["Content-Type"]
    assert answer.headers["Content-Type"] == expected


@pytest.mark.parametrize("address", ["events/", "events/kabul-airport-attack/"])
def test_options_names_the_methods(client, address):
    answer = client.options(f"/api/v1/{address}")
    assert answer.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_streams_are_compressed_for_who_takes_that(client):
    answer = got(client, "claims/?format=ndjson", **{"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("page", ["home", "claim"])
def test_pages_lead_to_the_other_forms(client, page):
    slug = everything(client, "claims")[0]["slug"]
    shown = client.get("/" if page == "home" else f"/claims/{slug}/").content.decode()
    found = re.findall(r'rel="alternate" type="([^"]+)" href="([^"]+)"', shown)
    assert {"application/atom+xml"} <= {media for media, _ in found}
    if page == "claim":
        assert "application/ld+json" in {media for media, _ in found}
    for media, address in found:
        assert client.get(address).headers["Content-Type"] == media
