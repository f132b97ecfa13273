"""Writes what `dragoman check` found: for people, in a terminal or a pipe, as JSON and as SARIF.

Any text from an article is escaped: no control character reaches a terminal.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dragoman import __version__
from dragoman.check.check import Check
from dragoman.check.files import Excerpt, FileFinding
from dragoman.check.finding import Severity
from dragoman.report import findings as reports

if TYPE_CHECKING:
    from rich.console import Console

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_GAP = 6  # columns before an excerpt: "  fr  "
_MARKED_AT_MOST = 0.7  # of the width of an excerpt


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an excerpt that fits a width, with the half-open range of it that is marked, if any."""

    label: str
    text: str
    marked: tuple[int, int] | None


def table(findings: Sequence[FileFinding], width: int) -> str:
    """Return plain text for a pipe or a file: for each finding a line, then its texts with carets below the words."""
    paragraphs = []
    for finding in findings:
        lines = [reports.text([finding])]
        for line in _excerpts(finding, width):
            lines.append(f"  {line.label}  {line.text}\n")
            if line.marked:
                start, end = line.marked
                carets = max(1, _cells(line.text[start:end]))
                lines.append(" " * (_GAP + _cells(line.text[:start])) + "^" * carets + "\n")
        paragraphs.append("".join(lines))
    return "\n".join(paragraphs)


def print_table(findings: Sequence[FileFinding], console: Console) -> None:
    """Print the same to a terminal, with the words in colour and underlined."""
    from rich.text import Text

    for number, finding in enumerate(findings):
        colour = "red" if finding.severity is Severity.ERROR else "yellow"
        head = Text("\n" if number else "")
        head.append(_safe(reports.place(finding)), "bold")
        head.append(f": {finding.severity}", f"bold {colour}")
        head.append(f": {_safe(finding.message)} ")
        head.append(f"[{finding.check}]", "dim")
        console.print(head)
        for line in _excerpts(finding, console.width):
            text = Text(f"  {line.label}  {line.text}", no_wrap=True, overflow="crop")
            text.stylize("dim", 0, _GAP)
            if line.marked:
                text.stylize(f"bold underline {colour}", *(_GAP + offset for offset in line.marked))
            console.print(text)


def as_json(source: str, translation: str, locale: str | None, findings: Sequence[FileFinding]) -> str:
    """Return the findings as JSON, with how many there are of each severity.

    Lines and columns count from 1, in characters, and null is unknown; `end_line` and `end_column` are behind the last
    character. `text` is the sentence, `start` and `end` the half-open range of it that is meant.
    """
    document = {
        "dragoman": __version__,
        "source": source,
        "translation": translation,
        "locale": locale,
        **reports.counts(findings),
        "findings": [
            {
                "check": finding.check,
                "severity": finding.severity,
                "message": finding.message,
                "source": _as_data(finding.source),
                "translation": _as_data(finding.target),
            }
            for finding in findings
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def sarif(findings: Sequence[FileFinding], checks: Sequence[Check]) -> str:
    """Return the findings as SARIF, which code scanning services read.

    https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

    Args:
        findings: What was found; the place of a result is in the translation, that of what it lacks in the source.
        checks: Those that were run: the rules of the report.

    """
    indices = {check.id: index for index, check in enumerate(checks)}
    results: list[dict[str, Any]] = []
    for finding in findings:
        result: dict[str, Any] = {
            "ruleId": finding.check,
            "ruleIndex": indices[finding.check],
            "level": finding.severity,
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": _location(finding.place)}],
        }
        if finding.source is not None and finding.target is not None:
            place = {"physicalLocation": _location(finding.source), "message": {"text": "the source"}}
            result["relatedLocations"] = [{"id": 1, **place}]
        results.append(result)
    driver = {
        "name": "dragoman",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": check.id,
                "shortDescription": {"text": f"{check.summary()}."},
                "fullDescription": {"text": _description(check)},
                "help": {"text": check.manual()},
                "defaultConfiguration": {"level": check.severity},
            }
            for check in checks
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _description(check: Check) -> str:
    """Return the second paragraph of a manual, which says when the check fires, or the first if there is no other."""
    paragraphs = check.manual().split("\n\n")
    return " ".join(paragraphs[min(1, len(paragraphs) - 1)].split())


def _location(excerpt: Excerpt) -> dict[str, Any]:
    region: dict[str, int] = {"startLine": excerpt.line}
    if excerpt.column:
        region |= {"startColumn": excerpt.column, "endLine": excerpt.end_line, "endColumn": excerpt.end_column}
    path = PurePath(excerpt.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {"artifactLocation": {"uri": uri}, "region": region}


def _as_data(excerpt: Excerpt | None) -> dict[str, Any] | None:
    if excerpt is None:
        return None
    return {
        "file": excerpt.file,
        "line": excerpt.line,
        "column": excerpt.column or None,
        "end_line": excerpt.end_line,
        "end_column": excerpt.end_column or None,
        "text": excerpt.text,
        "start": excerpt.marked[0] if excerpt.marked else 0,
        "end": excerpt.marked[1] if excerpt.marked else len(excerpt.text),
    }


def _excerpts(finding: FileFinding, width: int) -> Iterator[_Line]:
    """Yield the lines for the source and the translation. Of a side without a mark, the same part is shown."""
    sides = (finding.source, finding.target)
    at = next((sum(s.marked) / 2 / max(1, len(s.text)) for s in sides if s is not None and s.marked), 0.0)
    for label, side in zip(("fr", "en"), sides, strict=True):
        if side is not None:
            marked = side.marked if side.marked and side.marked[0] < side.marked[1] else None
            text, shown = _shortened(_safe(side.text), marked, at, max(20, width - _GAP - 1))
            yield _Line(label, text, shown)


def _shortened(text: str, marked: tuple[int, int] | None, at: float, width: int) -> tuple[str, tuple[int, int] | None]:
    """Return the part of a text around its mark that fits, with … where words are left out, and the mark in it.

    Args:
        text: Without control characters.
        marked: What must be seen (half-open); a long mark is shortened, too.
        at: Where to look if nothing is marked, as a share of the text.
        width: Of the terminal, in columns.

    """
    if _cells(text) <= width:
        return text, marked
    start, end = marked or (middle := round(at * len(text)), middle)
    if _cells(text[start:end]) > width * _MARKED_AT_MOST:
        end = start + _fitting(text[start:end], int(width * _MARKED_AT_MOST))
    room = width - _cells(text[start:end]) - 2  # two ellipses
    before = text[:start][::-1]
    behind = text[end:]
    left = _fitting(before, max(room // 2, room - _cells(behind)))
    right = _fitting(behind, room - _cells(before[:left]))
    if left < len(before) and not before[left].isspace():  # cut between words, if there is a space near
        space = before[:left].rfind(" ")
        left = space if space > left - 15 and space >= 0 else left
    if right < len(behind) and not behind[right].isspace():
        space = behind[:right].rfind(" ")
        right = space if space > right - 15 and space >= 0 else right
    first, last = start - left, end + right
    lead = "…" if first > 0 else ""
    shown = lead + text[first:last] + ("…" if last < len(text) else "")
    shift = len(lead) - first
    return shown, (start + shift, end + shift) if marked else None


def _fitting(text: str, width: int) -> int:
    """Return how many characters of a text fit into a width."""
    cells = 0
    for count, char in enumerate(text):
        cells += _cells(char)
        if cells > width:
            return count
    return len(text)


def _cells(text: str) -> int:
    """Return the width of a text in the columns of a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _safe(text: str) -> str:
    """Return a text in which each control character, line break or mark of direction is a visible one of its own."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or unicodedata.category(char) == "Zs" else "\ufffd" for char in text)
