"""Writes the marks and spaces of a translation as the target locale does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from dragoman.localise.edit import Edit, trim
from dragoman.localise.quotes import leading_marks, quotation_marks, quote_edits
from dragoman.localise.style import Style

# Ordinary spaces, no-break ones, and those of a set width: French puts thin ones before its high marks.
_SPACE = " \t\u00a0\u202f\u2002-\u200a"
_SPACES = re.compile(rf"[{_SPACE}]++")
_BEFORE_HIGH_MARK = re.compile(rf"(?<=\S)[{_SPACE}]++(?=[!?]+(?:[\s”’\"'»)\].,…]|$)|[:;](?:[\s“‘\"«]|$)|%(?!\w))")
_BEFORE_STOP = re.compile(rf"(?<=[\w»”’\"')\]])[{_SPACE}]++(?=[,.](?:\s|$))")
# Not at the start and not after the end of a sentence, where a dash is another speaker's turn.
_DASH = re.compile(rf"(?<=[^\s.?!…:–—-])(?:[{_SPACE}]++[–—-],?[{_SPACE}]++|—)(?=[^\s–—,.;:!?)-])")
_DATELINE = re.compile(
    r"[^.!?…:–—]{0,60}[\d)]|(?:[Nn]oon|[Mm]idnight)"
)  # PARIS (AFP) –, Lyon, 12 mars 2024 –, 12 h 00 –
_TIME_DASH = re.compile(rf"\d{{1,2}}[{_SPACE}]?[h:][{_SPACE}]?(?:\d\d)?[{_SPACE}][–—]")
_TIME_HYPHEN = re.compile(r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?|[Nn]oon|[Mm]idnight) (?P<hyphen>-)(?= )")
_NOON_FIRST = re.compile(r"[nm](?=oon\b|idnight\b)")
_BEHIND_COMMA = re.compile(r"(?<=[A-Za-zÀ-ÖØ-öø-ɏ]{2}),(?=[A-Za-zÀ-ÖØ-öø-ɏ]{2})")
_INSIDE_BRACKETS = re.compile(rf"(?<=[(\[])[{_SPACE}]++(?=[^\s)\]])|(?<=[^\s(\[])[{_SPACE}]++(?=[)\]])")
_HONORIFIC = re.compile(r"(?<!\w)(?P<title>Mr|Mrs|Ms|Dr|Messrs)(?P<stop>\.?)(?= ['’\w]*[A-ZÀ-ÖØ-Þ])")
_SENTENCE_END = re.compile(r"[.!?…:»”’\"')\]]$")
_STOP_AFTER_HIGH_MARK = re.compile('(?:(?<=[!?])|(?<=[!?][”’"\'»]))[,.](?=[”’"»])')
_THREE_DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")


def typography_edits(
    source: str, target: str, house: Style, taken: bytearray, inside: int = 0, opens: bool = False
) -> list[Edit]:
    """Return the edits that give `target` the locale's typography, sorted, without overlap, and outside `taken`.

    What they do:

    - quotation marks and apostrophes: see `dragoman.localise.quotes`;
    - a comma or full stop between ! or ? and a closing mark goes;
    - spaces before : ; ! ? % , and . and inside brackets go, no-break and thin spaces become ordinary ones, and
      a comma between words has a space behind it;
    - Mr, Mrs, Ms, Dr have a full stop in en-US, and none in en-GB (AP Stylebook, "courtesy titles"; Guardian style
      guide, "abbreviations");
    - a spaced – or — between words becomes the locale's dash, and so does a spaced hyphen where the source
      has a dash; the dash of a dialogue, spans of years, and the separators of a title or a trail of links
      stay;
    - an ellipsis is ... or … as in the source.

    `inside` and `opens` are those of `dragoman.localise.localise`.
    """
    taken = taken[:]
    edits: list[Edit] = []
    for edit in chain(
        quote_edits(target, house, taken, inside, opens, leading_marks(source), singles=_singles(source)),
        _dashes(source, target, house),
        _behind_time(source, target),
        (Edit(*match.span(), "") for match in _BEFORE_HIGH_MARK.finditer(target) if not _ratio(match)),
        (Edit(*match.span(), "") for match in _BEFORE_STOP.finditer(target)),
        (Edit(*match.span(), "") for match in _STOP_AFTER_HIGH_MARK.finditer(target)),
        (Edit(*match.span(), ", ") for match in _BEHIND_COMMA.finditer(target)),
        (Edit(*match.span(), "") for match in _INSIDE_BRACKETS.finditer(target)),
        _honorifics(target, house),
        _first_word(source, target),
        _ellipses(source, target),
        (Edit(*match.span(), " ") for match in _SPACES.finditer(target) if match[0].strip(" \t")),
    ):
        if not any(taken[edit.start : edit.end]):
            taken[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
            edits.append(edit)
    return sorted(filter(None, (trim(target, edit) for edit in edits)), key=lambda edit: edit.start)


def _ratio(match: re.Match[str]) -> bool:
    """Tell whether a colon stands between digits: 2 : 1."""
    text, end = match.string, match.end()
    return text[end] == ":" and text[match.start() - 1].isdigit() and text[end + 1 :].lstrip()[:1].isdigit()


def _singles(source: str) -> bool:
    """Tell whether single marks of a translation may be those of the source, or of a translator's own."""
    marks = {source[mark.start] for mark in quotation_marks(source)}
    return not marks or not marks.isdisjoint("'‘’")


def _behind_time(source: str, target: str) -> Iterator[Edit]:
    """Yield the dash behind the time of day with which a paragraph of a live report begins: 21 h 05 – Le maire."""
    hyphen = _TIME_HYPHEN.match(target)
    if hyphen and _TIME_DASH.match(source):
        yield Edit(*hyphen.span("hyphen"), "–")


def _dashes(source: str, target: str, house: Style) -> Iterator[Edit]:
    hyphens = len(_DASH.findall(target)) <= sum("-" not in dash for dash in _DASH.findall(source))
    sentence = _SENTENCE_END.search(target) is not None
    for match in _DASH.finditer(target):
        before, after = target[match.start() - 1], target[match.end()]
        separator = after.isupper() and (not sentence or _DATELINE.fullmatch(target, 0, match.start()) is not None)
        if (before.isdigit() and after.isdigit()) or separator or ("-" in match[0] and not hyphens):
            continue
        yield Edit(*match.span(), house.dash)


def _honorifics(target: str, house: Style) -> Iterator[Edit]:
    stop = "." if house.locale == "en_US" else ""
    return (Edit(*match.span("stop"), stop) for match in _HONORIFIC.finditer(target) if match["stop"] != stop)


def _first_word(source: str, target: str) -> Iterator[Edit]:
    """Yield the capital of the noon or midnight that « 12 h » or « 0 h » at the start of a sentence became."""
    if source[:1].isdigit() and (match := _NOON_FIRST.match(target)):
        yield Edit(*match.span(), match[0].upper())


def _ellipses(source: str, target: str) -> Iterator[Edit]:
    sign, dots = "…" in source, "..." in source
    if sign and not dots:
        yield from (Edit(*match.span(), "…") for match in _THREE_DOTS.finditer(target))
    elif dots and not sign:
        yield from (Edit(*match.span(), "...") for match in re.finditer("…", target))
