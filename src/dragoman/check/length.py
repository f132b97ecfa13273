"""Checks of the length of a translation, which tells whether it is all of the source and no more."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import chain
from typing import ClassVar

from dragoman.check.check import Check
from dragoman.check.finding import Finding, Severity
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings
from dragoman.glossary.apply import spelled_out
from dragoman.glossary.render import expansion, first_mention
from dragoman.glossary.spelling import spellings

# The logarithm of the length of an English translation over that of its French source, in characters, has this mean;
# its variance is a part that all have, and one that shrinks with the length. On 4,000 human translations of news
# (newstest2012, FLORES-200) the ratio is 0.85 to 0.89. Gale and Church (1993), "A program for aligning sentences in
# bilingual corpora", have the model.
_MEAN = math.log(0.88)
_VARIANCE, _VARIANCE_OF_A_CHARACTER = 0.0075, 1.4
_PADDING = 5  # characters added to both: one word more or less in a short heading says nothing


def deviation(source: str, target: str) -> float:
    """Return by how many standard deviations the length of a translation is off what it is expected to be."""
    size = len(source) + _PADDING
    ratio = math.log((len(target) + _PADDING) / size) - _MEAN
    return ratio / math.sqrt(_VARIANCE + _VARIANCE_OF_A_CHARACTER / size)


def _spoken(pair: Pair) -> str:
    """Return a translation as it would be had no term been spelled out that the source has as an acronym."""
    target = pair.target
    for match in pair.matches:
        first = first_mention(match)
        if first and not spelled_out(match, pair.source):
            forms = [*spellings(first), *spellings(expansion(first) or first)]
            places = [target.casefold().find(form.casefold()) for form in forms]
            at, form = next(((at, form) for at, form in zip(places, forms, strict=True) if at >= 0), (-1, ""))
            if form and len(form) > match.end - match.start:
                target = target[:at] + pair.source[match.start : match.end] + target[at + len(form) :]
    return target


class Omission(Check):
    """A good part of the source is not in the translation.

    Fires when the translation is empty, or far shorter than translations of such a sentence are: by as many standard
    deviations as `deviations` says (4.2; for a sentence of 150 characters, that is a little more than half its usual
    length), or by `deviations_cut` (3) where it also breaks off without the final mark of its source.

    Translate what is missing.
    """

    id = "omission"
    severity = Severity.ERROR
    thresholds: ClassVar = {"deviations": 4.2, "deviations_cut": 3.0}

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if not pair.target.strip():
            if pair.source.strip():
                yield self.finding(settings, "there is no translation", source=(0, len(pair.source)))
            return
        cut = pair.whole and _FINAL.search(pair.source) is not None and _BROKEN_OFF.search(pair.target) is not None
        limit = self.threshold(settings, "deviations_cut" if cut else "deviations")
        if deviation(pair.source, _spoken(pair)) < -limit:
            how = "breaks off" if cut else "leaves out a part of the source"
            share = len(pair.target) / len(pair.source)
            yield self.finding(settings, f"the translation {how}: it has {share:.0%} of its length")


_FINAL = re.compile(r"[.!?…][\s»”\"')\]]*$")
_BROKEN_OFF = re.compile(r"[\w,;:(–—-]\s*$")


class Addition(Check):
    """The translation says much that the source does not.

    Fires when it is far longer than translations of such a sentence are: by as many standard deviations as
    `deviations` says (4.5; for a sentence of 150 characters, nearly twice its usual length).

    Wrong: « Une réunion est prévue. » – A meeting is planned, and the members of the board will have to decide on it.

    Take out what is not in the source.
    """

    id = "addition"
    severity = Severity.ERROR
    thresholds: ClassVar = {"deviations": 4.5}

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if deviation(pair.source, _spoken(pair)) > self.threshold(settings, "deviations"):
            times = len(pair.target) / max(1, len(pair.source))
            yield self.finding(settings, f"the translation is {times:.1f} times as long as its source")


class Length(Check):
    """The translation is unusually short or long.

    Fires where the length is unusual, but not so much that `omission` or `addition` fires: by as many standard
    deviations as `deviations` says (3.2).

    Compare it with its source, clause by clause.
    """

    id = "length"
    thresholds: ClassVar = {"deviations": 3.2}

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if not pair.target.strip() or next(
            chain(Omission().findings(pair, settings), Addition().findings(pair, settings)), None
        ):
            return
        off = deviation(pair.source, _spoken(pair))
        if abs(off) > self.threshold(settings, "deviations"):
            how = "short" if off < 0 else "long"
            share = len(pair.target) / max(1, len(pair.source))
            yield self.finding(settings, f"the translation is unusually {how}: it has {share:.0%} of the length")
