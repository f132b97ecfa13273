"""Recognises translations that repeat themselves, the best known fault of small models on short input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from dragoman.check.check import Check
from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings

_WORD = re.compile(r"\w+")
_LONGEST = 8  # words in a repeated run that is looked for


class Run(NamedTuple):
    """A run of words that directly follows itself: `times` more, over words[first:last]."""

    times: int
    first: int
    last: int
    size: int  # words in the run


class Repetition(Check):
    """The translation says the same words again and again.

    Fires when a word follows itself twice, or a run of words once, and nothing in the source does so as often; and
    when the translation runs on far past the length of its source. Small models get stuck like this, mostly on
    headlines and single words. It also fires when a name is said twice in a row, in whatever spelling.

    Wrong: « Le maire a démissionné. » – The mayor has resigned the mayor has resigned the mayor.
    Right: « Encore et encore. » – Again and again and again.

    Translate the sentence anew.
    """

    id = "repetition"
    severity = Severity.ERROR

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        found = [match.span() for match in _WORD.finditer(pair.target)]
        source = [word.casefold() for word in _WORD.findall(pair.source)]
        target = [pair.target[start:end].casefold() for start, end in found]
        if _runs_on(source, target):
            yield self.finding(settings, "the translation runs on far past the length of its source")
            return
        run, expected = repeats(target), repeats(source)
        twice = said_twice(pair.source, [pair.source[span.start : span.end] for span in pair.spans], pair.target)
        if run and not (run.times == 1 and (run.size == 1 or _marked_off(pair.target, found, run))):
            if expected is None or run.times > expected.times:
                start, end = found[run.first][0], found[run.last - 1][1]
                once = pair.target[start : found[run.first + run.size - 1][1]]
                yield self.finding(settings, f"“{once}” is repeated", target=(start, end))
        elif twice:
            yield self.finding(settings, f"“{pair.target[slice(*twice)]}” says a name twice", target=twice)


def said_twice(source: str, names: Iterable[str], target: str) -> tuple[int, int] | None:
    """Return where a translation says a name twice in a row, if it does: the Quai d'Orsay Quai de Orsay.

    That is a word with a capital which the source has less often (in whatever spelling: Barcelone), with nothing but
    words of the same name, or of, de, the, between its two places.

    Args:
        source: The French sentence.
        names: The names in it, as French writes them.
        target: Its translation.

    """
    had = Counter(word.casefold()[: _SHORT_NAME + 1] for word in _WORD.findall(source))
    found = list(_WORD.finditer(target))
    said: dict[str, list[int]] = {}
    for at, match in enumerate(found):
        if match[0][0].isupper() and len(match[0]) > _SHORT_NAME:
            said.setdefault(match[0].casefold(), []).append(at)
    for name in names:
        own = {word.casefold() for word in _WORD.findall(name)}
        for word in own:
            places = said.get(word, ())
            if len(places) <= max(1, had[word[: _SHORT_NAME + 1]]):
                continue
            for first, last in pairwise(places):
                start, end = found[first].start(), found[last].end()
                between = {match[0].casefold() for match in found[first + 1 : last]}
                if between <= own | _LINKS and not _STOP.search(target, start, end):
                    return start, end
    return None


_SHORT_NAME = 3
_LINKS = frozenset("of de du d s the la le".split())
_STOP = re.compile(r"[.,;:!?()–—“”\"«»]")


def _marked_off(text: str, found: list[tuple[int, int]], run: Run) -> bool:
    """Tell whether a mark stands between a run and its repetition: It was Anne. Anne, as always."""
    seam = run.first + run.size
    return not text[found[seam - 1][1] : found[seam][0]].isspace()


def loops(source: str, target: str) -> bool:
    """Tell whether a translation repeats words that its source doesn't repeat, or runs on far past its length.

    Stricter than the check, for those who can translate anew: one word doubled is a loop as well. A run of words that
    directly follows itself is a loop when it does so once more than any run does in the source: "very very" is right
    for « très très », and "had had" can be right for anything.
    """
    source_words = [word.casefold() for word in _WORD.findall(source)]
    target_words = [word.casefold() for word in _WORD.findall(target)]
    if _runs_on(source_words, target_words):
        return True
    found = repeats(target_words)
    if found and target_words[found.first] in ("had", "that") and found.times == 1:
        return False
    expected = repeats(source_words)
    return found is not None and found.times > (expected.times if expected else 0)


def repeats(words: list[str]) -> Run | None:
    """Return the run of words that follows itself directly most often, the shortest and first of those."""
    best: Run | None = None
    for size in range(1, min(_LONGEST, len(words) // 2) + 1):
        streak = 0
        for index in range(len(words) - size):
            streak = streak + 1 if words[index] == words[index + size] else 0
            # Numbers may follow each other: "2 2", "10 000 000".
            if streak >= size and not all(word.isdigit() for word in words[index - size + 1 : index + 1]):
                times = streak // size
                if best is None or times > best.times:
                    first = index + 1 - streak
                    best = Run(times, first, first + (times + 1) * size, size)
    return best


def _runs_on(source: list[str], target: list[str]) -> bool:
    return len(target) > 3 * len(source) + 8
