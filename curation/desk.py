"""What of an article waits for a decision, grouped as a person reads it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from actors.models import Actor, Mention
from curation.deciding.decisions import Decided, decided_by_rule
from curation.deciding.voices import around, spoken_in
from curation.extraction.documents import Span
from curation.extraction.findings import Finding, fields_from
from curation.extraction.grouping import group
from curation.extraction.scoring import UNMEASURED, measured
from curation.models import Judgement, Proposal
from curation.wording import suggestion
from events.models import Claim, Evidence
from sources.models import Article

FOLDED_BELOW = 0.7  # live precision of a rule …
MEASURED_ON = 10  # … on at least so many decisions; before that, its score

# Kind → title, in the order of the page: what others build on comes first.
TITLES = {
    "actor": "Who",
    "office": "Offices",
    "place": "Where",
    "event": "What happened",
    "claim": "Who says what",
    "figure": "Figures",
    "date": "When",
    "pair": "Elsewhere",
    "structure": "Parts of the text",
}


AROUND = 45  # characters shown on either side of short words
SHOWN = 20  # items of a group at a time; the others come as these are decided


class Passage(NamedTuple):
    """Words of a proposal and what stands around them."""

    start: int
    before: str
    words: str
    after: str


@dataclass
class Item:
    """One thing to decide: one proposal, or all of one actor or place."""

    proposals: list[Any]
    words: str
    passages: list[Passage]
    also: list[str]  # other extractors that propose the same
    precision: float
    decided: int

    @property
    def first(self) -> Any:
        return self.proposals[0]

    @property
    def trust(self) -> str:
        """How far to trust it, in words."""
        if self.decided >= MEASURED_ON:
            return f"people agreed with {self.hundredth} of 100 such proposals"
        if self.first.rule in measured():
            return f"{self.hundredth} of 100 such proposals were right in a trial"
        if self.first.score == UNMEASURED:
            return "nobody has measured yet how often such proposals are right"
        return f"about {self.hundredth} of 100 such proposals should be right"

    @property
    def hundredth(self) -> int:
        return round(100 * self.precision)

    @property
    def ids(self) -> str:
        return ",".join(str(each.pk) for each in self.proposals)


@dataclass
class Group:
    """Items of one kind; `folded` ones are shown on request."""

    key: str
    title: str
    items: list[Item] = field(default_factory=list)
    folded: bool = False
    hint: str = ""

    @property
    def shown(self) -> list[Item]:
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.items) - len(self.shown)


@dataclass
class Desk:
    """The page of an article's proposals."""

    groups: list[Group]
    coded: int
    decided: list[Any]
    pairs: list[Any]  # pairs that later articles propose with this one
    live: Decided  # how often people agree with each rule

    @property
    def open(self) -> int:
        return sum(len(group.items) for group in self.groups)

    def ids_of_rules(self, rules: set[str]) -> list[int]:
        """What is shown, not folded away, and proposed by one of these rules."""
        return [
            row.pk
            for group in self.groups
            if not group.folded
            for item in group.items
            for row in item.proposals
            if row.rule in rules
        ]


def desk_of(article: Article) -> Desk:
    """What the latest runs propose, without what is decided or coded already.

    The number of queries does not depend on the number of proposals.
    """
    rows = list(Proposal.objects.filter(article=article).current().undecided())
    covered = _coded(article, rows)
    named = {slug for row in rows for slug in _actors_in(row.fields)}
    names = dict(Actor.objects.filter(slug__in=named).values_list("slug", "name"))
    live = decided_by_rule()
    said_by = _speakers(article, rows, names)
    items = [
        Item(
            each,
            suggestion(each[0], names, said_by=said_by.get(each[0].pk, "")),
            [_passage(article.text, row) for row in each],
            also,
            *_precision(each[0], live),
        )
        for each, also in _together(row for row in rows if row.pk not in covered)
    ]
    decided = (
        Judgement.objects.standing()
        .filter(proposal__article=article)
        .select_related("proposal", "by")
        .order_by("-pk")
    )
    pairs = Proposal.objects.filter(
        kind="pair", fields__contains={"other": str(article.pk)}
    )
    kin = pairs.current().undecided().select_related("article").defer("article__text")
    return Desk(list(_groups(items)), len(covered), list(decided), list(kin), live)


def _actors_in(fields: dict[str, Any]) -> Iterator[str]:
    """The keys of the actors that are named anywhere in what is suggested."""
    for name, value in fields.items():
        parts = value if isinstance(value, list) else [value]
        for part in parts:
            if isinstance(part, dict):
                yield from _actors_in(part)
            elif isinstance(part, str) and name in {"actor", "candidates"}:
                yield part


def _speakers(
    article: Article, rows: list[Any], names: dict[str, str]
) -> dict[int, str]:
    """By figure: who says it, where accepting it would write that down."""
    figures = [row for row in rows if row.kind == "figure"]
    spoken = spoken_in(article.pk) if figures else []
    found = ((row.pk, around(spoken, row)) for row in figures)
    return {pk: said.who(names) for pk, said in found if said}


def one_item(rows: Iterable[Any]) -> bool:
    """Whether these are decided together: one proposal, or all of an actor or place."""
    rows = list(rows)
    kinds = {_whole(row) for row in rows}
    return len(rows) == 1 or (len(kinds) == 1 and None not in kinds)


def _whole(row: Any) -> tuple[Any, ...] | None:
    """Whose mention, or which place's, it is; None for what is decided by itself."""
    fields = row.fields
    if row.kind == "actor":
        return row.kind, row.extractor, fields["cluster"], fields["actor"]
    if row.kind == "place":
        return row.kind, row.extractor, fields["entry"] or fields["name"]
    return None


def _precision(row: Any, live: dict[str, tuple[int, int]]) -> tuple[float, int]:
    """How often the rule is right: as people decided, or before that as measured."""
    right, decided = live.get(row.rule, (0, 0))
    return (right / decided if decided >= MEASURED_ON else row.score), decided


def _passage(text: str, row: Any) -> Passage:
    """Short words with some of their paragraph; long ones speak for themselves."""
    if len(row.quote) > 2 * AROUND:
        return Passage(row.start, "", row.quote, "")
    before = text[max(0, row.start - AROUND) : row.start].rpartition("\n")[2]
    after = text[row.end : row.end + AROUND].partition("\n")[0]
    if len(before) == AROUND:
        before = f"…{before.partition(' ')[2]}"
    if len(after) == AROUND:
        after = f"{after.rpartition(' ')[0]}…"
    return Passage(row.start, before, row.quote, after)


def _together(rows: Iterable[Any]) -> Iterator[tuple[list[Any], list[str]]]:
    """What is decided together: all of one actor or place, otherwise one proposal.

    Overlapping proposals of several extractors are one, the best of them; the names
    of the other extractors stand beside it.
    """
    found = [(_finding(row), row) for row in rows]
    row_of = {id(finding): row for finding, row in found}
    wholes: dict[Any, tuple[list[Any], list[str]]] = defaultdict(lambda: ([], []))
    for item in group(finding for finding, _ in found):
        row = row_of[id(item.best)]
        if (whole := _whole(row)) is None:
            yield [row], [*item.proposed_by[1:]]
            continue
        mentions, also = wholes[whole]
        mentions.append(row)
        also += [each for each in item.proposed_by[1:] if each not in also]
    yield from wholes.values()


def _finding(row: Any) -> Finding:
    span = Span(row.start, row.end, row.quote)
    fields = fields_from(row.kind, row.fields)
    return Finding(fields, (span,), row.rule, row.reason, row.score, row.extractor)


def _groups(items: list[Item]) -> Iterator[Group]:
    """The groups of the page; what is noise more often than not comes last, folded."""
    often_wrong = [each for each in items if each.precision < FOLDED_BELOW]
    good = [each for each in items if each.precision >= FOLDED_BELOW]
    for kind, title in TITLES.items():
        of_kind = [each for each in good if each.first.kind == kind]
        own = [i for i in of_kind if i.first.fields.get("attributed") is False]
        rest = [each for each in of_kind if each not in own]
        if rest:
            yield Group(kind, title, rest)
        if own:
            hint = "Sentences that the article itself says, about known actors."
            yield Group("own", "The outlet’s own statements", own, True, hint)
    if often_wrong:
        hint = "Of rules that are right less than seven times in ten."
        folded = bool(good)  # alone on the page, they are not hidden
        yield Group("often-wrong", "More suggestions", often_wrong, folded, hint)


def _coded(article: Article, rows: list[Any]) -> set[int]:
    """The proposals whose answer stands in the database already."""
    mentions = Touching(
        Mention.objects.accepted()
        .filter(article=article)
        .values_list("start", "end", "actor__slug")
    )
    claims = Claim.objects.accepted()
    evidence = Touching(
        Evidence.objects.filter(article=article, claim__in=claims).values_list(
            *("start", "end", "claim__relation__subject__slug", "claim__voice"),
            *("claim__low", "claim__high", "claim__kind"),
        )
    )
    return {row.pk for row in rows if _is_coded(row, mentions, evidence)}


class Touching:
    """What touches a span, of many: (start, end, …) each."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.rows = sorted(rows, key=itemgetter(0))
        self.starts = [row[0] for row in self.rows]
        self.longest = max((row[1] - row[0] for row in self.rows), default=0)

    def __call__(self, span: Any) -> list[tuple[Any, ...]]:
        first = bisect_left(self.starts, span.start - self.longest)
        near = self.rows[first : bisect_left(self.starts, span.end)]
        return [row for row in near if span.start < row[1]]


def _is_coded(row: Any, mentions: Touching, evidence: Touching) -> bool:
    """Whether the place, a mention of that actor or a claim like that is there."""
    if row.kind == "place":
        return row.fields["place"] is not None
    if row.kind == "actor":
        named = row.fields["actor"]
        return any(named in {actor, None} for *_, actor in mentions(row))
    touching = evidence(row)
    if row.kind == "figure":
        bounds = (row.fields["low"], row.fields["high"])
        return any((low, high) == bounds for *_, low, high, _ in touching)
    if row.kind == "claim":
        voice = "attributed" if row.fields["attributed"] else "narrator"
        return any(each[3] == voice for each in touching)
    if row.kind == "event":
        return any(each[6] == "occurrence" for each in touching)
    if row.kind == "office":  # of the same person, said in these words
        first = row.fields["person"]  # where the person is mentioned first
        holders = {actor for *_, actor in mentions(row)}
        holders |= {actor for start, _, actor in mentions.rows if start == first}
        return any(each[2] in holders for each in touching)
    return False
