"""Finds the figures in a text: dates, times, numbers, percentages and money.

A kind of figure is a module with one function that yields what it finds, and a branch in `style.render`; a
language is a `Grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal

from dragoman.localise.dates import dates
from dragoman.localise.grammar import Language
from dragoman.localise.numbers import numbers
from dragoman.localise.times import times
from dragoman.localise.values import Figure

# Text that is copied, not read: addresses, handles, hashtags, host names, phone numbers, placeholders.
_CODE = re.compile(
    r"(?:https?://|www\.)[^\s«»“”\"<>]+"
    r"|(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}"
    r"|(?<!\w)[@#]\w+"
    r"|(?<![\w.\-])(?:[\w\-]{1,63}\.){1,4}(?:com|fr|org|net|eu|be|ch|ca|io|info|gouv|uk)(?!\w)(?:/[^\s«»“”\"<>]*)?"
    r"|(?<![\w.,+])(?:\+\d{1,3}[ .\u00a0]?(?:\(0\))?\d|0[1-9])(?:[ .\-\u00a0]?\d\d){4}(?!\w)"
    r"|⦅[^⦆\s]{0,8}⦆"
)
_DIGIT = re.compile(r"\d|noon|midnight", re.IGNORECASE)


def figures(text: str, language: Literal["fr", "en"]) -> list[Figure]:
    """Return the figures of a text in their order, without overlap. Offsets are in characters.

    Figures spelled out, ordinals, scores, ranges of years, identifiers and phone numbers are none.
    """
    return found(text, language, codes(text))


def codes(text: str, protected: Sequence[tuple[int, int]] = ()) -> bytearray:
    """Return 1 for each character of a text that is part of a code or of a range of `protected`, else 0."""
    taken = bytearray(len(text))
    for start, end in chain(protected, (match.span() for match in _CODE.finditer(text))):
        taken[start:end] = b"\1" * (end - start)
    return taken


def found(text: str, language: Language, taken: bytearray) -> list[Figure]:
    """Return the figures of a text, without any that touches a character that is `taken`."""
    if not _DIGIT.search(text):
        return []
    taken = taken[:]
    free = _free(dates(text, language), taken)
    free += _free(times(text, language, free), taken)
    free += _free(numbers(text, language), taken)
    return sorted(free, key=lambda figure: figure.start)


def _free(candidates: Iterable[Figure], taken: bytearray) -> list[Figure]:
    """Return the candidates that stand where nothing was found before, and mark their places as taken."""
    free = []
    for figure in candidates:
        if not any(taken[figure.start : figure.end]):
            taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
            free.append(figure)
    return free
