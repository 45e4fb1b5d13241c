"""Two people's changes of one form: what differs, and both made one.

Pure: sheets (see sources.admin.versions) and what a browser sent, no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.admin.versions import ROW, STATE, Sheet, Values, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import QueryDict

MINE, THEIRS = "mine", "theirs"
LINE = "*"  # in place of a field: the line as a whole
REMOVED = "DELETE"  # what a browser sends for a line to be removed


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not what it was when the form was opened.

    None in place of values: there is no such line. `chosen` says whose stands unless
    a person says otherwise; None where they must say it: both changed it.
    """

    key: str
    name: str
    before: list[str] | None
    theirs: list[str] | None
    mine: list[str] | None
    chosen: str | None

    @property
    def id(self) -> str:
        return f"keep:{self.key}:{self.name}"

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose."""
        both_may_stand = self.name != STATE and self.before is not None
        return both_may_stand and self.theirs != self.mine and self.chosen != MINE


def typed_sheet(sent: QueryDict, base: Sheet) -> Sheet:
    """What a browser sent, for the rows and fields of `base`.

    A line that it did not send is as it was; one to be removed has the value REMOVED.
    """
    places = _places(sent, base)
    typed: Sheet = {}
    for key, values in base.items():
        if key != ROW and key not in places:
            typed[key] = values
            continue
        start = places.get(key, "")
        typed[key] = {
            name: before if name == STATE else tidy(sent.getlist(start + name))
            for name, before in values.items()
        }
        if key != ROW and sent.get(start + REMOVED):
            typed[key][REMOVED] = ["on"]
    return typed


def differences(base: Sheet, theirs: Sheet, mine: Sheet) -> list[Difference]:
    """Whatever one of the two changed, in the order of the form; not what both did."""
    keys = [*base, *(key for key in theirs if key not in base)]
    return [
        difference
        for key in keys
        for difference in _of_row(key, base.get(key), theirs.get(key), mine.get(key))
    ]


def _of_row(
    key: str, base: Values | None, theirs: Values | None, mine: Values | None
) -> Iterator[Difference]:
    if base is None:  # a line that they added
        yield Difference(key, LINE, None, _all(theirs), None, THEIRS)
        return
    mine = mine or base
    removed = REMOVED in mine
    if theirs is None:  # a line that they removed
        if not removed:
            chosen = THEIRS if mine == base else None
            yield Difference(key, LINE, _all(base), None, _all(mine), chosen)
        return
    if removed:
        chosen = MINE if theirs == base else None
        yield Difference(key, LINE, _all(base), _all(theirs), None, chosen)
        return
    for name, before in base.items():
        now, typed = theirs.get(name, before), mine[name]
        if now == typed:
            continue
        chosen = THEIRS if typed == before else MINE if now == before else None
        yield Difference(key, name, before, now, typed, chosen)


def _all(values: Values | None) -> list[str] | None:
    """The values of a whole line, to be compared."""
    if values is None:
        return None
    return [f"{name}={value}" for name, each in values.items() for value in each]


def merged(
    sent: QueryDict, base: Sheet, theirs: Sheet, choices: Mapping[str, str]
) -> QueryDict:
    """What to save: what was sent, with theirs where `choices` or nobody else says so.

    What both changed and nobody chose stays mine. Lines that they removed go, or come
    again as new ones.
    """
    result = sent.copy()
    places = _places(sent, base)
    gone: dict[str, str] = {}
    for each in differences(base, theirs, typed_sheet(sent, base)):
        pick = choices.get(each.id) or each.chosen or MINE
        start = places.get(each.key, "")
        if each.name == LINE and each.theirs is None:
            gone[each.key] = pick
        elif each.name == LINE and pick == THEIRS and each.before is not None:
            result.pop(start + REMOVED, None)
        elif pick == THEIRS and each.name not in {LINE, STATE}:
            result.setlist(start + each.name, each.theirs or [])
    for key in base.keys() - theirs.keys():  # also those that both removed
        gone.setdefault(key, THEIRS)
    for prefix in {key.rpartition("/")[0] for key in gone}:
        _renumber(result, prefix, gone)
    return result


def _places(sent: QueryDict, base: Sheet) -> dict[str, str]:
    """Key of a line → how the names of its fields begin in what was sent."""
    prefixes = {key.rpartition("/")[0] for key in base if key != ROW}
    return {
        f"{prefix}/{sent.get(f'{prefix}-{index}-id')}": f"{prefix}-{index}-"
        for prefix in prefixes
        for index in range(_number(sent, f"{prefix}-TOTAL_FORMS"))
        if sent.get(f"{prefix}-{index}-id")
    }


def _number(sent: QueryDict, name: str) -> int:
    text = sent.get(name) or ""
    return min(int(text), 1000) if text.isascii() and text.isdigit() else 0


def _renumber(sent: QueryDict, prefix: str, gone: Mapping[str, str]) -> None:
    """Number the lines again: without those that are gone, or with them as new ones."""
    stay: list[dict[str, list[str]]] = []
    new: list[dict[str, list[str]]] = []
    for index in range(_number(sent, f"{prefix}-TOTAL_FORMS")):
        start = f"{prefix}-{index}-"
        names = [name for name in sent if name.startswith(start)]
        line = {name.removeprefix(start): sent.pop(name) for name in names}
        pick = gone.get(f"{prefix}/{(line.get('id') or [''])[0]}")
        if pick == MINE:
            new.append(line | {"id": [""]})
        elif pick is None:
            (stay if (line.get("id") or [""])[0] else new).append(line)
    for index, line in enumerate([*stay, *new]):
        for name, values in line.items():
            sent.setlist(f"{prefix}-{index}-{name}", values)
    sent[f"{prefix}-TOTAL_FORMS"] = str(len(stay) + len(new))
    sent[f"{prefix}-INITIAL_FORMS"] = str(len(stay))


def as_new(sent: QueryDict, owners: Mapping[str, str]) -> QueryDict:
    """What was sent as one would send it for a new row: its lines are new, too.

    `owners` are by prefix the fields of lines that name the row.
    """
    result = sent.copy()
    for prefix, owner in owners.items():
        for index in range(_number(sent, f"{prefix}-TOTAL_FORMS")):
            result[f"{prefix}-{index}-id"] = result[f"{prefix}-{index}-{owner}"] = ""
        result[f"{prefix}-INITIAL_FORMS"] = "0"
    for name in ("version", "collision", "csrfmiddlewaretoken", "_continue"):
        result.pop(name, None)
    return result
