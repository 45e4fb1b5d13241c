"""Reading articles with a model that is a stub on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curation.extraction.context import Context
from curation.extraction.documents import Document
from curation.extraction.llm import LanguageModel, Settings
from curation.extraction.parsing import Parser
from curation.extraction.running import Extraction, extract

HERE = Path(__file__).parent
KEY = "sk-test-5ecret"

Ask = Callable[..., Extraction]


def recorded(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def ask(tmp_path: Path, waits: list[float], parser: Parser) -> Ask:
    """ask(url, file or text, before=[…], context=…, any setting=…)."""

    def read(
        url: str,
        name: str = "article.txt",
        *,
        text: str = "",
        before: tuple[Any, ...] = (),
        context: Context | None = None,
        **changed: Any,
    ) -> Extraction:
        settings = replace(Settings(url, "stub-1", tmp_path, KEY), **changed)
        model = LanguageModel(settings, sleep=waits.append)
        document = Document.of_text("t", text or (HERE / name).read_text("utf-8"))
        known = context or Context()
        done = extract(document, known, extractors=(*before, model), parser=parser)
        for why in done.missing.values():
            raise why
        return done

    return read
