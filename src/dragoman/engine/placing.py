"""Puts inline codes around the right words of a translation, properly nested whatever the word order has become."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dragoman.article.model import InlineCode
from dragoman.engine.align import WORD

# Takes a range of the source, gives the range of the translation that stands for it; both in characters, half-open.
Finder = Callable[[int, int], tuple[int, int]]


@dataclass(slots=True)
class _Node:
    """A pair of codes with what is inside it, or a code without a partner in the segment (then `close` is None)."""

    open: InlineCode
    close: InlineCode | None
    start: int
    end: int
    inside: list[_Node] = field(default_factory=list)


def paired(codes: Sequence[InlineCode]) -> list[tuple[int, int]]:
    """Return the source ranges between an opening code and its closing one."""
    closing = {code.pair: code.at for code in codes if code.kind == "close"}
    return [(code.at, closing[code.pair]) for code in codes if code.kind == "open" and code.pair in closing]


# A full stop at the end of a range that belongs to its last word: 6:40 p.m., U.S.
_STOP_OF_WORD = re.compile(r"(?<!\w)(?:[ap]\.m\.|(?:[A-Z]\.){2,})$")
_LONGEST_STOPPED = 12  # characters
_SURE = re.compile(r"[A-ZÀ-ÖØ-Þ\d]|\w{5}")  # what is no false friend: on, or, main, pour


def place(find: Finder, source: str, codes: Sequence[InlineCode], target: str) -> tuple[tuple[int, InlineCode], ...]:
    """Return the codes with the offsets in `target` before which they stand, in the order in which they are written.

    Those around the raised ending of a French word (1<sup>er</sup>, M<sup>me</sup>) are left out: English has no such
    ending, and nothing would stand between them.

    Args:
        find: Finds a range of the source in the target.
        source: The text of the segment.
        codes: Its inline codes in their order, with offsets in `source`.
        target: The translation.

    """
    roots: list[_Node] = []
    path: list[_Node] = []
    closing = {code.pair: code for code in codes if code.kind == "close"}
    opening = {code.pair for code in codes if code.kind == "open"}
    dropped: set[int | None] = set()
    for code in codes:
        if code.pair in dropped:
            continue
        if code.kind == "close" and code.pair in opening:
            # Misnested tags (<b><i></b></i>) close what was opened inside them as well.
            while path and path.pop().open.pair != code.pair:
                pass
            continue
        partner = closing.get(code.pair) if code.kind == "open" else None
        if partner and _raised_ending(source, code.at, partner.at):
            dropped.add(code.pair)
            continue
        if partner:
            start, end = _same_words(source, code.at, partner.at, target) or _trimmed(
                source, code.at, partner.at, target, find(code.at, partner.at)
            )
        else:
            start = end = _beside(find, source, code)
        node = _Node(code, partner, start, end)
        (path[-1].inside if path else roots).append(node)
        if partner:
            path.append(node)
    placed: list[tuple[int, InlineCode]] = []
    _write(roots, 0, len(target), placed)
    return tuple(placed)


# The endings that French typography raises, and the letters, numerals and digits that they stand behind.
_RAISED = frozenset("er ers ère ères re e es ème èmes ième nd nde d de o os me mes lle lles r gr".split())
_BEFORE_RAISED = frozenset("0123456789IVXLCMDPVNn")


def _raised_ending(source: str, start: int, end: int) -> bool:
    """Tell whether a pair of codes holds nothing but the raised end of a word."""
    behind = start > 0 and source[start - 1] in _BEFORE_RAISED and not source[end : end + 1].isalnum()
    return behind and source[start:end] in _RAISED


def _same_words(source: str, start: int, end: int, target: str) -> tuple[int, int] | None:
    """Return where the words of a range stand in the target, if they are the same there, and nowhere twice.

    They are names, figures, quoted words that were kept. A range inside a word (H<sub>2</sub>O) stays there.
    """
    if start >= end:
        return None
    first, last = start, end
    while first > 0 and source[first].isalnum() and source[first - 1].isalnum():
        first -= 1
    while 0 < last < len(source) and source[last - 1].isalnum() and source[last].isalnum():
        last += 1
    words = source[first:last]
    if not _SURE.search(words) or source.count(words) != 1 or target.count(words) != 1:
        return None
    at = target.index(words)
    before, behind = target[at - 1 : at], target[at + len(words) : at + len(words) + 1]
    if (before.isalnum() and words[0].isalnum()) or (behind.isalnum() and words[-1].isalnum()):
        return None
    return at + start - first, at + end - first


def _beside(find: Finder, source: str, code: InlineCode) -> int:
    """Return the place of a code without a partner: beside the translation of the word that it touches."""
    word = next((m for m in WORD.finditer(source) if m.end() >= code.at and m.start() < code.at), None)
    if code.kind != "open" and word is not None and word.end() == code.at:
        return find(word.start(), code.at)[1]
    word = WORD.search(source, code.at)
    if code.kind != "close" and word is not None and word.start() == code.at:
        return find(code.at, word.end())[0]
    return find(code.at, code.at)[0]


def _trimmed(source: str, start: int, end: int, target: str, found: tuple[int, int]) -> tuple[int, int]:
    """Leave punctuation at the edges of the target range out where the source range has none at that edge.

    Quotation marks that the source range begins or ends with are taken in.
    """
    first, last = found
    if start < end and source[end - 1].isalnum():
        while last > first and _is_punctuation(target[last - 1]):
            if _STOP_OF_WORD.search(target, max(first, last - _LONGEST_STOPPED), last):
                break
            last -= 1
    elif start < end and source[end - 1] in _CLOSING and (mark := _TO_CLOSING.match(target, last)):
        last = mark.end()
    if start < end and source[start].isalnum():
        while first < last and _is_punctuation(target[first]):
            first += 1
    elif start < end and source[start] in _OPENING and target[first - 1 : first] in _OPENING and first:
        first -= 1
    return first, last


_OPENING, _CLOSING = '«“"', '»”"'
_TO_CLOSING = re.compile(r"[,.!?]?[»”\"]")


def _is_punctuation(char: str) -> bool:
    """Tell whether a character is a space or a mark of punctuation, not a sign that belongs to a figure or a name."""
    return unicodedata.category(char)[0] in "PZC" and char not in "%#&@°"


def _write(nodes: list[_Node], low: int, high: int, placed: list[tuple[int, InlineCode]]) -> None:
    """Append the codes of sibling nodes, moved as little as keeps them in [low, high] and apart from each other."""
    at = low
    # Codes without a partner keep their order among each other: an opening one may belong to a closing one further on.
    lone = 0
    for node in nodes:
        if node.close is None:
            node.start = node.end = lone = max(node.start, lone)
    for node in sorted(nodes, key=lambda node: node.start):
        start = min(max(node.start, at), high)
        end = min(max(node.end, start), high)
        placed.append((start, node.open))
        _write(node.inside, start, end, placed)
        if node.close is not None:
            placed.append((end, node.close))
        at = end
