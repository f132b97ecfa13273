"""Localisation: figures and typography of a translation, as newspapers of the target locale write them.

`localise` takes a sentence and its translation, and returns edits of the translation. It changes how a figure
is written, never its value: only a figure whose value stands in the source is touched.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.localise.dateline import date_line
from dragoman.localise.edit import Edit, apply, compose
from dragoman.localise.figures import codes, figures
from dragoman.localise.match import figure_edits, read
from dragoman.localise.style import render, style
from dragoman.localise.typography import typography_edits
from dragoman.localise.values import Date, Figure, Kind, Time

__all__ = ["Date", "Edit", "Figure", "Kind", "Time", "apply", "date_line", "figures", "localise", "render"]

Spans = tuple[tuple[int, int], ...]

_MOST_ROUNDS = 4


def localise(source: str, target: str, locale: str, protected: Sequence[tuple[int, int]] = ()) -> list[Edit]:
    """Return the edits of `target`, sorted and without overlap, that write it as the locale does.

    Localising the result gives no more edits.

    Args:
        source: The French sentence.
        target: Its translation, by whatever model.
        locale: "en-US" or "en-GB".
        protected: Half-open ranges of `target` that must stay as they are: codes.

    Raises:
        DragomanError: The locale is not supported.

    """
    house = style(locale)
    read_source = read(source)
    edits: list[Edit] = []
    text = target
    kept = tuple(protected)
    # One round does it, but for marks whose meaning depends on marks that the round changed. What does not come to
    # rest is no text whose figures and quotations could be understood.
    for _ in range(_MOST_ROUNDS):
        figure_round = figure_edits(read_source, text, locale, house, codes(text, kept))
        text, kept = _apply(text, figure_round, kept)
        typography_round = typography_edits(source, text, house, codes(text, kept))
        text, kept = _apply(text, typography_round, kept)
        if not figure_round and not typography_round:
            return edits
        edits = compose(target, compose(target, edits, figure_round), typography_round)
    return []


def _apply(text: str, edits: Sequence[Edit], ranges: Spans) -> tuple[str, Spans]:
    """Return the edited text, and the ranges in it."""
    text, places = apply(text, edits, [place for span in ranges for place in span])
    return text, tuple(zip(places[::2], places[1::2], strict=True))
