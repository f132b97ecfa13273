"""Changes to a text, and what becomes of the places in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace text[start:end] by `text`."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Sequence[Edit], positions: Sequence[int] = ()) -> tuple[str, tuple[int, ...]]:
    """Return the edited text, and where `positions` (offsets in `text`, of inline codes) are in it.

    Edits are sorted and do not overlap. A position strictly inside a replaced range goes to its nearer end,
    to the right one if it is in the middle; one on the edge of a range stays on that edge, before text that
    is inserted.
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += text[done : edit.start], edit.text
        done = edit.end
    pieces.append(text[done:])
    moved = list(positions)
    shift = 0
    at = 0
    for index in sorted(range(len(moved)), key=lambda i: positions[i]):
        place = positions[index]
        while at < len(edits) and edits[at].end <= place and edits[at].start < place:
            shift += len(edits[at].text) - (edits[at].end - edits[at].start)
            at += 1
        if at < len(edits) and edits[at].start < place:
            edit = edits[at]
            moved[index] = edit.start + shift + _within(text[edit.start : edit.end], edit.text, place - edit.start)
        else:
            moved[index] = place + shift
    return "".join(pieces), tuple(moved)


_WORD = re.compile(r"\w+")


def _within(old: str, new: str, place: int) -> int:
    """Return where a place strictly inside `old` is in the `new` text that replaces it."""
    ours, theirs = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    matcher = SequenceMatcher(None, [word[0] for word in ours], [word[0] for word in theirs], autojunk=False)
    start, end, new_start, new_end = 0, len(old), 0, len(new)
    for first, new_first, size in matcher.get_matching_blocks():
        for word, other in zip(ours[first : first + size], theirs[new_first : new_first + size], strict=True):
            if word.start() <= place <= word.end():
                return other.start() + place - word.start()
            if word.end() < place:
                start, new_start = word.end(), other.end()
            elif end == len(old):
                end, new_end = word.start(), other.start()
    return new_end if place - start >= end - place else new_start


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return edits of `text` that do what `first`, and then `second` on its result, would do.

    Both are sorted and without overlap, and so is the answer.
    """
    between, _ = apply(text, first)
    # Ranges of the text in between that one or the other touches, joined where they meet.
    touched: list[tuple[int, int, int]] = []  # start, end, and how far `text` is ahead of it from there on
    shift = 0
    for edit in first:
        start = edit.start + shift
        shift += len(edit.text) - (edit.end - edit.start)
        touched.append((start, start + len(edit.text), len(edit.text) - (edit.end - edit.start)))
    touched += [(edit.start, edit.end, 0) for edit in second]
    touched.sort()
    joined: list[list[int]] = []
    for start, end, growth in touched:
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
            joined[-1][2] += growth
        else:
            joined.append([start, end, growth])
    edits: list[Edit] = []
    shift = 0
    at = 0
    for start, end, growth in joined:
        pieces: list[str] = []
        done = start
        while at < len(second) and second[at].start <= end and second[at].end <= end:
            pieces += between[done : second[at].start], second[at].text
            done = second[at].end
            at += 1
        pieces.append(between[done:end])
        edits.append(Edit(start - shift, end - shift - growth, "".join(pieces)))
        shift += growth
    return [edit for edit in (trim(text, edit) for edit in edits) if edit is not None]


def trim(text: str, edit: Edit) -> Edit | None:
    """Return the edit without the characters that it leaves as they are, or None if it changes nothing.

    Short edits keep the inline codes inside a figure where they are.
    """
    start, end, new = edit.start, edit.end, edit.text
    old = text[start:end]
    if old == new:
        return None
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(start + head, end - tail, new[head : len(new) - tail])
