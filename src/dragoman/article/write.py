"""Writes an article back in its own format: the skeleton as it was read, translations in their places."""

from __future__ import annotations

import html
import re
import textwrap
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from dragoman.article import markdown
from dragoman.article.html import french_marks
from dragoman.article.markdown import FrontMatterValue, HtmlBlock, LinkTitle
from dragoman.article.model import Article, Block, Format, InlineCode, Kind, Target, codes_of

Edit = tuple[int, int, str]  # source[begin:end] becomes the text

_WHITE = re.compile(r"\s*")
_LINE_BREAK = re.compile(r"[\r\n][ \t>]*\Z")
_Q = re.compile(r"</?q[\s>]", re.IGNORECASE)
_LINE_START = re.compile(r"[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)*")


def write(
    article: Article,
    targets: Mapping[int, Sequence[Target]],
    *,
    keep_boilerplate: bool = False,
    locale: str | None = None,
) -> str:
    """Return the article's source with the blocks' text replaced.

    Args:
        article: As it was read.
        targets: For the index of a block, its targets in the order of their ranges, which do not overlap. What no
            target covers is written back character by character, and so is a target whose text and codes are those
            of the source.
        keep_boilerplate: False leaves out the blocks that are not part of the article: of plain text with the gaps
            around them, of which the widest stays; else each with the white space after it, since other markup may
            follow.
        locale: What HTML is to say of the language of its text, where it says that it is French; None: nothing new.

    """
    source = article.source

    def edits_of(blocks: Sequence[tuple[int, Block]], raw: Callable[[int, int], str]) -> list[Edit]:
        return sorted(edit for index, block in blocks for edit in _edits(article, block, targets.get(index, ()), raw))

    kept = [(i, block) for i, block in enumerate(article.blocks) if keep_boilerplate or not block.boilerplate]
    # Attributes may lie inside the inline codes of another block, and move with them.
    attributes = edits_of([item for item in kept if item[1].kind is Kind.ATTRIBUTE], lambda a, b: source[a:b])
    if locale and article.format is Format.HTML:
        marks = ((a, b, locale[:2] if source[a:b].isalpha() else locale) for a, b in french_marks(source))
        attributes = sorted([*attributes, *marks])
    begins = [begin for begin, _, _ in attributes]

    def raw(begin: int, end: int) -> str:
        return _apply(source, begin, end, attributes[bisect_left(begins, begin) : bisect_left(begins, end)])

    edits = edits_of([item for item in kept if item[1].kind is not Kind.ATTRIBUTE], raw)
    if not keep_boilerplate:
        edits = sorted([*edits, *_omissions(article)])
    return _apply(source, 0, len(source), edits, raw)


def _omissions(article: Article) -> Iterator[Edit]:
    blocks = sorted((b for b in article.blocks if b.kind is not Kind.ATTRIBUTE), key=lambda block: block.start)
    if article.format is not Format.TEXT:
        for block in blocks:
            if block.boilerplate:
                space = _WHITE.match(article.source, block.end)
                yield block.start, space.end() if space else block.end, ""
        return
    # Of plain text, runs of blocks with the gaps around them; the widest gap takes their place.
    end = 0
    for is_left_out, run in groupby(blocks, key=lambda block: bool(block.boilerplate)):
        members = list(run)
        if not is_left_out:
            end = members[-1].end
            continue
        after = bisect_left(blocks, members[-1].end, key=lambda block: block.start)
        following = blocks[after].start if after < len(blocks) else len(article.source)
        edges = [end, *(place for block in members for place in (block.start, block.end)), following]
        gaps = [article.source[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
        if not end:
            yield members[0].start, following, ""
        elif after == len(blocks):
            yield end, following, "\r\n" if "\r\n" in gaps[0] else "\n"
        else:
            yield end, following, max(gaps, key=lambda gap: gap.count("\n"))


def _apply(
    source: str, begin: int, end: int, edits: Sequence[Edit], raw: Callable[[int, int], str] | None = None
) -> str:
    """Return source[begin:end] with the edits made, which are sorted; one inside another that came first is dropped.

    What stands between the edits comes from `raw`.
    """
    pieces: list[str] = []
    for start, stop, text in edits:
        if start < begin:
            continue
        pieces += raw(begin, start) if raw else source[begin:start], text
        begin = stop
    pieces.append(raw(begin, end) if raw else source[begin:end])
    return "".join(pieces)


def _edits(article: Article, block: Block, targets: Sequence[Target], raw: Callable[[int, int], str]) -> Iterator[Edit]:
    """Yield what is to be changed in the source for one block."""
    changed = [target for target in targets if not _is_unchanged(block, target)]
    if not changed:
        return
    # The tags of a <q> are written as quotation marks: both of them, although one may be in a sentence of its own.
    changed = [t for t in targets if not _is_unchanged(block, t) or _has_q(article.source, block, t)]
    if isinstance(block, FrontMatterValue):
        yield block.start, block.end, markdown.scalar(article.source, block, _text(block, targets))
        return
    if isinstance(block, LinkTitle):
        yield block.start, block.end, markdown.link_title(article.source, block, _text(block, targets))
        return
    # Lines broken inside a sentence have to be broken anew; where each sentence has its own, they stay.
    if any("\n" in article.source[block.begins[t.start] : block.ends[t.end - 1]] for t in targets):
        if article.format is Format.TEXT:
            yield block.begins[0], block.ends[-1], _wrapped(article.source, block, _text(block, targets))
            return
        if article.format is Format.MARKDOWN:
            yield from _joins(article.source, block, targets)
    links = _reference_ends(article, block)
    moved = [codes_of(block, target.start, target.end) for target in changed]
    taken = {code.begin for codes in moved for code in codes}
    reached = 0
    for target, codes in zip(changed, moved, strict=True):
        begin = max(reached, min([block.begins[target.start], *(code.begin for code in codes)]))
        end = max([block.ends[target.end - 1], *(code.end for code in codes)])
        # Of two codes at the same place, one may stay and the other move over it.
        left = [c for c in block.codes if begin <= c.begin and c.end <= end and c.begin not in taken]
        placed = [
            *((0, code) for code in left if code.at <= target.start),
            *target.codes,
            *((len(target.text), code) for code in left if code.at > target.start),
        ]
        written = [(at, code, links.pop(code.begin, "") or raw(code.begin, code.end)) for at, code in placed]
        text = _composed(article, block, target.text, written, begin, end, verbatim=_is_literal(article, block, target))
        if block.kind is Kind.ATTRIBUTE and _quote(article, block) == "":
            text = f'"{text}"'
        yield begin, end, text
        reached = end
    for begin, text in links.items():
        yield begin, begin + (1 if article.source[begin + 1 : begin + 3] != "[]" else 3), text


def _wrapped(source: str, block: Block, text: str) -> str:
    """Return the text in lines as long, and indented, as those of the block were."""
    lines = source[source.rfind("\n", 0, block.begins[0]) + 1 : block.ends[-1]].splitlines()
    first = block.begins[0] - source.rfind("\n", 0, block.begins[0]) - 1
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())]
    filled = textwrap.fill(
        text,
        width=max(map(len, lines)),
        initial_indent=" " * first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled[first:].replace("\n", "\r\n" if "\r\n" in source[block.start : block.end] else "\n")


def _joins(source: str, block: Block, targets: Sequence[Target]) -> Iterator[Edit]:
    """Yield the line breaks between sentences as spaces, since a translated sentence becomes one line."""
    for left, right in pairwise(targets):
        begin, end = block.ends[left.end - 1], block.begins[right.start]
        gap = source[begin:end]
        if "\n" in gap and not gap.strip(" \t\r\n>") and not any(begin <= c.begin < end for c in block.codes):
            yield begin, end, " "


def _is_unchanged(block: Block, target: Target) -> bool:
    return target.text == block.text[target.start : target.end] and all(
        at == code.at - target.start for at, code in target.codes
    )


def _has_q(source: str, block: Block, target: Target) -> bool:
    places = zip(block.begins[target.start : target.end], block.ends[target.start : target.end], strict=True)
    return any(_Q.match(source, begin, end) for begin, end in places if begin + 1 < end)


def _text(block: Block, targets: Sequence[Target]) -> str:
    """Return a block's text with the targets in their places."""
    pieces: list[str] = []
    at = 0
    for target in targets:
        pieces += block.text[at : target.start], target.text
        at = target.end
    return "".join([*pieces, block.text[at:]])


def _is_literal(article: Article, block: Block, target: Target) -> bool:
    """Whether a target starts between backticks, of which the opening ones don't move with it."""
    opened = {code.pair for code in block.codes if code.at <= target.start and article.source[code.begin] == "`"}
    moved = {code.pair for code in codes_of(block, target.start, target.end) if code.kind == "open"}
    return any(code.pair in opened - moved and code.kind == "close" and code.at > target.start for code in block.codes)


def _composed(
    article: Article,
    block: Block,
    text: str,
    codes: Sequence[tuple[int, InlineCode, str]],
    begin: int,
    end: int,
    *,
    verbatim: bool,
) -> str:
    """Return escaped text with inline codes at their offsets, to stand in place of source[begin:end].

    Markdown reads no escapes between backticks: there the text is written verbatim.
    """
    if article.format is not Format.MARKDOWN or isinstance(block, HtmlBlock):
        quote = _quote(article, block) if block.kind is Kind.ATTRIBUTE else None
        return "".join(part if code else _html(article, block, part, quote) for part, code in _parts(text, codes))
    cell = block.kind in (Kind.CELL, Kind.ATTRIBUTE)  # an image may stand in a table
    pieces: list[tuple[str, InlineCode | None]] = []
    for part, code in _parts(text, codes):
        before = pieces[-1][0] if pieces else ""
        if code:
            if part.startswith("[") and before.endswith("!"):
                pieces[-1] = before[:-1] + "\\!", None  # else the link would be an image
            verbatim = code.role == "code" and code.kind == "open" and part.startswith("`")
        elif verbatim:
            part = part.replace("|", "\\|") if cell else part
        else:
            leading = _LINE_BREAK.search(before) is not None if pieces else _starts_line(article.source, begin)
            part = markdown.escape(part, leading=leading, cell=cell)
        pieces.append((part, code))
    return markdown.joined(pieces, article.source[max(0, begin - 1) : begin], article.source[end : end + 1])


def _parts(text: str, codes: Sequence[tuple[int, InlineCode, str]]) -> Iterator[tuple[str, InlineCode | None]]:
    """Yield what is not empty of a text cut at its codes, and the codes as they are to be written."""
    at = 0
    for offset, code, written in codes:
        if at < offset:
            yield text[at:offset], None
        yield written, code
        at = offset
    if at < len(text):
        yield text[at:], None


def _html(article: Article, block: Block, text: str, quote: str | None) -> str:
    if article.format is Format.TEXT:
        return text
    text = html.escape(text, quote=False)
    if block.kind is Kind.ATTRIBUTE and article.format is Format.MARKDOWN:
        text = text.replace("|", "&#124;")  # the tag may stand in a table
    if quote == "'":
        return text.replace("'", "&#39;")
    return text if quote is None else text.replace('"', "&quot;")


def _quote(article: Article, block: Block) -> str | None:
    """Return the quotation mark around an HTML attribute's value, "" if there is none, None for other blocks."""
    if article.format is Format.HTML or isinstance(block, HtmlBlock):
        before = article.source[max(0, block.start - 100) : block.start]
        if before.rstrip().endswith("="):
            return ""
        if before.endswith(('"', "'")):
            return before[-1]
    return None


def _starts_line(source: str, begin: int) -> bool:
    """Whether only marks of quotations and list items stand before that place in its line."""
    nearby = max(0, begin - 200)
    line = max(source.rfind("\n", nearby, begin), source.rfind("\r", nearby, begin))
    if line < 0 < nearby:
        return False
    return _LINE_START.fullmatch(source, line + 1, begin) is not None


def _reference_ends(article: Article, block: Block) -> dict[int, str]:
    """Return what to write for "]" and "][]" where the text of a link in Markdown is its reference, too, by place."""
    source = article.source
    if article.format is not Format.MARKDOWN or isinstance(block, HtmlBlock):
        return {}
    places = []
    if block.kind is Kind.ATTRIBUTE:
        places.append((block.start, block.end, source[block.end : block.end + 3]))
    opened = {code.pair: code.end for code in block.codes if code.kind == "open" and code.role == "link"}
    for code in block.codes:
        if code.kind == "close" and code.pair in opened:
            places.append((opened[code.pair], code.begin, source[code.begin : code.end]))
    ends = {}
    for begin, end, close in places:
        if close in ("]", "][]") or (block.kind is Kind.ATTRIBUTE and close[:2] not in ("](", "][")):
            label = re.sub(r"[ \t]*[\r\n]+[ \t>]*", " ", source[begin:end])
            ends[end] = f"][{label}]"
    return ends
