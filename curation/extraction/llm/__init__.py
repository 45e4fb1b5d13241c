"""Findings from a large language model, behind any OpenAI-compatible server. Pure.

Off unless the environment names a server and a model; see docs/llm.md.
"""

from __future__ import annotations

from curation.extraction.llm.extractor import LanguageModel, extractor_from
from curation.extraction.llm.settings import Settings, UnconfiguredError, settings_from
from curation.extraction.llm.wire import ServerFailedError

__all__ = [
    "LanguageModel",
    "ServerFailedError",
    "Settings",
    "UnconfiguredError",
    "extractor_from",
    "settings_from",
]
