"""What reading articles costs, as a ratio to the bare spaCy parse of the same texts.

Both run in this process, in turns, so the machine's noise hits both. The texts are the
five seed articles and, where ../shared/data is there, White House briefings of 2023.
"""

from __future__ import annotations

import gzip
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BRIEFINGS = ROOT.parent / "shared/data/whitehouse_briefings/wh_2023.jsonl.gz"
SHORT, LONG = 1_500, 4_500  # characters of a briefing: news rather than transcripts
TURNS = 3


def texts(most: int = 60) -> list[str]:
    found = [path.read_text() for path in sorted(ROOT.glob("fixtures/seeds/*.txt"))]
    if BRIEFINGS.exists():
        with gzip.open(BRIEFINGS, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                if SHORT <= len(text) <= LONG and len(found) < most:
                    found.append(text)
    return found


def megabytes() -> float:
    """The most memory this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform != "darwin" else 1024**2)


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def measure() -> Iterable[str]:
    """Lines of the report. Needs Django, code lists and the gazetteer in place."""
    from curation.extraction.documents import Document
    from curation.extraction.parsing import Parser, load_model
    from curation.extraction.running import extract
    from curation.knowledge import loose_context
    from curation.proposing import Reader

    took = seconds(load_model)
    yield f"load the model                     {took:10.1f} s"
    known = loose_context()
    reader = Reader.default()
    documents = [Document.of_text(str(n), text) for n, text in enumerate(texts())]
    words = sum(len(each.text.split()) for each in documents)
    parser = Parser()

    def parse() -> None:
        for document in documents:
            parser.parse(document)

    def read() -> None:
        for document in documents:
            extract(document, known, extractors=reader.extractors, parser=parser)

    read()  # automata and caches are built once per process
    pairs = [(seconds(parse), seconds(read)) for _ in range(TURNS)]
    bare = statistics.median(one for one, _ in pairs)
    whole = statistics.median(other for _, other in pairs)
    per_400 = whole / words * 400
    yield f"{len(documents)} articles, {words:,} words"
    yield f"bare spaCy parse                   {words / bare:10,.0f} words/s"
    yield f"all extractors                     {words / whole:10,.0f} words/s"
    yield f"ratio                              {whole / bare:10.2f} × the bare parse"
    yield f"an article of 400 words            {per_400:10.2f} s of one core"
    yield f"most memory of this process        {megabytes():10.0f} MB"
