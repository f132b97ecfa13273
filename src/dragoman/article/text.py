"""Reads an article that is plain text: a clean file, or a whole page as copied from a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from dragoman.article.boilerplate import is_menu
from dragoman.article.classify import Line, Verdict, classify
from dragoman.article.lines import (
    ends_sentence,
    is_attribution,
    is_byline,
    is_caption,
    is_dateline,
    is_name,
    is_prose,
    words,
)
from dragoman.article.model import Block, Kind, TextMap
from dragoman.protect.quotations import is_dialogue

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"  # soft hyphens and the like: no reader sees them, and no model knows them
_LINE = re.compile(r"([^\r\n\f\v]*)(\r\n|[\r\n\f\v]|$)")
_MARK = re.compile(
    r"(?:[•‣▪▸►◦●○■□·*+–-]|(?P<ordered>\(?\d{1,3}[.)]|\(?[a-z]\)|\(?[ivx]{1,5}\)))(?:[ \t\u00a0\u202f]+|$)"
)
_NESTED_MARK = re.compile(r"o(?:[ \t]+|$)")  # the third level in the dumps of text browsers
_TAB = 8
_RAGGED = 2  # columns that a paragraph set for even lines leaves free
_WRAPPED = range(40, 132)  # columns at which texts are wrapped by hand or by an editor


def read_text(source: str) -> tuple[Block, ...]:
    """Return the blocks of a plain-text article in the order in which they stand.

    A block starts where its first line starts, and ends where its last line ends, without the line break. What does
    not belong to the article (menus, share widgets, repeated titles, comments...) has `Block.boilerplate` set.

    Args:
        source: The decoded text, with any line ends.

    """
    rows = _paragraphs(_without_dashes_of_replies(_without_dashes_of_attributions(list(_rows(source)))))
    blocks = [_block(source, lines) for lines in rows]
    lines = [
        Line(block.text, rows[i][0].indent, bool(rows[i][0].mark), _tight(rows, i)) for i, block in enumerate(blocks)
    ]
    verdict = classify(lines)
    kinds = _kinds(lines, verdict)
    levels = _levels([row[0] for row in rows])
    return tuple(
        replace(
            block,
            kind=kind,
            boilerplate=reason,
            level=2 if kind is Kind.HEADING else level if kind is Kind.BULLET else 0,
            ordered=kind is Kind.BULLET and row[0].ordered,
        )
        for block, row, kind, level, reason in zip(blocks, rows, kinds, levels, verdict.reasons, strict=True)
        if reason or any(char.isalnum() for char in block.text)  # rules and lone marks are not text
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the source that is not blank."""

    start: int  # offsets in the source: of the line with its indent,
    at: int  # of its bullet, if it has one,
    begin: int  # of its text behind the bullet,
    end: int  # and of its end
    indent: int  # columns before the text or the bullet
    column: int  # columns before the text
    mark: str
    ordered: bool
    text: str  # behind the bullet
    after_blank: bool


def _rows(source: str) -> Iterator[_Row]:
    blank = False
    for match in _LINE.finditer(source):
        content = match[1]
        text = content.strip().strip(_INVISIBLE).strip()
        if not text:
            blank = True
            continue
        begin = content.index(text)
        indent = len(content[:begin].expandtabs(_TAB))
        mark = _MARK.match(text) or (_NESTED_MARK.match(text) if indent else None)
        behind = mark.end() if mark and mark.end() < len(text) else 0
        yield _Row(
            start=match.start(),
            at=match.start() + begin,
            begin=match.start() + begin + behind,
            end=match.end(1),
            indent=indent,
            column=len(content[: begin + behind].expandtabs(_TAB)),
            mark=mark.group().strip() if mark else "",
            ordered=bool(mark and mark.lastgroup == "ordered"),
            text=text[behind:],
            after_blank=blank,
        )
        blank = False


def _without_dashes_of_attributions(rows: Sequence[_Row]) -> list[_Row]:
    """Take the dash before a speaker's name for what it is; a list has more than one."""
    found = []
    for i, row in enumerate(rows):
        alone = not any(other.mark == row.mark for other in (*rows[max(i - 1, 0) : i], *rows[i + 1 : i + 2]))
        if i and alone and row.mark in ("-", "–") and is_attribution(f"{row.mark} {row.text}"):
            row = replace(row, begin=row.at, column=row.indent, mark="", text=f"{row.mark} {row.text}")
        found.append(row)
    return found


def _without_dashes_of_replies(rows: Sequence[_Row]) -> list[_Row]:
    """Take the dashes of a dialogue for what they are: replies are paragraphs, not the items of a list."""
    found: list[_Row] = []
    for dashed, run in groupby(rows, key=lambda row: row.mark in ("-", "–")):
        lines = list(run)
        if dashed and is_dialogue([line.text for line in lines]):
            lines = [
                replace(row, begin=row.at, column=row.indent, mark="", text=f"{row.mark} {row.text}") for row in lines
            ]
        found += lines
    return found


def _paragraphs(lines: Sequence[_Row]) -> list[list[_Row]]:
    """Put together the lines that an editor or a mail program wrapped."""
    width = _width(lines)
    paragraphs: list[list[_Row]] = []
    for i, row in enumerate(lines):
        if i and width and _continues(lines[i - 1], row, paragraphs[-1][0]) and _is_full(lines[i - 1], row, width):
            paragraphs[-1].append(row)
        else:
            paragraphs.append([row])
    return paragraphs


def _continues(above: _Row, row: _Row, first: _Row) -> bool:
    """Return whether the row can be of the paragraph that begins with `first`, by where it stands."""
    if row.after_blank or row.mark:
        return False
    if first.mark:
        return row.indent in (first.column, first.indent)
    return row.indent == above.indent or (above is first and abs(row.indent - above.indent) <= _TAB)


def _breaks_sentence(above: _Row, row: _Row) -> bool:
    return row.text[0].islower() and not ends_sentence(above.text) and above.text[-1] not in ":;"


def _right(row: _Row) -> int:
    return row.column + len(row.text)


def _width(lines: Sequence[_Row]) -> int:
    """Return the column at which the lines are wrapped; 0 if each paragraph is a line."""
    broken = [
        _right(above)
        for above, row in pairwise(lines)
        if _right(above) in _WRAPPED and _continues(above, row, above) and _breaks_sentence(above, row)
    ]
    if not broken:
        return 0
    width = max(broken)
    running = [row for row in lines if _right(row) >= _WRAPPED.start]
    longer = sum(_right(row) > width + 3 for row in running)
    return width if longer <= 0.1 * len(running) else 0


def _is_full(above: _Row, row: _Row, width: int) -> bool:
    """Return whether the line above has no room for the first word of the row, or breaks off in a sentence."""
    if _right(above) + 1 + len(re.split(r"[ \t]", row.text, maxsplit=1)[0]) > width - _RAGGED:
        return True
    return _right(above) >= 0.6 * width and _breaks_sentence(above, row)


def _block(source: str, rows: Sequence[_Row]) -> Block:
    text = TextMap()
    for row in rows:
        if len(text):
            text.put("\n", text.ends[-1], row.begin)
        end = row.begin
        for char in source[row.begin : row.end]:
            if char in _INVISIBLE and len(text):
                text.ends[-1] = end + 1  # it goes with the character before it
            elif char not in _INVISIBLE:
                text.put(char, end, end + 1)
            end += 1
    block = text.block(Kind.PARAGRAPH, rows[0].start, rows[-1].end)
    if block is None:
        raise AssertionError("a row is never blank")
    return block


def _tight(rows: Sequence[Sequence[_Row]], at: int) -> bool:
    return at + 1 < len(rows) and not rows[at + 1][0].after_blank


def _levels(rows: Sequence[_Row]) -> list[int]:
    """Return for each row its depth in the list that it is in, from 1; 0 outside a list."""
    levels = []
    indents: list[int] = []
    for row in rows:
        if not row.mark:
            if indents and row.indent <= indents[0]:
                indents = []
            levels.append(0)
            continue
        while indents and row.indent < indents[-1]:
            indents.pop()
        if not indents or row.indent > indents[-1]:
            indents.append(row.indent)
        levels.append(len(indents))
    return levels


# -------------------------------------------------------------------------------------------------------- kinds


def _kinds(lines: Sequence[Line], verdict: Verdict) -> list[Kind]:
    """Return what each line is, from its looks and from where it stands among those that were kept."""
    kinds = [Kind.BULLET if line.bullet else Kind.PARAGRAPH for line in lines]
    kept = [i for i, reason in enumerate(verdict.reasons) if not reason]
    for i, reason in enumerate(verdict.reasons):
        if reason == "breadcrumb":
            kinds[i] = Kind.BREADCRUMB
        elif reason == "repeated title":
            kinds[i] = Kind.TITLE
    if verdict.title is not None:
        kinds[verdict.title] = Kind.TITLE
    mark_furniture(lines, kinds, kept, verdict)
    mark_quotes(lines, kinds, kept)
    _mark_headings(lines, kinds, kept)
    return kinds


def mark_furniture(lines: Sequence[Line], kinds: list[Kind], kept: Sequence[int], verdict: Verdict) -> None:
    """Mark bylines, date lines and captions: the first two stand above and below the text, captions anywhere.

    A name is a byline below the text, and above it beside the title, the date or another author.
    """
    head = True
    names = []
    for place, i in enumerate(kept):
        text = lines[i].text
        if kinds[i] not in (Kind.PARAGRAPH, Kind.BULLET):
            continue
        end = not head and place >= len(kept) - 4
        if is_caption(text) and len(words(text)) <= 60:
            kinds[i] = Kind.CAPTION
        elif (head or end) and is_dateline(text):
            kinds[i] = Kind.DATELINE
        elif ((head or end) and is_byline(text)) or (end and is_name(text) and not lines[i].bullet):
            kinds[i] = Kind.BYLINE
        elif i >= verdict.body:
            head = False
        elif verdict.title is not None and i > verdict.title and (is_name(text) or _ONE_NAME.fullmatch(text)):
            names.append((place, i))
    for place, i in names:
        beside = {kinds[j] for j in kept[max(place - 1, 0) : place + 2]}
        full = is_name(lines[i].text) and beside & {Kind.TITLE, Kind.BYLINE}
        if full or (Kind.DATELINE in beside and not is_menu(lines[i].text)):
            kinds[i] = Kind.BYLINE


_ONE_NAME = re.compile(r"[A-ZÀ-Ý]\w+")
_QUOTED = re.compile(r"\s*[«“\"].*[»”\"][\s.]*")
_ROLE = re.compile(r"[^,]{3,60}, (?:l[ae’']|un|une|[a-zà-ÿ]).{2,100}(?<![.!?:])")


def mark_quotes(lines: Sequence[Line], kinds: list[Kind], kept: Sequence[int]) -> None:
    """Mark pull quotes and the lines below them that name the speaker.

    The dash before a name is a bullet as well, and a dash opens a turn in a dialogue. It is an attribution if the line
    above is a paragraph of its own, which announces no list, and no other dash follows.
    """
    for place, i in enumerate(kept):
        if not place or kinds[i] is not Kind.PARAGRAPH:
            continue
        above = kept[place - 1]
        below = lines[kept[place + 1]] if place + 1 < len(kept) else None
        if kinds[above] is not Kind.PARAGRAPH or lines[above].text.endswith(":"):
            continue
        named = is_attribution(lines[i].text) and not (below and (below.bullet or is_attribution(below.text)))
        signed = _QUOTED.fullmatch(lines[above].text) and _ROLE.fullmatch(lines[i].text)
        if named or (signed and is_name(lines[i].text.split(",")[0])):
            kinds[above], kinds[i] = Kind.QUOTE, Kind.ATTRIBUTION


def _mark_headings(lines: Sequence[Line], kinds: list[Kind], kept: Sequence[int]) -> None:
    """Mark short lines without a full stop that stand above longer ones; not the questions of an interview."""
    headings: set[int] = set()
    for i, below in pairwise(kept):
        if kinds[i] is Kind.PARAGRAPH and _is_heading(lines[i], lines[below], kinds[below]):
            headings.add(i)
    for i, below in pairwise(kept):  # a heading right above another
        if below in headings and kinds[i] is Kind.PARAGRAPH and _may_be_heading(lines[i]) and not lines[i].tight:
            headings.add(i)
    questions = [i for i in kept if kinds[i] is Kind.PARAGRAPH and lines[i].text.endswith("?")]
    interview = len(questions) >= 3 and 2 * len(questions) > len({*headings, *questions})
    for i in headings:
        if not (interview and i in questions):
            kinds[i] = Kind.HEADING


def _may_be_heading(line: Line) -> bool:
    closed = line.text.endswith((".", ",", ";", ":")) and not line.text.endswith("..")
    spoken = line.text.startswith(("–", "—", "-"))
    return not (closed or spoken) and len(line.text) <= 140 and 0 < len(words(line.text)) <= 18


def _is_heading(line: Line, below: Line, kind_below: Kind) -> bool:
    if not _may_be_heading(line):
        return False
    if kind_below in (Kind.BULLET, Kind.QUOTE):
        return not line.tight
    if kind_below is not Kind.PARAGRAPH:
        return False
    size, longer = len(words(line.text)), len(words(below.text))
    announced = longer >= 4 and (ends_sentence(below.text) or below.text.endswith(":"))
    return is_prose(below.text) or (not line.tight and (announced or 2 * size <= longer))
