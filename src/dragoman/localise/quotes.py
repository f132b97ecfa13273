"""Writes quotation marks and apostrophes as the target locale does.

All marks that a French text or a model may have (« », “ ”, „ “, " and ') are told apart by the side on which
text touches them, paired by a stack, and written by their level. A sentence may be part of a longer
quotation: `inside` says how many are open where it begins, and a mark without its partner is that of such a level.

Marks alternate by level, a new paragraph of a quotation repeats the opening marks of all open levels (Chicago Manual
of Style, "Quotations of more than one paragraph", and "Quotations within quotations"), and no space stands
between two marks (AP Stylebook, "quotation marks", quotes within quotes).
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
_ENDS = frozenset(".,!?…")
_OPENING = '«“„"‘'
_CLOSING = "»”’" + _SPACE
_CLOSER = {"“": "”", "‘": "’"}
_INNER = {"“": "‘", "‘": "“"}
_FAMILY = {"«": "«", "»": "«", "“": "“", "”": "“", "„": "“", '"': '"', "‘": "'", "’": "'", "'": "'"}

# What else than a space may stand before an opening mark, and after a closing one.
_BEFORE_OPEN = frozenset("([{—–-/«“‘\"'")
_AFTER_CLOSE = frozenset(".,:;!?…)]}—–-/»”’\"'")
# Words that begin with an apostrophe: ’90s, rock ’n’ roll.
_ELISION = re.compile(r"['‘’](?:\d\ds?(?!/)|n['’]|em|til|tis|twas|cause)(?!\w)", re.IGNORECASE)
_FEET = re.compile(r"\d['’]\d{1,2}$")
_ENDS_IN_ABBREVIATION = re.compile(
    r"(?:\b\w|\b[ap]\.m|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Dr|Mr|Mrs|Ms|Gen|Sen|No|etc|vs))\.$"
)
_STOP = re.compile(rf"[{_SPACE}]*+([,.])(?=\s|$|[)\]—–»”’\"'])")
_GOES_ON = re.compile(rf"[{_SPACE}]++(?!and\b|or\b)[a-z]")


@dataclass(slots=True)
class _Mark:
    at: int
    char: str
    role: str = ""  # "open", "close", "apostrophe", or "" to be left alone
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class QuotationMark:
    """A mark that opens or closes a quotation: text[start:end], role "open" or "close"."""

    start: int
    end: int
    role: str


def quotation_marks(text: str, inside: int = 0, house: Style | None = None) -> list[QuotationMark]:
    """Return the quotation marks of a text, whatever their form, without apostrophes, feet and inches.

    Args:
        text: An English text, as a model gave it or localised.
        inside: How many quotations are open where it begins.
        house: The style that it is localised to, if it is: its outer marks may be single.

    """
    marks = [_Mark(match.start(), match[0]) for match in _MARK.finditer(text)]
    singles = sum(_level(house, depth) == "‘" for depth in range(inside)) if house else inside // 2
    _find_roles(text, marks, singles, inside > 0)
    return [QuotationMark(mark.at, mark.at + 1, mark.role) for mark in marks if mark.role in ("open", "close")]


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted passage: offsets of its marks in the text, None for one that stands in another sentence, or nowhere."""

    opening: int | None
    closing: int | None
    depth: int  # how many quotations it stands in


def passages(text: str, house: Style, taken: bytearray, inside: int = 0, opens: bool = False) -> list[Passage]:
    """Return the quoted passages of a text, French or English, in the order in which they open.

    Args:
        text: The text.
        house: The style of the target locale.
        taken: 1 for each character of `text` that is part of a code.
        inside: How many quotations are open where the text begins.
        opens: Whether the text may begin with the repeated opening marks of these.

    """
    marks, before = _read(text, house, taken, inside, opens, 0)
    found, _ = _choose_glyphs(text, marks, house, before)
    return sorted(found, key=lambda passage: (-1 if passage.opening is None else passage.opening, passage.depth))


def still_open(text: str, house: Style, taken: bytearray, inside: int = 0, opens: bool = False) -> int:
    """Return how many quotations are open where the text ends."""
    marks, before = _read(text, house, taken, inside, opens, 0)
    return _choose_glyphs(text, marks, house, before)[1]


def leading_marks(text: str) -> int:
    """Return how many opening marks a text begins with."""
    return len("".join(text[: len(text) - len(text.lstrip(_OPENING + _SPACE))].split()))


def quote_edits(
    text: str,
    house: Style,
    taken: bytearray,
    inside: int = 0,
    opens: bool = False,
    leading: int = 0,
    *,
    singles: bool = True,
) -> Iterator[Edit]:
    """Yield the edits for the quotation marks and apostrophes of a text, in order.

    Spaces inside the marks go. In a locale that has them inside, a full stop or a comma right behind a
    closing mark goes before it; after ! or ? it is dropped, unless it separates the items of a list. Feet and
    inches (5'10") stay.

    Args:
        text: The translation.
        house: The style of its locale.
        taken: 1 for each character of `text` that is part of a code.
        inside: How many quotations are open where the text begins.
        opens: The opening marks of these are repeated at its beginning.
        leading: How many opening marks the source begins with.
        singles: Single marks around what stands in no other quotation stay single; not if the source has double ones.

    """
    marks, before = _read(text, house, taken, inside, opens, leading)
    _choose_glyphs(text, marks, house, before, singles=singles)
    begin = _skip(text, 0)
    if opens and before and begin < len(text):
        again = "".join(_level(house, depth) for depth in range(before))
        if marks and marks[0].at == begin and marks[0].role:
            marks[0].glyph = again + marks[0].glyph
        else:
            yield Edit(begin, begin, again)
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


def _read(text: str, house: Style, taken: bytearray, inside: int, opens: bool, leading: int) -> tuple[list[_Mark], int]:
    """Return the marks of a text with their roles, and how many quotations are open before the first of them.

    The marks at the beginning of a text that `opens` are those of the quotations that are open.
    """
    marks = [_Mark(match.start(), match[0]) for match in _MARK.finditer(text) if not taken[match.start()]]
    inside = max(inside, int(opens))
    singles = sum(_level(house, depth) == "‘" for depth in range(inside))
    _find_roles(text, marks, singles, inside > 0, _skip(text, 0) if opens else -1)
    if not opens:
        return marks, inside
    there = _leading(text, marks)
    # One mark may be that of a nested quotation: the source has one more, or the outer quotation ends further on.
    if there == inside == 1 and (leading > 1 or any(mark.role == "close" for mark in _unpaired(marks))):
        return marks, 1
    return marks, max(0, inside - there)


def _leading(text: str, marks: list[_Mark]) -> int:
    """Return how many opening marks a text begins with."""
    place = _skip(text, 0)
    for count, mark in enumerate(marks):
        if mark.at != place or mark.role != "open":
            return count
        place = _skip(text, place + 1)
    return len(marks)


def _level(house: Style, depth: int) -> str:
    """Return the opening mark of a quotation that stands in `depth` others."""
    outer = house.quotes[0]
    return _INNER[outer] if depth % 2 else outer


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


def _find_roles(text: str, marks: list[_Mark], singles: int = 0, inside: bool = False, begin: int = -1) -> None:
    """Tell opening marks, closing marks and apostrophes apart.

    Args:
        text: The text.
        marks: Its marks.
        singles: How many quotations with single marks are open where it begins.
        inside: Whether any quotation is.
        begin: Where a repeated opening mark may stand, or -1.

    """
    ends = [mark for mark in marks if mark.char in "'’" and _may_close(text, mark.at)]
    later = [mark.at for mark in ends]
    later_sure = [mark.at for mark in ends if not _possessive(text, mark.at)]
    # Single marks do not stand in single marks: one that opens before the next sure end says that this is an end.
    openers = [mark.at for mark in marks if mark.char in "'‘" and _opens(text, mark.at)]
    guillemet_open = inside
    straight_open = inside and sum(mark.char == '"' for mark in marks) % 2 == 1
    single_open = 0  # of those in the text
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
            if before.isdigit() and (not straight_open or _FEET.search(text, max(0, at - 4), at)):
                continue  # inches
            if opening == closing:
                opening = at == 0 or (not straight_open and at + 1 < len(text))
            mark.role = "open" if opening else "close"
            straight_open = opening
        elif before.isalnum() and after.isalnum():
            if char != "'" or not (before.isdigit() and after.isdigit()):  # feet
                mark.role = "apostrophe"
        elif (_ELISION.match(text, at) and (char != "‘" or at != begin)) or (char == "’" and not closing):
            mark.role = "apostrophe"
        elif (char == "‘" and not before.isalnum()) or (
            char == "'" and opening and bisect_right(later, at + 1) < len(later)
        ):
            mark.role = "open"
            single_open += 1
        elif (single_open or singles or (inside and text[at - 1 : at] in _ENDS)) and _may_close(text, at):
            sure, opener = bisect_right(later_sure, at), bisect_right(openers, at)
            reopened = opener < len(openers) and (sure == len(later_sure) or openers[opener] < later_sure[sure])
            still = not single_open or (sure < len(later_sure) and not reopened)
            mark.role = "apostrophe" if _possessive(text, at) and still else "close"
            if mark.role == "close" and single_open:
                single_open -= 1
            elif mark.role == "close":
                singles = max(0, singles - 1)
        elif char != "'" or not before.isdigit():  # feet
            mark.role = "apostrophe"


def _may_close(text: str, at: int) -> bool:
    """Tell whether a ' or ’ may be a closing mark: text before it, none behind it."""
    return at > 0 and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()


def _opens(text: str, at: int) -> bool:
    """Tell whether a ' or ‘ looks like an opening mark: a space before it, text behind it."""
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    spaced = before.isspace() or before in _BEFORE_OPEN
    return spaced and not after.isspace() and after not in _AFTER_CLOSE and not _ELISION.match(text, at)


def _possessive(text: str, at: int) -> bool:
    """Tell whether a ' or ’ that may be a closing mark looks like the one in "the workers' rights"."""
    return text[at - 1] == "s" and text[at + 1 : at + 2].isspace() and text[at + 2 : at + 3].isalpha()


def _choose_glyphs(
    text: str, marks: list[_Mark], house: Style, before: int, *, singles: bool = True
) -> tuple[list[Passage], int]:
    """Pair the marks and give each the glyph of its level.

    `before` quotations are open before the first mark. Returns the passages, and how many quotations are open at
    the end.
    """
    outer, outer_closing = house.quotes
    inside = before > 0
    stack: list[_Mark] = []
    depths: list[int] = []
    found: list[Passage] = []
    waiting = dict.fromkeys(_FAMILY.values(), 0)  # how many of each family are on the stack
    # Of a text that is in no quotation as far as is known, marks without a parent are inside one that began in an
    # earlier sentence, up to its end.
    ends = (mark.at for mark in _unpaired(marks) if _ends_quotation(text, mark.at, house))
    inside_until = -1 if inside else max(ends, default=-1)
    for mark in marks:
        family = _FAMILY[mark.char]
        if mark.role == "open":
            if stack:
                mark.glyph = _INNER[stack[-1].glyph]
            elif before:
                mark.glyph = _level(house, before)
            elif mark.at < inside_until:
                mark.glyph = _INNER[outer]
            else:
                mark.glyph = "‘" if family == "'" and singles and not inside else outer
            depths.append(before + len(stack))
            stack.append(mark)
            waiting[family] += 1
        elif mark.role == "close":
            popped = _pop(stack, waiting, family)
            if popped:
                mark.glyph = _CLOSER[popped[-1].glyph]
                found += [Passage(other.at, None, depths.pop()) for other in popped[:-1]]
                found.append(Passage(popped[-1].at, mark.at, depths.pop()))
            elif before:
                before -= 1
                mark.glyph = _CLOSER[_level(house, before)]
                found.append(Passage(None, mark.at, before))
                found += [Passage(other.at, None, depth) for other, depth in zip(stack, depths, strict=True)]
                stack.clear()
                depths.clear()
                waiting = dict.fromkeys(waiting, 0)
            else:
                mark.glyph = "’" if family == "'" and singles else outer_closing
                found.append(Passage(None, mark.at, 0))
        elif mark.role == "apostrophe":
            mark.glyph = "’"
    found += [Passage(None, None, depth) for depth in range(before)]
    found += [Passage(mark.at, None, depth) for mark, depth in zip(stack, depths, strict=True)]
    return found, before + len(stack)


def _unpaired(marks: list[_Mark]) -> Iterator[_Mark]:
    """Yield the closing marks that close nothing in the text."""
    stack: list[_Mark] = []
    waiting = dict.fromkeys(_FAMILY.values(), 0)
    for mark in marks:
        family = _FAMILY[mark.char]
        if mark.role == "open":
            stack.append(mark)
            waiting[family] += 1
        elif (mark.role == "close" and not _pop(stack, waiting, family)) or (mark.role == "apostrophe" and not stack):
            yield mark


def _pop(stack: list[_Mark], waiting: dict[str, int], family: str) -> list[_Mark]:
    """Take the partner of a closing mark off the stack, with any left open above it, and return them, it last.

    It is the last of the same family, else whatever double mark is on top.
    """
    if not waiting[family]:
        if not stack or family == "'" or _FAMILY[stack[-1].char] == "'":
            return []
        family = _FAMILY[stack[-1].char]
    popped: list[_Mark] = []
    while not popped or _FAMILY[popped[-1].char] != family:
        popped.append(stack.pop())
        waiting[_FAMILY[popped[-1].char]] -= 1
    return popped


# Marks and spaces in a row that still close quotations.
_MOST_CLOSING = 12


def _ends_quotation(text: str, at: int, house: Style) -> bool:
    """Tell whether a mark that closes nothing in the text closes a quotation, and is no apostrophe."""
    before = at
    while before > max(0, at - _MOST_CLOSING) and text[before - 1] in _CLOSING:
        before -= 1
    if _last_before(text, before) in _ENDS:
        return True
    return house.marks_inside_quotes and text[at] not in "'’" and _STOP.match(text, at + 1) is not None
