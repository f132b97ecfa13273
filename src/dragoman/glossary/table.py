"""Reads and writes glossaries as tables (CSV, TSV).

As with articles, what was read and not changed is written back byte for byte: its quoting, its separator, its line
ends, its byte order mark, and the columns that are not known here. A change of one entry is a change of one row, and
so it shows in git.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.files import write_whole
from dragoman.glossary.entry import COLUMNS, STATUSES, Entry, EntryKind, entry_of, fold

_DELIMITERS = (",", ";", "\t")
_HEADER = (
    "the first line does not name the columns source and target; add it, or, if the file comes from another program,"
    " see: dragoman glossary import --help"
)
_LINE_END = re.compile(r"\r\n|\r|\n")
# What XML cannot hold (XML 1.0, production 2), and no term has.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_RANKS = {EntryKind.PREFERRED: 0, EntryKind.KEEP: 0, EntryKind.ADMITTED: 1, EntryKind.FORBIDDEN: 2}


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the file.

    `cells` are its texts, at least as many as there are columns. `entry` is None for a blank record, and for one with
    faults: why it is no entry, each with the index of the cell. `raw` is the record as it stands in the file, with its
    line end; empty if it is new or was changed.
    """

    cells: tuple[str, ...]
    entry: Entry | None
    faults: tuple[tuple[int, str], ...] = ()
    line: int = 0  # of its first character, from 1; 0 is a record that was not read from a file
    raw: str = ""

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not "".join(self.cells).strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A glossary file. `titles` is its header as written, `header` the same as a record, with its line end."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    delimiter: str = ","
    newline: str = "\n"
    bom: bool = False
    header: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: of known ones as in `COLUMNS`, of others as written."""
        return tuple(map(_column, self.titles))

    @property
    def entries(self) -> list[Entry]:
        """The entries, in the order of the file; rows with faults are left out."""
        return [row.entry for row in self.rows if row.entry is not None]

    def position(self, row: Row, cell: int) -> tuple[int, int]:
        """Return line and column of a cell in the file, from 1, columns in characters; 0 is unknown."""
        if not row.raw:
            return row.line, 0
        pattern = re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(self.delimiter)}\r\n]*')
        size = len(row.raw.rstrip("\r\n"))
        at = 0
        for _ in range(cell):
            found = pattern.match(row.raw, at)
            if found is None or found.end() >= size:
                break  # the row ends before this cell
            at = found.end() + 1
        ends = [end.end() for end in _LINE_END.finditer(row.raw, 0, at)]
        return row.line + len(ends), at - (ends[-1] if ends else 0) + 1

    def at(self, row: Row, cell: int) -> str:
        """Return FILE:LINE:COLUMN of a cell, as far as it is known."""
        return ":".join([self.name, *(str(number) for number in self.position(row, cell) if number)])


def read(path: Path) -> Table:
    """Return a glossary file; its rows that are no entries are among its faults.

    Raises:
        DragomanError: It can't be read, is not UTF-8, is no table, or doesn't name the columns source and target.

    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DragomanError(f"{path}: no such glossary; make one with: dragoman glossary new {path}") from None
    except OSError as error:
        raise DragomanError(f"{path}: cannot be read ({error.strerror})") from None
    return parse(data, str(path))


def load(path: Path) -> list[Entry]:
    """Return the entries of a glossary file.

    Raises:
        DragomanError: As `read`, or a row is no entry.

    """
    table = read(path)
    refuse_faults(table)
    return table.entries


def refuse_faults(table: Table) -> None:
    """Raise a DragomanError that tells the first fault of a table, if it has one."""
    for row in table.rows:
        for cell, message in row.faults:
            raise DragomanError(f"{table.at(row, cell)}: {message}")


def parse(data: bytes, name: str) -> Table:
    """Return the table in the bytes of a file; the name is for messages. See `read`."""
    text = decode(data, name)
    bom = text.startswith("\ufeff")
    text = text.removeprefix("\ufeff")
    delimiter = _delimiter(text, name)
    records = split(text, delimiter, name)
    header, titles, _ = next(records)
    line_end = _LINE_END.search(header, len(header.rstrip("\r\n")))
    table = of_records(name, titles, records)
    return replace(table, delimiter=delimiter, newline=line_end[0] if line_end else "\n", bom=bom, header=header)


def of_records(name: str, titles: Sequence[str], records: Iterable[tuple[str, Sequence[str], int]]) -> Table:
    """Return the table with a header and records; each is given by what stands in the file, its cells, and its line.

    Raises:
        DragomanError: The header is not that of a glossary.

    """
    while titles and not titles[-1].strip():
        titles = titles[:-1]
    columns = [_column(title) for title in titles]
    for index, column in enumerate(columns):
        if not column:
            raise DragomanError(f"{name}:1: column {index + 1} has no name; name it or remove it")
        if column in columns[:index]:
            raise DragomanError(f"{name}:1: there are two columns {titles[index]!r}; rename or remove one")
    if not {"source", "target"} <= set(columns):
        raise DragomanError(f"{name}:1: {_HEADER}")
    rows = []
    for raw, cells, line in records:
        cells = (*cells, *("",) * (len(titles) - len(cells)))
        if not "".join(cells).strip():
            rows.append(Row(cells, None, (), line, raw))
        elif faults := tuple(_faults(columns, cells)):
            rows.append(Row(cells, None, faults, line, raw))
        else:
            rows.append(Row(cells, _entry(columns, cells, name, line), (), line, raw))
    return Table(name, tuple(titles), tuple(rows))


def decode(data: bytes, name: str) -> str:
    """Return the text of a UTF-8 file.

    Raises:
        DragomanError: It is in another encoding.

    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = len(_LINE_END.findall(before)) + 1
        column = len(_LINE_END.split(before)[-1]) + 1
        raise DragomanError(
            f"{name}:{line}:{column}: the file is not UTF-8 (byte 0x{data[error.start]:02X});"
            " save it as UTF-8, in Excel as “CSV UTF-8”"
        ) from None


def split(text: str, delimiter: str, name: str) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yield the records of a table: each as it stands there, its cells, and its line.

    Line ends inside a cell become LF.

    Raises:
        DragomanError: The quoting is broken.

    """
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = str(error)
            if what.startswith("unexpected end"):
                what = "a quotation mark opens a cell that is never closed"
            elif "expected after" in what:
                what = 'text follows the quotation mark that closes a cell; write quotation marks inside it as ""'
            raise DragomanError(f"{name}:{start}: {what}") from None
        raw = "".join(taken)
        if "\r" in raw:
            cells = [_LINE_END.sub("\n", cell) for cell in cells]
        yield raw, tuple(cells), start
        taken.clear()
        start = reader.line_num + 1


def _delimiter(text: str, name: str) -> str:
    """Return the separator: the one with which the first line names the columns that must be there."""
    for delimiter in _DELIMITERS:
        with suppress(csv.Error, StopIteration):
            titles = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
            if {"source", "target"} <= set(map(_column, titles)):
                return delimiter
    raise DragomanError(f"{name}:1: {_HEADER}")


def _column(title: str) -> str:
    name = title.strip()
    return name.lower() if name.lower() in COLUMNS else name


def _faults(columns: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield why a row is no entry, with the index of the cell."""
    texts = dict(zip(columns, cells, strict=False))
    if _CONTROL.search("".join(cells)):
        for index, cell in enumerate(cells):
            for control in _CONTROL.findall(cell):
                yield index, f"the control character U+{ord(control):04X} is in the cell; remove it"
    for index in range(len(columns), len(cells)):
        if cells[index].strip():
            message = (
                f"there are {len(cells)} cells for {len(columns)} columns; quote cells that have separators in them"
            )
            yield index, message
    if not texts["source"].strip():
        yield columns.index("source"), "the source is empty; give the French term, or remove the row"
    if not texts["target"].strip() and texts.get("status") not in STATUSES[1:]:
        yield columns.index("target"), "the target is empty; give the English form, or remove the row"
    kind = texts.get("kind", "").strip().lower()
    if kind and kind not in list(EntryKind):
        kinds = ", ".join(EntryKind)
        yield columns.index("kind"), f"there is no kind {kind!r}; give {kinds}, or nothing for preferred"


def _entry(columns: Sequence[str], cells: Sequence[str], name: str, line: int) -> Entry:
    return entry_of(dict(zip(columns, cells, strict=False)), name, line)


def of_entries(entries: Sequence[Entry], name: str) -> Table:
    """Return a new table with all known columns and those of the entries."""
    others = dict.fromkeys(column for entry in entries for column, _ in entry.extra)
    titles = (*COLUMNS, *others)
    return of_records(name, titles, (("", tuple(map(entry.cell, titles)), 0) for entry in entries))


def order(entry: Entry) -> tuple[str, str, int]:
    """Return the key by which a glossary is sorted; entries with equal keys keep their order, which is one of rank."""
    return fold(entry.source), entry.source, _RANKS[entry.kind]


def insert(table: Table, entries: Sequence[Entry]) -> Table:
    """Return the table with more entries: at their places if it is sorted, else at the end.

    Raises:
        DragomanError: One is no entry: its target is empty, say.

    """
    columns = dict.fromkeys([*COLUMNS, *(column for entry in entries for column, _ in entry.extra)])
    table = _with_columns(table, [column for column in columns if any(entry.cell(column) for entry in entries)])
    rows = [row for row in table.rows if row.entry]
    keys = [order(row.entry) for row in rows if row.entry]
    in_order = keys == sorted(keys) and len(rows) == len(table.rows)
    rows = list(table.rows)
    for entry in entries:
        at = bisect_right(keys, order(entry)) if in_order else len(rows)
        keys.insert(at, order(entry))
        rows.insert(at, _row(table, tuple(map(entry.cell, table.columns))))
    return replace(table, rows=tuple(rows))


def change(table: Table, changes: Mapping[int, Mapping[str, str]]) -> Table:
    """Return the table with other texts in some rows: by the index of the row and the name of the column.

    Raises:
        DragomanError: A row would be no entry.

    """
    table = _with_columns(table, [column for texts in changes.values() for column, text in texts.items() if text])
    rows = list(table.rows)
    for index, texts in changes.items():
        row = rows[index]
        cells = [texts.get(column, cell) for column, cell in zip_longest(table.columns, row.cells)]
        if tuple(cells) != row.cells:
            rows[index] = _row(table, cells, row.line)
    return replace(table, rows=tuple(rows))


def remove(table: Table, indices: Collection[int]) -> Table:
    """Return the table without some rows."""
    return replace(table, rows=tuple(row for index, row in enumerate(table.rows) if index not in indices))


def _row(table: Table, cells: Sequence[str], line: int = 0) -> Row:
    for _, message in _faults(table.columns, cells):
        raise DragomanError(f"{table.name}{f':{line}' if line else ''}: {message}")
    return Row(tuple(cells), _entry(table.columns, cells, table.name, line), (), line)


def _with_columns(table: Table, columns: Sequence[str]) -> Table:
    """Return the table with these columns; those it lacks come last, and are empty."""
    missing = tuple(dict.fromkeys(column for column in columns if column not in table.columns))
    if not missing:
        return table
    refuse_faults(table)  # a row with too many cells would get into the new columns
    empty = ("",) * len(missing)
    rows = tuple(replace(row, cells=row.cells[: len(table.titles)] + empty, raw="") for row in table.rows)
    return replace(table, titles=table.titles + missing, rows=rows, header="")


def formatted(table: Table) -> Table:
    """Return a glossary in its canonical form.

    Known columns come first; the rows are sorted (`order`), without blank ones; separated by commas, or by tabs in a
    file named .tsv or .tab; quoted only where it must be; line ends are LF.

    Raises:
        DragomanError: A row is no entry.

    """
    refuse_faults(table)
    columns = table.columns
    by_rank = sorted(range(len(columns)), key=lambda i: COLUMNS.index(columns[i]) if columns[i] in COLUMNS else 99)
    rows = sorted(((order(row.entry), row) for row in table.rows if row.entry), key=lambda item: item[0])
    return replace(
        table,
        titles=tuple(columns[i] for i in by_rank),
        rows=tuple(replace(row, cells=tuple(row.cells[i] for i in by_rank), raw="") for _, row in rows),
        delimiter="\t" if Path(table.name).suffix.lower() in (".tsv", ".tab") else ",",
        newline="\n",
        header="",
    )


def serialise(table: Table) -> bytes:
    """Return the bytes of the file."""
    pieces = [table.header or _record(table, table.titles)]
    for row in table.rows:
        if not pieces[-1].endswith(("\n", "\r")):
            pieces.append(table.newline)
        pieces.append(row.raw or _record(table, row.cells))
    return "".join(pieces).encode("utf-8-sig" if table.bom else "utf-8")


def _record(table: Table, cells: Sequence[str]) -> str:
    record = io.StringIO()
    csv.writer(record, delimiter=table.delimiter, lineterminator=table.newline).writerow(cells)
    return record.getvalue()


def save(table: Table, path: Path) -> None:
    """Write a glossary file as a whole.

    Raises:
        DragomanError: It can't be written.

    """
    write_whole(path, serialise(table))
