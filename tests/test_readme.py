"""What README and docs promise exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("docs/**/*.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page):
    named = set(re.findall(r"manage\.py (\w+)", page.read_text()))
    assert named <= set(get_commands()), named - set(get_commands())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page):
    named = set(re.findall(r"(?m)^make (\w+)", page.read_text()))
    targets = set(re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text()))
    assert named <= targets, named - targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_arrive(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    "address",
    re.findall(
        r"(?m)^curl 'http://127\.0\.0\.1:8000(\S+)'", (ROOT / "README.md").read_text()
    ),
)
def test_addresses_of_the_readme_find_something(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.json()["results"]


def test_the_project_names_no_machine_and_no_registry():
    """What is committed must mean the same everywhere."""
    registries = ("pypi" + ".org", "files.python" + "hosted", "registry.npm" + "js")
    wrong = [
        path.relative_to(ROOT)
        for folder in ("requirements", "docs", "newsdb", "sources", "actors", "events")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".txt", ".py", ".md", ".toml"}
        and any(name in path.read_text() for name in registries)
    ]
    assert not wrong


def test_what_the_readme_says_of_speed_was_measured():
    """`python -m bench.run api` writes both pages; by hand they would part."""

    def figures(page):
        _, _, rest = page.read_text().partition("<!-- bench/api.py -->")
        lines = rest.partition("<!-- end -->")[0].splitlines()
        return [line for line in lines if line.strip()]

    quoted = figures(ROOT / "README.md")
    assert len([line for line in quoted if line.startswith("| ")]) > 4
    assert set(quoted) <= set(figures(ROOT / "docs/performance.md"))
