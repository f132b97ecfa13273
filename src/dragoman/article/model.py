"""An article as data: the decoded source, and the blocks of text found in it.

As in Okapi, the source is the skeleton and blocks are the text units in it. A block knows where each of its
characters stands in the source, so that whatever is not translated can be written back exactly as it was read.
All offsets count characters (code points), from 0, and ranges are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Format(StrEnum):
    """File formats that are read and written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


class Kind(StrEnum):
    """What a block is in the article."""

    TITLE = "title"
    BREADCRUMB = "breadcrumb"
    BYLINE = "byline"
    DATELINE = "date line"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    QUOTE = "pull quote"
    ATTRIBUTION = "attribution"
    CAPTION = "caption"
    CELL = "table cell"
    ATTRIBUTE = "attribute"  # HTML alt and title, front-matter values: text that no reader sees in the flow


@dataclass(frozen=True, slots=True)
class InlineCode:
    """Inline markup that has no width in `Block.text`: a tag, an emphasis mark, the target of a link.

    Codes that a reader sees as text (`code`, URLs, %s) are not here: they stay in `Block.text`, and
    `dragoman.protect` finds them there.
    """

    at: int  # stands before the character of Block.text with this offset; len(text) is the end
    begin: int  # the code is source[begin:end]
    end: int
    kind: Literal["open", "close", "whole"]
    pair: int  # an opening code and its closing code share this number; it is unique in the block
    role: Literal["strong", "emphasis", "link", "code", "break", "note", "other"] = "other"
    href: str = ""  # the target of a link, decoded; only on the opening code
    label: str = ""  # what the mark of a footnote shows: 1, *


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that belongs together: a paragraph, a heading, a table cell, an `alt` text.

    `text` is what the reader reads: entities decoded, escapes resolved, each run of ordinary white space (spaces,
    tabs, line breaks) one space, none at either end. No-break and thin spaces are kept.

    Character i of `text` stands at `source[begins[i]:ends[i]]`. What lies between `ends[i - 1]` and `begins[i]` is
    inline codes. `start` and `end` delimit the whole block in the source, with its mark (bullet, `#`, tag) where that
    goes when the block is left out; start <= begins[0] and ends[-1] <= end.
    """

    kind: Kind
    start: int
    end: int
    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    codes: tuple[InlineCode, ...] = ()
    level: int = 0  # headings: 1 to 6; bullets: depth of the list, from 1; else 0
    ordered: bool = False  # a bullet of a numbered list
    boilerplate: str = ""  # why the block is not part of the article ("share widget"); "" if it is part
    protected: tuple[tuple[int, int], ...] = ()  # ranges of `text` that a format marks as code: `code`, <kbd>

    def __post_init__(self) -> None:
        """Check the invariants that the writers rely on."""
        if not self.text or len(self.begins) != len(self.text) or len(self.ends) != len(self.text):
            raise ValueError("a block needs text, and one begin and one end for each of its characters")


@dataclass(frozen=True, slots=True)
class Article:
    """A file that was read: `source` is its decoded text with line ends as they were."""

    name: str  # the path as given, or "<stdin>"
    format: Format
    source: str
    blocks: tuple[Block, ...]
    encoding: str = "utf-8"
    bom: bool = False
    page: bool = False  # an HTML page, of which only the main content is the article
    notes: tuple[str, ...] = field(default=())  # what the reader had to decide ("read as cp1252"), a line each


class TextMap:
    """Collects the text of a block character by character, with where each one stands in the source.

    White space is folded as `Block.text` demands it. Use `add` for literal source text and `put` for a character
    that is written otherwise in the source (an entity, an escape), `code` for inline codes, then `block`.
    """

    _FOLDED = " \t\r\n\f\v"

    def __init__(self) -> None:
        self.text: list[str] = []
        self.begins: list[int] = []
        self.ends: list[int] = []
        self.codes: list[InlineCode] = []
        self.protected: list[tuple[int, int]] = []

    def __len__(self) -> int:
        """Return the number of characters collected so far."""
        return len(self.text)

    def put(self, char: str, begin: int, end: int) -> None:
        """Add one character that stands at source[begin:end]; folded white space widens the space before it."""
        if char in self._FOLDED:
            if not self.text:
                return
            if self.text[-1] == " " and (not self.codes or self.codes[-1].at < len(self.text)):
                self.ends[-1] = end
                return
            if self.text[-1] == " ":
                return  # a second space, behind a code: it stays in the skeleton, next to the code
            char = " "
        self.text.append(char)
        self.begins.append(begin)
        self.ends.append(end)

    def add(self, literal: str, begin: int) -> None:
        """Add characters that stand one after the other in the source, from offset `begin`."""
        for offset, char in enumerate(literal, begin):
            self.put(char, offset, offset + 1)

    def code(
        self,
        begin: int,
        end: int,
        kind: Literal["open", "close", "whole"],
        pair: int,
        role: Literal["strong", "emphasis", "link", "code", "break", "note", "other"] = "other",
        href: str = "",
        label: str = "",
    ) -> None:
        """Add the inline code source[begin:end] at the present place."""
        self.codes.append(InlineCode(len(self.text), begin, end, kind, pair, role, href, label))

    def block(
        self,
        kind: Kind,
        start: int,
        end: int,
        *,
        level: int = 0,
        ordered: bool = False,
        boilerplate: str = "",
    ) -> Block | None:
        """Return the finished block, or None if there is no text in it but white space."""
        size = len(self.text)
        while size and self.text[size - 1] == " ":
            size -= 1
        if not size:
            return None
        return Block(
            kind=kind,
            start=start,
            end=end,
            text="".join(self.text[:size]),
            begins=tuple(self.begins[:size]),
            ends=tuple(self.ends[:size]),
            codes=tuple(code for code in self.codes if code.at <= size),
            level=level,
            ordered=ordered,
            boilerplate=boilerplate,
            protected=tuple((a, min(b, size)) for a, b in self.protected if a < size),
        )


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be written in place of `Block.text[start:end]`.

    `codes` are the inline codes of that range (see `codes_of`) with the offset in `text` before which each one is to
    stand, in the order in which they are to be written.
    """

    start: int
    end: int
    text: str
    codes: tuple[tuple[int, InlineCode], ...] = ()


def codes_of(block: Block, start: int, end: int) -> tuple[InlineCode, ...]:
    """Return the inline codes that move with `block.text[start:end]` when it is translated.

    These are the codes strictly inside the range, and those on its edges whose partner is strictly inside: in
    `<b>Hier</b>, il a plu` the opening tag is on the edge, but it belongs to the word. All others stay in the
    skeleton, where a pair around the whole range still surrounds it.
    """
    inside = {code.pair for code in block.codes if start < code.at < end}
    return tuple(
        code
        for code in block.codes
        if start < code.at < end
        or (code.at == start and code.kind == "open" and code.pair in inside)
        or (code.at == end and code.kind == "close" and code.pair in inside)
    )
