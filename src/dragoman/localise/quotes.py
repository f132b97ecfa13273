"""Writes quotation marks and apostrophes as the target locale does.

All marks that a French text or a model may have (« », “ ”, „ “, " and ') are told apart by the side on which
text touches them, paired by a stack, and written by their level. A sentence may be part of a longer
quotation: a mark without its partner is written by its side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.localise.edit import Edit
from dragoman.localise.style import Style

_SPACE = " \t\u00a0\u202f" + "".join(map(chr, range(0x2002, 0x200B)))
_MARK = re.compile("[«»“”„\"‘’']")
_CLOSER = {"“": "”", "‘": "’"}
_INNER = {"“": "‘", "‘": "“"}
_FAMILY = {"«": "«", "»": "«", "“": "“", "”": "“", "„": "“", '"': '"', "‘": "'", "’": "'", "'": "'"}

# What else than a space may stand before an opening mark, and after a closing one.
_BEFORE_OPEN = frozenset("([{—–-/«“‘\"'")
_AFTER_CLOSE = frozenset(".,:;!?…)]}—–-/»”’\"'")
# Words that begin with an apostrophe: ’90s, rock ’n’ roll.
_ELISION = re.compile(r"['‘’](?:\d\ds?|n['’]|em|til|tis|twas|cause)(?!\w)", re.IGNORECASE)
_ENDS_IN_ABBREVIATION = re.compile(
    r"(?:\b\w|\b[ap]\.m|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Dr|Mr|Mrs|Ms|Gen|Sen|No|etc|vs))\.$"
)
_STOP = re.compile(rf"[{_SPACE}]*+([,.])(?=\s|$|[)\]—–])")
_GOES_ON = re.compile(rf"[{_SPACE}]++(?!and\b|or\b)[a-z]")


@dataclass(slots=True)
class _Mark:
    at: int
    char: str
    role: str = ""  # "open", "close", "apostrophe", or "" to be left alone
    glyph: str = ""


def quote_edits(text: str, house: Style, taken: bytearray) -> Iterator[Edit]:
    """Yield the edits for the quotation marks and apostrophes of a text, in order.

    Spaces inside the marks go. In a locale that has them inside, a full stop or a comma right behind a
    closing mark goes before it; after ! or ? it is dropped, unless it separates the items of a list. Feet and
    inches (5'10") stay.

    Args:
        text: The translation.
        house: The style of its locale.
        taken: 1 for each character of `text` that is part of a code.

    """
    marks = [_Mark(match.start(), match[0]) for match in _MARK.finditer(text) if not taken[match.start()]]
    if not marks:
        return
    _find_roles(text, marks)
    _choose_glyphs(text, marks, house)
    done = 0  # end of the last edit
    index = 0
    while index < len(marks):
        mark = marks[index]
        index += 1
        if mark.role == "apostrophe":
            yield Edit(mark.at, mark.at + 1, mark.glyph)
            done = mark.at + 1
        elif mark.role == "open":
            done = _skip(text, mark.at + 1)
            if done == len(text):
                done = mark.at + 1
            yield Edit(mark.at, done, mark.glyph)
        elif mark.role == "close":
            closing = mark.glyph
            end = mark.at + 1
            while index < len(marks) and marks[index].role == "close" and _skip(text, end) == marks[index].at:
                closing += marks[index].glyph
                end = marks[index].at + 1
                index += 1
            start = mark.at
            while start > done and text[start - 1] in _SPACE:
                start -= 1
            edit = _with_stop(text, start, end, closing, done) if house.marks_inside_quotes else None
            edit = edit or Edit(start, end, closing)
            yield edit
            done = edit.end


def _skip(text: str, place: int) -> int:
    """Return where the spaces that begin at `place` end."""
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place


def _last_before(text: str, place: int) -> str:
    """Return the last character before `place` that is no space, or "" if there is none."""
    while place > 0 and text[place - 1] in _SPACE:
        place -= 1
    return text[place - 1 : place]


def _with_stop(text: str, start: int, end: int, closing: str, done: int) -> Edit | None:
    """Return the edit that takes a full stop or comma behind closing marks inside, or None if there is none."""
    found = _STOP.match(text, end)
    if found is None or start <= done:
        return None
    stop, last = found[1], text[start - 1]
    if last in "!?":
        if stop == "," and not _GOES_ON.match(text, found.end()):
            return None
        stop = ""
    elif last == stop or (last == "…" and stop == "."):
        stop = ""
    elif (
        last == "."
        and not text.endswith("..", 0, start)
        and not _ENDS_IN_ABBREVIATION.search(text, max(0, start - 8), start)
    ):
        start -= 1  # “Yes.”, he said
    elif last in ",;:":
        return None
    return Edit(start, found.end(), stop + closing)


def _find_roles(text: str, marks: list[_Mark]) -> None:
    """Tell opening marks, closing marks and apostrophes apart."""
    ends = [mark for mark in marks if mark.char in "'’" and _may_close(text, mark.at)]
    later = [mark.at for mark in ends]
    later_sure = [mark.at for mark in ends if not _possessive(text, mark.at)]
    guillemet_open = straight_open = single_open = False
    for mark in marks:
        at, char = mark.at, mark.char
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        opening = (before.isspace() or before in _BEFORE_OPEN) and not after.isspace() and after not in _AFTER_CLOSE
        closing = not before.isspace() and before not in "([{" and (after.isspace() or after in _AFTER_CLOSE)
        if char == "«":
            mark.role = "open"
            guillemet_open = True
        elif char == "»":
            rest = text[_skip(text, at + 1) :][:1]
            arrow = not _last_before(text, at) or (before.isspace() and rest.isupper() and not guillemet_open)
            mark.role = "" if arrow else "close"  # Accueil » Politique, » Lire aussi
            guillemet_open = False
        elif char == "„":
            mark.role = "open"
        elif char in "“”":
            mark.role = ("close" if closing else "open") if char == "“" else ("open" if opening else "close")
        elif char == '"':
            if before.isdigit() and not straight_open:
                continue  # inches
            if opening == closing:
                opening = at == 0 or (not straight_open and at + 1 < len(text))
            mark.role = "open" if opening else "close"
            straight_open = opening
        elif before.isalnum() and after.isalnum():
            if char != "'" or not (before.isdigit() and after.isdigit()):  # feet
                mark.role = "apostrophe"
        elif _ELISION.match(text, at) or (char == "’" and not closing):
            mark.role = "apostrophe"
        elif (char == "‘" and not before.isalnum()) or (
            char == "'" and opening and bisect_right(later, at + 1) < len(later)
        ):
            mark.role = "open"
            single_open = True
        elif single_open and _may_close(text, at):
            still = bisect_right(later_sure, at) < len(later_sure)
            mark.role = "apostrophe" if _possessive(text, at) and still else "close"
            single_open = mark.role != "close"
        elif char != "'" or not before.isdigit():  # feet
            mark.role = "apostrophe"


def _may_close(text: str, at: int) -> bool:
    """Tell whether a ' or ’ may be a closing mark: text before it, none behind it."""
    return at > 0 and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()


def _possessive(text: str, at: int) -> bool:
    """Tell whether a ' or ’ that may be a closing mark looks like the one in "the workers' rights"."""
    return text[at - 1] == "s" and text[at + 1 : at + 2].isspace() and text[at + 2 : at + 3].isalpha()


def _choose_glyphs(text: str, marks: list[_Mark], house: Style) -> None:
    """Pair the marks, and give each the glyph of its level."""
    outer, outer_closing = house.quotes
    stack: list[_Mark] = []
    waiting = dict.fromkeys(_FAMILY.values(), 0)  # how many of each family are on the stack
    # Marks without a parent are inside a quotation that began in an earlier sentence, up to its end.
    inside_until = max((mark.at for mark in _unpaired(marks) if _ends_quotation(text, mark.at, house)), default=-1)
    for mark in marks:
        family = _FAMILY[mark.char]
        if mark.role == "open":
            if stack:
                mark.glyph = _INNER[stack[-1].glyph]
            elif mark.at < inside_until:
                mark.glyph = _INNER[outer]
            else:
                mark.glyph = "‘" if family == "'" else outer
            stack.append(mark)
            waiting[family] += 1
        elif mark.role == "close":
            partner = _pop(stack, waiting, family)
            mark.glyph = _CLOSER[partner.glyph] if partner else "’" if family == "'" else outer_closing
        elif mark.role == "apostrophe":
            mark.glyph = "’"


def _unpaired(marks: list[_Mark]) -> Iterator[_Mark]:
    """Yield the closing marks that close nothing in the text."""
    stack: list[_Mark] = []
    waiting = dict.fromkeys(_FAMILY.values(), 0)
    for mark in marks:
        family = _FAMILY[mark.char]
        if mark.role == "open":
            stack.append(mark)
            waiting[family] += 1
        elif (mark.role == "close" and _pop(stack, waiting, family) is None) or (
            mark.role == "apostrophe" and not stack
        ):
            yield mark


def _pop(stack: list[_Mark], waiting: dict[str, int], family: str) -> _Mark | None:
    """Take the partner of a closing mark off the stack, with any left open above it.

    It is the last of the same family, else whatever double mark is on top.
    """
    if not waiting[family]:
        if not stack or family == "'" or _FAMILY[stack[-1].char] == "'":
            return None
        family = _FAMILY[stack[-1].char]
    while True:
        mark = stack.pop()
        waiting[_FAMILY[mark.char]] -= 1
        if _FAMILY[mark.char] == family:
            return mark


def _ends_quotation(text: str, at: int, house: Style) -> bool:
    """Tell whether a mark that closes nothing in the text closes a quotation, and is no apostrophe."""
    if _last_before(text, at) in (".", ",", "!", "?", "…"):
        return True
    return house.marks_inside_quotes and text[at] not in "'’" and _STOP.match(text, at + 1) is not None
