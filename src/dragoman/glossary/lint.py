"""Checks glossaries. Each check is a small class, and its docstring is its manual: `lint --explain` prints it."""

from __future__ import annotations

import inspect
import re
import unicodedata
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dragoman.check.finding import Severity
from dragoman.glossary import table as tables
from dragoman.glossary.entry import (
    COLUMNS,
    PARTS_OF_SPEECH,
    STATUSES,
    Entry,
    EntryKind,
    exact_sources,
    normal,
    source_key,
)
from dragoman.glossary.spelling import varieties
from dragoman.glossary.table import Row, Table

if TYPE_CHECKING:
    from dragoman.glossary.match import Matcher


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, and where: line and column from 1, in characters; 0 is unknown."""

    check: str
    severity: Severity
    message: str
    file: str
    line: int
    column: int


class Place(NamedTuple):
    """An entry, in its row of its table."""

    entry: Entry
    row: Row
    table: Table


class Hit(NamedTuple):
    """What is wrong with the text of a column in a row."""

    table: Table
    row: Row
    column: str
    message: str


class Check(ABC):
    """Looks at all glossaries of a call at once."""

    id: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING

    @abstractmethod
    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield what is wrong."""


class EntryCheck(Check):
    """Looks at one entry after the other."""

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield what is wrong."""
        for entry, row, table in _places(glossaries):
            for column, message in self.look(entry):
                yield Hit(table, row, column, message)

    @abstractmethod
    def look(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the columns in which something is wrong with an entry, and what it is."""


class CellCheck(Check):
    """Looks at one cell after the other, and knows what should be in it: `--fix` writes that."""

    message: ClassVar[str]

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield the cells that would be corrected."""
        for table in glossaries:
            for row in table.rows:
                for column, text in zip(table.columns, row.cells, strict=False):
                    if self.corrected(column, text) != text:
                        yield Hit(table, row, column, f"{self.message} (--fix corrects it)")

    @abstractmethod
    def corrected(self, column: str, text: str) -> str:
        """Return what the text of a column should be."""


class RowCheck(Check):
    """The row is no entry.

    Its source or target is empty, its kind is unknown, it has more cells than the header, or a control character is
    in it. Translating stops at such a row.
    """

    id = "row"
    severity = Severity.ERROR

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield the faults that the reader found."""
        for table in glossaries:
            for row in table.rows:
                for cell, message in row.faults:
                    yield Hit(table, row, table.columns[min(cell, len(table.columns) - 1)], message)


class Spaces(CellCheck):
    """Spaces stand at an end of a cell or in a row, or a term has other spaces than the ordinary one.

    What cannot be seen makes two terms of one. A term has ordinary spaces: in an article it is found with any. In
    notes, examples and columns of your own, no-break spaces and line breaks are left alone.
    """

    id = "spaces"
    message = "there are spaces at an end, in a row, or of another kind"

    def corrected(self, column: str, text: str) -> str:
        """Return the text with single ordinary spaces."""
        if column in ("note", "example") or column not in COLUMNS:
            return re.sub(" {2,}", " ", text).strip()
        return re.sub(r"\s+", " ", text).strip()


class Characters(CellCheck):
    """A term has a curly apostrophe, a no-break hyphen, or an accent that is a character of its own.

    Terms are written with ' and -, and in Unicode form NFC, so that a term is always the same in the file. In an
    article it is found however it is written there, and the translation gets the typography of its locale.
    """

    id = "characters"
    message = "the term has a curly apostrophe, a no-break hyphen, or an accent that is a character of its own"

    def corrected(self, column: str, text: str) -> str:
        """Return the term with the usual characters."""
        if column in ("source", "target", "plural", "first"):
            return unicodedata.normalize("NFC", text).translate(str.maketrans("’ʼ‑", "''-"))
        return text


class Capitals(CellCheck):
    """A kind, case, part of speech or status is written with capitals.

    These words are in lower case: forbidden, exact, noun, approved.
    """

    id = "capitals"
    message = "the word is written in lower case"

    def corrected(self, column: str, text: str) -> str:
        """Return the word in lower case, if the column knows it."""
        return text.lower() if text.lower() in _VALUES.get(column, ()) else text


class Value(EntryCheck):
    """A case, status or date has a value that means nothing.

    The case is exact or empty; the status is approved, proposed, rejected or empty; the date on which the entry was
    added is written YYYY-MM-DD.
    """

    id = "value"
    severity = Severity.ERROR

    def look(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the columns with other values."""
        for column in ("case", "status"):
            text = entry.cell(column)
            if text and text.lower() not in _VALUES[column]:
                yield column, f"there is no {column} {text!r}; give {', '.join(_VALUES[column])}, or nothing"
        if entry.added and not _is_date(entry.added):
            yield "added", f"{entry.added!r} is not a date; write YYYY-MM-DD"


class PartOfSpeech(EntryCheck):
    """The part of speech is none of noun, name, adjective, verb, adverb, phrase, abbreviation.

    The rules for plurals and articles go by these words. A name is a proper name: an institution, a law, a place.
    """

    id = "pos"

    def look(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the column if the word is unknown."""
        if entry.pos and entry.pos.lower() not in PARTS_OF_SPEECH:
            yield "pos", f"there is no part of speech {entry.pos!r}; give one of {', '.join(PARTS_OF_SPEECH)}"


class Duplicate(Check):
    """Two entries have the same source and the same target.

    One is enough. --fix removes a row whose cells are all the same as those of a row above it in the file.
    """

    id = "duplicate"
    severity = Severity.ERROR

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield all but the first of them."""
        for places in _by_source(glossaries):
            first: dict[str, Place] = {}
            for place in places:
                known = first.setdefault(normal(place.entry.target), place)
                if known is not place and _writes(known.entry) == _writes(place.entry):
                    message = f"{place.entry.source!r} → {place.entry.target!r} is in {known.entry.place}, too"
                    yield Hit(place.table, place.row, "source", message)


class Contradiction(Check):
    """Two entries for one source cannot both be right, in one file or in two.

    Either both say what to write for it, as preferred form or as one to keep, or one forbids what the other one
    writes. Make one of them admitted, or remove it. Between files it may be wanted: in a translation the nearer file
    wins, so check only those together that are to agree.
    """

    id = "conflict"
    severity = Severity.ERROR

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield the second one of each pair."""
        for places in _by_source(glossaries):
            for first, second in combinations([place for place in places if place.entry.in_force], 2):
                a, b = first.entry, second.entry
                same = normal(a.target) == normal(b.target)
                if not same and _is_main(a) and _is_main(b):
                    message = (
                        f"{b.source!r} is {b.target!r} here and {a.target!r} in {a.place}; make one of them admitted"
                    )
                elif same and _writes(a) != _writes(b):
                    message = f"{b.target!r} is {b.kind} for {b.source!r} here and {a.kind} in {a.place}; remove one"
                else:
                    continue
                yield Hit(second.table, second.row, "target", message)


class Admitted(Check):
    """An admitted form has no preferred one.

    The admitted form is then what is written. Say which form is preferred, in one of the files that are checked.
    """

    id = "admitted"

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield the admitted entries of such sources."""
        for places in _by_source(glossaries):
            if not any(_is_main(place.entry) for place in places):
                for entry, row, table in places:
                    if entry.kind is EntryKind.ADMITTED:
                        yield Hit(table, row, "kind", f"{entry.source!r} has an admitted form, but no preferred one")


class NeverFound(Check):
    """The source can't be found in an article, not even in one that consists of it.

    It has no letter, or a punctuation mark at an end (IA :), which is no part of a word there. Write the term alone.
    """

    id = "never-found"
    severity = Severity.ERROR

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield such sources."""
        for entry, row, table in _places(glossaries):
            text = entry.source.strip()
            if not text[0].isalnum() or not (text[-1].isalnum() or text[-1] in ".+#%°€$)"):
                yield Hit(table, row, "source", f"{text!r} starts or ends with punctuation; write the term alone")
        for (entry, row, table), instead in _missed(glossaries, "source"):
            if not instead:
                yield Hit(table, row, "source", f"{entry.source!r} is not found in a text; write it as articles do")


class Shadowed(Check):
    """The source is always found as another term.

    In a text that consists of this term alone, another entry is found, so this one is not applied: the two sources
    differ in nothing that counts, such as a hyphen. A term that is part of a longer one is not meant: it is found where
    it stands alone. Remove one of the entries.
    """

    id = "shadowed"

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield such sources."""
        for (entry, row, table), instead in _missed(glossaries, "source"):
            if instead:
                message = f"{entry.source!r} is always found as {instead.source!r}, which is in {instead.place}"
                yield Hit(table, row, "source", message)


class Example(Check):
    """The term is not found in its own example.

    The example is a French sentence with the term, in any of its forms; `dragoman glossary test` translates it to see
    whether the target comes out. It may be found as another, longer term, which then has the better claim to it.
    """

    id = "example"

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield such examples."""
        for (entry, row, table), instead in _missed(glossaries, "example"):
            reason = f"there it is {instead.source!r}, of {instead.place}" if instead else "give a sentence that has it"
            yield Hit(table, row, "example", f"{entry.source!r} is not found in its example; {reason}")


class Article(EntryCheck):
    """A noun starts with its article.

    Terms are written without it: conseil, not le conseil. With it, « du conseil » and « ce conseil » are not found. An
    article that belongs to a name has its capital: Le Monde, La Rochelle.
    """

    id = "article"

    _article = re.compile(r"(?:le|la|les|un|une|des|du) |l['’]")

    def look(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the source of such a noun."""
        found = self._article.match(entry.source)
        if found and entry.pos.lower() in ("", "noun", "name", "abbreviation"):
            yield "source", f"{entry.source!r} starts with an article; write {entry.source[found.end() :]!r}"


class MixedSpelling(Check):
    """English words are spelled the American way and the British way in one file.

    A glossary keeps to one of them. The words that are in the minority are reported; words with a capital are not, as
    names keep their own spelling (Labour Party). Words that are right in both varieties play no part.
    """

    id = "spelling"

    def hits(self, glossaries: Sequence[Table]) -> Iterator[Hit]:
        """Yield the words in the minority."""
        for table in glossaries:
            found = [
                (row, column, variant)
                for entry, row, _ in _places([table])
                for column in ("target", "plural", "first")
                for variant in varieties(entry.cell(column))
                if entry.kind is not EntryKind.KEEP
            ]
            counts = Counter(spelling for _, _, (_, _, spelling, _) in found)
            if len(counts) == 2:
                usual, number = counts.most_common(1)[0]
                for row, column, (_, word, spelling, other) in found:
                    if spelling != usual:
                        message = f"{word!r} is {spelling}, {number} words in this file are {usual}: {other!r}"
                        yield Hit(table, row, column, message)


class Identical(EntryCheck):
    """Source and target are the same, and the kind is not keep.

    If the term stays as it is, its kind is keep: then it is copied. If it is an English word, too (surveillance), give
    its plural, so that it is settled.
    """

    id = "identical"

    def look(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the target."""
        kept = entry.kind is EntryKind.PREFERRED and not entry.plural
        if kept and normal(entry.source) == normal(entry.target):
            yield "target", f"{entry.target!r} is the source, too; if it stays as it is, the kind is keep"


class Reversed(EntryCheck):
    """The source seems to be English and the target French.

    The target has French words (de, la) or accents, and the source has none; or the source has English words (of, the)
    and nothing French, and the target has none.
    """

    id = "reversed"

    _french = re.compile(r"(?<!\w)(?:de|du|des|la|le|les|et|aux?|pour|sur|en|par|[dl](?='))(?!\w)")
    _english = re.compile(r"(?<!\w)(?:of|the|and|for|by|with|from|to)(?!\w)")

    def look(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the source."""
        source, target = normal(entry.source), normal(entry.target)
        if entry.kind is EntryKind.KEEP or source.casefold() == target.casefold():
            return
        french = self._is_french(target) and not self._is_french(source)
        english = self._english.search(source) and not self._english.search(target) and not self._is_french(source)
        if french or english:
            yield "source", f"{source!r} seems to be English, or {target!r} French; the French term comes first"

    def _is_french(self, text: str) -> bool:
        return bool(self._french.search(text) or re.search("[àâçéèêîôùû]", text.lower()))


class Length(EntryCheck):
    """Source and target differ much in length.

    One is more than four times as long as the other, and more than 30 characters longer: a cell may have slipped, or
    an explanation stands in the place of the term. Abbreviations are left out.
    """

    id = "length"

    def look(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the target."""
        short, long = sorted((len(entry.source), len(entry.target)))
        capitals = max(sum(map(str.isupper, text)) / len(text) for text in (entry.source, entry.target or " "))
        if long > 4 * short and long > short + 30 and entry.pos != "abbreviation" and capitals < 0.5:
            yield (
                "target",
                f"the target has {len(entry.target)} characters, the source {len(entry.source)}; is it the term?",
            )


class Plural(EntryCheck):
    """The noun of the target seems to come before its last word, and would not get its plural.

    Without a plural in its column, a term gets it by rule: on its last word, or on the one before a usual preposition
    (boards of directors) or an adjective such as general (attorneys general). Here another preposition or adjective
    follows the noun (cost per click), or French does (coup d'état). Give the plural; if the term has none, or the
    regular one after all, give that, so that it is settled.
    """

    id = "plural"

    _noun = re.compile(
        r"(?P<noun>[\w-]*(?:[^s\W]|ss))"
        r"(?: (?:about|across|after|among|before|behind|beyond|d['’]|de|des|du|during|inside|near|outside|per|than"
        r"|through|towards?|under|upon|via|within)\b"
        r"| (?:apparent|designate|elect|emeritus|extraordinary|laureate|martial|plenipotentiary|politic|royal)$)"
    )

    def look(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the target of such nouns."""
        from dragoman.glossary import english

        if entry.plural or entry.pos.lower() not in ("", "noun") or not _writes(entry) or entry.kind is EntryKind.KEEP:
            return
        found = self._noun.search(entry.target)
        if found and english.plural(entry.target).startswith(entry.target[: found.end("noun")] + " "):
            yield "target", f"the plural of {entry.target!r} would be {english.plural(entry.target)!r}; give the plural"


CHECKS: tuple[Check, ...] = (
    RowCheck(),
    Spaces(),
    Characters(),
    Capitals(),
    Value(),
    PartOfSpeech(),
    Duplicate(),
    Contradiction(),
    Admitted(),
    NeverFound(),
    Shadowed(),
    Example(),
    Article(),
    MixedSpelling(),
    Identical(),
    Reversed(),
    Length(),
    Plural(),
)

_VALUES: dict[str, Sequence[str]] = {
    "kind": list(EntryKind),
    "case": ("exact",),
    "pos": PARTS_OF_SPEECH,
    "status": STATUSES,
}


def lint(glossaries: Sequence[Table]) -> list[Finding]:
    """Return what the checks find in some glossaries, in the order of the files and their lines."""
    found = []
    order = {table.name: number for number, table in enumerate(glossaries)}
    for check in CHECKS:
        for table, row, column, message in check.hits(glossaries):
            cell = table.columns.index(column) if column in table.columns else 0
            line, offset = table.position(row, cell)
            found.append(Finding(check.id, check.severity, message, table.name, line, offset))
    return sorted(found, key=lambda finding: (order[finding.file], finding.line, finding.column))


def fix(table: Table) -> Table:
    """Return a glossary with what can be corrected safely: cells (`CellCheck`), and rows that are there twice."""
    changes: dict[int, dict[str, str]] = {}
    for index, row in enumerate(table.rows):
        if not row.faults:
            cells = dict(zip(table.columns, row.cells, strict=False))
            for check in CHECKS:
                if isinstance(check, CellCheck):
                    cells = {column: check.corrected(column, text) for column, text in cells.items()}
            changes[index] = cells
    table = tables.change(table, changes)
    seen: set[tuple[str, ...]] = set()
    twice = set()
    for index, row in enumerate(table.rows):
        if row.entry and row.cells in seen:
            twice.add(index)
        seen.add(row.cells)
    return tables.remove(table, twice) if twice else table


def manual(check: Check) -> str:
    """Return the manual of a check."""
    return inspect.cleandoc(type(check).__doc__ or "")


def _places(glossaries: Iterable[Table]) -> Iterator[Place]:
    for table in glossaries:
        for row in table.rows:
            if row.entry:
                yield Place(row.entry, row, table)


def _by_source(glossaries: Iterable[Table]) -> Iterable[list[Place]]:
    """Return the entries that are found in the same places of a text, together."""
    groups: dict[str, list[Place]] = defaultdict(list)
    places = list(_places(glossaries))
    exact = exact_sources(place.entry for place in places)
    for place in places:
        groups[source_key(place.entry, exact)].append(place)
    return groups.values()


def _missed(glossaries: Sequence[Table], column: str) -> Iterator[tuple[Place, Entry | None]]:
    """Yield the entries in force that are not found in their own text of a column, and what is found in their place."""
    places = [place for place in _places(glossaries) if place.entry.in_force]
    matcher = _compiled(tuple(place.entry for place in places))
    for place in places:
        text = place.entry.cell(column)
        found = matcher.find(text)
        if text and not any(place.entry in match.entries for match in found):
            alone = _compile((place.entry,)).find(text)
            others = [other for other in found if alone and other.start < alone[0].end and alone[0].start < other.end]
            yield place, others[0].entries[0] if others else None


def _compile(entries: Sequence[Entry]) -> Matcher:
    from dragoman.glossary import match

    return match.compile(entries)


_compiled = lru_cache(maxsize=1)(_compile)


def _writes(entry: Entry) -> bool:
    return entry.kind is not EntryKind.FORBIDDEN


def _is_main(entry: Entry) -> bool:
    return entry.kind in (EntryKind.PREFERRED, EntryKind.KEEP)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
