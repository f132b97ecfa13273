"""Reads the text blocks of a Markdown document (CommonMark with tables), and escapes text to be written there."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.article import html
from dragoman.article.html import Run
from dragoman.article.model import Block, InlineCode, Kind, TextMap
from dragoman.article.raised import raised

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_WHITE = " \t\n\r\f\v"
_LINE_END = re.compile(r"\r\n?|\n")
_CONTAINER_MARK = re.compile(r"[ \t]*(?:>|[-+*]|\d{1,9}[.)])[ \t]*")
_DASHES = ("–", "—", "―", "--")

# Text that is markup for some renderers, and must come back as it is: shortcodes of Hugo and tags of Jekyll; marks of
# footnotes, alerts and tasks; at the end of the content, attributes (pandoc, kramdown).
_SHORTCODE = re.compile(r"\{\{[<%].{0,1000}?[>%]\}\}|\{%.{0,1000}?%\}", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]+)\]")
_DEFINITION = re.compile(r"\[\^([^\]\[\s]+)\]:[ \t]*")
_MARK = re.compile(r"\[![a-zA-Z]+\][+-]?(?=\s)|\[[ xX]\](?=\s)")
# The title behind the address of a link; not one with escapes, or with what ends the cell of a table.
_LINK_TITLE = re.compile(
    r"\]\(\s*[^\s()<>]+\s+"
    r"(?:\"(?P<double>[^\"\\&\n`|]+)\"|'(?P<single>[^'\\&\n`|]+)'|\((?P<round>[^()\\&\n`|]+)\))\s*\)"
)
_NOTE_INDENT = 4
_RAISED = re.compile(r"<(?:sup|sub|a)[\s>]", re.IGNORECASE)
_LONGEST_RAISED = 400  # characters of a raised element with its tags
_ATTRIBUTE_LIST = re.compile(r"\{:?[ \t]*[#.:][^{}\n]{0,200}\}\s*\Z")
_CODE_TAG = re.compile(
    r"\{%-?\s*(?P<jekyll_end>end)?(?P<jekyll>highlight|raw|comment|code|codeblock|math)\b[^%]{0,200}%\}"
    r"|\{\{[<%]\s*(?P<hugo_end>/)?\s*(?P<hugo>highlight|code|math|katex|mermaid|raw|rawhtml)\b[^}]{0,200}\}\}"
)

_FRONT_MATTER = re.compile(
    r"(?:---[ \t]*(?:\r\n?|\n)(?P<yaml>.*?)^(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*(?:\r\n?|\n)(?P<toml>.*?)^\+\+\+)[ \t]*(?=[\r\n]|\Z)",
    re.DOTALL | re.MULTILINE,
)
_YAML_START = re.compile(r"(?:[ \t]*(?:#.*)?(?:\r\n?|\n))*(?:[\w\"'][^:\r\n]*:(?:\s|\Z))")
_TOML_START = re.compile(r"(?:[ \t]*(?:#.*)?(?:\r\n?|\n))*(?:[\w\"'][^=\r\n]*=|\[)")
_KEYS = "title|subtitle|headline|description|summary|excerpt|abstract|lead|teaser"
_YAML_KEY = re.compile(rf"^(?:{_KEYS})[ \t]*:[ \t]+(?=\S)", re.IGNORECASE | re.MULTILINE)
_TOML_KEY = re.compile(rf"^(?:{_KEYS})[ \t]*=[ \t]*(?=[\"'])", re.IGNORECASE | re.MULTILINE)
_TOML_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_REST = r"(?=[ \t]*(?:#[^\r\n]*)?(?:[\r\n]|\Z))"  # nothing but a comment
_DOUBLE_QUOTED = re.compile(rf'"(?!"")((?:[^"\\\r\n]|\\.)*)"{_REST}')
_SINGLE_QUOTED = re.compile(rf"'(?!'')((?:[^'\r\n]|'')*)'{_REST}")
_PLAIN = re.compile(r"(?![-?:][ \t]|[,\[\]{}#&*!|>'\"%@`])([^\r\n]*?)(?=[ \t]*(?:[ \t]#[^\r\n]*)?(?:[\r\n]|\Z))")
_CONTINUED = re.compile(r"[^\r\n]*(?:\r\n?|\n)[ \t]+\S")  # the scalar goes on in the next line
_STRING_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\"\\/ nt_]))|''")
_ESCAPED_CHARS = {"n": "\n", "t": "\t", "_": "\u00a0"}
# YAML 1.2.2, 7.3.3 "Plain style" and 10.3.2 "Tag resolution", and the words that YAML 1.1 reads as booleans.
_NOT_PLAIN = re.compile(
    r"[-?:,\[\]{}#&*!|>'\"%@`\s].*|.*(?:: | #|:\Z|\s\Z).*|[-+.\d][-+.\d_:eExoTZ ]*"
    r"|~|null|true|false|yes|no|on|off|y|n|[-+]?\.inf|\.nan",
    re.IGNORECASE | re.DOTALL,
)

_SPECIAL = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>]+)"
    r"|\\(?=[!-/:-@\[-`{-~]|\Z)"
    r"|`|[*_]|~(?=~)|(?<=~)~|\[(?=\^|[^\[\]]*\][(\[:])|<(?=[a-zA-Z/!?])|&(?=\#?\w+;)|(?<!\S)\#(?=\#*\Z)"
)
_LEADING = re.compile(r"(?:[-+]|\#{1,6})(?=\s|\Z)|>|=+\Z|-[- ]*\Z|\[(?=[ xX]\]|!)")
_NUMBERED = re.compile(r"\d{1,9}(?=[.)](?:\s|\Z))")


_EMPHASIS = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "del"}


class HtmlBlock(Block):
    """A block in a piece of HTML in a Markdown document: HTML's escapes hold in it."""

    __slots__ = ()


class FrontMatterValue(Block):
    """A value in the front matter, of Kind.ATTRIBUTE; its range is the scalar's, with quotation marks."""

    __slots__ = ()


class LinkTitle(Block):
    """The title of a link or an image, of Kind.ATTRIBUTE; its range is without the marks around it."""

    __slots__ = ()


def read_markdown(source: str) -> tuple[Block, ...]:
    """Return all blocks of text in a Markdown document, in the order in which they begin.

    Read are headings (the first of level 1 is the title), paragraphs, list items, block quotations, table cells and
    text in HTML, and as Kind.ATTRIBUTE the alternative texts of images, the titles of images and links, and some values
    of the front matter (YAML or TOML; strings on one line). Code, reference definitions, comments, shortcodes and all
    else are not.
    """
    blocks: list[Block] = []
    body = 0
    front = _FRONT_MATTER.match(source)
    if front and front["toml"] is not None and _TOML_START.match(front["toml"]):
        body = front.end()
        begin, end = front.span("toml")
        table = _TOML_TABLE.search(source, begin, end)
        blocks += _values(source, _TOML_KEY.finditer(source, begin, table.start() if table else end))
    elif front and front["yaml"] is not None and _YAML_START.match(front["yaml"]):
        body = front.end()
        blocks += _values(source, _YAML_KEY.finditer(source, *front.span("yaml")))
    elif source.startswith("{"):
        try:
            body = json.JSONDecoder().raw_decode(source)[1]
        except (ValueError, RecursionError):
            body = 0
    code = _code_ranges(source)
    reader = _Reader(source, body)
    reader.read()
    blocks += [block for block in reader.blocks if not any(a <= block.begins[0] < b for a, b in code)]
    blocks.sort(key=lambda block: block.begins[0])
    title = Kind.TITLE
    for index, block in enumerate(blocks):
        if block.level == 1 and block.kind in (Kind.HEADING, Kind.TITLE):
            blocks[index] = replace(block, kind=title)
            title = Kind.HEADING
    return tuple(blocks)


def _code_ranges(source: str) -> list[tuple[int, int]]:
    """Return the ranges between tags of Jekyll and Hugo that hold code."""
    ranges = []
    opened: dict[str, int] = {}
    for tag in _CODE_TAG.finditer(source):
        name = tag["jekyll"] or tag["hugo"]
        if not (tag["jekyll_end"] or tag["hugo_end"]):
            opened.setdefault(name, tag.end())
        elif name in opened:
            ranges.append((opened.pop(name), tag.start()))
    return ranges


def _values(source: str, keys: Iterator[re.Match[str]]) -> Iterator[FrontMatterValue]:
    for key in keys:
        at = key.end()
        plain = source[at] not in "\"'"
        value = (_PLAIN if plain else _DOUBLE_QUOTED if source[at] == '"' else _SINGLE_QUOTED).match(source, at)
        if not value or (plain and _CONTINUED.match(source, value.end())):
            continue
        text = TextMap()
        at, end = value.span(1)
        for escape in _STRING_ESCAPE.finditer(source, at, end) if not plain else ():
            if (escape[0] == "''") is (source[value.start()] == '"'):
                continue
            text.add(source[at : escape.start()], at)
            code = escape[1] or escape[2] or escape[3]
            char = chr(int(code, 16) % 0x110000) if code else _ESCAPED_CHARS.get(escape[0][1], escape[0][1])
            text.put(char, *escape.span())
            at = escape.end()
        text.add(source[at:end], at)
        block = text.block(Kind.ATTRIBUTE, *value.span())
        if block:
            yield FrontMatterValue(**_fields(block))


def key_of(source: str, value: FrontMatterValue) -> str:
    """Return the key of a value in the front matter, in lower case."""
    line = max(source.rfind("\n", 0, value.start), source.rfind("\r", 0, value.start)) + 1
    return source[line : value.start].rstrip(" \t:=").lower()


def scalar(source: str, value: FrontMatterValue, text: str) -> str:
    """Return `text` as a scalar to replace a value of the front matter: in its style if that can express it."""
    quote = source[value.start]
    toml = source.startswith("+++")
    if quote == "'" and not (toml and "'" in text):
        return f"'{text}'" if toml else "'" + text.replace("'", "''") + "'"
    if quote not in "\"'" and not _NOT_PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def link_title(source: str, block: LinkTitle, text: str) -> str:
    """Return `text` as it is to be written for the title of a link, between the marks that are there."""
    close = source[block.end : block.end + 1]
    return re.sub(rf"[\\&<`|{re.escape('()' if close == ')' else close)}]", r"\\\g<0>", text)


def escape(text: str, *, leading: bool = True, cell: bool = False) -> str:
    """Return plain text in Markdown, where what would be markup is escaped; nothing in a URL is touched.

    Args:
        text: One line of text.
        leading: The text may stand at the start of a line, where "- " begins a list.
        cell: The text stands in a table, whose cells end at "|".

    """
    marks: set[int] = set()
    addresses: set[int] = set()
    for match in _SPECIAL.finditer(text):
        at = match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        spaced = before.isspace() and after.isspace()
        inside = match[0] == "_" and before.isalnum() and after.isalnum()
        if match["url"]:
            addresses.update(range(*match.span()))
        elif not (match[0] in "*_" and (spaced or inside)):
            marks.add(at)
    brackets = {at for at, char in enumerate(text) if char in "[]"} - addresses
    if brackets & marks or not _are_paired("".join(text[at] for at in sorted(brackets))):
        marks |= brackets  # one alone would end the text of a link around it
    if cell:
        marks.update(at for at, char in enumerate(text) if char == "|")
    if leading and (number := _NUMBERED.match(text)):
        marks.add(number.end())
    elif leading and _LEADING.match(text):
        marks.add(0)
    if cell and text.endswith("\\"):
        return escape(text[:-1], leading=leading, cell=True) + "&#92;"  # the pipe behind it would be text
    return "".join(_escaped(char) if at in marks else char for at, char in enumerate(text)) if marks else text


def _escaped(char: str) -> str:
    # A backslash doesn't keep a backtick from ending a code span that another one has begun.
    return "&#96;" if char == "`" else "\\" + char


def _are_paired(brackets: str) -> bool:
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            return False
    return depth == 0


def joined(pieces: Sequence[tuple[str, InlineCode | None]], before: str, after: str) -> str:
    """Return text and inline codes in a row, with HTML tags for emphasis that its marks can't express there.

    What stands next to asterisks decides whether they are marks: `**(a)**b` is none (CommonMark 0.31, 6.2).

    Args:
        pieces: Text, escaped, with None; codes as they are to be written.
        before: The character before the first piece, or "".
        after: The character after the last piece, or "".

    """
    texts = [before or " ", *(text for text, _ in pieces), after or " "]
    closed = {code.pair for _, code in pieces if code and code.kind == "close"}
    opened = {code.pair for _, code in pieces if code and code.kind == "open"}
    wrong = set()
    for place, (text, code) in enumerate(pieces, 1):
        if code and text in _EMPHASIS and code.pair in opened & closed:
            left = next((t for t in reversed(texts[:place]) if t.strip(text[0])), " ")[-1]
            right = next((t for t in texts[place + 1 :] if t.strip(text[0])), " ")[0]
            if not _is_delimiter(text, left, right, opening=code.kind == "open"):
                wrong.add(code.pair)
    return "".join(
        f"<{'/' if code.kind == 'close' else ''}{_EMPHASIS[text]}>" if code and code.pair in wrong else text
        for text, code in pieces
    )


def _is_delimiter(mark: str, left: str, right: str, *, opening: bool) -> bool:
    if not opening:
        left, right = right, left
    outer_word = left.isalnum()
    flanks = not right.isspace() and (right.isalnum() or not outer_word)
    return flanks and not (mark[0] == "_" and outer_word)


@dataclass(frozen=True, slots=True)
class _Content:
    """What a leaf block holds without the marks of the containers around it: text[i] is source[at[i]:to[i]]."""

    text: str
    at: Sequence[int]
    to: Sequence[int]

    def begin(self, offset: int) -> int:
        return self.at[offset] if offset < len(self.at) else self.end(offset)

    def end(self, offset: int) -> int:
        return self.to[offset - 1] if offset else self.at[0]

    def part(self, begin: int, end: int) -> _Content:
        return _Content(self.text[begin:end], self.at[begin:end], self.to[begin:end])


@dataclass(slots=True)
class _Container:
    """A list item, a block quotation or a footnote."""

    kind: Kind
    first: int  # blocks that were found before it
    level: int = 0
    ordered: bool = False
    used: bool = False  # an item that has its bullet, a footnote that has its mark
    note: Token | None = None  # where a footnote opens


@dataclass(slots=True)
class _Reader:
    source: str
    body: int  # where the front matter ends
    blocks: list[Block] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)  # from the body on, without the line ends
    containers: list[_Container] = field(default_factory=list)
    lists: list[bool] = field(default_factory=list)  # of each open list, whether it is numbered

    def read(self) -> None:
        begin = self.body
        for match in _LINE_END.finditer(self.source, self.body):
            self.lines.append((begin, match.start()))
            begin = match.end()
        self.lines.append((begin, len(self.source)))
        tokens = _parser().parse(self.source[self.body :])
        row: list[Token] | None = None
        for index, token in enumerate(tokens):
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self.lists.append(token.type == "ordered_list_open")
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    item = _Container(Kind.BULLET, len(self.blocks), len(self.lists), self.lists[-1])
                    self.containers.append(item)
                case "blockquote_open":
                    self.containers.append(_Container(Kind.QUOTE, len(self.blocks)))
                case "footnote_open":
                    self.containers.append(_Container(Kind.PARAGRAPH, len(self.blocks), note=token))
                case "list_item_close" | "footnote_close":
                    self.containers.pop()
                case "blockquote_close":
                    if len(self.blocks) - self.containers.pop().first > 1:
                        self.blocks[-1] = html.attribution(self.blocks[-2], self.blocks[-1])
                case "tr_open":
                    row = []
                case "inline" if row is not None:
                    row.append(token)
                case "tr_close":
                    self._row(row or [])
                    row = None
                case "heading_open":
                    self._heading(token, tokens[index + 1])
                case "paragraph_open":
                    self._paragraph(tokens[index + 1])
                case "html_block":
                    content = self._content(token)
                    if content:
                        self.blocks += [_moved(block, content) for block in html.read_html(content.text)]

    def _heading(self, opening: Token, token: Token) -> None:
        content = self._heading_content(opening, token) if opening.markup[0] == "#" else self._content(token)
        if content and opening.map:
            start, end = self.lines[opening.map[0]][0], self.lines[opening.map[1] - 1][1]
            self._leaf(token, content, Kind.HEADING, start, end, level=int(opening.tag[1]))

    def _paragraph(self, token: Token) -> None:
        content = self._content(token)
        if not content:
            return
        start, end = self._line(content.at[0])[0], self._line(content.to[-1])[1]
        container = self.containers[-1] if self.containers else None
        if container and container.kind is Kind.QUOTE:
            self._quotation(token, content, start, end)
        elif container and container.note:
            note = container.note if not container.used else None
            container.used = True
            if note and note.map:
                start = self.lines[note.map[0]][0]
            self._leaf(token, content, Kind.PARAGRAPH, start, end, note=note)
        elif container and not container.used:
            container.used = True
            level, ordered = container.level, container.ordered
            self._leaf(token, content, Kind.BULLET, start, end, level=level, ordered=ordered)
        else:
            self._leaf(token, content, Kind.PARAGRAPH, start, end)

    def _quotation(self, token: Token, content: _Content, start: int, end: int) -> None:
        """Read a paragraph of a quotation, whose last line may say who speaks."""
        children = token.children or []
        last = depth = 0
        for index, child in enumerate(children):
            depth += child.nesting
            if child.type in ("softbreak", "hardbreak"):
                last = index if not depth else 0
        if last and not content.text.startswith(_DASHES):
            break_begin, line = children[last].meta["span"]
            if content.text.startswith(_DASHES, line) and len(content.text) - line <= html.LONGEST_ATTRIBUTION:
                token.children = children[:last]
                self._leaf(token, content, Kind.QUOTE, start, content.begin(break_begin))
                token.children = children[last + 1 :]
                start = self._line(content.begin(line))[0]
                self._leaf(token, content, Kind.ATTRIBUTION, start, end, cursor=line)
                return
        self._leaf(token, content, Kind.QUOTE, start, end)

    def _row(self, cells: Sequence[Token]) -> None:
        if not cells or not cells[0].map:
            return
        begin, end = self.lines[cells[0].map[0]]
        contents = _cells(self.source[begin:end], begin, [cell.content for cell in cells])
        for cell, content in zip(cells, contents, strict=False):
            if content.text:
                self._leaf(cell, content, Kind.CELL, content.at[0], content.to[-1])

    def _leaf(
        self,
        token: Token,
        content: _Content,
        kind: Kind,
        start: int,
        end: int,
        *,
        level: int = 0,
        ordered: bool = False,
        cursor: int = 0,
        note: Token | None = None,
    ) -> None:
        inline = _Inline(content, cursor)
        mark = self.source.find(note.markup, start, content.at[0]) if note else -1
        if note and mark >= 0:
            inline.run.whole(mark, mark + len(note.markup), "note", note.info)
        inline.read(token.children or [])
        block = inline.run.block(kind, start, end, level=level, ordered=ordered)
        if block:
            self.blocks.append(block)
        self.blocks += inline.attributes

    def _line(self, offset: int) -> tuple[int, int]:
        """Return the line in which a character of the source stands."""
        return self.lines[bisect_right(self.lines, offset, key=lambda line: line[0]) - 1]

    def _content(self, token: Token) -> _Content | None:
        """Find the lines of a token's content in the source: each is the end of its line, apart from spaces."""
        if not token.map or not token.content:
            return None
        at: list[int] = []
        to: list[int] = []
        size = 0
        for number, line in enumerate(token.content.split("\n"), token.map[0]):
            if number == len(self.lines):
                break
            begin, end = self.lines[number]
            raw = self.source[begin:end].replace("\0", "\ufffd")
            words = line.strip(_WHITE)
            place = raw.rfind(words) if words else len(raw)
            if place < 0:
                return None
            place += begin
            if number > token.map[0]:
                at.append(self.lines[number - 1][1])
                to.append(place)
                size += 1
            lead = len(line) - len(line.lstrip(_WHITE)) if words else 0
            for offset in range(place - lead, place - lead + len(line)):
                at.append(min(max(offset, place), end))
                to.append(min(max(offset + 1, place), end))
            size += len(line)
        return _Content(token.content[:size], at, to)

    def _heading_content(self, opening: Token, token: Token) -> _Content | None:
        if not opening.map or not token.content:
            return None
        begin, end = self.lines[opening.map[0]]
        raw = self.source[begin:end].replace("\0", "\ufffd")
        place = raw.find(token.content, raw.find(opening.markup) + len(opening.markup))
        if place < 0:
            return None
        places = range(begin + place, begin + place + len(token.content) + 1)
        return _Content(token.content, places[:-1], places[1:])


def _cells(line: str, begin: int, contents: Sequence[str]) -> list[_Content]:
    """Find the cells of a table's row in its line, which may start with the marks of containers."""
    line = line.replace("\0", "\ufffd").rstrip(_WHITE)
    at = len(line) - len(line.lstrip(_WHITE))
    while True:
        cells = _split(line, at, begin)
        places = [cell.text.find(content) for cell, content in zip(cells, contents, strict=False)]
        if all(place >= 0 for place in places) and not any(contents[len(cells) :]):
            return [
                cell.part(place, place + len(content))
                for cell, place, content in zip(cells, places, contents, strict=False)
            ]
        mark = _CONTAINER_MARK.match(line, at)
        if not mark:
            return []
        at = mark.end()


def _split(line: str, at: int, begin: int) -> list[_Content]:
    """Split a row at its pipes, as the GFM specification says; a backslash before a pipe makes it text."""
    cells: list[_Content] = []
    text: list[str] = []
    start: list[int] = []
    stop: list[int] = []
    for offset in range(at, len(line) + 1):
        char = line[offset : offset + 1]
        if char == "|" and text and text[-1] == "\\":
            text[-1] = "|"
            stop[-1] = begin + offset + 1
        elif char in ("|", ""):
            cells.append(_Content("".join(text), start, stop))
            text, start, stop = [], [], []
        else:
            text.append(char)
            start.append(begin + offset)
            stop.append(begin + offset + 1)
    if not cells[0].text:
        del cells[0]
    if cells and not cells[-1].text:
        del cells[-1]
    return cells


@dataclass(slots=True)
class _Inline:
    """The inline content of a leaf block in the making."""

    content: _Content
    cursor: int = 0  # in the content
    run: Run = field(default_factory=Run)
    attributes: list[Block] = field(default_factory=list)

    def read(self, children: Sequence[Token]) -> None:
        content, run = self.content, self.run
        links: list[int] = []  # the ends of the open links
        shields: list[tuple[str, int]] = []  # open HTML elements with foreign text: name, where it begins
        autolink = False
        for token in children:
            if autolink:
                autolink = token.type != "link_close"
                continue
            here = content.begin(self.cursor)
            begin, end = token.meta.get("span", (self.cursor, self.cursor))
            match token.type:
                case "text":
                    end = self._text(token.content)
                case "text_special":
                    end = self.cursor + len(token.markup)
                    for char in token.content:
                        if char not in html.INVISIBLE:
                            run.put(char, here, content.end(end))
                            here = content.end(end)
                case "softbreak":
                    run.put(" ", here, content.end(end))
                case "hardbreak":
                    run.line_break(here, content.end(end))
                case "em_open" | "strong_open" | "s_open":
                    end = self.cursor + len(token.markup)
                    run.open(f"/{token.tag}", here, content.end(end), html.ROLES.get(token.tag, "other"))
                case "em_close" | "strong_close" | "s_close":
                    end = self.cursor + len(token.markup)
                    run.close(f"/{token.tag}", here, content.end(end))
                case "link_open" if token.markup == "autolink":
                    self._literal("/a", "link", begin, begin + 1, end - 1, end, str(token.attrs["href"]))
                    autolink = True
                case "link_open":
                    links.append(end)
                    end = begin + 1
                    run.open("/a", here, content.end(end), "link", str(token.attrs["href"]))
                case "link_close":
                    end = links.pop()
                    self._title(self.cursor, end)
                    run.close("/a", here, content.end(end))
                case "code_inline":
                    first, last = begin + len(token.markup), end - len(token.markup)
                    if len(token.content) < last - first:
                        first, last = first + 1, last - 1
                    self._literal("/code", "code", begin, first, last, end)
                case "image":
                    self._image(token, begin)
                    self._title(begin + 2 + len(token.content), end)
                    run.whole(here, content.end(end))
                case "html_inline":
                    self._tag(begin, end, shields)
                case "skeleton":
                    run.whole(here, content.end(end), "note" if token.info else "other", token.info)
                case "raised":
                    run.raised(token.meta["raised"], here, content.end(end))
            self.cursor = end

    def _text(self, text: str) -> int:
        begin = max(self.content.text.find(text, self.cursor), self.cursor)
        for offset, char in enumerate(text, begin):
            if char not in html.INVISIBLE:
                self.run.put(char, self.content.begin(offset), self.content.end(offset + 1))
        return begin + len(text)

    def _literal(self, name: str, role: html.Role, begin: int, first: int, last: int, end: int, href: str = "") -> None:
        """Add text in which nothing is markup, between an opening and a closing code."""
        self.run.open(name, self.content.begin(begin), self.content.end(first), role, href)
        size = len(self.run)
        for offset in range(first, last):
            char = self.content.text[offset]
            self.run.put(char, self.content.begin(offset), self.content.end(offset + 1))
        self.run.protect(size)
        self.run.close(name, self.content.begin(last), self.content.end(end))

    def _image(self, token: Token, begin: int) -> None:
        alternative = self.content.part(begin + 2, begin + 2 + len(token.content))
        if not token.content:
            return
        inline = _Inline(alternative)
        inline.read(token.children or [])
        block = inline.run.block(Kind.ATTRIBUTE, alternative.at[0], alternative.to[-1])
        if block:
            self.attributes.append(block)

    def _title(self, begin: int, end: int) -> None:
        """Read the title in content.text[begin:end], which ends a link or an image; not one with escapes in it."""
        found = _LINK_TITLE.search(self.content.text, begin, end)
        if found:
            group = found.lastgroup or ""
            text = TextMap()
            for offset in range(*found.span(group)):
                text.put(self.content.text[offset], self.content.begin(offset), self.content.end(offset + 1))
            block = text.block(Kind.ATTRIBUTE, text.begins[0], text.ends[-1]) if text.text else None
            if block:
                self.attributes.append(LinkTitle(**_fields(block)))

    def _tag(self, begin: int, end: int, shields: list[tuple[str, int]]) -> None:
        content = self.content.part(begin, end)
        tag = next(html.tokens(content.text))
        place = content.at[0], content.to[-1]
        if tag.name == "br":
            self.run.line_break(*place)
        elif tag.name == "q" and not shields and not (tag.kind == "start" and html.is_protected(content.text, tag)):
            self.run.quote(*place, opening=tag.kind == "start")
        elif tag.kind == "end":
            if shields and shields[-1][0] == tag.name:
                self.run.protect(shields.pop()[1])
            self.run.close(tag.name, *place)
        elif tag.kind != "start" or html.is_void(tag.name):
            self.run.whole(*place)
        else:
            if html.is_protected(content.text, tag):
                shields.append((tag.name, len(self.run)))
            self.run.open(tag.name, *place, *html.role(content.text, tag))
        if tag.kind == "start":
            self.attributes += [_moved(block, content) for block in html.attribute_blocks(content.text, tag)]


def _moved(block: Block, content: _Content) -> HtmlBlock:
    """Return a block that was read in the content with its places in the source."""
    ends = tuple(content.end(end) for end in block.ends)
    moved = replace(
        block,
        start=content.begin(block.start),
        end=content.end(block.end),
        begins=tuple(min(content.begin(begin), end) for begin, end in zip(block.begins, ends, strict=True)),
        ends=ends,
        codes=tuple(replace(code, begin=content.begin(code.begin), end=content.end(code.end)) for code in block.codes),
    )
    return HtmlBlock(**_fields(moved))


def _fields(block: Block) -> dict[str, Any]:
    return {item.name: getattr(block, item.name) for item in fields(block)}


@cache
def _parser() -> MarkdownIt:
    """Return a CommonMark parser that says of inline markup where it stands in the content: `meta["span"]`."""
    from markdown_it import MarkdownIt, rules_inline

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    parser.core.ruler.disable("text_join")  # else escapes and entities lose how they were written
    inline = parser.inline.ruler
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    inline.before("escape", "skeleton", _spanned(_skeleton))
    inline.at("newline", _spanned(rules_inline.newline))
    inline.at("escape", _spanned(rules_inline.escape))
    inline.at("backticks", _spanned(rules_inline.backtick))
    inline.at("link", _spanned(rules_inline.link))
    inline.at("image", _spanned(rules_inline.image))
    inline.at("autolink", _spanned(rules_inline.autolink))
    inline.at("html_inline", _spanned(rules_inline.html_inline))
    inline.before("html_inline", "raised", _spanned(_raised))
    return parser


def _spanned(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Return an inline rule that notes on its tokens from where to where it has read."""

    def spanned(state: StateInline, silent: bool) -> bool:
        begin, size = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            for token in state.tokens[size:]:
                token.meta.setdefault("span", (begin, state.pos))
        return found

    return spanned


def _skeleton(state: StateInline, silent: bool) -> bool:
    """Read markup that CommonMark takes for text, or for a link."""
    match = note = None
    if state.src[state.pos] == "{":
        match = _SHORTCODE.match(state.src, state.pos) or _ATTRIBUTE_LIST.match(state.src, state.pos)
    elif state.src[state.pos] == "[":
        match = _MARK.match(state.src) if not state.pos else None
        match = match or (note := _FOOTNOTE.match(state.src, state.pos))
    if not match or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("skeleton", "", 0)
        token.info = note[1] if note else ""
    state.pos = match.end()
    return True


def _raised(state: StateInline, silent: bool) -> bool:
    """Read an HTML element that is one as a whole: the mark of a footnote, 1<sup>er</sup>, m<sup>2</sup>."""
    if not _RAISED.match(state.src, state.pos):
        return False
    part = state.src[state.pos : min(state.posMax, state.pos + _LONGEST_RAISED)]
    tokens = list(html.tokens(part))
    found = raised(part, tokens, 0, state.src[: state.pos][-html.TAIL :])
    if found is None:
        return False
    if not silent:
        state.push("raised", "", 0).meta["raised"] = found
    state.pos += tokens[found.last].end
    return True


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the text of a footnote: it is a container that goes on in what is indented by four characters."""
    begin = state.bMarks[start] + state.tShift[start]
    mark = _DEFINITION.match(state.src, begin, state.eMarks[start])
    if not mark or state.is_code_block(start):
        return False
    if silent:
        return True
    opening = state.push("footnote_open", "", 1)
    opening.markup, opening.info, opening.map = mark[0].rstrip(), mark[1], [start, start + 1]
    before = state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType
    state.bMarks[start], state.tShift[start] = mark.end(), 0
    state.blkIndent += _NOTE_INDENT
    state.sCount[start] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start, end)
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = before
    state.blkIndent -= _NOTE_INDENT
    state.push("footnote_close", "", -1)
    return True
