"""YAML 1.2 into plain Python, with the line of every value.

Values are str, int, float, bool, None, list and dict; dates stay the text that they
are (`2021-08-26`), and so do numbers with leading zeros (`003`), which are names.
Duplicate keys, anchors and aliases are problems: a file says what it says, once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from curation.format.problems import Problem
from sources.readers import find_files, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAGS = "tag:yaml.org,2002:"
# Other numbers stay text: "003" is a name, and 0x1f is nobody's figure.
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9_]{0,17})")
ENDINGS = (".yaml", ".yml")
Where = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """One file: its values, and the line (from 1) of each by its path."""

    file: str
    data: Any = None
    lines: dict[Where, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, where: Where) -> int:
        """The line of a value, or of the nearest value that contains it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def problem(self, where: Where, what: str, suggestion: str = "") -> Problem:
        return Problem(self.file, self.line(where), what, suggestion)


def find(paths: Iterable[Path | str]) -> tuple[list[Path], list[Problem]]:
    """The YAML files among `paths` and below the folders among them, each once."""
    found, bad = find_files(paths, ENDINGS)
    files = {each.path.resolve(): each.path for each in found}
    return list(files.values()), [Problem(b.path, 0, b.reason, b.remedy) for b in bad]


def read(path: Path) -> Document:
    """Read one file. What is wrong with it stands in `problems` of the answer."""
    document = Document(shown(path))
    try:
        return parse(path.read_text(encoding="utf-8-sig"), file=document.file)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what = f"byte {error.object[error.start]:#04x} is not UTF-8"
        problem = Problem(document.file, line, what, "save it as UTF-8")
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        problem = Problem(document.file, 0, what, "check its permissions")
    document.problems.append(problem)
    return document


def parse(text: str, *, file: str) -> Document:
    """Read the text of one file."""
    document = Document(file)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"is not YAML: {error.problem or error.context}"
        document.problems.append(Problem(file, mark.line + 1 if mark else 1, what))
    except YAMLError as error:
        document.problems.append(Problem(file, 1, f"is not YAML: {error}"))
    except RecursionError:
        document.problems.append(Problem(file, 1, "is nested too deeply"))
    else:
        _Builder(document).build(node)
    return document


class _Builder:
    """Turns the nodes of one file into plain values and notes their lines."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: set[int] = set()

    def build(self, node: Any) -> None:
        if node is not None:
            self.document.lines[()] = 1
            self.document.data = self._value(node, ())

    def _value(self, node: Any, where: Where) -> Any:
        self.document.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if id(node) in self.seen:
            self._problem(node, "is an alias (*) of another value", "write it out")
            return None
        self.seen.add(id(node))
        if isinstance(node, SequenceNode):
            return [self._value(n, (*where, i)) for i, n in enumerate(node.value)]
        return self._mapping(node, where)

    def _mapping(self, node: MappingNode, where: Where) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._problem(key_node, "a key is a word, not a list or a mapping")
                continue
            key = key_node.value
            if key in values:
                first = self.document.lines[(*where, key)]
                self._problem(
                    key_node, f"“{key}” stands twice", f"first in line {first}"
                )
                continue
            # The key's line: a value may begin on the line below.
            self.document.lines[(*where, key)] = key_node.start_mark.line + 1
            values[key] = self._value(value_node, (*where, key))
        return values

    def _problem(self, node: Any, what: str, suggestion: str = "") -> None:
        line = node.start_mark.line + 1
        self.document.problems.append(
            Problem(self.document.file, line, what, suggestion)
        )


def _scalar(node: ScalarNode) -> str | int | float | bool | None:
    text: str = node.value
    match str(node.tag).removeprefix(_TAGS):
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if _NUMBER.fullmatch(text):
            return int(text.replace("_", ""))
        case "float":
            return _float(text)
    return text


def _float(text: str) -> float:
    # YAML writes .inf and .nan; Python reads them without the dot.
    bare = text.replace("_", "").lower()
    return float(bare.replace(".inf", "inf").replace(".nan", "nan"))
