"""Places in made-up sentences, with a small map."""

from __future__ import annotations

import pytest

from curation.extraction.context import Context, KnownActor, KnownPlace, Name
from curation.extraction.findings import PlaceMention
from curation.extraction.places import Places
from events.place_names import lookup_form


def town(name, country, admin1, latitude, longitude, population, entry=None):
    kind = "city" if population > 5000 else "village"
    entry = entry or f"{lookup_form(name)}-{admin1}"
    place = (entry, name, kind, country, admin1, latitude, longitude)
    return KnownPlace(*place, radius_m=5000, population=population)


def area(name, kind, country, latitude, longitude, radius_km=300, admin1=None):
    entry = f"{lookup_form(name)}-{kind}"
    place = (entry, name, kind, country, admin1, latitude, longitude)
    return KnownPlace(*place, radius_m=radius_km * 1000)


MAP = [
    area("United States", "country", "USA", 39.8, -98.6, 4000),
    area("France", "country", "FRA", 46, 2, 600),
    area("Afghanistan", "country", "AFG", 33, 65, 800),
    area("Georgia", "country", "GEO", 42, 43.5),
    area("Georgia", "province", "USA", 32.8, -83.5),
    area("Texas", "province", "USA", 31.3, -99.3, 700),
    area("Illinois", "province", "USA", 40, -89),
    area("California", "province", "USA", 37, -120, 700),
    area("Washington", "province", "USA", 47.4, -120.5),
    area("Takhar", "province", "AFG", 36.7, 69.8, 100),
    area("Kunar", "province", "AFG", 35, 71.1, 75),
    area("Nangarhar", "province", "AFG", 34.3, 70.4, 80),
    area("Kandahar", "province", "AFG", 31, 66.2, 230),
    area("Dashti Qala", "district", "AFG", 37.2, 69.5, 18, admin1="Takhar"),
    area("Lamar County", "district", "USA", 33.7, -95.6, 40, admin1="Texas"),
    area("Nile", "sea", None, 22, 31.5, 1700),
    area("Kabul airport", "facility", "AFG", 34.57, 69.21, 2),
    town("Paris", "FRA", "Île-de-France", 48.85, 2.35, 2_100_000),
    town("Paris", "USA", "Texas", 33.66, -95.56, 25_000),
    town("Bonham", "USA", "Texas", 33.58, -96.18, 10_000),
    town("Sherman", "USA", "Texas", 33.64, -96.61, 40_000),
    town("Sherman", "USA", "Illinois", 39.9, -89.6, 4_000),
    town("Springfield", "USA", "Illinois", 39.8, -89.64, 114_000),
    town("Springfield", "USA", "Missouri", 37.2, -93.3, 169_000),
    town("Fresno", "USA", "California", 36.7, -119.8, 540_000),
    town("Washington", "USA", "District of Columbia", 38.9, -77, 690_000),
    town("Kabul", "AFG", "Kabul", 34.53, 69.17, 4_400_000),
    town("Kandahar", "AFG", "Kandahar", 31.61, 65.7, 600_000),
    town("Jalalabad", "AFG", "Nangarhar", 34.43, 70.45, 270_000),
    town("London", "GBR", "England", 51.5, -0.1, 8_900_000),
    town("Marburg", "DEU", "Hesse", 50.8, 8.8, 78_000),
    town("Nice", "FRA", "PACA", 43.7, 7.3, 340_000),
]
SHORT = {"calif": "california-province", "tx": "texas-province", "us": "united states"}


class Map:
    """A gazetteer in memory, that counts how often it is asked."""

    def __init__(self, places=MAP):
        self.places, self.asked = places, 0

    def find(self, names):
        self.asked += 1
        found = {name: list(self._named(lookup_form(name))) for name in names}
        return {name: places for name, places in found.items() if places}

    def _named(self, form):
        for place in self.places:
            second = SHORT.get(form)
            if lookup_form(place.name) == form or (
                second and place.entry.startswith(second)
            ):
                yield place

    def near(self, name, countries):
        form = lookup_form(name)
        return [p for p in self.places if lookup_form(p.name)[:5] == form[:5]]


@pytest.fixture
def places(read):
    """The PlaceMention findings of a text."""

    def find(text, context=None, **options):
        context = context or Context(gazetteer=Map())
        found = read(text, context=context, extractors=[Places()], **options)
        return [f for f in found if isinstance(f.fields, PlaceMention)]

    return find


@pytest.fixture
def entries(places):
    """Words and entry of every place of a text."""

    def find(text, **options):
        return {f.span.text: f.fields.entry for f in places(text, **options)}

    return find


def test_a_place_comes_with_its_point_its_radius_and_its_precision(places):
    [found] = places("The minister arrived in Kabul on Monday.")
    fields = found.fields
    assert (found.span.text, fields.entry, fields.kind) == (
        "Kabul",
        "kabul-Kabul",
        "city",
    )
    assert (fields.latitude, fields.longitude, fields.radius_m) == (34.53, 69.17, 5000)
    assert (fields.precision, fields.country, fields.admin1) == ("city", "AFG", "Kabul")
    assert found.reason


@pytest.mark.parametrize(
    ("text", "words", "entry", "precision"),
    [
        ("They live in Afghanistan.", "Afghanistan", "afghanistan-country", "country"),
        ("Troops left Takhar province.", "Takhar", "takhar-province", "province"),
        (
            "Four men were killed in the Dashti Qala district.",
            "Dashti Qala",
            "dashti qala-district",
            "district",
        ),
        (
            "They fought in Kandahar province.",
            "Kandahar",
            "kandahar-province",
            "province",
        ),
        (
            "They fought in the city of Kandahar.",
            "Kandahar",
            "kandahar-Kandahar",
            "city",
        ),
        (
            "A bomb exploded outside Kabul airport.",
            "Kabul airport",
            "kabul airport-facility",
            "vicinity",
        ),
    ],
)
def test_the_word_beside_a_name_says_what_it_is(
    entries, places, text, words, entry, precision
):
    assert entries(text) == {words: entry}
    assert places(text)[0].fields.precision == precision


def test_a_plural_is_shared_by_the_names_of_a_list(places):
    found = places("They fought in both Kunar and Nangarhar provinces.")
    assert [f.fields.entry for f in found] == ["kunar-province", "nangarhar-province"]
    assert {f.rule for f in found} == {"place.typed"}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("He was born in Paris.", "paris-Île-de-France"),
        ("He was born in Paris, Texas, in 1950.", "paris-Texas"),
        ("He was born in Paris, TX, in 1950.", "paris-Texas"),
        ("He was born in Paris. His family moved to Texas from Bonham.", "paris-Texas"),
        ("He drove from Bonham to Sherman and Paris.", "paris-Texas"),
    ],
)
def test_what_else_is_named_says_which_place_it_is(entries, text, entry):
    assert entries(text)["Paris"] == entry


def test_a_name_keeps_the_meaning_that_a_comma_gave_it(entries):
    text = "He lives in Paris, Texas. The mayor of Paris met him. Paris is small."
    assert entries(text)["Paris"] == "paris-Texas"


def test_a_country_is_meant_unless_the_article_speaks_of_the_other(entries):
    assert entries("He moved to Georgia.")["Georgia"] == "georgia-country"
    text = "He moved from Texas to Georgia, and on to California and Illinois."
    assert entries(text)["Georgia"] == "georgia-province"


def test_washington_is_the_capital_unless_the_state_is_named(entries):
    capital = "washington-District of Columbia"
    assert entries("They met in Washington.")["Washington"] == capital
    assert (
        entries("They met in Washington state.")["Washington"] == "washington-province"
    )


def test_short_forms_of_states_stand_after_a_comma_only(entries):
    found = entries("He was arrested in Fresno, Calif., on Monday.")
    assert found["Calif."] == "california-province"
    assert "TX" not in entries("The TX was switched off.")


@pytest.mark.parametrize(
    "text",
    [
        "The Washington Post reported it.",
        "They met Jack London on Monday. London smiled.",
        "The French president spoke to Afghans.",
        "Five more cases of West Nile virus were found.",
        "Marburg virus is still spreading.",
        "Nice people live here.",
        "Gen. Sherman marched on.",
    ],
)
def test_what_only_looks_like_a_place_is_none(entries, text):
    assert entries(text) == {}


def test_a_public_body_stands_where_its_place_is_by_a_rule_of_its_own(places):
    found = places("The Texas Department of Public Safety said so. He lives in Texas.")
    assert [f.rule for f in found] == ["place.province-of-body", "place.province"]


def test_the_dateline_is_read(places):
    text = "KABUL, Afghanistan (AP) -- A bomb killed ten people on Monday, police said."
    found = places(text)
    assert [f.span.text for f in found] == ["KABUL", "Afghanistan"]
    assert {f.rule for f in found} == {"place.dateline"}


def test_a_state_that_acts_has_a_rule_of_its_own(places, read):
    from curation.extraction.actors import Actors

    state = KnownActor(
        "usa", "United States", "state", "USA", (Name("United States", "official"),)
    )
    context = Context(actors=(state,), gazetteer=Map())
    findings = read(
        "The United States sent troops. They trained in the United States.",
        context=context,
        extractors=[Actors(), Places()],
    )
    rules = [f.rule for f in findings if isinstance(f.fields, PlaceMention)]
    assert rules == ["place.state-acts", "place.country"]


def test_a_name_that_no_list_has_is_words_without_a_point(places):
    [found] = [
        f
        for f in places("He was killed in the village of Zarbuland in Afghanistan.")
        if f.span.text == "Zarbuland"
    ]
    assert found.rule.startswith("place.unknown")
    assert found.fields.latitude is None
    assert found.fields.entry is None


def test_an_unknown_place_in_a_named_state_is_as_exact_as_that(places):
    first, second = places("He was arrested in Oakfield, Calif., on Monday.")
    assert first.rule == "place.unknown-in-province"
    assert (first.fields.precision, first.fields.admin1) == ("province", "California")
    assert first.fields.radius_m == 700_000
    assert second.fields.entry == "california-province"


def test_a_building_named_after_a_town_is_as_exact_as_that(places):
    [found] = places("Ten prisoners fled from Jalalabad prison on Monday.")
    assert (found.span.text, found.fields.name) == (
        "Jalalabad prison",
        "Jalalabad prison",
    )
    assert (found.fields.kind, found.fields.precision) == ("facility", "city")
    assert found.fields.entry is None


def test_the_gazetteer_is_asked_once(read):
    known = Map()
    text = "They went from Kabul to Kandahar.\n\nIn Paris, France, nobody knew.\n"
    read(text, context=Context(gazetteer=known), extractors=[Places()])
    assert known.asked == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n \n",
        "kabul and paris and texas are far apart.",
        "🔥🔥 KABUL 🔥 \n\n“Paris, ‘Texas",
        "Paris, " * 300,
        "In the In In of of the, of, and and, Of.",
        "KABUL --",
    ],
)
def test_odd_texts_are_read(places, text):
    for found in places(text):
        assert found.fields.name


def test_without_a_gazetteer_names_are_words(places):
    found = places("He lives in Kabul.", context=Context())
    assert {f.fields.latitude for f in found} <= {None}


def test_an_outlet_that_reports_is_no_town(entries):
    text = "Four men were caught in Takhar province, Springfield reported on Monday."
    assert "Springfield" not in entries(text)
    assert "Springfield" in entries("He lives in Springfield, the mayor reported.")
