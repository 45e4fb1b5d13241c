"""Odd input: no text brings the readers down, slows them or makes them misquote."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from curation.extraction.context import Context
from curation.extraction.documents import Document
from curation.extraction.parsing import Parser
from curation.extraction.registry import rules
from curation.extraction.running import Extraction, extract

NEWS = (
    "On Monday two gunmen attacked a police post in Kabul, killing 12 soldiers, "
    "officials said. “We heard a blast,” the mayor told Reuters, and Khan Agha fled "
    "to Herat. "
)
_TIMES = 3.0  # a text of twice the length may take; a square would take four times
_NOISE = random.Random(3)
_SIGNS = [*range(1, 127), *range(0xA0, 0x2FF, 7), 0x2028, 0x202E, 0xFFFD, 0x1F600]
JUNK = "".join(chr(_NOISE.choice(_SIGNS)) for _ in range(3000))

ODD = {
    "empty": "",
    "blank": " \n\n\t \n",
    "a title": "Bomb kills 12 in Kabul",
    "capitals": NEWS.upper(),
    "small letters": NEWS.lower(),
    "html": f'<div class="a"><p>{NEWS}</p><br/>&nbsp;&quot;<script>a=1;</script>' * 3,
    "arabic": "قتل اثنا عشر جنديا في هجوم على مركز للشرطة في كابول يوم الاثنين. " * 8,
    "chinese": "周一,两名枪手袭击了喀布尔的一个警察哨所,造成12名士兵死亡。" * 8,
    "emoji": f"🔥{NEWS}😀 12 👩‍👩‍👧 dead 💥 " * 2,
    "crlf": f"{NEWS}\r\n\r\n" * 3,
    "line separators": "A bomb\u2028killed\u2029 12\x0b people\x0c in\x85 Kabul.",
    "junk": JUNK,
    "numbers": " ".join(str(number * 37) for number in range(500)),
    "quotation marks": "“" * 1000 + "”" * 1000,
    "open quotes": f"“{NEWS}" * 4,
    "brackets": "(" * 300 + "x" + ")" * 300,
    "one word again": "killed, " * 700,
    "counts": "12 dead and " * 250,
    "names": "John Smith " * 300,
    "dates": "Monday, 1 May 2011 to 3 May 2011 " * 80,
    "a table": "a | b | 12 |\n" * 60,
}


@pytest.fixture(scope="module")
def run(parser: Parser) -> Callable[[str], Extraction]:
    def run_text(text: str) -> Extraction:
        document = Document.of_text("odd", text)
        return extract(document, Context(), extractors=rules(), parser=parser)

    return run_text


@pytest.mark.parametrize("name", ODD)
def test_odd_input_is_read_and_quoted_exactly(
    run: Callable[[str], Extraction], name: str
) -> None:
    text = ODD[name]
    for finding in run(text).findings:
        for span in finding.spans:
            assert text[span.start : span.end] == span.text != ""


def test_capitals_and_small_letters_still_say_something(
    run: Callable[[str], Extraction],
) -> None:
    for name in ("capitals", "small letters", "crlf", "html"):
        assert "figure" in {str(f.kind) for f in run(ODD[name]).findings}, name


@pytest.mark.parametrize("between", ["", "\n\n"], ids=["one line", "paragraphs"])
def test_time_grows_with_the_length_of_the_text(
    run: Callable[[str], Extraction], between: str
) -> None:
    def seconds(times: int) -> float:
        spent = run((NEWS * 3 + between) * times).seconds
        return sum(spent.values()) - spent["parse"]

    seconds(1)
    took = [seconds(times) for times in (20, 40, 80)]
    worst = min(after / before for before, after in pairwise(took))
    assert worst < _TIMES, took
