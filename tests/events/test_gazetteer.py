"""Loading the gazetteer: whole or not at all, once, with what is wrong by line."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from events import gazetteer
from events.gazetteer import loaded_digest, read_edition
from events.models import GazetteerEntry, GazetteerName
from events.place_names import lookup_form

SHIPPED = Path(__file__).parents[2] / "fixtures/gazetteer/gazetteer.tsv.xz"
TAKHAR = "iso:AF-TAK\tTakhār\tprovince\tAFG\t\t36.7\t69.8\t90000\t0\tiso\ttakhar"
QALA = (
    "geo:1\tDasht-e Qal‘ah\tvillage\tAFG\tiso:AF-TAK\t37.2\t69.5\t2000\t9000\tgeo"
    "\tdasht e qalah|dashti qala"
)


@pytest.fixture
def write(tmp_path):
    """Writes lines to a file: write(*lines, name="places.tsv")."""

    def write_lines(*lines, name="places.tsv"):
        path = tmp_path / name
        content = "".join(f"{line}\n" for line in lines).encode()
        path.write_bytes(lzma.compress(content) if name.endswith(".xz") else content)
        return str(path)

    return write_lines


def load(path, capsys):
    call_command("load_gazetteer", path)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Dasht-e Qal‘ah", "dasht e qalah"),
        ("St. John’s", "st johns"),
        ("  NANGARHĀR ", "nangarhar"),
        ("U.S.", "us"),
        ("Łódź", "lodz"),
        ("Guinea-Bissau", "guinea bissau"),
    ],
)
def test_names_are_compared_in_one_form(name, form):
    assert lookup_form(name) == form


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["places.tsv", "places.tsv.xz"])
def test_entries_are_loaded_with_their_names_and_their_province(write, capsys, name):
    told = load(write(TAKHAR, QALA, name=name), capsys)
    assert "2 places with 3 names" in told
    entry = GazetteerEntry.objects.get(pk="geo:1")
    assert (entry.name, entry.admin1) == ("Dasht-e Qal‘ah", "Takhār")
    assert (entry.admin1_entry, entry.radius_m) == ("iso:AF-TAK", 2000)
    assert (entry.latitude, entry.longitude, entry.population) == (37.2, 69.5, 9000)
    names = GazetteerName.objects.filter(entry=entry)
    assert {n.folded for n in names} == {"dasht e qalah", "dashti qala"}
    assert {n.country for n in names} == {"AFG"}


@pytest.mark.django_db
def test_an_edition_is_loaded_once(write, capsys, django_assert_num_queries):
    path = write(TAKHAR)
    load(path, capsys)
    with django_assert_num_queries(1):
        assert "up to date" in load(path, capsys)


@pytest.mark.django_db
def test_another_edition_takes_its_place(write, capsys):
    load(write(TAKHAR, QALA), capsys)
    before = loaded_digest()
    load(write(QALA.replace("iso:AF-TAK", "")), capsys)
    assert [entry.pk for entry in GazetteerEntry.objects.all()] == ["geo:1"]
    assert GazetteerName.objects.count() == 2
    assert loaded_digest() not in {"", before}


@pytest.mark.django_db
def test_an_emptied_gazetteer_is_loaded_again(write, capsys):
    path = write(TAKHAR)
    load(path, capsys)
    GazetteerEntry.objects.all().delete()
    assert loaded_digest() == ""
    assert "1 places" in load(path, capsys)


@pytest.mark.django_db
def test_a_dry_run_keeps_nothing(write, capsys):
    call_command("load_gazetteer", write(TAKHAR), dry_run=True)
    assert "nothing was kept" in capsys.readouterr().out
    assert not GazetteerEntry.objects.exists()
    assert loaded_digest() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (TAKHAR.replace("\tiso\t", "\t"), "has 10 columns"),
        (TAKHAR.replace("iso:AF-TAK", ""), "is empty or stands twice"),
        (QALA, "is empty or stands twice"),
        (TAKHAR.replace("\ttakhar", "\t"), "has no name"),
        (TAKHAR.replace("province", "planet"), "“planet” is no place-kind"),
        (TAKHAR.replace("AFG", "AF"), "alpha-3"),
        (TAKHAR.replace("36.7", "96.7"), "is not on the globe"),
        (TAKHAR.replace("36.7", "nan"), "is not on the globe"),
        (TAKHAR.replace("36.7", "north"), "could not convert"),
        (TAKHAR.replace("90000", "0"), "a radius is more than 0"),
        (TAKHAR.replace("takhar", r"tak\nhar"), "backslash"),
        (TAKHAR.replace("90000", "99999999999"), "a radius is at most"),
        (TAKHAR.replace("\t0\t", "\t" + "9" * 19 + "\t"), "a population"),
        (TAKHAR.replace("takhar", "tak\0har"), "NUL"),
        (TAKHAR.replace("iso:AF-TAK", "i" * 41), "its id is longer than 40"),
        (TAKHAR.replace("Takhār", "T" * 201), "its name is longer than 200"),
        (TAKHAR.replace("takhar", "t" * 201), "one of its names is longer"),
        (TAKHAR.replace("90000", "1_0"), "'1_0' is no number"),
        (TAKHAR.replace("90000", "٣"), "is no number"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(write, line, reason):
    path = write(QALA.replace("\tiso:AF-TAK", "\t"), line)
    with pytest.raises(CommandError, match="Nothing was loaded") as caught:
        call_command("load_gazetteer", path)
    assert f"{path}:2" in str(caught.value)
    assert reason in str(caught.value)
    assert not GazetteerEntry.objects.exists()


@pytest.mark.django_db
def test_a_province_that_is_not_in_the_file_is_refused(write):
    with pytest.raises(CommandError, match="iso:AF-TAK"):
        call_command("load_gazetteer", write(QALA))


@pytest.mark.django_db
def test_what_is_no_such_file_is_told(write, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_gazetteer", str(tmp_path / "none.tsv"))
    broken = tmp_path / "broken.xz"
    broken.write_bytes(b"not compressed")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_gazetteer", str(broken))
    with pytest.raises(CommandError, match="has no entries"):
        call_command("load_gazetteer", write())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["places.tsv", "places.tsv.xz"])
def test_a_file_is_unpacked_no_further_than_the_limit(write, monkeypatch, name):
    monkeypatch.setattr(gazetteer, "MAX_BYTES", 100_000)
    path = write("x" * 1_000_000, name=name)
    with pytest.raises(CommandError, match="larger than 100,000 bytes"):
        call_command("load_gazetteer", path)
    content = lzma.compress(b"x" * 1_000_000)
    assert len(gazetteer._unpacked(content)) == 100_001


@pytest.mark.django_db
def test_the_edition_that_is_shipped_is_good():
    edition, bad = read_edition(SHIPPED, SHIPPED.read_bytes())
    assert not bad
    rows = {row[0]: row for row in edition.rows}
    assert len(rows) > 240_000
    assert "nangrahar" in rows["iso3166-2:AF-NAN"][-1].split("|")
    assert "calif" in rows["iso3166-2:US-CA"][-1].split("|")
    assert rows["geonames:1138958"][4] == "iso3166-2:AF-KAB"
    assert rows["fips:06037"][1:3] == ["Los Angeles County", "district"]
    provinces = [r for r in rows.values() if r[2:4] == ["province", "AFG"]]
    assert len(provinces) == 34
    assert SHIPPED.stat().st_size <= 6_000_000


@pytest.mark.django_db
def test_the_admin_finds_any_spelling_and_changes_nothing(admin_client, write, capsys):
    load(write(TAKHAR, QALA), capsys)
    url = reverse("admin:events_gazetteerentry_changelist")
    assert "Dasht-e Qal‘ah" in admin_client.get(url, {"q": "Dashti Qala"}).text
    page = admin_client.get(
        reverse("admin:events_gazetteerentry_change", args=["geo:1"])
    )
    assert "dashti qala" in page.text
    assert 'name="_save"' not in page.text
