"""Finds the quotation marks of a text, and tells from their sides which ones can open and which can close.

Guillemets, curly, low, straight and single marks may stand in one page, and so may what only looks like them:
apostrophes, feet and inches, the arrows of a menu. What a mark's neighbours don't tell is left "either", and is
decided by whoever pairs the marks (`dragoman.protect.quotations`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

SPACE = " \t\u00a0" + "".join(map(chr, range(0x2002, 0x200B))) + "\u202f"

Role = Literal["open", "close", "either"]
Family = Literal["guillemet", "angle", "curly", "straight", "single"]


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` is a quotation mark: one character, or two (<< >>, '')."""

    start: int
    end: int
    family: Family
    role: Role
    closing_sign: bool = False  # it is written with a sign that closes in French: » ” ›


_MARK = re.compile(r"(?:(?<!\d)|(?!(?:''|’’|[\"”’'])\d))(?:<<|>>|``|''|’’|‘‘|[«»‹›“”„‟\"‘’'‚])")  # not 9"81
_FAMILY: dict[str, Family] = {
    **dict.fromkeys(("«", "»", "<<", ">>"), "guillemet"),
    **dict.fromkeys(("‹", "›"), "angle"),
    **dict.fromkeys(("“", "”", "„", "‟"), "curly"),
    **dict.fromkeys(('"', "``", "''", "’’", "‘‘"), "straight"),
    **dict.fromkeys(("‘", "’", "'", "‚"), "single"),
}

# What else than a space may stand before an opening mark, and after a closing one.
_BEFORE_OPEN = frozenset("([{—–-/«“„‘\"'’…:>*")
_AFTER_CLOSE = frozenset(".,:;!?…)]}—–-/»”’\"'*¹²³")
# Words that begin with an apostrophe: les années ’80, rock ’n’ roll.
_ELISION = re.compile(r"['‘’](?:\d\d(?:s|er?)?|n['’]|em|til|tis|twas|cause|tain|fin|tit)(?!\w)", re.IGNORECASE)
# Words that end in one, before a quotation: l’« affaire », qu’"il parte".
_ELIDED = re.compile(r"(?:^|(?<=[^\w]))(?:[cdjlmnst]|\w{0,7}qu|aujourd|entr)$", re.IGNORECASE)
_ELIDED_WINDOW = 10  # characters: longer than any elided word


def quote_marks(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Mark]:
    """Return the quotation marks of a text in order; what is an apostrophe, a prime or an arrow is left out.

    Args:
        text: The text of a block.
        taken: Sorted ranges of it (characters, half-open) that are codes: marks in them are none.

    """
    found = [match for match in _MARK.finditer(text) if not _in(taken, match.start())]
    if not ("<<" in text and ">>" in text):
        found = [match for match in found if match[0] not in ("<<", ">>")]
    singles = dict(_single_marks(text, [m for m in found if _FAMILY[m[0]] == "single"]))
    marks: list[Mark] = []
    straight = [m.start() for m in found if m[0] == '"']
    for number, match in enumerate(found):
        at, end, sign = match.start(), match.end(), match[0]
        family = _FAMILY[sign]
        role: Role | None
        if family == "single":
            role = singles.get(at)
        elif family in ("guillemet", "angle"):
            role = _guillemet(text, at, end, sign)
        elif family == "curly":
            role = _curly(text, at, end, sign)
        elif _no_mark(text, at, end, straight, marks):
            role = None
        else:
            # A run of straight marks, as in "Il a dit "oui"", is judged by what stands around the whole run.
            first, last = number, number
            while first and found[first - 1].end() == found[first].start() and _FAMILY[found[first - 1][0]] == family:
                first -= 1
                if number - first > _LONGEST_RUN:
                    break
            while (
                last + 1 < len(found)
                and found[last].end() == found[last + 1].start()
                and _FAMILY[found[last + 1][0]] == family
                and last - number < _LONGEST_RUN
            ):
                last += 1
            role = _straight(text, found[first].start(), found[last].end())
        if role is not None:
            marks.append(Mark(at, end, family, role, sign in ("»", "›", ">>", "”")))
    return marks


_LONGEST_RUN = 4


def _in(ranges: Sequence[tuple[int, int]], at: int) -> bool:
    index = bisect_right(ranges, at, key=lambda span: span[0]) - 1
    return index >= 0 and at < ranges[index][1]


def next_character(text: str, at: int) -> str:
    """Return the first character from `at` on that is no space, or "" at the end."""
    while at < len(text) and text[at] in SPACE:
        at += 1
    return text[at : at + 1]


def last_character(text: str, at: int) -> str:
    """Return the last character before `at` that is no space, or "" at the start."""
    while at > 0 and text[at - 1] in SPACE:
        at -= 1
    return text[at - 1 : at] if at else ""


def _sides(text: str, at: int, end: int) -> tuple[bool, bool]:
    """Return whether a mark looks like one that opens, and whether it looks like one that closes."""
    before, after = text[at - 1 : at] or " ", text[end : end + 1] or " "
    free_left, free_right = before.isspace(), after.isspace()
    opens = (free_left or before in _BEFORE_OPEN) and not free_right and after not in _AFTER_CLOSE
    closes = not free_left and before not in "([{" and (free_right or after in _AFTER_CLOSE)
    return opens, closes


def _guillemet(text: str, at: int, end: int, sign: str) -> Role | None:
    if sign in ("«", "‹", "<<"):
        # « Nous sommes prêts «, dit-elle: the wrong key.
        behind = next_character(text, end)
        return "either" if not behind or behind in ",.;:)" else "open"
    before = last_character(text, at)
    after = text[end : end + 1]
    spaced = at == 0 or text[at - 1] in SPACE or text[at - 1] in "(["
    return "either" if not before or (spaced and after.isalnum()) or before == "(" else "close"


def _curly(text: str, at: int, end: int, sign: str) -> Role:
    opens, closes = _sides(text, at, end)
    if sign in "„‟":
        return "open"
    if sign == "“":
        return "close" if closes and not opens else "open"
    return "either" if opens and not closes else "close"


def _straight(text: str, at: int, end: int) -> Role:
    opens, closes = _sides(text, at, end)
    if opens == closes:
        # Il répond : " Oui, mais plus tard "
        said = last_character(text, at) in (":", ",") and text[at - 1 : at] in SPACE
        return "open" if said and next_character(text, end).isupper() else "either"
    return "open" if opens else "close"


def _no_mark(text: str, at: int, end: int, straight: Sequence[int], marks: Sequence[Mark]) -> bool:
    """Tell whether a straight mark is inches, or was typed for an apostrophe."""
    if text[at] == '"' and text[at - 1 : at].isdigit():
        return _inches(text, at, straight, marks)
    return _elided(text, at) and _for_apostrophe(text, at, end, marks)


def _inches(text: str, at: int, straight: Sequence[int], marks: Sequence[Mark]) -> bool:
    """Tell whether a " behind a digit is inches (27", 5'10"): nothing is open, or the next one closes what is."""
    opened = 0
    for mark in reversed(marks[-_LONGEST_RUN:]):
        if mark.family == "straight":
            opened = mark.role == "open" or mark.role == "either"
            break
    if not opened:
        return True
    later = bisect_right(straight, at)
    return later < len(straight) and _sides(text, straight[later], straight[later] + 1) == (False, True)


def _for_apostrophe(text: str, at: int, end: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a " behind an elided word was typed for an apostrophe: l"école, qu" elle."""
    if text[end : end + 1].isalpha():
        return True
    word = at
    while word > 0 and text[word - 1].isalnum():
        word -= 1
    opened = bool(marks) and marks[-1].family == "straight" and marks[-1].role != "close"
    return text[end : end + 1] in SPACE and text[word - 1 : word] in SPACE and not opened


def _elided(text: str, at: int) -> bool:
    """Tell whether the letters before `at` are a word that has lost its vowel: l, d, qu, jusqu."""
    return _ELIDED.search(text[max(0, at - _ELIDED_WINDOW) : at]) is not None


def _single_marks(text: str, found: Sequence[re.Match[str]]) -> Iterator[tuple[int, Role]]:
    """Yield the single marks that are quotation marks, by pairs: one alone is an apostrophe."""
    closers = [m.start() for m in found if m[0] in "'’" and _may_close(text, m.start())]
    sure = [at for at in closers if not _possessive(text, at)]
    busy_until = -1
    for match in found:
        at, sign = match.start(), match[0]
        if at <= busy_until or sign == "’" or _ELISION.match(text, at) or not _may_open(text, at, sign):
            continue
        later = bisect_left(sure, at + 2)
        closer = sure[later] if later < len(sure) else None
        if closer is None:
            later = bisect_left(closers, at + 2)
            closer = closers[later] if later < len(closers) else None
        if closer is not None:
            yield at, "open"
            yield closer, "close"
            busy_until = closer


def _may_open(text: str, at: int, sign: str) -> bool:
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if sign == "'" and before.isdigit():
        return False
    free = before.isspace() or (before in _BEFORE_OPEN and (before not in "'’" or _elided(text, at - 1)))
    return free and (not after.isspace()) and after not in _AFTER_CLOSE


def _may_close(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    return not before.isspace() and not after.isalnum() and not _elided(text, at)


def _possessive(text: str, at: int) -> bool:
    """Tell whether a ' or ’ that may close looks like the one in a name such as « les Rangers’ Cup »."""
    return text[at - 1] == "s" and text[at + 1 : at + 2].isspace() and text[at + 2 : at + 3].isupper()
