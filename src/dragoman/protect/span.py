"""A span: a part of a segment that must come out in one of a few known forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class SpanKind(StrEnum):
    """What a span is."""

    CODE = "code"
    TERM = "term"
    ENTITY = "entity"
    FIGURE = "figure"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of a segment (characters, half-open) and its acceptable target forms, the preferred first."""

    start: int
    end: int
    kind: SpanKind
    render: tuple[str, ...]


def occurrences(form: str, text: str) -> list[int]:
    """Return where `form` stands in `text` at word boundaries, by offset, without overlap."""
    left = r"(?<!\w)" if re.match(r"\w", form) else ""
    right = r"(?!\w)" if re.search(r"\w$", form) else ""
    return [match.start() for match in re.finditer(left + re.escape(form) + right, text)]


def missing(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Return the spans that have no acceptable form left in a translation.

    Each occurrence serves one span: two spans with the same form need it twice. Spans that have the fewest places to
    choose from are served first, and of those the longest, since a short form may stand inside a long one.
    """
    places = [
        (span, [(at, at + len(form)) for form in span.render for at in occurrences(form, text)]) for span in spans
    ]
    places.sort(key=lambda pair: (len(pair[1]), -max(map(len, pair[0].render))))
    taken: list[tuple[int, int]] = []
    lost = []
    for span, choices in places:
        free = next(((a, b) for a, b in choices if all(b <= c or d <= a for c, d in taken)), None)
        if free:
            taken.append(free)
        else:
            lost.append(span)
    return tuple(sorted(lost, key=lambda span: span.start))
