"""Public pages read documents and code lists only, and every link in them arrives."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from django.db import connection
from django.urls import get_resolver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

MAY_READ = {
    "publishing_document",
    "publishing_posting",  # what the documents say, to find them by
    "sources_term",
}
# Doors of other rooms, and the list under every filter: arriving there is their matter.
NOT_FOLLOWED = ("/api/", "/admin/", "/static/", "/?", "/actors/?")


class Page(HTMLParser):
    """What a page links to, what can be linked to in it, and what is wrong with it."""

    VOID = {"meta", "link", "input", "br", "hr", "img"}

    def __init__(self, source: str) -> None:
        super().__init__()
        self.hrefs, self.ids, self.wrong, self.open = [], [], [], []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "href" in given:
            self.hrefs.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        own = tag == "script" and given.get("src", "").startswith("/static/")
        if (tag in {"script", "style"} and not own) or "style" in given:
            self.wrong.append(f"inline {tag}")
        if tag == "a" and "a" in self.open:
            self.wrong.append(f"a link in a link: {given['href']}")
        if any(name.startswith("on") for name in given):
            self.wrong.append(f"an event handler on {tag}")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes another element")


def only_documents(execute, sql, params, many, context):
    """Fails on a query that touches any other table."""
    tables = set(re.findall(r'(?:FROM|JOIN|INTO|UPDATE)\s+"(\w+)"', str(sql)))
    assert tables <= MAY_READ, f"A public page reads {tables - MAY_READ}: {sql}"
    return execute(sql, params, many, context)


def problems(pages):
    """What is wrong with the pages, and the links in them that arrive nowhere."""
    for path, page in pages.items():
        yield from (f"{path}: {wrong}" for wrong in page.wrong)
        doubled = {name for name in page.ids if page.ids.count(name) > 1}
        yield from (f"{path}: #{name} stands twice" for name in doubled)
        for href in page.hrefs:
            target, fragment = urldefrag(urljoin(path, href))
            if fragment and target in pages and fragment not in pages[target].ids:
                yield f"{path}: {href} arrives nowhere"


def test_a_walk_through_all_pages_reads_documents_only_and_every_link_arrives(client):
    pages, ahead = {}, ["/"]
    with connection.execute_wrapper(only_documents):
        while ahead:
            path = ahead.pop()
            if path in pages:
                continue
            response = client.get(path)
            assert response.status_code == 200, f"{path} answers {response.status_code}"
            pages[path] = page = Page(response.content.decode())
            ahead += {
                urldefrag(urljoin(path, href)).url
                for href in page.hrefs
                if href.startswith(("/", "#")) and not href.startswith(NOT_FOLLOWED)
            }
    assert not list(problems(pages))
    kinds = {path.split("/")[1] for path in pages}
    assert kinds >= {"events", "articles", "actors", "claims", "about"}
    assert len(pages) > 300


def test_every_public_page_is_walked():
    """A new page needs a link from another one, or a test of its own."""
    names = {
        pattern.name
        for pattern in get_resolver("publishing.urls").url_patterns
        if pattern.name
    }
    walked = {"home", "event", "article", "actors", "actor", "claim", "about"}
    assert names == walked, "Add the new page to this test and link it from a page."


def test_the_recorder_refuses_other_tables():
    from events.models import Event

    with (
        connection.execute_wrapper(only_documents),
        pytest.raises(AssertionError, match="events_event"),
    ):
        Event.objects.exists()


def test_pages_name_a_policy_without_anything_inline(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "style-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
