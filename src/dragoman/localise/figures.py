"""Finds the figures in a text.

`figures` reads all of them, in digits and in words, to compare and to write them (`verify`, `write`). `numerals` are
those whose form localisation changes: dates, times, numbers, percentages and money in digits, in English or in the
French that a model left (`match`). Dates and times are the same for both; of the rest, `quantities` reads what is said,
`numbers` how it is written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import Literal

from dragoman.localise.dates import dates
from dragoman.localise.grammar import Language, S
from dragoman.localise.numbers import numbers
from dragoman.localise.quantities import quantities
from dragoman.localise.times import times
from dragoman.localise.values import Figure

_OF_AS_MANY = re.compile(rf"{S}?(?:/|sur){S}?(24|7)(?!\w)")
_CODE_SIGN = re.compile(r"[@#⦅]|\w[.:]\w|\w://")
_DIGIT = re.compile(r"\d|noon|midnight|half past|quarter|heure|midi|minuit", re.IGNORECASE)


@functools.cache
def _code() -> re.Pattern[str]:
    """Return what is copied, not read: addresses, handles, hashtags, host names, phone numbers, placeholders."""
    return re.compile(
        r"(?:https?://|www\.)[^\s«»“”\"<>]+"
        r"|(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}"
        r"|(?<!\w)[@#]\w+"
        r"|(?<![\w.\-])(?:[\w\-]{1,63}\.){1,4}(?:com|fr|org|net|eu|be|ch|ca|io|info|gouv|uk)(?!\w)(?:/[^\s«»“”\"<>]*)?"
        r"|(?P<phone>(?<![\w.,+])(?:\+\d{1,3}[ .\u00a0]?(?:\(0\))?\d|0[1-9])(?:[ .\-\u00a0]?\d\d){4}(?!\w))"
        r"|⦅[^⦆\s]{0,8}⦆"
    )


@functools.lru_cache(maxsize=1024)
def figures(text: str, language: Literal["fr", "en"]) -> tuple[Figure, ...]:
    """Return all figures of a text, in digits and in words, in their order and without overlap.

    Offsets are in characters. Numbers in names (Covid-19, A380) and in addresses are no figures, and neither are un
    and une.
    """
    taken = codes(text, phones=False) if _CODE_SIGN.search(text) else bytearray(len(text))
    dated: list[Figure] = []
    if _DIGIT.search(text):
        dated = _free(dates(text, language), taken)
        for time in _free(times(text, language, dated), taken):
            named = text[time.start].isalpha() and text[time.start : time.end].isalpha()  # noon
            dated.append(replace(time, spelled=named or time.spelled, free=named))
    found = sorted([*dated, *quantities(text, language, taken)], key=lambda figure: figure.start)
    return tuple(_always(text, found) if language == "fr" else found)


def _always(text: str, found: Sequence[Figure]) -> Iterator[Figure]:
    """Yield French figures, 24h/24 and 7 jours sur 7 as one each."""
    end = 0
    for figure in found:
        behind = _OF_AS_MANY.match(text, figure.end) if figure.unit in ("hour", "day") else None
        if behind is not None and figure.value == Decimal(behind[1]):
            figure = replace(figure, end=behind.end(), link="a day" if figure.unit == "hour" else "a week")
        if figure.start >= end:
            yield figure
        end = max(end, figure.end)


def numerals(text: str, language: Literal["fr", "en"]) -> list[Figure]:
    """Return the dates, times, numbers, percentages and sums of money in digits: those that `figure_edits` rewrites."""
    return found(text, language, codes(text))


def codes(text: str, protected: Sequence[tuple[int, int]] = (), *, phones: bool = True) -> bytearray:
    """Return 1 for each character of a text that is part of a code or of a range of `protected`, else 0.

    Phone numbers are codes, unless they are to be read.
    """
    taken = bytearray(len(text))
    found_codes = (match.span() for match in _code().finditer(text) if phones or match.lastgroup != "phone")
    for start, end in chain(protected, found_codes):
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
