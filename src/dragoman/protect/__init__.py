"""What must survive translation: marks spans of a segment, each with the target forms that are right for it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.protect.codes import code_spans
from dragoman.protect.span import Span


def mark(text: str, protected: Sequence[tuple[int, int]] = ()) -> tuple[Span, ...]:
    """Return the spans of a segment, in order and without overlap.

    Args:
        text: The source text of the segment.
        protected: Ranges of it (characters, half-open) that the file format marks as code.

    """
    return code_spans(text, protected)
