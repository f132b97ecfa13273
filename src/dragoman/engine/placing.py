"""Puts inline codes around the right words of a translation, properly nested whatever the word order has become."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.article.model import InlineCode
from dragoman.article.raised import BEFORE_ENDINGS, ENDINGS
from dragoman.engine.align import WORD
from dragoman.localise.edit import Edit, apply

# Takes a range of the source, gives the range of the translation that stands for it; both in characters, half-open.
Finder = Callable[[int, int], tuple[int, int]]


@dataclass(slots=True)
class _Node:
    """A pair of codes with what is inside it, or a code without a partner in the segment (then `close` is None)."""

    open: InlineCode
    close: InlineCode | None
    start: int
    end: int
    words: bool = False  # there are words inside it in the source
    inside: list[_Node] = field(default_factory=list)


def paired(codes: Sequence[InlineCode]) -> list[tuple[int, int]]:
    """Return the source ranges between an opening code and its closing one."""
    closing = {code.pair: code.at for code in codes if code.kind == "close"}
    return [(code.at, closing[code.pair]) for code in codes if code.kind == "open" and code.pair in closing]


# A full stop at the end of a range that belongs to its last word: 6:40 p.m., U.S.
_STOP_OF_WORD = re.compile(r"(?<!\w)(?:[ap]\.m\.|(?:[A-Z]\.){2,})$")
_LONGEST_STOPPED = 12  # characters
_SURE = re.compile(r"[A-ZÀ-ÖØ-Þ\d]|\w{5}")  # what is no false friend: on, or, main, pour


def place(
    find: Finder, source: str, codes: Sequence[InlineCode], target: str, whole: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[int, InlineCode], ...]:
    """Return the codes with the offsets in `target` before which they stand, in the order in which they are written.

    A pair with words inside it has words inside it there, too. Those around the raised ending of a French word
    (1<sup>er</sup>, M<sup>me</sup>) are left out: English has no such ending, and nothing would stand between them.
    The mark of a footnote stands right behind the word or the mark that it follows.

    Args:
        find: Finds a range of the source in the target.
        source: The text of the segment.
        codes: Its inline codes in their order, with offsets in `source`.
        target: The translation.
        whole: Ranges of the source that are translated as one: terms, names, figures.

    """
    partners = {code.pair: code for code in codes if code.kind == "close"}
    dropped = {c.pair for c in codes if c.kind == "open" and c.pair in partners}
    dropped = {pair for pair in dropped if _is_ending(source, codes, pair)}
    ranges: dict[int, tuple[int, int]] = {}
    for index, code in enumerate(codes):
        if (code.kind == "close" and code.pair in ranges) or code.pair in dropped:
            continue
        if code.kind == "open" and code.pair in partners:
            end = partners[code.pair].at
            ranges[code.pair] = _same_words(source, code.at, end, target) or _trimmed(
                source, code.at, end, target, find(code.at, end)
            )
        elif code.role == "note":
            at = _behind(find, source, code.at, target, whole)
            closed = [c.pair for c in codes[:index] if c.kind == "close" and c.at == code.at and c.pair in ranges]
            at = max([at, *(ranges[pair][1] for pair in closed)])
            ranges[code.pair] = at, at
        else:
            ranges[code.pair] = (_beside(find, source, code),) * 2
    kept = [code for code in codes if code.pair not in dropped]
    return _written([(code.at, code) for code in kept], source, target, ranges)


def moved(
    text: str, codes: Sequence[tuple[int, InlineCode]], edits: Sequence[Edit]
) -> tuple[str, tuple[tuple[int, InlineCode], ...]]:
    """Return the edited text, and the codes with their offsets in it: a pair around words stays around words."""
    new, places = apply(text, edits, [at for at, _ in codes])
    if not codes or not edits:
        return new, tuple(codes)
    ranges: dict[int, tuple[int, int]] = {}
    for (before, code), at in zip(codes, places, strict=True):
        if code.kind != "close" or code.pair not in ranges:
            ranges[code.pair] = at, at
            continue
        start = ranges[code.pair][0]
        was = next(place for place, other in codes if other.pair == code.pair)
        if _has_words(text[was:before]) and not _has_words(new[start:at]):
            # Its words have become others: all that has taken their place is theirs.
            for edit, (first, last) in zip(edits, _extents(edits), strict=True):
                if edit.start <= before and was <= edit.end:
                    start, at = min(start, first), max(at, last)
        same = new.find(text[was:before], start, at)
        if same > start and _has_words(new[start:same]):
            start = same  # others have come to stand before its words
            behind = same + before - was
            at = at if _has_words(new[behind:at]) else behind
        ranges[code.pair] = start, at
    return new, _written(codes, text, new, ranges)


def _extents(edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """Yield where the new text of each edit stands in the edited text."""
    shift = 0
    for edit in edits:
        yield edit.start + shift, edit.start + shift + len(edit.text)
        shift += len(edit.text) - (edit.end - edit.start)


def _written(
    codes: Sequence[tuple[int, InlineCode]], source: str, target: str, ranges: Mapping[int, tuple[int, int]]
) -> tuple[tuple[int, InlineCode], ...]:
    """Return the codes, which stand at offsets in `source`, around their ranges in `target`, properly nested."""
    roots: list[_Node] = []
    path: list[_Node] = []
    closing = {code.pair: (at, code) for at, code in codes if code.kind == "close"}
    opening = {code.pair for _, code in codes if code.kind == "open"}
    for at, code in codes:
        if code.kind == "close" and code.pair in opening:
            # Misnested tags (<b><i></b></i>) close what was opened inside them as well.
            while path and path.pop().open.pair != code.pair:
                pass
            continue
        end, partner = closing.get(code.pair, (at, None)) if code.kind == "open" else (at, None)
        node = _Node(code, partner, *ranges[code.pair], _has_words(source[at:end]))
        (path[-1].inside if path else roots).append(node)
        if partner:
            path.append(node)
    placed: list[tuple[int, InlineCode]] = []
    _write(roots, 0, target, len(target), placed)
    return tuple(placed)


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_ending(source: str, codes: Sequence[InlineCode], pair: int) -> bool:
    """Tell whether a pair of codes holds nothing but the raised end of a word."""
    start, end = (next(code.at for code in codes if code.pair == pair and code.kind == k) for k in ("open", "close"))
    behind = start > 0 and source[start - 1] in BEFORE_ENDINGS and not source[end : end + 1].isalnum()
    return behind and source[start:end] in ENDINGS


def _same_words(source: str, start: int, end: int, target: str) -> tuple[int, int] | None:
    """Return where the words of a range stand in the target, if they are the same there, and nowhere twice.

    They are names, figures, quoted words that were kept. A range inside a word (H<sub>2</sub>O) stays there.
    """
    if start >= end:
        return None
    first, last = start, end
    while first > 0 and source[first].isalnum() and source[first - 1].isalnum():
        first -= 1
    while 0 < last < len(source) and source[last - 1].isalnum() and source[last].isalnum():
        last += 1
    words = source[first:last]
    if not _SURE.search(words) or source.count(words) != 1 or target.count(words) != 1:
        return None
    at = target.index(words)
    before, behind = target[at - 1 : at], target[at + len(words) : at + len(words) + 1]
    if (before.isalnum() and words[0].isalnum()) or (behind.isalnum() and words[-1].isalnum()):
        return None
    return at + start - first, at + end - first


def _beside(find: Finder, source: str, code: InlineCode) -> int:
    """Return the place of a code without a partner: beside the translation of the word that it touches."""
    word = next((m for m in WORD.finditer(source) if m.end() >= code.at and m.start() < code.at), None)
    if code.kind != "open" and word is not None and word.end() == code.at:
        return find(word.start(), code.at)[1]
    word = WORD.search(source, code.at)
    if code.kind != "close" and word is not None and word.start() == code.at:
        return find(code.at, word.end())[0]
    return find(code.at, code.at)[0]


def _behind(find: Finder, source: str, at: int, target: str, whole: Sequence[tuple[int, int]]) -> int:
    """Return the place of a footnote's mark: behind the translation of the word before it, or behind the same mark."""
    end = len(source[:at].rstrip())
    words = [match for match in WORD.finditer(source, 0, end) if match[0][0].isalnum()]
    if not words:
        return find(at, at)[0]
    last = words[-1]
    span = next(((a, b) for a, b in whole if b == last.end()), last.span())
    place = find(*span)[1]
    place = len(target[:place].rstrip())
    while 0 < place < len(target) and target[place - 1].isalnum() and target[place].isalnum():
        place += 1
    behind = source[last.end() : end].replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if any(char in _CLOSING for char in behind) and (mark := _TO_CLOSING.match(target, place)):
        return mark.end()
    if behind and target[place : place + 1] and target[place] in behind + _ALIKE.get(behind[-1], ""):
        place += 1
    return place


def _trimmed(source: str, start: int, end: int, target: str, found: tuple[int, int]) -> tuple[int, int]:
    """Leave out what is at the edges of the target range, and not at those of the source range: punctuation, and "and".

    Quotation marks that the source range begins or ends with are taken in.
    """
    first, last = found
    if end - start > 1 and source[start] in _OPENING and source[end - 1] in _CLOSING:
        marks = [
            m.span() for m in _QUOTE.finditer(target, first - (target[first - 1 : first] in _OPENING and first > 0))
        ]
        if marks and _closes(target, marks[0][0]):
            del marks[0]  # of the quotation before
        count = len(_QUOTE.findall(source[start:end]))
        if count <= len(marks) and marks[0][0] < last:
            return marks[0][0], marks[count - 1][1]
    words = source[start:end].lower().split()
    if words and words[-1] not in _JOINTS and (joint := _JOINT_BEHIND.search(target[first:last])):
        last = first + joint.start()
    if words and words[0] not in _JOINTS and (joint := _JOINT_BEFORE.match(target, first, last)):
        first = joint.end()
    if start < end and source[end - 1].isalnum():
        while last > first and _is_punctuation(target[last - 1]):
            if _STOP_OF_WORD.search(target, max(first, last - _LONGEST_STOPPED), last):
                break
            last -= 1
    elif start < end and source[end - 1] in _CLOSING and (mark := _TO_CLOSING.match(target, last)):
        last = mark.end()
    if start < end and source[start].isalnum():
        while first < last and _is_punctuation(target[first]):
            first += 1
    elif start < end and source[start] in _OPENING and target[first - 1 : first] in _OPENING and first:
        first -= 1
    return first, last


def _closes(text: str, at: int) -> bool:
    """Tell whether the quotation mark at `at` is a closing one."""
    return text[at] in "»”" or (text[at] == '"' and text.count('"', 0, at) % 2 == 1)


_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+")
_JOINT_BEHIND = re.compile(r"(?<=\w)[\W_]+(?:and|or|but)$")
_JOINT_BEFORE = re.compile(r"(?:and|or|but)\W+(?=\w)")
_JOINTS = ("et", "ou", "mais")
_ALIKE = {"…": ".", ".": ".", ";": ",;", ":": ":"}
_OPENING, _CLOSING = '«“"', '»”"'
_QUOTE = re.compile('[«»“”"]')
_TO_CLOSING = re.compile(r"[,.!?]?[»”\"]")


def _is_punctuation(char: str) -> bool:
    """Tell whether a character is a space or a mark of punctuation, not a sign that belongs to a figure or a name."""
    return unicodedata.category(char)[0] in "PZC" and char not in "%#&@°"


def _write(nodes: list[_Node], low: int, target: str, high: int, placed: list[tuple[int, InlineCode]]) -> None:
    """Append the codes of sibling nodes, moved as little as keeps them in [low, high] and apart from each other."""
    at = low
    # Codes without a partner keep their order among each other: an opening one may belong to a closing one further on.
    lone = 0
    for node in nodes:
        if node.close is None:
            node.start = node.end = lone = max(node.start, lone)
    settled: list[_Node] = []
    for node in sorted(nodes, key=lambda node: node.start):
        start = min(max(node.start, at), high)
        end = min(max(node.end, start), high)
        if node.words and not _has_words(target[start:end]):
            around = next((other for other in reversed(settled) if other.words), None)
            word = _WORD.search(target, max(start, at), high) or _WORD.search(target, at, high)
            if around and (not word or node.start < around.end):
                around.inside.append(node)  # English has one word for both
                continue
            start, end = word.span() if word else (start, end)
        while node.words and start < end and target[start].isspace():
            start += 1
        node.start, node.end = start, end
        settled.append(node)
        at = end
    for node in settled:
        placed.append((node.start, node.open))
        _write(node.inside, node.start, target, node.end, placed)
        if node.close is not None:
            placed.append((node.end, node.close))
