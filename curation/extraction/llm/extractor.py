"""The extractor that asks a language model."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from curation.extraction.findings import Finding
from curation.extraction.llm import prompt
from curation.extraction.llm.asking import Budget, Model
from curation.extraction.llm.keeping import Kept
from curation.extraction.llm.passages import parts_of, passages_of
from curation.extraction.llm.settings import Settings, settings_from
from curation.extraction.llm.turning import Turning
from curation.extraction.llm.wire import Wire
from curation.extraction.reading import Reading

_LONGEST_VERSION = 60  # characters that a stored run has for it


class LanguageModel:
    """Actors, claims, figures and events as a language model reads them.

    Runs last: dates and places are those found before, and so are the actors that its
    names join. Inventions are counted in `Reading.dropped`. A server that fails, or a
    day's cost that is spent, raises: an article is never taken for read that was not.
    """

    name = "llm"

    def __init__(
        self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.settings = settings
        self.version = f"{prompt.VERSION}:{settings.model}"[:_LONGEST_VERSION]
        self._model = Model(settings, Wire(settings, sleep), Kept(settings.cache))

    def extract(self, reading: Reading) -> Iterator[Finding]:
        longest = self.settings.max_chars
        passages = passages_of(reading.document, longest=longest)
        turning = Turning(reading, passages, model=self.settings.model)
        budget = Budget(self.settings.max_tokens)
        for part in parts_of(passages, longest=longest):
            answer = self._model.answer(reading.document, part, budget)
            if answer is not None:
                yield from turning.findings(answer)
        reading.dropped[self.name] += turning.inventions


def extractor_from(
    environment: Mapping[str, str], *, folder: Path
) -> LanguageModel | None:
    """The language model that the environment asks for; None when it asks for none.

    `folder` keeps the answers. Raises UnconfiguredError, which names the variable.
    """
    settings = settings_from(environment, folder=folder)
    return LanguageModel(settings) if settings else None
