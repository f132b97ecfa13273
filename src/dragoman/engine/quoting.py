"""Compares the quotation marks and brackets of a translation with the source's, and sets them right.

Who said which words is what a reader must be able to trust. Models drop marks, double them, and close a quotation too
late. Then all marks are taken out, and put around the words that the alignment
gives, as tags are. Brackets are treated in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dragoman.article.model import InlineCode
from dragoman.engine.align import WORD
from dragoman.engine.placing import Finder
from dragoman.engine.placing import place as place_codes
from dragoman.localise.edit import Edit
from dragoman.localise.quotes import QuotationMark, quotation_marks
from dragoman.protect.quotations import QuoteMark
from dragoman.protect.span import Span, SpanKind, places

_SPACES = " \t\u00a0\u202f\u2009"
_STOPS = (".", "!", "?", "…")


def brackets(text: str, spans: Sequence[Span] = ()) -> tuple[QuoteMark, ...] | None:
    """Return the round and square brackets of a text in the form of quotation marks, or None if they have no partners.

    Each pair has a number, 0 or more for round ones, -1 or less for square ones. Those in `spans` are not looked at.
    """
    found: list[QuoteMark] = []
    waiting: list[QuoteMark] = []
    for index, char in enumerate(text):
        if char not in "()[]" or any(span.start <= index < span.end for span in spans):
            continue
        square = char in "[]"
        if char in "([":
            number = -1 - len(found) if square else len(found)
            waiting.append(QuoteMark(index, index + 1, "open", len(waiting), number))
            found.append(waiting[-1])
        elif waiting and (waiting[-1].quotation < 0) == square:
            opening = waiting.pop()
            found.append(QuoteMark(index, index + 1, "close", opening.depth, opening.quotation))
        else:
            return None
    return None if waiting else tuple(found)


def bracketed(source: str, spans: Sequence[Span], text: str) -> bool:
    """Tell whether a translation has the brackets of its source; true where those are not in pairs."""
    expected = brackets(source, spans)
    if expected is None:
        return True
    kept = [Span(a, b, span.kind, span.render) for span in spans for a, b in places(span, text)]
    found = brackets(text, kept)
    return found is not None and sorted(_glyph(mark) for mark in found) == sorted(_glyph(mark) for mark in expected)


def unbracket(spans: Sequence[Span], text: str) -> list[Edit]:
    """Return edits that take all brackets out of a translation, but for those in its spans."""
    kept = [place for span in spans for place in places(span, text)]
    return [
        Edit(index, index + 1, "")
        for index, char in enumerate(text)
        if char in "()[]" and not any(a <= index < b for a, b in kept)
    ]


def fit(source: str, expected: Sequence[QuoteMark], spans: Sequence[Span], text: str) -> bool:
    """Tell whether the quotation marks of a translation open and close as those of its source do.

    Args:
        source: The segment.
        expected: Its quotation marks.
        spans: Its spans: what is inside a quotation must be inside, and what is outside outside.
        text: The translation.

    """
    found = _marks(expected, spans, text)
    wanted = ([mark.role for mark in expected], [mark.role for mark in _merged(expected)])
    if [mark.role for mark in found] not in wanted:
        return False
    for span in spans if expected else ():
        where = places(span, text)
        if (
            len(where) == 1
            and source.count(source[span.start : span.end]) == 1
            and _quoted([(m.start, m.role) for m in expected], span.start)
            != _quoted([(m.start, m.role) for m in found], where[0][0])
        ):
            return False
    return True


def _open_at_start(expected: Sequence[QuoteMark]) -> int:
    return max((mark.depth + 1 for mark in expected if mark.role == "close"), default=0) if _unopened(expected) else 0


def _unopened(expected: Sequence[QuoteMark]) -> bool:
    return bool(expected) and expected[0].role == "close"


def _marks(expected: Sequence[QuoteMark], spans: Sequence[Span], text: str) -> list[QuotationMark]:
    """Return the quotation marks of a translation, but for those in its codes and in words left in French."""
    kept = [place for span in spans if span.kind in (SpanKind.CODE, SpanKind.QUOTATION) for place in places(span, text)]
    found = quotation_marks(text, _open_at_start(expected))
    return [mark for mark in found if not any(a <= mark.start < b for a, b in kept)]


def unquote(expected: Sequence[QuoteMark], spans: Sequence[Span], text: str) -> list[Edit]:
    """Return edits that take all quotation marks out of a translation, with the spaces inside them."""
    edits: list[Edit] = []
    for mark in _marks(expected, spans, text):
        start, end = mark.start, mark.end
        while mark.role == "open" and end < len(text) and text[end] in _SPACES:
            end += 1
        while mark.role == "close" and start and text[start - 1] in _SPACES and (not edits or edits[-1].end < start):
            start -= 1
        edits.append(Edit(start, end, ""))
    return edits


def requote(
    find: Finder,
    source: str,
    expected: Sequence[QuoteMark],
    spans: Sequence[Span],
    text: str,
    *,
    round_: bool = False,
) -> list[Edit]:
    """Return edits that put marks around the words of `text` that stand for those between the marks of the source.

    Args:
        find: Finds a range of the source in the translation.
        source: The segment.
        expected: Its quotation marks, or its brackets.
        spans: Its spans, whose forms are not to be torn apart.
        text: The translation, without any of them.
        round_: They are brackets.

    """
    whole = [place for span in spans for place in places(span, text)] + [m.span() for m in WORD.finditer(text)]
    written: list[tuple[int, QuoteMark]] = []
    for at, code in place_codes(find, source, _codes(source, expected), text):
        if code.begin < 0:
            continue
        mark = expected[code.begin]
        at = _settled(source, mark, text, at)
        for start, end in whole:
            if start < at < end:
                at = start if mark.role == "open" else end
        at = max(at, written[-1][0] if written else 0)
        if mark.role == "open" and written:
            before, last = written[-1]
            side_by_side = not any(char.isalnum() for char in text[before:at])
            if last.role == "close" and last.quotation == mark.quotation and side_by_side:
                written.pop()  # two pieces of one quotation have become one
                continue
        written.append((at, mark))
    edits: list[Edit] = []
    for at, mark in written:
        glyph = _glyph(mark) if round_ else "“" if mark.role == "open" else "”"
        if edits and edits[-1].start == at:
            edits[-1] = Edit(at, at, edits[-1].text + glyph)
        else:
            edits.append(Edit(at, at, glyph))
    return edits


def _glyph(mark: QuoteMark) -> str:
    pair = "[]" if mark.quotation < 0 else "()"
    return pair[mark.role == "close"]


def _merged(expected: Sequence[QuoteMark]) -> list[QuoteMark]:
    """Return the marks without those that close a quotation only for the next one to open it again."""
    kept: list[QuoteMark] = []
    for mark in expected:
        if kept and mark.role == "open" and kept[-1].role == "close" and kept[-1].quotation == mark.quotation:
            kept.pop()
        else:
            kept.append(mark)
    return kept


def _codes(source: str, expected: Sequence[QuoteMark]) -> list[InlineCode]:
    """Return the marks as inline codes; those without a partner in the segment get one at its edge (begin -1)."""

    def code(at: int, index: int, kind: Literal["open", "close"], pair: int) -> InlineCode:
        return InlineCode(at, index, 0, kind, pair)

    before: list[InlineCode] = []
    inside: list[InlineCode] = []
    waiting: list[int] = []
    for index, mark in enumerate(expected):
        if mark.role == "open":
            at = mark.end
            while at < len(source) and source[at] in _SPACES:
                at += 1
            waiting.append(index)
            inside.append(code(at, index, "open", index))
            continue
        at = mark.start
        while at and source[at - 1] in _SPACES:
            at -= 1
        pair = waiting.pop() if waiting else index
        if pair == index:
            before.insert(0, code(0, -1, "open", index))
        inside.append(code(at, index, "close", pair))
    return before + inside + [code(len(source), -1, "close", pair) for pair in reversed(waiting)]


def _settled(source: str, mark: QuoteMark, text: str, at: int) -> int:
    """Return where a mark goes that belongs at `at`: at the edge where the source has it there, and beside its stop."""
    if mark.role == "open":
        if not any(char.isalnum() for char in source[: mark.start]):
            return 0
        while at < len(text) and text[at] in _SPACES:
            at += 1
        return at
    stops = source[: mark.start].rstrip(_SPACES)[-1:] in _STOPS
    if not any(char.isalnum() for char in source[mark.end :]):
        at = len(text) if stops else len(text.rstrip("".join(_STOPS) + "," + _SPACES))
    elif stops:
        while text[at : at + 1] in _STOPS:
            at += 1
    while at and text[at - 1] in _SPACES:
        at -= 1
    return at


def _quoted(roles: Sequence[tuple[int, str]], at: int) -> bool:
    """Tell whether the character at `at` is in a quotation that opens or closes in the same segment."""
    depth = low = 0
    for _, role in roles:
        depth += 1 if role == "open" else -1
        low = min(low, depth)
    depth = -low  # quotations that are open at the start
    for place, role in roles:
        if place > at:
            break
        depth += 1 if role == "open" else -1
    return depth > 0
