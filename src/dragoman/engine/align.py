"""Word alignment of a sentence and its translation, and what is read off it: where inline codes and spans belong.

The evidence is the decoder's attention, corrected where words speak for themselves: names, figures and cognates are
spelled alike in French and English. A tag pair goes around the run of target words that holds most of what its source
words were aligned to, and little else (the maximum-sum range of Bentley, Programming Pearls, 1984).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dragoman.engine.model import Hypothesis

# An abbreviation with full stops (p.m., U.S.) is one word, and so is the 's of a possessive.
WORD = re.compile(r"(?:\w\.){2,}|(?<=\w)['’]s\b|\w+|[^\w\s]")
# A source word must hold more than this share of a target word's alignment for the target word to be its translation.
_SHARE = 0.4
# What it counts for that the range alone is translated by a word; the decoder's attention to it is at most 1.
_HINT = 0.6


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words as (start, end) offsets in source and target, and weights[target word, source word], each row ≤ 1."""

    source: tuple[tuple[int, int], ...]
    target: tuple[tuple[int, int], ...]
    weights: NDArray[np.float32]

    def target_range(self, start: int, end: int, hint: Sequence[bool] = ()) -> tuple[int, int] | None:
        """Return the range of the target, in characters, that translates source[start:end], or None if none does.

        Args:
            start: First character of the source range.
            end: Character after its last one.
            hint: For each word of the target, whether it is among those that the range alone is translated by.

        """
        import numpy as np

        columns = [index for index, (a, b) in enumerate(self.source) if start < b and a < end]
        if not columns or not self.target:
            return None
        gains = self.weights[:, columns].sum(axis=1) - _SHARE * self.weights.sum(axis=1)
        if any(hint):
            gains = gains + np.where(np.asarray(hint), _HINT, -_HINT / 2)
        best: tuple[float, int, int] = (0.0, 0, 0)
        total, first = 0.0, 0
        for index in range(len(self.target)):
            total += float(gains[index])
            if total > best[0]:
                best = (total, first, index + 1)
            if total <= 0:
                total, first = 0.0, index + 1
        if best[0] <= 0:
            return None
        return self.target[best[1]][0], self.target[best[2] - 1][1]

    def target_offset(self, at: int) -> int:
        """Return the offset in the target, at the start of a word or behind the last one, that matches source[at:].

        It is the place that leaves the least alignment crossing it.
        """
        before = [index for index, (_, b) in enumerate(self.source) if b <= at]
        mass = self.weights[:, before].sum(axis=1) * 2 - self.weights.sum(axis=1)
        best, best_index, total = 0.0, 0, 0.0
        for index in range(len(self.target)):
            total += float(mass[index])
            if total > best:
                best, best_index = total, index + 1
        if best_index < len(self.target):
            return self.target[best_index][0]
        return self.target[-1][1] if self.target else 0


def align(source: str, source_pieces: Sequence[tuple[int, int]], hypothesis: Hypothesis) -> Alignment:
    """Align the words of `source` with those of `hypothesis.text`; `source_pieces` says where each token stands."""
    import numpy as np

    target = hypothesis.text
    source_words = [match.span() for match in WORD.finditer(source)]
    target_words = [match.span() for match in WORD.finditer(target)]
    weights = np.zeros((len(target_words), len(source_words)), dtype=np.float32)
    attention = np.asarray(hypothesis.attention(), dtype=np.float32)
    from_piece = _membership(source_pieces, source_words)
    to_piece = _membership(piece_spans(hypothesis.pieces, target), target_words)
    if attention.size and source_words and target_words:
        attention = attention[: to_piece.shape[0], : from_piece.shape[0]]
        pieces_of_word = to_piece.sum(axis=0)
        weights = (to_piece.T @ attention @ from_piece) / np.maximum(pieces_of_word, 1)[:, None]
    spelled_s = [_fold(source[a:b]) for a, b in source_words]
    spelled_t = [_fold(target[a:b]) for a, b in target_words]
    for row, word in enumerate(spelled_t):
        likeness = [_likeness(word, other) for other in spelled_s]
        top = max(likeness, default=0.0)
        if top:
            # Several equal words: the one at the most similar place in the sentence.
            place = row / max(1, len(spelled_t) - 1)
            column = min(
                (i for i, value in enumerate(likeness) if value == top),
                key=lambda i: (-float(weights[row, i]), abs(i / max(1, len(spelled_s) - 1) - place)),
            )
            weights[row] *= 1 - top
            weights[row, column] += top
    return Alignment(tuple(source_words), tuple(target_words), weights)


def words(text: str) -> list[str]:
    """Return the words and marks of a text, folded, one for each word of an `Alignment`."""
    return [_fold(match[0]) for match in WORD.finditer(text)]


def _fold(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _likeness(a: str, b: str) -> float:
    """Return how surely two folded words translate each other by their spelling: 0, or from 0.5 to 1."""
    if a == b:
        return 1.0 if len(a) > 2 or a.isdigit() or not a.isalnum() else 0.5
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < 5 or not a.isalpha() or not b.isalpha():
        return 0.0
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(shorter))
    share = common / len(longer)
    return share if common >= 4 and share > 0.55 else 0.0


def piece_spans(pieces: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Return where each piece stands in the text, which a tokenizer may have normalised."""
    cores = [piece.replace("▁", "") for piece in pieces]
    places = [index for index, char in enumerate(text) if not char.isspace()]
    visible = "".join(text[index] for index in places)
    joined = "".join(cores)
    where: list[int | None] = [None] * len(joined)
    if joined == visible:
        where = list(range(len(visible)))
    else:
        for a, b, size in SequenceMatcher(None, joined, visible, autojunk=False).get_matching_blocks():
            where[a : a + size] = range(b, b + size)
    spans = []
    at = last = 0
    for core in cores:
        known = [place for place in where[at : at + len(core)] if place is not None]
        if known:
            last = places[known[-1]] + 1
            spans.append((places[known[0]], last))
        else:
            spans.append((last, last))
        at += len(core)
    return spans


def _membership(pieces: Sequence[tuple[int, int]], words: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Return a matrix [piece, word] with 1 where they overlap."""
    import numpy as np

    matrix = np.zeros((len(pieces), len(words)), dtype=np.float32)
    for row, (start, end) in enumerate(pieces):
        for column, (a, b) in enumerate(words):
            if start < b and a < end:
                matrix[row, column] = 1
    return matrix
