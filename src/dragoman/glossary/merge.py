"""Compares two glossaries, and puts one into another without losing anything of either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dragoman.glossary import table as tables
from dragoman.glossary.entry import COLUMNS, Entry, EntryKind, entry_of, exact_sources, normal, source_key
from dragoman.glossary.table import Table


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an entry: it was added (no `old`), removed (no `new`), or has other texts."""

    old: Entry | None
    new: Entry | None

    @property
    def columns(self) -> list[str]:
        """The columns whose texts differ, if it is in both."""
        return differing(self.old, self.new) if self.old and self.new else []


def differing(a: Entry, b: Entry) -> list[str]:
    """Return the columns whose texts differ between two entries."""
    return [column for column in _columns(a, b) if a.cell(column) != b.cell(column)]


def diff(old: Sequence[Entry], new: Sequence[Entry]) -> list[Change]:
    """Return how to get from one glossary to another, in the order of a glossary.

    Entries with the same source and target belong together; of what is left, those with the same source and kind, one
    after the other. The order of the rows in the files plays no part.
    """
    changes: list[Change] = []
    for key in (
        lambda entry: (entry.source, entry.target, entry.kind),
        lambda entry: (entry.source, entry.target),
        lambda entry: (normal(entry.source), entry.kind),
        lambda entry: (normal(entry.source).casefold(), normal(entry.target)),
    ):
        waiting: dict[object, list[Entry]] = defaultdict(list)
        for entry in reversed(old):
            waiting[key(entry)].append(entry)
        pairs = [(waiting[key(entry)].pop() if waiting[key(entry)] else None, entry) for entry in new]
        changes += [Change(before, after) for before, after in pairs if before]
        new = [after for before, after in pairs if not before]
        left = {id(entry) for entries in waiting.values() for entry in entries}
        old = [entry for entry in old if id(entry) in left]
    changes = [change for change in changes if change.columns]
    changes += [Change(entry, None) for entry in old] + [Change(None, entry) for entry in new]
    return sorted(changes, key=lambda change: tables.order(change.old or change.new or _NOTHING))


_NOTHING = Entry("", "")


class Side(StrEnum):
    """Which of two glossaries is right where they contradict each other."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries for a term that cannot both be right: they differ in that column."""

    ours: Entry
    theirs: Entry
    column: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge: the glossary, how many entries are new in it or were completed, and the conflicts."""

    table: Table
    added: int
    completed: int
    conflicts: tuple[Conflict, ...]


def merge(table: Table, theirs: Sequence[Entry], prefer: Side | None = None) -> Merged:
    """Put entries into a glossary.

    An entry whose source and target are there already adds the texts that are missing there; the earlier of two dates
    stays, and a proposal gives way. Other texts in the same column, another kind or case, or two preferred targets for
    one source are conflicts, where the preferred side's text is taken. Without one, a table with conflicts is no
    complete merge: it has our texts.
    """
    rows = [index for index, row in enumerate(table.rows) if row.entry]
    entries = table.entries  # of these rows; the new ones come behind them
    exact = exact_sources([*entries, *theirs])
    by_source: dict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        by_source[source_key(entry, exact)].append(position)
    changes: dict[int, dict[str, str]] = {}
    conflicts: list[Conflict] = []
    for theirs_entry in theirs:
        numbers = by_source[source_key(theirs_entry, exact)]
        number, texts, columns = _counterpart(entries, numbers, theirs_entry)
        if number is None:
            numbers.append(len(entries))
            entries.append(theirs_entry)
            continue
        ours = entries[number]
        conflicts += [Conflict(ours, theirs_entry, column) for column in columns]
        if prefer is Side.THEIRS and "target" in columns:
            # What belongs to the target goes with it, even where they say nothing.
            texts |= theirs_entry.cells() | {
                column: theirs_entry.cell(column) for column in ("kind", "plural", "first")
            }
        elif prefer is Side.THEIRS:
            texts |= {column: theirs_entry.cell(column) for column in columns}
        if texts:
            entries[number] = entry_of(ours.cells() | texts, ours.file, ours.line)
            changes[number] = changes.get(number, {}) | texts
    new = entries[len(rows) :]
    merged = tables.change(table, {rows[number]: texts for number, texts in changes.items() if number < len(rows)})
    return Merged(tables.insert(merged, new), len(new), sum(number < len(rows) for number in changes), tuple(conflicts))


def _counterpart(
    entries: Sequence[Entry], numbers: Sequence[int], theirs: Entry
) -> tuple[int | None, dict[str, str], list[str]]:
    """Return the number of our entry that theirs meets, the texts it adds to it, and the columns in conflict."""
    for number in numbers:
        if not differing(entries[number], theirs):
            return number, {}, []  # it is there, whatever else has its source and target
    for number in numbers:
        if normal(entries[number].target) == normal(theirs.target):
            return number, *_completion(entries[number], theirs)
    for number in numbers:
        if all(
            entry.in_force and entry.kind in (EntryKind.PREFERRED, EntryKind.KEEP)
            for entry in (entries[number], theirs)
        ):
            return number, {}, ["target"]
    return None, {}, []


def _completion(ours: Entry, theirs: Entry) -> tuple[dict[str, str], list[str]]:
    """Return what their entry adds to ours, which has the same source and target, and where they contradict."""
    texts: dict[str, str] = {}
    conflicts = []
    for column in differing(ours, theirs):
        a, b = ours.cell(column), theirs.cell(column)
        if column in ("source", "target") or (not b and column not in ("kind", "case")):
            continue  # only spelled otherwise, or nothing to add
        if column == "added" and a:
            texts[column] = min(a, b)
        elif column == "status" and "proposed" in (a, b):
            texts[column] = b if a == "proposed" else a
        elif column in ("kind", "case") or a:
            conflicts.append(column)
        else:
            texts[column] = b
    return {column: text for column, text in texts.items() if text != ours.cell(column)}, conflicts


def _columns(a: Entry, b: Entry) -> list[str]:
    return list(dict.fromkeys([*COLUMNS, *dict(a.extra), *dict(b.extra)]))
