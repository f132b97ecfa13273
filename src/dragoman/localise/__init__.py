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
from dragoman.localise.quotes import still_open
from dragoman.localise.reporting import reporting_edits
from dragoman.localise.style import Style, render, style
from dragoman.localise.typography import typography_edits
from dragoman.localise.values import Date, Figure, Kind, Time

__all__ = [
    "Date",
    "Edit",
    "Figure",
    "Kind",
    "Time",
    "apply",
    "date_line",
    "figures",
    "localise",
    "open_at_end",
    "render",
]

Spans = tuple[tuple[int, int], ...]

_MOST_ROUNDS = 5
# Characters; what is longer is no sentence, and has no quotations that could be understood.
_LONGEST_SENTENCE = 5000


def localise(
    source: str,
    target: str,
    locale: str,
    protected: Sequence[tuple[int, int]] = (),
    *,
    inside: int = 0,
    opens: bool = False,
    reopens: bool = False,
) -> list[Edit]:
    """Return the edits of `target`, sorted and without overlap, that write it as the locale does.

    Localising the result gives no more edits.

    Args:
        source: The French sentence.
        target: Its translation, by whatever model.
        locale: "en-US" or "en-GB".
        protected: Half-open ranges of `target` that must stay as they are: codes.
        inside: How many quotations are open where the sentence begins, by the article's marks (a repeated opening
            mark not counted): marks are written by their level.
        opens: The sentence begins a paragraph inside an open quotation, or goes on with one after a reporting clause
            that ended a sentence: the opening marks of the open quotations are repeated if the English lacks them.
        reopens: Where a reporting clause that French has inside the marks ends the sentence, and the quotation goes on,
            it may be closed before the clause: the next sentence will open it again (see `open_at_end`).

    Raises:
        DragomanError: The locale is not supported.

    """
    house = style(locale)
    # What does not come to rest with its quotations punctuated is no text whose quotations could be understood: then
    # they are not, unless that makes a text of it which could.
    edits = _at_rest(source, target, locale, house, tuple(protected), inside, opens, reopens=reopens, punctuated=True)
    if edits is not None:
        return edits
    edits = _at_rest(source, target, locale, house, tuple(protected), inside, opens, reopens=reopens, punctuated=False)
    if edits is None:
        return []
    text, kept = _apply(target, edits, tuple(protected))
    again = _at_rest(source, text, locale, house, kept, inside, opens, reopens=reopens, punctuated=True)
    return [] if again else edits


def open_at_end(text: str, locale: str, *, inside: int = 0, opens: bool = False) -> int:
    """Return how many quotations are open where a localised translation ends.

    English closes a quotation before a reporting clause that French leaves inside the marks. Where this is less than
    the source has open, and the quotation goes on, the next sentence `opens` it again.

    Args:
        text: The localised translation of a sentence.
        locale: Its locale.
        inside: As for `localise`.
        opens: As for `localise`.

    """
    return still_open(text, style(locale), codes(text), inside, opens)


def _at_rest(
    source: str,
    target: str,
    locale: str,
    house: Style,
    kept: Spans,
    inside: int,
    opens: bool,
    *,
    reopens: bool,
    punctuated: bool,
) -> list[Edit] | None:
    """Return the edits after which there are no more, or None if there always are.

    One round does it, but for marks whose meaning depends on marks that the round changed.
    """
    read_source = read(source)
    edits: list[Edit] = []
    text = target
    for _ in range(_MOST_ROUNDS):
        before = text
        for step in ("figures", "typography", "reporting") if punctuated else ("figures", "typography"):
            taken = codes(text, kept)
            match step:
                case "figures":
                    found = figure_edits(read_source, text, locale, house, taken)
                case "typography":
                    found = typography_edits(source, text, house, taken, inside, opens)
                case _:
                    found = reporting_edits(source, text, house, taken, inside, opens, reopens)
            text, kept = _apply(text, found, kept)
            edits = compose(target, edits, found)
        if text == before:
            return edits
    return None


def _apply(text: str, edits: Sequence[Edit], ranges: Spans) -> tuple[str, Spans]:
    """Return the edited text, and the ranges in it."""
    text, places = apply(text, edits, [place for span in ranges for place in span])
    return text, tuple(zip(places[::2], places[1::2], strict=True))
