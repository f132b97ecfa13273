"""An entry of a glossary: a French term and an English form that is right, or wrong, for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry says about its target."""

    PREFERRED = "preferred"  # the form to write
    ADMITTED = "admitted"  # right as well
    FORBIDDEN = "forbidden"  # must not stand for the source (TBX: deprecated term)
    KEEP = "keep"  # the term stays as it is: the target is how it is written


# Every column that means something, in the order in which a glossary is written. Only the first two must be there.
COLUMNS = (
    "source",
    "target",
    "kind",
    "pos",
    "domain",
    "case",
    "plural",
    "first",
    "note",
    "example",
    "status",
    "added",
)

PARTS_OF_SPEECH = ("noun", "name", "adjective", "verb", "adverb", "phrase", "abbreviation")

# An entry that is proposed (by `extract`, `learn`) or rejected is in the file, but is not applied.
STATUSES = ("approved", "proposed", "rejected")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a glossary. Where it was read does not count when entries are compared.

    `source` and `target` are dictionary forms. `case` is "exact" where the case of the source's letters counts, else
    empty. `plural` is the English plural where the regular rule gives another one; `first` is what to write at the
    first mention in an article. `added` is a date, YYYY-MM-DD. `extra` holds the cells of the columns that are not
    known here, if there is something in them, by name.
    """

    source: str
    target: str
    kind: EntryKind = EntryKind.PREFERRED
    pos: str = ""
    domain: str = ""
    case: str = ""
    plural: str = ""
    first: str = ""
    note: str = ""
    example: str = ""
    status: str = ""
    added: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)  # from 1; 0 is an entry that was not read from a file

    @property
    def place(self) -> str:
        """FILE:LINE, for messages."""
        return f"{self.file}:{self.line}"

    @property
    def in_force(self) -> bool:
        """Whether the entry is to be applied: it is neither a proposal nor rejected."""
        return self.status not in STATUSES[1:]

    def cell(self, column: str) -> str:
        """Return the text of a column as it is written: that of the kind "preferred" is empty."""
        if column == "kind":
            return "" if self.kind is EntryKind.PREFERRED else self.kind.value
        if column in COLUMNS:
            return str(getattr(self, column))
        return dict(self.extra).get(column, "")

    def cells(self) -> dict[str, str]:
        """Return all texts that are not empty, by column."""
        cells = {column: self.cell(column) for column in COLUMNS} | dict(self.extra)
        return {column: text for column, text in cells.items() if text}


def entry_of(cells: Mapping[str, str], file: str = "", line: int = 0) -> Entry:
    """Return the entry with these texts, by column; those of unknown columns go to `extra`.

    Raises:
        ValueError: There is no such kind.

    """
    kind = EntryKind(cells.get("kind", "").strip().lower() or EntryKind.PREFERRED)
    known = {column: cells[column] for column in COLUMNS if column in cells and column != "kind"}
    others = cells.keys() - COLUMNS
    extra = tuple(sorted((column, cells[column]) for column in others if cells[column]))
    return Entry(**known, kind=kind, extra=extra, file=file, line=line)


_SPACES = re.compile(r"\s+")
_SAME = str.maketrans({"’": "'", "ʼ": "'", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "‑": "-"})


def normal(text: str) -> str:
    """Return a term in the form in which terms are compared: one kind of apostrophe, hyphen, space, œ and æ."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_SAME)).strip()


def exact_sources(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the sources, in `normal` form, whose letters' case counts: one of their entries says so."""
    return frozenset(normal(entry.source) for entry in entries if entry.case == "exact")


def source_key(entry: Entry, exact: Collection[str]) -> str:
    """Return what entries have in common that are found in the same places of a text.

    Case is left out, but not for the sources in `exact`: "IA" is another term than "ia".
    """
    source = normal(entry.source)
    return source if source in exact else source.casefold()


def fold(text: str) -> str:
    """Return text without accents and case: for searching, and for an order in which é stands with e."""
    decomposed = unicodedata.normalize("NFKD", normal(text))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
