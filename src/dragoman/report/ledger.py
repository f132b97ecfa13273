"""The quote ledger: every quotation of an article with its speaker, its original words and their translation."""

from __future__ import annotations

import csv
import io
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.article.model import Article
    from dragoman.protect.quotations import Piece, Quotation

_LINE_END = re.compile(r"\r\n|[\r\n]")
# Between the pieces of one quotation, where the author's own words stand or a paragraph ends.
INTERRUPTED, _PARAGRAPH = " … ", "\n\n"
_HEADINGS = ("Speaker", "Original", "Translation", "Place", "Kind", "Flags")


@dataclass(frozen=True, slots=True)
class Entry:
    """A quotation of the ledger.

    `original` and `translation` are the words without the outer marks: pieces that the author's words interrupt are
    joined by " … ", paragraphs by an empty line. `line` and `column` count from 1, in the file as it was read: the
    first character of the quotation, its mark included. `speaker` is "" where none was found.
    """

    speaker: str
    original: str
    translation: str
    file: str
    line: int
    column: int
    kind: str
    flags: tuple[str, ...]


def ledger(article: Article, quotations: Sequence[Quotation], translate: Callable[[Piece], str]) -> list[Entry]:
    """Return the entries of an article's quotations, in the order of the text; those inside another are listed too.

    Args:
        article: As it was read.
        quotations: Found in its blocks by `dragoman.protect.quotations.quotations`.
        translate: Returns the translation of a piece, without its outer marks.

    """
    starts = _line_starts(article.source)
    entries = []
    for quotation in quotations:
        first = quotation.pieces[0]
        block = article.blocks[first.block]
        line, column = _position(starts, block.begins[first.start] if first.start < len(block.text) else block.start)
        entries.append(
            Entry(
                speaker=quotation.speaker.name if quotation.speaker else "",
                original=_joined(quotation, lambda p: _own_words(article.blocks[p.block].text, p)),
                translation=_joined(quotation, translate),
                file=article.name,
                line=line,
                column=column,
                kind=str(quotation.kind),
                flags=tuple(sorted(quotation.flags)),
            )
        )
    return entries


def _joined(quotation: Quotation, words: Callable[[Piece], str]) -> str:
    text = ""
    before: Piece | None = None
    for piece in quotation.pieces:
        if before is not None:
            text += INTERRUPTED if piece.block == before.block else _PARAGRAPH
        text += words(piece).strip()
        before = piece
    return text


def _own_words(text: str, piece: Piece) -> str:
    """Return the words of a piece without the reporting clauses that interrupt them."""
    starts = [piece.inner_start, *(end for _, end in piece.incises)]
    ends = [*(start for start, _ in piece.incises), piece.inner_end]
    parts = [text[a:b].strip(" ,\u00a0\u202f–—") for a, b in zip(starts, ends, strict=True)]
    return (
        INTERRUPTED.join(part for part in parts if any(char.isalnum() for char in part))
        or text[piece.inner_start : piece.inner_end]
    )


def _line_starts(source: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(source))]


def _position(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of a character of the source."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def as_json(entries: Sequence[Entry]) -> str:
    """Return the entries as an indented JSON list of objects, with a line end at the end."""
    return json.dumps([record(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def record(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON has it."""
    return {**asdict(entry), "flags": list(entry.flags)}


def as_csv(entries: Sequence[Entry]) -> str:
    """Return the entries as CSV (RFC 4180) with a header row; flags are separated by spaces.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("speaker", "original", "translation", "file", "line", "column", "kind", "flags"))
    for e in entries:
        texts = [_no_formula(text) for text in (e.speaker, e.original, e.translation, e.file)]
        writer.writerow((*texts, e.line, e.column, e.kind, " ".join(e.flags)))
    return out.getvalue()


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def as_markdown(entries: Sequence[Entry]) -> str:
    """Return the entries as a Markdown table, one row each; marks of the text that mean something there are escaped."""
    rows = [_HEADINGS, tuple("---" for _ in _HEADINGS)]
    for e in entries:
        place = f"{e.file}:{e.line}:{e.column}"
        flags = ", ".join(flag.replace("_", " ") for flag in e.flags)
        rows.append((_cell(e.speaker), _cell(e.original), _cell(e.translation), _cell(place), e.kind, flags))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]|#~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def _cell(text: str) -> str:
    return "<br>".join(" ".join(line.split()) for line in text.translate(_ESCAPED).splitlines() if line.strip())
