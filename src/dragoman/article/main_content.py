"""Finds the article in an HTML page: trafilatura says what is text, and each block is matched with what it found."""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import unescape

from dragoman.article.classify import Line, Verdict, classify
from dragoman.article.html import tokens
from dragoman.article.lines import fold, is_prose, words
from dragoman.article.model import Block, Kind
from dragoman.article.text import mark_furniture, mark_quotes

OUTSIDE = "outside the main content"

_CONTAINERS = frozenset(
    """article aside body div dl fieldset figure footer form header main nav ol section table tbody td tr ul""".split()
)


def is_page(source: str) -> bool:
    """Return whether the HTML is a page of a site rather than a fragment, or an article that was exported alone.

    A page has a document around its text (a doctype, <html> or <body>), and in it navigation, scripts or forms.
    """
    head = source[:2000].lower()
    if not re.search(r"<!doctype html|<html[\s>]", head) and "<body" not in source.lower():
        return False
    return len(_SITE.findall(source)) >= 3


_SITE = re.compile(r"<(?:nav|header|footer|aside|form|script|iframe|button|input)\b", re.IGNORECASE)


def mark_main_content(source: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a page with those marked that are not part of the article, and with the kinds of the rest.

    trafilatura decides, and `classify` mends: it takes out widgets and teasers inside the main content, puts back what
    was lost between two kept blocks and below the title, and takes over where trafilatura finds nothing or next to
    nothing. Attributes go with the text around them; those in the page's <head> stay.

    Args:
        source: The HTML of the page.
        blocks: What `read_html` found in it.

    """
    places = [i for i, b in enumerate(blocks) if b.kind is not Kind.ATTRIBUTE and not _names_window(source, b)]
    if not places:
        return blocks
    texts = [blocks[i].text for i in places]
    depths = _depths(source, [blocks[i].begins[0] for i in places])
    bullets = [blocks[i].kind is Kind.BULLET for i in places]
    lines = [Line(text, 2 * depth, bullet) for text, depth, bullet in zip(texts, depths, bullets, strict=True)]
    matched = _aligned(texts, _extracted(source))
    title = _title([blocks[i] for i in places], _names(source), matched)
    verdict = classify(lines, title=title, page=True)
    kept = _kept(lines, verdict, matched)
    reasons = ["" if i in kept or i == verdict.title else reason or OUTSIDE for i, reason in enumerate(verdict.reasons)]
    kinds = _kinds(lines, [blocks[i].kind for i in places], replace(verdict, reasons=tuple(reasons)))
    marked = list(blocks)
    for i, kind, reason in zip(places, kinds, reasons, strict=True):
        level = marked[i].level if kind is marked[i].kind else 0
        marked[i] = replace(marked[i], kind=kind, level=level, boilerplate=reason)
    return _with_attributes(source, marked, has_title=verdict.title is not None)


def _kept(lines: Sequence[Line], verdict: Verdict, matched: frozenset[int]) -> frozenset[int]:
    """Return the lines that are part of the article by both judgements together."""
    usable = {i for i, reason in enumerate(verdict.reasons) if not reason}
    unsure = {i for i, reason in enumerate(verdict.reasons) if reason in ("menu", OUTSIDE)}
    found = matched & (usable | unsure)
    if not verdict.page:
        return frozenset(found or usable)
    if not found or _mass(lines, found) < _TOO_LITTLE * _mass(lines, usable):
        return frozenset(usable)
    head = min(found) if verdict.title is None else min(verdict.title, *found)
    return frozenset(found | {i for i in usable if head <= i <= max(found)})


_TOO_LITTLE = 0.3  # of the running text that the classifier finds


def _mass(lines: Sequence[Line], places: Iterable[int]) -> int:
    return sum(len(lines[i].text) for i in places if is_prose(lines[i].text))


def _names(source: str) -> tuple[str, ...]:
    """Return how the page names itself to browsers and to networks."""
    found = (unescape(match[1] or match[2] or match[3] or "") for match in _NAME_OF_PAGE.finditer(source))
    return tuple(name for name in (fold(text) for text in found) if name)


_NAME_OF_PAGE = re.compile(
    r"""<title\b[^>]{0,200}>([^<]{1,1000})|<meta\b(?=[^>]{0,300}\b(?:og|twitter):title\b)[^>]{0,300}\bcontent="""
    r"""(?:"([^"]{1,1000})"|'([^']{1,1000})')""",
    re.IGNORECASE,
)


def _title(blocks: Sequence[Block], names: Sequence[str], matched: frozenset[int]) -> int | None:
    """Return the index of the heading that the page is named after, or of its only <h1>; None if that is unclear."""
    headings = [i for i, block in enumerate(blocks) if block.kind is Kind.HEADING]
    named = [i for i in headings if any(_names_page(fold(blocks[i].text), name) for name in names)]
    first = [i for i in headings if blocks[i].level == 1]
    candidates = [i for i in named if i in first] or named or (first if len(first) == 1 else [])
    begin = min(matched, default=len(blocks))
    above = [i for i in candidates if i <= begin]
    return above[-1] if above else candidates[0] if candidates else None


def _names_page(heading: str, name: str) -> bool:
    """Return whether the heading is in the page's name, but for a word or two."""
    if heading in name:
        return len(heading) >= 0.4 * len(name) or name.startswith(heading)
    said = words(heading)
    return len(said) >= 4 and sum(word in words(name) for word in said) >= 0.8 * len(said)


def _kinds(lines: Sequence[Line], kinds: Sequence[Kind], verdict: Verdict) -> list[Kind]:
    """Return the kinds of the blocks, where the tags tell less than the text does."""
    found: list[Kind] = [Kind.HEADING if kind is Kind.TITLE else kind for kind in kinds]
    kept = [i for i, reason in enumerate(verdict.reasons) if not reason]
    mark_furniture(lines, found, kept, verdict)
    mark_quotes(lines, found, kept)
    if verdict.title is not None:
        found[verdict.title] = Kind.TITLE
    return found


def _names_window(source: str, block: Block) -> bool:
    """Return whether the block is the <title> of the page, which is the article's as long as there is no other."""
    tag = source.rfind("<", 0, block.begins[0])
    return block.kind is Kind.TITLE and source[tag : tag + 6].lower() == "<title"


def _with_attributes(source: str, blocks: list[Block], *, has_title: bool) -> tuple[Block, ...]:
    """Return the blocks with each attribute left out that stands among blocks that are."""
    body = source.lower().find("<body")
    kept = ""
    for i, block in enumerate(blocks):
        if _names_window(source, block):
            blocks[i] = replace(block, kind=Kind.ATTRIBUTE if has_title else Kind.TITLE)
        elif block.kind is not Kind.ATTRIBUTE:
            kept = block.boilerplate
        elif (block.start >= body and kept) or source.startswith("<link", source.rfind("<", 0, block.start)):
            blocks[i] = replace(block, boilerplate=OUTSIDE)
    return tuple(blocks)


def _depths(source: str, offsets: Sequence[int]) -> list[int]:
    """Return how many containers are open at each of the offsets, which are in order."""
    begins, depths = [0], [0]
    depth = 0
    for token in tokens(source):
        if token.name in _CONTAINERS and token.kind in ("start", "end"):
            depth = max(depth + (1 if token.kind == "start" else -1), 0)
            begins.append(token.end)
            depths.append(depth)
    return [depths[bisect_right(begins, offset) - 1] for offset in offsets]


def _extracted(source: str) -> str:
    """Return the text that trafilatura finds, a line for each paragraph; "" if it finds none or fails."""
    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # or it writes to stderr
    try:
        return trafilatura.extract(source, include_comments=False, include_tables=True) or ""
    except Exception:  # it parses what is no HTML at all with several libraries; the fallback needs none of them
        return ""


# ------------------------------------------------------------------------------------------------------- alignment

_KEY = re.compile(r"\w+")
_SHORT = 25  # characters without spaces; a shorter text is matched with whole lines only
_PIECE = 32
_PLACES = 12  # at which a text is looked for


def _key(text: str) -> str:
    return "".join(_KEY.findall(fold(text)))


def _aligned(texts: Sequence[str], extracted: str) -> frozenset[int]:
    """Return the indexes of the texts that are in the extracted text, in the same order.

    Of all ways to match the texts with places in the extraction so that the order is kept and nothing is matched
    twice, the one is taken that matches the most characters (the heaviest increasing subsequence, found with a
    Fenwick tree). So a heading that is in a menu as well is matched where the article has it.
    """
    lines = [key for line in extracted.splitlines() if (key := _key(line))]
    whole = "".join(lines)
    starts = {0}
    at = 0
    for line in lines:
        at += len(line)
        starts.add(at)
    # candidates: (index of the text, begin in the extraction, end, weight)
    found: list[tuple[int, int, int, int]] = []
    for index, text in enumerate(texts):
        key = _key(text)
        if not key:
            continue
        for piece_at, piece in _pieces(key):
            places = list(_occurrences(piece, whole, starts))
            if places:
                found += ((index, max(p - piece_at, 0), p + len(piece), len(piece)) for p in places)
                break
    return _heaviest_chain(found, len(whole))


def _pieces(key: str) -> list[tuple[int, str]]:
    """Return the text, and if it is long enough parts of it, for what trafilatura changed inside: (offset, part)."""
    if len(key) < 2 * _PIECE:
        return [(0, key)]
    middle = (len(key) - _PIECE) // 2
    return [(0, key), (0, key[:_PIECE]), (len(key) - _PIECE, key[-_PIECE:]), (middle, key[middle : middle + _PIECE])]


def _occurrences(piece: str, whole: str, starts: set[int]) -> list[int]:
    places: list[int] = []
    at = whole.find(piece)
    while at >= 0 and len(places) < _PLACES:
        if len(piece) >= _SHORT or (at in starts and at + len(piece) in starts):
            places.append(at)
        at = whole.find(piece, at + 1)
    return places


def _heaviest_chain(found: Sequence[tuple[int, int, int, int]], size: int) -> frozenset[int]:
    """Return the texts in the heaviest chain of places that follow one another, one place for each text."""
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 2)  # prefix maxima of (weight, candidate) by end offset
    before: list[int] = []
    best = (0, -1)
    pending: list[tuple[int, tuple[int, int]]] = []
    last = -1
    for number, (index, begin, end, weight) in enumerate(found):
        if index != last:  # the places of one text exclude each other
            for at, value in pending:
                _raise(tree, at, value)
            pending.clear()
            last = index
        total, previous = _highest(tree, begin)
        before.append(previous)
        value = (total + weight, number)
        pending.append((end, value))
        best = max(best, value)
    chain = set()
    number = best[1]
    while number >= 0:
        chain.add(found[number][0])
        number = before[number]
    return frozenset(chain)


def _raise(tree: list[tuple[int, int]], at: int, value: tuple[int, int]) -> None:
    at += 1
    while at < len(tree):
        tree[at] = max(tree[at], value)
        at += at & -at


def _highest(tree: Sequence[tuple[int, int]], until: int) -> tuple[int, int]:
    best = (0, -1)
    until += 1
    while until:
        best = max(best, tree[until])
        until -= until & -until
    return best
