"""Check for a clause that is not in the translation, by the words that both texts share.

Names, figures and words of one origin (constitution, président/president) stand in the same order in most translations.
Simard, Foster and Isabelle (1992), "Using cognates to align sentences in bilingual corpora", take words for cognates
that begin with the same four letters; here it is five, since nothing else tells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from dragoman.check.check import Check
from dragoman.check.finding import Finding
from dragoman.check.length import Addition, Omission, deviation
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings
from dragoman.check.words import Word, words
from dragoman.protect.names_words import folded

_RATIO = 0.88  # characters of English for one of French
_COGNATE = 5  # letters
_FILLED = 0.35  # of a gap: more is a translation
_MOST_SURPLUS = 25  # characters that another gap may have too many: with more, words have only moved


class LeftOut(Check):
    """A clause seems to be left out.

    Fires when the translation is short, and between two words that it shares with its source (names, figures, words of
    one origin) there is next to nothing for what the source has there. The French that seems to be left out is marked;
    `characters` is how much of it must be missing (40).

    Wrong: « Le Parlement, réuni à la demande de l'opposition, a adopté la motion. » – Parliament adopted the motion.

    Compare that part of the source with the translation.
    """

    id = "left-out"
    thresholds: ClassVar = {"characters": 40.0}

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if deviation(pair.source, pair.target) > -1 or not pair.target.strip():
            return
        if any(next(check.findings(pair, settings), None) for check in (Omission(), Addition())):
            return
        gaps = _gaps(pair.source, pair.target)
        gap = max(gaps, key=lambda gap: gap.missing)
        filled = (gap.target_end - gap.target) / max(1, gap.end - gap.start)
        moved = min(gap.missing for gap in gaps) < -_MOST_SURPLUS
        if gap.missing > self.threshold(settings, "characters") and filled < _FILLED and not moved:
            where = _trimmed(pair.source, gap.start, gap.end)
            yield self.finding(settings, "these words seem to be left out", where)


class _Gap(NamedTuple):
    """What stands between two shared words: source[start:end] and target[target:target_end]."""

    start: int
    end: int
    target: int
    target_end: int

    @property
    def missing(self) -> float:
        """How many characters fewer there are in the translation than are to be expected."""
        return (self.end - self.start) * _RATIO - (self.target_end - self.target)


def _gaps(source: str, target: str) -> list[_Gap]:
    ours, theirs = words(source), words(target)
    gaps = []
    at, target_at = 0, 0
    for i, j in _shared(ours, theirs):
        gaps.append(_Gap(at, ours[i].start, target_at, theirs[j].start))
        at, target_at = ours[i].end, theirs[j].end
    gaps.append(_Gap(at, len(source), target_at, len(target)))
    return gaps


def _shared(ours: Sequence[Word], theirs: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the numbers of the words that both texts have once, in the longest series that has one order in both."""
    mine, yours = _unique(ours), _unique(theirs)
    points = sorted((mine[key], yours[key]) for key in mine.keys() & yours.keys())
    ends: list[int] = []  # of the series of each length: the number of the point with the smallest end
    before: list[int] = []
    for number, (_, j) in enumerate(points):
        length = bisect_left(ends, j, key=lambda end: points[end][1])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [number]
    series = []
    number = ends[-1] if ends else -1
    while number >= 0:
        series.append(points[number])
        number = before[number]
    return series[::-1]


def _unique(found: Sequence[Word]) -> dict[str, int]:
    """Return the words that can be told again in the other language, by their keys, with their numbers."""
    numbers: dict[str, int] = {}
    twice: set[str] = set()
    for number, word in enumerate(found):
        key = _key(word)
        if key in numbers:
            twice.add(key)
        if key:
            numbers[key] = number
    return {key: number for key, number in numbers.items() if key not in twice}


def _key(word: Word) -> str:
    key = folded(word.key.rpartition("'")[2])
    if key[:1].isdigit():
        return key.replace(".", "").replace(",", "")
    if len(key) >= _COGNATE:
        return key[:_COGNATE]
    return key if len(key) > 2 and word.text[0].isupper() else ""


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the spaces and commas at its ends."""
    while start < end - 1 and not text[start].isalnum():
        start += 1
    while end > start + 1 and not text[end - 1].isalnum():
        end -= 1
    return start, end
