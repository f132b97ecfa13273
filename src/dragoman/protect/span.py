"""A span: a part of a segment that must come out in one of a few known forms."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.localise.values import Figure


class SpanKind(StrEnum):
    """What a span is."""

    CODE = "code"
    TERM = "term"
    ENTITY = "entity"
    FIGURE = "figure"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of a segment (characters, half-open) and its acceptable target forms, the preferred first.

    A figure may be written in any form that has its value, and those in `render` are examples.
    """

    start: int
    end: int
    kind: SpanKind
    render: tuple[str, ...]
    first: str = ""  # of a term that is mentioned for the first time: what is to be written instead, in the end
    figure: Figure | None = None


def occurrences(form: str, text: str) -> list[int]:
    """Return where `form` stands in `text` at word boundaries, by offset, without overlap."""
    if form not in text:
        return []
    left = r"(?<!\w)" if re.match(r"\w", form) else ""
    right = r"(?!\w)" if re.search(r"[\w'’′]$", form) else ""
    return [match.start() for match in re.finditer(left + re.escape(form) + right, text)]


def places(span: Span, text: str) -> list[tuple[int, int]]:
    """Return where the acceptable forms of a span stand in a translation (characters, half-open), the preferred first.

    Those of a term may have a capital on any word (at the start of a sentence, in a headline), stand all in capitals,
    and have a hyphen for a space (an interest-rate rise). Of a figure, only its value counts. Others must be there as
    they are, whichever apostrophe they have.
    """
    if span.kind is SpanKind.TERM:
        return [match.span() for form in span.render for match in term_pattern(form).finditer(text)]
    if span.figure is not None:
        from dragoman.localise import verify

        return verify.places(span.figure, text)
    if span.kind is SpanKind.ENTITY:
        text = text.replace("’", "'")
        return [(at, at + len(f)) for f in span.render for at in occurrences(f.replace("’", "'"), text)]
    return [(at, at + len(form)) for form in span.render for at in occurrences(form, text)]


@functools.lru_cache(maxsize=4096)
def term_pattern(form: str) -> re.Pattern[str]:
    """Return a pattern for a term in a translation, with the freedom that `places` gives it."""
    words = re.split(r"[ \u00a0\u202f-]", form.replace("’", "'"))
    free = [f"[{w[0]}{w[0].upper()}]{re.escape(w[1:])}" if w[:1].islower() else re.escape(w) for w in words]
    capitals = [re.escape(word.upper()) for word in words]
    either = "|".join("[ \u00a0\u202f-]".join(spelling) for spelling in (free, capitals))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)".replace("'", "['’]"))


def missing(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Return the spans that have no acceptable form left in a translation.

    Each occurrence serves one span: two spans with the same form need it twice. Spans that have the fewest places to
    choose from are served first, and of those the longest, since a short form may stand inside a long one. Figures are
    values: one place may say several of them.
    """
    found = [(span, places(span, text)) for span in spans]
    lost = [span for span, choices in found if span.figure is not None and not choices]
    found = [(span, choices) for span, choices in found if span.figure is None]
    found.sort(key=lambda pair: (len(pair[1]), -max(map(len, pair[0].render))))
    taken: list[tuple[int, int]] = []
    for span, choices in found:
        free = next(((a, b) for a, b in choices if all(b <= c or d <= a for c, d in taken)), None)
        if free:
            taken.append(free)
        else:
            lost.append(span)
    return tuple(sorted(lost, key=lambda span: span.start))
