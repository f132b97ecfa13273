"""Writes an article in another format than its own, or the article of an HTML page as a document by itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import PurePath
from typing import Protocol
from urllib.parse import quote

from dragoman.article import markdown
from dragoman.article.html import tokens
from dragoman.article.markdown import FrontMatterValue, HtmlBlock
from dragoman.article.model import Article, Block, Format, InlineCode, Kind, Target, codes_of

_DASHES = ("–", "—", "―", "-")
_NUMBER = re.compile(r"(\d{1,9})[.)]\W*\Z")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SAFE_SCHEMES = ("http:", "https:", "mailto:")
_HREF = "!#$%&'*+,-./:;=?@_~"  # what may stand in the target of a link in Markdown as it is
_TAGS = {"strong": "strong", "emphasis": "em", "code": "code", "link": "a"}
_BULLET = "• "
_STYLE = """\
body { margin: 2rem auto; padding: 0 1rem; max-width: 42rem; background: #fffdf8; color: #1a1a1a;
  font: 1.125rem/1.6 Georgia, "Times New Roman", serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; margin: 2rem 0 .75rem; }
h1 { font-size: 2.2rem; margin-top: 0; }
a { color: #0b4f8a; }
blockquote { margin: 1.5rem 0; padding-left: 1.25rem; border-left: 4px solid #b8b2a6; font-style: italic; }
blockquote footer { font-style: normal; }
.byline, .dateline, .breadcrumb, figcaption, blockquote footer { color: #5c574e; font-size: .9rem; }
figure { margin: 1.5rem 0; }
table { border-collapse: collapse; margin: 1.5rem 0; }
td, th { border: 1px solid #b8b2a6; padding: .3rem .6rem; text-align: left; }
code { font-size: .9em; overflow-wrap: anywhere; }"""


def convert(article: Article, targets: Mapping[int, Sequence[Target]], to: Format) -> str:
    """Return the article as a text, a Markdown document or an HTML page.

    Only what is part of the article is written: no boilerplate, no attributes; of its inline markup, emphasis, links
    (to http, https, mailto and relative addresses), code, line breaks and marks of footnotes. Text and Markdown can't
    hold all of it.

    Args:
        article: As it was read.
        targets: For the index of a block, its targets in the order of their ranges, which do not overlap. What no
            target covers is written in the source's words.
        to: The format to write.

    """
    passages = [
        _passage(article, block, targets.get(index, ()))
        for index, block in enumerate(article.blocks)
        if not block.boilerplate and block.kind is not Kind.ATTRIBUTE
    ]
    titles = [passage for passage in passages if passage.block.kind is Kind.TITLE]
    if not titles:
        for index, block in enumerate(article.blocks):
            if isinstance(block, FrontMatterValue) and markdown.key_of(article.source, block) == "title":
                titles = [_passage(article, replace(block, kind=Kind.TITLE), targets.get(index, ()))]
                passages = [*titles, *passages]
                break
    groups = list(_groups(article, passages))
    notes = _notes(passages)
    if to is Format.TEXT:
        return "\n\n".join(map(_text, groups)) + "\n"
    if to is Format.MARKDOWN:
        return "\n\n".join(_markdown(group, notes) for group in groups) + "\n"
    headings = [passage for passage in passages if passage.block.kind is Kind.HEADING]
    title = (titles or headings)[0].text if titles or headings else PurePath(article.name).stem
    return _page(title, [_html(group) for group in groups])


@dataclass(frozen=True, slots=True)
class _Passage:
    """A block's text as it is to be read, with its inline codes at their offsets in it, in their order."""

    block: Block
    text: str
    codes: tuple[tuple[int, InlineCode], ...] = ()
    number: int | None = None  # of an item, as it stands in the source


@dataclass(slots=True)
class _Cell:
    header: bool = False
    passages: list[_Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Group:
    """What belongs together in the article: a list, a table, a quotation with its attribution, or one passage."""

    kind: Kind
    passages: Sequence[_Passage]
    rows: Sequence[Sequence[_Cell]] = ()


def _passage(article: Article, block: Block, targets: Sequence[Target]) -> _Passage:
    moved = {code.begin for target in targets for code in codes_of(block, target.start, target.end)}
    staying = [code for code in block.codes if code.begin not in moved]
    text = ""
    codes: list[tuple[int, InlineCode]] = []
    at = index = 0
    for target in (*targets, Target(len(block.text), len(block.text), "")):
        while index < len(staying) and staying[index].at <= target.start:
            codes.append((len(text) + max(staying[index].at - at, 0), staying[index]))
            index += 1
        text += block.text[at : target.start]
        codes += ((len(text) + offset, code) for offset, code in target.codes)
        text += target.text
        at = target.end
    number = _NUMBER.search(article.source, block.start, block.begins[0])
    return _Passage(block, text, tuple(codes), int(number[1]) if number and block.ordered else None)


def _notes(passages: Sequence[_Passage]) -> frozenset[str]:
    """Return the labels of the footnotes that have both a mark in the text and a passage that begins with it."""
    marks = [(code.label, at) for passage in passages for at, code in passage.codes if code.role == "note"]
    defined = [label for label, at in marks if not at]
    called = {label for label, at in marks if at}
    return frozenset(label for label in defined if label in called and defined.count(label) == 1 and label.isalnum())


def _noted(passage: _Passage) -> tuple[str, _Passage]:
    """Return the label of the footnote that the passage is the text of, or "", and the passage without it."""
    if passage.codes and passage.codes[0][1].role == "note" and not passage.codes[0][0]:
        return passage.codes[0][1].label, replace(passage, codes=passage.codes[1:])
    return "", passage


def _plain(passage: _Passage) -> str:
    """Return a passage as plain text, the marks of footnotes in brackets."""
    label, passage = _noted(passage)
    notes = [(at, code.label) for at, code in passage.codes if code.role == "note"]
    ends = [*(at for at, _ in notes), len(passage.text)]
    pieces = [f"[{label}] " if label else "", passage.text[: ends[0]]]
    for (at, mark), end in zip(notes, ends[1:], strict=True):
        pieces += f"[{mark}]", passage.text[at:end]
    return "".join(pieces)


def _groups(article: Article, passages: Sequence[_Passage]) -> Iterator[_Group]:
    def kind_of(passage: _Passage) -> Kind:
        return Kind.QUOTE if passage.block.kind is Kind.ATTRIBUTION else passage.block.kind

    for kind, run in groupby(passages, key=kind_of):
        members = list(run)
        if kind is Kind.CELL:
            yield from _tables(article, members)
        elif kind is Kind.QUOTE:
            yield from _quotations(article, members)
        elif kind is Kind.BULLET:
            yield _Group(kind, members)
        else:
            yield from (_Group(kind, [member]) for member in members)


def _quotations(article: Article, passages: Sequence[_Passage]) -> Iterator[_Group]:
    members: list[_Passage] = []
    for passage in passages:
        if members:
            last = members[-1].block
            between = article.source[last.ends[-1] : passage.block.begins[0]].lower()
            ends = last.kind is Kind.ATTRIBUTION or "</blockquote" in between
            if article.format is Format.MARKDOWN:
                ends = ends or re.search(r"(?:\n|\r\n?)[ \t]*(?:\n|\r\n?)", between) is not None
            if ends:
                yield _Group(Kind.QUOTE, members)
                members = []
        members.append(passage)
    yield _Group(Kind.QUOTE, members)


def _tables(article: Article, passages: Sequence[_Passage]) -> Iterator[_Group]:
    """Tell tables, rows and cells apart by what stands between the cells' texts in the source."""
    blocks = [block for block in article.blocks if block.kind is not Kind.ATTRIBUTE]
    first = next(index for index, block in enumerate(blocks) if block is passages[0].block)
    last = blocks[first - 1].ends[-1] if first else 0
    rows: list[list[_Cell]] = [[]]
    for passage in passages:
        between = article.source[last : passage.block.begins[0]]
        is_html = article.format is Format.HTML or isinstance(passage.block, HtmlBlock)
        for mark in _html_marks(between) if is_html else _line_marks(between):
            if mark == "table":
                yield from _table(rows)
                rows = [[]]
            elif mark == "tr":
                rows.append([])
            else:
                rows[-1].append(_Cell(mark == "th" or (not is_html and not any(rows[:-1]))))
        if not rows[-1]:
            rows[-1].append(_Cell())
        rows[-1][-1].passages.append(passage)
        last = passage.block.ends[-1]
    yield from _table(rows)


def _table(rows: Sequence[Sequence[_Cell]]) -> Iterator[_Group]:
    passages = [passage for row in rows for cell in row for passage in cell.passages]
    if passages:
        yield _Group(Kind.CELL, passages, [row for row in rows if row])


def _html_marks(between: str) -> Iterator[str]:
    for token in tokens(between):
        if token.kind == "start" and token.name in ("table", "tr", "td", "th"):
            yield token.name


def _line_marks(between: str) -> Iterator[str]:
    """Yield the marks in Markdown as if they were HTML's: a row is a line, and a pipe begins a cell."""
    lines = re.split(r"\r\n?|\n", between)
    if any(not line.strip(" \t>") for line in lines[1:-1]):
        yield "table"
    if len(lines) > 1:
        yield "tr"
    pipes = len(re.findall(r"(?<!\\)\|", lines[-1]))
    if len(lines) > 1 and not re.match(r"[ \t>]*\|", lines[-1]):
        pipes += 1
    yield from ["td"] * max(pipes, 1)


def _numbered(passages: Sequence[_Passage]) -> Iterator[tuple[int, int | None, _Passage]]:
    """Yield items with their depth, from 0 and without leaps, and their number in a numbered list."""
    levels: list[int] = []
    numbers: list[int] = []  # of the last item in each open list
    for passage in passages:
        level = passage.block.level
        while levels and levels[-1] > level:
            levels.pop()
            numbers.pop()
        if not levels or levels[-1] < level:
            levels.append(level)
            numbers.append(0)
        numbers[-1] = max(passage.number or 0, numbers[-1] + 1) if passage.block.ordered else 0
        yield len(levels) - 1, numbers[-1] or None, passage


def _attributed(passage: _Passage) -> str:
    """Return what comes before the passage: a dash before the one who is quoted."""
    named = passage.block.kind is Kind.ATTRIBUTION and not passage.text.startswith(_DASHES)
    return "— " if named else ""


def _text(group: _Group) -> str:
    if group.kind is Kind.CELL:
        return "\n".join("\t".join(" ".join(map(_plain, cell.passages)) for cell in row) for row in group.rows)
    if group.kind is Kind.BULLET:
        return "\n".join(
            "  " * depth + (_BULLET if number is None else f"{number}. ") + _plain(passage)
            for depth, number, passage in _numbered(group.passages)
        )
    return "\n".join(_attributed(passage) + _plain(passage) for passage in group.passages)


def _markdown(group: _Group, notes: frozenset[str]) -> str:
    block = group.passages[0].block
    if group.kind is Kind.CELL:
        rows = [[" ".join(_marked(p, notes, cell=True) for p in cell.passages) for cell in row] for row in group.rows]
        width = max(map(len, rows))
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
    if group.kind is Kind.BULLET:
        items = []
        widths: list[int] = []  # how far the text of each open item is from the margin
        for depth, number, passage in _numbered(group.passages):
            mark = "- " if number is None else f"{number}. "
            del widths[depth:]
            indent = " " * (widths[-1] if widths else 0)
            widths.append(len(indent + mark))
            items.append(indent + mark + _marked(passage, notes).replace("\n", "\n" + " " * widths[-1]))
        return "\n".join(items)
    if group.kind is Kind.QUOTE:
        paragraphs = (_attributed(passage) + _marked(passage, notes) for passage in group.passages)
        return "> " + "\n\n".join(paragraphs).replace("\n", "\n> ").replace("\n> \n", "\n>\n")
    if group.kind in (Kind.TITLE, Kind.HEADING):
        return "#" * _level(block) + " " + _marked(group.passages[0], notes, cell=True)
    return _marked(group.passages[0], notes)


def _level(block: Block) -> int:
    return 1 if block.kind is Kind.TITLE else min(max(block.level, 2), 6)


def _marked(passage: _Passage, notes: frozenset[str], *, cell: bool = False) -> str:
    """Return a passage in Markdown, on one line if it is for a cell or a heading.

    Emphasis is in tags where the rules for asterisks don't allow it, as in the middle of a word before a bracket.
    """
    label, passage = _noted(passage)
    if label:
        mark = f"[^{label}]: " if label in notes and not cell else f"<sup>{markdown.escape(label)}</sup> "
        return mark + _marked(passage, notes, cell=cell)
    if not passage.codes:
        return markdown.escape(passage.text, cell=cell)
    line_break = "" if cell else "\\\n"
    marked = _inline(passage, _MarkdownWriter(notes, cell=cell, tags=False), line_break)
    if [block.text for block in markdown.read_markdown("a " + marked)] == ["a " + passage.text.strip()]:
        return marked
    return _inline(passage, _MarkdownWriter(notes, cell=cell, tags=True), line_break)


@dataclass(frozen=True, slots=True)
class _Span:
    """A range of a passage's text with markup."""

    start: int
    end: int
    role: str
    href: str


class _Writer(Protocol):
    """Writes text and the marks around it in a format."""

    def text(self, text: str, *, first: bool, code: bool) -> str: ...

    def marks(self, span: _Span, text: str) -> tuple[str, str]: ...

    def note(self, label: str) -> str: ...


def _spans(passage: _Passage) -> Iterator[_Span]:
    """Yield the ranges with markup in the order in which they open; each one is within those that are still open."""
    opened: dict[int, tuple[int, InlineCode]] = {}
    found = []
    for at, code in passage.codes:
        if code.kind == "open" and code.role in _TAGS:
            opened[code.pair] = at, code
        elif code.kind == "close" and code.pair in opened:
            start, opening = opened.pop(code.pair)
            inside = passage.text[start:at]
            start, end = at - len(inside.lstrip()), start + len(inside.rstrip())
            href = opening.href.strip()
            if start < end and (opening.role != "link" or _is_safe(href)):
                found.append((start, -end, opening.begin, _Span(start, end, opening.role, href)))
    around: list[_Span] = []
    for *_, span in sorted(found, key=lambda item: item[:3]):
        while around and around[-1].end <= span.start:
            around.pop()
        if (around and around[-1].end < span.end) or any(other.role in (span.role, "code") for other in around):
            continue
        around.append(span)
        yield span


def _is_safe(href: str) -> bool:
    """Whether a link's target is relative, or has a scheme that only leads somewhere."""
    address = re.sub(r"[\0-\x20]", "", href)  # browsers ignore line breaks and tabs in it
    return bool(address) and (not _SCHEME.match(address) or address.lower().startswith(_SAFE_SCHEMES))


def _inline(passage: _Passage, writer: _Writer, line_break: str) -> str:
    spans = list(_spans(passage))
    literal = [span for span in spans if span.role == "code"]
    points = [
        (at, line_break if code.role == "break" else writer.note(code.label))
        for at, code in passage.codes
        if (code.role == "break" and line_break and 0 < at < len(passage.text)) or code.role == "note"
        if not any(s.start < at < s.end for s in literal)
    ]
    pieces: list[str] = []
    at = 0
    opened: list[tuple[_Span, str]] = []  # with the closing mark

    def write_to(end: int, *, inside: bool = False) -> None:
        nonlocal at
        while points and points[0][0] <= end - inside:
            place, written = points.pop(0)
            text = passage.text[at:place]
            add(text.rstrip() if written == line_break else text)
            pieces.append(written)
            at = place
        add(passage.text[at:end])
        at = end

    def add(text: str) -> None:
        code = bool(opened) and opened[-1][0].role == "code"
        if text:
            pieces.append(writer.text(text, first=not pieces or pieces[-1] == line_break, code=code))

    def close_to(end: int) -> None:
        while opened and opened[-1][0].end <= end:
            write_to(opened[-1][0].end, inside=True)
            pieces.append(opened.pop()[1])

    for span in spans:
        close_to(span.start)
        write_to(span.start)
        before, after = writer.marks(span, passage.text[span.start : span.end])
        if before == "[" and pieces and pieces[-1].endswith("!"):
            pieces[-1] = pieces[-1][:-1] + "\\!"  # else the link would be an image
        pieces.append(before)
        opened.append((span, after))
    close_to(len(passage.text))
    write_to(len(passage.text))
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class _MarkdownWriter:
    notes: frozenset[str]  # the labels of footnotes that have a text
    cell: bool
    tags: bool  # emphasis and code are written in HTML

    def text(self, text: str, *, first: bool, code: bool) -> str:
        if code and not self.tags:
            return text.replace("|", "\\|") if self.cell else text
        return markdown.escape(text, leading=first, cell=self.cell)

    def marks(self, span: _Span, text: str) -> tuple[str, str]:
        if span.role == "link":
            return "[", f"]({quote(span.href, safe=_HREF)})"
        if self.tags:
            return f"<{_TAGS[span.role]}>", f"</{_TAGS[span.role]}>"
        if span.role == "code":
            fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
            space = " " if text.startswith("`") or text.endswith("`") else ""
            return fence + space, space + fence
        mark = "**" if span.role == "strong" else "*"
        return mark, mark

    def note(self, label: str) -> str:
        return f"[^{label}]" if label in self.notes else f"<sup>{markdown.escape(label, leading=False)}</sup>"


@dataclass(frozen=True, slots=True)
class _HtmlWriter:
    def text(self, text: str, *, first: bool, code: bool) -> str:  # noqa: ARG002
        return html.escape(text, quote=False)

    def marks(self, span: _Span, text: str) -> tuple[str, str]:  # noqa: ARG002
        tag = _TAGS[span.role]
        href = f' href="{html.escape(span.href)}"' if span.role == "link" else ""
        return f"<{tag}{href}>", f"</{tag}>"

    def note(self, label: str) -> str:
        return f"<sup>{html.escape(label, quote=False)}</sup>"


def _tagged(passage: _Passage) -> str:
    label, passage = _noted(passage)
    mark = _HtmlWriter().note(label) + " " if label else ""
    return mark + _inline(passage, _HtmlWriter(), "<br>")


def _html(group: _Group) -> str:
    passage = group.passages[0]
    match group.kind:
        case Kind.CELL:
            return "\n".join(["<table>", *map(_html_row, group.rows), "</table>"])
        case Kind.BULLET:
            return _html_list(group.passages)
        case Kind.QUOTE:
            lines = []
            for passage in group.passages:
                tag = "footer" if passage.block.kind is Kind.ATTRIBUTION else "p"
                lines.append(f"<{tag}>{_attributed(passage)}{_tagged(passage)}</{tag}>")
            return "\n".join(["<blockquote>", *lines, "</blockquote>"])
        case Kind.TITLE | Kind.HEADING:
            level = _level(passage.block)
            return f"<h{level}>{_tagged(passage)}</h{level}>"
        case Kind.CAPTION:
            return f"<figure><figcaption>{_tagged(passage)}</figcaption></figure>"
        case Kind.BYLINE | Kind.DATELINE | Kind.BREADCRUMB:
            return f'<p class="{group.kind.name.lower()}">{_tagged(passage)}</p>'
        case _:
            return f"<p>{_tagged(passage)}</p>"


def _html_row(row: Sequence[_Cell]) -> str:
    cells = []
    for cell in row:
        tag = "th" if cell.header else "td"
        cells.append(f"<{tag}>{' '.join(map(_tagged, cell.passages))}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _html_list(passages: Sequence[_Passage]) -> str:
    lines: list[str] = []
    opened: list[tuple[str, int]] = []  # the lists with an open item: tag, number of the item
    for depth, number, passage in _numbered(passages):
        tag = "ol" if number else "ul"
        while len(opened) > depth + 1 or (len(opened) == depth + 1 and opened[-1][0] != tag):
            lines += "</li>", f"</{opened.pop()[0]}>"
        if len(opened) > depth:
            lines.append("</li>")
        else:
            lines.append(f"<{tag}>")
            opened.append((tag, 0))
        value = f' value="{number}"' if number and number != opened[-1][1] + 1 else ""
        opened[-1] = tag, number or 0
        lines.append(f"<li{value}>{_tagged(passage)}")
    for tag, _ in reversed(opened):
        lines += "</li>", f"</{tag}>"
    return "\n".join(lines).replace("\n</li>", "</li>")


def _page(title: str, parts: Sequence[str]) -> str:
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{html.escape(title, quote=False)}</title>",
            f"<style>\n{_STYLE}\n</style>",
            "</head>",
            "<body>",
            "<article>",
            *parts,
            "</article>",
            "</body>",
            "</html>",
            "",
        ]
    )
