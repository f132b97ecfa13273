"""Puts inline codes around the right words of a translation, properly nested whatever the word order has become."""

from __future__ import annotations

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


def place(find: Finder, source: str, codes: Sequence[InlineCode], target: str) -> tuple[tuple[int, InlineCode], ...]:
    """Return the codes with the offsets in `target` before which they stand, in the order in which they are written.

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
    for code in codes:
        if code.kind == "close" and code.pair in opening:
            # Misnested tags (<b><i></b></i>) close what was opened inside them as well.
            while path and path.pop().open.pair != code.pair:
                pass
            continue
        partner = closing.get(code.pair) if code.kind == "open" else None
        if partner:
            start, end = _trimmed(source, code.at, partner.at, target, find(code.at, partner.at))
        else:
            start = end = _beside(find, source, code)
        node = _Node(code, partner, start, end)
        (path[-1].inside if path else roots).append(node)
        if partner:
            path.append(node)
    placed: list[tuple[int, InlineCode]] = []
    _write(roots, 0, len(target), placed)
    return tuple(placed)


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
    """Leave punctuation at the edges of the target range out where the source range has none at that edge."""
    first, last = found
    if start < end and source[end - 1].isalnum():
        while last > first and not target[last - 1].isalnum():
            last -= 1
    if start < end and source[start].isalnum():
        while first < last and not target[first].isalnum():
            first += 1
    return first, last


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
