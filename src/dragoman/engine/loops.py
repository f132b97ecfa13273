"""Recognises output in which the decoder repeats itself, the best known fault of small models on short input."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_LONGEST = 8  # words in a repeated run that is looked for


def loops(source: str, target: str) -> bool:
    """Tell whether a translation repeats words that its source doesn't repeat, or runs on far past its length.

    A run of words that directly follows itself is a loop when it does so once more than any run does in the source:
    "very very" is right for « très très », and "had had" can be right for anything.
    """
    source_words = [word.casefold() for word in _WORD.findall(source)]
    target_words = [word.casefold() for word in _WORD.findall(target)]
    if len(target_words) > 3 * len(source_words) + 8:
        return True
    found = _repeats(target_words)
    if found and target_words[found[1]] in ("had", "that") and found[0] == 1:
        return False
    expected = _repeats(source_words)
    return found is not None and found[0] > (expected[0] if expected else 0)


def _repeats(words: list[str]) -> tuple[int, int] | None:
    """Return how many times a run of words follows itself directly, at most, and where that begins."""
    best: tuple[int, int] | None = None
    for size in range(1, min(_LONGEST, len(words) // 2) + 1):
        streak = 0
        for index in range(len(words) - size):
            streak = streak + 1 if words[index] == words[index + size] else 0
            # Numbers may follow each other: "2 2", "10 000 000".
            if streak >= size and not all(word.isdigit() for word in words[index - size + 1 : index + 1]):
                times = streak // size
                if best is None or times > best[0]:
                    best = times, index + 1 - streak
    return best
