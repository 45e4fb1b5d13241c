"""Every public page over the seeds and their curation."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from orjson import loads

from publishing.models import Document, Kind
from publishing.rendering import refresh
from sources.models import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

ATTACK = "/events/kabul-airport-attack/"
CLAIM = "/claims/001-01/"


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def plain(page):
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def claim(quote, number, **fields):
    """The claim of a seed article that is proved by these words."""
    claims = map(
        loads, Document.objects.current().of(Kind.CLAIM).values_list("body", flat=True)
    )
    return next(
        found
        for found in claims
        if found["slug"].startswith(number)
        and any(quote in evidence["quote"] for evidence in found["evidence"])
        and all(found[name] == value for name, value in fields.items())
    )


def sentence(found):
    """The address of a claim's sentence."""
    article = found["evidence"][0]["article"]["id"]
    return f"/articles/{article}/#claim-{found['slug']}"


def article(number):
    """The id of a seed article by the key its claims begin with."""
    return claim("", number)["evidence"][0]["article"]["id"]


def toll():
    """The claims of the three reports how many the attack killed."""
    every = {"measure": "killed", "group": "all"}
    return (
        claim("more than 150 Afghans", "001", **every),
        claim("more than 100 people", "003", **every),
        claim("up to 170 people", "004", **every),
    )


def test_the_front_page_shows_three_reports_that_agree_after_all(client):
    page = read(client, "/")
    example = page.split('class="example"')[1].split("</section>")[0]
    assert "3 reports, one event" in example
    for found in toll():
        assert f'href="{sentence(found)}"' in example
    assert "164–170 killed satisfies every one" in plain(example)
    assert "Compatible" in example


def test_the_front_page_lists_events_and_sets_undated_ones_apart(client):
    page = read(client, "/")
    dated, undated = page.split("No date published")
    assert "Suicide attack at Kabul airport" in dated
    assert "Further cooperation of the Afghan and US agencies" in undated
    assert "date not known" not in plain(undated)


def test_pages_of_the_list_lead_through_every_event_once(client):
    seen, query = [], ""
    while True:
        page = read(client, f"/?{query}")
        seen += re.findall(r'<h3><a href="/events/([^/]+)/"', page)
        following = re.search(r'rel="next" href="\?([^"]+)"', page)
        if not following:
            break
        query = unescape(following[1])
    everything = Document.objects.current().of(Kind.EVENT)
    assert sorted(seen) == sorted(everything.values_list("slug", flat=True))
    back = re.search(r'rel="prev" href="\?([^"]+)"', page)
    first = re.findall(r'<h3><a href="/events/([^/]+)/"', read(client, "/?"))
    before = read(client, f"/?{unescape(back[1])}")
    assert re.findall(r'<h3><a href="/events/([^/]+)/"', before) == first


@pytest.mark.parametrize(
    "query",
    [
        "q=airport",
        "event_type=ASSAULT",
        "verdict=compatible",
        "country=AFG",
        "alias=iskp",
        "actor=isis-k",
        "q=airport&event_type=&verdict=&country=&alias=",
    ],
)
def test_filters_find_the_attack(client, query):
    page = read(client, f"/?{query}")
    assert "Suicide attack at Kabul airport" in page
    assert "hero" not in page


def test_filters_leave_out_what_does_not_fit(client):
    page = read(client, "/?event_type=CONSULT")
    titles = re.findall(r"<h3><a [^>]+>([^<]+)</a>", page)
    assert titles
    assert "Suicide attack at Kabul airport" not in titles
    assert page.count("· Consult") == 0
    assert len(re.findall(r">\s*Consult", page)) >= len(titles)


def test_a_filter_without_a_field_is_kept_and_can_be_removed(client):
    page = read(client, "/?actor=isis-k&q=airport")
    assert '<input type="hidden" name="actor" value="isis-k">' in page
    assert 'class="chip-x" href="?q=airport"' in page


@pytest.mark.parametrize(
    "query",
    [
        "verdict=nope",
        "cursor=rubbish",
        "date_from=yesterday",
        "q=%00",
        "place=%00",
        "id=99999999999999999999",
    ],
)
def test_a_bad_query_gets_a_page_that_helps(client, query):
    response = client.get(f"/?{query}")
    assert response.status_code in {200, 400}
    assert "Show" in response.content.decode()


def test_a_bad_value_is_named_with_what_can_stand_there(client):
    page = plain(read(client, "/?verdict=nope", 400))
    assert "verdict : Not one of the values: nope." in page
    assert "single_source" in page


def test_what_hangs_onto_a_shared_address_is_passed_over(client):
    assert "Suicide attack at Kabul airport" in read(client, "/?utm_source=x")


def chips(page):
    """The filters in force, as they are read."""
    return [
        plain(chip.split("<a ")[0]).strip()
        for chip in re.findall(r'<li class="chip">(.*?)</li>', page, re.S)
    ]


def test_filters_are_told_by_the_names_of_what_they_ask_for(client):
    query = "actor=isis-k,qatar&role=victim&killed_low__gte=5&said_by=mark-milley"
    assert chips(read(client, f"/?{query}")) == [
        "actor Islamic State Khorasan Province, Qatar",
        "role Victim",
        "killed low at least 5",
        "said by Mark Milley",
    ]
    assert chips(read(client, "/?actor_tree=taliban&date_from=2021-08-01")) == [
        *("actor tree Taliban", "date from 2021-08-01")
    ]
    assert chips(read(client, "/actors/?country=AFG")) == ["country Afghanistan"]


def test_what_an_id_names_is_told_by_its_name(client):
    isis = Document.objects.current().get(kind=Kind.ACTOR, slug="isis-k")
    shown = chips(read(client, f"/?actor={isis.object_id}"))
    assert shown == ["actor Islamic State Khorasan Province"]


def test_the_events_of_a_place_stand_under_the_place(client):
    page = read(client, "/?place=kabul-airport")
    head = page.split('id="events"')[0]
    assert '<h1 id="place">Kabul International Airport</h1>' in head
    told = plain(head)
    assert "Facility · Afghanistan" in told
    assert "Also: Kabul airport" in told
    assert "34.5659° N, 69.2124° E, within 2 km" in told
    assert '<a href="/?place=kabul-city">Kabul</a>' in head
    assert "<svg" in head
    assert chips(page) == ["place Kabul International Airport"]
    assert "Suicide attack at Kabul airport" in page.split('id="events"')[1]


def test_several_places_are_told_by_name_without_one_above_the_list(client):
    page = read(client, "/?place=kabul-airport,kabul-city")
    assert chips(page) == ["place Kabul International Airport, Kabul"]
    assert 'id="place"' not in page


def test_the_name_of_what_is_not_public_is_not_told(client):
    from events.models import Place

    Place.objects.filter(slug="kabul-airport").update(status=Status.RETRACTED)
    refresh()
    page = read(client, "/?place=kabul-airport")
    assert chips(page) == ["place kabul-airport"]
    assert "Kabul International Airport" not in page


def test_words_that_only_a_claim_holds_lead_to_its_sentence(client):
    page = read(client, "/?q=%22work+between+the+two%22")
    assert "No event fits" in page
    said = page.split("Said in these words")[1]
    assert re.search(r'<a href="/articles/\d+/#claim-[^"]+">[^<]*work between', said)


def in_articles(page):
    """The part of the front page with the articles found."""
    return page.split('id="articles-title"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("with Joe Biden warning", "004"),
        ("Kabul airport blast in August 2021", "002"),
        ("a Taliban fighter stands guard", "003"),
    ],
)
def test_words_that_no_claim_quotes_lead_to_their_paragraph(client, words, number):
    found = in_articles(read(client, f"/?q={quote(words)}"))
    first = found.split("<li>")[1]
    path, anchor = re.search(r'href="([^"#]+)#(at-\d+)"', first).groups()
    assert path == f"/articles/{article(number)}/"
    assert f"<mark>{words}</mark>".casefold() in first.casefold()
    paragraph = re.search(rf'<p [^>]*id="{anchor}".*?</p>', read(client, path), re.S)
    assert words.casefold() in plain(paragraph[0]).replace("( ", "(").casefold()


def test_an_article_is_found_by_its_title(client):
    found = in_articles(read(client, "/?q=%22Spies+turn+to+Islamic+State%22"))
    assert plain(found).count("Spies turn to Islamic State") == 1


def test_an_article_found_by_a_name_alone_says_so(client):
    found = in_articles(read(client, "/?q=Masood"))
    with_it, alike = found.split("<li>")[1:]
    assert "<mark>Masood</mark>" in with_it
    assert "spelt alike" not in with_it
    assert "names somebody whose name is spelt alike" in alike
    assert "<blockquote" not in alike


def test_articles_are_found_on_the_first_page_only(client):
    page = read(client, "/?q=the")
    assert "articles-title" in page
    following = unescape(re.search(r'rel="next" href="\?([^"]+)"', page)[1])
    assert "articles-title" not in read(client, f"/?{following}")


def test_nothing_found_says_so_and_what_was_searched(client):
    page = read(client, "/?q=zzzzzz")
    assert "No event fits" in page
    assert "not the texts of the articles" in page
    assert "In articles" not in page
    assert "texts of the articles" not in read(client, "/?verdict=conflicting")
    assert "No actor fits" in read(client, "/actors/?q=zzzzzz")


def test_the_event_tells_date_and_place_with_precision_and_basis(client):
    page = plain(read(client, ATTACK))
    assert "26 August 2021" in page
    assert "The very day is known. The text itself says so." in page
    assert "Kabul International Airport" in page
    assert "Vicinity. The street or a landmark beside it is known" in page
    assert "within 2 km" in page


def test_the_event_explains_its_verdict(client):
    page = plain(read(client, ATTACK))
    assert "164–170 killed" in page
    assert "any number from 164 to 170" in page
    assert "13 killed (US service members)" in page
    assert "independent sources give the same figure" in page


def test_every_figure_leads_to_its_sentence_in_one_click(client):
    panels = read(client, ATTACK).split('id="figures"')[1].split('id="who"')[0]
    links = re.findall(
        r'<a href="([^"#]+)#([^"]+)" tabindex="-1"><g class="iv-bar">', panels
    )
    assert len(links) > 10
    for path, anchor in set(links):
        found = re.search(
            rf'<mark class="passage[^"]*" id="{re.escape(anchor)}">(.+?)</p>',
            read(client, path),
        )
        assert found, (path, anchor)


def test_the_event_tells_what_no_article_says(client):
    page = read(client, ATTACK)
    told = plain(page.split('id="missing"')[1].split("</section>")[0])
    assert "No number of injured is published." in told
    assert "Not quoted in what is published: Islamic State (perpetrator)" in told


def test_the_event_tells_when_it_happened_and_when_it_was_said(client):
    clocks = read(client, ATTACK).split('id="clocks"')[1].split("</section>")[0]
    assert "4 to 10 days later" in clocks
    assert "20 months later" in clocks
    assert f'href="/articles/{article("003")}/"' in clocks


def test_the_event_is_drawn_on_a_map_as_exactly_as_it_is_known(client):
    where = read(client, ATTACK).split('id="where"')[1].split("</section>")[0]
    assert "Kabul International Airport" in where
    assert "the vicinity, within 2 km" in where


def test_participants_lead_to_the_sentences_that_say_so(client):
    who = read(client, ATTACK).split('id="who"')[1].split('id="claims"')[0]
    claimant = next(row for row in who.split("<tr>") if "Claimant" in row)
    assert "Islamic State Khorasan Province" in claimant
    assert f'href="{sentence(claim("claimed by Daesh-K", "003"))}"' in claimant


def test_claims_stand_side_by_side_with_their_articles(client):
    page = read(client, ATTACK)
    claims = page[page.index('<h2 id="claims"') :]
    assert claims.count('<section class="column"') == 4
    assert "together they count as one source" in plain(claims)
    assert "TRT World" in claims
    assert "“sources" in plain(claims).lower()


def test_modality_is_told_when_it_is_not_plain_assertion(client):
    page = read(client, f"/articles/{article('001')}/")
    assert re.search(r'class="tag tag-soft" title="[^"]+">Hinted<', page)


def test_an_article_shows_its_whole_text_and_its_origin(client, seeds):
    page = read(client, f"/articles/{article('004')}/")
    shown = "".join(re.findall(r'<p class="para[^>]*>(.*?)</p>', page, re.S))
    words = unescape(re.sub(r"<[^>]+>", "", shown))
    assert words == re.sub(
        r"\n", "", "\n".join(line for line in seeds["004"].split("\n") if line.strip())
    )
    assert "Pentagon news conference" in page
    assert f'href="/articles/{article("001")}/"' in page
    assert "count as one source" in page


def test_an_article_is_found_by_its_digest(client):
    number = article("003")
    document = Document.objects.current().get(kind=Kind.ARTICLE, object_id=number)
    response = client.get(f"/articles/{document.slug}/")
    assert (response.status_code, response["Location"]) == (
        301,
        f"/articles/{number}/",
    )


def test_an_object_is_found_by_its_id(client):
    event = Document.objects.current().get(slug="kabul-airport-attack")
    response = client.get(f"/events/{event.object_id}/")
    assert (response.status_code, response["Location"]) == (301, ATTACK)


def test_an_actor_shows_names_with_where_they_were_seen(client):
    page = read(client, "/actors/isis-k/")
    row = next(r for r in page.split("<tr>") if '<th scope="row">Iyas Khorasan' in r)
    assert "Machine translation" in row
    path, anchor = re.search(r'href="([^"#]+)#(mention-\d+)"', row).groups()
    assert f'id="{anchor}"' in read(client, path)


def test_a_disputed_relation_shows_who_says_so_and_who_not(client):
    page = read(client, "/actors/haqqani-network/")
    part = next(li for li in page.split("<li>") if "disputed" in li)
    assert "part of" in part
    relations = plain(page.split('id="relations"')[1].split('id="events"')[0])
    assert "not so: “the Taliban and the Haqqani Network are separate" in relations
    assert "Pentagon spokesman" in relations


def test_actors_are_found_by_any_of_their_names(client):
    assert "Islamic State Khorasan Province" in read(client, "/actors/?q=iskp")
    assert "Mark Milley" in read(client, "/actors/?kind=person")
    assert "Mark Milley" not in read(client, "/actors/?kind=state")


def test_a_claim_shows_its_words_in_their_context(client):
    page = plain(read(client, f"/claims/{toll()[1]['slug']}/"))
    assert (
        "killed more than 100 people including 13 US troops last week. K means" in page
    )
    assert "at least 101 killed , worded “more than 100 people”" in page
    assert "TRT World" in page


def test_a_claim_about_a_relation_names_both_sides(client):
    slug = claim("chairman of the Joint Chiefs", "001", kind="relation")["slug"]
    page = plain(read(client, f"/claims/{slug}/"))
    assert "Mark Milley leads Joint Chiefs of Staff" in page


def test_about_explains_the_code_lists(client):
    page = plain(read(client, "/about/"))
    for words in ("No number satisfies all of them", "Hinted", "Vicinity", "MIT"):
        assert words in page


PATHS = [
    ("/", "/api/v1/events/"),
    (ATTACK, "/api/v1/events/{}/"),
    ("/actors/", "/api/v1/actors/"),
    ("/actors/isis-k/", "/api/v1/actors/{}/"),
    (CLAIM, "/api/v1/claims/{}/"),
    ("/about/", "/api/v1/events/"),
]


@pytest.mark.parametrize(("path", "api"), PATHS)
def test_each_page_names_the_same_as_json(client, path, api):
    slug = path.strip("/").rpartition("/")[2]
    document = Document.objects.current().filter(slug=slug).first()
    target = api.format(document.object_id if document else "")
    page = read(client, path)
    assert f'rel="alternate" type="application/json" href="{target}"' in page
    assert client.get(target).status_code == 200


@pytest.mark.parametrize("path", [path for path, _ in PATHS])
def test_pages_are_public_and_answer_304_while_nothing_changed(client, path):
    first = client.get(path)
    assert set(first["Cache-Control"].split(", ")) == {
        *("public", "max-age=0", "must-revalidate")
    }
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/events/nope/", "/articles/0/", "/articles/99999999999999999999999/", "/no/such"],
)
def test_an_unknown_address_gets_help(client, path):
    page = read(client, path, 404)
    assert "There is nothing at this address" in page
    assert 'role="search"' in page


def test_what_was_retracted_says_so(client):
    from events.models import Claim

    slug = toll()[1]["slug"]
    Claim.objects.filter(slug=slug).update(status=Status.RETRACTED)
    refresh()
    page = read(client, f"/claims/{slug}/", 410)
    assert "This claim is no longer public" in page
    assert re.search(r"Retracted on \d{4}-\d\d-\d\d", page)
    assert f'It was about <a href="{ATTACK}">' in page
    assert f"#claim-{slug}" not in read(client, ATTACK)


def test_without_any_event_the_front_page_says_what_to_do(client):
    from events.models import Event

    Event.objects.update(status=Status.RETRACTED)
    refresh()
    page = plain(read(client, "/"))
    assert "Nothing is published yet" in page
    assert "make run loads the examples" in page
    assert "Browse the events" not in page  # nor is there anything to search
    assert 'role="search"' not in read(client, "/")
    assert 'role="search"' in read(client, "/?q=airport")


def test_an_article_without_a_title_has_one_name_everywhere(client):
    from sources.models import Article

    untitled = Article.objects.get(pk=article("002"))
    name = f"Untitled article {untitled.pk}"
    assert str(untitled) == name
    assert f"<h1>{name}</h1>" in read(client, f"/articles/{untitled.pk}/")
    assert name in read(client, f"/claims/{claim('', '002')['slug']}/")


def test_a_conflict_is_named(client):
    from events.models import Claim

    Claim.objects.filter(slug=toll()[2]["slug"]).update(high=120)
    refresh()
    page = plain(read(client, ATTACK))
    assert "No number satisfies all of them" in page
    assert "disputed, 101 to 164 killed" in page
    conflicts = page.split("What cannot both be true")[1]
    assert "means at least 164, but" in conflicts
    assert "means up to 120." in conflicts
    assert "Conflicting" in read(client, "/?verdict=conflicting")


# A page reads the same number of times however much it shows; what it has nothing of
# (relations, claims) it need not read.
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/", 4),
        ("/?q=airport", 9),  # the events, and who says these words where
        ("/?place=kabul-airport", 4),
        ("/?actor=isis-k,qatar&role=victim&said_by=mark-milley", 6),
        (ATTACK, 4),
        ("/events/us-taliban-deal/", 4),
        ("/actors/", 2),
        ("/actors/isis-k/", 7),
        ("/actors/qatar/", 6),
        (CLAIM, 3),
        ("/claims/003-04/", 3),
        ("/about/", 1),
    ],
)
def test_pages_take_a_fixed_number_of_queries(
    client, path, queries, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        read(client, path)


@pytest.mark.parametrize(("number", "queries"), [("003", 3), ("004", 4)])
def test_articles_take_a_fixed_number_of_queries(
    client, number, queries, django_assert_num_queries
):
    path = f"/articles/{article(number)}/"
    with django_assert_num_queries(queries):
        read(client, path)
