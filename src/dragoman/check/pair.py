"""What the checks look at: a segment, its translation, and what is known about both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.article.model import Kind
    from dragoman.glossary.match import Match
    from dragoman.protect.quotations import QuoteMark
    from dragoman.protect.span import Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A French text and its English translation: a sentence, or a block whose sentences could not be matched.

    Only the two texts are needed; what else is given, more checks can use. All ranges and offsets count characters
    and are half-open.
    """

    source: str
    target: str
    locale: str | None = None  # "en-US" or "en-GB" if the translation is to follow one
    spans: tuple[Span, ...] = ()  # of the source, in order: codes, terms, entities, figures
    # The quotation marks of the source, from a look at the whole article; None: they are looked for in `source` alone.
    marks: tuple[QuoteMark, ...] | None = None
    inside: int = 0  # how many quotations are open where the source begins
    matches: tuple[Match, ...] = ()  # what glossaries found in the source: their forbidden forms count
    kind: Kind | None = None  # of the block that the source is (a part of)
    whole: bool = True  # False where source and target may be cut out of a sentence: no sentence start, no final mark
    kept: tuple[tuple[int, int], ...] = ()  # ranges of the target that are left in French on purpose
