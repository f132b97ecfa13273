"""Cuts a sentence that is too long for a model into parts at clause boundaries."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# From the best place to cut to the worst. Each pattern ends where the next part begins.
_PLACES = (
    re.compile(r"[;:]\s+|\s[–—]\s+|(?<=[.!?…])\s+"),
    re.compile(r",\s+(?=(?:et|mais|ou|or|car|donc|puis|alors|tandis|qui|que|qu|dont|où|ce|selon|soit)\b)"),
    re.compile(r",\s+|\s+(?=\()|(?<=\))\s+"),
    re.compile(r"\s+(?=(?:et|mais|ou|car|qui|dont|où|pour|dans|avec|sur|afin|lorsque|parce)\b)"),
    re.compile(r"\s+"),
)


def parts(
    text: str, size: Callable[[str], int], limit: int, whole: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Return ranges of `text` (characters, half-open, white space between them left out), each within the limit.

    Args:
        text: A sentence.
        size: Says how long a text is, in the unit of `limit`; it grows with the text.
        limit: What a part may be long. A part without white space that is longer is returned as it is.
        whole: Ranges that are not cut.

    """
    return _cut(text, 0, len(text), size, limit, whole)


def _cut(
    text: str, start: int, end: int, size: Callable[[str], int], limit: int, whole: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    pending = [(start, end)]
    done: list[tuple[int, int]] = []
    while pending:
        start, end = pending.pop()
        place = None
        if size(text[start:end]) > limit:
            place = _best_place(text, start, end, whole)
        if place is None:
            done.append((start, end))
        else:
            pending += [(place[1], end), (start, place[0])]  # the left part is looked at first
    return done


def _best_place(text: str, start: int, end: int, whole: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return (end of the left part, start of the right part) nearest to the middle, or None."""
    middle = (start + end) / 2
    for pattern in _PLACES:
        places = []
        for match in pattern.finditer(text, start, end):
            left = match.start() + len(match[0].rstrip())
            right = match.end()
            if start < left <= right < end and not any(a < right and left < b for a, b in whole):
                places.append((left, right))
        # A cut near an end doesn't help; the last resort takes what there is.
        good = [p for p in places if abs(p[1] - middle) < 0.35 * (end - start)] or (
            places if pattern is _PLACES[-1] else []
        )
        if good:
            return min(good, key=lambda place: abs(place[1] - middle))
    return None
