"""Rows that a program sends, written by the rules that hold for a person.

What is new begins as draft or coded; what is there keeps its state, which moves alone
change; what was reviewed and says something else now is coded again; and what is public
is changed only by those who may publish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from curation.existing import Existing, fetch
from curation.format.checking import check
from curation.format.entries import Entry, collect
from curation.format.problems import CurationError
from curation.loading import keys_of
from curation.rows import Row, Rows
from curation.storing.sheet import (
    ARTICLES,
    MENTIONS,
    Fault,
    RowsRefusedError,
    Sent,
    Sheet,
)
from curation.summary import Summary
from curation.tables import SLUGGED, TABLES, Model, Table
from curation.writing import write
from sources.coders import owners_of
from sources.models import Article, Curated, Status
from sources.refusals import refusal_of
from sources.services import WHEN_EDITED, may_edit, recorded, unsettle_owners

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

CREATED, CHANGED, SAME = "created", "changed", "same"
_FIRST = (Status.DRAFT, Status.CODED)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one sent row: created, changed or same."""

    what: str
    model: Model
    pk: int


def store(sent: Sequence[Sent], *, by: AbstractUser, why: str) -> list[Stored]:
    """Add the rows that are new and change those that differ: all, or none.

    Of a list inside a row (aliases, participants, quotes …) what is not there yet is
    added and what differs is changed; what is left out stays. Raises RowsRefusedError
    with every fault; PermissionDenied when `by` may not write one of them.
    """
    try:
        with recorded(by=by, why=why):
            stored = _store(sent, by=by)
            connection.check_constraints()  # those that else wait for the commit
            return stored
    except DatabaseError as error:
        if (refusal := refusal_of(error)) is None:
            raise
        row = 0 if len(sent) == 1 else None
        raise RowsRefusedError([Fault(row, (), refusal)]) from error


def store_each(
    sent: Sequence[Sent], *, by: AbstractUser, why: str
) -> list[Stored | RowsRefusedError | PermissionDenied]:
    """Store every row that can be, whatever becomes of the others; in their order.

    All at once where that goes; the rows with faults are taken out, and the rest is
    tried again; a refusal that names no row is found by trying them one by one.
    """
    found: dict[int, Stored | RowsRefusedError | PermissionDenied] = {}
    waiting = list(range(len(sent)))
    with recorded(by=by, why=why):
        while waiting:
            rows = [sent[number] for number in waiting]
            try:
                with transaction.atomic():
                    done = store(rows, by=by, why=why)
            except PermissionDenied:
                break
            except RowsRefusedError as error:
                bad = {fault.row for fault in error.faults}
                if None in bad:
                    break
                for place in sorted(row for row in bad if row is not None):
                    found[waiting[place]] = RowsRefusedError(
                        fault for fault in error.faults if fault.row == place
                    )
                waiting = [n for i, n in enumerate(waiting) if i not in bad]
            else:
                found |= dict(zip(waiting, done, strict=True))
                waiting = []
        for number in waiting:
            found[number] = _alone(sent[number], by=by, why=why)
    return [found[number] for number in range(len(sent))]


def _alone(
    row: Sent, *, by: AbstractUser, why: str
) -> Stored | RowsRefusedError | PermissionDenied:
    try:
        with transaction.atomic():
            return store([row], by=by, why=why)[0]
    except (RowsRefusedError, PermissionDenied) as error:
        return error


def _store(sent: Sequence[Sent], *, by: AbstractUser) -> list[Stored]:
    with connection.cursor() as cursor:  # two at once would both add a row
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_curation'))")
    sheet = Sheet(sent, dict(_states(sent)))
    if sheet.faults:
        raise RowsRefusedError(sheet.faults)
    try:
        found = collect([sheet.document])
        existing = fetch(found)
        passages = check(found, existing.known)
    except CurationError as error:
        raise RowsRefusedError(sheet.fault(each) for each in error.problems) from error
    rows = Rows(found, passages, keys_of(found, existing)).build()
    return _Writer(sheet, rows, existing, by).write()


def _states(sent: Sequence[Sent]) -> Iterator[tuple[tuple[str, str], str]]:
    """(section, key) and the state that each row has now, or begins with.

    Raises RowsRefusedError where a row is sent with another state.
    """
    keys: dict[str, set[str]] = {}
    for row in sent:
        if row.section != MENTIONS:
            keys.setdefault(row.section, set()).add(row.key)
        if row.article:
            keys.setdefault(ARTICLES, set()).add(row.article)
    now: dict[tuple[str, str], str] = {}
    for section, names in keys.items():
        model: Any = Article if section == ARTICLES else SLUGGED[section]
        name = "sha256" if section == ARTICLES else "slug"
        states = model.objects.filter(**{f"{name}__in": names})
        now |= {(section, k): s for k, s in states.values_list(name, "status")}
    faults = [
        fault
        for number, row in enumerate(sent)
        if (fault := _state_fault(number, row, now.get((row.section, row.key))))
    ]
    if faults:
        raise RowsRefusedError(faults)
    yield from now.items()
    for row in sent:
        if (row.section, row.key) not in now:
            first = str(row.fields.get("status") or Status.DRAFT)
            yield (row.section, row.key), first


def _state_fault(number: int, row: Sent, now: str | None) -> Fault | None:
    wanted = row.fields.get("status")
    if wanted is None or wanted == now or (now is None and wanted in _FIRST):
        return None
    if now is None:
        what = f"a row cannot begin as {wanted}"
        return Fault(number, ("status",), what, "begin as draft or coded")
    what = f"the row is {now}; a state is not written over"
    return Fault(number, ("status",), what, "move it: POST …/move/")


class _Writer:
    """Writes the rows of one sheet, after looking whether `by` may."""

    def __init__(
        self,
        sheet: Sheet,
        rows: Mapping[Model, list[Row]],
        existing: Existing,
        by: AbstractUser,
    ) -> None:
        self.sheet, self.rows, self.existing, self.by = sheet, rows, existing, by
        self.keys = {m: {row.pk for row in existing.of(m)} for m in existing.rows}
        # Entries of which some row is new or different.
        self.touched: set[tuple[str | int, ...]] = set()

    def write(self) -> list[Stored]:
        before = {model: set(rows) for model, rows in self.existing.rows.items()}
        parts: list[tuple[Table, Row]] = []
        for table in TABLES:
            rows = self.rows.get(table.model, [])
            for row in rows:
                if self._prepare(table, row) and not table.curated:
                    parts.append((table, row))
            write(table, rows, self.existing, Summary())
        for table, row in parts:
            if not self._of_something_new(table, row):
                unsettle_owners(_as_instance(table, row))
        return list(self._stored(before))

    def _prepare(self, table: Table, row: Row) -> bool:
        """Give the row the state it is to have; whether it is new or different.

        Raises PermissionDenied, and RowsRefusedError for a state that is no move.
        """
        have = self.existing.rows.get(table.model, {}).get(row.key)
        if table.curated:
            self._keep_state(row, have)
        if have is not None and all(
            getattr(have, column) == wanted for column, wanted in row.values.items()
        ):
            return False
        self.touched.add(row.entry.where)
        self._check_rights(table, row, have)
        if have is not None and table.curated:
            settled = WHEN_EDITED.get(Status(have.status))
            row.values["status"] = settled or have.status
        return True

    def _of_something_new(self, table: Table, row: Row) -> bool:
        """Whether the row is a part of a row that these rows add."""
        values = dict(zip(table.key, row.key, strict=True)) | row.values
        return any(
            values.get(field.attname) is not None
            and values[field.attname] not in self.keys.get(_related(field), ())
            for field in owners_of(table.model)
        )

    def _keep_state(self, row: Row, have: Any) -> None:
        wanted, above = row.values["status"], row.entry.status
        if have is None:
            if wanted not in _FIRST:
                row.values["status"] = Status.CODED.value
            return
        if wanted not in {have.status, above}:
            number, inside = self.sheet.row_at(row.entry.where)
            what = f"{row.label} is {have.status}, not {wanted}"
            fault = Fault(number, inside, what, "a state is moved, not written over")
            raise RowsRefusedError([fault])
        row.values["status"] = have.status

    def _check_rights(self, table: Table, row: Row, have: Any) -> None:
        meta = table.model._meta
        verb = "add" if have is None else "change"
        if not self.by.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}"):
            raise PermissionDenied(
                f"{self.by} may not {verb} {meta.verbose_name_plural} here."
            )
        if have is None and self._of_something_new(table, row):
            return  # which is not public yet
        for each in filter(None, (have, _as_instance(table, row))):
            if not may_edit(self.by, each):
                raise PermissionDenied(
                    f"“{row.label}” is published, so a change is public at once: that "
                    "takes the scope publish, and a user who may publish."
                )

    def _stored(self, before: Mapping[Model, set[Any]]) -> Iterator[Stored]:
        """One for each row that was sent: the first row that its entry made."""
        main: dict[int, tuple[Model, Row]] = {}
        for table in TABLES:
            for row in self.rows.get(table.model, []):
                number, _ = self.sheet.row_at(row.entry.where)
                if number is not None and _is_main(table.model, row.entry):
                    main.setdefault(number, (table.model, row))
        for number in range(len(self.sheet.sent)):
            model, row = main[number]
            what = SAME
            if row.key not in before.get(model, ()):
                what = CREATED
            elif row.entry.where in self.touched:
                what = CHANGED
            yield Stored(what, model, _pk_of(model, row))


def _is_main(model: Model, entry: Entry) -> bool:
    """Whether rows of `model` are what the entry is about, not its parts."""
    if entry.section in SLUGGED:
        return model is SLUGGED[entry.section]
    if entry.section == ARTICLES:
        return model is Article
    return issubclass(model, Curated)


def _pk_of(model: Model, row: Row) -> int:
    if row.pk is not None:
        return row.pk
    table = next(each for each in TABLES if each.model is model)
    named = dict(zip(table.key, row.key, strict=True))
    rows: Any = model._default_manager.filter(**named)
    return int(rows.values_list("pk", flat=True)[0])


def _related(field: Any) -> Model:
    model: Model = field.related_model
    return model


def _as_instance(table: Table, row: Row) -> Any:
    """The row as it would be, to ask what it is a part of."""
    return table.model(**dict(zip(table.key, row.key, strict=True)) | row.values)
