"""Aligns the sentences of a text with those of its translation, whoever made it.

Sentences may be merged, split, left out, added or moved, and so may paragraphs: the whole texts are aligned sentence by
sentence, and that two paragraphs begin together is only one piece of evidence among others. The others are lengths, as
Gale and Church use them (A Program for Aligning Sentences in Bilingual Corpora, Computational Linguistics 19, 1993),
and words that begin alike in both languages, as Simard, Foster and Isabelle do (Using Cognates to Align Sentences in
Bilingual Corpora, TMI 1992): figures, names, codes, and the many words that French and English share.

A dynamic programme finds the alignment of least cost. Costs are negative logarithms of probabilities. On a long text it
looks only near a line through sentences that share words found nowhere else, so that time grows with the length.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# English characters for a French one, and the variance of that for each character; measured on newstest2012 (0.89,
# 2.3) and flores-dev (0.84, 1.6). The variance is taken larger: translators of articles are freer than those.
_RATIO = 0.87
_VARIANCE = 3.0
_SHORT = 16.0  # added to the variance, for headings and other short texts
_FAR = 15.0  # no length costs more than this: it may be wrong for many reasons

# Of the keys of a sentence (see `_keys`) 0.34 are in its translation and 0.01 in another sentence of another article;
# in the same article, more (0.03).
_MISSING = math.log((1 - 0.03) / (1 - 0.34))
_SHARED = math.log(0.34 / 0.03)

# Costs of a bead by its numbers of source and target sentences, before anything is known of them.
_PRIOR = {(1, 1): 0.0, (1, 0): 5.0, (0, 1): 5.0, (1, 2): 3.0, (2, 1): 3.0, (2, 2): 9.0, (1, 3): 5.0, (3, 1): 5.0}
_FREE = 0.3  # of a sentence that may stand alone
_PARAGRAPH = 0.5  # what it is worth that both sides begin a paragraph, or that only one does
_ACROSS = 1.5  # two paragraphs made one
_KINDS = 5.0  # a heading made one with a paragraph

_SMALL = 4_000  # cells that are all looked at
_NEAR = 10  # sentences to both sides of the line in a longer text
_SKEW = 60  # and more where the numbers of sentences differ, up to this
_MOVED = 0.0  # evidence that makes two sentences without a partner a pair, in another place
_ROUNDS = 8  # of looking for what was moved; each finds what is in one order

_WORD = re.compile(r"\d+(?:[., \u00a0\u202f:]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to align: `block` numbers the paragraph it is in, `kind` is what that is ("heading").

    One that is `free` may be left without a partner: it is no part of the article.
    """

    text: str
    block: int = 0
    kind: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that are translations of each other, by half-open ranges of numbers; one range may be empty."""

    source: tuple[int, int]
    target: tuple[int, int]


def align(source: Sequence[Sentence], target: Sequence[Sentence]) -> list[Bead]:
    """Return the alignment of two texts: every sentence of both is in one bead.

    Beads are in the order of the target; what has no target stands where the source has it. A bead whose sentences
    were moved is 1–1. Time and memory are linear in the number of sentences of long texts.
    """
    keys = _Keys([_keys(sentence.text) for sentence in source], [_keys(sentence.text) for sentence in target])
    return _with_moved(_best_path(source, target, keys), source, target, keys)


class _Keys:
    """The keys of the sentences of two texts, and how much those of two sentences tell that they belong together."""

    def __init__(
        self,
        source: Sequence[frozenset[str]],
        target: Sequence[frozenset[str]],
        weights: Mapping[str, float] | None = None,
    ) -> None:
        """Weigh the keys that both texts have: the rarer one is, the more it is worth."""
        self.source = source
        self.target = target
        counts = [Counter(key for keys in side for key in keys) for side in (source, target)]
        shared = counts[0].keys() & counts[1].keys()
        self.weights = weights or {key: _SHARED / max(counts[0][key], counts[1][key]) for key in shared}
        self.missing = [_MISSING * len(keys) for keys in source]
        self._useful = [keys & self.weights.keys() for keys in source]
        self._cells: dict[tuple[int, int, int], float] = {}

    def of(self, source: Sequence[int], target: Sequence[int]) -> _Keys:
        """Return the keys of some of the sentences, of the same weights."""
        return _Keys([self.source[i] for i in source], [self.target[j] for j in target], self.weights)

    def shared(self, i: int, start: int, end: int) -> float:
        """Return the worth of what a sentence shares with any of target[start:end], and that it isn't missing."""
        worth = self._cells.get((i, start, end))
        if worth is None:
            there = self.target[start].union(*self.target[start + 1 : end])
            worth = sum(self.weights[key] + _MISSING for key in self._useful[i] & there)
            self._cells[i, start, end] = worth
        return worth

    def evidence(self, i: int, j: int) -> float:
        """Return the logarithm of how much likelier the keys are if the sentences are translations of each other."""
        return self.shared(i, j, j + 1) - self.missing[i]


def _keys(text: str) -> frozenset[str]:
    """Return what of a sentence is likely to be in its translation as well.

    Numbers by their digits, words of capitals as a whole, and of other words of at least five letters the first four,
    without accents.
    """
    found = set()
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0].isdigit():
            found.add("".join(filter(str.isdigit, word)))
        elif len(word) > 4:
            found.add(_folded(word[:8])[:4])
        elif word.isupper() and len(word) > 1:
            found.add(word)
    return frozenset(found)


def _folded(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


def _length_cost(source: int, target: int) -> float:
    """Return the cost of lengths (in characters): how far they are from what is expected, in normal deviates."""
    mean = (source + target / _RATIO) / 2
    deviate = target - _RATIO * source
    return min(deviate * deviate / (2 * (_VARIANCE * mean + _SHORT)), _FAR)


def _best_path(source: Sequence[Sentence], target: Sequence[Sentence], keys: _Keys) -> list[Bead]:
    """Return the alignment of least cost in which nothing is moved."""
    rows, columns = len(source), len(target)
    band = _band(rows, columns, keys)
    starts = [_starts(side) for side in (source, target)]
    source_lengths, target_lengths = [len(s.text) for s in source], [len(t.text) for t in target]
    best: list[dict[int, float]] = [{} for _ in range(rows + 1)]  # by source and target sentences that are done
    back: list[dict[int, tuple[int, int]]] = [{} for _ in range(rows + 1)]
    best[0][0] = 0.0
    for i in range(rows + 1):
        low, high = band[i]
        for j in range(low, high + 1):
            least, step = (0.0, (0, 0)) if i == j == 0 else (math.inf, (0, 0))
            for (m, n), prior in _PRIOR.items():
                if m > i or n > j:
                    continue
                before = best[i - m].get(j - n)
                if before is None:
                    continue
                a, b = i - m, j - n
                if n == 0:
                    cost = before + (_FREE if source[a].free else prior)
                elif m == 0:
                    cost = before + (_FREE if target[b].free else prior)
                else:
                    cost = before + prior
                    cost += _length_cost(sum(source_lengths[a:i]), sum(target_lengths[b:j]))
                    cost += sum(keys.missing[a:i]) - sum(keys.shared(k, b, j) for k in range(a, i))
                    if starts[0][a] or starts[1][b]:
                        cost += -_PARAGRAPH if starts[0][a] and starts[1][b] else _PARAGRAPH
                    cost += _across(source[a:i]) + _across(target[b:j])
                if cost < least:
                    least, step = cost, (m, n)
            if least < math.inf:
                best[i][j], back[i][j] = least, step
    beads = []
    i, j = rows, columns
    while i or j:
        m, n = back[i][j]
        beads.append(Bead((i - m, i), (j - n, j)))
        i, j = i - m, j - n
    return beads[::-1]


def _starts(side: Sequence[Sentence]) -> list[bool]:
    """Tell of each sentence whether it is the first of its block."""
    return [number == 0 or side[number - 1].block != sentence.block for number, sentence in enumerate(side)]


def _across(merged: Sequence[Sentence]) -> float:
    """Return what it costs that these sentences are in one bead although a paragraph ends between them."""
    return sum(
        (_ACROSS if one.kind == other.kind else _KINDS) for one, other in pairwise(merged) if one.block != other.block
    )


def _band(rows: int, columns: int, keys: _Keys) -> list[tuple[int, int]]:
    """Return for each number of source sentences the least and greatest number of target sentences to try with it."""
    if rows * columns <= _SMALL:
        return [(0, columns)] * (rows + 1)
    fixed = [(0, 0), *_landmarks(keys), (rows, columns)]
    lows, highs = [columns] * (rows + 1), [0] * (rows + 1)
    for (i, j), (next_i, next_j) in pairwise(fixed):
        reach = _NEAR + min(abs((next_j - j) - (next_i - i)), _SKEW)
        for row in range(i, next_i + 1):
            middle = j + (next_j - j) * (row - i) // max(next_i - i, 1)
            lows[row] = min(lows[row], max(0, middle - reach))
            highs[row] = max(highs[row], min(columns, middle + reach))
    lows[0], highs[rows] = 0, columns
    for row in range(rows - 1, -1, -1):
        lows[row] = min(lows[row], lows[row + 1])
    for row in range(rows):
        # Each row reaches into the next one: the path may go along it.
        highs[row] = max(highs[row], min(columns, lows[row + 1] + _NEAR))
        highs[row + 1] = max(highs[row + 1], highs[row])
    return list(zip(lows, highs, strict=True))


def _landmarks(keys: _Keys) -> list[tuple[int, int]]:
    """Return pairs of sentences that share at least two keys found nowhere else, the most that are in one order."""
    only = [_only(keys.source), _only(keys.target)]
    votes: Counter[tuple[int, int]] = Counter((only[0][key], only[1][key]) for key in only[0].keys() & only[1].keys())
    pairs: dict[int, int] = {}
    for (i, j), count in votes.most_common():
        if count > 1:
            pairs.setdefault(i, j)
    # The longest increasing subsequence, by patience sorting.
    tops: list[int] = []
    piles: list[tuple[int, int]] = []
    parent: dict[tuple[int, int], tuple[int, int] | None] = {}
    for i, j in sorted(pairs.items()):
        pile = bisect_left(tops, j)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [(i, j)]
        parent[i, j] = piles[pile - 1] if pile else None
    chain = []
    last = piles[-1] if piles else None
    while last is not None:
        chain.append(last)
        last = parent[last]
    return chain[::-1]


def _only(keys: Sequence[frozenset[str]]) -> dict[str, int]:
    """Return the keys that one sentence has and no other, with its number."""
    places: dict[str, int] = {}
    repeated = set()
    for number, found in enumerate(keys):
        for key in found:
            if key in places:
                repeated.add(key)
            places[key] = number
    return {key: number for key, number in places.items() if key not in repeated}


def _with_moved(
    beads: Sequence[Bead],
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    keys: _Keys,
) -> list[Bead]:
    """Return the beads with sentences that were left without a partner paired where they were only moved.

    What is left of both sides is aligned by itself, until hardly anything more is found; the neighbours of what was
    moved came with it.
    """
    lost = [bead.source[0] for bead in beads if bead.target[0] == bead.target[1]]
    extra = [bead.target[0] for bead in beads if bead.source[0] == bead.source[1]]
    moved: dict[int, int] = {}  # source sentence by target sentence
    for _ in range(_ROUNDS):
        pairs = {
            extra[bead.target[0]]: lost[bead.source[0]]
            for bead in _best_path([source[i] for i in lost], [target[j] for j in extra], keys.of(lost, extra))
            if bead.source[1] - bead.source[0] == bead.target[1] - bead.target[0] == 1
        }
        sure = [j for j, i in pairs.items() if keys.evidence(i, j) >= _MOVED]
        if not sure:
            break
        for first in sure:
            for step in (-1, 1):
                j = first
                while j in pairs:
                    moved[j] = pairs[j]
                    j = j + step if pairs.get(j + step) == pairs[j] + step else -1
        done = set(moved.values())
        lost, extra = [i for i in lost if i not in done], [j for j in extra if j not in moved]
    done = set(moved.values())
    repaired = []
    for bead in beads:
        if bead.source[0] == bead.source[1] and bead.target[0] in moved:
            i = moved[bead.target[0]]
            repaired.append(Bead((i, i + 1), bead.target))
        elif bead.target[0] != bead.target[1] or bead.source[0] not in done:
            repaired.append(bead)
    return repaired
