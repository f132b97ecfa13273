"""Reads and writes the glossary forms of other programs: TBX (in `tbx`), XLSX, OmegaT's, DeepL's.

XLSX goes through openpyxl, which belongs to the extra `formats`, and is imported only where such a file is read or
written.

CSV, TSV, XLSX and TBX carry everything. The forms of OmegaT and DeepL don't: see `losses`.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.files import write_whole
from dragoman.glossary import table as tables
from dragoman.glossary import tbx
from dragoman.glossary.entry import COLUMNS, Entry, EntryKind
from dragoman.glossary.table import Table


class Form(StrEnum):
    """The forms of a glossary."""

    CSV = "csv"
    TSV = "tsv"
    TBX = "tbx"
    XLSX = "xlsx"
    OMEGAT = "omegat"
    DEEPL = "deepl"


_EXTENSIONS = {
    ".csv": Form.CSV,
    ".tsv": Form.TSV,
    ".tbx": Form.TBX,
    ".xml": Form.TBX,
    ".xlsx": Form.XLSX,
    ".utf8": Form.OMEGAT,
    ".tab": Form.OMEGAT,
    ".txt": Form.OMEGAT,
}

Record = tuple[dict[str, str], int]  # texts by column, and the line they come from


def form_of(path: Path) -> Form:
    """Return the form that a file has by the extension of its name.

    Raises:
        DragomanError: There is none.

    """
    form = _EXTENSIONS.get(path.suffix.lower())
    if form is None:
        raise DragomanError(f"{path}: the name does not tell the form; give --format ({', '.join(Form)})")
    return form


def read(path: Path, form: Form | None = None) -> tuple[Table, list[str]]:
    """Return the glossary in a file of any form, and what of it was left out, a line each.

    Args:
        path: The file.
        form: Told by the name's extension if not given.

    Raises:
        DragomanError: It can't be read, or it has an entry that is none.

    """
    form = form or form_of(path)
    notes: list[str] = []
    if form in (Form.CSV, Form.TSV):
        table = tables.read(path)
    else:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise DragomanError(f"{path}: cannot be read ({error.strerror})") from None
        table, notes = _READERS[form](data, path)
    tables.refuse_faults(table)
    return table, notes


def write(entries: Sequence[Entry], path: Path, form: Form | None = None) -> None:
    """Write a glossary in any form, as a whole or not at all.

    Raises:
        DragomanError: It can't be written, or the form can't hold it.

    """
    form = form or form_of(path)
    if form in (Form.CSV, Form.TSV):
        tables.save(tables.formatted(tables.of_entries(entries, f"{path.stem}.{form}")), path)
    else:
        write_whole(path, _WRITERS[form](entries, path))


def losses(entries: Iterable[Entry], form: Form) -> list[str]:
    """Return what of these entries a form does not carry, a line each.

    OmegaT's has source, target and comment, for which the note is taken; DeepL's has source and target, and each
    source once. Neither knows a form that must not be used, nor a tab or a line break in a cell; entries that are not
    in force stay out of both.
    """
    if form not in (Form.OMEGAT, Form.DEEPL):
        return []
    entries = list(entries)
    carried = _carried(entries, form)
    places = set(map(id, carried))
    columns = ("source", "target", "note") if form is Form.OMEGAT else ("source", "target")
    dropped = [
        f"{column} {count}"
        for column in dict.fromkeys([*COLUMNS, *(column for entry in carried for column, _ in entry.extra)])
        if column not in columns and (count := sum(1 for entry in carried if entry.cell(column)))
    ]
    broken = sum(1 for entry in carried for column in columns if _one_line(entry.cell(column)) != entry.cell(column))
    return [
        *(
            f"left out: {entry.source} → {entry.target} ({', '.join(filter(None, (entry.kind, entry.status)))})"
            for entry in entries
            if id(entry) not in places
        ),
        *([f"left out, with the number of entries: {', '.join(dropped)}"] if dropped else []),
        *([f"changed: tabs and line breaks into spaces, cells: {broken}"] if broken else []),
    ]


def _carried(entries: Sequence[Entry], form: Form) -> list[Entry]:
    """Return the entries that OmegaT's or DeepL's form can hold."""
    usable = [entry for entry in entries if entry.kind is not EntryKind.FORBIDDEN and entry.in_force]
    if form is Form.OMEGAT:
        return usable
    best: dict[str, Entry] = {}
    for entry in usable:
        if entry.source not in best or best[entry.source].kind is EntryKind.ADMITTED is not entry.kind:
            best[entry.source] = entry
    return list(best.values())


def _one_line(text: str) -> str:
    return re.sub(r"[\t\n]+", " ", text)


def _table(path: Path, records: Iterable[Record]) -> Table:
    """Return a table with the known columns, and those that are in the records."""
    records = list(records)
    titles = tuple(dict.fromkeys([*COLUMNS, *(column for texts, _ in records for column in texts)]))
    rows = [("", tuple(texts.get(title, "") for title in titles), line) for texts, line in records]
    return tables.of_records(str(path), titles, rows)


def _read_omegat(data: bytes, path: Path) -> tuple[Table, list[str]]:
    """Read OmegaT's glossary: source, tab, target, tab, comment; lines with # are comments, and there is no quoting."""
    records: list[Record] = []
    text = tables.decode(data, str(path)).removeprefix("\ufeff")
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 2:
            raise DragomanError(f"{path}:{number}: there is no tab in the line; write the source, a tab, the target")
        records.append((dict(zip(("source", "target", "note"), cells, strict=False)), number))
    return _table(path, records), []


def _write_omegat(entries: Sequence[Entry], path: Path) -> bytes:
    lines = []
    for entry in _carried(entries, Form.OMEGAT):
        if entry.source.startswith("#"):
            raise DragomanError(f"{path}: OmegaT takes {entry.source!r} for a comment; leave this entry out")
        lines.append("\t".join(_one_line(text) for text in (entry.source, entry.target, entry.note)).rstrip("\t"))
    return "".join(f"{line}\n" for line in lines).encode()


def _is_tabbed(path: Path) -> bool:
    return path.suffix.lower() in (".tsv", ".tab", ".txt")


def _read_deepl(data: bytes, path: Path) -> tuple[Table, list[str]]:
    """Read DeepL's glossary: source, target, and perhaps their languages; without a header."""
    records: list[Record] = []
    text = tables.decode(data, str(path)).removeprefix("\ufeff")
    for _, cells, line in tables.split(text, "\t" if _is_tabbed(path) else ",", str(path)):
        if not any(cells):
            continue
        if len(cells) not in (2, 4):
            raise DragomanError(f"{path}:{line}: there are {len(cells)} cells; DeepL's glossaries have 2, or 4")
        languages = [cell.strip().lower()[:2] for cell in cells[2:]]
        if languages and languages != ["fr", "en"]:
            raise DragomanError(f"{path}:{line}: the languages are {cells[2]} and {cells[3]}, not fr and en")
        records.append(({"source": cells[0], "target": cells[1]}, line))
    return _table(path, records), []


def _write_deepl(entries: Sequence[Entry], path: Path) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if _is_tabbed(path) else ",", lineterminator="\n")
    for entry in _carried(entries, Form.DEEPL):
        writer.writerow([_one_line(entry.source), _one_line(entry.target)])
    return text.getvalue().encode()


def _read_tbx(data: bytes, path: Path) -> tuple[Table, list[str]]:
    records, notes = tbx.read(data, path)
    return _table(path, records), notes


def _missing(path: Path, package: str) -> DragomanError:
    return DragomanError(f"{path}: {package} is not installed; install it with: pip install 'dragoman[formats]'")


def _read_xlsx(data: bytes, path: Path) -> tuple[Table, list[str]]:
    """Read the sheet that is on top when the workbook opens. Numbers and dates become text."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise _missing(path, "openpyxl") from None
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True).active
        rows = [tuple(map(_text, row)) for row in sheet.iter_rows(values_only=True)] if sheet else []
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile):
        raise DragomanError(f"{path}: is not an XLSX workbook; save it again in the spreadsheet program") from None
    titles, *others = rows or [()]
    return tables.of_records(str(path), titles, (("", cells, line) for line, cells in enumerate(others, 2))), []


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub(r"\r\n|\r", "\n", str(value))


def _write_xlsx(entries: Sequence[Entry], path: Path) -> bytes:
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
    except ImportError:
        raise _missing(path, "openpyxl") from None
    table = tables.of_entries(entries, str(path))
    book = Workbook()
    sheet = book.active
    sheet.title = "Glossary"
    for number, cells in enumerate([table.titles, *(row.cells for row in table.rows)], 1):
        for column, text in enumerate(cells, 1):
            if len(text) > _LONGEST_CELL:
                place = f"{table.titles[column - 1]} of {cells[0][:40]!r}"
                raise DragomanError(f"{path}: {place} has {len(text)} characters; XLSX holds {_LONGEST_CELL}")
            if text:
                cell = sheet.cell(number, column, text)
                cell.data_type = "s"  # "=5" and "#N/A" are text here
                cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column, title in enumerate(table.titles, 1):
        head = sheet.cell(1, column)
        head.font = Font(bold=True)
        sheet.column_dimensions[head.column_letter].width = _WIDTHS.get(title, 14)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# Excel, "Specifications and limits": total number of characters that a cell can contain.
_LONGEST_CELL = 32_767

_WIDTHS = {"source": 36, "target": 36, "first": 30, "note": 40, "example": 60}

_READERS = {Form.TBX: _read_tbx, Form.XLSX: _read_xlsx, Form.OMEGAT: _read_omegat, Form.DEEPL: _read_deepl}
_WRITERS = {Form.TBX: tbx.write, Form.XLSX: _write_xlsx, Form.OMEGAT: _write_omegat, Form.DEEPL: _write_deepl}
