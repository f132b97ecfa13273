"""Finds the words and marks that differ between two sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A number with its separators, a word with its apostrophes and hyphens, white space, or one other character.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+(?!\w)|\w+(?:['’\u2011-]\w+)*|\s+|[^\w\s]")
# SequenceMatcher takes up to cubic time; what is longer than any sentence is marked from the first to the last
# difference.
_MOST_TOKENS = 400
# Sentences that have less than this share of their words in common are two sentences: no word is shown as kept.
_LEAST_IN_COMMON = 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence, and whether the other sentence has something else in its place."""

    text: str
    changed: bool


def differences(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return both sentences as parts, which joined are the sentences; changed and unchanged parts take turns.

    Numbers, words, marks and gaps are compared as a whole: an “e” is never marked in a word. The algorithm is
    Ratcliff and Obershelp's, by difflib. Changed words with only a gap between them are one part.
    """
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    first = _common(a, b)
    last = _common(a[first:][::-1], b[first:][::-1])
    middle_a, middle_b = a[first : len(a) - last], b[first : len(b) - last]
    kept: list[tuple[int, int, int]] = [(0, 0, first)]
    if max(len(middle_a), len(middle_b)) <= _MOST_TOKENS:
        matcher = SequenceMatcher(None, middle_a, middle_b, autojunk=False)
        kept += [(first + i, first + j, size) for i, j, size in matcher.get_matching_blocks()]
    kept.append((len(a) - last, len(b) - last, last))
    if _in_common(kept, a, b) < _LEAST_IN_COMMON:
        kept = []
    return (
        _parts(a, [range(i, i + size) for i, _, size in kept]),
        _parts(b, [range(j, j + size) for _, j, size in kept]),
    )


def distance(old: str, new: str) -> float:
    """Return the share of the characters of two sentences that are in changed parts: 0 if equal, 1 if all differ."""
    sides = differences(old, new)
    total = len(old) + len(new)
    return sum(len(part.text) for side in sides for part in side if part.changed) / total if total else 0.0


def shown(part: Part) -> str:
    """Return the text of a part; in a changed gap, spaces that can't be told apart are named: ␣, U+00A0."""
    if not part.changed or part.text.strip():
        return part.text
    return "".join("␣" if char == " " else f"U+{ord(char):04X}" for char in part.text)


def marked(parts: Iterable[Part], opening: str, closing: str) -> str:
    """Return a sentence in which the changed parts stand between two marks: [-was-] or {+is+}, as Git has them."""
    return "".join(f"{opening}{shown(part)}{closing}" if part.changed else part.text for part in parts)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many tokens two sentences begin with in common."""
    count = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        count += 1
    return count


def _in_common(kept: Sequence[tuple[int, int, int]], a: Sequence[str], b: Sequence[str]) -> float:
    """Return the share of words that are kept, of those of the shorter sentence; 1 where it has none."""
    total = min(sum(map(_is_word, a)), sum(map(_is_word, b)))
    return sum(_is_word(token) for i, _, size in kept for token in a[i : i + size]) / total if total else 1.0


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _parts(tokens: Sequence[str], kept: Sequence[range]) -> tuple[Part, ...]:
    same = [False] * len(tokens)
    for places in kept:
        for index in places:
            same[index] = True
    for index, token in enumerate(tokens[1:-1], 1):
        if token.isspace() and not same[index - 1] and not same[index + 1]:
            same[index] = False
    parts: list[Part] = []
    for token, unchanged in zip(tokens, same, strict=True):
        if parts and parts[-1].changed is not unchanged:
            parts[-1] = Part(parts[-1].text + token, not unchanged)
        else:
            parts.append(Part(token, not unchanged))
    return tuple(parts)
